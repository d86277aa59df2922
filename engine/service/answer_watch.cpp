// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/answer_watch.h"

#include <algorithm>

namespace roadstead::service {

AnswerWatch::AnswerWatch(const SessionTiming &timing, QObject *parent, const Clock &clock)
    : QObject(parent)
    , m_timing(timing)
    , m_clock(clock)
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::CoarseTimer);
    connect(&m_timer, &QTimer::timeout, this, &AnswerWatch::tick);
}

quint64 AnswerWatch::asked()
{
    const auto now = m_clock.steadyNow();
    m_open.insert({.token = ++m_lastToken, .since = now});
    if (m_open.size() == 1 && m_running) {
        look();
    }
    return m_lastToken;
}

void AnswerWatch::over(quint64 token, bool wasHeard)
{
    const auto question =
        std::ranges::find_if(m_open, [token](const Question &q) { return q.token == token; });
    if (question == m_open.end()) {
        return; // of before stop()
    }
    m_open.erase(question);
    if (wasHeard) {
        heard();
    }
}

void AnswerWatch::heard()
{
    m_heardAt = m_clock.steadyNow();
    m_heartbeatAsked = false;
    if (m_silent) {
        m_silent = false;
        Q_EMIT heardAgain();
    }
}

void AnswerWatch::start()
{
    m_open.clear();
    m_running = true;
    m_heartbeatAsked = false;
    m_heardAt = m_clock.steadyNow();
    look();
}

void AnswerWatch::stop()
{
    m_running = false;
    m_silent = false;
    m_open.clear();
    m_timer.stop();
}

/// How long this program itself was held up is no silence of the engine: an answer may be waiting.
void AnswerWatch::tick()
{
    const auto late = m_clock.steadyNow() - m_due;
    if (late > std::chrono::steady_clock::duration::zero()) {
        if (!m_open.empty()) {
            m_heardAt = std::max(m_heardAt, m_open.begin()->since);
        }
        m_heardAt += late;
    }
    look();
}

/// Says what is due, and sleeps until the next thing can be.
void AnswerWatch::look()
{
    using std::chrono::ceil;
    using std::chrono::milliseconds;
    const auto now = m_clock.steadyNow();
    auto next = m_timing.heartbeat;
    if (!m_open.empty()) {
        const auto quietSince = std::max(m_heardAt, m_open.begin()->since);
        const auto left = ceil<milliseconds>(m_timing.notAnswering - (now - quietSince));
        if (left > milliseconds(0)) {
            next = std::min(next, left);
        } else if (!m_silent) {
            m_silent = true;
            Q_EMIT silent();
        }
    }
    const auto beatLeft = ceil<milliseconds>(m_timing.heartbeat - (now - m_heardAt));
    if (beatLeft > milliseconds(0)) {
        next = std::min(next, beatLeft);
    } else if (!m_heartbeatAsked && m_running) {
        m_heartbeatAsked = true;
        Q_EMIT heartbeatDue(); // asks, which may come back here through asked()
    }
    if (m_running) {
        next = std::max(next, milliseconds(1));
        m_due = now + next;
        m_timer.start(next);
    }
}

} // namespace roadstead::service
