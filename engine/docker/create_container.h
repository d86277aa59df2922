// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"
#include "engine/docker/types.h"
#include "engine/reference/devices.h"
#include "engine/reference/network_attachment.h"
#include "engine/reference/options.h"
#include "engine/reference/ports.h"
#include "engine/reference/volumes.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace roadstead::docker {

using PortBinding = reference::PortBinding;
using reference::Pairs;

/// Which streams of the main process are attached; none given means output and errors.
struct AttachedStreams
{
    bool input = false;
    bool output = false;
    bool errors = false;
    bool operator==(const AttachedStreams &) const = default;
};

/// One --security-opt.
struct SecurityOption
{
    std::string text{}; ///< "no-new-privileges", "apparmor=name", "seccomp=/path/profile.json"
    std::string
        profile{}; ///< what the seccomp profile's file has, as JSON; sent instead of the path
    bool operator==(const SecurityOption &) const = default;
};

/// What a container may use at most. Zero means no limit of its own.
struct ResourceLimits
{
    std::int64_t memory = 0;            ///< bytes
    std::int64_t memoryReservation = 0; ///< bytes
    std::int64_t memorySwap = 0;        ///< bytes of memory and swap together; -1 = no limit
    std::int64_t memorySwappiness = -1; ///< 0 to 100; -1 = the machine's
    std::int64_t kernelMemory = 0;      ///< bytes; API 1.40 and 1.41 only
    bool withoutOutOfMemoryKiller = false;
    std::int64_t outOfMemoryScore = 0; ///< -1000 to 1000
    std::int64_t processors = 0;       ///< billionths
    std::int64_t cpuShares = 0;
    std::int64_t cpuPeriod = 0;          ///< microseconds
    std::int64_t cpuQuota = 0;           ///< microseconds
    std::int64_t cpuRealtimePeriod = 0;  ///< microseconds
    std::int64_t cpuRealtimeRuntime = 0; ///< microseconds
    std::string cpus{};                  ///< which may be used: "0-3", "0,1"
    std::string memoryNodes{};
    std::int64_t cpuCount = 0;      ///< Windows
    std::int64_t cpuPercent = 0;    ///< Windows
    std::uint64_t ioOperations = 0; ///< per second; Windows
    std::int64_t ioBandwidth = 0;   ///< bytes per second; Windows
    std::int64_t processes = 0;     ///< -1 = no limit
    std::uint16_t blockWeight = 0;  ///< 10 to 1000
    std::vector<reference::DeviceWeight> blockWeights{};
    std::vector<reference::DeviceRate> readBytes{};
    std::vector<reference::DeviceRate> writeBytes{};
    std::vector<reference::DeviceRate> readOperations{};
    std::vector<reference::DeviceRate> writeOperations{};
    std::vector<reference::Ulimit> ulimits{}; ///< one of a name
    std::int64_t sharedMemory = 0;            ///< bytes of /dev/shm
    bool operator==(const ResourceLimits &) const = default;
};

/// What a container sees of its machine. Empty means the engine's way.
struct Isolation
{
    std::string processes{};    ///< --pid: "host", "container:name"
    std::string names{};        ///< --uts: "host"
    std::string users{};        ///< --userns: "host"
    std::string controlGroup{}; ///< --cgroupns: "host", "private"
    std::string
        communication{};      ///< --ipc: "private", "shareable", "host", "none", "container:name"
    std::string technology{}; ///< --isolation; Windows
    bool operator==(const Isolation &) const = default;
};

/// When the image is fetched; by who sends the command, not by the engine.
enum class PullPolicy { Missing, Always, Never };

/// docker container create, with every option of the docker CLI 28. Names, paths and values are as
/// typed; engines check them.
///
/// Three options are for who sends it: `pull` and `pullsQuietly` tell when the image is fetched,
/// `idFile` names the file that the new container's id is to be written to.
struct CreateContainer
{
    std::string image{};
    std::string name{}; ///< empty = the engine chooses
    std::vector<std::string> command{};
    std::vector<std::string> environment{}; ///< "NAME=value"; "NAME" removes the image's
    Pairs labels{};
    std::vector<PortBinding> ports{};
    std::vector<reference::NetworkAttachment> networks{}; ///< empty = the default one
    bool autoRemove = false;
    bool tty = false;

    bool interactive = false; ///< standard input stays open
    AttachedStreams attached{};
    std::string hostname{};
    std::string domainName{};
    std::string user{};
    std::string workingFolder{};
    std::optional<std::string> entrypoint{}; ///< empty text = none, none = the image's
    std::vector<std::string> exposedPorts{}; ///< "80/tcp", besides the published ones
    bool publishesAll = false;
    std::string stopSignal{};
    std::optional<std::int64_t> stopTimeout{}; ///< seconds; -1 = for ever
    HealthOptions health{};
    reference::RestartPolicy restart{};
    std::optional<bool> init{}; ///< a process that reaps children; none = the engine's setting

    std::vector<std::string> volumes{}; ///< --volume, see reference::parseVolume; each once
    std::string volumeDriver{};
    std::vector<std::string> volumesFrom{};
    std::vector<reference::Mount> mounts{};
    Pairs tmpfs{}; ///< path and options
    bool isReadOnly = false;
    std::string apiSocket{}; ///< --use-api-socket: the engine's socket here; empty = not mounted

    std::vector<std::string> dnsServers{};
    std::vector<std::string> dnsOptions{};
    std::vector<std::string> dnsSearch{};
    std::vector<std::string> extraHosts{}; ///< "name:address"
    std::vector<std::string> links{};

    bool isPrivileged = false;
    std::vector<std::string> addedCapabilities{};
    std::vector<std::string> droppedCapabilities{};
    std::vector<SecurityOption> securityOptions{};
    std::vector<std::string> groups{};
    Isolation isolation{};

    std::vector<reference::DeviceMapping> devices{};
    std::vector<std::string> cdiDevices{};
    std::vector<std::string> deviceRules{};
    std::vector<reference::DeviceRequest> gpus{};

    ResourceLimits limits{};
    std::string cgroupParent{};
    std::string runtime{};
    std::string logDriver{};
    Pairs logOptions{};
    Pairs storageOptions{};
    Pairs sysctls{};
    Pairs annotations{};

    std::string platform{}; ///< "linux/arm64"; sent since API 1.41
    PullPolicy pull = PullPolicy::Missing;
    bool pullsQuietly = false;
    std::string idFile{};

    bool operator==(const CreateContainer &) const = default;
};

/// Whether the options go with each other as the docker CLI wants it: no restarts with removal, no
/// aliases outside of user-defined networks, and so on. Fails with ErrorKind::InvalidArgument whose
/// detail names the option, as "--restart: …".
Result<void> checkOptions(const CreateContainer &create);

/// Whether an engine that speaks `version` knows every option that is set. Fails with
/// ErrorKind::UnsupportedVersion whose detail names the option and the version it came with.
Result<void> checkVersion(const CreateContainer &create, ApiVersion version);

} // namespace roadstead::docker
