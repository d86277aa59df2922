// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/launcher/address_plan.h"
#include "app/launcher/engine_programs.h"
#include "app/launcher/paths.h"
#include "engine/base/engine_options.h"

#include <string>
#include <vector>

namespace roadstead::launcher {

/// dockerd's command line. Everything that widens access or runs something is fixed here, so that
/// no configuration file can set it (dockerd refuses an option given twice).
std::vector<std::string> dockerdCommand(const Paths &paths, const AddressPlan &plan,
                                        const EnginePrograms &programs);

/// What dockerd and containerd get besides the fixed environment.
std::vector<std::string> engineEnvironment(const EnginePrograms &programs);

/// dockerd's configuration file. With live-restore, containers outlive dockerd; without it, dockerd
/// stops them when it ends. Every option is named, also where nothing is set: at SIGHUP, by which
/// live-restore ends, dockerd keeps what the file does not name.
std::string dockerdConfig(bool liveRestore, const EngineOptions &options);

std::vector<std::string> containerdCommand(const Paths &paths, const EnginePrograms &programs);

/// containerd's configuration file.
std::string containerdConfig(const Paths &paths);

} // namespace roadstead::launcher
