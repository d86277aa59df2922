// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/docker/create_rendering.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>

namespace roadstead::docker {

namespace {

using Json = nlohmann::ordered_json;

constexpr ApiVersion withAutoRemove{25};
constexpr ApiVersion withKernelMemory{40};
constexpr ApiVersion withoutKernelMemory{42};

Json list(const std::vector<std::string> &texts)
{
    Json json = Json::array();
    for (const std::string &text : texts) {
        json.push_back(text);
    }
    return json;
}

Json objectOf(const Pairs &pairs)
{
    return std::map<std::string, std::string>(pairs.begin(), pairs.end());
}

/// Through a map: ranges make thousands of ports, and finding a member of Json takes its length.
Json portBindingsJson(const CreateContainer &create)
{
    std::map<std::string, Json> bindings;
    for (const PortBinding &port : create.ports) {
        const std::string key =
            port.containerPort + "/" + (port.protocol.empty() ? "tcp" : port.protocol);
        bindings[key].push_back(Json{{"HostIp", port.hostIp}, {"HostPort", port.hostPort}});
    }
    return bindings;
}

/// Normalised, each once, sorted: as the CLI sends them.
Json capabilitiesJson(const std::vector<std::string> &capabilities)
{
    std::vector<std::string> names;
    for (const std::string &capability : capabilities) {
        std::string name = reference::raised(capability);
        if (name != "ALL" && !name.starts_with("CAP_")) {
            name.insert(0, "CAP_");
        }
        names.push_back(std::move(name));
    }
    std::ranges::sort(names);
    const auto twice = std::ranges::unique(names);
    names.erase(twice.begin(), twice.end());
    return listOrNull(names);
}

/// "systempaths=unconfined" is not sent: it empties the lists of hidden and read-only paths.
void addSecurity(Json &host, const CreateContainer &create)
{
    bool unconfined = false;
    Json options = create.securityOptions.empty() ? Json() : Json::array();
    for (const SecurityOption &option : create.securityOptions) {
        if (option.text == "systempaths=unconfined") {
            unconfined = true;
        } else {
            options.push_back(option.profile.empty() ? option.text : "seccomp=" + option.profile);
        }
    }
    host["SecurityOpt"] = std::move(options);
    host["MaskedPaths"] = unconfined ? Json::array() : Json();
    host["ReadonlyPaths"] = unconfined ? Json::array() : Json();
}

Json ratesJson(const std::vector<reference::DeviceRate> &rates)
{
    Json json = Json::array();
    for (const reference::DeviceRate &rate : rates) {
        json.push_back(Json{{"Path", rate.path}, {"Rate", rate.rate}});
    }
    return json;
}

void addBlockLimits(Json &host, const ResourceLimits &limits)
{
    host["BlkioWeight"] = limits.blockWeight;
    host["BlkioWeightDevice"] = Json::array();
    for (const reference::DeviceWeight &device : limits.blockWeights) {
        host["BlkioWeightDevice"].push_back(Json{{"Path", device.path}, {"Weight", device.weight}});
    }
    host["BlkioDeviceReadBps"] = ratesJson(limits.readBytes);
    host["BlkioDeviceWriteBps"] = ratesJson(limits.writeBytes);
    host["BlkioDeviceReadIOps"] = ratesJson(limits.readOperations);
    host["BlkioDeviceWriteIOps"] = ratesJson(limits.writeOperations);
    host["IOMaximumIOps"] = limits.ioOperations;
    host["IOMaximumBandwidth"] = limits.ioBandwidth;
}

void addProcessorLimits(Json &host, const ResourceLimits &limits)
{
    host["CpuShares"] = limits.cpuShares;
    host["NanoCpus"] = limits.processors;
    host["CpuPeriod"] = limits.cpuPeriod;
    host["CpuQuota"] = limits.cpuQuota;
    host["CpuRealtimePeriod"] = limits.cpuRealtimePeriod;
    host["CpuRealtimeRuntime"] = limits.cpuRealtimeRuntime;
    host["CpusetCpus"] = limits.cpus;
    host["CpusetMems"] = limits.memoryNodes;
    host["CpuCount"] = limits.cpuCount;
    host["CpuPercent"] = limits.cpuPercent;
    host["PidsLimit"] = limits.processes;
}

void addMemoryLimits(Json &host, const ResourceLimits &limits, ApiVersion version)
{
    host["Memory"] = limits.memory;
    host["MemoryReservation"] = limits.memoryReservation;
    host["MemorySwap"] = limits.memorySwap;
    host["MemorySwappiness"] = limits.memorySwappiness;
    host["OomKillDisable"] = limits.withoutOutOfMemoryKiller;
    host["OomScoreAdj"] = limits.outOfMemoryScore;
    host["ShmSize"] = limits.sharedMemory;
    if (limits.kernelMemory != 0 && version >= withKernelMemory && version < withoutKernelMemory) {
        host["KernelMemory"] = limits.kernelMemory;
    }
    auto sorted = limits.ulimits;
    std::ranges::stable_sort(sorted, {}, &reference::Ulimit::name);
    host["Ulimits"] = Json::array();
    for (const reference::Ulimit &limit : sorted) {
        host["Ulimits"].push_back(
            Json{{"Name", limit.name}, {"Hard", limit.hard}, {"Soft", limit.soft}});
    }
}

Json deviceRequestsJson(const CreateContainer &create)
{
    Json requests;
    for (const reference::DeviceRequest &gpu : create.gpus) {
        std::vector<std::string> capabilities = gpu.capabilities;
        capabilities.emplace_back("gpu");
        requests.push_back(Json{{"Driver", gpu.driver},
                                {"Count", gpu.count},
                                {"DeviceIDs", listOrNull(gpu.ids)},
                                {"Capabilities", Json::array({list(capabilities)})},
                                {"Options", objectOf(gpu.options)}});
    }
    if (!create.cdiDevices.empty()) {
        requests.push_back(Json{{"Driver", "cdi"},
                                {"Count", 0},
                                {"DeviceIDs", create.cdiDevices},
                                {"Capabilities", nullptr},
                                {"Options", nullptr}});
    }
    return requests;
}

void addDevices(Json &host, const CreateContainer &create)
{
    host["Devices"] = Json::array();
    for (const reference::DeviceMapping &device : create.devices) {
        host["Devices"].push_back(Json{{"PathOnHost", device.pathOnHost},
                                       {"PathInContainer", device.pathInContainer},
                                       {"CgroupPermissions", device.permissions}});
    }
    host["DeviceCgroupRules"] = listOrNull(create.deviceRules);
    host["DeviceRequests"] = deviceRequestsJson(create);
}

void addStorage(Json &host, const CreateContainer &create)
{
    host["Binds"] = listOrNull(splitVolumes(create).binds);
    host["VolumeDriver"] = create.volumeDriver;
    host["VolumesFrom"] = listOrNull(create.volumesFrom);
    host["ReadonlyRootfs"] = create.isReadOnly;
    if (Json mounts = mountsJson(create); !mounts.empty()) {
        host["Mounts"] = std::move(mounts);
    }
    addUnlessEmpty(host, "Tmpfs", create.tmpfs);
    addUnlessEmpty(host, "StorageOpt", create.storageOptions);
}

void addNetwork(Json &host, const CreateContainer &create)
{
    host["NetworkMode"] = create.networks.empty() ? "default" : create.networks.front().target;
    host["PortBindings"] = portBindingsJson(create);
    host["PublishAllPorts"] = create.publishesAll;
    host["Dns"] = list(create.dnsServers);
    host["DnsOptions"] = list(create.dnsOptions);
    host["DnsSearch"] = list(create.dnsSearch);
    host["ExtraHosts"] = listOrNull(create.extraHosts);
    host["Links"] = listOrNull(create.links);
    addUnlessEmpty(host, "Sysctls", create.sysctls);
}

void addIsolation(Json &host, const CreateContainer &create)
{
    host["Privileged"] = create.isPrivileged;
    host["CapAdd"] = capabilitiesJson(create.addedCapabilities);
    host["CapDrop"] = capabilitiesJson(create.droppedCapabilities);
    host["GroupAdd"] = listOrNull(create.groups);
    host["CgroupnsMode"] = create.isolation.controlGroup;
    host["IpcMode"] = create.isolation.communication;
    host["PidMode"] = create.isolation.processes;
    host["UTSMode"] = create.isolation.names;
    host["UsernsMode"] = create.isolation.users;
    host["Isolation"] = create.isolation.technology;
    host["Cgroup"] = "";
    host["CgroupParent"] = create.cgroupParent;
}

} // namespace

Json listOrNull(const std::vector<std::string> &list)
{
    return list.empty() ? Json() : Json(list);
}

void addUnlessEmpty(Json &object, const char *name, const std::string &value)
{
    if (!value.empty()) {
        object[name] = value;
    }
}

void addUnlessEmpty(Json &object, const char *name, const Pairs &pairs)
{
    if (!pairs.empty()) {
        object[name] = objectOf(pairs);
    }
}

nlohmann::ordered_json hostConfigJson(const CreateContainer &create, ApiVersion version)
{
    Json host = Json::object();
    addStorage(host, create);
    host["ContainerIDFile"] = create.idFile;
    host["LogConfig"] = Json{{"Type", create.logDriver}, {"Config", objectOf(create.logOptions)}};
    addNetwork(host, create);
    host["RestartPolicy"] = Json{{"Name", create.restart.name},
                                 {"MaximumRetryCount", create.restart.maximumRetryCount}};
    // Before, removing was the client's own affair.
    host["AutoRemove"] = create.autoRemove && version >= withAutoRemove;
    host["ConsoleSize"] = {0, 0};
    addUnlessEmpty(host, "Annotations", create.annotations);
    addIsolation(host, create);
    addSecurity(host, create);
    addMemoryLimits(host, create.limits, version);
    addProcessorLimits(host, create.limits);
    addBlockLimits(host, create.limits);
    addDevices(host, create);
    addUnlessEmpty(host, "Runtime", create.runtime);
    if (create.init) {
        host["Init"] = *create.init;
    }
    return host;
}

} // namespace roadstead::docker
