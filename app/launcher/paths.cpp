// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/launcher/paths.h"

#include "engine/base/engine_options.h"

namespace roadstead::launcher {

Paths::Paths(uid_t number)
    : uid(std::to_string(number))
    , socketFolder(std::string(socketRoot) + "/" + uid)
    , socket(socketFolder + "/" + socketName)
    , runtime(std::string(runtimeRoot) + "/" + uid)
    , state(runtime + "/state")
    , plan(runtime + "/plan")
    , launcherPid(runtime + "/launcher.pid")
    , dockerdPid(runtime + "/dockerd.pid")
    , dockerdConfig(runtime + "/daemon.json")
    , containerdToml(runtime + "/containerd.toml")
    , certificates(runtime + "/certs.d")
    , execRoot(runtime + "/exec")
    , containerdSocket(execRoot + "/containerd/containerd.sock")
    , netns(runtime + "/netns")
    , dataRoot("/var/lib/roadstead/" + uid)
    , logFolder("/var/log/roadstead/" + uid)
    , options("/etc/roadstead/" + uid + ".conf")
    , configured(engineOptionsPath(number))
    , link(linkPrefix + uid)
    , table("roadstead_" + uid)
{
}

} // namespace roadstead::launcher
