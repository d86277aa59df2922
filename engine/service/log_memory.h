// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/service/log_cutter.h"

#include <compare>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <string>

namespace roadstead::service {

/// What tells one line of a log from another. Lines that are alike in all of it are counted.
struct LineKey
{
    std::int64_t time = 0;
    std::size_t text = 0; ///< hash
    store::LineStream stream = store::LineStream::Stdout;
    auto operator<=>(const LineKey &) const = default;
};

LineKey keyOf(const CutLine &line);

/// Remembers the newest lines of a log, so that a stream that is taken up again loses none and
/// doubles none: it is asked for what was written since() and each of its lines is shown to
/// isNew(). Engines write lines of both streams slightly out of order: therefore everything of the
/// last second is compared, not only what has the newest time. Not thread-safe.
class LogMemory
{
public:
    /// Lines before the first one that is remembered were never taken: asking must not bring them.
    void setBegunInTheMiddle() { m_forgot = true; }
    /// A stream begins.
    void resume();
    /// Whether a line of the stream is to be kept; it is remembered then.
    bool isNew(const CutLine &line);

    /// The time from which on everything is remembered; 0 = nothing was taken yet.
    [[nodiscard]] std::int64_t since() const;

private:
    std::deque<LineKey> m_lines;
    std::int64_t m_newest = 0;
    bool m_forgot = false;
    // Of the stream that is under way.
    std::map<LineKey, int> m_known;
    std::int64_t m_knownFrom = 0;
    std::int64_t m_knownTo = 0;
};

/// Nanoseconds since the epoch in the form that the API takes for since and until; empty for 0.
std::string logTime(std::int64_t nanoseconds);

} // namespace roadstead::service
