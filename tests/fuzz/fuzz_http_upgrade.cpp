// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/fuzz.h"

#include "engine/http/upgrade_reader.h"

#include <string>

using namespace roadstead;
using namespace roadstead::http;

namespace {

/// What is made of the bytes when they come in pieces of that size.
std::string understood(std::string_view input, std::size_t piece)
{
    UpgradeReader reader;
    std::string taken;
    int opened = 0;
    while (!input.empty()) {
        const std::string_view part = input.substr(0, piece);
        const auto fed = reader.feed(
            part, [&](const Response &) { ++opened; },
            [&](std::string_view bytes) {
                require(opened == 1);
                taken.append(bytes);
            });
        if (!fed) {
            require(fed.error().kind == ErrorKind::MalformedReply);
            return "refused";
        }
        input.remove_prefix(part.size());
    }
    require(opened <= 1);
    require(reader.isOpen() == (opened == 1));
    if (opened == 1) {
        return "open " + taken;
    }
    const auto answer = reader.finish();
    if (!answer) {
        return "cut";
    }
    require(answer->body.size() <= UpgradeReader::bodyCap);
    return std::to_string(answer->status) + " " + answer->body;
}

} // namespace

void fuzz(std::string_view input)
{
    const std::string whole = understood(input, input.size() + 1);
    require(whole == understood(input, 1));
    require(whole == understood(input, 7));
}
