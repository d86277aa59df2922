// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/engine/vectors/cli_line.h"
#include "tests/engine/vectors/cli_meaning.h"
#include "tests/engine/vectors/vectors.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

namespace roadstead::test {

namespace {

using docker::ApiRequest;

/// Members that say nothing: the CLI sends many that are empty. Switches that may be left to the
/// engine say something when they are off, too.
Json told(const Json &value)
{
    if (!value.is_object()) {
        return value;
    }
    std::map<std::string, Json> members; // in the order of their names
    for (const auto &[name, member] : value.items()) {
        const Json inner = told(member);
        const bool choice = name == "EnableIPv4" || name == "EnableIPv6";
        const bool silent = inner.is_null() || inner == "" || inner == 0 || inner == false ||
                            (inner.is_structured() && inner.empty());
        // No size of a terminal is sent as two zeros.
        if (choice || !(silent || (name == "ConsoleSize" && inner == Json::array({0, 0})))) {
            members[name] = inner;
        }
    }
    return members;
}

std::string rendered(const std::string &methodAndPath,
                     std::vector<std::pair<std::string, std::string>> query, const Json &body)
{
    std::string text = methodAndPath;
    std::ranges::stable_sort(query, {}, &std::pair<std::string, std::string>::first);
    for (const auto &[name, value] : query) {
        text += " " + name + "=" + value;
    }
    const Json kept = told(body);
    return text + (kept.is_null() || kept.empty() ? "" : " " + kept.dump());
}

std::string rendered(const Json &request)
{
    std::vector<std::pair<std::string, std::string>> query;
    if (request.contains("query")) {
        for (const auto &[name, values] : request["query"].items()) {
            for (const Json &value : values) {
                query.emplace_back(name, textOf(Json{{"v", value}}, "v"));
            }
        }
    }
    return rendered(textOf(request, "method") + " " + textOf(request, "path"), std::move(query),
                    request.value("body", Json()));
}

std::string rendered(const ApiRequest &request)
{
    return rendered(request.method + " /v1.50" + request.path, request.query,
                    request.body.empty() ? Json() : Json::parse(request.body, nullptr, false));
}

const Maker *makerOf(const std::string &command)
{
    for (const auto *table : {&containerMeanings(), &objectMeanings()}) {
        if (const auto found = table->find(command); found != table->end()) {
            return &found->second;
        }
    }
    return nullptr;
}

std::string reasonToSkip(const std::string &line)
{
    static const std::map<std::string, std::string> reasons{
        {"cp", "copies are planned from several requests by the files page"},
        {"login", "the credentials are asked for and kept by engine/registry"},
        {"logout", "touches the CLI's own files only"}};
    const std::string verb = line.substr(0, line.find(' '));
    const auto found = reasons.find(verb);
    return found == reasons.end() ? "docker " + verb + " with these options has no counterpart"
                                  : found->second;
}

} // namespace

/// Compared are method, path, query and what the body says. A command line that the reference
/// refuses must be refused before anything is sent.
void runCliApiRequests(const Json &file, VectorReport &report)
{
    for (const Json &entry : file["cases"]) {
        const std::string text = textOf(entry, "cmd");
        const auto line = parseCliLine(text);
        const Maker *maker = line ? makerOf(line->command) : nullptr;
        if (maker == nullptr) {
            report.skip(reasonToSkip(text));
            continue;
        }
        std::string expected = entry["requests"].empty() ? "refused" : "";
        for (const Json &request : entry["requests"]) {
            expected += (expected.empty() ? "" : "; ") + rendered(request);
        }
        const Requests requests = (*maker)(*line);
        std::string got = requests ? "" : "refused";
        for (const ApiRequest &request : requests.value_or(std::vector<ApiRequest>())) {
            got += (got.empty() ? "" : "; ") + rendered(request);
        }
        report.compare(text, expected, got);
    }
}

} // namespace roadstead::test
