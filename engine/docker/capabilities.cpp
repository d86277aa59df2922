// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/docker/capabilities.h"

namespace roadstead::docker {

namespace {

/// The first whose BuildKit needs no experimental engine (18.09).
constexpr ApiVersion buildKitApi{39};

} // namespace

Capabilities capabilitiesOf(const EngineVersion &version, const EngineInfo &info)
{
    Capabilities can;
    can.podman = version.podman;
    can.rootless = info.rootless;
    const bool docker = !version.podman;
    can.buildKit = docker && version.os != "windows" && version.api >= buildKitApi;
    can.swarm = docker;
    can.swarmManager = docker && info.swarmState == "active" && info.swarmManager;
    can.checkpoint = docker && info.experimental;
    can.plugins = docker;
    return can;
}

} // namespace roadstead::docker
