// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/build/build_check.h"

#include "engine/json/tree.h"

#include <algorithm>
#include <string>
#include <tuple>
#include <utility>

namespace roadstead::build {

namespace {

constexpr std::size_t mostCheckWarnings = 1'000;

std::string checkText(const json::Value &object, std::string_view name)
{
    const json::Value *value = object.find(name);
    return value != nullptr ? value->characters() : std::string();
}

int lineIn(const json::Value &range, std::string_view end)
{
    const json::Value *position = range.find(end);
    const json::Value *line = position != nullptr ? position->find("line") : nullptr;
    const auto number = line != nullptr ? line->integer() : std::nullopt;
    return number && *number > 0 && *number <= INT32_MAX ? static_cast<int>(*number) : 0;
}

/// The first range of a location; zeros where none is told.
std::pair<int, int> linesOf(const json::Value &object)
{
    const json::Value *location = object.find("location");
    const json::Value *ranges = location != nullptr ? location->find("ranges") : nullptr;
    if (ranges == nullptr || !ranges->isList() || ranges->elements().empty()) {
        return {0, 0};
    }
    const int first = lineIn(ranges->elements().front(), "start");
    return {first, std::max(first, lineIn(ranges->elements().front(), "end"))};
}

} // namespace

Result<BuildCheck> readBuildCheck(std::string_view text)
{
    const auto document = json::parse(text, "build checks", json::Rest::Ignored);
    if (!document) {
        return std::unexpected(document.error());
    }
    if (!document->isObject()) {
        return failure(ErrorKind::MalformedReply, "image.check", "no object");
    }
    BuildCheck check;
    if (const json::Value *warnings = document->find("warnings"); warnings != nullptr) {
        for (const json::Value &each : warnings->elements()) {
            if (check.warnings.size() >= mostCheckWarnings) {
                break;
            }
            BuildWarning warning;
            warning.text = checkText(each, "detail");
            if (warning.text.empty()) {
                warning.text = checkText(each, "description");
            }
            warning.details = {checkText(each, "ruleName"), checkText(each, "description")};
            warning.url = checkText(each, "url");
            std::tie(warning.firstLine, warning.lastLine) = linesOf(each);
            check.warnings.push_back(std::move(warning));
        }
    }
    if (const json::Value *fault = document->find("buildError");
        fault != nullptr && fault->isObject()) {
        BuildFailure failed{.message = checkText(*fault, "message")};
        std::tie(failed.firstLine, failed.lastLine) = linesOf(*fault);
        check.failure = std::move(failed);
    }
    return check;
}

} // namespace roadstead::build
