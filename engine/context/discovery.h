// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <sys/types.h>

/// Engines that are found by the places where their sockets usually are.
namespace roadstead::context {

enum class EngineKind {
    Embedded,       ///< Roadstead's own, of this user
    RootlessDocker, ///< a dockerd of this user's
    SystemDocker,
    DockerDesktop,
    PodmanUser,
    PodmanSystem,
    Colima,
    RancherDesktop
};

/// What stands at a path, links followed.
struct PathFacts
{
    enum class Type { Missing, Socket, Folder, Other, Unknown };
    Type type = Type::Missing; ///< Unknown: a folder on the way may not be entered
    uid_t owner = 0;           ///< of what is there
    bool mayOpen = false;      ///< the caller may write to it, which is what connecting takes
    std::string realPath;      ///< without links; empty when missing

    bool operator==(const PathFacts &) const = default;
};

/// What the search looks at, so that tests can make it up.
class SystemView
{
public:
    virtual ~SystemView() = default;
    [[nodiscard]] virtual std::optional<std::string> variable(const char *name) const = 0;
    [[nodiscard]] virtual std::string home() const = 0;
    [[nodiscard]] virtual uid_t userId() const = 0;
    [[nodiscard]] virtual PathFacts look(const std::string &path) const = 0;
    /// The names in a folder, sorted; empty when it cannot be read. At most 100.
    [[nodiscard]] virtual std::vector<std::string> list(const std::string &folder) const = 0;
};

/// This machine, as this process sees it. Blocking; any thread.
const SystemView &thisSystem();

/// How a socket that was found can be used. Whether something listens, only connecting tells.
enum class SocketState {
    Usable,
    NotPermitted, ///< there, but not for us
    Foreign,      ///< of a user who is neither we nor root: never connected to by itself
    NotASocket    ///< something else stands there
};

struct FoundEngine
{
    EngineKind kind = EngineKind::SystemDocker;
    std::string name;   ///< of one among several of its kind (a Colima profile); else empty
    std::string socket; ///< absolute path
    SocketState state = SocketState::Usable;

    bool operator==(const FoundEngine &) const = default;
};

/// Every engine whose socket stands where its kind puts it, in the order of EngineKind. One socket
/// that two kinds lead to (a docker.sock that is a link to Podman's) is one engine, of the kind
/// that it really is. Nothing is connected to.
std::vector<FoundEngine> findEngines(const SystemView &system);

/// The places that are looked at for these kinds, whether something is there or not: for the list
/// that says where Roadstead searched.
std::vector<FoundEngine> searchedPlaces(const SystemView &system);

} // namespace roadstead::context
