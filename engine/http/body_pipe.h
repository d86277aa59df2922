// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/http/source.h"

#include <cstddef>
#include <functional>
#include <memory>
#include <string_view>

namespace roadstead::http {

/// A queue of limited size between whoever has something to send and the request that sends it.
/// Thread-safe; a value, copies are the same queue.
class BodyPipe
{
public:
    static constexpr std::size_t usualCapacity = std::size_t(256) << 10U; ///< bytes

    explicit BodyPipe(std::size_t capacity = usualCapacity);

    /// The end that the request reads. To be called once.
    [[nodiscard]] Source source() const;
    /// How the request is told that there is something: Handle::supply(). To be set once the
    /// request has begun; `wake` is called under no lock, from any thread.
    void setWake(std::function<void()> wake) const;

    /// Puts in as much as there is room for, and returns how much that was. Never waits.
    [[nodiscard]] std::size_t offer(std::string_view bytes) const;
    /// Puts all of it in and waits for room; not to be called on the client's thread. False when
    /// the request is over.
    [[nodiscard]] bool write(std::string_view bytes) const;
    /// Nothing comes any more.
    void finish() const;
    /// Gives the request up.
    void fail(Error error) const;
    /// Whether the request that reads is over: then nothing is taken any more.
    [[nodiscard]] bool isClosed() const;
    /// `room` is called on the client's thread each time the queue becomes empty, under no lock.
    void setRoom(std::function<void()> room) const;

private:
    struct State;
    std::shared_ptr<State> m_state;
};

} // namespace roadstead::http
