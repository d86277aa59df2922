// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>

namespace roadstead::test {

/// A value that other threads change and a test waits for. Thread-safe.
template<typename Value>
class Watched
{
public:
    template<typename Change>
    void change(Change apply)
    {
        const std::scoped_lock lock(m_mutex);
        apply(m_value);
        m_changed.notify_all();
    }
    /// Whether it became so within 90 s, for sanitizers on a busy machine.
    template<typename Predicate>
    bool wait(Predicate isSo)
    {
        std::unique_lock lock(m_mutex);
        return m_changed.wait_for(lock, std::chrono::seconds(90), [&] { return isSo(m_value); });
    }
    [[nodiscard]] Value now()
    {
        const std::scoped_lock lock(m_mutex);
        return m_value;
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    Value m_value;
};

} // namespace roadstead::test
