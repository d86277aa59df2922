// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/docker/question.h"

#include "engine/http/client.h"

#include <nlohmann/json.hpp>

#include <array>
#include <utility>

namespace roadstead::docker {

namespace {

using Arguments = std::vector<std::string>;

ApiRequest get(std::string path)
{
    return {"GET", std::move(path), {}, {}, {}};
}

std::string containerPath(const Target &container, const char *part)
{
    return "/containers/" + http::percentEncode(container.reference) + part;
}

/// {"id":{"abc":true}}: the form of filters that every version of the API reads.
std::string idFilter(const std::vector<std::string> &ids)
{
    nlohmann::json filter = nlohmann::json::object();
    for (const std::string &id : ids) {
        filter["id"][id] = true;
    }
    return filter.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

ApiRequest render(const AskPing &)
{
    return get("/_ping");
}

ApiRequest render(const AskVersion &)
{
    return get("/version");
}

ApiRequest render(const AskInfo &)
{
    return get("/info");
}

ApiRequest render(const EventOptions &events)
{
    ApiRequest request = get("/events");
    if (!events.since.empty()) {
        request.query.emplace_back("since", events.since);
    }
    if (!events.until.empty()) {
        request.query.emplace_back("until", events.until);
    }
    return request;
}

ApiRequest render(const ListContainers &list)
{
    ApiRequest request = get("/containers/json");
    if (list.all) {
        request.query.emplace_back("all", "1");
    }
    if (list.limit > 0) {
        request.query.emplace_back("limit", std::to_string(list.limit));
    }
    if (!list.ids.empty()) {
        request.query.emplace_back("filters", idFilter(list.ids));
    }
    return request;
}

ApiRequest render(const InspectContainer &inspect)
{
    return get(containerPath(inspect.container, "/json"));
}

ApiRequest render(const ReadLogs &logs)
{
    ApiRequest request = get(containerPath(logs.container, "/logs"));
    const LogOptions &options = logs.options;
    auto &query = request.query;
    query.emplace_back("stdout", "1");
    query.emplace_back("stderr", "1");
    query.emplace_back("tail", options.tail < 0 ? "all" : std::to_string(options.tail));
    if (options.follow) {
        query.emplace_back("follow", "1");
    }
    if (options.timestamps) {
        query.emplace_back("timestamps", "1");
    }
    if (!options.since.empty()) {
        query.emplace_back("since", options.since);
    }
    if (!options.until.empty()) {
        query.emplace_back("until", options.until);
    }
    return request;
}

ApiRequest render(const ListImages &)
{
    return get("/images/json");
}

void addOption(Arguments &arguments, const char *name, const std::string &value)
{
    if (!value.empty()) {
        arguments.insert(arguments.end(), {name, value});
    }
}

/// What the CLI must not take for an option goes behind "--".
Arguments withTarget(Arguments arguments, const Target &target)
{
    if (target.display.starts_with('-')) {
        arguments.emplace_back("--");
    }
    arguments.push_back(target.display);
    return arguments;
}

Arguments line(const AskPing &)
{
    return {"version", "--format", "{{.Server.APIVersion}}"};
}

Arguments line(const AskVersion &)
{
    return {"version"};
}

Arguments line(const AskInfo &)
{
    return {"info"};
}

Arguments line(const EventOptions &events)
{
    Arguments arguments{"events"};
    addOption(arguments, "--since", events.since);
    addOption(arguments, "--until", events.until);
    return arguments;
}

Arguments line(const ListContainers &list)
{
    Arguments arguments{"ps"};
    if (list.limit > 0) {
        addOption(arguments, "-n", std::to_string(list.limit)); // includes those that have ended
    } else if (list.all) {
        arguments.emplace_back("-a");
    }
    for (const std::string &id : list.ids) {
        addOption(arguments, "-f", "id=" + id);
    }
    return arguments;
}

Arguments line(const InspectContainer &inspect)
{
    return withTarget({"container", "inspect"}, inspect.container);
}

Arguments line(const ReadLogs &logs)
{
    Arguments arguments{"logs"};
    const LogOptions &options = logs.options;
    if (options.follow) {
        arguments.emplace_back("-f");
    }
    if (options.timestamps) {
        arguments.emplace_back("-t");
    }
    if (options.tail >= 0) {
        addOption(arguments, "-n", std::to_string(options.tail));
    }
    addOption(arguments, "--since", options.since);
    addOption(arguments, "--until", options.until);
    return withTarget(std::move(arguments), logs.container);
}

Arguments line(const ListImages &)
{
    return {"images"};
}

constexpr std::array<std::string_view, std::variant_size_v<Question>> operationNames{
    "engine.ping",    "engine.version",    "engine.info",    "engine.events",
    "container.list", "container.inspect", "container.logs", "image.list"};

} // namespace

ApiRequest request(const Question &question, ApiVersion)
{
    return std::visit([](const auto &value) { return render(value); }, question);
}

std::vector<std::string> arguments(const Question &question)
{
    return std::visit([](const auto &value) { return line(value); }, question);
}

std::string_view operationName(const Question &question)
{
    return operationNames[question.index()];
}

} // namespace roadstead::docker
