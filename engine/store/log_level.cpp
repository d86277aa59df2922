// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/log_level.h"

#include "engine/base/ascii.h"
#include "engine/store/ansi_text.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>

namespace roadstead::store {

namespace {

/// Where a word in plain text may stand, and where the member of a JSON object.
constexpr std::size_t wordReach = 96;
constexpr std::size_t jsonReach = 4096;

constexpr char lowered(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

struct LevelWord
{
    std::string_view word;
    LineLevel level;
};

constexpr std::array<LevelWord, 25> levelWords{{
    {"error", LineLevel::Error},      {"err", LineLevel::Error},
    {"fatal", LineLevel::Error},      {"critical", LineLevel::Error},
    {"crit", LineLevel::Error},       {"panic", LineLevel::Error},
    {"emerg", LineLevel::Error},      {"alert", LineLevel::Error},
    {"severe", LineLevel::Error},     {"warn", LineLevel::Warning},
    {"warning", LineLevel::Warning},  {"wrn", LineLevel::Warning},
    {"info", LineLevel::Info},        {"inf", LineLevel::Info},
    {"information", LineLevel::Info}, {"notice", LineLevel::Info},
    {"log", LineLevel::Info},         {"debug", LineLevel::Debug},
    {"dbg", LineLevel::Debug},        {"trace", LineLevel::Debug},
    {"verbose", LineLevel::Debug},    {"fine", LineLevel::Debug},
    {"finer", LineLevel::Debug},      {"finest", LineLevel::Debug},
    {"silly", LineLevel::Debug},
}};

/// Of the words that begin with a letter, one bit for each length: most words of a line are none.
constexpr auto levelLengths = [] {
    std::array<std::uint32_t, 26> lengths{};
    for (const LevelWord &known : levelWords) {
        lengths.at(std::size_t(known.word.front() - 'a')) |= 1U << known.word.size();
    }
    return lengths;
}();

std::optional<LineLevel> levelNamed(std::string_view word)
{
    const bool mayBe =
        !word.empty() && isLetter(word.front()) && word.size() < 32 &&
        (levelLengths.at(std::size_t(lowered(word.front()) - 'a')) >> word.size() & 1U) != 0;
    if (!mayBe) {
        return {};
    }
    for (const LevelWord &known : levelWords) {
        if (std::ranges::equal(word, known.word, {}, lowered)) {
            return known.level;
        }
    }
    return {};
}

/// Of the loggers that count: 10 trace, 20 debug, 30 info, 40 warning, 50 error.
LineLevel levelOfNumber(int number)
{
    if (number >= 50) {
        return LineLevel::Error;
    }
    if (number >= 40) {
        return LineLevel::Warning;
    }
    return number >= 30 ? LineLevel::Info : LineLevel::Debug;
}

std::size_t wordEnd(std::string_view line, std::size_t at)
{
    while (at < line.size() && isLetter(line[at])) {
        ++at;
    }
    return at;
}

/// What follows the name of a member or key, or nothing: a word or a number.
FoundLevel valueAt(std::string_view line, std::size_t at)
{
    while (at < line.size() && (line[at] == ' ' || line[at] == '"' || line[at] == '\'')) {
        ++at;
    }
    if (const std::size_t end = wordEnd(line, at); end > at) {
        const auto level = levelNamed(line.substr(at, end - at));
        return level ? FoundLevel{*level, at, end} : FoundLevel();
    }
    std::size_t end = at;
    int number = 0;
    while (end < line.size() && end < at + 3 && isDigit(line[end])) {
        number = number * 10 + (line[end++] - '0');
    }
    return end >= at + 2 ? FoundLevel{levelOfNumber(number), at, end} : FoundLevel();
}

FoundLevel inJson(std::string_view line)
{
    for (const std::string_view name :
         {"\"level\"", "\"severity\"", "\"lvl\"", "\"log.level\"", "\"levelname\"", "\"@l\""}) {
        const std::size_t at = line.find(name);
        const std::size_t colon =
            at == std::string_view::npos ? at : line.find_first_not_of(' ', at + name.size());
        if (colon != std::string_view::npos && line[colon] == ':') {
            if (const auto found = valueAt(line, colon + 1); found.level != LineLevel::None) {
                return found;
            }
        }
    }
    return {};
}

/// "<3>" of the kernel and syslog, "E0102 15:04" of klog.
FoundLevel atStart(std::string_view line)
{
    if (line.size() > 2 && line[0] == '<' && line[1] >= '0' && line[1] <= '7' && line[2] == '>') {
        const int severity = line[1] - '0';
        return {severity <= 3   ? LineLevel::Error
                : severity == 4 ? LineLevel::Warning
                : severity <= 6 ? LineLevel::Info
                                : LineLevel::Debug,
                0, 3};
    }
    if (line.size() > 5 && line[5] == ' ' && std::ranges::all_of(line.substr(1, 4), isDigit)) {
        switch (line[0]) {
        case 'F':
        case 'E':
            return {LineLevel::Error, 0, 1};
        case 'W':
            return {LineLevel::Warning, 0, 1};
        case 'I':
            return {LineLevel::Info, 0, 1};
        default:
            break;
        }
    }
    return {};
}

bool isOneOf(char c, std::string_view characters)
{
    return characters.contains(c);
}

/// A level that stands as a word of its own at [begin, end).
FoundLevel asWord(std::string_view line, std::size_t begin, std::size_t end)
{
    const auto level = levelNamed(line.substr(begin, end - begin));
    if (!level) {
        return {};
    }
    const char before = begin == 0 ? ' ' : line[begin - 1];
    const char after = end < line.size() ? line[end] : ' ';
    const bool bracketed = isOneOf(before, "[(<") && isOneOf(after, "])> :/|");
    if (bracketed) {
        const bool closes = isOneOf(after, "])>");
        return {*level, begin - 1, closes ? end + 1 : end};
    }
    const std::string_view word = line.substr(begin, end - begin);
    const bool capitals = std::ranges::none_of(word, [](char c) { return c >= 'a'; });
    const bool separated = isOneOf(before, " \t|:-") && isOneOf(after, " \t|:,;-])");
    if (capitals && separated) {
        return {*level, begin, after == ':' ? end + 1 : end};
    }
    // "error: …" opens a line, or what a program's name and a time stand before.
    const bool opens =
        begin == 0 || (before == ' ' && begin >= 2 && isOneOf(line[begin - 2], ":]"));
    if (opens && after == ':') {
        return {*level, begin, end + 1};
    }
    return {};
}

} // namespace

FoundLevel findLevel(std::string_view line)
{
    const std::size_t first = line.find_first_not_of(" \t");
    if (first == std::string_view::npos) {
        return {};
    }
    if (line[first] == '{') {
        return inJson(line.substr(0, jsonReach));
    }
    if (first == 0) {
        if (const auto found = atStart(line); found.level != LineLevel::None) {
            return found;
        }
    }
    const std::size_t reach = std::min(line.size(), wordReach);
    for (std::size_t at = first; at < reach;) {
        if (!isLetter(line[at])) {
            ++at;
            continue;
        }
        const std::size_t end = wordEnd(line, at);
        if (end < line.size() && line[end] == '=' && isOneOf(lowered(line[at]), "ls") &&
            (line.substr(at, end - at) == "level" || line.substr(at, end - at) == "lvl" ||
             line.substr(at, end - at) == "severity")) {
            if (const auto found = valueAt(line, end + 1); found.level != LineLevel::None) {
                return {found.level, at, found.end};
            }
        }
        const bool joined = at > 0 && (isDigit(line[at - 1]) || line[at - 1] == '_');
        if (end - at >= 3 && !joined) {
            if (const auto found = asWord(line, at, end); found.level != LineLevel::None) {
                return found;
            }
        }
        at = end;
    }
    return {};
}

LineLevel levelOf(std::string_view raw)
{
    const std::string_view head = raw.substr(0, jsonReach);
    return head.contains('\x1b') ? findLevel(parseAnsi(head).text).level : findLevel(head).level;
}

} // namespace roadstead::store
