// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/docker/compose_text.h"

#include "engine/docker/compose_writer.h"
#include "engine/reference/numbers.h"

#include <algorithm>
#include <set>

namespace roadstead::docker {

namespace {

using reference::VolumeSpec;

/// One service of a Compose file, written part by part.
class ComposeService
{
public:
    explicit ComposeService(const CreateContainer &create)
        : m_create(create)
    {
    }
    ComposeText written() &&;

private:
    void unsaid(const char *option, bool isSet)
    {
        if (isSet) {
            m_unsaid.emplace_back(option);
        }
    }
    void duration(const char *name, std::chrono::nanoseconds value)
    {
        if (value.count() != 0) {
            m_out.raw(name, composeQuoted(reference::durationText(value)));
        }
    }
    void process();
    void health();
    void names();
    void networks();
    void network(const reference::NetworkAttachment &network);
    void storage();
    void mount(const reference::Mount &mount);
    void security();
    void devices();
    void processorLimits();
    void memoryLimits();
    void blockLimits();
    void rates(const char *name, const std::vector<reference::DeviceRate> &rates);
    void logging();
    void outside(const char *kind, const std::set<std::string> &names);
    void collectUnsaid();

    const CreateContainer &m_create;
    ComposeWriter m_out;
    std::vector<std::string> m_unsaid;
    std::set<std::string> m_networks; ///< that are to be there
    std::set<std::string> m_volumes;
};

/// What Compose takes for the name of a service: made of the container's or the image's.
std::string serviceName(const CreateContainer &create)
{
    std::string name = create.name;
    if (name.empty()) {
        name = create.image.substr(0, create.image.find('@'));
        name = name.substr(name.rfind('/') + 1);
        name = name.substr(0, name.find(':'));
    }
    std::ranges::replace_if(
        name,
        [](char c) {
            return !((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                     c == '_' || c == '.' || c == '-');
        },
        '-');
    return name.empty() ? "app" : name;
}

void ComposeService::process()
{
    m_out.text("image", m_create.image);
    m_out.text("container_name", m_create.name);
    m_out.text("platform", m_create.platform);
    if (m_create.pull != PullPolicy::Missing) {
        m_out.raw("pull_policy", m_create.pull == PullPolicy::Always ? "always" : "never");
    }
    if (m_create.entrypoint) {
        m_out.list("entrypoint", m_create.entrypoint->empty() ? std::vector<std::string>{}
                                                              : std::vector{*m_create.entrypoint});
    }
    m_out.texts("command", m_create.command);
    m_out.text("user", m_create.user);
    m_out.text("working_dir", m_create.workingFolder);
    m_out.texts("environment", m_create.environment);
    m_out.pairs("labels", m_create.labels);
    m_out.map("annotations", m_create.annotations);
    m_out.flag("stdin_open", m_create.interactive);
    m_out.flag("tty", m_create.tty);
    if (m_create.init) {
        m_out.raw("init", *m_create.init ? "true" : "false");
    }
    if (!m_create.restart.isNone()) {
        m_out.text("restart", reference::restartPolicyText(m_create.restart));
    }
    m_out.text("stop_signal", m_create.stopSignal);
    if (m_create.stopTimeout && *m_create.stopTimeout >= 0) {
        duration("stop_grace_period", std::chrono::seconds(*m_create.stopTimeout));
    }
    health();
}

void ComposeService::health()
{
    const HealthOptions &health = m_create.health;
    if (health == HealthOptions{}) {
        return;
    }
    m_out.open("healthcheck");
    m_out.flag("disable", health.isDisabled);
    if (!health.command.empty()) {
        m_out.list("test", {"CMD-SHELL", health.command});
    }
    duration("interval", health.interval);
    duration("timeout", health.timeout);
    duration("start_period", health.startPeriod);
    duration("start_interval", health.startInterval);
    m_out.number("retries", health.retries);
    m_out.close();
}

void ComposeService::names()
{
    m_out.texts("ports", reference::publishedTexts(m_create.ports));
    m_out.texts("expose", reference::exposedTexts(m_create.exposedPorts));
    m_out.text("hostname", m_create.hostname);
    m_out.text("domainname", m_create.domainName);
    m_out.texts("dns", m_create.dnsServers);
    m_out.texts("dns_opt", m_create.dnsOptions);
    m_out.texts("dns_search", m_create.dnsSearch);
    m_out.texts("extra_hosts", m_create.extraHosts);
    m_out.texts("external_links", m_create.links);
    networks();
}

/// Without a word on networks Compose makes one for the project: a container on the engine's own
/// says so.
void ComposeService::networks()
{
    const auto &all = m_create.networks;
    const auto first = std::ranges::find_if(
        all, [](const auto &network) { return reference::isUserDefinedNetwork(network.target); });
    if (first == all.end()) {
        const std::string target = all.empty() ? std::string("bridge") : all.front().target;
        m_out.text("network_mode", target == "default" || target.empty() ? "bridge" : target);
        m_out.text("mac_address", all.empty() ? std::string() : all.front().macAddress);
        unsaid("--network", all.size() > 1);
        return;
    }
    m_out.open("networks");
    for (const reference::NetworkAttachment &each : all) {
        if (reference::isUserDefinedNetwork(each.target)) {
            network(each);
        } else {
            m_unsaid.push_back("--network " + yamlQuoted(each.target));
        }
    }
    m_out.close();
}

void ComposeService::network(const reference::NetworkAttachment &network)
{
    m_networks.insert(network.target);
    const std::string name = yamlQuoted(network.target);
    if (network == reference::NetworkAttachment{.target = network.target}) {
        m_out.raw(name, "{}");
        return;
    }
    m_out.open(name);
    m_out.texts("aliases", network.aliases);
    m_out.text("ipv4_address", network.ipv4Address);
    m_out.text("ipv6_address", network.ipv6Address);
    m_out.texts("link_local_ips", network.linkLocalAddresses);
    m_out.text("mac_address", network.macAddress);
    m_out.map("driver_opts", network.driverOptions);
    m_out.number("gw_priority", network.gatewayPriority);
    m_out.close();
}

void ComposeService::storage()
{
    for (const std::string &volume : m_create.volumes) {
        const auto spec = reference::parseVolume(volume);
        if (spec && spec->kind == VolumeSpec::Kind::Volume && !spec->source.empty()) {
            m_volumes.insert(spec->source);
        }
    }
    if (!m_create.volumes.empty() || !m_create.mounts.empty()) {
        m_out.open("volumes");
        for (const std::string &volume : m_create.volumes) {
            m_out.item(volume);
        }
        std::ranges::for_each(m_create.mounts, [this](const auto &each) { mount(each); });
        m_out.close();
    }
    std::vector<std::string> from;
    for (const std::string &container : m_create.volumesFrom) {
        from.push_back("container:" + container);
    }
    m_out.texts("volumes_from", from);
    std::vector<std::string> memory;
    for (const auto &[path, options] : m_create.tmpfs) {
        memory.push_back(options.empty() ? path : path + ":" + options);
    }
    m_out.texts("tmpfs", memory);
    m_out.flag("read_only", m_create.isReadOnly);
    m_out.map("storage_opt", m_create.storageOptions);
}

void ComposeService::mount(const reference::Mount &mount)
{
    m_out.openItem();
    m_out.text("type", mount.type);
    m_out.text("source", mount.source);
    m_out.text("target", mount.target);
    m_out.flag("read_only", mount.isReadOnly);
    m_out.text("consistency", mount.consistency);
    if (mount.type == "volume" && !mount.source.empty()) {
        m_volumes.insert(mount.source);
    }
    if (mount.type == "bind") {
        m_out.open("bind");
        m_out.raw("create_host_path", mount.bind && mount.bind->createsSource ? "true" : "false");
        m_out.text("propagation", mount.bind ? mount.bind->propagation : std::string());
        m_out.close();
        unsaid("--mount …,bind-recursive",
               mount.bind && (mount.bind->isNotRecursive || mount.bind->isReadOnlyAtTopOnly ||
                              mount.bind->isReadOnlyAllTheWay));
    }
    if (mount.volume && (mount.volume->withoutCopy || !mount.volume->subpath.empty())) {
        m_out.open("volume");
        m_out.flag("nocopy", mount.volume->withoutCopy);
        m_out.text("subpath", mount.volume->subpath);
        m_out.close();
    }
    unsaid("--mount …,volume-driver",
           mount.volume && !(mount.volume->driver.empty() && mount.volume->driverOptions.empty() &&
                             mount.volume->labels.empty()));
    unsaid("--mount …,image-subpath", mount.image && !mount.image->subpath.empty());
    if (mount.tmpfs && *mount.tmpfs != reference::TmpfsOptions{}) {
        m_out.open("tmpfs");
        m_out.number("size", mount.tmpfs->bytes);
        m_out.number("mode", mount.tmpfs->mode);
        m_out.close();
    }
    m_out.close();
}

void ComposeService::security()
{
    m_out.flag("privileged", m_create.isPrivileged);
    m_out.texts("cap_add", m_create.addedCapabilities);
    m_out.texts("cap_drop", m_create.droppedCapabilities);
    std::vector<std::string> options;
    for (const SecurityOption &option : m_create.securityOptions) {
        options.push_back(option.text);
    }
    m_out.texts("security_opt", options);
    m_out.texts("group_add", m_create.groups);
    m_out.text("pid", m_create.isolation.processes);
    m_out.text("uts", m_create.isolation.names);
    m_out.text("userns_mode", m_create.isolation.users);
    m_out.text("cgroup", m_create.isolation.controlGroup);
    m_out.text("ipc", m_create.isolation.communication);
    m_out.text("isolation", m_create.isolation.technology);
    m_out.text("cgroup_parent", m_create.cgroupParent);
    m_out.text("runtime", m_create.runtime);
    m_out.pairs("sysctls", m_create.sysctls);
}

void ComposeService::devices()
{
    std::vector<std::string> devices;
    std::ranges::transform(m_create.devices, std::back_inserter(devices), reference::deviceText);
    devices.insert(devices.end(), m_create.cdiDevices.begin(), m_create.cdiDevices.end());
    m_out.texts("devices", devices);
    m_out.texts("device_cgroup_rules", m_create.deviceRules);
    if (m_create.gpus.empty()) {
        return;
    }
    for (const char *level : {"deploy", "resources", "reservations", "devices"}) {
        m_out.open(level);
    }
    for (const reference::DeviceRequest &request : m_create.gpus) {
        m_out.openItem();
        std::vector<std::string> capabilities{"gpu"};
        capabilities.insert(capabilities.end(), request.capabilities.begin(),
                            request.capabilities.end());
        m_out.list("capabilities", capabilities);
        m_out.text("driver", request.driver);
        if (request.ids.empty()) {
            m_out.raw("count", request.count == -1 ? "all" : std::to_string(request.count));
        }
        m_out.texts("device_ids", request.ids);
        m_out.map("options", request.options);
        m_out.close();
    }
    for (int level = 0; level < 4; ++level) {
        m_out.close();
    }
}

void ComposeService::processorLimits()
{
    const ResourceLimits &limits = m_create.limits;
    if (limits.processors != 0) {
        m_out.raw("cpus", reference::processorsText(limits.processors));
    }
    m_out.number("cpu_shares", limits.cpuShares);
    m_out.number("cpu_period", limits.cpuPeriod);
    m_out.number("cpu_quota", limits.cpuQuota);
    m_out.number("cpu_rt_period", limits.cpuRealtimePeriod);
    m_out.number("cpu_rt_runtime", limits.cpuRealtimeRuntime);
    m_out.text("cpuset", limits.cpus);
    m_out.number("cpu_count", limits.cpuCount);
    m_out.number("cpu_percent", limits.cpuPercent);
    m_out.number("pids_limit", limits.processes);
}

void ComposeService::memoryLimits()
{
    const ResourceLimits &limits = m_create.limits;
    m_out.number("mem_limit", limits.memory);
    m_out.number("mem_reservation", limits.memoryReservation);
    m_out.number("memswap_limit", limits.memorySwap);
    m_out.number("mem_swappiness", limits.memorySwappiness, std::int64_t(-1));
    m_out.flag("oom_kill_disable", limits.withoutOutOfMemoryKiller);
    m_out.number("oom_score_adj", limits.outOfMemoryScore);
    m_out.number("shm_size", limits.sharedMemory);
    if (!limits.ulimits.empty()) {
        m_out.open("ulimits");
        for (const reference::Ulimit &limit : limits.ulimits) {
            m_out.open(yamlQuoted(limit.name));
            m_out.raw("soft", std::to_string(limit.soft));
            m_out.raw("hard", std::to_string(limit.hard));
            m_out.close();
        }
        m_out.close();
    }
}

void ComposeService::rates(const char *name, const std::vector<reference::DeviceRate> &rates)
{
    if (rates.empty()) {
        return;
    }
    m_out.open(name);
    for (const reference::DeviceRate &each : rates) {
        m_out.openItem();
        m_out.text("path", each.path);
        m_out.raw("rate", std::to_string(each.rate));
        m_out.close();
    }
    m_out.close();
}

void ComposeService::blockLimits()
{
    const ResourceLimits &limits = m_create.limits;
    if (limits.blockWeight == 0 && limits.blockWeights.empty() && limits.readBytes.empty() &&
        limits.writeBytes.empty() && limits.readOperations.empty() &&
        limits.writeOperations.empty()) {
        return;
    }
    m_out.open("blkio_config");
    m_out.number("weight", limits.blockWeight);
    if (!limits.blockWeights.empty()) {
        m_out.open("weight_device");
        for (const reference::DeviceWeight &each : limits.blockWeights) {
            m_out.openItem();
            m_out.text("path", each.path);
            m_out.raw("weight", std::to_string(each.weight));
            m_out.close();
        }
        m_out.close();
    }
    rates("device_read_bps", limits.readBytes);
    rates("device_write_bps", limits.writeBytes);
    rates("device_read_iops", limits.readOperations);
    rates("device_write_iops", limits.writeOperations);
    m_out.close();
}

void ComposeService::logging()
{
    if (m_create.logDriver.empty() && m_create.logOptions.empty()) {
        return;
    }
    m_out.open("logging");
    m_out.text("driver", m_create.logDriver);
    m_out.map("options", m_create.logOptions);
    m_out.close();
}

void ComposeService::outside(const char *kind, const std::set<std::string> &names)
{
    if (names.empty()) {
        return;
    }
    m_out.open(kind);
    for (const std::string &name : names) {
        m_out.open(yamlQuoted(name));
        m_out.text("name", name);
        m_out.flag("external", true);
        m_out.close();
    }
    m_out.close();
}

void ComposeService::collectUnsaid()
{
    unsaid("--rm", m_create.autoRemove);
    unsaid("--publish-all", m_create.publishesAll);
    unsaid("--stop-timeout -1", m_create.stopTimeout && *m_create.stopTimeout < 0);
    unsaid("--volume-driver", !m_create.volumeDriver.empty());
    unsaid("--use-api-socket", !m_create.apiSocket.empty());
    unsaid("--cpuset-mems", !m_create.limits.memoryNodes.empty());
    unsaid("--kernel-memory", m_create.limits.kernelMemory != 0);
    unsaid("--io-maxiops", m_create.limits.ioOperations != 0);
    unsaid("--io-maxbandwidth", m_create.limits.ioBandwidth != 0);
    unsaid("--cidfile", !m_create.idFile.empty());
}

ComposeText ComposeService::written() &&
{
    m_out.open("services");
    m_out.open(yamlQuoted(serviceName(m_create)));
    process();
    names();
    storage();
    security();
    devices();
    processorLimits();
    memoryLimits();
    blockLimits();
    logging();
    m_out.close();
    m_out.close();
    outside("networks", m_networks);
    outside("volumes", m_volumes);
    collectUnsaid();
    std::string comments;
    for (const std::string &option : m_unsaid) {
        comments += "# Compose has no word for " + option + "\n";
    }
    return {comments + std::move(m_out).take(), std::move(m_unsaid)};
}

} // namespace

ComposeText composeText(const CreateContainer &create)
{
    return ComposeService(create).written();
}

} // namespace roadstead::docker
