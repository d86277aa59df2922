// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/build/build_context.h"

#include "engine/base/files.h"
#include "engine/base/random.h"
#include "engine/build/context_walk.h"
#include "engine/build/ignore_file.h"
#include "engine/build/path.h"
#include "engine/build/pattern_matcher.h"

#include <cerrno>
#include <climits>
#include <cstdlib>
#include <memory>

#include <sys/stat.h>

namespace roadstead::build {

namespace {

Result<std::string> withoutLinks(const std::string &path)
{
    const std::unique_ptr<char, void (*)(void *)> real(::realpath(path.c_str(), nullptr),
                                                       std::free);
    return real ? Result<std::string>(real.get()) : systemFailure(contextOperation, path);
}

bool exists(const std::string &path)
{
    struct stat status{};
    return ::lstat(path.c_str(), &status) == 0;
}

Result<std::string> dockerfileOf(const ContextRequest &request, const std::string &folder)
{
    if (!request.dockerfile.empty()) {
        return withoutLinks(joinedPath(request.currentFolder, request.dockerfile));
    }
    const std::string standard = folder + "/Dockerfile";
    const std::string other = folder + "/dockerfile";
    return withoutLinks(!exists(standard) && exists(other) ? other : standard);
}

/// Whether the patterns leave out `name`, by the older rule. Bad patterns leave out nothing.
bool leavesOut(const std::vector<std::string> &patterns, std::string_view name)
{
    const auto matcher = PatternMatcher::make(patterns);
    if (!matcher) {
        return false;
    }
    const auto match = matcher->matchesOneParent(cleanPath(name));
    return match && *match;
}

} // namespace

std::vector<std::string> keepingBuildFiles(std::vector<std::string> patterns,
                                           std::string_view dockerfile)
{
    if (leavesOut(patterns, ".dockerignore")) {
        patterns.emplace_back("!.dockerignore");
    }
    if (leavesOut(patterns, dockerfile)) {
        patterns.push_back(std::string("!").append(dockerfile));
    }
    return patterns;
}

Result<BuildContext> locateContext(const ContextRequest &request)
{
    auto folder = withoutLinks(joinedPath(request.currentFolder, request.context));
    if (!folder) {
        return std::unexpected(folder.error());
    }
    struct stat status{};
    if (::stat(folder->c_str(), &status) != 0) {
        return systemFailure(contextOperation, *folder);
    }
    if (!S_ISDIR(status.st_mode)) {
        return failure(ErrorKind::InvalidArgument, contextOperation,
                       "the context is not a folder: \"" + *folder + "\"");
    }
    const auto dockerfile = dockerfileOf(request, *folder);
    if (!dockerfile) {
        return std::unexpected(dockerfile.error());
    }
    BuildContext context;
    context.folder = std::move(*folder);
    context.dockerfile = relativePath(context.folder, *dockerfile);
    const auto text = readFile(context.folder + "/.dockerignore", longestIgnoreFile);
    if (!text && text.error().code != ENOENT) {
        return std::unexpected(text.error());
    }
    auto patterns = parseIgnoreFile(text ? *text : std::string());
    if (!patterns) {
        return std::unexpected(patterns.error());
    }
    if (const auto matcher = PatternMatcher::make(*patterns); !matcher) {
        return std::unexpected(matcher.error());
    }
    context.excludes = keepingBuildFiles(std::move(*patterns), context.dockerfile);
    if (context.dockerfile.starts_with("../")) {
        const auto suffix = randomHex(10);
        if (!suffix) {
            return std::unexpected(suffix.error());
        }
        context.outsideDockerfile = *dockerfile;
        context.dockerfile = ".dockerfile." + *suffix;
    }
    return context;
}

} // namespace roadstead::build
