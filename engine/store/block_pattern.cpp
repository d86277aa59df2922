// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/block_pattern.h"

#include "engine/base/ascii.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

namespace roadstead::store {

namespace {

/// What "\s" and "[:space:]" match but for the line feed, within a class.
constexpr std::string_view spacesInClass = R"(\t\x0b\x0c\r )";

bool isNoControl(char c)
{
    return static_cast<unsigned char>(c) >= 0x20;
}

/// Reads a pattern from its start to its end, and writes the other one.
class BlockPatternReader
{
public:
    explicit BlockPatternReader(std::string_view pattern)
        : m_pattern(pattern)
    {
    }
    std::optional<BlockPattern> read();

private:
    [[nodiscard]] char next(std::size_t ahead = 0) const
    {
        return m_at + ahead < m_pattern.size() ? m_pattern[m_at + ahead] : '\0';
    }
    [[nodiscard]] bool isOver() const { return m_at >= m_pattern.size(); }
    void copy(std::size_t count);
    void write(std::string_view text, std::size_t instead);

    bool readItem();
    bool readLiteral();
    bool readEscape();
    bool readHex();
    bool readGroup();
    bool readFlags();
    void readRepetition();
    bool readClass();
    bool readClassItem();
    bool readClassEscape();
    bool readClassRange();
    bool readNamedClass();
    bool readNegatedClass();
    [[nodiscard]] std::size_t namedClassSize() const;

    void endLiteral();
    void dropLastOfLiteral();

    const std::string_view m_pattern;
    std::size_t m_at = 0;
    std::string m_out;
    bool m_isRangeStart = false; ///< the last item of a class was a character of its own
    // Texts that every match contains: outside of groups.
    int m_depth = 0;
    bool m_noLiteral = false;
    bool m_isFirst = true; ///< nothing came before the text
    std::string m_text;
    bool m_textIsFirst = false;
    std::string m_literal;
    bool m_literalIsFirst = false;
};

void BlockPatternReader::copy(std::size_t count)
{
    m_out += m_pattern.substr(m_at, count);
    m_at += count;
}

void BlockPatternReader::write(std::string_view text, std::size_t instead)
{
    m_out += text;
    m_at += instead;
}

std::optional<BlockPattern> BlockPatternReader::read()
{
    while (!isOver()) {
        if (!readItem()) {
            return {};
        }
    }
    endLiteral();
    BlockPattern made{.pattern = std::move(m_out)};
    if (!m_noLiteral && !m_literalIsFirst) {
        made.literal = std::move(m_literal);
    }
    return made;
}

bool BlockPatternReader::readItem()
{
    switch (next()) {
    case '\\':
        return readEscape();
    case '[':
        endLiteral();
        return readClass();
    case '(':
        endLiteral();
        ++m_depth;
        return readGroup();
    case ')':
        endLiteral();
        --m_depth;
        copy(1);
        return true;
    case '|':
        m_noLiteral = m_noLiteral || m_depth == 0;
        copy(1);
        return true;
    case '*':
    case '?':
    case '+':
    case '{':
        readRepetition();
        return true;
    case '.':
    case '^':
    case '$':
        endLiteral();
        copy(1);
        return true;
    default:
        return readLiteral();
    }
}

/// One character, with all of its bytes: what follows may repeat it.
bool BlockPatternReader::readLiteral()
{
    if (!isNoControl(next()) && next() != '\t') {
        return false;
    }
    if (m_text.empty()) {
        m_textIsFirst = m_isFirst;
    }
    std::size_t size = 1;
    while ((static_cast<unsigned char>(next(size)) & 0xC0U) == 0x80) {
        ++size;
    }
    m_text += m_pattern.substr(m_at, size);
    copy(size);
    return true;
}

bool BlockPatternReader::readEscape()
{
    const char kind = next(1);
    if (!isAlphanumeric(kind)) { // stands for itself
        if (!isNoControl(kind) || static_cast<unsigned char>(kind) >= 0x80) {
            return false;
        }
        copy(1);
        return readLiteral();
    }
    endLiteral();
    switch (kind) {
    case 's':
        write(R"([^\S\n])", 2);
        return true;
    case 'W':
        write(R"([^\w\n])", 2);
        return true;
    case 'D':
        write(R"([^\d\n])", 2);
        return true;
    case 'H':
        write(R"([^\h\n])", 2);
        return true;
    case 'x':
        return readHex();
    default:
        break;
    }
    const bool isReference = kind >= '1' && kind <= '9' && !isDigit(next(2));
    if (!isReference && !std::string_view("dwSVhbBtrfea").contains(kind)) {
        return false;
    }
    copy(2);
    return true;
}

/// Of two digits only, and no control character.
bool BlockPatternReader::readHex()
{
    constexpr std::string_view high = "23456789abcdefABCDEF";
    constexpr std::string_view low = "0123456789abcdefABCDEF";
    if (!high.contains(next(2)) || !low.contains(next(3))) {
        return false;
    }
    copy(4);
    return true;
}

bool BlockPatternReader::readGroup()
{
    if (next(1) == '*') {
        return false; // a verb
    }
    if (next(1) != '?') {
        copy(1);
        return true;
    }
    for (const std::string_view kind : {"(?:", "(?=", "(?!", "(?>", "(?<=", "(?<!"}) {
        if (m_pattern.substr(m_at).starts_with(kind)) {
            copy(kind.size());
            return true;
        }
    }
    return readFlags();
}

/// Of letters in any case.
bool BlockPatternReader::readFlags()
{
    for (const std::string_view flags : {"(?i)", "(?-i)", "(?i:", "(?-i:"}) {
        if (m_pattern.substr(m_at).starts_with(flags)) {
            m_noLiteral = true;
            m_depth -= flags.ends_with(')') ? 1 : 0;
            copy(flags.size());
            return true;
        }
    }
    return false;
}

/// What is repeated need not be there, or not once only. A brace that repeats nothing is a text;
/// which it is makes no difference here.
void BlockPatternReader::readRepetition()
{
    if (next() != '+') {
        dropLastOfLiteral();
    }
    endLiteral();
    std::size_t size = 1;
    if (next() == '{') {
        while (isDigit(next(size)) || next(size) == ',' || next(size) == ' ') {
            ++size;
        }
        size += next(size) == '}' ? 1U : 0U;
    }
    copy(size);
}

bool BlockPatternReader::readClass()
{
    if (next(1) == '^') {
        return readNegatedClass();
    }
    copy(1);
    m_isRangeStart = false;
    if (next() == ']' || next() == '-') { // at the start it is what it is
        m_isRangeStart = next() == ']';
        copy(1);
    }
    while (next() != ']') {
        if (isOver() || !readClassItem()) {
            return false;
        }
    }
    copy(1);
    return true;
}

bool BlockPatternReader::readClassItem()
{
    switch (next()) {
    case '\\':
        return readClassEscape();
    case '[':
        if (next(1) == ':' || next(1) == '.' || next(1) == '=') {
            return readNamedClass();
        }
        break;
    case '-':
        return readClassRange();
    default:
        break;
    }
    m_isRangeStart = isNoControl(next());
    if (!m_isRangeStart && next() != '\t') {
        return false;
    }
    copy(1);
    return true;
}

bool BlockPatternReader::readClassEscape()
{
    const char kind = next(1);
    m_isRangeStart = !isAlphanumeric(kind);
    if (m_isRangeStart) {
        if (!isNoControl(kind)) {
            return false;
        }
        copy(2);
        return true;
    }
    if (kind == 's') {
        write(spacesInClass, 2);
        return true;
    }
    if (!std::string_view("dwhtrfea").contains(kind)) {
        return false;
    }
    copy(2);
    return true;
}

/// Between characters that both come after the control characters.
bool BlockPatternReader::readClassRange()
{
    if (next(1) == ']') {
        copy(1);
        return true;
    }
    const bool isEscaped = next(1) == '\\';
    const char end = next(isEscaped ? 2 : 1);
    if (!m_isRangeStart || !isNoControl(end) || end == '[' || (isEscaped && isAlphanumeric(end))) {
        return false;
    }
    m_isRangeStart = false;
    copy(isEscaped ? 3 : 2);
    return true;
}

bool BlockPatternReader::readNamedClass()
{
    constexpr std::string_view space = "[:space:]";
    constexpr std::array names{"[:alpha:]", "[:digit:]", "[:alnum:]",  "[:upper:]", "[:lower:]",
                               "[:punct:]", "[:word:]",  "[:xdigit:]", "[:blank:]", "[:graph:]"};
    const std::string_view rest = m_pattern.substr(m_at);
    m_isRangeStart = false;
    if (rest.starts_with(space)) {
        write(spacesInClass, space.size());
        return true;
    }
    const auto *name = std::ranges::find_if(
        names, [rest](std::string_view known) { return rest.starts_with(known); });
    if (name == names.end()) {
        return false;
    }
    copy(std::string_view(*name).size());
    return true;
}

/// Of "[:word:]" or "[:^word:]"; 0 = it is none.
std::size_t BlockPatternReader::namedClassSize() const
{
    if (next() != '[' || next(1) != ':') {
        return 0;
    }
    std::size_t size = 2;
    while (isLetter(next(size)) || next(size) == '^') {
        ++size;
    }
    return next(size) == ':' && next(size + 1) == ']' ? size + 2 : 0;
}

/// One character more that does not match.
bool BlockPatternReader::readNegatedClass()
{
    write(R"([^\n)", 2);
    if (next() == ']' || next() == '-') { // at the start it is what it is
        m_out += '\\';
        copy(1);
    }
    while (next() != ']') {
        if (isOver() || std::string_view("QEc").contains(next() == '\\' ? next(1) : ' ')) {
            return false;
        }
        const std::size_t named = namedClassSize();
        copy(named > 0 ? named : next() == '\\' ? 2 : 1);
    }
    copy(1);
    return true;
}

void BlockPatternReader::endLiteral()
{
    if (m_depth == 0 && m_text.size() > m_literal.size()) {
        m_literal = m_text;
        m_literalIsFirst = m_textIsFirst;
    }
    m_text.clear();
    m_isFirst = false;
}

void BlockPatternReader::dropLastOfLiteral()
{
    while (!m_text.empty()) {
        const auto last = static_cast<unsigned char>(m_text.back());
        m_text.pop_back();
        if ((last & 0xC0U) != 0x80) {
            return;
        }
    }
}

} // namespace

std::optional<BlockPattern> blockPattern(std::string_view pattern)
{
    return BlockPatternReader(pattern).read();
}

} // namespace roadstead::store
