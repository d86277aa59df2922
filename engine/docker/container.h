// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"
#include "engine/docker/api_request.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What is asked of and done to containers beyond their life (Engine API, "Container").
namespace roadstead::docker {

/// GET /containers/{id}/top: columns as `ps` prints them.
struct ProcessTable
{
    std::vector<std::string> titles;
    std::vector<std::vector<std::string>> processes;
    bool operator==(const ProcessTable &) const = default;
};

struct TopContainer
{
    using Answer = ProcessTable;
    static constexpr std::string_view operation = "container.top";
    Target container{};
    std::vector<std::string> psArguments{}; ///< empty = the engine's "-ef"
    [[nodiscard]] ApiRequest request(ApiVersion version) const;
    [[nodiscard]] Arguments arguments() const;
    static Result<Answer> decode(std::string body);
    bool operator==(const TopContainer &) const = default;
};

enum class ChangeKind { Modified, Added, Deleted };

struct FileChange
{
    std::string path;
    ChangeKind kind = ChangeKind::Modified;
    bool operator==(const FileChange &) const = default;
};

/// GET /containers/{id}/changes ("Get changes on a container's filesystem").
struct ListChanges
{
    using Answer = std::vector<FileChange>;
    static constexpr std::string_view operation = "container.changes";
    static constexpr bool large = true;
    Target container{};
    [[nodiscard]] ApiRequest request(ApiVersion version) const;
    [[nodiscard]] Arguments arguments() const;
    static Result<Answer> decode(std::string body);
    bool operator==(const ListChanges &) const = default;
};

/// GET /containers/{id}/stats ("Get container stats based on resource usage").
struct ReadStats
{
    static constexpr std::string_view operation = "container.stats";
    Target container{};
    bool stream = true;
    bool oneShot = false; ///< at once, without figures to compare with; from 1.41 on
    [[nodiscard]] ApiRequest request(ApiVersion version) const;
    [[nodiscard]] Arguments arguments() const;
    bool operator==(const ReadStats &) const = default;
};

/// What WaitContainer waits for (Engine API, "Wait for a container").
enum class WaitCondition {
    NotRunning, ///< holds at once for one that does not run
    NextExit,   ///< its next end, also of one that is yet to be started
    Removed
};

/// POST /containers/{id}/wait ("Wait for a container"). Conditions are known from 1.30 on.
struct WaitContainer
{
    using Answer = int; ///< exit status
    static constexpr std::string_view operation = "container.wait";
    static constexpr bool takesItsTime = true;
    Target container{};
    WaitCondition condition = WaitCondition::NotRunning;
    [[nodiscard]] ApiRequest request(ApiVersion version) const;
    [[nodiscard]] Arguments arguments() const;
    [[nodiscard]] ApiVersion needs() const;
    static Result<Answer> decode(std::string body);
    bool operator==(const WaitContainer &) const = default;
};

/// GET /containers/{id}/export ("Export a container"): a tar archive of all its files.
struct ExportContainer
{
    static constexpr std::string_view operation = "container.export";
    Target container{};
    [[nodiscard]] ApiRequest request(ApiVersion version) const;
    [[nodiscard]] Arguments arguments() const;
    bool operator==(const ExportContainer &) const = default;
};

/// GET /containers/{id}/archive ("Get an archive of a filesystem resource in a container").
struct GetArchive
{
    static constexpr std::string_view operation = "container.archive.get";
    Target container{};
    std::string path{}; ///< in the container
    [[nodiscard]] ApiRequest request(ApiVersion version) const;
    [[nodiscard]] Arguments arguments() const; ///< writes the archive to standard output
    bool operator==(const GetArchive &) const = default;
};

/// HEAD /containers/{id}/archive ("Get information about files in a container"). The CLI has no
/// command that does this alone.
struct StatPath
{
    static constexpr std::string_view operation = "container.archive.stat";
    Target container{};
    std::string path{};
    [[nodiscard]] ApiRequest request(ApiVersion version) const;
    bool operator==(const StatPath &) const = default;
};

/// The header X-Docker-Container-Path-Stat.
struct PathStat
{
    std::string name;
    std::int64_t size = 0;  ///< bytes
    std::uint32_t mode = 0; ///< permissions, as in stat(2)
    bool isFolder = false;
    bool isLink = false;
    bool isRegular = false;
    std::string changed; ///< RFC 3339
    std::string linkTarget;
    bool operator==(const PathStat &) const = default;
};
/// From the header's value, base64. Fails with ErrorKind::MalformedReply.
Result<PathStat> decodePathStat(std::string_view header);

/// PUT /containers/{id}/archive ("Extract an archive of files or folders to a directory in a
/// container"). The body is a tar archive, also compressed.
struct PutArchive
{
    static constexpr std::string_view operation = "container.archive.put";
    static constexpr bool takesBody = true;
    Target container{};
    std::string path{};     ///< a folder in the container
    bool replace = false;   ///< a folder may take the place of a file and the other way round
    bool keepOwner = false; ///< what the archive says; from 1.29 on
    [[nodiscard]] ApiRequest request(ApiVersion version) const;
    [[nodiscard]] Arguments arguments() const; ///< reads the archive from standard input
    [[nodiscard]] ApiVersion needs() const { return {keepOwner ? 29 : 24}; }
    bool operator==(const PutArchive &) const = default;
};

/// POST /containers/{id}/resize ("Resize a container TTY"). The CLI does this by itself.
struct ResizeContainer
{
    static constexpr std::string_view operation = "container.resize";
    Target container{};
    int rows = 0;
    int columns = 0;
    [[nodiscard]] ApiRequest request(ApiVersion version) const;
    bool operator==(const ResizeContainer &) const = default;
};

/// POST /containers/{id}/attach ("Attach to a container").
struct AttachContainer
{
    static constexpr std::string_view operation = "container.attach";
    Target container{};
    bool input = false;
    bool output = true;
    bool errors = true;
    bool logs = false;        ///< also what was written before
    bool stream = true;       ///< and what comes from now on
    std::string detachKeys{}; ///< "ctrl-p,ctrl-q"; empty = the engine's own
    [[nodiscard]] ApiRequest request(ApiVersion version) const;
    [[nodiscard]] Arguments arguments() const;
    bool operator==(const AttachContainer &) const = default;
};

/// POST /containers/{id}/update ("Update a container"). Only what is set changes.
struct UpdateContainer
{
    static constexpr std::string_view operation = "container.update";
    Target container{};
    std::optional<std::int64_t> memory{};            ///< bytes
    std::optional<std::int64_t> memoryReservation{}; ///< bytes
    std::optional<std::int64_t> memorySwap{};        ///< bytes of memory and swap; -1 = no limit
    std::optional<std::int64_t> nanoCpus{};          ///< 1e-9 CPUs; from 1.29 on
    std::optional<std::int64_t> cpuShares{};
    std::optional<std::int64_t> cpuPeriod{};       ///< microseconds
    std::optional<std::int64_t> cpuQuota{};        ///< microseconds
    std::optional<std::int64_t> realtimePeriod{};  ///< microseconds; from 1.25 on
    std::optional<std::int64_t> realtimeRuntime{}; ///< microseconds; from 1.25 on
    std::string cpus{};                            ///< "0-2,7"; empty = unchanged
    std::string memoryNodes{};                     ///< "0,1"
    std::optional<int> blockWeight{};              ///< 10 to 1000; 0 = off
    std::optional<std::int64_t> pidsLimit{};       ///< -1 = no limit; from 1.40 on
    std::string restartPolicy{}; ///< "no", "always", "on-failure", "unless-stopped"
    int restartMaximum = 0;      ///< of on-failure; 0 = no end
    [[nodiscard]] ApiRequest request(ApiVersion version) const;
    [[nodiscard]] Arguments arguments() const;
    [[nodiscard]] ApiVersion needs() const;
    static Result<CommandReply> decode(std::string_view body);
    bool operator==(const UpdateContainer &) const = default;
};

/// POST /commit ("Create a new image from a container").
struct CommitContainer
{
    static constexpr std::string_view operation = "container.commit";
    Target container{};
    ImageName image{}; ///< without a repository the image has no name
    std::string comment{};
    std::string author{};
    std::vector<std::string> changes{}; ///< Dockerfile instructions
    bool pause = true;                  ///< while it is read
    [[nodiscard]] ApiRequest request(ApiVersion version) const;
    [[nodiscard]] Arguments arguments() const;
    static Result<CommandReply> decode(std::string_view body);
    bool operator==(const CommitContainer &) const = default;
};

/// POST /containers/prune ("Delete stopped containers"), from 1.25 on.
struct PruneContainers
{
    static constexpr std::string_view operation = "container.prune";
    Filters filters{}; ///< until, label, label!
    [[nodiscard]] ApiRequest request(ApiVersion version) const;
    [[nodiscard]] Arguments arguments() const;
    [[nodiscard]] ApiVersion needs() const { return {25}; }
    static Result<CommandReply> decode(std::string_view body);
    bool operator==(const PruneContainers &) const = default;
};

} // namespace roadstead::docker
