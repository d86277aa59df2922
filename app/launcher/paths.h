// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <sys/types.h>

#include <string>

namespace roadstead::launcher {

/// Where everything of one user's engine lives. All fixed; only the user id varies.
struct Paths
{
    explicit Paths(uid_t uid);

    std::string uid;

    std::string socketFolder; ///< /run/roadstead/UID, the user's, 0700
    std::string socket;       ///< engine.sock in it, the user's, 0600

    std::string runtime;        ///< /run/roadstead-engine/UID, root's, 0755
    std::string state;          ///< what other programs read, see state_file.h
    std::string plan;           ///< addresses in use, for a launcher that takes over
    std::string launcherPid;    ///< process id of the launcher
    std::string dockerdPid;     ///< process id of dockerd, written by dockerd
    std::string dockerdConfig;  ///< daemon.json, generated
    std::string containerdToml; ///< generated
    std::string certificates;   ///< folder; what dockerd sees as its folder of certificates
    std::string execRoot;       ///< sockets, namespaces and bundles of dockerd and containerd, 0711
    std::string containerdSocket;
    std::string netns; ///< handle of the engine's network namespace

    std::string dataRoot;  ///< /var/lib/roadstead/UID, root's, 0710
    std::string logFolder; ///< /var/log/roadstead/UID, root's, readable by the user alone

    std::string options;    ///< /etc/roadstead/UID.conf, root's; may be missing
    std::string configured; ///< what the person has set, see engine_options.h; may be missing

    std::string link;  ///< the host's end of the veth pair
    std::string table; ///< our nft table in the host's namespace
};

inline constexpr const char *runtimeRoot = "/run/roadstead-engine";
inline constexpr const char *hostNetns = "/run/roadstead-engine/host.netns";
inline constexpr const char *socketRoot = "/run/roadstead";
inline constexpr const char *socketName = "engine.sock";
/// The engine's end of the veth pair, inside its namespace.
inline constexpr const char *uplinkName = "uplink0";
/// Beginning of the name of every host end; matched by rules that concern all engines.
inline constexpr const char *linkPrefix = "rs-";

} // namespace roadstead::launcher
