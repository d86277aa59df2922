// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <cstdint>
#include <deque>
#include <utility>

namespace roadstead::ui {

/// How many lines a second came of late.
class LogRate
{
public:
    static constexpr qint64 window = 5000; ///< milliseconds that are looked back

    void clear() { m_samples.clear(); }
    /// `lines`: how many were read since the start; what was read before the first call does not
    /// count.
    void add(qint64 now, std::int64_t lines)
    {
        m_samples.emplace_back(now, lines);
        while (m_samples.size() > 2 && m_samples[1].first <= now - window) {
            m_samples.pop_front();
        }
    }
    /// Nothing before there was a second to count in.
    [[nodiscard]] double perSecond(qint64 now) const
    {
        const qint64 passed = m_samples.empty() ? 0 : now - m_samples.front().first;
        return passed < 1000 ? 0
                             : double(m_samples.back().second - m_samples.front().second) * 1000 /
                                   double(passed);
    }

private:
    std::deque<std::pair<qint64, std::int64_t>> m_samples;
};

} // namespace roadstead::ui
