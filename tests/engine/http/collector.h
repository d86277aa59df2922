// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/http/client.h"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <string>

namespace roadstead::test {

/// Receives a stream, pausing on demand. Must outlive the stream. Thread-safe.
class Collector
{
public:
    http::Sink sink()
    {
        return {.head =
                    [this](const http::Response &response) {
                        const std::scoped_lock lock(m_mutex);
                        m_status = response.status;
                        m_changed.notify_all();
                    },
                .data =
                    [this](std::string_view bytes) {
                        const std::scoped_lock lock(m_mutex);
                        m_data.append(bytes);
                        m_changed.notify_all();
                        return m_pausing ? http::Flow::Pause : http::Flow::Continue;
                    },
                .end =
                    [this](Result<http::Response> result) {
                        const std::scoped_lock lock(m_mutex);
                        m_end = std::move(result);
                        m_changed.notify_all();
                    }};
    }
    void setPausing(bool pausing)
    {
        const std::scoped_lock lock(m_mutex);
        m_pausing = pausing;
    }
    template<typename Predicate>
    bool wait(Predicate predicate, std::chrono::milliseconds patience = std::chrono::seconds(20))
    {
        std::unique_lock lock(m_mutex);
        return m_changed.wait_for(lock, patience, predicate);
    }
    bool waitData(std::size_t bytes)
    {
        return wait([this, bytes] { return m_data.size() >= bytes; });
    }
    std::optional<Result<http::Response>>
    waitEnd(std::chrono::milliseconds patience = std::chrono::seconds(20))
    {
        wait([this] { return m_end.has_value(); }, patience);
        return m_end;
    }
    std::size_t size()
    {
        const std::scoped_lock lock(m_mutex);
        return m_data.size();
    }
    int status()
    {
        const std::scoped_lock lock(m_mutex);
        return m_status;
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::string m_data;
    std::optional<Result<http::Response>> m_end;
    int m_status = 0;
    bool m_pausing = false;
};

} // namespace roadstead::test
