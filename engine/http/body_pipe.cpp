// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/http/body_pipe.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <string>

namespace roadstead::http {

struct BodyPipe::State
{
    explicit State(std::size_t most)
        : capacity(most)
    {
    }

    /// Takes what fits; the lock is held.
    std::size_t take(std::string_view bytes)
    {
        const std::size_t taken =
            closed || ended ? 0 : std::min(bytes.size(), capacity - queue.size());
        queue.append(bytes.substr(0, taken));
        return taken;
    }
    void close()
    {
        {
            const std::scoped_lock lock(mutex);
            closed = true;
        }
        changed.notify_all();
    }
    void wakeReader()
    {
        std::function<void()> call;
        {
            const std::scoped_lock lock(mutex);
            call = wake;
        }
        if (call) {
            call();
        }
    }
    Result<Given> give(std::span<char> into)
    {
        Given given;
        std::function<void()> call;
        {
            const std::scoped_lock lock(mutex);
            if (error) {
                return std::unexpected(*error);
            }
            given.bytes = std::min(into.size(), queue.size());
            std::copy_n(queue.begin(), given.bytes, into.begin());
            queue.erase(0, given.bytes);
            given.ended = ended && queue.empty();
            if (given.bytes > 0 && queue.empty() && !ended) {
                call = room;
            }
        }
        changed.notify_all();
        if (call) {
            call();
        }
        return given;
    }

    const std::size_t capacity;
    std::mutex mutex; ///< guards what follows
    std::condition_variable changed;
    std::string queue;
    std::optional<Error> error;
    std::function<void()> wake;
    std::function<void()> room;
    bool ended = false;
    bool closed = false;
};

BodyPipe::BodyPipe(std::size_t capacity)
    : m_state(std::make_shared<State>(capacity))
{
}

Source BodyPipe::source() const
{
    // Closes the queue when the request lets go of its source.
    const std::shared_ptr<State> reader(m_state.get(),
                                        [state = m_state](State *) { state->close(); });
    return [reader](std::span<char> into) { return reader->give(into); };
}

void BodyPipe::setWake(std::function<void()> wake) const
{
    {
        const std::scoped_lock lock(m_state->mutex);
        m_state->wake = std::move(wake);
    }
    m_state->wakeReader(); // what came before it
}

std::size_t BodyPipe::offer(std::string_view bytes) const
{
    std::size_t taken = 0;
    {
        const std::scoped_lock lock(m_state->mutex);
        taken = m_state->take(bytes);
    }
    if (taken > 0) {
        m_state->wakeReader();
    }
    return taken;
}

bool BodyPipe::write(std::string_view bytes) const
{
    while (!bytes.empty()) {
        {
            std::unique_lock lock(m_state->mutex);
            m_state->changed.wait(lock, [this] {
                return m_state->closed || m_state->ended ||
                       m_state->queue.size() < m_state->capacity;
            });
            if (m_state->closed || m_state->ended) {
                return false;
            }
            bytes.remove_prefix(m_state->take(bytes));
        }
        m_state->wakeReader();
    }
    return !isClosed();
}

void BodyPipe::finish() const
{
    {
        const std::scoped_lock lock(m_state->mutex);
        m_state->ended = true;
    }
    m_state->changed.notify_all();
    m_state->wakeReader();
}

void BodyPipe::fail(Error error) const
{
    {
        const std::scoped_lock lock(m_state->mutex);
        m_state->error = std::move(error);
        m_state->ended = true;
    }
    m_state->changed.notify_all();
    m_state->wakeReader();
}

bool BodyPipe::isClosed() const
{
    const std::scoped_lock lock(m_state->mutex);
    return m_state->closed;
}

void BodyPipe::setRoom(std::function<void()> room) const
{
    const std::scoped_lock lock(m_state->mutex);
    m_state->room = std::move(room);
}

} // namespace roadstead::http
