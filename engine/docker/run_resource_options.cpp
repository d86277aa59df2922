// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/docker/run_options.h"

#include "engine/reference/numbers.h"

#include <algorithm>

namespace roadstead::docker {

namespace {

Result<void> setMemory(std::int64_t &member, std::string_view value)
{
    return setResult(member, reference::parseMemory(value));
}

Result<void> setBlockWeight(RunDraft &draft, std::string_view value)
{
    const auto weight = reference::parseUnsignedAnyBase(value, UINT16_MAX);
    if (!weight) {
        return std::unexpected(weight.error());
    }
    draft.create().limits.blockWeight = static_cast<std::uint16_t>(*weight);
    return {};
}

/// The last of a name counts.
Result<void> addUlimit(RunDraft &draft, std::string_view value)
{
    const auto limit = reference::parseUlimit(value);
    if (!limit) {
        return std::unexpected(limit.error());
    }
    auto &limits = draft.create().limits.ulimits;
    const auto same = std::ranges::find(limits, limit->name, &reference::Ulimit::name);
    if (same == limits.end()) {
        limits.push_back(*limit);
    } else {
        *same = *limit;
    }
    return {};
}

constexpr RunOption resourceTable[]{
    {"blkio-weight", '\0', false, setBlockWeight},
    {"blkio-weight-device", '\0', false,
     [](RunDraft &d, std::string_view v) {
         return addResult(d.create().limits.blockWeights, reference::parseDeviceWeight(v));
     }},
    {"cpu-count", '\0', false,
     [](RunDraft &d, std::string_view v) { return setNumber(d.create().limits.cpuCount, v); },
     false, true},
    {"cpu-percent", '\0', false,
     [](RunDraft &d, std::string_view v) { return setNumber(d.create().limits.cpuPercent, v); },
     false, true},
    {"cpu-period", '\0', false,
     [](RunDraft &d, std::string_view v) { return setNumber(d.create().limits.cpuPeriod, v); }},
    {"cpu-quota", '\0', false,
     [](RunDraft &d, std::string_view v) { return setNumber(d.create().limits.cpuQuota, v); }},
    {"cpu-rt-period", '\0', false,
     [](RunDraft &d, std::string_view v) {
         return setNumber(d.create().limits.cpuRealtimePeriod, v);
     }},
    {"cpu-rt-runtime", '\0', false,
     [](RunDraft &d, std::string_view v) {
         return setNumber(d.create().limits.cpuRealtimeRuntime, v);
     }},
    {"cpu-shares", 'c', false,
     [](RunDraft &d, std::string_view v) { return setNumber(d.create().limits.cpuShares, v); }},
    {"cpus", '\0', false,
     [](RunDraft &d, std::string_view v) {
         return setResult(d.create().limits.processors, reference::parseProcessors(v));
     }},
    {"cpuset-cpus", '\0', false,
     [](RunDraft &d, std::string_view v) { return setText(d.create().limits.cpus, v); }},
    {"cpuset-mems", '\0', false,
     [](RunDraft &d, std::string_view v) { return setText(d.create().limits.memoryNodes, v); }},
    {"device-read-bps", '\0', false,
     [](RunDraft &d, std::string_view v) {
         return addResult(d.create().limits.readBytes, reference::parseDeviceByteRate(v));
     }},
    {"device-read-iops", '\0', false,
     [](RunDraft &d, std::string_view v) {
         return addResult(d.create().limits.readOperations, reference::parseDeviceOperationRate(v));
     }},
    {"device-write-bps", '\0', false,
     [](RunDraft &d, std::string_view v) {
         return addResult(d.create().limits.writeBytes, reference::parseDeviceByteRate(v));
     }},
    {"device-write-iops", '\0', false,
     [](RunDraft &d, std::string_view v) {
         return addResult(d.create().limits.writeOperations,
                          reference::parseDeviceOperationRate(v));
     }},
    {"io-maxbandwidth", '\0', false,
     [](RunDraft &d, std::string_view v) { return setMemory(d.create().limits.ioBandwidth, v); },
     false, true},
    {"io-maxiops", '\0', false,
     [](RunDraft &d, std::string_view v) {
         return setResult(d.create().limits.ioOperations, reference::parseUnsignedAnyBase(v));
     },
     false, true},
    {"kernel-memory", '\0', false,
     [](RunDraft &d, std::string_view v) { return setMemory(d.create().limits.kernelMemory, v); }},
    {"memory", 'm', false,
     [](RunDraft &d, std::string_view v) { return setMemory(d.create().limits.memory, v); }},
    {"memory-reservation", '\0', false,
     [](RunDraft &d, std::string_view v) {
         return setMemory(d.create().limits.memoryReservation, v);
     }},
    {"memory-swap", '\0', false,
     [](RunDraft &d, std::string_view v) {
         return setResult(d.create().limits.memorySwap, reference::parseSwap(v));
     }},
    {"memory-swappiness", '\0', false,
     [](RunDraft &d, std::string_view v) {
         return setNumber(d.create().limits.memorySwappiness, v);
     }},
    {"oom-kill-disable", '\0', true,
     [](RunDraft &d, std::string_view v) {
         return setFlag(d.create().limits.withoutOutOfMemoryKiller, v);
     }},
    {"oom-score-adj", '\0', false,
     [](RunDraft &d, std::string_view v) {
         return setNumber(d.create().limits.outOfMemoryScore, v);
     }},
    {"pids-limit", '\0', false,
     [](RunDraft &d, std::string_view v) { return setNumber(d.create().limits.processes, v); }},
    {"shm-size", '\0', false,
     [](RunDraft &d, std::string_view v) { return setMemory(d.create().limits.sharedMemory, v); }},
    {"ulimit", '\0', false, addUlimit},
};

} // namespace

std::span<const RunOption> resourceOptions()
{
    return resourceTable;
}

} // namespace roadstead::docker
