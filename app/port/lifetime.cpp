// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/port/lifetime.h"

#include "app/port/predecessor.h"

#include <algorithm>
#include <csignal>
#include <sys/epoll.h>
#include <sys/signalfd.h>

namespace roadstead::port {
namespace {

using namespace std::chrono_literals;

/// How long a parent that has sent its death signal may take to be gone: it is a process of many
/// threads, and the signal comes with the end of one of them.
constexpr auto parentsLastMoments = 2s;

} // namespace

Lifetime::Lifetime(Loop &loop, Forwarder &forwarder, Descriptor signals, Descriptor meeting,
                   Descriptor launcher, pid_t parent)
    : m_loop(loop)
    , m_forwarder(forwarder)
    , m_signals(std::move(signals))
    , m_meeting(std::move(meeting))
    , m_launcher(std::move(launcher))
    , m_parent(parent)
{
    m_loop.add(m_signals.get(), EPOLLIN, m_onSignal);
    if (m_meeting) {
        m_loop.add(m_meeting.get(), EPOLLIN, m_onSuccessor);
    }
    if (m_launcher) {
        m_loop.add(m_launcher.get(), EPOLLIN, m_onLaunchersEnd);
    }
}

void Lifetime::readSignal()
{
    signalfd_siginfo signal = {};
    if (read(m_signals.get(), &signal, sizeof signal) != sizeof signal) {
        return;
    }
    const bool isParentsEnd =
        signal.ssi_signo == SIGTERM && static_cast<pid_t>(signal.ssi_pid) == m_parent;
    if (!isParentsEnd || !m_meeting) {
        if (!isParentsEnd || !m_isSucceeded) {
            m_loop.quit();
        }
        return;
    }
    if (!m_orphanedAt) {
        m_orphanedAt = Clock::now();
        // A new engine may bind the port in its own namespace itself.
        m_forwarder.closeEntrance(Entrance::Inner);
    }
}

void Lifetime::meetSuccessor()
{
    // While the engine lives, its forwarder is the one: the caller finds the port taken.
    const int listener = m_orphanedAt ? m_forwarder.listener(Entrance::Outer) : -1;
    if (handOver(m_meeting, listener)) {
        m_isSucceeded = true;
        m_forwarder.closeEntrance(Entrance::Outer);
    }
}

void Lifetime::noticeLaunchersEnd()
{
    m_isLauncherGone = true;
    m_launcher.reset();
}

Housekeeper::Clock::time_point Lifetime::keepHouse(Clock::time_point now)
{
    const Clock::time_point next = m_forwarder.keepHouse(now);
    if (m_orphanedAt && m_isLauncherGone) {
        m_loop.quit();
    }
    if (m_isSucceeded) {
        if (m_forwarder.isIdle()) {
            m_loop.quit();
        }
        return next;
    }
    if (!m_orphanedAt) {
        return next;
    }
    const Clock::time_point check = *m_orphanedAt + parentsLastMoments;
    const Clock::time_point end = *m_orphanedAt + patience;
    if (now >= end || (now >= check && getppid() == m_parent)) {
        m_loop.quit();
    }
    return std::min(next, now < check ? check : end);
}

} // namespace roadstead::port
