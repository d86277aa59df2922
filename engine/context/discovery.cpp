// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/context/discovery.h"

#include <algorithm>

namespace roadstead::context {

namespace {

SocketState stateOf(const PathFacts &facts, uid_t user)
{
    if (facts.type == PathFacts::Type::Unknown) {
        return SocketState::NotPermitted;
    }
    if (facts.type != PathFacts::Type::Socket) {
        return SocketState::NotASocket;
    }
    if (facts.owner != user && facts.owner != 0) {
        return SocketState::Foreign;
    }
    return facts.mayOpen ? SocketState::Usable : SocketState::NotPermitted;
}

/// A folder below which a user's sockets are; empty unless it is an absolute path.
std::string runtimeFolder(const SystemView &system)
{
    const std::string named = system.variable("XDG_RUNTIME_DIR").value_or(std::string());
    return named.starts_with('/') ? named : "/run/user/" + std::to_string(system.userId());
}

/// Whether a path is one that Podman serves, whatever leads to it.
bool isPodmanSocket(std::string_view path)
{
    return path.ends_with("/podman/podman.sock");
}

void addColima(const SystemView &system, const std::string &folder,
               std::vector<FoundEngine> &places)
{
    for (const std::string &profile : system.list(folder)) {
        // Colima's own folders, such as "_lima", are no profiles.
        if (!profile.starts_with('_') && !profile.starts_with('.')) {
            places.push_back({EngineKind::Colima, profile, folder + "/" + profile + "/docker.sock",
                              SocketState::Usable});
        }
    }
}

} // namespace

std::vector<FoundEngine> searchedPlaces(const SystemView &system)
{
    const std::string user = std::to_string(system.userId());
    const std::string runtime = runtimeFolder(system);
    std::vector<FoundEngine> places;
    const auto add = [&places](EngineKind kind, std::string path) {
        places.push_back({kind, {}, std::move(path), SocketState::Usable});
    };
    add(EngineKind::Embedded, "/run/roadstead/" + user + "/engine.sock");
    add(EngineKind::RootlessDocker, runtime + "/docker.sock");
    add(EngineKind::SystemDocker, "/run/docker.sock");
    add(EngineKind::SystemDocker, "/var/run/docker.sock");
    const std::string home = system.home();
    if (home.starts_with('/')) {
        add(EngineKind::DockerDesktop, home + "/.docker/desktop/docker.sock");
    }
    add(EngineKind::PodmanUser, runtime + "/podman/podman.sock");
    add(EngineKind::PodmanSystem, "/run/podman/podman.sock");
    if (home.starts_with('/')) {
        const std::string named = system.variable("COLIMA_HOME").value_or(std::string());
        addColima(system, named.starts_with('/') ? named : home + "/.colima", places);
        add(EngineKind::RancherDesktop, home + "/.rd/docker.sock");
    }
    return places;
}

std::vector<FoundEngine> findEngines(const SystemView &system)
{
    struct Candidate
    {
        FoundEngine engine;
        std::string realPath;
    };
    std::vector<Candidate> found;
    for (FoundEngine &place : searchedPlaces(system)) {
        PathFacts facts = system.look(place.socket);
        if (facts.type == PathFacts::Type::Missing) {
            continue;
        }
        place.state = stateOf(facts, system.userId());
        // podman-docker makes /run/docker.sock a link: the engine behind it is Podman.
        if (isPodmanSocket(facts.realPath) && !isPodmanSocket(place.socket)) {
            place.kind = facts.realPath.starts_with("/run/podman/") ? EngineKind::PodmanSystem
                                                                    : EngineKind::PodmanUser;
            place.socket = facts.realPath;
        }
        const bool isKnown = std::ranges::any_of(found, [&facts](const Candidate &other) {
            return !facts.realPath.empty() && other.realPath == facts.realPath;
        });
        if (!isKnown) {
            found.push_back({std::move(place), std::move(facts.realPath)});
        }
    }
    std::ranges::stable_sort(found, {}, [](const Candidate &one) { return one.engine.kind; });
    std::vector<FoundEngine> engines;
    for (Candidate &one : found) {
        engines.push_back(std::move(one.engine));
    }
    return engines;
}

} // namespace roadstead::context
