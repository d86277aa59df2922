// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/service/log_ingest.h"
#include "engine/service/log_source.h"
#include "engine/service/throttle.h"
#include "engine/store/line_store.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <chrono>
#include <memory>
#include <optional>

namespace roadstead::service {

class Mailbox;

/// Every time and amount that LogFeed goes by. Tests shorten them.
struct LogTiming
{
    std::chrono::milliseconds signalSpacing{60};
    std::chrono::milliseconds retryFirst{250};
    std::chrono::milliseconds retryLast{3000};
    int tail = 5000;        ///< lines that are read first
    int page = 10'000;      ///< older lines that are read at once, first; doubled each time …
    int pageMost = 160'000; ///< … up to this
};

enum class LogState {
    Loading,     ///< the newest lines are on their way
    Following,   ///< all there is, and what is written from now on
    Ended,       ///< all there is; the container does not run
    Interrupted, ///< error() says why; goes on by itself
    Unreadable,  ///< the container's log driver cannot be read
    Gone         ///< there is no such container any more
};

/// The log of one container, kept in a store: the newest lines first, then what is written, older
/// ones when they are asked for. Goes on after an interruption, an engine's restart and a restart
/// of the container, with no line lost and none twice. GUI thread; signals at most as often as the
/// timing says.
class LogFeed : public QObject
{
    Q_OBJECT
public:
    LogFeed(LogSource source, std::shared_ptr<store::LineStore> store, const LogTiming &timing = {},
            QObject *parent = nullptr);
    ~LogFeed() override;

    void open();
    void close(); ///< ends the streams; open() goes on where they ended
    /// Whether the container has processes: whether there is something to follow.
    void setAlive(bool alive);
    /// Whether the engine is there: when it comes back, what was interrupted goes on at once.
    void setLive(bool live);
    void readOlder();
    /// All lines that are older than those that are there, in one stream.
    void readAll();

    [[nodiscard]] LogState state() const { return m_state; }
    [[nodiscard]] const std::optional<Error> &error() const { return m_error; }
    [[nodiscard]] bool hasOlder() const;
    [[nodiscard]] bool isReadingOlder() const { return m_readingOlder; }
    /// Why readAll() did not bring them: ErrorKind::DiskFull when there are too many to be kept.
    [[nodiscard]] const std::optional<Error> &olderError() const { return m_olderError; }
    [[nodiscard]] const std::shared_ptr<store::LineStore> &store() const { return m_store; }

Q_SIGNALS:
    void linesChanged();
    void stateChanged();
    void olderChanged(); ///< isReadingOlder() or hasOlder()

private:
    void start();
    enum class Amount { Page, All };
    void askForOlder(Amount amount);
    void ended(const LogIngest::Ended &ended);
    void streamEnded(const LogIngest::Ended &ended);
    void olderEnded(const LogIngest::Ended &ended);
    void retry();
    void set(LogState state, std::optional<Error> error = {});

    const LogSource m_source;
    const std::shared_ptr<store::LineStore> m_store;
    const LogTiming m_timing;
    const std::shared_ptr<Mailbox> m_mailbox;
    Throttle m_linesChanged;
    std::shared_ptr<LogIngest> m_ingest;
    docker::Call m_call;
    docker::Call m_olderCall;
    QTimer m_retry;
    QElapsedTimer m_streamAge;
    std::chrono::milliseconds m_backOff{0};
    std::uint64_t m_streams = 0; ///< number of the newest
    std::uint64_t m_olderStream = 0;
    LogState m_state = LogState::Loading;
    std::optional<Error> m_error;
    std::optional<Error> m_olderError;
    Amount m_asked = Amount::Page;
    bool m_open = false;
    bool m_streaming = false;
    bool m_loaded = false;
    bool m_alive = false;
    bool m_live = true;
    bool m_hasOlder = false;
    bool m_readingOlder = false;
    bool m_askedTwice = false;
    int m_page = 0;
};

} // namespace roadstead::service
