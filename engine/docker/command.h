// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "engine/docker/create_container.h"
#include "engine/docker/types.h"

/// Every change that a person can make, as a value that renders both the API request and the
/// `docker` argument vector, so that what the command bar shows is what happens.
namespace roadstead::docker {

/// What an object of an engine is named by: `reference` goes into the request (an id), `display`
/// into the command line (a name).
struct Target
{
    std::string reference{};
    std::string display{};
    bool operator==(const Target &) const = default;
};

/// POST /containers/{id}/start ("Start a container").
struct StartContainer
{
    Target container{};
    bool operator==(const StartContainer &) const = default;
};

/// POST /containers/{id}/stop ("Stop a container"): asks it to end, and kills it after the timeout.
struct StopContainer
{
    Target container{};
    int timeoutSeconds = -1; ///< 0 = killed at once; below 0 = the container's own, else 10
    bool operator==(const StopContainer &) const = default;
};

/// POST /containers/{id}/restart ("Restart a container"): stops it as above, and starts it.
struct RestartContainer
{
    Target container{};
    int timeoutSeconds = -1; ///< as in StopContainer
    bool operator==(const RestartContainer &) const = default;
};

/// POST /containers/{id}/pause ("Pause a container"): freezes its processes.
struct PauseContainer
{
    Target container{};
    bool operator==(const PauseContainer &) const = default;
};

/// POST /containers/{id}/unpause ("Unpause a container").
struct UnpauseContainer
{
    Target container{};
    bool operator==(const UnpauseContainer &) const = default;
};

/// POST /containers/{id}/kill ("Kill a container"): sends a signal to its first process.
struct KillContainer
{
    Target container{};
    std::string signal{}; ///< "HUP", "SIGHUP" or a number; empty = KILL
    bool operator==(const KillContainer &) const = default;
};

/// POST /containers/{id}/rename ("Rename a container").
struct RenameContainer
{
    Target container{};
    std::string newName{};
    bool operator==(const RenameContainer &) const = default;
};

/// DELETE /containers/{id} ("Remove a container").
struct RemoveContainer
{
    Target container{};
    bool force = false;   ///< also a running one: it is killed first
    bool volumes = false; ///< with its anonymous volumes
    bool operator==(const RemoveContainer &) const = default;
};

/// POST /images/load ("Import images"): what `docker save` wrote.
struct LoadImage
{
    std::string path{}; ///< of the archive, which is sent as it is
    bool operator==(const LoadImage &) const = default;
};

/// DELETE /images/{name} ("Remove an image").
struct RemoveImage
{
    Target image{};     ///< a name only untags; the last one, or an id, deletes
    bool force = false; ///< also one that stopped containers use, or that has several names
    bool operator==(const RemoveImage &) const = default;
};

using Command = std::variant<CreateContainer, StartContainer, StopContainer, RestartContainer,
                             PauseContainer, UnpauseContainer, KillContainer, RenameContainer,
                             RemoveContainer, LoadImage, RemoveImage>;

/// An API request without host and version prefix.
struct ApiRequest
{
    std::string method; ///< "GET", "POST", "DELETE"
    std::string path;   ///< "/containers/<id>/start", percent-encoded
    std::vector<std::pair<std::string, std::string>> query; ///< not yet encoded, in order
    std::string body;                                       ///< JSON, or empty
    std::string contentType;                                ///< empty when there is no body
};

/// The request that carries out `command` on an engine that speaks `version`.
ApiRequest request(const Command &command, ApiVersion version);

/// The same as an argument vector for the docker CLI, without the leading "docker": {"stop",
/// "web"}.
std::vector<std::string> arguments(const Command &command);

/// An argument vector as one line that a POSIX shell reads back as the same vector, "docker" in
/// front.
std::string commandLine(const std::vector<std::string> &arguments);

/// Stable identifier for errors and history: "container.stop".
std::string_view operationName(const Command &command);

} // namespace roadstead::docker
