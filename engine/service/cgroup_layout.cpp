// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/cgroup_layout.h"

#include "engine/service/small_file.h"

#include <algorithm>
#include <unistd.h>
#include <utility>

namespace roadstead::service {

namespace {

constexpr std::string_view placeholder = "{}";

/// The parts of `text` between `separator`s, empty ones too.
std::vector<std::string_view> split(std::string_view text, char separator)
{
    std::vector<std::string_view> parts;
    for (;;) {
        const auto end = text.find(separator);
        parts.push_back(text.substr(0, end));
        if (end == std::string_view::npos) {
            return parts;
        }
        text.remove_prefix(end + 1);
    }
}

bool hasOption(std::string_view commaList, std::string_view option)
{
    return std::ranges::contains(split(commaList, ','), option);
}

/// The kernel writes blank, tab, newline and backslash in paths as three octal digits.
std::string unescape(std::string_view text)
{
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\\' && i + 3 < text.size()) {
            plain += static_cast<char>((text[i + 1] - '0') * 64 + (text[i + 2] - '0') * 8 +
                                       (text[i + 3] - '0'));
            i += 3;
        } else {
            plain += text[i];
        }
    }
    return plain;
}

std::string filled(std::string_view layout, std::string_view id)
{
    std::string path(layout);
    if (const auto at = path.find(placeholder); at != std::string::npos) {
        path.replace(at, placeholder.size(), id);
    }
    return path;
}

/// A container's path as a layout: the id becomes the place holder, and what a container's own
/// init made below its cgroup is cut off. Nothing when the path does not speak of the container.
std::optional<std::string> layoutOf(std::string_view path, std::string_view id)
{
    const auto at = path.find(id);
    if (at == std::string_view::npos) {
        return std::nullopt;
    }
    const auto end = path.find('/', at);
    std::string layout(path.substr(0, end));
    layout.replace(at, id.size(), placeholder);
    return layout;
}

} // namespace

std::optional<std::string> CgroupMount::visible(std::string_view cgroup) const
{
    if (root != "/") {
        if (!cgroup.starts_with(root) ||
            (cgroup.size() > root.size() && cgroup[root.size()] != '/')) {
            return std::nullopt;
        }
        cgroup.remove_prefix(root.size());
    }
    if (cgroup.find("/..") != std::string_view::npos) {
        return std::nullopt; // outside of what this cgroup namespace shows
    }
    return mountPoint + std::string(cgroup == "/" ? std::string_view() : cgroup);
}

std::optional<CgroupMounts> CgroupMounts::parse(std::string_view mountInfo)
{
    std::optional<CgroupMount> cpu;
    std::optional<CgroupMount> memory;
    std::optional<CgroupMount> unified;
    CgroupMounts others;
    for (const auto line : split(mountInfo, '\n')) {
        const auto dash = line.find(" - ");
        if (dash == std::string_view::npos) {
            continue;
        }
        const auto before = split(line.substr(0, dash), ' ');
        const auto after = split(line.substr(dash + 3), ' ');
        if (before.size() < 5 || after.size() < 3) {
            continue;
        }
        const CgroupMount mount{.mountPoint = unescape(before[4]), .root = unescape(before[3])};
        if (after[0] == "cgroup2") {
            unified = mount;
        } else if (after[0] == "cgroup") {
            if (hasOption(after[2], "blkio")) {
                others.blockMountPoint = mount.mountPoint;
            }
            if (hasOption(after[2], "pids")) {
                others.processesMountPoint = mount.mountPoint;
            }
            if (hasOption(after[2], "cpu")) {
                others.cpuLimitsMountPoint = mount.mountPoint;
            }
            if (hasOption(after[2], "cpuacct")) {
                cpu = mount;
            }
            if (hasOption(after[2], "memory")) {
                memory = mount;
            }
        }
    }
    if (cpu && memory) {
        others.cpu = *cpu;
        others.memory = *memory;
        return others;
    }
    if (unified && !cpu && !memory) {
        CgroupMounts mounts;
        mounts.unified = true;
        mounts.cpu = *unified;
        mounts.memory = *unified;
        return mounts;
    }
    return std::nullopt;
}

std::optional<CgroupMounts> CgroupMounts::ofThisProcess()
{
    const auto text = readSmallFile("/proc/self/mountinfo");
    return text ? parse(*text) : std::nullopt;
}

std::optional<std::string> cgroupOfProcess(std::string_view procCgroup, std::string_view controller)
{
    for (const auto line : split(procCgroup, '\n')) {
        const auto first = line.find(':');
        const auto second = first == std::string_view::npos ? first : line.find(':', first + 1);
        if (second == std::string_view::npos) {
            continue;
        }
        const auto controllers = line.substr(first + 1, second - first - 1);
        const bool found =
            controller.empty() ? controllers.empty() : hasOption(controllers, controller);
        if (found) {
            return std::string(line.substr(second + 1));
        }
    }
    return std::nullopt;
}

CgroupLocator::CgroupLocator(CgroupMounts mounts, std::string procRoot)
    : m_mounts(std::move(mounts))
    , m_procRoot(std::move(procRoot))
{
    // dockerd's cgroupfs and systemd drivers, then Podman's.
    for (const char *known : {"/docker/{}", "/system.slice/docker-{}.scope",
                              "/machine.slice/libpod-{}.scope", "/libpod_parent/libpod-{}"}) {
        m_layouts.push_back({.cpu = known, .memory = known});
    }
}

std::optional<CgroupFolders> CgroupLocator::existing(const std::string &cpuPath,
                                                     const std::string &memoryPath) const
{
    auto cpu = m_mounts.cpu.visible(cpuPath);
    auto memory = m_mounts.memory.visible(memoryPath);
    if (!cpu || !memory || ::access(cpu->c_str(), X_OK) != 0 ||
        (!m_mounts.unified && ::access(memory->c_str(), X_OK) != 0)) {
        return std::nullopt;
    }
    return CgroupFolders{.cpu = *std::move(cpu), .memory = *std::move(memory)};
}

std::optional<CgroupFolders> CgroupLocator::find(const std::string &id) const
{
    for (const auto &layout : m_layouts) {
        if (auto folders = existing(filled(layout.cpu, id), filled(layout.memory, id))) {
            return folders;
        }
    }
    return std::nullopt;
}

bool CgroupLocator::learn(const std::string &id, std::int64_t pid)
{
    const auto text = readSmallFile(m_procRoot + '/' + std::to_string(pid) + "/cgroup");
    if (!text) {
        return false;
    }
    const auto cpuPath = cgroupOfProcess(*text, m_mounts.unified ? "" : "cpuacct");
    const auto memoryPath = cgroupOfProcess(*text, m_mounts.unified ? "" : "memory");
    if (!cpuPath || !memoryPath) {
        return false;
    }
    const auto cpu = layoutOf(*cpuPath, id);
    const auto memory = layoutOf(*memoryPath, id);
    if (!cpu || !memory || !existing(filled(*cpu, id), filled(*memory, id))) {
        return false;
    }
    Layout layout{.cpu = *cpu, .memory = *memory};
    if (!std::ranges::contains(m_layouts, layout)) {
        m_layouts.insert(m_layouts.begin(), std::move(layout)); // this engine's own, so tried first
    }
    return true;
}

} // namespace roadstead::service
