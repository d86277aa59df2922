// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/docker/client.h"
#include "engine/http/handle.h"

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace roadstead::test {

/// Events, log bytes or the end of a stream as they come. The stream may outlive it. Thread-safe.
class Listener
{
public:
    docker::EventSink events()
    {
        return {.opened = [state = m_state] { state->change([&] { state->open = true; }); },
                .event =
                    [state = m_state](const docker::Event &event) {
                        state->change([&] { state->events.push_back(event); });
                        return http::Flow::Continue;
                    },
                .end = ending()};
    }
    docker::LogSink logs()
    {
        return {.data =
                    [state = m_state](docker::LogStream, std::string_view bytes) {
                        state->change([&] { state->text.append(bytes); });
                        return http::Flow::Continue;
                    },
                .end = ending()};
    }
    docker::UsageSink usage()
    {
        return {.usage = [](const docker::ContainerUsage &) {}, .end = ending()};
    }
    bool waitOpen()
    {
        return m_state->wait([this] { return m_state->open; });
    }
    bool waitEvents(std::size_t count)
    {
        return m_state->wait([&] { return m_state->events.size() >= count; });
    }
    bool waitText(const std::string &text)
    {
        return m_state->wait([&] { return m_state->text == text; });
    }
    std::optional<ErrorKind> waitFailure()
    {
        m_state->wait([this] { return m_state->end.has_value(); });
        const std::scoped_lock lock(m_state->mutex);
        const auto &end = m_state->end;
        return end && !*end ? std::optional(end->error().kind) : std::nullopt;
    }
    std::vector<docker::Event> taken()
    {
        const std::scoped_lock lock(m_state->mutex);
        return m_state->events;
    }

private:
    struct State
    {
        template<typename Change>
        void change(Change apply)
        {
            const std::scoped_lock lock(mutex);
            apply();
            changed.notify_all();
        }
        template<typename Predicate>
        bool wait(Predicate predicate)
        {
            std::unique_lock lock(mutex);
            return changed.wait_for(lock, std::chrono::seconds(90),
                                    predicate); // sanitizers on a busy machine
        }

        std::mutex mutex;
        std::condition_variable changed;
        std::vector<docker::Event> events;
        std::string text;
        std::optional<Result<void>> end;
        bool open = false;
    };

    docker::Callback<void> ending()
    {
        return [state = m_state](const Result<void> &end) {
            state->change([&] { state->end = end; });
        };
    }

    std::shared_ptr<State> m_state = std::make_shared<State>();
};

} // namespace roadstead::test
