// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/http/loop.h"

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
    const std::scoped_lock lock(m_mutex);
    const std::uint64_t id = ++m_lastId;
    m_new.push_back(std::make_unique<Transfer>(id, std::move(request), std::move(receiver)));
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
        curl_multi_poll(m_multi.get(), nullptr, 0, pollTimeout(), nullptr);
    }
    // A callback may send anew; what comes then ends in the same way.
    do {
        while (!m_transfers.empty()) {
            const auto &transfer = *m_transfers.begin()->second;
            end(transfer.id(), std::unexpected(transfer.error(ErrorKind::Cancelled)));
        }
        takeWork();
    } while (!m_transfers.empty() || hasNewWork());
}

bool Loop::hasNewWork()
{
    const std::scoped_lock lock(m_mutex);
    return !m_new.empty();
}

/// Takes over what other threads asked for; false when the loop shall end.
bool Loop::takeWork()
{
    std::vector<std::unique_ptr<Transfer>> added;
    std::vector<Asked> asked;
    bool stopping = false;
    {
        const std::scoped_lock lock(m_mutex);
        added.swap(m_new);
        asked.swap(m_asked);
        stopping = m_stopping;
    }
    for (auto &transfer : added) {
        begin(std::move(transfer));
    }
    for (const Asked &wish : asked) {
        fulfil(wish);
    }
    return !stopping;
}

void Loop::begin(std::unique_ptr<Transfer> transfer)
{
    Result<void> prepared = transfer->prepare();
    if (prepared && curl_multi_add_handle(m_multi.get(), transfer->easy()) != CURLM_OK) {
        prepared = std::unexpected(transfer->error(ErrorKind::Internal, "curl_multi_add_handle"));
    }
    if (!prepared) {
        transfer->finish(std::unexpected(prepared.error()));
        return;
    }
    const std::uint64_t id = transfer->id();
    m_transfers.emplace(id, std::move(transfer));
}

void Loop::fulfil(const Asked &asked)
{
    const auto found = m_transfers.find(asked.id);
    if (found == m_transfers.end()) {
        return;
    }
    if (asked.wish == Wish::Resume) {
        found->second->resume();
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
        auto *transfer = reinterpret_cast<Transfer *>(self);
        end(transfer->id(), transfer->outcome(message->data.result));
    }
}

void Loop::endOverdue()
{
    const auto now = std::chrono::steady_clock::now();
    std::vector<std::uint64_t> overdue;
    for (const auto &[id, transfer] : m_transfers) {
        if (const auto deadline = transfer->deadline(); deadline && *deadline <= now) {
            overdue.push_back(id);
        }
    }
    for (const std::uint64_t id : overdue) {
        const auto found = m_transfers.find(id);
        end(id, std::unexpected(found->second->error(ErrorKind::NotAnswering)));
    }
}

int Loop::pollTimeout() const
{
    using namespace std::chrono;
    constexpr milliseconds longest = hours(1);
    milliseconds timeout = longest;
    const auto now = steady_clock::now();
    for (const auto &transfer : m_transfers | std::views::values) {
        if (const auto deadline = transfer->deadline()) {
            timeout = std::min(timeout, ceil<milliseconds>(*deadline - now));
        }
    }
    return static_cast<int>(std::max(timeout, milliseconds::zero()).count());
}

void Loop::end(std::uint64_t id, Result<Response> result)
{
    auto node = m_transfers.extract(id);
    if (node.empty()) {
        return;
    }
    curl_multi_remove_handle(m_multi.get(), node.mapped()->easy());
    node.mapped()->finish(std::move(result));
}

} // namespace roadstead::http
