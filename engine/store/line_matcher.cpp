// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/line_matcher.h"

#include "engine/store/line_codes.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>

#include <time.h>

namespace roadstead::store {

namespace {

constexpr std::int64_t millisecond = 1'000'000;
constexpr std::int64_t costliestLine = 50 * millisecond;
constexpr std::int64_t frameShare = 2 * millisecond;
constexpr int matchesOfALine = 32;

// PCRE2 cannot be interrupted, so each call is given little to do: some places where a match may
// start, and steps for each. How many places follows from how long they took.
constexpr std::size_t fewestStarts = 64;
constexpr std::size_t mostStarts = std::size_t(64) << 10U;
constexpr std::int64_t quickCall = millisecond / 4;
constexpr std::int64_t slowCall = 5 * millisecond;
constexpr std::uint32_t fewSteps = 2'000;
constexpr std::uint32_t someSteps = 20'000;
constexpr std::uint32_t manySteps = 2'000'000;

/// A line whose time need not be measured when each place takes few steps.
constexpr std::size_t shortLine = 256;

/// Lines with the text that every match contains are looked at alone. Where that is so many of
/// them, all are better looked through at once.
constexpr std::size_t candidatesCounted = 64;
constexpr std::size_t linesForACandidate = 4;

std::int64_t nanosecondsOf(clockid_t clock)
{
    timespec time{};
    ::clock_gettime(clock, &time);
    return std::int64_t(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
}

/// The first place from `at` on where a character begins.
std::size_t characterFrom(std::string_view text, std::size_t at)
{
    while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80) {
        ++at;
    }
    return at;
}

/// What a line may take.
struct LineMeasure
{
    std::uint32_t steps = 0;
    std::int64_t most = 0; ///< nanoseconds; 0 = they are not counted
    clockid_t clock = CLOCK_MONOTONIC;
};

} // namespace

class LineMatcher::Work
{
public:
    explicit Work(const LineExpression::Codes &codes);

    End findByLines(const JoinedLines &lines, const std::atomic<bool> &cancelled,
                    const Found &found);
    End findInBlock(const JoinedLines &lines, const std::atomic<bool> &cancelled,
                    const Found &found);
    std::optional<bool> isIn(std::string_view line);
    /// Hands over matches until `receive` returns false. False when it took too long.
    template<typename Receiver>
    bool walk(std::string_view line, const LineMeasure &measure, const Receiver &receive);

private:
    enum class Tried { Match, None, Failed };
    /// Where in the lines it is looked.
    struct Place
    {
        std::size_t at = 0;
        std::size_t line = 0; ///< a line that is not behind it
    };

    Tried tryFrom(const LineCode &code, std::string_view text, std::size_t at, std::size_t last);
    [[nodiscard]] MatchSpan span() const;
    Tried goThrough(const JoinedLines &lines, Place &place, std::size_t last, const Found &found);
    bool lookAt(const JoinedLines &lines, std::size_t line, const Found &found);
    bool lookAtEach(const JoinedLines &lines, Place &place, std::size_t last, const Found &found);
    void countCandidate(std::size_t line);

    const LineExpression::Codes &m_codes;
    const std::unique_ptr<pcre2_match_data, PcreFree> m_data;
    const std::unique_ptr<pcre2_match_context, PcreFree> m_context;
    const std::unique_ptr<pcre2_jit_stack, PcreFree> m_stack;
    std::size_t m_starts = fewestStarts;
    bool m_byLiteral;
    bool m_isTooCostly = false;
    std::size_t m_candidates = 0;
    std::size_t m_countedFrom = 0; ///< a line
};

LineMatcher::Work::Work(const LineExpression::Codes &codes)
    : m_codes(codes)
    , m_data(::pcre2_match_data_create(1, nullptr))
    , m_context(::pcre2_match_context_create(nullptr))
    , m_stack(::pcre2_jit_stack_create(std::size_t(32) << 10U, std::size_t(512) << 10U, nullptr))
    , m_byLiteral(codes.literal != nullptr)
{
    if (m_stack) {
        ::pcre2_jit_stack_assign(m_context.get(), nullptr, m_stack.get());
    }
}

/// A match that starts in [at, last].
LineMatcher::Work::Tried LineMatcher::Work::tryFrom(const LineCode &code, std::string_view text,
                                                    std::size_t at, std::size_t last)
{
    ::pcre2_set_offset_limit(m_context.get(), last);
    const int got =
        ::pcre2_match(code.get(), reinterpret_cast<PCRE2_SPTR>(text.data()), text.size(), at,
                      PCRE2_NO_UTF_CHECK, m_data.get(), m_context.get());
    return got >= 0 ? Tried::Match : got == PCRE2_ERROR_NOMATCH ? Tried::None : Tried::Failed;
}

MatchSpan LineMatcher::Work::span() const
{
    const PCRE2_SIZE *ends = ::pcre2_get_ovector_pointer(m_data.get());
    return {ends[0], ends[1]};
}

template<typename Receiver>
bool LineMatcher::Work::walk(std::string_view line, const LineMeasure &measure,
                             const Receiver &receive)
{
    const bool isMeasured = measure.most > 0;
    ::pcre2_set_match_limit(m_context.get(), measure.steps);
    const std::int64_t begin = isMeasured ? nanosecondsOf(measure.clock) : 0;
    std::int64_t before = begin;
    std::size_t starts = isMeasured ? fewestStarts : line.size() + 1;
    std::size_t at = 0;
    for (int matches = 0; matches < matchesOfALine && at <= line.size();) {
        const std::size_t last = std::min(line.size(), at + starts - 1);
        const Tried tried = tryFrom(m_codes.line, line, at, last);
        if (tried == Tried::Failed) {
            return false;
        }
        if (tried == Tried::Match) {
            const MatchSpan match = span();
            if (match.end > match.begin && !receive(match)) {
                return true;
            }
            ++matches;
            at = characterFrom(line, std::max(match.end, at + 1));
        } else {
            at = characterFrom(line, last + 1);
        }
        if (isMeasured) {
            const std::int64_t now = nanosecondsOf(measure.clock);
            if (now - begin > measure.most) {
                return false;
            }
            starts = now - before < quickCall  ? std::min(starts * 4, mostStarts)
                     : now - before > slowCall ? std::max<std::size_t>(starts / 16, 1)
                                               : starts;
            before = now;
        }
    }
    return true;
}

/// Nothing when it takes too long. The time of day costs less to ask for than that of the
/// processor: only a line that seems to have taken long is matched again and measured.
std::optional<bool> LineMatcher::Work::isIn(std::string_view line)
{
    bool found = false;
    const auto receive = [&found](const MatchSpan &) {
        found = true;
        return false;
    };
    if (line.size() <= shortLine && walk(line, {.steps = fewSteps}, receive)) {
        return found;
    }
    for (const clockid_t clock : {CLOCK_MONOTONIC, CLOCK_THREAD_CPUTIME_ID}) {
        found = false;
        if (walk(line, {manySteps, costliestLine, clock}, receive)) {
            return found;
        }
    }
    return {};
}

namespace {

std::string_view lineText(const JoinedLines &lines, std::size_t line)
{
    const std::size_t begin = lines.starts[line];
    const std::size_t end =
        line + 1 < lines.starts.size() ? lines.starts[line + 1] - 1 : lines.text.size();
    return lines.text.substr(begin, end - begin);
}

/// Where the next line starts; past the text's end after the last one.
std::size_t startAfter(const JoinedLines &lines, std::size_t line)
{
    return line + 1 < lines.starts.size() ? lines.starts[line + 1] : lines.text.size() + 1;
}

/// The line of a place, from `from` on: most often that one.
std::size_t lineOfPlace(const JoinedLines &lines, std::size_t at, std::size_t from)
{
    if (at < startAfter(lines, from)) {
        return from;
    }
    const auto rest = lines.starts.subspan(from + 1);
    return from + std::size_t(std::ranges::upper_bound(rest, at) - rest.begin());
}

} // namespace

/// False when it takes too long.
bool LineMatcher::Work::lookAt(const JoinedLines &lines, std::size_t line, const Found &found)
{
    const std::optional<bool> isFound = isIn(lineText(lines, line));
    if (isFound.value_or(false)) {
        found(line);
    }
    m_isTooCostly = !isFound;
    return isFound.has_value();
}

LineMatcher::End LineMatcher::Work::findByLines(const JoinedLines &lines,
                                                const std::atomic<bool> &cancelled,
                                                const Found &found)
{
    for (std::size_t line = 0; line < lines.starts.size(); ++line) {
        if (cancelled) {
            return End::Cancelled;
        }
        if (!lookAt(lines, line, found)) {
            return End::TooCostly;
        }
    }
    return End::Done;
}

void LineMatcher::Work::countCandidate(std::size_t line)
{
    if (++m_candidates == candidatesCounted) {
        m_byLiteral = line - m_countedFrom >= candidatesCounted * linesForACandidate;
        m_candidates = 0;
        m_countedFrom = line;
    }
}

/// Tells of the lines with matches that start up to `last`. Match: they took all of it.
LineMatcher::Work::Tried LineMatcher::Work::goThrough(const JoinedLines &lines, Place &place,
                                                      std::size_t last, const Found &found)
{
    while (place.at <= last) {
        ::pcre2_set_match_limit(m_context.get(), fewSteps);
        const Tried tried =
            tryFrom(m_byLiteral ? m_codes.literal : m_codes.block, lines.text, place.at, last);
        if (tried != Tried::Match) {
            return tried;
        }
        place.line = lineOfPlace(lines, span().begin, place.line);
        if (m_byLiteral) {
            countCandidate(place.line);
            if (!lookAt(lines, place.line, found)) {
                return Tried::Failed;
            }
        } else {
            found(place.line);
        }
        place.at = startAfter(lines, place.line);
    }
    return Tried::Match;
}

/// Those lines alone that have anything of [place, last].
bool LineMatcher::Work::lookAtEach(const JoinedLines &lines, Place &place, std::size_t last,
                                   const Found &found)
{
    place.line = lineOfPlace(lines, place.at, place.line);
    while (place.at <= last) {
        if (!lookAt(lines, place.line, found)) {
            return false;
        }
        place.at = startAfter(lines, place.line);
        place.line += place.at <= last ? 1U : 0U;
    }
    return true;
}

LineMatcher::End LineMatcher::Work::findInBlock(const JoinedLines &lines,
                                                const std::atomic<bool> &cancelled,
                                                const Found &found)
{
    m_isTooCostly = false;
    m_candidates = 0;
    m_countedFrom = 0;
    for (Place place; place.at <= lines.text.size();) {
        if (cancelled) {
            return End::Cancelled;
        }
        const std::size_t last = std::min(lines.text.size(), place.at + m_starts - 1);
        const std::int64_t before = nanosecondsOf(CLOCK_MONOTONIC);
        const Tried tried = goThrough(lines, place, last, found);
        if (m_isTooCostly) {
            return End::TooCostly;
        }
        const std::int64_t passed = nanosecondsOf(CLOCK_MONOTONIC) - before;
        if (tried == Tried::Failed || passed > slowCall) { // it may be one line that is dear
            m_starts = fewestStarts;
            if (!lookAtEach(lines, place, last, found)) {
                return End::TooCostly;
            }
            continue;
        }
        place.at = tried == Tried::None ? characterFrom(lines.text, last + 1) : place.at;
        m_starts = passed < quickCall ? std::min(m_starts * 4, mostStarts) : m_starts;
    }
    return End::Done;
}

LineMatcher::LineMatcher(std::shared_ptr<const LineExpression> expression)
    : m_expression(std::move(expression))
    , m_work(std::make_unique<Work>(m_expression->codes()))
{
}

LineMatcher::~LineMatcher() = default;

LineMatcher::End LineMatcher::find(const JoinedLines &lines, const std::atomic<bool> &cancelled,
                                   const Found &found)
{
    return m_expression->codes().block ? m_work->findInBlock(lines, cancelled, found)
                                       : m_work->findByLines(lines, cancelled, found);
}

std::optional<bool> LineMatcher::isIn(std::string_view line)
{
    return m_work->isIn(line);
}

std::vector<MatchSpan> LineMatcher::matches(std::string_view line)
{
    std::vector<MatchSpan> all;
    static_cast<void>(m_work->walk(line, {someSteps, frameShare, CLOCK_THREAD_CPUTIME_ID},
                                   [&all](const MatchSpan &match) {
                                       all.push_back(match);
                                       return true;
                                   }));
    return all;
}

} // namespace roadstead::store
