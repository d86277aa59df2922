// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"
#include "engine/docker/api_request.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

/// Volumes (Engine API, "Volume").
namespace roadstead::docker {

/// What Swarm knows of a cluster volume, from 1.42 on.
struct ClusterVolume
{
    std::string id;            ///< empty = no cluster volume
    std::uint64_t version = 0; ///< to be named by an update
    std::string group;
    std::string availability;  ///< "active", "pause", "drain"
    std::string spec;          ///< JSON, to be sent back by an update
    std::int64_t capacity = 0; ///< bytes
    bool operator==(const ClusterVolume &) const = default;
};

/// A row of GET /volumes, and GET /volumes/{name}.
struct Volume
{
    std::string name;
    std::string driver;
    std::string mountpoint; ///< on the engine's machine
    std::string created;    ///< RFC 3339; empty when not told
    std::string scope;      ///< "local", "global"
    std::map<std::string, std::string> labels;
    std::map<std::string, std::string> options;
    std::int64_t size = -1;       ///< bytes; -1 = not told (only disk usage tells)
    std::int64_t references = -1; ///< containers that use it; -1 = not told
    ClusterVolume cluster;
    std::string raw; ///< the reply itself, of an inspection
    bool operator==(const Volume &) const = default;
};

struct VolumeList
{
    std::vector<Volume> volumes;
    std::vector<std::string> warnings; ///< of drivers that did not answer
};

/// GET /volumes ("List volumes").
struct ListVolumes
{
    using Answer = VolumeList;
    static constexpr std::string_view operation = "volume.list";
    static constexpr bool large = true;
    Filters filters{};
    [[nodiscard]] ApiRequest request(ApiVersion version) const;
    [[nodiscard]] Arguments arguments() const;
    static Result<Answer> decode(std::string body);
    bool operator==(const ListVolumes &) const = default;
};

/// GET /volumes/{name} ("Inspect a volume").
struct InspectVolume
{
    using Answer = Volume;
    static constexpr std::string_view operation = "volume.inspect";
    Target volume{};
    [[nodiscard]] ApiRequest request(ApiVersion version) const;
    [[nodiscard]] Arguments arguments() const;
    static Result<Answer> decode(std::string body);
    bool operator==(const InspectVolume &) const = default;
};

/// What a cluster volume is to be (Engine API, "ClusterVolumeSpec"), from 1.42 on.
struct ClusterVolumeSpec
{
    std::string group{};
    std::string scope = "single";        ///< or "multi"
    std::string sharing = "none";        ///< "readonly", "onewriter", "all"
    std::string availability = "active"; ///< "pause", "drain"
    bool mount = false;                  ///< as a file system; false = as a block device
    std::int64_t requiredBytes = 0;
    std::int64_t limitBytes = 0;
    Labels secrets{};                       ///< key, name of the secret
    std::vector<Labels> requiredTopology{}; ///< segments
    std::vector<Labels> preferredTopology{};
    bool operator==(const ClusterVolumeSpec &) const = default;
};

/// POST /volumes/create ("Create a volume").
struct CreateVolume
{
    static constexpr std::string_view operation = "volume.create";
    std::string name{}; ///< empty = the engine chooses
    std::string driver = "local";
    Labels options{}; ///< of the driver
    Labels labels{};
    std::vector<ClusterVolumeSpec> cluster{}; ///< none or one
    [[nodiscard]] ApiRequest request(ApiVersion version) const;
    [[nodiscard]] Arguments arguments() const;
    [[nodiscard]] ApiVersion needs() const { return {cluster.empty() ? 24 : 42}; }
    static Result<CommandReply> decode(std::string_view body);
    bool operator==(const CreateVolume &) const = default;
};

/// PUT /volumes/{name} ("Update a volume"): the availability of a cluster volume, from 1.42 on.
struct UpdateVolume
{
    static constexpr std::string_view operation = "volume.update";
    Target volume{};
    std::uint64_t version = 0; ///< as the inspection told it
    std::string spec{};        ///< JSON, as the inspection told it
    std::string availability = "active";
    [[nodiscard]] ApiRequest request(ApiVersion version) const;
    [[nodiscard]] Arguments arguments() const;
    [[nodiscard]] ApiVersion needs() const { return {42}; }
    bool operator==(const UpdateVolume &) const = default;
};

/// DELETE /volumes/{name} ("Remove a volume").
struct RemoveVolume
{
    static constexpr std::string_view operation = "volume.remove";
    static constexpr bool removes = true;
    Target volume{};
    bool force = false; ///< from 1.25 on
    [[nodiscard]] ApiRequest request(ApiVersion version) const;
    [[nodiscard]] Arguments arguments() const;
    bool operator==(const RemoveVolume &) const = default;
};

/// POST /volumes/prune ("Delete unused volumes"), from 1.25 on.
struct PruneVolumes
{
    static constexpr std::string_view operation = "volume.prune";
    /// Named ones, too. Engines before 1.42 always remove them: whoever asks the user must say so.
    bool all = false;
    Filters filters{};
    [[nodiscard]] ApiRequest request(ApiVersion version) const;
    [[nodiscard]] Arguments arguments() const;
    [[nodiscard]] ApiVersion needs() const { return {25}; }
    static Result<CommandReply> decode(std::string_view body);
    bool operator==(const PruneVolumes &) const = default;
};

} // namespace roadstead::docker
