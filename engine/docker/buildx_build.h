// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/docker/api_request.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace roadstead::docker {

/// A value of ARG.
struct BuildArgument
{
    std::string name{};
    std::string value{};
    bool isSecret = false; ///< goes by name, its value in the environment of buildx
    bool operator==(const BuildArgument &) const = default;
};

/// What RUN --mount=type=secret gets. Never part of the image. Exactly one of the sources is set.
struct BuildSecret
{
    std::string id{};
    std::string file{};     ///< that holds it
    std::string variable{}; ///< of buildx's environment that holds it
    std::string value{};    ///< for `variable`; empty = as in our own environment
    bool operator==(const BuildSecret &) const = default;
};

/// Where the result goes.
enum class BuildDestination {
    Engine,   ///< to the images of the engine ("--load")
    Registry, ///< pushed under its tags ("--push")
    Archive,  ///< an OCI image archive, at `path`
    Folder,   ///< the files of the last stage, into `path`
    Cache     ///< nowhere: only the build cache
};

/// A build by BuildKit, as `docker buildx build` takes it. Not a call of the Engine API: buildx
/// speaks to the builder itself, through the engine or elsewhere.
struct BuildxBuild
{
    static constexpr std::string_view operation = "image.buildx";
    std::string context{};    ///< a folder or a URL
    std::string dockerfile{}; ///< path; empty = "Dockerfile" in the context
    std::string target{};     ///< stage; empty = the last
    std::string builder{};    ///< empty = the one in use
    std::vector<std::string> tags{};
    std::vector<std::string> platforms{}; ///< "linux/arm64"; empty = the builder's own
    std::vector<BuildArgument> buildArguments{};
    std::vector<BuildSecret> secrets{};
    std::vector<std::string> ssh{}; ///< "default", "id=/path/of/key"
    std::vector<std::string> cacheFrom{};
    std::vector<std::string> cacheTo{};
    Labels labels{};
    Labels contexts{};                     ///< further build contexts: name and place
    std::vector<std::string> extraHosts{}; ///< "host:address"
    std::vector<std::string> allowed{};    ///< entitlements: "network.host"
    std::string network{};                 ///< of RUN instructions
    bool noCache = false;
    bool pull = false; ///< newer base images
    BuildDestination destination = BuildDestination::Engine;
    std::string path{}; ///< of an archive or a folder

    /// As it is shown: without the options that only a program wants.
    [[nodiscard]] Arguments arguments() const;
    /// As it is run: with progress as JSON, and facts about the result written to `metadataFile`.
    [[nodiscard]] Arguments arguments(const std::string &metadataFile) const;
    /// What buildx must find in its environment. Secret: for no log, no history.
    [[nodiscard]] std::vector<std::pair<std::string, std::string>> environment() const;
    bool operator==(const BuildxBuild &) const = default;
};

} // namespace roadstead::docker
