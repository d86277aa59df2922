// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/docker/api_request.h"
#include "engine/docker/build.h"
#include "engine/docker/container.h"
#include "engine/docker/create_container.h"
#include "engine/docker/exec.h"
#include "engine/docker/image.h"
#include "engine/docker/network.h"
#include "engine/docker/node.h"
#include "engine/docker/plugin.h"
#include "engine/docker/secret.h"
#include "engine/docker/service.h"
#include "engine/docker/swarm.h"
#include "engine/docker/volume.h"

#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

/// Every change that a person can make, as a value that renders both the API request and the
/// `docker` argument vector, so that what the command bar shows is what happens.
namespace roadstead::docker {

/// POST /containers/{id}/start ("Start a container").
struct StartContainer
{
    static constexpr std::string_view operation = "container.start";
    Target container{};
    bool operator==(const StartContainer &) const = default;
};

/// POST /containers/{id}/stop ("Stop a container"): asks it to end, and kills it after the timeout.
struct StopContainer
{
    static constexpr std::string_view operation = "container.stop";
    Target container{};
    /// Until the container is killed; -1 = it never is; unset = as the container says, or 10.
    std::optional<int> timeoutSeconds{};
    std::string signal{}; ///< instead of the container's own; from 1.42 on
    [[nodiscard]] ApiVersion needs() const { return {signal.empty() ? 24 : 42}; }
    bool operator==(const StopContainer &) const = default;
};

/// POST /containers/{id}/restart ("Restart a container"): stops it as above, and starts it.
struct RestartContainer
{
    static constexpr std::string_view operation = "container.restart";
    Target container{};
    /// Until the container is killed; -1 = it never is; unset = as the container says, or 10.
    std::optional<int> timeoutSeconds{};
    std::string signal{}; ///< instead of the container's own; from 1.42 on
    [[nodiscard]] ApiVersion needs() const { return {signal.empty() ? 24 : 42}; }
    bool operator==(const RestartContainer &) const = default;
};

/// POST /containers/{id}/pause ("Pause a container"): freezes its processes.
struct PauseContainer
{
    static constexpr std::string_view operation = "container.pause";
    Target container{};
    bool operator==(const PauseContainer &) const = default;
};

/// POST /containers/{id}/unpause ("Unpause a container").
struct UnpauseContainer
{
    static constexpr std::string_view operation = "container.unpause";
    Target container{};
    bool operator==(const UnpauseContainer &) const = default;
};

/// POST /containers/{id}/kill ("Kill a container"): sends a signal to its first process.
struct KillContainer
{
    static constexpr std::string_view operation = "container.kill";
    Target container{};
    std::string signal{}; ///< "HUP", "SIGHUP" or a number; empty = KILL
    bool operator==(const KillContainer &) const = default;
};

/// POST /containers/{id}/rename ("Rename a container").
struct RenameContainer
{
    static constexpr std::string_view operation = "container.rename";
    Target container{};
    std::string newName{};
    bool operator==(const RenameContainer &) const = default;
};

/// DELETE /containers/{id} ("Remove a container").
struct RemoveContainer
{
    static constexpr std::string_view operation = "container.remove";
    static constexpr bool removes = true;
    Target container{};
    bool force = false;   ///< also a running one: it is killed first
    bool volumes = false; ///< with its anonymous volumes
    bool operator==(const RemoveContainer &) const = default;
};

/// POST /images/load ("Import images"): what `docker save` wrote.
struct LoadImage
{
    static constexpr std::string_view operation = "image.load";
    static constexpr bool reportsProgress = true;
    std::string path{};  ///< of the archive, which is sent as it is
    Platform platform{}; ///< only this one of each image; from 1.48 on
    [[nodiscard]] std::string bodyFile() const { return path; }
    [[nodiscard]] ApiVersion needs() const { return {platform.os.empty() ? 24 : 48}; }
    bool operator==(const LoadImage &) const = default;
};

/// DELETE /images/{name} ("Remove an image").
struct RemoveImage
{
    static constexpr std::string_view operation = "image.remove";
    Target image{};           ///< a name only untags; the last one, or an id, deletes
    bool force = false;       ///< also one that stopped containers use, or that has several names
    bool keepParents = false; ///< images that it was built on and that have no name
    static Result<CommandReply> decode(std::string_view body) { return decodeRemovedImages(body); }
    bool operator==(const RemoveImage &) const = default;
};

/// Each of them.
using CommandChoice =
    std::variant<CreateContainer, StartContainer, StopContainer, RestartContainer, PauseContainer,
                 UnpauseContainer, KillContainer, RenameContainer, RemoveContainer, UpdateContainer,
                 CommitContainer, PutArchive, PruneContainers, CreateExec, LoadImage, RemoveImage,
                 PullImage, PushImage, TagImage, ImportImage, PruneImages, BuildImage,
                 PruneBuildCache, CreateNetwork, RemoveNetwork, ConnectNetwork, DisconnectNetwork,
                 PruneNetworks, CreateVolume, UpdateVolume, RemoveVolume, PruneVolumes,
                 InstallPlugin, UpgradePlugin, PushPlugin, EnablePlugin, DisablePlugin,
                 ConfigurePlugin, RemovePlugin, CreatePlugin, InitSwarm, JoinSwarm, LeaveSwarm,
                 UpdateSwarm, UnlockSwarm, UpdateNode, RemoveNode, CreateService, UpdateService,
                 RemoveService, CreateSecret, RemoveSecret, CreateConfig, RemoveConfig>;

template<typename Value, typename Choice>
inline constexpr bool isChoice = false;
template<typename Value, typename... Choices>
inline constexpr bool isChoice<Value, std::variant<Choices...>> =
    (std::same_as<Value, Choices> || ...);

/// One of them: what std::get_if() and std::visit() take. A class of its own because what copies,
/// moves and destroys so many kinds is much to compile: it is compiled once, not wherever a command
/// is held.
class Command : public CommandChoice
{
public:
    Command(); ///< creates a container of which nothing is said
    template<typename Request>
        requires isChoice<Request, CommandChoice>
    Command(Request request); // NOLINT(google-explicit-constructor): a command is any of them
    Command(const Command &other);
    Command(Command &&other) noexcept;
    Command &operator=(const Command &other);
    Command &operator=(Command &&other) noexcept;
    ~Command();
    friend bool operator==(const Command &left, const Command &right);
    friend bool operator<(const Command &left, const Command &right) = delete; // they have no order
};

/// The request that carries out `command` on an engine that speaks `version`.
ApiRequest request(const Command &command, ApiVersion version);

/// The same as an argument vector for the docker CLI, without the leading "docker": {"stop",
/// "web"}.
std::vector<std::string> arguments(const Command &command);

/// An argument vector as one line that a POSIX shell reads back as the same vector, "docker" in
/// front.
std::string commandLine(const std::vector<std::string> &arguments);

/// How the docker CLI is told which engine is meant: by a context, else by an address such as
/// "unix:///run/docker.sock". Neither: the engine it speaks to anyway.
struct CliEngine
{
    std::string context{};
    std::string host{};
    bool operator==(const CliEngine &) const = default;
};

/// What stands in a POSIX shell script before the commands for `engine`: whole lines, none where
/// nothing has to be said.
std::string scriptLines(const CliEngine &engine);

/// Stable identifier for errors and history: "container.stop".
std::string_view operationName(const Command &command);

/// Whether an engine that speaks `version` knows `command` with the options that are set. Fails
/// with ErrorKind::InvalidArgument; the detail names the version that is needed.
Result<void> checkVersion(const Command &command, ApiVersion version);

/// Whom or what the command is about, as people name it: for a history.
std::string subjectOf(const Command &command);

/// The same command without what must not be kept: contents of secrets, tokens, keys.
Command withoutSecrets(Command command);

} // namespace roadstead::docker
