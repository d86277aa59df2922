// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace roadstead::service {

struct CgroupMounts;
struct CgroupFolders;

/// What a container has moved and done since it started. Below 0 = not known.
struct ContainerCounters
{
    std::int64_t received = -1; ///< bytes, of all networks but the loopback
    std::int64_t sent = -1;
    std::int64_t read = -1; ///< bytes, of block devices
    std::int64_t written = -1;
    std::int64_t processes = -1; ///< and threads, now
    std::int64_t periods = -1;   ///< in which the CPU limit was looked at …
    std::int64_t throttled = -1; ///< … and in which it held the container back
    std::int64_t memoryKills = -1;
    std::vector<std::string> devices{}; ///< block devices that were used: "nvme0n1"
    bool operator==(const ContainerCounters &) const = default;
};

/// Units a second between two readings of a counter; below 0 = not known: there was no reading
/// before, or the counter began again, or no time has passed.
double counterRate(std::int64_t before, std::int64_t now, double seconds);

/// Takes the bytes of all interfaces but "lo" from the text of /proc/<pid>/net/dev.
void readNetworkTotals(std::string_view netDev, ContainerCounters &counters);
/// The same of block devices, from io.stat (version 2) or blkio.throttle.io_service_bytes
/// (version 1). Devices are named by their numbers: "259:0".
void readDeviceTotals(std::string_view text, bool unified, ContainerCounters &counters);

/// Reads all of it for a container whose cgroup is in `folders`. Costs about ten small files.
ContainerCounters readCounters(const CgroupMounts &mounts, const CgroupFolders &folders);

} // namespace roadstead::service
