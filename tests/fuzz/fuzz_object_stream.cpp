// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/fuzz.h"

#include "engine/docker/codecs.h"
#include "engine/docker/object_stream.h"
#include "engine/docker/progress.h"

#include <string>
#include <vector>

using namespace roadstead;
using namespace roadstead::docker;

namespace {

std::vector<std::string> cut(std::string_view input, std::size_t piece)
{
    std::vector<std::string> objects;
    ObjectStream stream;
    const auto take = [&](std::string_view object) {
        require(object.starts_with('{'));
        objects.emplace_back(object);
        return true;
    };
    while (!input.empty()) {
        const std::string_view part = input.substr(0, piece);
        if (!stream.feed(part, take)) {
            objects.emplace_back("refused");
            return objects;
        }
        input.remove_prefix(part.size());
    }
    objects.emplace_back(stream.finish() ? "whole" : "cut");
    return objects;
}

std::string verdict(std::string_view input, std::size_t piece)
{
    ProgressReader reader;
    while (!input.empty()) {
        const std::string_view part = input.substr(0, piece);
        reader.feed(part, {});
        input.remove_prefix(part.size());
    }
    const auto end = reader.finish();
    return end ? "succeeded " + *end : "failed " + end.error().detail;
}

} // namespace

void fuzz(std::string_view input)
{
    const auto objects = cut(input, input.size() + 1);
    require(objects == cut(input, 1));
    require(objects == cut(input, 7));
    require(verdict(input, input.size() + 1) == verdict(input, 3));
    for (const std::string &object : objects) {
        static_cast<void>(decodeEvent(object));
    }
}
