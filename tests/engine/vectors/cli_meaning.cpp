// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/engine/vectors/cli_meaning.h"

#include "engine/reference/numbers.h"
#include "engine/reference/options.h"

#include <algorithm>
#include <utility>

namespace roadstead::test {

using docker::ApiRequest;
using docker::Command;
using docker::Filters;
using docker::Labels;
using docker::Question;
using docker::Target;

namespace {

std::pair<std::string, std::string> pairOf(const std::string &text)
{
    const std::size_t equals = std::min(text.find('='), text.size());
    return {text.substr(0, equals), text.substr(std::min(equals + 1, text.size()))};
}

} // namespace

Requests sent(const Command &command)
{
    if (const auto checked = docker::checkVersion(command, spoken); !checked) {
        return std::unexpected(checked.error());
    }
    return std::vector<ApiRequest>{docker::request(command, spoken)};
}

Requests asked(const Question &question)
{
    return std::vector<ApiRequest>{docker::request(question, spoken)};
}

Requests all(std::initializer_list<Requests> parts)
{
    std::vector<ApiRequest> requests;
    for (const Requests &part : parts) {
        if (!part) {
            return part;
        }
        requests.insert(requests.end(), part->begin(), part->end());
    }
    return requests;
}

Requests each(const CliLine &line, const std::function<Requests(const Target &)> &make)
{
    std::vector<ApiRequest> requests;
    for (const std::string &operand : line.operands) {
        const Requests part = make({operand, operand});
        if (!part) {
            return part;
        }
        requests.insert(requests.end(), part->begin(), part->end());
    }
    return requests;
}

Target first(const CliLine &line)
{
    return {line.operand(0), line.operand(0)};
}

Labels pairsOf(const std::vector<std::string> &texts)
{
    Labels pairs;
    for (const std::string &text : texts) {
        pairs.push_back(pairOf(text));
    }
    return pairs;
}

Filters filtersOf(const CliLine &line)
{
    Filters filters;
    for (const std::string &text : line.values("filter")) {
        auto filter = reference::parseFilter(text);
        if (filter && *filter) {
            filters.push_back(**filter);
        }
    }
    return filters;
}

std::int64_t number(const std::string &text)
{
    return reference::parseAnyBase(text).value_or(0);
}

} // namespace roadstead::test
