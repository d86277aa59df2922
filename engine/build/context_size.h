// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"
#include "engine/build/build_context.h"

#include <atomic>
#include <cstdint>
#include <string>
#include <vector>

namespace roadstead::build {

/// A file or folder directly in the context, with all that is sent of it.
struct ContextPart
{
    std::string name{}; ///< folders end with "/"
    std::uint64_t bytes = 0;
    bool operator==(const ContextPart &) const = default;
};

/// What a build would send. Bytes are those of files, without the archive's heads.
struct ContextSize
{
    std::uint64_t files = 0;
    std::uint64_t bytes = 0;
    std::uint64_t leftOutBytes = 0;     ///< by .dockerignore
    std::vector<ContextPart> biggest{}; ///< at most 6, biggest first
};

/// Walks the context once as it would be sent, and the folder once for what is left out. Fails as
/// ContextWalk does, and with Cancelled once `cancelled` is set. Blocking.
Result<ContextSize> measureContext(const BuildContext &context, const std::atomic<bool> &cancelled);

/// Files directly in `folder` that are Dockerfiles by their name ("Dockerfile", "Dockerfile.dev",
/// "web.Dockerfile", "Containerfile"), "Dockerfile" first, then by name; at most 50. Blocking.
std::vector<std::string> findDockerfiles(const std::string &folder);

} // namespace roadstead::build
