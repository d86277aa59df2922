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

std::int64_t nanoseconds(clockid_t clock)
{
    timespec time{};
    ::clock_gettime(clock, &time);
    return std::int64_t(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
}

/// Whether it is text as it stands: of ASCII, and without a control sequence.
bool isPlainAscii(std::string_view raw)
{
    unsigned char all = 0;
    bool escapes = false;
    for (const char c : raw) {
        all |= static_cast<unsigned char>(c);
        escapes |= c == '\033';
    }
    return all < 0x80 && !escapes;
}

/// A text that is searched for as it is. Lines of ASCII are looked through as bytes for it, which
/// takes a tenth of the time of an expression.
class PlainText
{
public:
    /// Nothing where the expression is more than such a text of ASCII.
    static std::optional<PlainText> of(const QRegularExpression &expression)
    {
        const auto options = expression.patternOptions();
        const bool ignoresCase = options == QRegularExpression::CaseInsensitiveOption;
        if (!ignoresCase && options != QRegularExpression::NoPatternOption) {
            return {};
        }
        std::string text;
        const QByteArray pattern = expression.pattern().toUtf8();
        for (qsizetype at = 0; at < pattern.size(); ++at) {
            const bool isQuoted = pattern[at] == '\\' && ++at < pattern.size();
            const char c = at < pattern.size() ? pattern[at] : '\0';
            if (c < ' ' || isWordCharacter(c) == isQuoted) { // "\\d" and "." mean something
                return {};
            }
            text += ignoresCase ? lower(c) : c;
        }
        return text.empty() ? std::nullopt : std::optional(PlainText(std::move(text), ignoresCase));
    }

    bool isIn(std::string_view line)
    {
        if (!m_ignoresCase) {
            return line.contains(m_text);
        }
        m_lower.resize(line.size());
        std::ranges::transform(line, m_lower.begin(), lower);
        return m_lower.contains(m_text);
    }

private:
    PlainText(std::string text, bool ignoresCase)
        : m_text(std::move(text))
        , m_ignoresCase(ignoresCase)
    {
    }
    static char lower(char c) { return c >= 'A' && c <= 'Z' ? char(c + ('a' - 'A')) : c; }
    static bool isWordCharacter(char c)
    {
        return (lower(c) >= 'a' && lower(c) <= 'z') || (c >= '0' && c <= '9') || c == '_';
    }

    std::string m_text;
    bool m_ignoresCase;
    std::string m_lower; ///< of the last line
};

/// Whether there is a match that is not empty; nothing when matching had to be given up.
std::optional<bool> matchesIn(const QRegularExpression &expression, std::string_view raw)
{
    const auto utf8 = [](std::string_view text) {
        return QString::fromUtf8(text.data(), qsizetype(text.size()));
    };
    const QString line = isPlainAscii(raw) ? QString::fromLatin1(raw.data(), qsizetype(raw.size()))
                                           : utf8(store::parseAnsi(raw).text);
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

/// The same; nothing, too, when that took too long. The time of day costs less to ask for than that
/// of the processor, so only a line that seems to have taken long is matched again and measured.
std::optional<bool> matchesInTime(const QRegularExpression &expression, std::string_view raw)
{
    const std::int64_t before = nanoseconds(CLOCK_MONOTONIC);
    const std::optional<bool> found = matchesIn(expression, raw);
    if (!found || nanoseconds(CLOCK_MONOTONIC) - before <= costliestLine) {
        return found;
    }
    const std::int64_t own = nanoseconds(CLOCK_THREAD_CPUTIME_ID);
    static_cast<void>(matchesIn(expression, raw));
    return nanoseconds(CLOCK_THREAD_CPUTIME_ID) - own > costliestLine ? std::nullopt : found;
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
    std::optional<PlainText> plain = PlainText::of(expression);
    const auto look = [&](store::LineNumber line, const store::LineRecord &record,
                          std::string_view raw) {
        if (cancelled) {
            return false;
        }
        if ((unsigned(wanted) >> store::classOf(record.stream, record.level) & 1U) == 0) {
            return true;
        }
        const std::optional<bool> found =
            plain && isPlainAscii(raw) ? plain->isIn(raw) : matchesInTime(expression, raw);
        if (!found) {
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
