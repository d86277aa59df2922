// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/docker/existing_host_config.h"

#include <algorithm>

namespace roadstead::docker {

namespace {

/// Nothing where it is what the engine gives.
std::string unless(const std::string &given, std::string value)
{
    return value == given ? std::string() : value;
}

Pairs pairsOf(const JsonValue &object, const char *key)
{
    const auto map = object.textMap(key);
    return {map.begin(), map.end()};
}

void readPorts(const JsonValue &host, CreateContainer &create)
{
    host.forEachMember(
        "PortBindings", [&create](const std::string &key, const JsonValue &bindings) {
            const auto slash = key.find('/');
            const std::string port = key.substr(0, slash);
            const std::string protocol = slash == std::string::npos ? "tcp" : key.substr(slash + 1);
            if (bindings.isNull()) {
                create.ports.push_back({{}, {}, port, protocol});
                return;
            }
            bindings.forEachElement([&](const JsonValue &binding) {
                create.ports.push_back(
                    {binding.text("HostIp"), binding.text("HostPort"), port, protocol});
            });
        });
    create.publishesAll = host.boolean("PublishAllPorts");
}

reference::Mount mountOf(const JsonValue &json)
{
    reference::Mount mount;
    mount.type = json.text("Type");
    mount.source = json.text("Source");
    mount.target = json.text("Target");
    mount.isReadOnly = json.boolean("ReadOnly");
    mount.consistency = json.text("Consistency");
    if (json.has("BindOptions")) {
        const JsonValue bind = json.object("BindOptions");
        mount.bind = reference::BindOptions{bind.text("Propagation"), bind.boolean("NonRecursive"),
                                            bind.boolean("CreateMountpoint"),
                                            bind.boolean("ReadOnlyNonRecursive"),
                                            bind.boolean("ReadOnlyForceRecursive")};
    }
    if (json.has("VolumeOptions")) {
        const JsonValue volume = json.object("VolumeOptions");
        const JsonValue driver = volume.object("DriverConfig");
        mount.volume = reference::VolumeOptions{volume.boolean("NoCopy"), pairsOf(volume, "Labels"),
                                                volume.text("Subpath"), driver.text("Name"),
                                                pairsOf(driver, "Options")};
    }
    if (json.has("ImageOptions")) {
        mount.image = reference::ImageMountOptions{json.object("ImageOptions").text("Subpath")};
    }
    if (json.has("TmpfsOptions")) {
        const JsonValue tmpfs = json.object("TmpfsOptions");
        mount.tmpfs = reference::TmpfsOptions{tmpfs.integer("SizeBytes"),
                                              std::uint32_t(tmpfs.integer("Mode", 0, UINT32_MAX))};
    }
    return mount;
}

void readStorage(const JsonValue &host, CreateContainer &create)
{
    std::vector<std::string> binds = host.texts("Binds");
    create.volumes.insert(create.volumes.begin(), binds.begin(), binds.end());
    create.volumeDriver = host.text("VolumeDriver");
    create.volumesFrom = host.texts("VolumesFrom");
    host.forEach("Mounts",
                 [&create](const JsonValue &json) { create.mounts.push_back(mountOf(json)); });
    create.tmpfs = pairsOf(host, "Tmpfs");
    create.storageOptions = pairsOf(host, "StorageOpt");
    create.isReadOnly = host.boolean("ReadonlyRootfs");
}

/// "/db:/web/alias" as an engine tells it: "db:alias".
std::string linkOf(const std::string &told)
{
    const auto colon = told.find(':');
    if (!told.starts_with('/') || colon == std::string::npos) {
        return told;
    }
    return told.substr(1, colon) + told.substr(told.rfind('/') + 1);
}

void readNames(const JsonValue &host, CreateContainer &create)
{
    create.dnsServers = host.texts("Dns");
    create.dnsOptions = host.texts("DnsOptions");
    create.dnsSearch = host.texts("DnsSearch");
    create.extraHosts = host.texts("ExtraHosts");
    std::ranges::transform(host.texts("Links"), std::back_inserter(create.links), linkOf);
    create.sysctls = pairsOf(host, "Sysctls");
}

void readSecurity(const JsonValue &host, CreateContainer &create)
{
    create.isPrivileged = host.boolean("Privileged");
    create.addedCapabilities = host.texts("CapAdd");
    create.droppedCapabilities = host.texts("CapDrop");
    create.groups = host.texts("GroupAdd");
    // Engines add this by themselves where processes or memory are shared with the machine.
    const bool adds =
        create.isPrivileged || host.text("PidMode") == "host" || host.text("IpcMode") == "host";
    constexpr std::string_view seccomp = "seccomp=";
    for (const std::string &text : host.texts("SecurityOpt")) {
        if (text == "label=disable" && adds) {
            continue;
        }
        SecurityOption option{text, {}};
        if (text.starts_with(seccomp) && text.substr(seccomp.size()).starts_with('{')) {
            option.profile = text.substr(seccomp.size());
        }
        create.securityOptions.push_back(std::move(option));
    }
    const bool showsAll = host.has("MaskedPaths") && host.length("MaskedPaths") == 0 &&
                          host.has("ReadonlyPaths") && host.length("ReadonlyPaths") == 0;
    if (showsAll) {
        create.securityOptions.push_back({"systempaths=unconfined", {}});
    }
}

void readIsolation(const JsonValue &host, const EngineGiven &engine, CreateContainer &create)
{
    Isolation &isolation = create.isolation;
    isolation.processes = host.text("PidMode");
    isolation.names = host.text("UTSMode");
    isolation.users = host.text("UsernsMode");
    isolation.controlGroup = unless(engine.controlGroup, host.text("CgroupnsMode"));
    isolation.communication = unless(engine.communication, host.text("IpcMode"));
    isolation.technology = host.text("Isolation");
    create.cgroupParent = host.text("CgroupParent");
    create.runtime = unless(engine.runtime, host.text("Runtime"));
    const JsonValue log = host.object("LogConfig");
    create.logOptions = pairsOf(log, "Config");
    create.logDriver = log.text("Type");
    if (create.logOptions.empty()) {
        create.logDriver = unless(engine.logDriver, create.logDriver);
    }
}

std::vector<reference::DeviceRate> ratesOf(const JsonValue &host, const char *key)
{
    std::vector<reference::DeviceRate> rates;
    host.forEach(key, [&rates](const JsonValue &rate) {
        rates.push_back({rate.text("Path"), rate.natural("Rate")});
    });
    return rates;
}

void readBlockLimits(const JsonValue &host, ResourceLimits &limits)
{
    limits.blockWeight = std::uint16_t(host.integer("BlkioWeight", 0, UINT16_MAX));
    host.forEach("BlkioWeightDevice", [&limits](const JsonValue &device) {
        limits.blockWeights.push_back(
            {device.text("Path"), std::uint16_t(device.integer("Weight", 0, UINT16_MAX))});
    });
    limits.readBytes = ratesOf(host, "BlkioDeviceReadBps");
    limits.writeBytes = ratesOf(host, "BlkioDeviceWriteBps");
    limits.readOperations = ratesOf(host, "BlkioDeviceReadIOps");
    limits.writeOperations = ratesOf(host, "BlkioDeviceWriteIOps");
    limits.ioOperations = host.natural("IOMaximumIOps");
    limits.ioBandwidth = host.integer("IOMaximumBandwidth");
}

void readMemoryLimits(const JsonValue &host, const EngineGiven &engine, ResourceLimits &limits)
{
    limits.memory = host.integer("Memory");
    limits.memoryReservation = host.integer("MemoryReservation");
    limits.memorySwap = host.integer("MemorySwap");
    // Twice the memory is what an engine gives with it.
    if (limits.memory > 0 && limits.memorySwap == 2 * limits.memory) {
        limits.memorySwap = 0;
    }
    if (host.has("MemorySwappiness")) {
        limits.memorySwappiness = host.integer("MemorySwappiness");
    }
    limits.kernelMemory = host.integer("KernelMemory");
    limits.withoutOutOfMemoryKiller = host.boolean("OomKillDisable");
    limits.outOfMemoryScore = host.integer("OomScoreAdj");
    const std::int64_t shared = host.integer("ShmSize");
    limits.sharedMemory = shared == engine.sharedMemory ? 0 : shared;
}

void readLimits(const JsonValue &host, const EngineGiven &engine, ResourceLimits &limits)
{
    readMemoryLimits(host, engine, limits);
    readBlockLimits(host, limits);
    limits.processors = host.integer("NanoCpus");
    limits.cpuShares = host.integer("CpuShares");
    limits.cpuPeriod = host.integer("CpuPeriod");
    limits.cpuQuota = host.integer("CpuQuota");
    limits.cpuRealtimePeriod = host.integer("CpuRealtimePeriod");
    limits.cpuRealtimeRuntime = host.integer("CpuRealtimeRuntime");
    limits.cpus = host.text("CpusetCpus");
    limits.memoryNodes = host.text("CpusetMems");
    limits.cpuCount = host.integer("CpuCount");
    limits.cpuPercent = host.integer("CpuPercent");
    limits.processes = host.integer("PidsLimit");
    host.forEach("Ulimits", [&limits](const JsonValue &limit) {
        limits.ulimits.push_back(
            {limit.text("Name"), limit.integer("Soft"), limit.integer("Hard")});
    });
}

void readDevices(const JsonValue &host, CreateContainer &create)
{
    host.forEach("Devices", [&create](const JsonValue &device) {
        create.devices.push_back({device.text("PathOnHost"), device.text("PathInContainer"),
                                  device.text("CgroupPermissions")});
    });
    create.deviceRules = host.texts("DeviceCgroupRules");
    host.forEach("DeviceRequests", [&create](const JsonValue &json) {
        if (json.text("Driver") == "cdi") {
            create.cdiDevices = json.texts("DeviceIDs");
            return;
        }
        reference::DeviceRequest request{json.text("Driver"),
                                         json.integer("Count"),
                                         json.texts("DeviceIDs"),
                                         {},
                                         pairsOf(json, "Options")};
        const auto alternatives = json.textRows("Capabilities");
        if (!alternatives.empty()) {
            request.capabilities = alternatives.front();
            std::erase(request.capabilities, "gpu");
        }
        create.gpus.push_back(std::move(request));
    });
}

/// What was asked for of one network; what the engine chose by itself is not.
reference::NetworkAttachment attachmentOf(const std::string &name, const JsonValue &network,
                                          const std::string &id, const std::string &container)
{
    reference::NetworkAttachment attachment{.target = name};
    attachment.aliases = network.texts("Aliases");
    std::erase_if(attachment.aliases, [&](const std::string &alias) {
        return alias == container || (alias.size() == 12 && id.starts_with(alias));
    });
    const JsonValue ipam = network.object("IPAMConfig");
    attachment.ipv4Address = ipam.text("IPv4Address");
    attachment.ipv6Address = ipam.text("IPv6Address");
    attachment.linkLocalAddresses = ipam.texts("LinkLocalIPs");
    attachment.driverOptions = pairsOf(network, "DriverOpts");
    attachment.gatewayPriority = network.integer("GwPriority");
    return attachment;
}

} // namespace

void readHostConfig(const JsonValue &host, const EngineGiven &engine, CreateContainer &create)
{
    readStorage(host, create);
    readPorts(host, create);
    readNames(host, create);
    readSecurity(host, create);
    readIsolation(host, engine, create);
    readLimits(host, engine, create.limits);
    readDevices(host, create);
    const JsonValue restart = host.object("RestartPolicy");
    if (const std::string name = restart.text("Name"); !name.empty()) {
        create.restart = {name, restart.integer("MaximumRetryCount")};
    }
    create.autoRemove = host.boolean("AutoRemove");
    create.annotations = pairsOf(host, "Annotations");
    if (host.has("Init")) {
        create.init = host.boolean("Init");
    }
}

void readNetworks(const JsonValue &root, CreateContainer &create)
{
    const std::string mode = root.object("HostConfig").text("NetworkMode");
    const bool plain = mode.empty() || mode == "default" || mode == "bridge";
    if (!reference::isUserDefinedNetwork(mode)) {
        if (!plain) {
            create.networks.push_back({.target = mode});
        }
        if (mode == "host" || mode == "none" || mode.starts_with("container:")) {
            return;
        }
    }
    const std::string id = root.text("Id");
    std::vector<reference::NetworkAttachment> others;
    root.object("NetworkSettings")
        .forEachMember("Networks", [&](const std::string &name, const JsonValue &network) {
            const bool first = name == mode || network.text("NetworkID") == mode ||
                               (plain && (name == "bridge" || name == "default"));
            const std::string target = first ? mode : name;
            auto attachment = attachmentOf(target, network, id, create.name);
            if (!first) {
                others.push_back(std::move(attachment));
                return;
            }
            create.links = network.has("Links") ? network.texts("Links") : create.links;
            if (!plain || attachment != reference::NetworkAttachment{.target = target}) {
                create.networks.insert(create.networks.begin(), std::move(attachment));
            }
        });
    if (plain && !others.empty() && create.networks.empty()) {
        create.networks.push_back({.target = mode.empty() ? "default" : mode});
    }
    create.networks.insert(create.networks.end(), others.begin(), others.end());
    if (!create.networks.empty()) {
        create.networks.front().macAddress = root.object("Config").text("MacAddress");
    }
}

} // namespace roadstead::docker
