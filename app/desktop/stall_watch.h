// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <atomic>
#include <functional>
#include <thread>

namespace roadstead::desktop {

/// How long an event waited for the event loop.
struct Stall
{
    qint64 busyMilliseconds = 0;   ///< while the loop did something else
    qint64 queuedMilliseconds = 0; ///< while no processor was free for its thread
};

/// Asks the event loop of the main thread for a sign of life fifty times a second, from a thread of
/// its own, and reports signs that came 40 ms late or later. For tests: it costs about 0.1 % of a
/// processor. Made, used and destroyed on the main thread; `report` is called there.
class StallWatch : public QObject
{
    Q_OBJECT
public:
    explicit StallWatch(std::function<void(const Stall &)> report, QObject *parent = nullptr);
    ~StallWatch() override;

private:
    void beat(const std::stop_token &token);
    void answer(qint64 asked, qint64 queuedBefore);

    const std::function<void(const Stall &)> m_report;
    const int m_schedule; ///< the kernel's account of the main thread
    std::atomic<bool> m_answered = true;
    std::jthread m_thread;
};

} // namespace roadstead::desktop
