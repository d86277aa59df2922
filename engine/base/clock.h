// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>

namespace roadstead {

/// Where time comes from, so that tests can hold it still. Thread-safe.
class Clock
{
public:
    virtual ~Clock() = default;
    /// For durations and deadlines; never goes backwards.
    [[nodiscard]] virtual std::chrono::steady_clock::time_point steadyNow() const = 0;
    /// For dates; may jump when the machine's time is set.
    [[nodiscard]] virtual std::chrono::system_clock::time_point wallNow() const = 0;
};

/// The machine's own clocks. Lives as long as the program.
const Clock &systemClock();

} // namespace roadstead
