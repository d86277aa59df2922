// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "engine/docker/types.h"

/// Every change that a person can make, as a value that renders both the API request and the
/// `docker` argument vector, so that what the command bar shows is what happens.
namespace roadstead::docker {

/// What an engine is named by: `reference` goes into the request (an id), `display` into the
/// command line (a name).
struct Target
{
    std::string reference{};
    std::string display{};
    bool operator==(const Target &) const = default;
};

struct PortBinding
{
    std::string hostIp{};        ///< empty = all addresses
    std::string hostPort{};      ///< empty = one is chosen
    std::string containerPort{}; ///< "80"
    std::string protocol = "tcp";
    bool operator==(const PortBinding &) const = default;
};

/// docker container create. Grows to every option of `docker run`.
struct CreateContainer
{
    std::string image{};
    std::string name{}; ///< empty = the engine chooses
    std::vector<std::string> command{};
    std::vector<std::string> environment{};
    std::vector<std::pair<std::string, std::string>> labels{};
    std::vector<PortBinding> ports{};
    std::string network{}; ///< empty = default
    bool autoRemove = false;
    bool tty = false;
    bool operator==(const CreateContainer &) const = default;
};

struct StartContainer
{
    Target container{};
    bool operator==(const StartContainer &) const = default;
};
struct StopContainer
{
    Target container{};
    int timeoutSeconds = -1;
    bool operator==(const StopContainer &) const = default;
};
struct RestartContainer
{
    Target container{};
    int timeoutSeconds = -1;
    bool operator==(const RestartContainer &) const = default;
};
struct PauseContainer
{
    Target container{};
    bool operator==(const PauseContainer &) const = default;
};
struct UnpauseContainer
{
    Target container{};
    bool operator==(const UnpauseContainer &) const = default;
};
struct KillContainer
{
    Target container{};
    std::string signal{};
    bool operator==(const KillContainer &) const = default;
};
struct RenameContainer
{
    Target container{};
    std::string newName{};
    bool operator==(const RenameContainer &) const = default;
};
struct RemoveContainer
{
    Target container{};
    bool force = false;
    bool volumes = false;
    bool operator==(const RemoveContainer &) const = default;
};
struct LoadImage
{
    std::string path{};
    bool operator==(const LoadImage &) const = default;
}; ///< body is the file at path
struct RemoveImage
{
    Target image{};
    bool force = false;
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
