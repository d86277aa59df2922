// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/docker/command.h"
#include "engine/service/change_tracker.h"

#include <string>

namespace roadstead::service {

/// What a command may have changed, also when it failed. `created` is the id it answered with.
[[nodiscard]] ReadPlan touchedBy(const docker::Command &command, const std::string &created);

} // namespace roadstead::service
