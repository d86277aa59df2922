// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/clock.h"

#include <chrono>

/// A clock that stands still until it is advanced.
class HeldClock : public roadstead::Clock
{
public:
    [[nodiscard]] std::chrono::steady_clock::time_point steadyNow() const override
    {
        return m_steady;
    }
    [[nodiscard]] std::chrono::system_clock::time_point wallNow() const override
    {
        return std::chrono::system_clock::time_point(m_steady.time_since_epoch());
    }
    void advance(std::chrono::nanoseconds time) { m_steady += time; }

private:
    std::chrono::steady_clock::time_point m_steady{std::chrono::hours(1)};
};
