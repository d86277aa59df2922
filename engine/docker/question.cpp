// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/docker/question.h"

#include "engine/base/visit_choice.h"
#include "engine/docker/rendering.h"

#include <algorithm>
#include <utility>

namespace roadstead::docker {

namespace {

ApiRequest get(std::string path)
{
    return getRequest(std::move(path));
}

Filters withIds(Filters filters, const std::vector<std::string> &ids)
{
    for (const std::string &id : ids) {
        filters.emplace_back("id", id);
    }
    return filters;
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
    addQuery(request, "since", momentText(events.since));
    addQuery(request, "until", momentText(events.until));
    addFilters(request, events.filters);
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
    addSwitch(request, "size", list.size);
    addFilters(request, withIds(list.filters, list.ids));
    return request;
}

ApiRequest render(const InspectContainer &inspect)
{
    return get(containerPath(inspect.container, "/json"));
}

ApiRequest render(const ReadLogs &logs)
{
    ApiRequest request = get(containerPath(logs.container, "/logs"));
    addLogOptions(request, logs.options);
    return request;
}

ApiRequest render(const ListImages &list, ApiVersion version)
{
    ApiRequest request = get("/images/json");
    Filters filters = list.filters;
    if (version < ApiVersion{25}) {
        // One reference with a name of its own.
        const auto reference = std::ranges::find(filters, "reference", &Filters::value_type::first);
        if (reference != filters.end()) {
            request.query.emplace_back("filter", reference->second);
        }
        std::erase_if(filters, [](const auto &filter) { return filter.first == "reference"; });
    }
    addFilters(request, filters);
    addSwitch(request, "all", list.all);
    addSwitch(request, "shared-size", list.sharedSize && version >= ApiVersion{42});
    addSwitch(request, "manifests", list.manifests && version >= ApiVersion{47});
    return request;
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
    addPairs(arguments, "--filter", events.filters);
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
    addSwitch(arguments, "-s", list.size);
    addPairs(arguments, "-f", withIds(list.filters, list.ids));
    return arguments;
}

Arguments line(const InspectContainer &inspect)
{
    return withTarget({"container", "inspect"}, inspect.container);
}

Arguments line(const ReadLogs &logs)
{
    Arguments arguments{"logs"};
    addLogOptions(arguments, logs.options);
    return withTarget(std::move(arguments), logs.container);
}

Arguments line(const ListImages &list)
{
    Arguments arguments{"images"};
    addSwitch(arguments, "-a", list.all);
    addSwitch(arguments, "--tree", list.manifests);
    addPairs(arguments, "-f", list.filters);
    return arguments;
}

} // namespace

Question::Question() = default;

template<typename Asked>
    requires isChoice<Asked, QuestionChoice>
Question::Question(Asked asked)
    : QuestionChoice(std::in_place_type<Asked>, std::move(asked))
{
}

Question::Question(const Question &other) = default;
Question::Question(Question &&other) noexcept = default;
Question &Question::operator=(const Question &other) = default;
Question &Question::operator=(Question &&other) noexcept = default;
Question::~Question() = default;

template Question::Question(AskPing);
template Question::Question(AskVersion);
template Question::Question(AskInfo);
template Question::Question(AskDiskUsage);
template Question::Question(EventOptions);
template Question::Question(ListContainers);
template Question::Question(InspectContainer);
template Question::Question(ReadLogs);
template Question::Question(TopContainer);
template Question::Question(ListChanges);
template Question::Question(ReadStats);
template Question::Question(WaitContainer);
template Question::Question(ExportContainer);
template Question::Question(GetArchive);
template Question::Question(AttachContainer);
template Question::Question(ListImages);
template Question::Question(InspectImage);
template Question::Question(ImageHistory);
template Question::Question(SearchImages);
template Question::Question(SaveImages);
template Question::Question(ListNetworks);
template Question::Question(InspectNetwork);
template Question::Question(ListVolumes);
template Question::Question(InspectVolume);
template Question::Question(ListPlugins);
template Question::Question(InspectPlugin);
template Question::Question(InspectSwarm);
template Question::Question(AskUnlockKey);
template Question::Question(ListNodes);
template Question::Question(InspectNode);
template Question::Question(ListServices);
template Question::Question(InspectService);
template Question::Question(ReadServiceLogs);
template Question::Question(ListTasks);
template Question::Question(InspectTask);
template Question::Question(ReadTaskLogs);
template Question::Question(ListSecrets);
template Question::Question(InspectSecret);
template Question::Question(ListConfigs);
template Question::Question(InspectConfig);

ApiRequest request(const Question &question, ApiVersion version)
{
    return visitChoice(
        [version](const auto &value) {
            if constexpr (requires { value.request(version); }) {
                return value.request(version);
            } else if constexpr (requires { render(value, version); }) {
                return render(value, version);
            } else {
                return render(value);
            }
        },
        question);
}

std::vector<std::string> arguments(const Question &question)
{
    return visitChoice(
        [](const auto &value) {
            if constexpr (requires { value.arguments(); }) {
                return value.arguments();
            } else {
                return line(value);
            }
        },
        question);
}

std::string_view operationName(const Question &question)
{
    return visitChoice([](const auto &value) { return value.operation; }, question);
}

Result<void> checkVersion(const Question &question, ApiVersion version)
{
    return visitChoice(
        [version](const auto &value) -> Result<void> {
            if constexpr (requires { value.needs(); }) {
                return knownSince(value.needs(), version);
            } else {
                return {};
            }
        },
        question);
}

} // namespace roadstead::docker
