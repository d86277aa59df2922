// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"
#include "engine/docker/api_request.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// The classic builder, for engines without BuildKit, and the build cache (Engine API, "Image").
namespace roadstead::docker {

struct BuildUlimit
{
    std::string name{};
    std::int64_t soft = 0;
    std::int64_t hard = 0;
    bool operator==(const BuildUlimit &) const = default;
};

/// POST /build ("Build an image"). The body is the context, a tar archive, also compressed. Takes
/// the credentials of all registries that its base images may come from.
struct BuildImage
{
    static constexpr std::string_view operation = "image.build";
    static constexpr bool reportsProgress = true;
    static constexpr bool takesBody = true;
    std::string context{};           ///< the folder, for the command line
    std::string remote{};            ///< URL that the engine fetches instead
    std::vector<std::string> tags{}; ///< "repository:tag"
    std::string dockerfile{};        ///< within the context; empty = "Dockerfile"
    std::string target{};            ///< stage
    /// Values of ARG.
    std::vector<std::pair<std::string, std::string>> buildArguments{};
    Labels labels{};
    std::vector<std::string> cacheFrom{};
    std::vector<std::string> extraHosts{}; ///< "host:address"
    std::vector<std::string> securityOptions{};
    std::vector<BuildUlimit> ulimits{};
    std::string network{};  ///< of RUN instructions; from 1.25 on
    std::string platform{}; ///< from 1.32 on
    std::string cpus{};     ///< "0-2"
    std::string memoryNodes{};
    std::string cgroupParent{};
    std::int64_t memory = 0;       ///< bytes
    std::int64_t memorySwap = 0;   ///< bytes of memory and swap; -1 = no limit
    std::int64_t sharedMemory = 0; ///< bytes of /dev/shm
    std::int64_t cpuShares = 0;
    std::int64_t cpuPeriod = 0; ///< microseconds
    std::int64_t cpuQuota = 0;  ///< microseconds
    bool quiet = false;
    bool noCache = false;
    bool pull = false;
    bool keepIntermediate = false;
    bool alwaysRemoveIntermediate = false;
    bool squash = false; ///< from 1.25 on, experimental
    [[nodiscard]] ApiRequest request(ApiVersion version) const;
    [[nodiscard]] Arguments arguments() const;
    [[nodiscard]] ApiVersion needs() const;
    bool operator==(const BuildImage &) const = default;
};

/// POST /build/prune ("Delete builder cache"), from 1.31 on.
struct PruneBuildCache
{
    static constexpr std::string_view operation = "build.prune";
    bool all = false;           ///< also what is in use by other records
    std::int64_t keepBytes = 0; ///< this much is left; from 1.39 on
    Filters filters{};          ///< until and others; from 1.39 on
    [[nodiscard]] ApiRequest request(ApiVersion version) const;
    [[nodiscard]] Arguments arguments() const;
    [[nodiscard]] ApiVersion needs() const;
    static Result<CommandReply> decode(std::string_view body);
    bool operator==(const PruneBuildCache &) const = default;
};

} // namespace roadstead::docker
