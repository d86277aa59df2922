// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/docker/client.h"
#include "engine/http/handle.h"

#include <mutex>

namespace roadstead::docker {

/// What a Call shares with the steps that carry it out: a call may be several requests one after
/// another. Thread-safe.
class Call::State
{
public:
    void cancel();
    void resume();
    void supply();
    [[nodiscard]] bool isCancelled() const;

    /// Steps are numbered, because a later one may be known before the caller of an earlier one
    /// gets to say so. Returns the number of the step that begins now.
    int beginStep();
    /// The request that carries out `step`.
    void follow(int step, http::Handle handle);

private:
    mutable std::mutex m_mutex;
    http::Handle m_handle;
    int m_begun = 0;
    int m_followed = 0;
    bool m_cancelled = false;
};

} // namespace roadstead::docker
