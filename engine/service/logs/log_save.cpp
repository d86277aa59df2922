// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/logs/log_save.h"

#include "engine/base/new_file.h"
#include "engine/service/files/byte_flow.h"
#include "engine/service/log_search.h"
#include "engine/service/mailbox.h"
#include "engine/store/line_search.h"

#include <QThreadPool>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <format>
#include <utility>

namespace roadstead::service {

namespace {

constexpr std::chrono::milliseconds tellSpacing{100};
constexpr mode_t logMode = 0666; // cut by the umask
constexpr std::int64_t linesBetweenLooks = 512;

/// Of their own: they wait for disks and engines.
QThreadPool &savePool()
{
    static QThreadPool *pool = [] {
        auto *made = new QThreadPool;
        made->setMaxThreadCount(4);
        made->setExpiryTimeout(1000);
        return made;
    }();
    return *pool;
}

/// Calls on at most as often as progress is to be told.
std::function<void()> spaced(std::function<void()> tell)
{
    using Clock = std::chrono::steady_clock;
    return [tell = std::move(tell), last = Clock::time_point()]() mutable {
        const auto now = Clock::now();
        if (now - last >= tellSpacing) {
            last = now;
            tell();
        }
    };
}

/// As `docker logs --timestamps` writes it.
std::string stampOf(std::int64_t time)
{
    constexpr std::int64_t second = 1'000'000'000;
    const std::time_t seconds = time / second;
    std::tm parts{};
    ::gmtime_r(&seconds, &parts);
    return std::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:09}Z ", parts.tm_year + 1900,
                       parts.tm_mon + 1, parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec,
                       time % second);
}

/// Which lines are saved: of those that are shown, what a search finds.
class SavedLines
{
public:
    /// May take a while.
    explicit SavedLines(const LogSaveOrder &order)
        : m_wanted(order.wanted)
        , m_searches(order.matching.has_value())
    {
        if (const auto expression = m_searches ? lineExpression(*order.matching) : nullptr) {
            m_matcher.emplace(expression);
        }
    }
    /// Fails with InvalidArgument when the expression takes too long.
    Result<bool> contain(const store::LineRecord &record, std::string_view raw)
    {
        if ((unsigned(m_wanted) >> store::classOf(record.stream, record.level) & 1U) == 0) {
            return false;
        }
        if (!m_searches) {
            return true;
        }
        const auto found = m_matcher ? m_matcher->isIn(store::searchedText(raw)) : std::nullopt;
        return found ? Result<bool>(*found) : failure(ErrorKind::InvalidArgument, "log.save");
    }

private:
    const store::ClassMask m_wanted;
    const bool m_searches;
    std::optional<store::LineMatcher> m_matcher;
};

std::string savedLine(const LogSaveOrder &order, std::size_t source,
                      const store::LineRecord &record, std::string_view raw)
{
    std::string line;
    if (!order.names.empty()) {
        line = order.names[source] + " | ";
    }
    if (order.timestamps) {
        line += stampOf(record.time);
    }
    line += raw;
    line += '\n';
    return line;
}

} // namespace

LogSave::LogSave(LogSaveOrder order, QObject *parent)
    : QObject(parent)
    , m_order(std::move(order))
    , m_mailbox(std::make_shared<Mailbox>(this))
    , m_state(std::make_shared<State>())
{
}

LogSave::~LogSave()
{
    m_mailbox->close();
    cancel();
}

void LogSave::cancel()
{
    m_state->cancelled = true;
    if (m_intake) {
        m_intake->stop();
    }
}

void LogSave::start()
{
    if (m_order.source) {
        m_intake = std::make_shared<ByteIntake>();
        docker::LogSink sink;
        sink.data = [intake = m_intake](docker::LogStream, std::string_view bytes) {
            return intake->put(bytes);
        };
        sink.end = [intake = m_intake](const Result<void> &how) { intake->end(how); };
        docker::LogOptions options;
        options.timestamps = m_order.timestamps;
        m_intake->setCall(m_order.source(options, std::move(sink)));
    }
    LogSaveOrder order = m_order;
    order.source = {}; // the session's, which is not for other threads
    savePool().start(
        [this, order = std::move(order), intake = m_intake, state = m_state, box = m_mailbox] {
            const Tell tell = spaced([this, box] { box->post([this] { Q_EMIT advanced(); }); });
            Result<LogSaved> saved = intake ? saveStream(order.path, *intake, *state, tell)
                                            : saveLines(order, *state, tell);
            if (intake) {
                intake->stop();
            }
            box->post([this, saved = std::move(saved)] { Q_EMIT finished(saved); });
        });
}

Result<LogSaved> LogSave::saveStream(const std::string &path, ByteIntake &intake, State &state,
                                     const Tell &tell)
{
    auto file = NewFile::begin(path, "log.save", logMode);
    if (!file) {
        return std::unexpected(file.error());
    }
    while (true) {
        const auto bytes = intake.take();
        if (!bytes) {
            return std::unexpected(bytes.error());
        }
        if (bytes->empty()) {
            break;
        }
        if (const auto written = file->write(*bytes); !written) {
            return std::unexpected(written.error());
        }
        state.lines += std::ranges::count(*bytes, '\n');
        state.bytes = file->size();
        tell();
    }
    const auto finished = file->finish();
    return finished ? Result<LogSaved>({state.lines, state.bytes})
                    : std::unexpected(finished.error());
}

Result<LogSaved> LogSave::saveLines(const LogSaveOrder &order, State &state, const Tell &tell)
{
    auto file = NewFile::begin(order.path, "log.save", logMode);
    if (!file) {
        return std::unexpected(file.error());
    }
    Result<void> done;
    SavedLines lines(order);
    const auto read =
        store::readMerged(order.spans, [&](std::size_t source, const store::LineRecord &record,
                                           std::string_view raw) {
            if (++state.looked % linesBetweenLooks == 0) {
                tell();
                if (state.cancelled) {
                    return false;
                }
            }
            const auto isWanted = lines.contain(record, raw);
            if (!isWanted) {
                done = std::unexpected(isWanted.error());
                return false;
            }
            if (!*isWanted) {
                return true;
            }
            done = file->write(savedLine(order, source, record, raw));
            ++state.lines;
            state.bytes = file->size();
            return done.has_value();
        });
    if (done && !read) {
        done = read;
    }
    if (done && state.cancelled) {
        done = failure(ErrorKind::Cancelled, "log.save");
    }
    if (done) {
        done = file->finish();
    }
    return done ? Result<LogSaved>({state.lines, state.bytes}) : std::unexpected(done.error());
}

LogSaved LogSave::progress() const
{
    return {m_state->lines, m_state->bytes};
}

std::optional<std::int64_t> LogSave::total() const
{
    if (m_order.source) {
        return {};
    }
    std::int64_t sum = 0;
    for (const store::LineSpan &span : m_order.spans) {
        sum += span.range.end - span.range.first;
    }
    return sum;
}

std::int64_t LogSave::looked() const
{
    return m_state->looked;
}

} // namespace roadstead::service
