// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/docker/client.h"
#include "tests/support/watched.h"

#include <memory>
#include <optional>
#include <string>

namespace roadstead::test {

/// A terminal that keeps what it is told. The conversation may outlive it. Thread-safe.
class Terminal
{
public:
    docker::TerminalSink sink()
    {
        return {.opened =
                    [said = m_said](const std::string &id) {
                        said->change([&](Said &now) { now.id = id; });
                    },
                .data =
                    [said = m_said](docker::LogStream, std::string_view bytes) {
                        said->change([&](Said &now) { now.text.append(bytes); });
                        return http::Flow::Continue;
                    },
                .end =
                    [said = m_said](const Result<int> &end) {
                        said->change([&](Said &now) { now.end = end; });
                    }};
    }
    /// The id of what is spoken with, once that is possible; empty when it never was.
    std::string opened()
    {
        m_said->wait([](const Said &now) { return now.id || now.end; });
        return m_said->now().id.value_or(std::string());
    }
    Result<int> end()
    {
        m_said->wait([](const Said &now) { return now.end.has_value(); });
        return m_said->now().end.value_or(failure(ErrorKind::NotAnswering, "test", "test gave up"));
    }
    bool hasEnded() { return m_said->now().end.has_value(); }
    bool waitText(const std::string &text)
    {
        return m_said->wait([&](const Said &now) { return now.text == text; });
    }
    std::string text() { return m_said->now().text; }

private:
    struct Said
    {
        std::optional<std::string> id;
        std::optional<Result<int>> end;
        std::string text;
    };

    std::shared_ptr<Watched<Said>> m_said = std::make_shared<Watched<Said>>();
};

} // namespace roadstead::test
