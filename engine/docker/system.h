// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"
#include "engine/docker/api_request.h"
#include "engine/docker/volume.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// The engine as a whole (Engine API, "System").
namespace roadstead::docker {

/// A record of the build cache.
struct BuildCacheRecord
{
    std::string id;
    std::vector<std::string> parents;
    std::string type; ///< "regular", "source.local", "exec.cachemount", …
    std::string description;
    bool inUse = false;
    bool shared = false;
    std::int64_t size = 0; ///< bytes
    std::string created;   ///< RFC 3339
    std::string lastUsed;
    std::int64_t usageCount = 0;
    bool operator==(const BuildCacheRecord &) const = default;
};

struct ContainerDiskUsage
{
    std::string id;
    std::string name;
    std::string image;
    ContainerState state = ContainerState::Unknown;
    std::int64_t size = 0;       ///< bytes of its own layer
    std::int64_t rootFsSize = 0; ///< bytes with its image
    bool operator==(const ContainerDiskUsage &) const = default;
};

/// GET /system/df ("Get data usage information").
struct DiskUsage
{
    std::int64_t layersSize = 0;  ///< bytes of all image layers, each counted once
    std::int64_t builderSize = 0; ///< bytes of the build cache, told from 1.31 to 1.41
    std::vector<ImageSummary> images;
    std::vector<ContainerDiskUsage> containers;
    std::vector<Volume> volumes;
    std::vector<BuildCacheRecord> buildCache; ///< told from 1.39 on
    bool operator==(const DiskUsage &) const = default;
};

/// From here on an engine can be asked for one kind of object alone.
inline constexpr ApiVersion diskUsageByType{42};

/// Takes long: the engine adds up files.
struct AskDiskUsage
{
    using Answer = DiskUsage;
    static constexpr std::string_view operation = "engine.diskusage";
    static constexpr bool large = true;
    static constexpr bool takesItsTime = true;
    /// "container", "image", "volume", "build-cache"; empty = all. Engines older than
    /// diskUsageByType always tell all.
    std::vector<std::string> types{};
    [[nodiscard]] ApiRequest request(ApiVersion version) const;
    [[nodiscard]] Arguments arguments() const;
    static Result<Answer> decode(std::string body);
    bool operator==(const AskDiskUsage &) const = default;
};

/// What a registry is to be told (Engine API, "Authentication"). Secret: goes into a header or a
/// body, never into a command line, a log or a setting.
struct RegistryCredentials
{
    std::string user{};
    std::string password{};
    std::string identityToken{}; ///< instead of the two above
    std::string server{};        ///< "https://index.docker.io/v1/"
};

/// The value of X-Registry-Auth: JSON in base64 for URLs. Without any member that of "{}".
std::string registryAuthHeader(const RegistryCredentials &credentials);

/// POST /auth ("Check auth configuration"): whether a registry accepts them.
struct AuthReply
{
    std::string status;        ///< "Login Succeeded"
    std::string identityToken; ///< secret; to be used from now on, empty when there is none
};

struct CheckCredentials
{
    using Answer = AuthReply;
    static constexpr std::string_view operation = "registry.login";
    static constexpr bool takesItsTime = true;
    RegistryCredentials credentials{};
    [[nodiscard]] ApiRequest request(ApiVersion version) const;
    static Result<Answer> decode(std::string body);
};

} // namespace roadstead::docker
