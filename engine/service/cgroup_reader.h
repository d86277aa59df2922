// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/service/cgroup_layout.h"
#include "engine/service/container_counters.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace roadstead::service {

/// One reading of one container, in the numbers of `docker stats`.
struct StatsSample
{
    std::string id;
    double cpuPercent = -1; ///< of one CPU since the reading before; below 0: no reading before
    std::int64_t memoryBytes = 0; ///< without inactive page cache
    std::int64_t memoryLimit = 0; ///< bytes; 0 = none
    std::int64_t countersAt = 0;  ///< monotonic nanoseconds; 0: they were not read this time
    ContainerCounters counters{};
    bool operator==(const StatsSample &) const = default;
};

/// Reads CPU time and memory of many containers from their cgroup files, once per call of
/// sample(). Made for 1,000 containers a second on a small share of one CPU: descriptors stay open
/// as far as the process's limit allows, numbers are parsed by hand, and memory.stat, which is
/// dear in the kernel, is read again only when the usage has moved or after a while. Std only; not
/// thread-safe.
class CgroupReader
{
public:
    /// Descriptors this reader may keep open; beyond, files are opened for each reading.
    explicit CgroupReader(CgroupLocator locator, std::size_t descriptorBudget);
    ~CgroupReader();
    CgroupReader(const CgroupReader &) = delete;
    CgroupReader &operator=(const CgroupReader &) = delete;

    /// The running containers (full ids); forgets all others.
    void setContainers(const std::vector<std::string> &ids);

    /// Those whose counters are read each time; of the others they are every eighth time.
    void setWatched(const std::vector<std::string> &ids);

    /// Reads all of them. `nowNanoseconds` is a monotonic time.
    std::vector<StatsSample> sample(std::int64_t nowNanoseconds);

    /// Containers whose cgroup the last sample() did not find.
    [[nodiscard]] const std::vector<std::string> &missing() const { return m_missing; }

    /// See CgroupLocator::learn().
    bool learn(const std::string &id, std::int64_t pid);

private:
    struct Entry;
    /// False when the cgroup is gone or unreadable.
    bool read(Entry &entry, std::int64_t nowNanoseconds, StatsSample &sample);
    bool openEntry(const std::string &id, Entry &entry);
    void closeEntry(Entry &entry);
    bool readMemory(Entry &entry, StatsSample &sample);
    std::int64_t readFile(int &descriptor, const std::string &folder, const char *name,
                          const char *key);

    CgroupLocator m_locator;
    std::size_t m_descriptorBudget;
    std::size_t m_descriptorsOpen = 0;
    std::uint64_t m_round = 0;
    std::unordered_map<std::string, Entry> m_entries;
    std::vector<std::string> m_missing;
    std::unordered_set<std::string> m_watched;
};

/// The number after `key` at the beginning of a line of `text`; the first number of the text when
/// `key` is empty. -1 when there is none, and for "max".
std::int64_t numberIn(std::string_view text, std::string_view key);

} // namespace roadstead::service
