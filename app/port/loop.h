// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/port/descriptor.h"

#include <chrono>
#include <cstdint>

namespace roadstead::port {

/// Told when its descriptor is ready. Must outlive its place in the loop.
class Watcher
{
public:
    virtual ~Watcher() = default;
    /// `events` as in epoll_event.
    virtual void ready(std::uint32_t events) = 0;
};

/// Told between two waits of the loop, when no event of the last batch is left to be delivered.
class Housekeeper
{
public:
    using Clock = std::chrono::steady_clock;
    virtual ~Housekeeper() = default;
    /// Frees what has ended. Returns when to call again although nothing happens; max() for never.
    virtual Clock::time_point keepHouse(Clock::time_point now) = 0;
};

/// One thread, one epoll instance. Descriptors leave it by being closed.
class Loop
{
public:
    Loop();
    explicit operator bool() const { return bool(m_epoll); }
    /// False if the kernel has no room for it.
    bool add(int descriptor, std::uint32_t events, Watcher &watcher);
    void change(int descriptor, std::uint32_t events, Watcher &watcher);
    void run(Housekeeper &housekeeper);
    void quit() { m_isRunning = false; }

private:
    Descriptor m_epoll;
    bool m_isRunning = true;
};

} // namespace roadstead::port
