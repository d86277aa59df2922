// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/docker/build.h"

#include "engine/docker/object_codecs.h"
#include "engine/docker/rendering.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace roadstead::docker {

namespace {

void addNumber(ApiRequest &request, const char *name, std::int64_t value)
{
    addQuery(request, name, value != 0 ? std::to_string(value) : "");
}

void addList(ApiRequest &request, const char *name, const std::vector<std::string> &values)
{
    for (const std::string &value : values) {
        request.query.emplace_back(name, value);
    }
}

void addLimits(ApiRequest &request, const BuildImage &build)
{
    addQuery(request, "cpusetcpus", build.cpus);
    addQuery(request, "cpusetmems", build.memoryNodes);
    addNumber(request, "cpushares", build.cpuShares);
    addNumber(request, "cpuquota", build.cpuQuota);
    addNumber(request, "cpuperiod", build.cpuPeriod);
    addNumber(request, "memory", build.memory);
    addNumber(request, "memswap", build.memorySwap);
    addNumber(request, "shmsize", build.sharedMemory);
    addQuery(request, "cgroupparent", build.cgroupParent);
    OrderedJson ulimits = OrderedJson::array();
    for (const BuildUlimit &limit : build.ulimits) {
        ulimits.push_back({{"Name", limit.name}, {"Hard", limit.hard}, {"Soft", limit.soft}});
    }
    addQuery(request, "ulimits", ulimits.empty() ? "" : jsonText(ulimits));
}

void addLimits(Arguments &arguments, const BuildImage &build)
{
    addOption(arguments, "--cpuset-cpus", build.cpus);
    addOption(arguments, "--cpuset-mems", build.memoryNodes);
    addOption(arguments, "-c", build.cpuShares);
    addOption(arguments, "--cpu-quota", build.cpuQuota);
    addOption(arguments, "--cpu-period", build.cpuPeriod);
    addOption(arguments, "-m", build.memory);
    addOption(arguments, "--memory-swap", build.memorySwap);
    addOption(arguments, "--shm-size", build.sharedMemory);
    addOption(arguments, "--cgroup-parent", build.cgroupParent);
    for (const BuildUlimit &limit : build.ulimits) {
        addOption(arguments, "--ulimit",
                  limit.name + "=" + std::to_string(limit.soft) + ":" + std::to_string(limit.hard));
    }
}

} // namespace

ApiRequest BuildImage::request(ApiVersion) const
{
    ApiRequest request = postRequest("/build");
    request.contentType = "application/x-tar";
    addList(request, "t", tags);
    addList(request, "securityopt", securityOptions);
    addList(request, "extrahosts", extraHosts);
    addSwitch(request, "q", quiet);
    addQuery(request, "remote", remote);
    addSwitch(request, "nocache", noCache);
    addQuery(request, "rm", keepIntermediate ? "0" : "");
    addSwitch(request, "forcerm", alwaysRemoveIntermediate);
    addSwitch(request, "pull", pull);
    addSwitch(request, "squash", squash);
    addQuery(request, "networkmode", network == "default" ? "" : network);
    addLimits(request, *this);
    addQuery(request, "dockerfile", dockerfile);
    addQuery(request, "target", target);
    addQuery(request, "buildargs",
             buildArguments.empty() ? "" : jsonText(labelsJson(buildArguments)));
    addQuery(request, "labels", labels.empty() ? "" : jsonText(labelsJson(labels)));
    addQuery(request, "cachefrom", cacheFrom.empty() ? "" : jsonText(OrderedJson(cacheFrom)));
    addQuery(request, "platform", platform);
    request.query.emplace_back("version", "1"); // the classic builder; 2 would be BuildKit
    return request;
}

Arguments BuildImage::arguments() const
{
    Arguments arguments{"build"};
    addEach(arguments, "-t", tags);
    addOption(arguments, "-f", dockerfile);
    addOption(arguments, "--target", target);
    addPairs(arguments, "--build-arg", buildArguments);
    addPairs(arguments, "--label", labels);
    addEach(arguments, "--cache-from", cacheFrom);
    addEach(arguments, "--add-host", extraHosts);
    addEach(arguments, "--security-opt", securityOptions);
    addOption(arguments, "--network", network);
    addOption(arguments, "--platform", platform);
    addLimits(arguments, *this);
    addSwitch(arguments, "-q", quiet);
    addSwitch(arguments, "--no-cache", noCache);
    addSwitch(arguments, "--pull", pull);
    addSwitch(arguments, "--rm=false", keepIntermediate);
    addSwitch(arguments, "--force-rm", alwaysRemoveIntermediate);
    addSwitch(arguments, "--squash", squash);
    addOperands(arguments, {remote.empty() ? context : remote});
    return arguments;
}

ApiVersion BuildImage::needs() const
{
    const bool networked = !network.empty() && network != "default";
    return std::max({ApiVersion{24}, ApiVersion{squash || networked ? 25 : 0},
                     ApiVersion{target.empty() ? 0 : 29}, ApiVersion{platform.empty() ? 0 : 32}});
}

ApiRequest PruneBuildCache::request(ApiVersion version) const
{
    ApiRequest request = postRequest("/build/prune");
    addSwitch(request, "all", all);
    if (keepBytes != 0) {
        // The engine of 1.48 gave it another name and knows both.
        request.query.emplace_back("keep-storage", std::to_string(keepBytes));
    }
    if (version >= ApiVersion{39}) {
        request.query.emplace_back("filters", filters.empty() ? "" : filtersText(filters));
    }
    return request;
}

Arguments PruneBuildCache::arguments() const
{
    Arguments arguments{"builder", "prune", "-f"};
    addSwitch(arguments, "-a", all);
    addOption(arguments, "--keep-storage", keepBytes);
    addPairs(arguments, "--filter", filters);
    return arguments;
}

ApiVersion PruneBuildCache::needs() const
{
    return {all || keepBytes != 0 || !filters.empty() ? 39 : 31};
}

Result<CommandReply> PruneBuildCache::decode(std::string_view body)
{
    return decodePruned(body, "CachesDeleted");
}

} // namespace roadstead::docker
