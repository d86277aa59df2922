// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/docker/command.h"

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
    bool operator==(const AskPing &) const = default;
};

/// GET /version ("Get version").
struct AskVersion
{
    bool operator==(const AskVersion &) const = default;
};

/// GET /info ("Get system information").
struct AskInfo
{
    bool operator==(const AskInfo &) const = default;
};

/// GET /events ("Monitor events").
struct EventOptions
{
    std::string since{}; ///< seconds[.nanoseconds] since the epoch; empty = from now
    std::string until{}; ///< empty = for ever
    bool operator==(const EventOptions &) const = default;
};

/// GET /containers/json ("List containers").
struct ListContainers
{
    bool all = true;                ///< false = running ones only
    int limit = 0;                  ///< newest n, running or not; 0 = no limit
    std::vector<std::string> ids{}; ///< only these; empty = all
    bool operator==(const ListContainers &) const = default;
};

/// GET /containers/{id}/json ("Inspect a container").
struct InspectContainer
{
    Target container{};
    bool operator==(const InspectContainer &) const = default;
};

/// How much of a log is wanted.
struct LogOptions
{
    int tail = -1;           ///< last lines; -1 = all
    bool follow = false;     ///< also what is written from now on
    bool timestamps = false; ///< each line begins with its time, RFC 3339
    /// Seconds[.nanoseconds] since the epoch, or RFC 3339; empty = from the start.
    std::string since{};
    std::string until{}; ///< in the same forms; empty = to the end
    bool operator==(const LogOptions &) const = default;
};

/// GET /containers/{id}/logs ("Get container logs"), stdout and stderr.
struct ReadLogs
{
    Target container{};
    LogOptions options{};
    bool operator==(const ReadLogs &) const = default;
};

/// GET /images/json ("List Images"), without intermediate ones.
struct ListImages
{
    bool operator==(const ListImages &) const = default;
};

using Question = std::variant<AskPing, AskVersion, AskInfo, EventOptions, ListContainers,
                              InspectContainer, ReadLogs, ListImages>;

/// The request that asks `question` of an engine that speaks `version`.
ApiRequest request(const Question &question, ApiVersion version);

/// The same as an argument vector for the docker CLI, without the leading "docker": {"ps", "-a"}.
std::vector<std::string> arguments(const Question &question);

/// Stable identifier for errors: "container.list".
std::string_view operationName(const Question &question);

} // namespace roadstead::docker
