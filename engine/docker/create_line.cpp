// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/docker/create_rendering.h"

#include "engine/base/units.h"
#include "engine/reference/numbers.h"

namespace roadstead::docker {

namespace {

/// Collects an argument vector. Options that say nothing are left out.
class Line
{
public:
    explicit Line(std::string verb)
        : m_words{std::move(verb)}
    {
    }

    void add(const char *option, const std::string &value)
    {
        m_words.emplace_back(option);
        m_words.push_back(value);
    }
    void addText(const char *option, const std::string &value)
    {
        if (!value.empty()) {
            add(option, value);
        }
    }
    void addTexts(const char *option, const std::vector<std::string> &values)
    {
        for (const std::string &value : values) {
            add(option, value);
        }
    }
    void addPairs(const char *option, const Pairs &pairs)
    {
        for (const auto &pair : pairs) {
            add(option, reference::pairText(pair));
        }
    }
    template<typename Number>
    void addNumber(const char *option, Number value, Number usual = 0)
    {
        if (value != usual) {
            add(option, std::to_string(value));
        }
    }
    void addSize(const char *option, std::int64_t bytes)
    {
        if (bytes != 0) {
            add(option, exactBinarySize(bytes));
        }
    }
    void addDuration(const char *option, std::chrono::nanoseconds value)
    {
        if (value.count() != 0) {
            add(option, reference::durationText(value));
        }
    }
    void addFlag(const char *option, bool isSet)
    {
        if (isSet) {
            m_words.emplace_back(option);
        }
    }
    template<typename Value, typename Writer>
    void addAll(const char *option, const std::vector<Value> &values, Writer writer)
    {
        for (const Value &value : values) {
            add(option, writer(value));
        }
    }

    /// The image and what runs in it; what the CLI must not take for an option goes behind "--".
    std::vector<std::string> ended(const CreateContainer &create) &&
    {
        addFlag("--", create.image.starts_with('-'));
        m_words.push_back(create.image);
        m_words.insert(m_words.end(), create.command.begin(), create.command.end());
        return std::move(m_words);
    }

private:
    std::vector<std::string> m_words;
};

/// The first network's addresses and aliases have options of their own, which keep capitals.
void addFirstNetwork(Line &line, const reference::NetworkAttachment &network)
{
    line.add("--network", reference::networkText({.target = network.target,
                                                  .driverOptions = network.driverOptions,
                                                  .gatewayPriority = network.gatewayPriority}));
    line.addTexts("--network-alias", network.aliases);
    line.addText("--ip", network.ipv4Address);
    line.addText("--ip6", network.ipv6Address);
    line.addTexts("--link-local-ip", network.linkLocalAddresses);
    line.addText("--mac-address", network.macAddress);
}

void addNetworks(Line &line, const CreateContainer &create)
{
    for (const reference::NetworkAttachment &network : create.networks) {
        if (&network == &create.networks.front()) {
            addFirstNetwork(line, network);
        } else {
            line.add("--network", reference::networkText(network));
        }
    }
}

void addNames(Line &line, const CreateContainer &create)
{
    line.addTexts("--dns", create.dnsServers);
    line.addTexts("--dns-option", create.dnsOptions);
    line.addTexts("--dns-search", create.dnsSearch);
    line.addTexts("--add-host", create.extraHosts);
    line.addTexts("--link", create.links);
    line.addText("--hostname", create.hostname);
    line.addText("--domainname", create.domainName);
}

void addProcess(Line &line, const CreateContainer &create)
{
    line.addFlag("-i", create.interactive);
    line.addFlag("-t", create.tty);
    if (create.attached.input) {
        line.add("-a", "stdin");
    }
    if (create.attached.output) {
        line.add("-a", "stdout");
    }
    if (create.attached.errors) {
        line.add("-a", "stderr");
    }
    line.addText("--user", create.user);
    line.addText("--workdir", create.workingFolder);
    if (create.entrypoint) {
        line.add("--entrypoint", *create.entrypoint);
    }
    line.addText("--stop-signal", create.stopSignal);
    if (create.stopTimeout) {
        line.add("--stop-timeout", std::to_string(*create.stopTimeout));
    }
    if (create.restart != reference::RestartPolicy{}) {
        line.add("--restart", reference::restartPolicyText(create.restart));
    }
    if (create.init) {
        line.addFlag(*create.init ? "--init" : "--init=false", true);
    }
}

void addHealth(Line &line, const HealthOptions &health)
{
    line.addFlag("--no-healthcheck", health.isDisabled);
    line.addText("--health-cmd", health.command);
    line.addDuration("--health-interval", health.interval);
    line.addDuration("--health-timeout", health.timeout);
    line.addDuration("--health-start-period", health.startPeriod);
    line.addDuration("--health-start-interval", health.startInterval);
    line.addNumber("--health-retries", health.retries);
}

void addStorage(Line &line, const CreateContainer &create)
{
    line.addTexts("-v", create.volumes);
    line.addText("--volume-driver", create.volumeDriver);
    line.addTexts("--volumes-from", create.volumesFrom);
    line.addAll("--mount", create.mounts, reference::mountText);
    line.addAll("--tmpfs", create.tmpfs, [](const auto &tmpfs) {
        return tmpfs.second.empty() ? tmpfs.first : tmpfs.first + ":" + tmpfs.second;
    });
    line.addFlag("--read-only", create.isReadOnly);
    line.addPairs("--storage-opt", create.storageOptions);
    line.addFlag("--use-api-socket", !create.apiSocket.empty());
}

void addSecurity(Line &line, const CreateContainer &create)
{
    line.addFlag("--privileged", create.isPrivileged);
    line.addTexts("--cap-add", create.addedCapabilities);
    line.addTexts("--cap-drop", create.droppedCapabilities);
    for (const SecurityOption &option : create.securityOptions) {
        line.add("--security-opt", option.text);
    }
    line.addTexts("--group-add", create.groups);
    line.addText("--pid", create.isolation.processes);
    line.addText("--uts", create.isolation.names);
    line.addText("--userns", create.isolation.users);
    line.addText("--cgroupns", create.isolation.controlGroup);
    line.addText("--ipc", create.isolation.communication);
    line.addText("--isolation", create.isolation.technology);
    line.addText("--cgroup-parent", create.cgroupParent);
    line.addText("--runtime", create.runtime);
}

void addDevices(Line &line, const CreateContainer &create)
{
    line.addAll("--device", create.devices, reference::deviceText);
    line.addTexts("--device", create.cdiDevices);
    line.addTexts("--device-cgroup-rule", create.deviceRules);
    line.addAll("--gpus", create.gpus, reference::gpusText);
}

void addProcessorLimits(Line &line, const ResourceLimits &limits)
{
    if (limits.processors != 0) {
        line.add("--cpus", reference::processorsText(limits.processors));
    }
    line.addNumber("--cpu-shares", limits.cpuShares);
    line.addNumber("--cpu-period", limits.cpuPeriod);
    line.addNumber("--cpu-quota", limits.cpuQuota);
    line.addNumber("--cpu-rt-period", limits.cpuRealtimePeriod);
    line.addNumber("--cpu-rt-runtime", limits.cpuRealtimeRuntime);
    line.addText("--cpuset-cpus", limits.cpus);
    line.addText("--cpuset-mems", limits.memoryNodes);
    line.addNumber("--cpu-count", limits.cpuCount);
    line.addNumber("--cpu-percent", limits.cpuPercent);
    line.addNumber("--pids-limit", limits.processes);
}

void addMemoryLimits(Line &line, const ResourceLimits &limits)
{
    line.addSize("--memory", limits.memory);
    line.addSize("--memory-reservation", limits.memoryReservation);
    line.addSize("--memory-swap", limits.memorySwap);
    line.addNumber("--memory-swappiness", limits.memorySwappiness, std::int64_t(-1));
    line.addSize("--kernel-memory", limits.kernelMemory);
    line.addFlag("--oom-kill-disable", limits.withoutOutOfMemoryKiller);
    line.addNumber("--oom-score-adj", limits.outOfMemoryScore);
    line.addSize("--shm-size", limits.sharedMemory);
    line.addAll("--ulimit", limits.ulimits, reference::ulimitText);
}

void addBlockLimits(Line &line, const ResourceLimits &limits)
{
    const auto rate = [](const reference::DeviceRate &device) {
        return device.path + ":" + std::to_string(device.rate);
    };
    line.addNumber<unsigned>("--blkio-weight", limits.blockWeight);
    line.addAll("--blkio-weight-device", limits.blockWeights, [](const auto &device) {
        return device.path + ":" + std::to_string(device.weight);
    });
    line.addAll("--device-read-bps", limits.readBytes, rate);
    line.addAll("--device-write-bps", limits.writeBytes, rate);
    line.addAll("--device-read-iops", limits.readOperations, rate);
    line.addAll("--device-write-iops", limits.writeOperations, rate);
    line.addNumber("--io-maxiops", limits.ioOperations);
    line.addNumber("--io-maxbandwidth", limits.ioBandwidth);
}

void addRest(Line &line, const CreateContainer &create)
{
    line.addText("--log-driver", create.logDriver);
    line.addPairs("--log-opt", create.logOptions);
    line.addPairs("--sysctl", create.sysctls);
    line.addPairs("--annotation", create.annotations);
    line.addText("--platform", create.platform);
    if (create.pull != PullPolicy::Missing) {
        line.add("--pull", create.pull == PullPolicy::Always ? "always" : "never");
    }
    line.addFlag("-q", create.pullsQuietly);
    line.addText("--cidfile", create.idFile);
}

} // namespace

std::vector<std::string> createArguments(const CreateContainer &create)
{
    Line line("create");
    line.addText("--name", create.name);
    line.addTexts("-e", create.environment);
    line.addPairs("-l", create.labels);
    line.addTexts("-p", reference::publishedTexts(create.ports));
    line.addTexts("--expose", reference::exposedTexts(create.exposedPorts));
    line.addFlag("-P", create.publishesAll);
    addNetworks(line, create);
    addNames(line, create);
    line.addFlag("--rm", create.autoRemove);
    addProcess(line, create);
    addHealth(line, create.health);
    addStorage(line, create);
    addSecurity(line, create);
    addDevices(line, create);
    addProcessorLimits(line, create.limits);
    addMemoryLimits(line, create.limits);
    addBlockLimits(line, create.limits);
    addRest(line, create);
    return std::move(line).ended(create);
}

} // namespace roadstead::docker
