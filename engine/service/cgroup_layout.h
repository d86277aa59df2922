// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace roadstead::service {

/// One mounted cgroup hierarchy: a kernel cgroup path that begins with `root` is seen below
/// `mountPoint`.
struct CgroupMount
{
    std::string mountPoint;
    std::string root = "/";

    /// Where the kernel's path `cgroup` is in the file system, or nothing if this mount does not
    /// show it.
    [[nodiscard]] std::optional<std::string> visible(std::string_view cgroup) const;
    bool operator==(const CgroupMount &) const = default;
};

/// The hierarchies that tell CPU time and memory on this machine. Machines with version 1, version
/// 2, and both (where the controllers decide) exist.
struct CgroupMounts
{
    bool unified = false; ///< version 2: `cpu` and `memory` are the same mount
    CgroupMount cpu;      ///< of cpuacct, or the unified one
    CgroupMount memory;
    std::string blockMountPoint{}; ///< these three of version 1 alone; empty = not mounted
    std::string processesMountPoint{};
    std::string cpuLimitsMountPoint{};

    /// Reads the text of /proc/<pid>/mountinfo (proc_pid_mountinfo(5)). Nothing when the machine
    /// mounts no hierarchy that has both.
    static std::optional<CgroupMounts> parse(std::string_view mountInfo);
    /// The same for this process.
    static std::optional<CgroupMounts> ofThisProcess();
};

/// The folders of one container.
struct CgroupFolders
{
    std::string cpu;
    std::string memory;
    bool operator==(const CgroupFolders &) const = default;
};

/// Finds containers' cgroups: by the layouts that engines are known to use, and by what
/// /proc/<pid>/cgroup said of another container of the same engine. Std only; not thread-safe; one
/// per engine.
class CgroupLocator
{
public:
    /// `procRoot` is "/proc" but for tests.
    explicit CgroupLocator(CgroupMounts mounts, std::string procRoot = "/proc");

    [[nodiscard]] const CgroupMounts &mounts() const { return m_mounts; }

    /// The folders of the container, when they exist now.
    [[nodiscard]] std::optional<CgroupFolders> find(const std::string &id) const;

    /// Learns from a running container's process where this engine puts its cgroups. True when
    /// find(id) will now find that container.
    bool learn(const std::string &id, std::int64_t pid);

private:
    [[nodiscard]] std::optional<CgroupFolders> existing(const std::string &cpuPath,
                                                        const std::string &memoryPath) const;

    CgroupMounts m_mounts;
    std::string m_procRoot;
    struct Layout
    {
        std::string cpu; ///< kernel path with "{}" for the id
        std::string memory;
        bool operator==(const Layout &) const = default;
    };
    std::vector<Layout> m_layouts;
};

/// The cgroup path of a process in one hierarchy, from the text of /proc/<pid>/cgroup
/// (cgroups(7)): `controller` is "memory", "cpuacct", or empty for version 2.
std::optional<std::string> cgroupOfProcess(std::string_view procCgroup,
                                           std::string_view controller);

} // namespace roadstead::service
