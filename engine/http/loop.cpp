// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/http/loop.h"

#include "engine/http/transfer.h"
#include "engine/http/upgrade.h"

#include <algorithm>
#include <chrono>
#include <ranges>

namespace roadstead::http {

namespace {

bool initialiseCurl()
{
    static const bool done = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
    return done;
}

} // namespace

Loop::Loop()
    : m_multi(initialiseCurl() ? curl_multi_init() : nullptr)
{
    constexpr long idleConnections = 8;
    curl_multi_setopt(m_multi.get(), CURLMOPT_MAXCONNECTS, idleConnections);
    m_thread = std::thread([this] { run(); });
}

Loop::~Loop()
{
    stop();
}

std::uint64_t Loop::add(Request request, std::variant<Completion, Sink> receiver)
{
    return add([&](std::uint64_t id) {
        return std::make_unique<Transfer>(id, std::move(request), std::move(receiver));
    });
}

std::uint64_t Loop::add(Request request, Source input, Sink sink)
{
    return add([&](std::uint64_t id) {
        return std::make_unique<Upgrade>(id, std::move(request), std::move(input), std::move(sink));
    });
}

std::uint64_t Loop::add(const std::function<std::unique_ptr<Exchange>(std::uint64_t)> &make)
{
    const std::scoped_lock lock(m_mutex);
    const std::uint64_t id = ++m_lastId;
    m_new.push_back(make(id));
    curl_multi_wakeup(m_multi.get());
    return id;
}

void Loop::cancel(std::uint64_t id)
{
    ask({id, Wish::Cancel});
}

void Loop::resume(std::uint64_t id)
{
    ask({id, Wish::Resume});
}

void Loop::supply(std::uint64_t id)
{
    ask({id, Wish::Supply});
}

void Loop::ask(Asked asked)
{
    const std::scoped_lock lock(m_mutex);
    if (!m_stopping) {
        m_asked.push_back(asked);
        curl_multi_wakeup(m_multi.get());
    }
}

void Loop::stop()
{
    {
        const std::scoped_lock lock(m_mutex);
        m_stopping = true;
        curl_multi_wakeup(m_multi.get());
    }
    if (m_thread.joinable()) {
        m_thread.join();
    }
}

void Loop::run()
{
    while (takeWork()) {
        int running = 0;
        curl_multi_perform(m_multi.get(), &running);
        collectFinished();
        endOverdue();
        wait();
    }
    // A callback may send anew; what comes then ends in the same way.
    do {
        while (!m_exchanges.empty()) {
            const auto &exchange = *m_exchanges.begin()->second;
            end(exchange.id(), std::unexpected(exchange.error(ErrorKind::Cancelled)));
        }
        takeWork();
    } while (!m_exchanges.empty() || hasNewWork());
}

bool Loop::hasNewWork()
{
    const std::scoped_lock lock(m_mutex);
    return !m_new.empty();
}

/// Takes over what other threads asked for; false when the loop shall end.
bool Loop::takeWork()
{
    std::vector<std::unique_ptr<Exchange>> added;
    std::vector<Asked> asked;
    bool stopping = false;
    {
        const std::scoped_lock lock(m_mutex);
        added.swap(m_new);
        asked.swap(m_asked);
        stopping = m_stopping;
    }
    for (auto &exchange : added) {
        begin(std::move(exchange));
    }
    for (const Asked &wish : asked) {
        fulfil(wish);
    }
    return !stopping;
}

void Loop::begin(std::unique_ptr<Exchange> exchange)
{
    Result<void> prepared = exchange->prepare(m_programs);
    if (prepared && curl_multi_add_handle(m_multi.get(), exchange->easy()) != CURLM_OK) {
        prepared = std::unexpected(exchange->error(ErrorKind::Internal, "curl_multi_add_handle"));
    }
    if (!prepared) {
        exchange->finish(std::unexpected(prepared.error()));
        return;
    }
    const std::uint64_t id = exchange->id();
    m_exchanges.emplace(id, std::move(exchange));
}

void Loop::fulfil(const Asked &asked)
{
    const auto found = m_exchanges.find(asked.id);
    if (found == m_exchanges.end()) {
        return;
    }
    if (asked.wish == Wish::Resume) {
        found->second->resume();
        return;
    }
    if (asked.wish == Wish::Supply) {
        found->second->supply();
        service(asked.id);
        return;
    }
    end(asked.id, std::unexpected(found->second->error(ErrorKind::Cancelled)));
}

void Loop::collectFinished()
{
    int left = 0;
    while (CURLMsg *message = curl_multi_info_read(m_multi.get(), &left)) {
        if (message->msg != CURLMSG_DONE) {
            continue;
        }
        char *self = nullptr;
        curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &self);
        // CURLINFO_PRIVATE is declared as text whatever it points to.
        auto *exchange = reinterpret_cast<Exchange *>(self);
        if (auto result = exchange->done(message->data.result)) {
            end(exchange->id(), *std::move(result));
        } else {
            service(exchange->id());
        }
    }
}

/// Waits for curl's sockets and for those of upgraded connections, which are no longer curl's.
void Loop::wait()
{
    std::vector<curl_waitfd> descriptors;
    std::vector<std::uint64_t> ids;
    for (const auto &[id, exchange] : m_exchanges) {
        if (const auto wanted = exchange->wanted()) {
            descriptors.push_back(*wanted);
            ids.push_back(id);
        }
    }
    curl_multi_poll(m_multi.get(), descriptors.data(),
                    static_cast<unsigned int>(descriptors.size()), pollTimeout(), nullptr);
    for (std::size_t i = 0; i < ids.size(); ++i) {
        if (descriptors[i].revents != 0) {
            service(ids[i]);
        }
    }
}

void Loop::service(std::uint64_t id)
{
    const auto found = m_exchanges.find(id);
    if (found == m_exchanges.end()) {
        return;
    }
    if (auto result = found->second->service()) {
        end(id, *std::move(result));
    }
}

void Loop::endOverdue()
{
    const auto now = std::chrono::steady_clock::now();
    std::vector<std::uint64_t> overdue;
    for (const auto &[id, exchange] : m_exchanges) {
        if (const auto deadline = exchange->deadline(); deadline && *deadline <= now) {
            overdue.push_back(id);
        }
    }
    for (const std::uint64_t id : overdue) {
        const auto found = m_exchanges.find(id);
        end(id, std::unexpected(found->second->error(ErrorKind::NotAnswering)));
    }
}

int Loop::pollTimeout()
{
    using namespace std::chrono;
    constexpr milliseconds longest = hours(1);
    milliseconds timeout = m_programs.tend().value_or(longest);
    const auto now = steady_clock::now();
    for (const auto &exchange : m_exchanges | std::views::values) {
        if (const auto deadline = exchange->deadline()) {
            timeout = std::min(timeout, ceil<milliseconds>(*deadline - now));
        }
    }
    return static_cast<int>(std::max(timeout, milliseconds::zero()).count());
}

void Loop::end(std::uint64_t id, Result<Response> result)
{
    auto node = m_exchanges.extract(id);
    if (node.empty()) {
        return;
    }
    curl_multi_remove_handle(m_multi.get(), node.mapped()->easy());
    node.mapped()->finish(std::move(result));
}

} // namespace roadstead::http
