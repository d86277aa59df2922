// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/log_ingest.h"

#include "engine/store/log_level.h"

#include <algorithm>
#include <functional>
#include <utility>

namespace roadstead::service {

namespace {

constexpr std::size_t pauseAbove = std::size_t(4) << 20U;
constexpr std::size_t resumeBelow = std::size_t(1) << 20U;
constexpr std::size_t wakeAbove = std::size_t(128) << 10U;
constexpr std::size_t itemSize = std::size_t(64) << 10U;
constexpr std::size_t longestLine = std::size_t(64) << 10U;

} // namespace

LogIngest::LogIngest(std::shared_ptr<store::LineStore> store, Listener listener, std::int64_t tail)
    : m_store(std::move(store))
    , m_listener(std::move(listener))
    , m_tail(tail)
    , m_thread([this] { run(); })
{
}

LogIngest::~LogIngest() = default;

void LogIngest::stop()
{
    {
        const std::scoped_lock lock(m_mutex);
        m_stopping = true;
        m_items.clear();
    }
    m_wake.notify_one();
    if (m_thread.joinable()) {
        m_thread.join();
    }
}

docker::Flow LogIngest::take(const Source &from, std::string_view bytes)
{
    const std::scoped_lock lock(m_mutex);
    if (m_stopping) {
        return docker::Flow::Stop;
    }
    // Engines send a line at a time: neither is memory got nor the thread woken for each of a page,
    // which is of use as a whole only.
    if (m_items.empty() || m_items.back().from != from || m_items.back().end ||
        m_items.back().bytes.size() + bytes.size() > itemSize) {
        m_items.push_back({from, {}, {}});
    }
    m_items.back().bytes += bytes;
    m_queued += bytes.size();
    if (from.part == Part::Newest || m_queued >= wakeAbove) {
        m_wake.notify_one();
    }
    m_paused = m_paused || m_queued > pauseAbove;
    return m_queued > pauseAbove ? docker::Flow::Pause : docker::Flow::Continue;
}

void LogIngest::end(const Source &from, Result<void> result)
{
    const std::scoped_lock lock(m_mutex);
    if (!m_stopping) {
        m_items.push_back({from, {}, std::move(result)});
        m_wake.notify_one();
    }
}

void LogIngest::setCall(Part part, docker::Call call)
{
    const std::scoped_lock lock(m_mutex);
    m_calls.at(std::size_t(part)) = std::move(call);
    if (m_paused && m_queued < resumeBelow) {
        m_paused = false;
        m_calls.at(std::size_t(part)).resume();
    }
}

void LogIngest::run()
{
    while (true) {
        std::deque<Item> items;
        {
            std::unique_lock lock(m_mutex);
            m_wake.wait(lock, [this] { return m_stopping || !m_items.empty(); });
            if (m_stopping) {
                return;
            }
            items.swap(m_items);
        }
        for (Item &item : items) {
            handle(item);
            const std::scoped_lock lock(m_mutex);
            m_queued -= item.bytes.size();
            if (m_stopping) {
                return;
            }
            if (m_paused && m_queued < resumeBelow) {
                m_paused = false;
                std::ranges::for_each(m_calls, &docker::Call::resume);
            }
        }
        if (const auto flushed = m_store->flush(); !flushed) {
            fail(flushed.error());
        }
        m_since = m_memory.since();
        if (std::exchange(m_grew, false)) {
            m_listener.grown();
        }
    }
}

void LogIngest::fail(const Error &error)
{
    if (!m_error) {
        m_error = error;
        const std::scoped_lock lock(m_mutex);
        std::ranges::for_each(m_calls, &docker::Call::cancel);
    }
}

void LogIngest::handle(Item &item)
{
    item.from.part == Part::Newest ? takeNewest(item) : takeOlder(item);
}

void LogIngest::takeNewest(Item &item)
{
    m_grew = true;
    if (std::exchange(m_stream, item.from.stream) != item.from.stream || !m_newest) {
        m_newest.emplace(longestLine);
        m_memory.resume();
        m_brought = 0;
    }
    if (!item.end) {
        m_newest->feed(item.from.source, item.bytes,
                       [this](const CutLine &line) { addNewest(line); });
        return;
    }
    endNewest(item);
}

void LogIngest::endNewest(const Item &item)
{
    if (item.end->has_value()) { // what a cut left behind comes again, whole
        m_newest->finish([this](const CutLine &line) { addNewest(line); });
    }
    m_newest.reset();
    if (m_brought >= m_tail) {
        m_memory.setBegunInTheMiddle();
    }
    if (const auto flushed = m_store->flush(); !flushed) {
        fail(flushed.error());
    }
    m_since = m_memory.since();
    m_listener.ended({item.from.stream, Part::Newest,
                      m_error ? std::unexpected(*m_error) : *item.end, m_brought});
}

store::NewLine LogIngest::levelled(const CutLine &line, std::array<store::LineLevel, 2> &last) const
{
    store::NewLine made{line.time, line.stream, store::levelOf(line.text), 0, line.text};
    store::LineLevel &before = last.at(std::size_t(line.stream));
    const bool indented = line.text.starts_with(' ') || line.text.starts_with('\t');
    if (made.level == store::LineLevel::None && indented && before != store::LineLevel::None) {
        made.level = before;
        made.flags = store::lineContinues;
    }
    before = made.level;
    return made;
}

void LogIngest::addNewest(const CutLine &line)
{
    if (m_error || !m_memory.isNew(line)) {
        return;
    }
    m_entries += line.entries;
    ++m_brought;
    if (const auto kept = m_store->append(levelled(line, m_lastLevels)); !kept) {
        fail(kept.error());
    }
}

void LogIngest::takeOlder(Item &item)
{
    if (std::exchange(m_page, item.from.stream) != item.from.stream || !m_older) {
        beginOlder();
    }
    if (!item.end) {
        m_older->feed(item.from.source, item.bytes,
                      [this](const CutLine &line) { addOlder(line); });
        return;
    }
    if (item.end->has_value()) {
        m_older->finish([this](const CutLine &line) { addOlder(line); });
    }
    m_older.reset();
    endOlder(item);
}

void LogIngest::beginOlder()
{
    m_older.emplace(longestLine);
    m_pageLines.clear();
    m_store->dropOlder();
    m_pageLevels = {};
    m_pageEntries = 0;
    m_pageBytes = 0;
    m_pageError.reset();
    store::LineNumber first = m_store->range().first;
    const auto record = m_store->records(first, first + 1);
    m_pageUntil = record && !record->empty() ? record->front().time : 0;
}

/// What is before the time of the store's first line is surely older: it costs no memory.
void LogIngest::addOlder(const CutLine &line)
{
    if (m_error || m_pageError) {
        return;
    }
    m_pageBytes += line.text.size() + 1 + sizeof(store::LineRecord);
    if (m_pageBytes > m_store->room()) {
        m_pageError =
            Error{ErrorKind::DiskFull, 0, "larger than what is kept of a log", "log.older"};
        const std::scoped_lock lock(m_mutex);
        m_calls.at(std::size_t(Part::Older)).cancel();
        return;
    }
    const auto record = m_store->stage(levelled(line, m_pageLevels));
    if (!record) {
        fail(record.error());
        return;
    }
    if (!m_pageLines.empty() || line.time >= m_pageUntil) {
        m_pageLines.push_back({keyOf(line), *record, line.entries});
        return;
    }
    m_pageEntries += line.entries;
    if (const auto kept = m_store->keepOlder(*record); !kept) {
        fail(kept.error());
    }
}

/// How many lines of the page are older than the store's first one: what follows them is the
/// store's own beginning, in the engine's order.
std::size_t LogIngest::ownPart() const
{
    std::vector<LineKey> own;
    const store::LineRange range = m_store->range();
    const auto size = std::int64_t(m_pageLines.size());
    const auto read = m_store->read(
        range.first, std::min(range.end, range.first + size),
        [&](store::LineNumber, const store::LineRecord &record, std::string_view text) {
            own.push_back({record.time, std::hash<std::string_view>()(text), record.stream});
            return record.time <= m_pageLines.back().key.time;
        });
    if (!read || own.empty()) {
        return m_pageLines.size();
    }
    for (std::size_t begin = 0; begin < m_pageLines.size(); ++begin) {
        const std::size_t rest = m_pageLines.size() - begin;
        if (rest <= own.size() && m_pageLines[begin].key == own.front() &&
            std::equal(own.begin(), own.begin() + std::ptrdiff_t(rest),
                       m_pageLines.begin() + std::ptrdiff_t(begin),
                       [](const LineKey &key, const PageLine &line) { return key == line.key; })) {
            return begin;
        }
    }
    const auto sameTime = [&](const PageLine &line) { return line.key.time >= own.front().time; };
    return std::size_t(std::ranges::find_if(m_pageLines, sameTime) - m_pageLines.begin());
}

Result<void> LogIngest::keepOlderLines()
{
    if (m_pageLines.empty()) {
        return {};
    }
    m_pageLines.resize(ownPart());
    for (const PageLine &line : m_pageLines) {
        if (const auto kept = m_store->keepOlder(line.record); !kept) {
            return kept;
        }
        m_pageEntries += line.entries;
    }
    return {};
}

void LogIngest::endOlder(const Item &item)
{
    Ended ended{item.from.stream, Part::Older, *item.end, 0};
    if (m_error || m_pageError) {
        ended.result = std::unexpected(m_error ? *m_error : *m_pageError);
    }
    // Newer lines that came before are published first: a page ends where they begin.
    if (const auto flushed = m_store->flush(); !flushed) {
        ended.result = flushed;
    }
    if (ended.result) {
        ended.result = keepOlderLines();
    }
    if (ended.result) {
        const auto published = m_store->publishOlder();
        if (published) {
            m_entries += m_pageEntries;
            ended.lines = *published;
            m_grew = true;
        } else {
            ended.result = std::unexpected(published.error());
        }
    } else {
        m_store->dropOlder();
    }
    m_pageLines.clear();
    m_pageLines.shrink_to_fit();
    m_listener.ended(ended);
}

docker::LogSink LogIngest::sink(std::uint64_t stream, Part part)
{
    docker::LogSink sink;
    sink.data = [self = shared_from_this(), stream, part](docker::LogStream source,
                                                          std::string_view bytes) {
        return self->take({stream, part, source}, bytes);
    };
    sink.end = [self = shared_from_this(), stream, part](Result<void> result) {
        self->end({stream, part, docker::LogStream::Stdout}, std::move(result));
    };
    return sink;
}

} // namespace roadstead::service
