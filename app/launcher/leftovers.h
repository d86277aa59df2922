// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/launcher/paths.h"

#include <sys/types.h>

#include <chrono>
#include <string>
#include <vector>

namespace roadstead::launcher {

/// What an engine of this user runs besides the launcher's own children: found by looking, so that
/// it works whatever was killed before.

/// Daemons, forwarders and shims: whatever is in the engine's network namespace, and processes of
/// root's whose arguments name this engine's folders.
std::vector<pid_t> findDaemons(const Paths &paths);
/// Shims alone, the parents of containers. As long as there are any, containers run.
std::vector<pid_t> findShims(const Paths &paths);
/// dockerd and containerd themselves, which an earlier launcher may have left; they are asked to
/// end, and killed after twenty seconds. Containers and forwarders go on.
void endSupervisors(const Paths &paths);
/// Processes inside this engine's containers, by their control groups.
std::vector<pid_t> findContained(const Paths &paths);

/// Ends everything found: containers with SIGTERM and, after the grace, SIGKILL; then the rest.
/// Blocks until they are gone, at most the grace and ten seconds.
void endLeftovers(const Paths &paths, std::chrono::milliseconds grace);

/// Unmounts what the engine mounted and deletes its exec root.
void removeMounts(const Paths &paths);

} // namespace roadstead::launcher
