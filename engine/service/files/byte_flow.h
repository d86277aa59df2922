// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/archive/entry.h"
#include "engine/docker/client.h"

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace roadstead::service {

/// Bytes from the transport's thread, which must not wait, to a worker, which may. Holds little:
/// a worker that lags stops the engine. Shared by both sides; thread-safe.
class ByteIntake
{
public:
    /// Transport: takes a copy.
    docker::Flow put(std::string_view bytes);
    /// Transport: nothing more comes.
    void end(const Result<void> &how);
    /// The call that puts; before the worker takes.
    void setCall(const docker::Call &call);
    /// Worker: waits for the next bytes, which hold until the next call; empty at the end.
    Result<std::string_view> take();
    /// Any thread: the worker gets ErrorKind::Cancelled, and the call ends.
    void stop();
    /// Bytes that were taken.
    [[nodiscard]] std::uint64_t taken() const;

private:
    mutable std::mutex m_mutex;
    std::condition_variable m_arrived;
    std::deque<std::string> m_pieces;
    std::string m_current; ///< the worker's
    std::size_t m_held = 0;
    std::uint64_t m_taken = 0;
    bool m_paused = false;
    bool m_stopped = false;
    std::optional<Result<void>> m_end;
    docker::Call m_call;
};

/// Bytes from a worker to the transport's thread, the other way round.
class ByteOutlet
{
public:
    /// Transport: what there is, up to the room.
    Result<http::Given> give(std::span<char> room);
    /// Transport: the call is over, nobody takes any more.
    void close();
    /// The call that takes; before the worker puts.
    void setCall(const docker::Call &call);
    /// Worker: waits for room. Fails with ErrorKind::Cancelled once nobody takes.
    Result<void> put(std::string_view bytes);
    /// Worker: that was all, or it could not be read.
    void end(const Result<void> &how);
    /// Any thread: the worker gets ErrorKind::Cancelled, and the call ends.
    void stop();

private:
    std::mutex m_mutex;
    std::condition_variable m_taken;
    std::string m_held;
    std::size_t m_given = 0; ///< of m_held
    bool m_closed = false;
    std::optional<Result<void>> m_end;
    docker::Call m_call;
};

} // namespace roadstead::service
