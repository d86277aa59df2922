// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/build/expression.h"

#include <algorithm>
#include <array>
#include <string>

namespace roadstead::build {

namespace {

constexpr char32_t replacement = 0xFFFD;
constexpr char32_t largest = 0x10FFFF;

bool isWordCharacter(char32_t c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
}

bool isWordEdge(const std::vector<char32_t> &text, std::size_t at)
{
    const bool before = at > 0 && isWordCharacter(text[at - 1]);
    const bool behind = at < text.size() && isWordCharacter(text[at]);
    return before != behind;
}

/// Length of the UTF-8 sequence that a first byte announces; 0 for a byte that begins none.
std::size_t announced(unsigned char first)
{
    if (first < 0x80) {
        return 1;
    }
    if (first >= 0xC2 && first <= 0xDF) {
        return 2;
    }
    if (first >= 0xE0 && first <= 0xEF) {
        return 3;
    }
    return first >= 0xF0 && first <= 0xF4 ? 4 : 0;
}

bool isValid(char32_t character, std::size_t length)
{
    constexpr std::array<char32_t, 5> smallest{0, 0, 0x80, 0x800, 0x10000};
    const bool isSurrogate = character >= 0xD800 && character <= 0xDFFF;
    return character >= smallest[length] && character <= largest && !isSurrogate;
}

} // namespace

std::vector<char32_t> codePoints(std::string_view text)
{
    std::vector<char32_t> points;
    points.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const auto first = static_cast<unsigned char>(text[at]);
        const std::size_t length = announced(first);
        constexpr std::array<unsigned, 5> masks{0, 0x7F, 0x1F, 0x0F, 0x07};
        char32_t character = first & masks[length];
        bool isWhole = length > 0 && at + length <= text.size();
        for (std::size_t i = 1; isWhole && i < length; ++i) {
            const auto next = static_cast<unsigned char>(text[at + i]);
            isWhole = (next & 0xC0U) == 0x80U;
            character = character << 6U | (next & 0x3FU);
        }
        isWhole = isWhole && isValid(character, length);
        points.push_back(isWhole ? character : replacement);
        at += isWhole ? length : 1;
    }
    return points;
}

/// Reads an expression step by step.
class ExpressionParser
{
public:
    explicit ExpressionParser(std::string_view source)
        : m_source(codePoints(source))
    {
    }

    std::optional<Expression> parse()
    {
        while (m_at < m_source.size()) {
            if (!parseStep()) {
                return std::nullopt;
            }
        }
        return std::move(m_expression);
    }

private:
    using Step = Expression::Step;
    using Kind = Expression::Kind;
    using Times = Expression::Times;
    using Range = Expression::Range;

    [[nodiscard]] bool isNext(std::u32string_view expected) const
    {
        return m_source.size() - m_at >= expected.size() &&
               std::equal(expected.begin(), expected.end(),
                          m_source.begin() + std::ptrdiff_t(m_at));
    }

    void add(Kind kind) { m_expression.m_steps.push_back({.kind = kind, .ranges = {}}); }
    void addCharacter(char32_t c)
    {
        m_expression.m_steps.push_back({.ranges = {{c, c}}});
        m_mayRepeat = true;
    }

    bool parseStep()
    {
        constexpr std::u32string_view folders = U"(.*/)?";
        if (isNext(folders)) {
            m_at += folders.size();
            add(Kind::Folders);
            m_mayRepeat = false;
            return true;
        }
        const char32_t c = m_source[m_at++];
        if (c == '*' || c == '?') {
            return repeat(c == '*' ? Times::AnyNumber : Times::AtMostOnce);
        }
        m_isRepeated = false;
        switch (c) {
        case '^':
        case '$':
            add(c == '^' ? Kind::Begin : Kind::End);
            m_mayRepeat = false;
            return true;
        case '.':
            m_expression.m_steps.push_back({.isNegated = true, .ranges = {{'\n', '\n'}}});
            m_mayRepeat = true;
            return true;
        case '[':
            return parseClass();
        case '\\':
            return parseEscapedStep();
        default:
            addCharacter(c);
            return true;
        }
    }

    bool repeat(Times times)
    {
        if (m_mayRepeat) {
            m_expression.m_steps.back().times = times;
            m_mayRepeat = false;
            m_isRepeated = true;
            return true;
        }
        // "x*?" repeats as "x*" does, only otherwise greedy; "x**" is refused.
        const bool isLazyMark = m_isRepeated && times == Times::AtMostOnce;
        m_isRepeated = false;
        return isLazyMark;
    }

    bool parseEscapedStep()
    {
        if (m_at >= m_source.size()) {
            return false;
        }
        switch (m_source[m_at]) {
        case 'A':
        case 'z':
        case 'b':
        case 'B':
            addAssertion(m_source[m_at++]);
            return true;
        case 'Q':
            ++m_at;
            while (m_at < m_source.size() && !isNext(U"\\E")) {
                addCharacter(m_source[m_at++]);
            }
            m_at = std::min(m_at + 2, m_source.size());
            return true;
        default:
            break;
        }
        Step step;
        if (parsePerlClass(step.ranges)) {
            m_expression.m_steps.push_back(std::move(step));
            m_mayRepeat = true;
            return true;
        }
        const std::optional<char32_t> character = parseEscape();
        if (character) {
            addCharacter(*character);
        }
        return character.has_value();
    }

    void addAssertion(char32_t c)
    {
        const Kind edge = c == 'b' ? Kind::WordEdge : Kind::NoWordEdge;
        add(c == 'A' ? Kind::Begin : c == 'z' ? Kind::End : edge);
        m_mayRepeat = false;
    }

    /// \d, \s, \w and their opposites, the backslash already read.
    bool parsePerlClass(std::vector<Range> &ranges)
    {
        static const std::vector<Range> digits{{'0', '9'}};
        static const std::vector<Range> spaces{{'\t', '\n'}, {'\f', '\r'}, {' ', ' '}};
        static const std::vector<Range> words{{'0', '9'}, {'A', 'Z'}, {'_', '_'}, {'a', 'z'}};
        const char32_t letter = m_source[m_at];
        const char32_t lower = letter | 0x20U;
        if (lower != 'd' && lower != 's' && lower != 'w') {
            return false;
        }
        ++m_at;
        const auto &members = lower == 'd' ? digits : lower == 's' ? spaces : words;
        addRanges(members, letter != lower, ranges);
        return true;
    }

    /// Sorted, separate ranges or, with `isNegated`, what is between them.
    static void addRanges(const std::vector<Range> &members, bool isNegated,
                          std::vector<Range> &ranges)
    {
        if (!isNegated) {
            ranges.insert(ranges.end(), members.begin(), members.end());
            return;
        }
        char32_t from = 0;
        for (const auto &[low, high] : members) {
            if (low > from) {
                ranges.emplace_back(from, low - 1);
            }
            from = high + 1;
        }
        ranges.emplace_back(from, largest);
    }

    /// The character behind a backslash.
    std::optional<char32_t> parseEscape()
    {
        if (m_at >= m_source.size()) {
            return std::nullopt;
        }
        const char32_t c = m_source[m_at++];
        if (c >= '1' && c <= '7') {
            // One digit would be a back reference, which does not exist.
            const bool isOctal = m_at < m_source.size() && isOctalDigit(m_source[m_at]);
            return isOctal ? std::optional(parseOctal(c - U'0')) : std::nullopt;
        }
        switch (c) {
        case '0':
            return parseOctal(0);
        case 'x':
            return parseHexadecimal();
        case 'a':
            return U'\a';
        case 'f':
            return U'\f';
        case 'n':
            return U'\n';
        case 'r':
            return U'\r';
        case 't':
            return U'\t';
        case 'v':
            return U'\v';
        default:
            break;
        }
        const bool isPunctuation = c < 0x80 && (!isWordCharacter(c) || c == '_');
        return isPunctuation ? std::optional(c) : std::nullopt;
    }

    static bool isOctalDigit(char32_t c) { return c >= '0' && c <= '7'; }

    char32_t parseOctal(char32_t value)
    {
        for (int i = 0; i < 2 && m_at < m_source.size() && isOctalDigit(m_source[m_at]); ++i) {
            value = value * 8 + (m_source[m_at++] - '0');
        }
        return value;
    }

    std::optional<char32_t> parseHexadecimal()
    {
        char32_t value = 0;
        for (int i = 0; i < 2; ++i) {
            if (m_at >= m_source.size()) {
                return std::nullopt;
            }
            const char32_t c = m_source[m_at++];
            const char32_t lower = c | 0x20U;
            if (c >= '0' && c <= '9') {
                value = value * 16 + (c - '0');
            } else if (lower >= 'a' && lower <= 'f') {
                value = value * 16 + (lower - 'a' + 10);
            } else {
                return std::nullopt;
            }
        }
        return value;
    }

    /// "[:alpha:]" inside a class; nothing when it is no such name, none when the name is unknown.
    bool parseNamedClass(std::vector<Range> &ranges, bool &isBad)
    {
        if (!isNext(U"[:")) {
            return false;
        }
        std::string name;
        std::size_t end = m_at + 2;
        while (end + 1 < m_source.size() && !(m_source[end] == ':' && m_source[end + 1] == ']')) {
            name.push_back(m_source[end] < 0x80 ? static_cast<char>(m_source[end]) : '?');
            ++end;
        }
        if (end + 1 >= m_source.size()) {
            return false; // no end: the bracket stands for itself
        }
        m_at = end + 2;
        const bool isNegated = name.starts_with('^');
        const auto members = namedClass(isNegated ? name.substr(1) : name);
        isBad = members.empty();
        addRanges(members, isNegated, ranges);
        return true;
    }

    static std::vector<Range> namedClass(std::string_view name)
    {
        struct Named
        {
            std::string_view name;
            std::vector<Range> ranges;
        };
        static const std::vector<Named> all{
            {"alnum", {{'0', '9'}, {'A', 'Z'}, {'a', 'z'}}},
            {"alpha", {{'A', 'Z'}, {'a', 'z'}}},
            {"ascii", {{0, 0x7F}}},
            {"blank", {{'\t', '\t'}, {' ', ' '}}},
            {"cntrl", {{0, 0x1F}, {0x7F, 0x7F}}},
            {"digit", {{'0', '9'}}},
            {"graph", {{'!', '~'}}},
            {"lower", {{'a', 'z'}}},
            {"print", {{' ', '~'}}},
            {"punct", {{'!', '/'}, {':', '@'}, {'[', '`'}, {'{', '~'}}},
            {"space", {{'\t', '\r'}, {' ', ' '}}},
            {"upper", {{'A', 'Z'}}},
            {"word", {{'0', '9'}, {'A', 'Z'}, {'_', '_'}, {'a', 'z'}}},
            {"xdigit", {{'0', '9'}, {'A', 'F'}, {'a', 'f'}}}};
        const auto found = std::ranges::find(all, name, &Named::name);
        return found == all.end() ? std::vector<Range>{} : found->ranges;
    }

    std::optional<char32_t> parseClassCharacter()
    {
        if (m_at >= m_source.size()) {
            return std::nullopt;
        }
        if (m_source[m_at] != '\\') {
            return m_source[m_at++];
        }
        ++m_at;
        return parseEscape();
    }

    bool parseClassMember(std::vector<Range> &ranges)
    {
        bool isBad = false;
        if (parseNamedClass(ranges, isBad)) {
            return !isBad;
        }
        if (m_source[m_at] == '\\' && m_at + 1 < m_source.size()) {
            ++m_at;
            if (parsePerlClass(ranges)) {
                return true;
            }
            --m_at;
        }
        const std::optional<char32_t> low = parseClassCharacter();
        if (!low) {
            return false;
        }
        std::optional<char32_t> high = low;
        const bool isRange =
            m_at + 1 < m_source.size() && m_source[m_at] == '-' && m_source[m_at + 1] != ']';
        if (isRange) {
            ++m_at;
            high = parseClassCharacter();
        }
        if (!high || *high < *low) {
            return false;
        }
        ranges.emplace_back(*low, *high);
        return true;
    }

    /// A class, its opening bracket already read.
    bool parseClass()
    {
        Step step;
        if (m_at < m_source.size() && m_source[m_at] == '^') {
            step.isNegated = true;
            ++m_at;
        }
        bool isFirst = true;
        while (m_at < m_source.size() && (isFirst || m_source[m_at] != ']')) {
            isFirst = false;
            if (!parseClassMember(step.ranges)) {
                return false;
            }
        }
        if (m_at >= m_source.size()) {
            return false;
        }
        ++m_at;
        m_expression.m_steps.push_back(std::move(step));
        m_mayRepeat = true;
        return true;
    }

    std::vector<char32_t> m_source;
    std::size_t m_at = 0;
    Expression m_expression;
    bool m_mayRepeat = false;  ///< the last step can still be repeated
    bool m_isRepeated = false; ///< the last step is repeated, without a mark behind it
};

std::optional<Expression> Expression::parse(std::string_view source)
{
    return ExpressionParser(source).parse();
}

bool Expression::contains(const Step &step, char32_t character)
{
    const bool isMember = std::ranges::any_of(step.ranges, [character](const Range &range) {
        return range.first <= character && character <= range.second;
    });
    return isMember != step.isNegated;
}

std::vector<bool> Expression::after(const Step &step, const std::vector<char32_t> &text,
                                    const std::vector<bool> &reached)
{
    std::vector<bool> next(reached.size(), false);
    const bool isOptional = step.times != Times::Once;
    bool runs = false; // inside a run that began at a place that was reached
    for (std::size_t at = 0; at < reached.size(); ++at) {
        const bool isHere = reached[at];
        switch (step.kind) {
        case Kind::Begin:
            next[at] = isHere && at == 0;
            break;
        case Kind::End:
            next[at] = isHere && at == text.size();
            break;
        case Kind::WordEdge:
        case Kind::NoWordEdge:
            next[at] = isHere && isWordEdge(text, at) == (step.kind == Kind::WordEdge);
            break;
        case Kind::Folders:
            // Nothing, or anything in one line up to and with a slash.
            next[at] = isHere || (runs && text[at - 1] == '/');
            runs = (runs || isHere) && at < text.size() && text[at] != '\n';
            break;
        case Kind::Set: {
            const bool isTaken = at > 0 && contains(step, text[at - 1]) &&
                                 (reached[at - 1] || (step.times == Times::AnyNumber && runs));
            next[at] = isTaken || (isOptional && isHere);
            runs = step.times == Times::AnyNumber && next[at];
            break;
        }
        }
    }
    return next;
}

bool Expression::matches(const std::vector<char32_t> &text) const
{
    std::vector<bool> reached(text.size() + 1, false);
    reached[0] = true;
    for (const Step &step : m_steps) {
        reached = after(step, text, reached);
    }
    return reached.back();
}

} // namespace roadstead::build
