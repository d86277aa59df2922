// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>

namespace roadstead::http {

class Loop;

/// What a receiver of a stream wants next.
enum class Flow {
    Continue,
    Pause, ///< nothing more until Handle::resume(); what was just handed over counts as taken
    Stop   ///< nothing more at all: the stream ends with ErrorKind::Cancelled
};

/// Names one request that is under way. A value: copies name the same request, and may outlive it
/// and the client. Every function may be called from any thread and at any time, also from within a
/// callback; when the request is over they do nothing.
class Handle
{
public:
    Handle() = default;
    Handle(std::weak_ptr<Loop> loop, std::uint64_t id)
        : m_loop(std::move(loop))
        , m_id(id)
    {
    }

    /// Ends the request. Its completion is still called, with ErrorKind::Cancelled unless it was
    /// over before; within 200 ms if callbacks return promptly.
    void cancel() const;
    /// Lets a stream that asked for Flow::Pause go on.
    void resume() const;
    /// Asks the request's source again, which had nothing to send.
    void supply() const;

private:
    std::weak_ptr<Loop> m_loop;
    std::uint64_t m_id = 0;
};

} // namespace roadstead::http
