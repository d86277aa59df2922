// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/docker/container.h"

#include "engine/base/units.h"
#include "engine/docker/object_codecs.h"
#include "engine/docker/rendering.h"
#include "engine/reference/numbers.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace roadstead::docker {

namespace {

struct Limit
{
    const char *member; ///< of the API
    const char *option; ///< of the CLI
    std::optional<std::int64_t> UpdateContainer::*value;
    bool isSize = false;
};

constexpr std::array<Limit, 9> updatedLimits{
    {{"Memory", "-m", &UpdateContainer::memory, true},
     {"MemoryReservation", "--memory-reservation", &UpdateContainer::memoryReservation, true},
     {"MemorySwap", "--memory-swap", &UpdateContainer::memorySwap, true},
     {"CpuShares", "-c", &UpdateContainer::cpuShares},
     {"CpuPeriod", "--cpu-period", &UpdateContainer::cpuPeriod},
     {"CpuQuota", "--cpu-quota", &UpdateContainer::cpuQuota},
     {"CpuRealtimePeriod", "--cpu-rt-period", &UpdateContainer::realtimePeriod},
     {"CpuRealtimeRuntime", "--cpu-rt-runtime", &UpdateContainer::realtimeRuntime},
     {"PidsLimit", "--pids-limit", &UpdateContainer::pidsLimit}}};

} // namespace

ApiRequest PutArchive::request(ApiVersion) const
{
    ApiRequest request = postRequest(containerPath(container, "/archive"));
    request.method = "PUT";
    request.contentType = "application/x-tar";
    request.query.emplace_back("path", path);
    addQuery(request, "noOverwriteDirNonDir", replace ? "" : "true");
    addQuery(request, "copyUIDGID", keepOwner ? "true" : "");
    return request;
}

Arguments PutArchive::arguments() const
{
    Arguments arguments{"cp"};
    addSwitch(arguments, "-a", keepOwner);
    arguments.emplace_back("-");
    arguments.push_back(container.display + ":" + path);
    return arguments;
}

ApiRequest ResizeContainer::request(ApiVersion) const
{
    ApiRequest request = postRequest(containerPath(container, "/resize"));
    request.query = {{"h", std::to_string(rows)}, {"w", std::to_string(columns)}};
    return request;
}

ApiRequest UpdateContainer::request(ApiVersion) const
{
    OrderedJson body = OrderedJson::object();
    for (const Limit &limit : updatedLimits) {
        if (const auto &value = this->*limit.value) {
            body[limit.member] = *value;
        }
    }
    if (nanoCpus) {
        body["NanoCpus"] = *nanoCpus;
    }
    if (!cpus.empty()) {
        body["CpusetCpus"] = cpus;
    }
    if (!memoryNodes.empty()) {
        body["CpusetMems"] = memoryNodes;
    }
    if (blockWeight) {
        body["BlkioWeight"] = *blockWeight;
    }
    if (!restartPolicy.empty()) {
        body["RestartPolicy"] = {{"Name", restartPolicy}, {"MaximumRetryCount", restartMaximum}};
    }
    return postRequest(containerPath(container, "/update"), body);
}

Arguments UpdateContainer::arguments() const
{
    Arguments arguments{"update"};
    const auto add = [&arguments](const char *option, std::string value) {
        arguments.insert(arguments.end(), {option, std::move(value)});
    };
    for (const Limit &limit : updatedLimits) {
        if (const auto &value = this->*limit.value) {
            add(limit.option, limit.isSize ? exactBinarySize(*value) : std::to_string(*value));
        }
    }
    if (nanoCpus) {
        add("--cpus", reference::processorsText(*nanoCpus));
    }
    addOption(arguments, "--cpuset-cpus", cpus);
    addOption(arguments, "--cpuset-mems", memoryNodes);
    if (blockWeight) {
        add("--blkio-weight", std::to_string(*blockWeight));
    }
    if (!restartPolicy.empty()) {
        const bool counted = restartMaximum > 0;
        add("--restart", restartPolicy + (counted ? ":" + std::to_string(restartMaximum) : ""));
    }
    addOperands(arguments, {container.display});
    return arguments;
}

ApiVersion UpdateContainer::needs() const
{
    return std::max({ApiVersion{24}, ApiVersion{realtimePeriod || realtimeRuntime ? 25 : 0},
                     ApiVersion{nanoCpus ? 29 : 0}, ApiVersion{pidsLimit ? 40 : 0}});
}

Result<CommandReply> UpdateContainer::decode(std::string_view body)
{
    return decodeMade(body, "updated container");
}

ApiRequest CommitContainer::request(ApiVersion) const
{
    ApiRequest request = postRequest("/commit");
    request.query = {{"container", container.reference},
                     {"repo", image.repository},
                     {"tag", image.tag},
                     {"comment", comment},
                     {"author", author}};
    for (const std::string &change : changes) {
        request.query.emplace_back("changes", change);
    }
    if (!pause) {
        request.query.emplace_back("pause", "0");
    }
    return request;
}

Arguments CommitContainer::arguments() const
{
    Arguments arguments{"commit"};
    addOption(arguments, "-a", author);
    addOption(arguments, "-m", comment);
    addEach(arguments, "-c", changes);
    addSwitch(arguments, "-p=false", !pause);
    addOperands(arguments, {container.display});
    if (!image.display.empty()) {
        arguments.push_back(image.display);
    }
    return arguments;
}

Result<CommandReply> CommitContainer::decode(std::string_view body)
{
    return decodeMade(body, "committed image");
}

ApiRequest PruneContainers::request(ApiVersion) const
{
    ApiRequest request = postRequest("/containers/prune");
    addFilters(request, filters);
    return request;
}

Arguments PruneContainers::arguments() const
{
    Arguments arguments{"container", "prune", "-f"};
    addPairs(arguments, "--filter", filters);
    return arguments;
}

Result<CommandReply> PruneContainers::decode(std::string_view body)
{
    return decodePruned(body, "ContainersDeleted");
}

} // namespace roadstead::docker
