// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/docker/command.h"
#include "engine/docker/log_options.h"
#include "engine/docker/system.h"
#include "engine/docker/task.h"

#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// Everything that is asked of an engine without changing anything, as a value that renders both
/// the API request and the `docker` argument vector, as Command does for changes.
namespace roadstead::docker {

/// GET /_ping (Engine API, "Ping"): whether the engine is there and which version it speaks. The
/// docker command pings before each other request; what it prints of that is the API's version.
struct AskPing
{
    static constexpr std::string_view operation = "engine.ping";
    bool operator==(const AskPing &) const = default;
};

/// GET /version ("Get version").
struct AskVersion
{
    static constexpr std::string_view operation = "engine.version";
    bool operator==(const AskVersion &) const = default;
};

/// GET /info ("Get system information").
struct AskInfo
{
    static constexpr std::string_view operation = "engine.info";
    bool operator==(const AskInfo &) const = default;
};

/// GET /events ("Monitor events").
struct EventOptions
{
    static constexpr std::string_view operation = "engine.events";
    std::string since{}; ///< seconds[.nanoseconds] since the epoch; empty = from now
    std::string until{}; ///< empty = for ever
    Filters filters{};   ///< container, event, image, label, network, type, volume, …
    bool operator==(const EventOptions &) const = default;
};

/// GET /containers/json ("List containers").
struct ListContainers
{
    static constexpr std::string_view operation = "container.list";
    bool all = true;                ///< false = running ones only
    int limit = 0;                  ///< newest n, running or not; 0 = no limit
    std::vector<std::string> ids{}; ///< only these; empty = all
    Filters filters{};              ///< and what else they must be
    bool size = false;              ///< with sizes, which costs the engine a walk over all files
    bool operator==(const ListContainers &) const = default;
};

/// GET /containers/{id}/json ("Inspect a container").
struct InspectContainer
{
    static constexpr std::string_view operation = "container.inspect";
    Target container{};
    bool operator==(const InspectContainer &) const = default;
};

/// GET /containers/{id}/logs ("Get container logs"), stdout and stderr.
struct ReadLogs
{
    static constexpr std::string_view operation = "container.logs";
    Target container{};
    LogOptions options{};
    bool operator==(const ReadLogs &) const = default;
};

/// GET /images/json ("List Images").
struct ListImages
{
    static constexpr std::string_view operation = "image.list";
    bool all = false;        ///< with intermediate ones
    bool sharedSize = false; ///< from 1.42 on, as the next one not asked of older engines
    bool manifests = false;  ///< from 1.47 on
    Filters filters{};       ///< dangling, label, reference, before, since
    bool operator==(const ListImages &) const = default;
};

/// Each of them.
using QuestionChoice =
    std::variant<AskPing, AskVersion, AskInfo, AskDiskUsage, EventOptions, ListContainers,
                 InspectContainer, ReadLogs, TopContainer, ListChanges, ReadStats, WaitContainer,
                 ExportContainer, GetArchive, AttachContainer, ListImages, InspectImage,
                 ImageHistory, SearchImages, SaveImages, ListNetworks, InspectNetwork, ListVolumes,
                 InspectVolume, ListPlugins, InspectPlugin, InspectSwarm, AskUnlockKey, ListNodes,
                 InspectNode, ListServices, InspectService, ReadServiceLogs, ListTasks, InspectTask,
                 ReadTaskLogs, ListSecrets, InspectSecret, ListConfigs, InspectConfig>;

/// One of them, a class of its own as Command is.
class Question : public QuestionChoice
{
public:
    Question(); ///< the ping
    template<typename Asked>
        requires isChoice<Asked, QuestionChoice>
    Question(Asked asked); // NOLINT(google-explicit-constructor): a question is any of them
    Question(const Question &other);
    Question(Question &&other) noexcept;
    Question &operator=(const Question &other);
    Question &operator=(Question &&other) noexcept;
    ~Question();
    friend bool operator<(const Question &left, const Question &right) = delete; // no order
};

/// The request that asks `question` of an engine that speaks `version`.
ApiRequest request(const Question &question, ApiVersion version);

/// The same as an argument vector for the docker CLI, without the leading "docker": {"ps", "-a"}.
std::vector<std::string> arguments(const Question &question);

/// Stable identifier for errors: "container.list".
std::string_view operationName(const Question &question);

/// Whether an engine that speaks `version` knows `question` with the options that are set. Fails
/// with ErrorKind::InvalidArgument; the detail names the version that is needed.
Result<void> checkVersion(const Question &question, ApiVersion version);

} // namespace roadstead::docker
