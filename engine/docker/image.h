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

/// Images (Engine API, "Image" and "Distribution").
namespace roadstead::docker {

/// GET /images/{name}/json ("Inspect an image").
struct ImageDetails
{
    std::string id;
    std::vector<std::string> tags;
    std::vector<std::string> digests;
    std::string parent;  ///< of an image built by the classic builder
    std::string comment; ///< of its last layer
    std::string created; ///< RFC 3339, empty when not told
    std::string author;
    std::string architecture;
    std::string variant;
    std::string os;
    std::int64_t size = 0;           ///< bytes
    std::vector<std::string> layers; ///< digests of the uncompressed layers
    std::vector<std::string> entrypoint;
    std::vector<std::string> command;
    std::vector<std::string> environment;  ///< NAME=value
    std::vector<std::string> exposedPorts; ///< "80/tcp"
    std::vector<std::string> volumes;      ///< paths
    std::string workingDirectory;
    std::string user;
    std::string stopSignal;
    std::map<std::string, std::string> labels;
    std::vector<ImageManifest> manifests; ///< when asked for
    std::string raw;                      ///< the reply itself
    bool operator==(const ImageDetails &) const = default;
};

struct InspectImage
{
    using Answer = ImageDetails;
    static constexpr std::string_view operation = "image.inspect";
    static constexpr bool large = true;
    Target image{};
    bool manifests = false; ///< from 1.48 on
    Platform platform{};    ///< from 1.49 on; empty = the engine's
    [[nodiscard]] ApiRequest request(ApiVersion version) const;
    [[nodiscard]] Arguments arguments() const;
    [[nodiscard]] ApiVersion needs() const;
    static Result<Answer> decode(std::string body);
    bool operator==(const InspectImage &) const = default;
};

/// A row of GET /images/{name}/history.
struct HistoryEntry
{
    std::string id; ///< "<missing>" for layers that are not images here
    std::int64_t created = 0;
    std::string createdBy;
    std::int64_t size = 0; ///< bytes
    std::string comment;
    std::vector<std::string> tags;
    bool operator==(const HistoryEntry &) const = default;
};

struct ImageHistory
{
    using Answer = std::vector<HistoryEntry>;
    static constexpr std::string_view operation = "image.history";
    Target image{};
    Platform platform{}; ///< from 1.48 on
    [[nodiscard]] ApiRequest request(ApiVersion version) const;
    [[nodiscard]] Arguments arguments() const;
    [[nodiscard]] ApiVersion needs() const { return {platform.os.empty() ? 24 : 48}; }
    static Result<Answer> decode(std::string body);
    bool operator==(const ImageHistory &) const = default;
};

/// A row of GET /images/search.
struct SearchResult
{
    std::string name;
    std::string description;
    std::int64_t stars = 0;
    bool official = false;
    bool automated = false; ///< Docker Hub does not tell any more
    bool operator==(const SearchResult &) const = default;
};

/// GET /images/search ("Search images"): Docker Hub, or the registry that the term names. Takes the
/// registry's credentials.
struct SearchImages
{
    using Answer = std::vector<SearchResult>;
    static constexpr std::string_view operation = "image.search";
    static constexpr bool authenticates = true;
    std::string term{};
    int limit = 0;     ///< 0 = the engine's 25
    Filters filters{}; ///< is-official, stars, is-automated
    [[nodiscard]] ApiRequest request(ApiVersion version) const;
    [[nodiscard]] Arguments arguments() const;
    static Result<Answer> decode(std::string body);
    bool operator==(const SearchImages &) const = default;
};

/// GET /images/get ("Export several images"): a tar archive that load reads.
struct SaveImages
{
    static constexpr std::string_view operation = "image.save";
    std::vector<Target> images{};
    Platform platform{}; ///< from 1.48 on; empty = all that are here
    [[nodiscard]] ApiRequest request(ApiVersion version) const;
    [[nodiscard]] Arguments arguments() const;
    [[nodiscard]] ApiVersion needs() const { return {platform.os.empty() ? 24 : 48}; }
    bool operator==(const SaveImages &) const = default;
};

/// GET /distribution/{name}/json ("Get image information from the registry"), from 1.30 on. Takes
/// the registry's credentials. The CLI has no command that asks the engine for it.
struct DistributionDetails
{
    std::string mediaType;
    std::string digest;
    std::int64_t size = 0; ///< of the manifest, bytes
    std::vector<Platform> platforms;
    bool operator==(const DistributionDetails &) const = default;
};

struct InspectDistribution
{
    using Answer = DistributionDetails;
    static constexpr std::string_view operation = "image.distribution";
    static constexpr bool authenticates = true;
    Target image{};
    [[nodiscard]] ApiRequest request(ApiVersion version) const;
    [[nodiscard]] ApiVersion needs() const { return {30}; }
    static Result<Answer> decode(std::string body);
    bool operator==(const InspectDistribution &) const = default;
};

/// POST /images/create with fromImage ("Create an image"): pull. Takes the registry's credentials.
struct PullImage
{
    static constexpr std::string_view operation = "image.pull";
    static constexpr bool authenticates = true;
    static constexpr bool reportsProgress = true;
    ImageName image{};
    bool allTags = false;
    std::string platform{}; ///< "linux/arm64"; from 1.32 on
    [[nodiscard]] ApiRequest request(ApiVersion version) const;
    [[nodiscard]] Arguments arguments() const;
    [[nodiscard]] ApiVersion needs() const { return {platform.empty() ? 24 : 32}; }
    bool operator==(const PullImage &) const = default;
};

/// POST /images/{name}/push ("Push an image"). Takes the registry's credentials.
struct PushImage
{
    static constexpr std::string_view operation = "image.push";
    static constexpr bool authenticates = true;
    static constexpr bool reportsProgress = true;
    ImageName image{}; ///< with a tag: digests cannot be pushed
    bool allTags = false;
    Platform platform{}; ///< from 1.46 on
    [[nodiscard]] ApiRequest request(ApiVersion version) const;
    [[nodiscard]] Arguments arguments() const;
    [[nodiscard]] ApiVersion needs() const { return {platform.os.empty() ? 24 : 46}; }
    bool operator==(const PushImage &) const = default;
};

/// POST /images/{name}/tag ("Tag an image").
struct TagImage
{
    static constexpr std::string_view operation = "image.tag";
    Target image{};
    ImageName name{};
    [[nodiscard]] ApiRequest request(ApiVersion version) const;
    [[nodiscard]] Arguments arguments() const;
    bool operator==(const TagImage &) const = default;
};

/// POST /images/create with fromSrc: an image of one layer from a tar archive.
struct ImportImage
{
    static constexpr std::string_view operation = "image.import";
    static constexpr bool reportsProgress = true;
    std::string source{}; ///< path of a file here, or an http(s) URL that the engine fetches
    std::string name{};   ///< "repository:tag"; empty = none
    std::string message{};
    std::vector<std::string> changes{}; ///< Dockerfile instructions
    std::string platform{};             ///< from 1.32 on
    /// The file whose content is the request's body; empty where the engine fetches it.
    [[nodiscard]] std::string bodyFile() const;
    [[nodiscard]] ApiRequest request(ApiVersion version) const;
    [[nodiscard]] Arguments arguments() const;
    [[nodiscard]] ApiVersion needs() const { return {platform.empty() ? 24 : 32}; }
    bool operator==(const ImportImage &) const = default;
};

/// POST /images/prune ("Delete unused images"), from 1.25 on.
struct PruneImages
{
    static constexpr std::string_view operation = "image.prune";
    bool all = false;  ///< also those with a name that no container uses
    Filters filters{}; ///< until, label, label!
    [[nodiscard]] ApiRequest request(ApiVersion version) const;
    [[nodiscard]] Arguments arguments() const;
    [[nodiscard]] ApiVersion needs() const { return {25}; }
    static Result<CommandReply> decode(std::string_view body);
    bool operator==(const PruneImages &) const = default;
};

/// DELETE /images/{name}: what was untagged and deleted.
Result<CommandReply> decodeRemovedImages(std::string_view body);

} // namespace roadstead::docker
