// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace roadstead::build {

/// What a person gives to "docker build": a folder and perhaps a Dockerfile.
struct ContextRequest
{
    std::string context;       ///< relative to `currentFolder` or absolute
    std::string dockerfile;    ///< -f, relative to `currentFolder`; empty = the context's own
    std::string currentFolder; ///< absolute
};

/// A folder that can be sent to an engine to be built.
struct BuildContext
{
    std::string folder;     ///< absolute, without links
    std::string dockerfile; ///< its name within what is sent: the query's "dockerfile"
    std::string
        outsideDockerfile; ///< absolute; where it lies when it is not in the folder, else empty
    /// Patterns of what is left out, .dockerignore's and those that keep the two files in.
    std::vector<std::string> excludes;
};

/// Finds the context and its Dockerfile as "docker build" does: links are followed to both, a
/// "dockerfile" is taken where there is no "Dockerfile", and a Dockerfile outside the folder gets a
/// name of its own (".dockerfile.<random>"). Reads .dockerignore. Fails with InvalidArgument (not a
/// folder, a pattern that is none), Io (ENOENT, EACCES …), DiskFull. Blocking.
Result<BuildContext> locateContext(const ContextRequest &request);

/// `patterns` so that .dockerignore and the Dockerfile are sent although they match: the engine
/// needs both.
std::vector<std::string> keepingBuildFiles(std::vector<std::string> patterns,
                                           std::string_view dockerfile);

} // namespace roadstead::build
