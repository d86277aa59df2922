// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/docker/call_state.h"

namespace roadstead::docker {

void Call::State::cancel()
{
    http::Handle handle;
    {
        const std::scoped_lock lock(m_mutex);
        m_cancelled = true;
        handle = m_handle;
    }
    handle.cancel();
}

void Call::State::resume()
{
    http::Handle handle;
    {
        const std::scoped_lock lock(m_mutex);
        handle = m_handle;
    }
    handle.resume();
}

void Call::State::supply()
{
    http::Handle handle;
    {
        const std::scoped_lock lock(m_mutex);
        handle = m_handle;
    }
    handle.supply();
}

bool Call::State::isCancelled() const
{
    const std::scoped_lock lock(m_mutex);
    return m_cancelled;
}

int Call::State::beginStep()
{
    const std::scoped_lock lock(m_mutex);
    return ++m_begun;
}

void Call::State::follow(int step, http::Handle handle)
{
    bool cancelled = false;
    {
        const std::scoped_lock lock(m_mutex);
        cancelled = m_cancelled;
        if (step > m_followed) {
            m_followed = step;
            m_handle = handle;
        }
    }
    if (cancelled) {
        handle.cancel();
    }
}

void Call::cancel() const
{
    if (m_state) {
        m_state->cancel();
    }
}

void Call::resume() const
{
    if (m_state) {
        m_state->resume();
    }
}

void Call::supply() const
{
    if (m_state) {
        m_state->supply();
    }
}

} // namespace roadstead::docker
