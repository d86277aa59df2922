// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/log_memory.h"

#include <algorithm>
#include <format>
#include <functional>

namespace roadstead::service {

namespace {

constexpr std::int64_t second = 1'000'000'000;
constexpr std::size_t fewestRemembered = 4096;
constexpr std::size_t mostRemembered = 65'536;

} // namespace

LineKey keyOf(const CutLine &line)
{
    return {line.time, std::hash<std::string_view>()(line.text), line.stream};
}

std::int64_t LogMemory::since() const
{
    if (m_lines.empty()) {
        return 0;
    }
    const std::int64_t oldest = m_lines.front().time + (m_forgot ? 1 : 0);
    return std::min(m_newest, std::max(m_newest - second, oldest));
}

void LogMemory::resume()
{
    m_known.clear();
    m_knownFrom = since();
    m_knownTo = m_newest;
    for (const LineKey &key : m_lines) {
        if (key.time >= m_knownFrom) {
            ++m_known[key];
        }
    }
}

bool LogMemory::isNew(const CutLine &line)
{
    const LineKey key = keyOf(line);
    if (m_knownTo > 0) {
        if (line.time < m_knownFrom) {
            return false;
        }
        if (const auto known = m_known.find(key); known != m_known.end()) {
            if (--known->second == 0) {
                m_known.erase(known);
            }
            return false;
        }
        if (line.time > m_knownTo + second) {
            m_known.clear();
            m_knownTo = 0;
        }
    }
    m_lines.push_back(key);
    m_newest = std::max(m_newest, line.time);
    while (m_lines.size() > fewestRemembered &&
           (m_lines.size() > mostRemembered || m_lines.front().time < m_newest - second)) {
        m_lines.pop_front();
        m_forgot = true;
    }
    return true;
}

std::string logTime(std::int64_t nanoseconds)
{
    return nanoseconds <= 0 ? std::string()
                            : std::format("{}.{:09}", nanoseconds / second, nanoseconds % second);
}

} // namespace roadstead::service
