// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"
#include "engine/docker/types.h"

#include <string_view>

namespace roadstead::docker {

/// An object of GET /containers/{id}/stats, reckoned as the docker command does: CPU time over the
/// system's CPU time times the number of CPUs, memory without inactive page cache (either cgroup
/// version's name for it). Fails with ErrorKind::MalformedReply.
Result<ContainerUsage> decodeUsage(std::string_view json);

} // namespace roadstead::docker
