// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QTimer>

#include <chrono>
#include <functional>
#include <utility>
#include <vector>

namespace roadstead::service {

/// Passes the first of many calls on at once and the rest together, never closer than a spacing:
/// the first change is seen without delay, a storm costs no more than its rate. GUI thread.
class Throttle
{
public:
    Throttle(std::chrono::milliseconds spacing, std::function<void()> action)
        : m_spacing(spacing)
        , m_action(std::move(action))
    {
        m_timer.setSingleShot(true);
        m_timer.setTimerType(Qt::PreciseTimer);
        QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { act(); });
    }

    void call()
    {
        if (m_timer.isActive()) {
            return;
        }
        const qint64 since = m_last.isValid() ? m_last.elapsed() : m_spacing.count();
        if (since >= m_spacing.count()) {
            act();
        } else {
            m_timer.start(m_spacing - std::chrono::milliseconds(since));
        }
    }

    /// Calls `next` once nothing is held back any more: at once, or after the call that is due.
    void afterwards(std::function<void()> next)
    {
        if (m_timer.isActive()) {
            m_next.push_back(std::move(next));
        } else {
            next();
        }
    }

    /// Passes on now what is still held back.
    void flush()
    {
        if (m_timer.isActive()) {
            m_timer.stop();
            act();
        }
    }

private:
    void act()
    {
        m_last.start();
        m_action();
        for (const auto &next : std::exchange(m_next, {})) {
            next();
        }
    }

    const std::chrono::milliseconds m_spacing;
    const std::function<void()> m_action;
    QElapsedTimer m_last;
    QTimer m_timer;
    std::vector<std::function<void()>> m_next;
};

} // namespace roadstead::service
