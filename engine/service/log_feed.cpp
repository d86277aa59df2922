// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/log_feed.h"

#include "engine/service/mailbox.h"

#include <QThreadPool>

#include <algorithm>
#include <atomic>
#include <utility>

namespace roadstead::service {

namespace {

/// Engines write the lines of both streams slightly out of order: a page overlaps what is there.
constexpr std::int64_t overlap = 10'000'000;

bool saysUnreadable(const Error &error)
{
    return error.detail.contains("does not support reading");
}

} // namespace

LogFeed::LogFeed(LogSource source, std::shared_ptr<store::LineStore> store, const LogTiming &timing,
                 QObject *parent)
    : QObject(parent)
    , m_source(std::move(source))
    , m_store(std::move(store))
    , m_timing(timing)
    , m_mailbox(std::make_shared<Mailbox>(this))
    , m_linesChanged(timing.signalSpacing, [this] { Q_EMIT linesChanged(); })
    , m_page(timing.page)
{
    // One message at a time: the thread is faster than the GUI.
    auto told = std::make_shared<std::atomic<bool>>(false);
    m_ingest = std::make_shared<LogIngest>(
        m_store,
        LogIngest::Listener{[this, told, box = m_mailbox] {
                                if (!told->exchange(true)) {
                                    box->post([this, told] {
                                        *told = false;
                                        m_linesChanged.call();
                                    });
                                }
                            },
                            [this, box = m_mailbox](const LogIngest::Ended &end) {
                                box->post([this, end] { ended(end); });
                            }},
        timing.tail);
    m_retry.setSingleShot(true);
    connect(&m_retry, &QTimer::timeout, this, &LogFeed::start);
}

LogFeed::~LogFeed()
{
    m_mailbox->close();
    m_call.cancel();
    m_olderCall.cancel();
    // The disk may be slow: not for the GUI to wait for.
    QThreadPool::globalInstance()->start([ingest = std::move(m_ingest)] { ingest->stop(); });
}

void LogFeed::open()
{
    if (!std::exchange(m_open, true)) {
        start();
    }
}

void LogFeed::close()
{
    m_open = false;
    m_retry.stop();
    m_streaming = false;
    ++m_streams;
    m_call.cancel();
}

void LogFeed::setAlive(bool alive)
{
    if (std::exchange(m_alive, alive) != alive && alive && m_loaded) {
        start();
    }
}

void LogFeed::setLive(bool live)
{
    if (std::exchange(m_live, live) != live && live) {
        m_backOff = {};
        start();
    }
}

/// The newest lines first, as a stream with an end: a follower of a silent container would never
/// tell that there are none.
void LogFeed::start()
{
    if (!m_open || m_streaming || m_state == LogState::Unreadable || m_state == LogState::Gone) {
        return;
    }
    m_retry.stop();
    docker::LogOptions options;
    options.timestamps = true;
    if (m_loaded) {
        options.follow = true;
        options.since = logTime(m_ingest->since());
    } else {
        options.tail = m_timing.tail;
    }
    m_streaming = true;
    m_streamAge.start();
    m_call = m_source(options, m_ingest->sink(++m_streams, LogIngest::Part::Newest));
    m_ingest->setCall(LogIngest::Part::Newest, m_call);
}

void LogFeed::ended(const LogIngest::Ended &end)
{
    if (end.part == LogIngest::Part::Older) {
        olderEnded(end);
    } else if (end.stream == m_streams && m_open) {
        streamEnded(end);
    }
}

void LogFeed::streamEnded(const LogIngest::Ended &end)
{
    m_streaming = false;
    m_linesChanged.flush();
    if (!end.result) {
        const Error &error = end.result.error();
        set(error.kind == ErrorKind::NotFound ? LogState::Gone
            : saysUnreadable(error)           ? LogState::Unreadable
                                              : LogState::Interrupted,
            error);
        retry();
        return;
    }
    if (!std::exchange(m_loaded, true)) {
        m_hasOlder = m_ingest->entries() >= m_timing.tail;
        set(m_alive ? LogState::Following : LogState::Ended);
        Q_EMIT olderChanged();
        Q_EMIT linesChanged();
        if (m_alive) {
            start();
        }
        return;
    }
    set(m_alive ? LogState::Following : LogState::Ended);
    retry();
}

/// Follows again later: a stream also ends with its container, before the list says so.
void LogFeed::retry()
{
    const bool wanted = m_alive || m_state == LogState::Interrupted;
    if (!wanted || m_state == LogState::Unreadable || m_state == LogState::Gone) {
        return;
    }
    if (m_streamAge.elapsed() > m_timing.retryLast.count()) {
        m_backOff = {};
    }
    m_backOff = std::clamp(m_backOff * 2, m_timing.retryFirst, m_timing.retryLast);
    m_retry.start(m_backOff);
}

bool LogFeed::hasOlder() const
{
    return m_hasOlder && m_store->hasRoom();
}

void LogFeed::readOlder()
{
    if (m_loaded && hasOlder() && !m_readingOlder && m_open) {
        m_askedTwice = false;
        askForOlder(Amount::Page);
    }
}

void LogFeed::readAll()
{
    if (m_loaded && hasOlder() && !m_readingOlder && m_open) {
        m_askedTwice = true;
        askForOlder(Amount::All);
    }
}

/// Engines count the last lines from the end of the log, whatever `until` says: those that are
/// there already have to be asked for, too, and are not sent.
void LogFeed::askForOlder(Amount amount)
{
    store::LineNumber first = m_store->range().first;
    const auto oldest = m_store->records(first, first + 1);
    if (!oldest || oldest->empty()) {
        return;
    }
    m_readingOlder = true;
    docker::LogOptions options;
    options.timestamps = true;
    m_asked = amount;
    if (amount == Amount::Page) {
        options.tail =
            static_cast<int>(std::min<std::int64_t>(m_ingest->entries() + m_page, 2'000'000'000));
    }
    options.until = logTime(oldest->front().time + overlap);
    m_olderCall = m_source(options, m_ingest->sink(++m_olderStream, LogIngest::Part::Older));
    m_ingest->setCall(LogIngest::Part::Older, m_olderCall);
    Q_EMIT olderChanged();
}

void LogFeed::olderEnded(const LogIngest::Ended &end)
{
    if (end.stream != m_olderStream) {
        return;
    }
    m_page = std::min(m_page * 2, m_timing.pageMost);
    m_olderError = end.result ? std::nullopt : std::optional(end.result.error());
    if (end.result && end.lines == 0 && !std::exchange(m_askedTwice, true)) {
        askForOlder(Amount::Page); // as many lines may have been written meanwhile
        return;
    }
    m_readingOlder = false;
    m_hasOlder = !end.result || (end.lines > 0 && m_asked == Amount::Page);
    m_linesChanged.flush();
    Q_EMIT linesChanged();
    Q_EMIT olderChanged();
}

void LogFeed::set(LogState state, std::optional<Error> error)
{
    m_error = std::move(error);
    if (std::exchange(m_state, state) != state || m_error) {
        Q_EMIT stateChanged();
    }
}

} // namespace roadstead::service
