// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <chrono>
#include <deque>
#include <optional>

namespace roadstead::launcher {

/// Decides whether an engine that ended by itself is started again, and when. Five ends within a
/// minute are a crash loop. Time comes from the caller.
class CrashPolicy
{
public:
    using Clock = std::chrono::steady_clock;
    static constexpr std::size_t limit = 5;
    static constexpr std::chrono::seconds window{60};

    /// An end at this time. The pause before the next start, doubling from 200 ms with each end in
    /// the window; nothing when it is a crash loop.
    std::optional<std::chrono::milliseconds> crashed(Clock::time_point now)
    {
        m_ends.push_back(now);
        while (now - m_ends.front() > window) {
            m_ends.pop_front();
        }
        if (m_ends.size() >= limit) {
            return std::nullopt;
        }
        return std::chrono::milliseconds(100) * (1 << m_ends.size());
    }

private:
    std::deque<Clock::time_point> m_ends;
};

} // namespace roadstead::launcher
