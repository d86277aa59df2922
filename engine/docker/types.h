// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

/// Value types of the Docker Engine API, decoded and range-checked. All strings are UTF-8 as the
/// engine sent them (hostile text; invalid bytes replaced). Times are seconds since the epoch, 0
/// when unknown.
namespace roadstead::docker {

/// An API version 1.<minor>.
struct ApiVersion
{
    int minor = 0;
    auto operator<=>(const ApiVersion &) const = default;
};

enum class ContainerState { Created, Running, Paused, Restarting, Removing, Exited, Dead, Unknown };
enum class Health { None, Starting, Healthy, Unhealthy };

/// One port of a container: published when publicPort is not 0.
struct Port
{
    std::string ip; ///< host address it is bound to, empty when not published
    std::uint16_t privatePort = 0;
    std::uint16_t publicPort = 0;
    std::string protocol; ///< "tcp", "udp" or "sctp"
    bool operator==(const Port &) const = default;
};

/// A row of GET /containers/json.
struct ContainerSummary
{
    std::string id;    ///< 64 hexadecimal digits
    std::string name;  ///< first name, without the leading slash
    std::string image; ///< as given to run, or an image id
    std::string imageId;
    std::string command;
    std::int64_t created = 0;
    ContainerState state = ContainerState::Unknown;
    Health health = Health::None;
    std::optional<int> exitCode; ///< of an exited container, read from its status text
    std::string status;          ///< the engine's own words: "Up 3 hours (healthy)"
    std::vector<Port> ports;
    std::map<std::string, std::string> labels;
    std::vector<std::string> networks;
    std::int64_t size = -1;       ///< bytes of its own layer; -1 = not told (only when asked for)
    std::int64_t rootFsSize = -1; ///< bytes with its image
    bool operator==(const ContainerSummary &) const = default;
};

struct Mount
{
    std::string type; ///< "bind", "volume", "tmpfs", …
    std::string name; ///< of a volume
    std::string source;
    std::string destination;
    bool writable = false;
    bool operator==(const Mount &) const = default;
};

struct NetworkAttachment
{
    std::string name;
    std::string ipAddress;
    std::string ipv6Address;
    std::string gateway;
    std::string macAddress;
    std::vector<std::string> aliases;
    bool operator==(const NetworkAttachment &) const = default;
};

struct HealthCheck
{
    std::string start; ///< RFC 3339
    std::string end;
    int exitCode = 0;
    std::string output;
    bool operator==(const HealthCheck &) const = default;
};

/// How an engine finds out whether the program within is well. What is zero or empty is the
/// image's, and the engine's own where that has none.
struct HealthOptions
{
    bool isDisabled = false; ///< --no-healthcheck; then nothing else may be set
    std::string command{};   ///< run by the image's shell
    std::chrono::nanoseconds interval{0};
    std::chrono::nanoseconds timeout{0};
    std::chrono::nanoseconds startPeriod{0};
    std::chrono::nanoseconds startInterval{0}; ///< since API 1.44
    std::int64_t retries = 0;
    bool operator==(const HealthOptions &) const = default;
};

/// GET /containers/{id}/json.
struct ContainerDetails
{
    std::string id;
    std::string name;
    std::string image; ///< Config.Image
    std::string imageId;
    std::string created; ///< RFC 3339, as are the next two
    std::string startedAt;
    std::string finishedAt;
    ContainerState state = ContainerState::Unknown;
    Health health = Health::None;
    std::vector<HealthCheck> healthLog;
    HealthOptions healthCheck; ///< the image's, too; without a command there is none
    int exitCode = 0;
    bool oomKilled = false;
    std::string error;    ///< State.Error: why it could not be started
    std::int64_t pid = 0; ///< on the engine's machine, 0 when not running
    std::int64_t restartCount = 0;
    std::string restartPolicy; ///< "no", "always", "on-failure", "unless-stopped"
    int restartMaximum = 0;
    std::vector<std::string> entrypoint;
    std::vector<std::string> command;
    std::vector<std::string> environment; ///< NAME=value
    std::string user;
    std::string workingDir;
    std::string hostname;
    bool tty = false;
    std::map<std::string, std::string> labels;
    std::vector<Port> ports;
    std::vector<Mount> mounts;
    std::vector<NetworkAttachment> networks;
    std::int64_t memoryLimit = 0; ///< bytes, 0 = none
    std::int64_t nanoCpus = 0;    ///< 1e-9 CPUs, 0 = none
    std::int64_t pidsLimit = 0;   ///< 0 or less = none
    std::int64_t memorySwap = 0;  ///< bytes of memory and swap; -1 = no limit, 0 = not set
    std::int64_t cpuPeriod = 0;   ///< microseconds, 0 = not set
    std::int64_t cpuQuota = 0;    ///< microseconds of a period, 0 or less = none
    std::string raw;              ///< the reply itself, for the Inspect tab
};

/// One object of GET /containers/{id}/stats, in the numbers of `docker stats`.
struct ContainerUsage
{
    double cpuPercent = 0;        ///< of one CPU, since the object before
    std::int64_t memoryBytes = 0; ///< without inactive page cache
    std::int64_t memoryLimit = 0; ///< bytes; 0 = not told
    double receivedBytes = 0;     ///< of all networks, since the container started
    double sentBytes = 0;
    double readBytes = 0; ///< from block devices
    double writtenBytes = 0;
    std::uint64_t processes = 0; ///< and threads
    std::uint64_t periods = 0;   ///< in which the CPU limit was looked at …
    std::uint64_t throttled = 0; ///< … and in which it held the container back
    bool operator==(const ContainerUsage &) const = default;
};

/// One manifest of an image that has several (Engine API, "ImageManifestSummary", from 1.47 on).
struct ImageManifest
{
    std::string id;   ///< "sha256:…"
    std::string kind; ///< "image", "attestation", "unknown"
    std::string platform;
    bool available = false; ///< all of it is here
    std::int64_t size = 0;  ///< bytes
    std::vector<std::string> containers;
    bool operator==(const ImageManifest &) const = default;
};

/// A row of GET /images/json.
struct ImageSummary
{
    std::string id;                   ///< "sha256:…"
    std::string parent;               ///< id, of an image built by the classic builder
    std::vector<std::string> tags;    ///< "repository:tag"
    std::vector<std::string> digests; ///< "repository@sha256:…"
    std::int64_t created = 0;
    std::int64_t size = 0;        ///< bytes
    std::int64_t sharedSize = -1; ///< bytes; -1 = not told
    std::int64_t containers = -1; ///< how many use it; -1 = not told
    std::map<std::string, std::string> labels;
    std::vector<ImageManifest> manifests; ///< when asked for
    bool operator==(const ImageSummary &) const = default;
};

/// GET /version.
struct EngineVersion
{
    std::string version; ///< "26.1.5"
    ApiVersion api;      ///< newest the engine speaks
    ApiVersion minApi;   ///< oldest the engine speaks
    std::string os;
    std::string arch;
    std::string kernel;
    bool podman = false; ///< a Podman that speaks this API
};

/// GET /info, the parts that are shown.
struct EngineInfo
{
    std::string id;
    std::string name;
    std::string operatingSystem;
    std::string storageDriver;
    std::string dataRoot;
    std::string cgroupDriver;
    std::string cgroupVersion; ///< "1" or "2"
    std::string defaultRuntime;
    std::string logDriver; ///< of containers that name none
    int cpus = 0;
    std::int64_t memory = 0; ///< bytes
    int containers = 0;
    int containersRunning = 0;
    int containersPaused = 0;
    int containersStopped = 0;
    int images = 0;
    bool liveRestore = false;
    bool experimental = false;
    bool rootless = false;    ///< runs as a user, without root
    std::string swarmState{}; ///< of this node: "inactive", "pending", "active", "error", "locked"
    bool swarmManager = false;
    std::vector<std::string> warnings;
    std::vector<std::string> insecureRegistries{}; ///< named ones: plain HTTP and any certificate
    std::vector<std::string> mirrors{};            ///< of Docker Hub, URLs
};

/// One line of GET /events.
struct Event
{
    std::string type;   ///< "container", "image", "network", …
    std::string action; ///< "start", "die", "health_status: healthy", …
    std::string actor;  ///< id of the object
    std::map<std::string, std::string> attributes;
    std::int64_t timeNano = 0;
};

} // namespace roadstead::docker
