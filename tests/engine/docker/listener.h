// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/docker/client.h"
#include "engine/http/handle.h"
#include "tests/support/watched.h"

#include <memory>
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
        return {.opened = [heard = m_heard] { heard->change([](Heard &now) { now.open = true; }); },
                .event =
                    [heard = m_heard](const docker::Event &event) {
                        heard->change([&](Heard &now) { now.events.push_back(event); });
                        return http::Flow::Continue;
                    },
                .end = ending()};
    }
    docker::LogSink logs()
    {
        return {.data =
                    [heard = m_heard](docker::LogStream, std::string_view bytes) {
                        heard->change([&](Heard &now) { now.text.append(bytes); });
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
        return m_heard->wait([](const Heard &now) { return now.open; });
    }
    bool waitEvents(std::size_t count)
    {
        return m_heard->wait([&](const Heard &now) { return now.events.size() >= count; });
    }
    bool waitText(const std::string &text)
    {
        return m_heard->wait([&](const Heard &now) { return now.text == text; });
    }
    std::optional<ErrorKind> waitFailure()
    {
        m_heard->wait([](const Heard &now) { return now.end.has_value(); });
        const auto end = m_heard->now().end;
        return end && !*end ? std::optional(end->error().kind) : std::nullopt;
    }
    std::vector<docker::Event> taken() { return m_heard->now().events; }

private:
    struct Heard
    {
        std::vector<docker::Event> events;
        std::string text;
        std::optional<Result<void>> end;
        bool open = false;
    };

    docker::Callback<void> ending()
    {
        return [heard = m_heard](const Result<void> &end) {
            heard->change([&](Heard &now) { now.end = end; });
        };
    }

    std::shared_ptr<Watched<Heard>> m_heard = std::make_shared<Watched<Heard>>();
};

} // namespace roadstead::test
