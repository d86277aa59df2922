// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <mutex>

namespace roadstead::service {

/// A question that waits for a login before there is a call to end. `Call` is a value with
/// cancel(). Thread-safe.
template<typename Call>
class LaterCall
{
public:
    /// False when it was cancelled before.
    [[nodiscard]] bool isWanted() const
    {
        const std::scoped_lock lock(m_mutex);
        return !m_cancelled;
    }
    void set(const Call &call)
    {
        const std::scoped_lock lock(m_mutex);
        m_call = call;
        if (m_cancelled) {
            m_call.cancel();
        }
    }
    void cancel()
    {
        const std::scoped_lock lock(m_mutex);
        m_cancelled = true;
        m_call.cancel();
    }

private:
    mutable std::mutex m_mutex;
    Call m_call;
    bool m_cancelled = false;
};

} // namespace roadstead::service
