// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/port/loop.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <span>
#include <sys/epoll.h>

namespace roadstead::port {
namespace {

/// Milliseconds for epoll_wait, rounded up; -1 for ever.
int waitUntil(Housekeeper::Clock::time_point when)
{
    if (when == Housekeeper::Clock::time_point::max()) {
        return -1;
    }
    const auto wait =
        std::chrono::ceil<std::chrono::milliseconds>(when - Housekeeper::Clock::now()).count();
    return static_cast<int>(std::clamp<decltype(wait)>(wait, 0, 60'000));
}

} // namespace

Loop::Loop()
    : m_epoll(epoll_create1(EPOLL_CLOEXEC))
{
}

bool Loop::add(int descriptor, std::uint32_t events, Watcher &watcher)
{
    epoll_event event = {.events = events, .data = {.ptr = &watcher}};
    return epoll_ctl(m_epoll.get(), EPOLL_CTL_ADD, descriptor, &event) == 0;
}

void Loop::change(int descriptor, std::uint32_t events, Watcher &watcher)
{
    epoll_event event = {.events = events, .data = {.ptr = &watcher}};
    epoll_ctl(m_epoll.get(), EPOLL_CTL_MOD, descriptor, &event);
}

void Loop::run(Housekeeper &housekeeper)
{
    std::array<epoll_event, 256> events;
    while (m_isRunning) {
        const auto next = housekeeper.keepHouse(Housekeeper::Clock::now());
        if (!m_isRunning) {
            return;
        }
        const int count = epoll_wait(m_epoll.get(), events.data(), static_cast<int>(events.size()),
                                     waitUntil(next));
        if (count < 0 && errno != EINTR) {
            return;
        }
        for (const epoll_event &event :
             std::span(events).first(static_cast<std::size_t>(std::max(count, 0)))) {
            static_cast<Watcher *>(event.data.ptr)->ready(event.events);
        }
    }
}

} // namespace roadstead::port
