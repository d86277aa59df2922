// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/container_counters.h"

#include "engine/service/cgroup_layout.h"
#include "engine/service/cgroup_reader.h"
#include "engine/service/small_file.h"

#include <algorithm>
#include <filesystem>
#include <system_error>

namespace roadstead::service {

namespace {

/// Takes the next word off the front of `text`.
std::string_view takeWord(std::string_view &text)
{
    const auto begin = text.find_first_not_of(" \t");
    if (begin == std::string_view::npos) {
        text = {};
        return {};
    }
    const auto end = std::min(text.find_first_of(" \t", begin), text.size());
    const auto word = text.substr(begin, end - begin);
    text.remove_prefix(end);
    return word;
}

std::string_view takeLine(std::string_view &text)
{
    const auto end = text.find('\n');
    const auto line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    return line;
}

void addTo(std::int64_t &total, std::int64_t more)
{
    if (more >= 0) {
        total = std::max<std::int64_t>(total, 0) + more;
    }
}

std::string deviceName(const std::string &numbers)
{
    std::error_code error;
    const auto link = std::filesystem::read_symlink("/sys/dev/block/" + numbers, error);
    return error ? numbers : link.filename().string();
}

std::int64_t numberInFile(const std::string &path, std::string_view key)
{
    const auto text = readSmallFile(path);
    return text ? numberIn(*text, key) : -1;
}

} // namespace

double counterRate(std::int64_t before, std::int64_t now, double seconds)
{
    return before < 0 || now < before || seconds <= 0 ? -1
                                                      : static_cast<double>(now - before) / seconds;
}

void readNetworkTotals(std::string_view netDev, ContainerCounters &counters)
{
    while (!netDev.empty()) {
        const auto line = takeLine(netDev);
        const auto colon = line.find(':');
        if (colon == std::string_view::npos) {
            continue; // of the two lines at the top
        }
        auto name = line.substr(0, colon);
        if (takeWord(name) == "lo") {
            continue;
        }
        constexpr int sentColumn = 8;
        auto columns = line.substr(colon + 1);
        for (int column = 0; column <= sentColumn; ++column) {
            const auto word = takeWord(columns);
            if (column == 0) {
                addTo(counters.received, numberIn(word, {}));
            } else if (column == sentColumn) {
                addTo(counters.sent, numberIn(word, {}));
            }
        }
    }
}

void readDeviceTotals(std::string_view text, bool unified, ContainerCounters &counters)
{
    counters.read = std::max<std::int64_t>(counters.read, 0);
    counters.written = std::max<std::int64_t>(counters.written, 0);
    const auto note = [&counters](std::string_view device) {
        if (!std::ranges::contains(counters.devices, device)) {
            counters.devices.emplace_back(device);
        }
    };
    while (!text.empty()) {
        auto line = takeLine(text);
        const auto device = takeWord(line);
        if (device.find(':') == std::string_view::npos) {
            continue; // the sum at the end
        }
        note(device);
        for (auto word = takeWord(line); !word.empty(); word = takeWord(line)) {
            if (unified && word.starts_with("rbytes=")) {
                addTo(counters.read, numberIn(word.substr(7), {}));
            } else if (unified && word.starts_with("wbytes=")) {
                addTo(counters.written, numberIn(word.substr(7), {}));
            } else if (!unified && word == "Read") {
                addTo(counters.read, numberIn(takeWord(line), {}));
            } else if (!unified && word == "Write") {
                addTo(counters.written, numberIn(takeWord(line), {}));
            }
        }
    }
}

ContainerCounters readCounters(const CgroupMounts &mounts, const CgroupFolders &folders)
{
    ContainerCounters counters;
    // Engines give a container the same path in each hierarchy of version 1.
    const auto folderIn = [&](const std::string &mountPoint) {
        return mounts.unified ? folders.cpu
                              : mountPoint + folders.cpu.substr(mounts.cpu.mountPoint.size());
    };
    const std::string devices = folderIn(mounts.blockMountPoint);
    const std::string limits = folderIn(mounts.cpuLimitsMountPoint);
    if (const auto text = readSmallFile(
            devices + (mounts.unified ? "/io.stat" : "/blkio.throttle.io_service_bytes"))) {
        readDeviceTotals(*text, mounts.unified, counters);
        std::ranges::transform(counters.devices, counters.devices.begin(), deviceName);
    }
    counters.processes = numberInFile(folderIn(mounts.processesMountPoint) + "/pids.current", {});
    if (const auto text = readSmallFile(limits + "/cpu.stat")) {
        counters.periods = numberIn(*text, "nr_periods");
        counters.throttled = numberIn(*text, "nr_throttled");
    }
    counters.memoryKills = numberInFile(
        folders.memory + (mounts.unified ? "/memory.events" : "/memory.oom_control"), "oom_kill");
    const auto pid = numberInFile(folders.cpu + "/cgroup.procs", {});
    if (pid > 0) {
        if (const auto text = readSmallFile("/proc/" + std::to_string(pid) + "/net/dev")) {
            readNetworkTotals(*text, counters);
        }
    }
    return counters;
}

} // namespace roadstead::service
