// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/clock.h"
#include "engine/service/session_timing.h"

#include <QObject>
#include <QTimer>

#include <chrono>
#include <set>

namespace roadstead::service {

/// Tells a silent engine from an idle one. Counts only questions that an engine answers at once.
/// GUI thread.
class AnswerWatch : public QObject
{
    Q_OBJECT
public:
    explicit AnswerWatch(const SessionTiming &timing, QObject *parent = nullptr,
                         const Clock &clock = systemClock());

    /// A question goes out: returns its token.
    quint64 asked();
    /// The question is over. `heard`: the engine said something, be it an error.
    void over(quint64 token, bool heard);

    /// Starts and stops asking for heartbeats; forgets open questions.
    void start();
    void stop();

    [[nodiscard]] bool isSilent() const { return m_silent; }

Q_SIGNALS:
    void silent();       ///< questions are open, nothing was heard for too long
    void heardAgain();   ///< after silent()
    void heartbeatDue(); ///< nothing heard for a while: ask something cheap

private:
    void tick();
    void look();
    void heard();

    const SessionTiming m_timing;
    const Clock &m_clock;
    QTimer m_timer; ///< one for both questions: ticks only while started
    struct Question
    {
        quint64 token;
        std::chrono::steady_clock::time_point since;
        auto operator<=>(const Question &) const = default;
    };
    std::set<Question> m_open; ///< oldest first, because tokens count up
    std::chrono::steady_clock::time_point m_heardAt;
    std::chrono::steady_clock::time_point m_due; ///< when m_timer should tick
    quint64 m_lastToken = 0;
    bool m_running = false;
    bool m_silent = false;
    bool m_heartbeatAsked = false;
};

} // namespace roadstead::service
