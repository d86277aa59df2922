// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/text.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <vector>

namespace roadstead {

namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD"; // U+FFFD
constexpr std::string_view ellipsis = "\xE2\x80\xA6";    // U+2026

/// One character at the front of a text.
struct Decoded
{
    char32_t codePoint = 0;
    std::size_t length = 0; ///< bytes consumed, at least 1
    bool valid = false;
};

bool isContinuation(char c)
{
    return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

/// The range that the second byte must lie in excludes overlong forms, surrogates and what is
/// above U+10FFFF (Unicode 16, table 3-7).
struct Lead
{
    std::size_t length = 0;
    unsigned char secondMin = 0x80;
    unsigned char secondMax = 0xBF;
};

Lead leadOf(unsigned char first)
{
    if (first >= 0xC2 && first <= 0xDF) {
        return {2};
    }
    if (first >= 0xE0 && first <= 0xEF) {
        return {3, static_cast<unsigned char>(first == 0xE0 ? 0xA0 : 0x80),
                static_cast<unsigned char>(first == 0xED ? 0x9F : 0xBF)};
    }
    if (first >= 0xF0 && first <= 0xF4) {
        return {4, static_cast<unsigned char>(first == 0xF0 ? 0x90 : 0x80),
                static_cast<unsigned char>(first == 0xF4 ? 0x8F : 0xBF)};
    }
    return {};
}

Decoded decode(std::string_view text)
{
    const auto first = static_cast<unsigned char>(text.front());
    if (first < 0x80) {
        return {first, 1, true};
    }
    const Lead lead = leadOf(first);
    if (lead.length == 0) {
        return {0, 1, false};
    }
    constexpr std::array<unsigned char, 5> masks{0, 0, 0x1F, 0x0F, 0x07};
    char32_t codePoint = first & masks[lead.length];
    for (std::size_t i = 1; i < lead.length; ++i) {
        if (i >= text.size()) {
            return {0, i, false};
        }
        const auto byte = static_cast<unsigned char>(text[i]);
        const bool inRange =
            i == 1 ? byte >= lead.secondMin && byte <= lead.secondMax : isContinuation(text[i]);
        if (!inRange) {
            return {0, i, false};
        }
        codePoint = (codePoint << 6U) | (byte & 0x3FU);
    }
    return {codePoint, lead.length, true};
}

struct Range
{
    char32_t first;
    char32_t last;
};

/// Characters that draw nothing, break lines or turn the direction of what follows.
constexpr std::array<Range, 17> markedRanges{{
    {0x0080, 0x009F},   // C1 controls
    {0x00AD, 0x00AD},   // soft hyphen
    {0x034F, 0x034F},   // combining grapheme joiner
    {0x061C, 0x061C},   // Arabic letter mark
    {0x115F, 0x1160},   // Hangul fillers
    {0x17B4, 0x17B5},   // Khmer inherent vowels
    {0x180B, 0x180F},   // Mongolian selectors and separator
    {0x200B, 0x200B},   // zero-width space
    {0x200E, 0x200F},   // left-to-right and right-to-left marks
    {0x2028, 0x202E},   // line and paragraph separators, embeddings and overrides
    {0x2060, 0x206F},   // word joiner, invisible operators, isolates
    {0x3164, 0x3164},   // Hangul filler
    {0xFEFF, 0xFEFF},   // byte order mark
    {0xFFA0, 0xFFA0},   // half-width Hangul filler
    {0xFFF0, 0xFFFB},   // annotations and unassigned specials
    {0x1D173, 0x1D17A}, // musical controls
    {0xE0000, 0xE0FFF}, // tags and further selectors
}};

bool isMarked(char32_t codePoint)
{
    if ((codePoint & 0xFFFEU) == 0xFFFEU) {
        return true; // noncharacters
    }
    const auto *range = std::ranges::lower_bound(markedRanges, codePoint, {}, &Range::last);
    return range != markedRanges.end() && codePoint >= range->first;
}

/// A piece of the result that is never cut.
struct Piece
{
    std::string_view text; ///< of the source, or of `made`
    std::array<char, 16> made{};
    std::size_t madeLength = 0;
    std::size_t characters = 1;

    void appendTo(std::string &out) const
    {
        out.append(madeLength > 0 ? std::string_view(made.data(), madeLength) : text);
    }
};

Piece picture(unsigned char control)
{
    const unsigned char low = control == 0x7F ? 0x21 : control;
    Piece piece;
    piece.made = {'\xE2', '\x90', static_cast<char>(0x80U + low)};
    piece.madeLength = 3;
    return piece;
}

Piece marker(char32_t codePoint)
{
    static constexpr char digits[] = "0123456789ABCDEF";
    std::array<char, 6> hex{};
    std::size_t length = 0;
    for (char32_t rest = codePoint; rest > 0 || length < 4; rest >>= 4U) {
        hex[length++] = digits[rest & 0xFU];
    }
    Piece piece;
    const auto put = [&piece](std::string_view text) {
        std::ranges::copy(text, piece.made.begin() + static_cast<std::ptrdiff_t>(piece.madeLength));
        piece.madeLength += text.size();
    };
    put("\xE2\x9F\xA8U+"); // U+27E8
    for (std::size_t i = length; i > 0; --i) {
        put(std::string_view(&hex[i - 1], 1));
    }
    put("\xE2\x9F\xA9"); // U+27E9
    piece.characters = length + 4;
    return piece;
}

/// Takes one character off `rest` and gives what is drawn for it.
Piece takePiece(std::string_view &rest, bool keepLineBreaks)
{
    if (keepLineBreaks && rest.starts_with("\r\n")) {
        rest.remove_prefix(1);
    }
    const Decoded character = decode(rest);
    Piece piece;
    piece.text = rest.substr(0, character.length);
    rest.remove_prefix(character.length);
    if (!character.valid) {
        piece.text = replacement;
    } else if (character.codePoint < 0x20 || character.codePoint == 0x7F) {
        const bool kept =
            keepLineBreaks && (character.codePoint == '\n' || character.codePoint == '\t');
        return kept ? piece : picture(static_cast<unsigned char>(character.codePoint));
    } else if (isMarked(character.codePoint)) {
        return marker(character.codePoint);
    }
    return piece;
}

/// Appends pieces of `rest` while they fit; true when all of it went in.
bool appendWithin(std::string &out, std::string_view &rest, std::size_t budget, bool keepLineBreaks)
{
    while (!rest.empty()) {
        std::string_view after = rest;
        const Piece piece = takePiece(after, keepLineBreaks);
        if (piece.characters > budget) {
            return false;
        }
        budget -= piece.characters;
        piece.appendTo(out);
        rest = after;
    }
    return true;
}

/// As much of the end of `text` as fits into `budget` characters.
std::string lastWithin(std::string_view text, std::size_t budget, bool keepLineBreaks)
{
    constexpr std::size_t longestCharacter = 4;
    if (text.size() > budget * longestCharacter) {
        text.remove_prefix(text.size() - budget * longestCharacter);
        for (std::size_t i = 0; i + 1 < longestCharacter && !text.empty(); ++i) {
            if (!isContinuation(text.front())) {
                break;
            }
            text.remove_prefix(1);
        }
    }
    std::vector<Piece> pieces;
    while (!text.empty()) {
        pieces.push_back(takePiece(text, keepLineBreaks));
    }
    auto first = pieces.end();
    while (first != pieces.begin() && std::prev(first)->characters <= budget) {
        --first;
        budget -= first->characters;
    }
    std::string out;
    for (; first != pieces.end(); ++first) {
        first->appendTo(out);
    }
    return out;
}

/// Bytes at the start that are ASCII: of most texts all, so eight are looked at together.
std::size_t asciiPrefix(std::string_view bytes)
{
    constexpr std::uint64_t highBits = 0x8080808080808080U;
    std::size_t at = 0;
    for (std::uint64_t eight = 0; at + sizeof(eight) <= bytes.size(); at += sizeof(eight)) {
        std::memcpy(&eight, bytes.data() + at, sizeof(eight));
        if ((eight & highBits) != 0) {
            break;
        }
    }
    while (at < bytes.size() && static_cast<unsigned char>(bytes[at]) < 0x80) {
        ++at;
    }
    return at;
}

bool isPlainAscii(std::string_view text)
{
    return std::ranges::all_of(text, [](char c) { return c >= 0x20 && c < 0x7F; });
}

} // namespace

std::string safeText(std::string_view hostile, const TextRules &rules)
{
    if (hostile.size() <= rules.maxCharacters && isPlainAscii(hostile)) {
        return std::string(hostile);
    }
    std::string whole;
    std::string_view rest = hostile;
    if (appendWithin(whole, rest, rules.maxCharacters, rules.keepLineBreaks)) {
        return whole;
    }
    if (rules.maxCharacters == 0) {
        return {};
    }
    const std::size_t kept = rules.maxCharacters - 1;
    const std::size_t tail = rules.elision == Elision::Middle ? kept / 2 : 0;
    std::string out;
    rest = hostile;
    appendWithin(out, rest, kept - tail, rules.keepLineBreaks);
    out.append(ellipsis);
    out.append(lastWithin(rest, tail, rules.keepLineBreaks));
    return out;
}

std::string repairUtf8(std::string_view bytes)
{
    std::string out;
    out.reserve(bytes.size());
    while (!bytes.empty()) {
        const Decoded character = decode(bytes);
        out.append(character.valid ? bytes.substr(0, character.length) : replacement);
        bytes.remove_prefix(character.length);
    }
    return out;
}

bool isValidUtf8(std::string_view bytes)
{
    while (true) {
        bytes.remove_prefix(asciiPrefix(bytes));
        if (bytes.empty()) {
            return true;
        }
        const Decoded character = decode(bytes);
        if (!character.valid) {
            return false;
        }
        bytes.remove_prefix(character.length);
    }
}

} // namespace roadstead
