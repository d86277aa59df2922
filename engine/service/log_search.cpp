// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/log_search.h"

#include "engine/service/mailbox.h"
#include "engine/store/ansi_text.h"

#include <QThreadPool>

#include <algorithm>
#include <ctime>
#include <optional>
#include <string>
#include <string_view>

namespace roadstead::service {

namespace {

constexpr store::LineNumber linesOfAPiece = 8 * store::blockLines;
/// Of processor time for one line. PCRE2's own limit ends a match that backtracks without end after
/// some tenths of a second; this one keeps the GUI, which matches the lines on screen, from them.
constexpr std::int64_t costliestLine = 50'000'000;
constexpr int matchesTimed = 32; ///< of one line

std::int64_t processorTime()
{
    timespec time{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return std::int64_t(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
}

/// Whether there is a match that is not empty; nothing when matching had to be given up.
std::optional<bool> matchesIn(const QRegularExpression &expression, std::string_view raw)
{
    const std::string text = store::parseAnsi(raw).text;
    const QString line = QString::fromUtf8(text.data(), qsizetype(text.size()));
    bool found = false;
    qsizetype at = 0;
    for (int i = 0; i < matchesTimed && at <= line.size(); ++i) {
        const QRegularExpressionMatch match = expression.match(line, at);
        if (!match.isValid()) {
            return {};
        }
        if (!match.hasMatch()) {
            break;
        }
        found = found || match.capturedLength() > 0;
        at = std::max(match.capturedEnd(), at + 1);
    }
    return found;
}

} // namespace

LogSearch::LogSearch(std::shared_ptr<const store::LineStore> store,
                     const QRegularExpression &expression, store::ClassMask wanted, QObject *parent)
    : QObject(parent)
    , m_store(std::move(store))
    , m_expression(expression)
    , m_wanted(wanted)
    , m_mailbox(std::make_shared<Mailbox>(this))
    , m_cancelled(std::make_shared<std::atomic<bool>>(false))
{
}

LogSearch::~LogSearch()
{
    // The thread owns what it uses: it need not be waited for.
    *m_cancelled = true;
    m_mailbox->close();
}

void LogSearch::refresh()
{
    m_matches.dropBefore(m_store->range().first);
    next();
}

void LogSearch::next()
{
    if (m_running || m_fault != SearchFault::None) {
        return;
    }
    const store::LineRange all = m_store->range();
    if (!std::exchange(m_begun, true)) {
        m_searched = {all.end, all.end};
    }
    m_searched.end = std::max(m_searched.end, all.first);
    m_searched.first = std::clamp(m_searched.first, all.first, m_searched.end);
    store::LineRange range;
    if (m_searched.end < all.end) {
        range = {m_searched.end, std::min(all.end, m_searched.end + linesOfAPiece)};
    } else if (m_searched.first > all.first) {
        range = {std::max(all.first, m_searched.first - linesOfAPiece), m_searched.first};
    } else {
        return;
    }
    m_running = true;
    QThreadPool::globalInstance()->start([this, range, store = m_store, expression = m_expression,
                                          wanted = m_wanted, box = m_mailbox,
                                          cancelled = m_cancelled] {
        Piece piece = searchIn(*store, expression, wanted, range, *cancelled);
        box->post([this, piece = std::move(piece)] { take(piece); });
    });
}

LogSearch::Piece LogSearch::searchIn(const store::LineStore &store,
                                     const QRegularExpression &expression, store::ClassMask wanted,
                                     store::LineRange range, const std::atomic<bool> &cancelled)
{
    Piece piece{.range = range, .blocks = {}};
    std::int64_t before = processorTime();
    const auto look = [&](store::LineNumber line, const store::LineRecord &record,
                          std::string_view raw) {
        if (cancelled) {
            return false;
        }
        if ((unsigned(wanted) >> store::classOf(record.stream, record.level) & 1U) == 0) {
            return true;
        }
        const std::optional<bool> found = matchesIn(expression, raw);
        const std::int64_t now = processorTime();
        if (!found || now - std::exchange(before, now) > costliestLine) {
            piece.fault = SearchFault::TooCostly;
            return false;
        }
        if (*found) {
            const std::int64_t block = store::blockOf(line);
            if (piece.blocks.empty() || piece.blocks.back().first != block) {
                piece.blocks.emplace_back(block, store::LineMatches::Bits());
            }
            piece.blocks.back().second.set(std::size_t(line - block * store::blockLines));
        }
        return true;
    };
    if (!store.read(range.first, range.end, look) && piece.fault == SearchFault::None) {
        piece.fault = SearchFault::Unreadable;
    }
    return piece;
}

void LogSearch::take(const Piece &piece)
{
    m_running = false;
    m_fault = piece.fault;
    if (m_fault == SearchFault::None) {
        for (const auto &[block, bits] : piece.blocks) {
            m_matches.add(block, bits);
        }
        m_searched.first = std::min(m_searched.first, piece.range.first);
        m_searched.end = std::max(m_searched.end, piece.range.end);
        m_matches.dropBefore(m_store->range().first);
        next();
    } else {
        m_matches = {};
    }
    Q_EMIT changed();
}

} // namespace roadstead::service
