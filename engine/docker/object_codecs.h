// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/docker/image.h"
#include "engine/docker/json_reader.h"
#include "engine/docker/types.h"
#include "engine/docker/volume.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// Readers of values that stand in several replies. Inside engine/docker only.
namespace roadstead::docker {

/// {"Index": n}, which an update must name (Engine API, "ObjectVersion"). Under "Version".
std::uint64_t readObjectVersion(const JsonValue &value);
ImageSummary readImageSummary(const JsonValue &value);
Volume readVolume(const JsonValue &value);
/// Config.Healthcheck of a container or an image. Its command is a line of the image's shell,
/// whichever way it was given.
HealthOptions readHealthCheck(const JsonValue &health);
/// Images without a tag are listed with "<none>:<none>" by older engines.
std::vector<std::string> withoutPlaceholders(std::vector<std::string> names);

/// {"<list>": [...names], "SpaceReclaimed": n}, of prune.
Result<CommandReply> decodePruned(std::string_view body, const char *list);
/// {"Id": "…"} or {"ID": "…"}, with "Warning" or "Warnings" where there are any.
Result<CommandReply> decodeMade(std::string_view body, const char *what);

} // namespace roadstead::docker
