// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/docker/create_container.h"
#include "engine/docker/shell_words.h"
#include "engine/reference/environment.h"

#include <expected>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

/// Reading `docker run` and `docker create` command lines, as people copy them from elsewhere.
namespace roadstead::docker {

/// What a command line depends on besides its words. Everything may be left empty: then variables
/// are unset, files cannot be read, and relative paths stay as they are.
struct RunLineContext
{
    std::string currentFolder{}; ///< absolute; for relative sources of binds
    reference::VariableLookup variable{};
    /// The content of --env-file, --label-file and seccomp profiles. Caps the size itself.
    std::function<Result<std::string>(const std::string &path)> readFile{};
    std::string engineSystem = "linux"; ///< some options are of engines on "windows" only
    std::string apiSocket{}; ///< for --use-api-socket: where the engine's socket is on its machine
};

/// What a command line asks for.
struct RunLine
{
    CreateContainer create{};
    bool starts = false;        ///< `run`
    bool isDetached = false;    ///< run -d: it goes on in the background
    bool proxiesSignals = true; ///< run --sig-proxy
    std::string detachKeys{};   ///< run --detach-keys
    bool operator==(const RunLine &) const = default;
};

/// Reads a line as a shell and the docker CLI 28 would: "docker run …", "docker create …",
/// "docker container run …", with "sudo" or a prompt's "$" before it or not.
std::expected<RunLine, LineProblem> parseRunLine(std::string_view line,
                                                 const RunLineContext &context);

/// The same for an argument vector without the leading "docker": {"run", "-d", "nginx"}. In a
/// problem `word` counts these, `begin` and `end` are 0.
std::expected<RunLine, LineProblem> parseRunArguments(const std::vector<std::string> &arguments,
                                                      const RunLineContext &context);

} // namespace roadstead::docker
