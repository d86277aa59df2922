// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/port/descriptor.h"
#include "app/port/forwarder.h"
#include "app/port/loop.h"

#include <optional>
#include <sys/types.h>

namespace roadstead::port {

/// Decides when forwarding ends.
/// - SIGINT, which is how dockerd stops a forwarder, or SIGTERM from anyone: at once.
/// - SIGTERM because the parent ended, with a meeting place: the engine may be restarting while
///   its containers run on. Forwarding goes on until a successor takes the listening socket over,
///   then until the last connection ends; without a successor for `patience`, and no longer than
///   the launcher, which would start the engine again.
class Lifetime final : public Housekeeper
{
public:
    static constexpr std::chrono::seconds patience{120};

    /// `signals` is a non-blocking signalfd; `meeting` and `launcher` (a pidfd) may be none.
    Lifetime(Loop &loop, Forwarder &forwarder, Descriptor signals, Descriptor meeting,
             Descriptor launcher, pid_t parent);
    Clock::time_point keepHouse(Clock::time_point now) override;

private:
    template<void (Lifetime::*Slot)()>
    class Call final : public Watcher
    {
    public:
        explicit Call(Lifetime &owner)
            : m_owner(owner)
        {
        }
        void ready(std::uint32_t) override { (m_owner.*Slot)(); }

    private:
        Lifetime &m_owner;
    };

    void readSignal();
    void meetSuccessor();
    void noticeLaunchersEnd();

    Loop &m_loop;
    Forwarder &m_forwarder;
    Descriptor m_signals;
    Descriptor m_meeting;
    Descriptor m_launcher;
    pid_t m_parent;
    Call<&Lifetime::readSignal> m_onSignal{*this};
    Call<&Lifetime::meetSuccessor> m_onSuccessor{*this};
    Call<&Lifetime::noticeLaunchersEnd> m_onLaunchersEnd{*this};
    std::optional<Clock::time_point> m_orphanedAt;
    bool m_isLauncherGone = false;
    bool m_isSucceeded = false;
};

} // namespace roadstead::port
