// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/log_search.h"

#include "engine/service/mailbox.h"
#include "engine/store/line_search.h"

#include <QThreadPool>

#include <algorithm>

namespace roadstead::service {

namespace {

// The first ones are soon over; later ones are long enough not to wait for the GUI.
constexpr store::LineNumber fewestBlocks = 8;
constexpr store::LineNumber mostBlocks = 64;

} // namespace

std::shared_ptr<const store::LineExpression> lineExpression(const QRegularExpression &expression)
{
    using enum store::LineExpression::Letters;
    const bool ignoresCase =
        expression.patternOptions().testFlag(QRegularExpression::CaseInsensitiveOption);
    const auto made = store::LineExpression::make(expression.pattern().toStdString(),
                                                  ignoresCase ? InAnyCase : InTheirCase);
    return made ? *made : nullptr;
}

LogSearch::LogSearch(std::shared_ptr<const store::LineStore> store,
                     const QRegularExpression &expression, store::ClassMask wanted, QObject *parent)
    : QObject(parent)
    , m_store(std::move(store))
    , m_expression(expression)
    , m_wanted(wanted)
    , m_mailbox(std::make_shared<Mailbox>(this))
    , m_cancelled(std::make_shared<std::atomic<bool>>(false))
    , m_blocks(fewestBlocks)
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
    const store::LineNumber most = m_blocks * store::blockLines;
    store::LineRange range;
    if (m_searched.end < all.end) {
        range = {m_searched.end, std::min(all.end, m_searched.end + most)};
    } else if (m_searched.first > all.first) {
        range = {std::max(all.first, m_searched.first - most), m_searched.first};
    } else {
        m_blocks = fewestBlocks;
        return;
    }
    m_blocks = std::min(m_blocks * 2, mostBlocks);
    m_running = true;
    QThreadPool::globalInstance()->start([this, range, store = m_store, wanted = m_wanted,
                                          expression = m_expression, made = m_made, box = m_mailbox,
                                          cancelled = m_cancelled] {
        Piece piece =
            searchIn(*store, made ? made : lineExpression(expression), wanted, range, *cancelled);
        box->post([this, piece = std::move(piece)] { take(piece); });
    });
}

LogSearch::Piece LogSearch::searchIn(const store::LineStore &store, const Expression &expression,
                                     store::ClassMask wanted, store::LineRange range,
                                     const std::atomic<bool> &cancelled)
{
    Piece piece{.range = range, .blocks = {}, .expression = expression};
    if (!expression) {
        piece.fault = SearchFault::TooCostly;
        return piece;
    }
    store::LineMatcher matcher(expression);
    const auto searched = store::searchLines(
        store, range, wanted, matcher, cancelled, [&piece](store::LineNumber line) {
            const std::int64_t block = store::blockOf(line);
            if (piece.blocks.empty() || piece.blocks.back().first != block) {
                piece.blocks.emplace_back(block, store::LineMatches::Bits());
            }
            piece.blocks.back().second.set(std::size_t(line - block * store::blockLines));
        });
    piece.fault = !searched                                         ? SearchFault::Unreadable
                  : *searched == store::LineMatcher::End::TooCostly ? SearchFault::TooCostly
                                                                    : SearchFault::None;
    return piece;
}

void LogSearch::take(const Piece &piece)
{
    m_running = false;
    m_fault = piece.fault;
    if (!m_matcher && piece.expression) {
        m_made = piece.expression;
        m_matcher = std::make_unique<store::LineMatcher>(m_made);
    }
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

QList<LogSearch::Mark> LogSearch::marksIn(const QString &text) const
{
    QList<Mark> marks;
    if (!m_matcher) {
        return marks;
    }
    const std::string utf8 = text.toStdString();
    std::size_t bytes = 0;
    qsizetype characters = 0;
    const auto charactersTo = [&](std::size_t end) {
        characters += QString::fromUtf8(utf8.data() + bytes, qsizetype(end - bytes)).size();
        bytes = end;
        return characters;
    };
    for (const store::MatchSpan &match : m_matcher->matches(utf8)) {
        const qsizetype begin = charactersTo(match.begin);
        marks.append({begin, charactersTo(match.end) - begin});
    }
    return marks;
}

} // namespace roadstead::service
