// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/stall_watch.h"

#include <array>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <fcntl.h>
#include <mutex>
#include <unistd.h>

namespace roadstead::desktop {

namespace {

constexpr auto interval = std::chrono::milliseconds(20);
constexpr qint64 noticeable = 40'000'000; // nanoseconds

qint64 now()
{
    return std::chrono::steady_clock::now().time_since_epoch() / std::chrono::nanoseconds(1);
}

/// How long the thread has been able to run without a processor being free, in nanoseconds.
qint64 queued(int schedule)
{
    std::array<char, 96> text = {};
    long long ran = 0;
    long long waited = 0;
    if (::pread(schedule, text.data(), text.size() - 1, 0) <= 0 ||
        std::sscanf(text.data(), "%lld %lld", &ran, &waited) != 2) {
        return 0;
    }
    return waited;
}

} // namespace

StallWatch::StallWatch(std::function<void(const Stall &)> report, QObject *parent)
    : QObject(parent)
    , m_report(std::move(report))
    , m_schedule(::open("/proc/thread-self/schedstat", O_RDONLY | O_CLOEXEC))
    , m_thread([this](const std::stop_token &token) { beat(token); })
{
}

StallWatch::~StallWatch()
{
    m_thread.request_stop();
    m_thread.join();
    if (m_schedule >= 0) {
        ::close(m_schedule);
    }
}

void StallWatch::beat(const std::stop_token &token)
{
    std::mutex mutex;
    std::condition_variable_any stopped;
    std::unique_lock lock(mutex);
    while (!stopped.wait_for(lock, token, interval, [] { return false; }) &&
           !token.stop_requested()) {
        if (m_answered.exchange(false)) {
            QMetaObject::invokeMethod(
                this, [this, asked = now(), before = queued(m_schedule)] { answer(asked, before); },
                Qt::QueuedConnection);
        }
    }
}

void StallWatch::answer(qint64 asked, qint64 queuedBefore)
{
    const qint64 took = now() - asked;
    m_answered = true;
    if (took >= noticeable) {
        const qint64 waited = queued(m_schedule) - queuedBefore;
        m_report({.busyMilliseconds = (took - waited) / 1'000'000,
                  .queuedMilliseconds = waited / 1'000'000});
    }
}

} // namespace roadstead::desktop
