// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/docker/types.h"

#include <cstdint>
#include <string>
#include <vector>

/// Values in the field's own short forms, as `docker ps` shows them. Hostile text in, hostile text
/// out: what is drawn goes through safeText.
namespace roadstead::docker {

/// "80-81/tcp, 0.0.0.0:443->443/tcp, [::]:8080->80/tcp": in the CLI's order, with its ranges.
std::string portsText(std::vector<Port> ports);

/// The image as `docker ps` names it: without a digest, "<no image>" when there is none.
std::string imageText(const ContainerSummary &container);

/// "About an hour ago": since `created`, both in seconds since the epoch.
std::string runningForText(std::int64_t created, std::int64_t now);

} // namespace roadstead::docker
