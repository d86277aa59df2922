// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/clock.h"

#include <chrono>
#include <cstddef>
#include <mutex>
#include <set>
#include <string>

namespace roadstead::docker {
struct Event;
}

namespace roadstead::service {

/// What has to be read again.
struct ReadPlan
{
    bool allContainers = false;            ///< then `containers` is empty
    std::set<std::string> containers = {}; ///< full ids
    bool images = false;
    bool info = false;

    [[nodiscard]] bool readsContainers() const { return allContainers || !containers.empty(); }
    [[nodiscard]] bool isEmpty() const { return !readsContainers() && !images && !info; }
    bool operator==(const ReadPlan &) const = default;
};

/// What one event asks for (Engine API, "Monitor events"). Events that change nothing that is
/// listed (exec_*, top, attach, resize, …) ask for nothing: health checks alone send three a time.
ReadPlan planFor(const docker::Event &event);

/// Gathers what has changed until somebody takes it. Thread-safe: fed by the transport's thread.
class ChangeTracker
{
public:
    /// More than `singleReads` containers, or more than `burst` events in a quarter of a second,
    /// become "all": an engine drops events for a reader that cannot keep up, and says nothing.
    ChangeTracker(std::size_t singleReads, std::size_t burst, const Clock &clock = systemClock());

    /// True when there was nothing to read before and there is now: wake the reader.
    bool add(const docker::Event &event);
    bool add(const ReadPlan &plan);

    /// Hands over all that is gathered.
    ReadPlan take();
    /// Hands over images and info only.
    ReadPlan takeAllButContainers();
    [[nodiscard]] bool wantsContainers() const;

private:
    bool merge(const ReadPlan &plan);

    const std::size_t m_singleReads;
    const std::size_t m_burst;
    const Clock &m_clock;
    mutable std::mutex m_mutex;
    ReadPlan m_plan;
    std::size_t m_events = 0; ///< since m_windowBegan
    std::chrono::steady_clock::time_point m_windowBegan;
};

} // namespace roadstead::service
