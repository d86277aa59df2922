// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/docker/types.h"

namespace roadstead::docker {

/// What an engine can do, for pages to ask instead of guessing. What Podman's Docker API leaves out
/// is told here, too. A value.
struct Capabilities
{
    bool buildKit = false;     ///< builds with BuildKit; else with the classic builder only
    bool swarm = false;        ///< knows swarms: can be made or become part of one
    bool swarmManager = false; ///< manages one: services, nodes, secrets and configs answer
    bool checkpoint = false;   ///< keeps and restores checkpoints of containers
    bool plugins = false;      ///< has managed plugins
    bool rootless = false;     ///< runs without root: no low ports, its own network
    bool podman = false;

    bool operator==(const Capabilities &) const = default;
};

/// Source: the API's version history, and what Podman's Docker API answers with 404.
[[nodiscard]] Capabilities capabilitiesOf(const EngineVersion &version, const EngineInfo &info);

} // namespace roadstead::docker
