// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/docker/client.h"
#include "engine/service/log_cutter.h"
#include "engine/service/log_memory.h"
#include "engine/store/line_store.h"

#include <array>
#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace roadstead::service {

/// Writes what streams of a log bring into a store, in a thread of its own: cuts it into lines,
/// finds their levels, drops what is known already. Streams come one after the other; a page of
/// older lines may come beside them. Holds at most a few mebibytes: a stream that is faster than
/// the disk is paused. Functions are thread-safe.
class LogIngest : public std::enable_shared_from_this<LogIngest>
{
public:
    enum class Part { Newest, Older };

    /// What became of a stream, once all that it brought is in the store.
    struct Ended
    {
        std::uint64_t stream = 0;
        Part part = Part::Newest;
        Result<void> result;
        std::int64_t lines = 0; ///< that it brought
    };
    struct Listener
    {
        std::function<void()> grown; ///< the store has more; called by the thread
        std::function<void(const Ended &)> ended;
    };

    /// `tail`: lines that the first stream is asked for; as many do not begin at the log's start.
    LogIngest(std::shared_ptr<store::LineStore> store, Listener listener, std::int64_t tail);
    ~LogIngest();
    /// Waits for the piece under way, then takes and tells nothing any more. Before the last owner
    /// goes; not from the thread itself.
    void stop();
    LogIngest(const LogIngest &) = delete;
    LogIngest &operator=(const LogIngest &) = delete;

    /// The sink of a stream that begins; it owns the ingest, too.
    docker::LogSink sink(std::uint64_t stream, Part part);
    /// The call that feeds a part, to be resumed after a pause.
    void setCall(Part part, docker::Call call);

    /// From when on a stream has to be asked for; 0 = from the start.
    [[nodiscard]] std::int64_t since() const { return m_since; }
    /// Entries of the engine's log from the oldest line of the store on.
    [[nodiscard]] std::int64_t entries() const { return m_entries; }

private:
    struct Source
    {
        std::uint64_t stream = 0;
        Part part = Part::Newest;
        docker::LogStream source = docker::LogStream::Stdout;
        bool operator==(const Source &) const = default;
    };
    struct Item
    {
        Source from;
        std::string bytes;
        std::optional<Result<void>> end;
    };
    /// A line of a page that may be the store's own first one, or follow it.
    struct PageLine
    {
        LineKey key;
        store::LineRecord record;
        int entries = 1;
    };

    docker::Flow take(const Source &from, std::string_view bytes);
    void end(const Source &from, Result<void> result);
    void run();
    void handle(Item &item);
    void takeNewest(Item &item);
    void takeOlder(Item &item);
    void addNewest(const CutLine &line);
    void addOlder(const CutLine &line);
    void endNewest(const Item &item);
    void beginOlder();
    void endOlder(const Item &item);
    Result<void> keepOlderLines();
    std::size_t ownPart() const;
    store::NewLine levelled(const CutLine &line, std::array<store::LineLevel, 2> &last) const;
    void fail(const Error &error);

    const std::shared_ptr<store::LineStore> m_store;
    const Listener m_listener;
    const std::int64_t m_tail;
    std::atomic<std::int64_t> m_since = 0;
    std::atomic<std::int64_t> m_entries = 0;

    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<Item> m_items;
    std::size_t m_queued = 0; ///< bytes
    bool m_paused = false;
    bool m_stopping = false;
    std::array<docker::Call, 2> m_calls;

    // Of the thread.
    LogMemory m_memory;
    std::uint64_t m_stream = 0;
    std::uint64_t m_page = 0;
    std::optional<LogCutter> m_newest;
    std::optional<LogCutter> m_older;
    std::vector<PageLine> m_pageLines; ///< the last ones; those before are kept by the store
    std::int64_t m_pageUntil = 0;      ///< time of the store's first line
    std::int64_t m_pageEntries = 0;
    std::uint64_t m_pageBytes = 0;
    std::optional<Error> m_pageError;
    std::array<store::LineLevel, 2> m_lastLevels{};
    std::array<store::LineLevel, 2> m_pageLevels{};
    std::int64_t m_brought = 0;
    bool m_grew = false;          ///< since the listener was told
    std::optional<Error> m_error; ///< the store takes no more
    std::thread m_thread;
};

} // namespace roadstead::service
