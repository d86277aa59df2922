// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/http/exchange.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <unordered_map>
#include <variant>
#include <vector>

#include <curl/curl.h>

namespace roadstead::http {

/// The curl thread: owns all exchanges, and everything of curl, while it runs. add(), cancel(),
/// resume(), supply() and stop() are thread-safe; the rest is the thread's own.
class Loop
{
public:
    Loop();
    ~Loop();
    Loop(const Loop &) = delete;
    Loop &operator=(const Loop &) = delete;

    /// Returns the id of the request.
    std::uint64_t add(Request request, std::variant<Completion, Sink> receiver);
    /// The same for a connection that is to be upgraded.
    std::uint64_t add(Request request, Source input, Sink sink);
    void cancel(std::uint64_t id);
    void resume(std::uint64_t id);
    void supply(std::uint64_t id);
    /// Ends everything and joins the thread. Not from within a callback.
    void stop();

private:
    enum class Wish { Cancel, Resume, Supply };
    struct Asked
    {
        std::uint64_t id;
        Wish wish;
    };
    struct MultiDeleter
    {
        void operator()(CURLM *multi) const { curl_multi_cleanup(multi); }
    };

    std::uint64_t add(const std::function<std::unique_ptr<Exchange>(std::uint64_t)> &make);
    void ask(Asked asked);
    void run();
    bool takeWork();
    bool hasNewWork();
    void begin(std::unique_ptr<Exchange> exchange);
    void fulfil(const Asked &asked);
    void collectFinished();
    void wait();
    void service(std::uint64_t id);
    void endOverdue();
    [[nodiscard]] int pollTimeout();
    void end(std::uint64_t id, Result<Response> result);

    Programs m_programs; ///< outlives the connections, which are curl's
    std::unique_ptr<CURLM, MultiDeleter> m_multi;
    std::unordered_map<std::uint64_t, std::unique_ptr<Exchange>> m_exchanges;

    std::mutex m_mutex; ///< guards what follows
    std::vector<std::unique_ptr<Exchange>> m_new;
    std::vector<Asked> m_asked;
    std::uint64_t m_lastId = 0;
    bool m_stopping = false;

    std::thread m_thread;
};

} // namespace roadstead::http
