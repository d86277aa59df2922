// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/cgroup_reader.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstdlib>
#include <fcntl.h>
#include <string_view>
#include <unistd.h>
#include <utility>

namespace roadstead::service {

namespace {

/// memory.stat and the limit are read again at the latest after so many readings.
constexpr std::uint64_t slowRounds = 8;
/// Version 1 says "no limit" with a number near 2^63, rounded down to a page.
constexpr std::int64_t unlimited = std::int64_t{1} << 60U;

} // namespace

struct CgroupReader::Entry
{
    CgroupFolders folders;
    int cpuDescriptor = -1;
    int memoryDescriptor = -1;
    bool open = false;
    std::int64_t cpuNanoseconds = -1;
    std::int64_t readAt = 0;
    std::int64_t usage = 0;        ///< when memory.stat was last read
    std::int64_t inactiveFile = 0; ///< as memory.stat said then
    std::int64_t limit = 0;
    std::uint64_t nextSlowRound = 0;
    std::uint64_t nextCounters = 0; ///< round in which they are read
};

std::int64_t numberIn(std::string_view text, std::string_view key)
{
    std::size_t at = 0;
    if (!key.empty()) {
        for (;;) {
            at = text.find(key, at);
            if (at == std::string_view::npos) {
                return -1;
            }
            const bool lineBegins = at == 0 || text[at - 1] == '\n';
            at += key.size();
            if (lineBegins && at < text.size() && text[at] == ' ') {
                ++at;
                break;
            }
        }
    }
    std::uint64_t number = 0;
    const auto [end, status] = std::from_chars(text.data() + at, text.data() + text.size(), number);
    if (status != std::errc() || end == text.data() + at) {
        return -1;
    }
    return static_cast<std::int64_t>(std::min<std::uint64_t>(number, INT64_MAX));
}

CgroupReader::CgroupReader(CgroupLocator locator, std::size_t descriptorBudget)
    : m_locator(std::move(locator))
    , m_descriptorBudget(descriptorBudget)
{
}

CgroupReader::~CgroupReader()
{
    for (auto &[id, entry] : m_entries) {
        closeEntry(entry);
    }
}

void CgroupReader::setContainers(const std::vector<std::string> &ids)
{
    const std::unordered_set<std::string_view> wanted(ids.begin(), ids.end());
    std::erase_if(m_entries, [&](auto &pair) {
        if (wanted.contains(pair.first)) {
            return false;
        }
        closeEntry(pair.second);
        return true;
    });
    for (const auto &id : ids) {
        m_entries.try_emplace(id);
    }
    m_missing.clear();
}

void CgroupReader::setWatched(const std::vector<std::string> &ids)
{
    m_watched = {ids.begin(), ids.end()};
}

std::vector<StatsSample> CgroupReader::sample(std::int64_t nowNanoseconds)
{
    std::vector<StatsSample> samples;
    samples.reserve(m_entries.size());
    m_missing.clear();
    ++m_round;
    for (auto &[id, entry] : m_entries) {
        StatsSample sample;
        if ((entry.open || openEntry(id, entry)) && read(entry, nowNanoseconds, sample)) {
            sample.id = id;
            if (m_round >= entry.nextCounters || m_watched.contains(id)) {
                // Spread over the rounds by the id, so that they do not all fall on one.
                entry.nextCounters = m_round + slowRounds - std::hash<std::string>()(id) % 3;
                sample.counters = readCounters(m_locator.mounts(), entry.folders);
                sample.countersAt = nowNanoseconds;
            }
            samples.push_back(std::move(sample));
        } else {
            closeEntry(entry);
            m_missing.push_back(id);
        }
    }
    return samples;
}

bool CgroupReader::learn(const std::string &id, std::int64_t pid)
{
    return m_locator.learn(id, pid);
}

bool CgroupReader::openEntry(const std::string &id, Entry &entry)
{
    auto folders = m_locator.find(id);
    if (!folders) {
        return false;
    }
    entry = Entry{};
    entry.folders = *std::move(folders);
    entry.open = true;
    return true;
}

void CgroupReader::closeEntry(Entry &entry)
{
    for (int *descriptor : {&entry.cpuDescriptor, &entry.memoryDescriptor}) {
        if (*descriptor >= 0) {
            ::close(*descriptor);
            *descriptor = -1;
            --m_descriptorsOpen;
        }
    }
    entry.open = false;
}

/// Reads a number from a file through `descriptor`, which is opened and, within the budget, kept.
std::int64_t CgroupReader::readFile(int &descriptor, const std::string &folder, const char *name,
                                    const char *key)
{
    int fd = descriptor;
    if (fd < 0) {
        fd = ::open((folder + '/' + name).c_str(), O_RDONLY | O_CLOEXEC);
        if (fd < 0) {
            return -1;
        }
        if (m_descriptorsOpen < m_descriptorBudget) {
            descriptor = fd;
            ++m_descriptorsOpen;
        }
    }
    std::array<char, 8192> buffer;
    ssize_t got = 0;
    do {
        got = ::pread(fd, buffer.data(), buffer.size(), 0);
    } while (got < 0 && errno == EINTR);
    if (descriptor != fd) {
        ::close(fd);
    }
    if (got <= 0) {
        return -1;
    }
    return numberIn({buffer.data(), static_cast<std::size_t>(got)}, key);
}

bool CgroupReader::read(Entry &entry, std::int64_t nowNanoseconds, StatsSample &sample)
{
    const bool unified = m_locator.mounts().unified;
    std::int64_t cpu =
        unified ? readFile(entry.cpuDescriptor, entry.folders.cpu, "cpu.stat", "usage_usec")
                : readFile(entry.cpuDescriptor, entry.folders.cpu, "cpuacct.usage", "");
    if (cpu < 0) {
        return false;
    }
    if (unified) {
        cpu *= 1000;
    }
    if (entry.cpuNanoseconds >= 0 && nowNanoseconds > entry.readAt && cpu >= entry.cpuNanoseconds) {
        sample.cpuPercent = 100.0 * static_cast<double>(cpu - entry.cpuNanoseconds) /
                            static_cast<double>(nowNanoseconds - entry.readAt);
    }
    entry.cpuNanoseconds = cpu;
    entry.readAt = nowNanoseconds;
    return readMemory(entry, sample);
}

bool CgroupReader::readMemory(Entry &entry, StatsSample &sample)
{
    const bool unified = m_locator.mounts().unified;
    const auto &folder = entry.folders.memory;
    const std::int64_t usage = readFile(entry.memoryDescriptor, folder,
                                        unified ? "memory.current" : "memory.usage_in_bytes", "");
    if (usage < 0) {
        // Version 2 without the memory controller for this cgroup: CPU alone is still worth it.
        return unified;
    }
    const bool moved = std::abs(usage - entry.usage) > std::max<std::int64_t>(1 << 18, usage / 64);
    if (moved || m_round >= entry.nextSlowRound) {
        // Spread over the rounds by the descriptor number, so that they do not all fall on one.
        const auto spread = static_cast<std::uint64_t>(std::max(entry.cpuDescriptor, 0)) % 4;
        entry.nextSlowRound = m_round + slowRounds - spread;
        entry.usage = usage;
        int once = -1;
        const auto budget = std::exchange(m_descriptorBudget, 0); // these two are not kept open
        entry.inactiveFile = readFile(once, folder, "memory.stat",
                                      unified ? "inactive_file" : "total_inactive_file");
        entry.limit = readFile(once, folder, unified ? "memory.max" : "memory.limit_in_bytes", "");
        m_descriptorBudget = budget;
    }
    // The rule of the docker command: page cache that is not in use does not count.
    sample.memoryBytes =
        entry.inactiveFile > 0 && entry.inactiveFile < usage ? usage - entry.inactiveFile : usage;
    sample.memoryLimit = entry.limit < 0 || entry.limit > unlimited ? 0 : entry.limit;
    return true;
}

} // namespace roadstead::service
