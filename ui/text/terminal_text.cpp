// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/terminal_text.h"

#include "ui/text/display_text.h"

#include <string>

namespace roadstead::ui {

namespace {

constexpr char escape = '\x1b';
constexpr char bell = '\x07';

bool isIn(char c, char first, char last)
{
    return c >= first && c <= last;
}

/// Where the text goes on after the control sequence whose escape is at `at` (ECMA-48, 5.3 to 5.6).
/// A string that never ends is taken to end with its line: it must not swallow what follows.
std::size_t afterSequence(std::string_view text, std::size_t at)
{
    std::size_t next = at + 1;
    const auto skip = [&](char first, char last) {
        while (next < text.size() && isIn(text[next], first, last)) {
            ++next;
        }
    };
    if (next >= text.size()) {
        return next;
    }
    const char kind = text[next];
    if (kind == '[') {
        ++next;
        skip('0', '?');
        skip(' ', '/');
        return next < text.size() && isIn(text[next], '@', '~') ? next + 1 : next;
    }
    if (kind == ']' || kind == 'P' || kind == 'X' || kind == '^' || kind == '_') {
        while (next < text.size() && text[next] != '\n') {
            if (text[next] == bell) {
                return next + 1;
            }
            if (text[next] == escape) {
                return next + 1 < text.size() && text[next + 1] == '\\' ? next + 2 : next;
            }
            ++next;
        }
        return next;
    }
    skip(' ', '/');
    return next < text.size() && isIn(text[next], '0', '~') ? next + 1 : next;
}

/// From a line's start, or at least from a character's.
std::string_view lastBytes(std::string_view text, std::size_t most)
{
    std::string_view end = text.substr(text.size() - most);
    if (const auto line = end.find('\n'); line != std::string_view::npos && line + 1 < end.size()) {
        return end.substr(line + 1);
    }
    while (!end.empty() && (static_cast<unsigned char>(end.front()) & 0xC0U) == 0x80U) {
        end.remove_prefix(1);
    }
    return end;
}

} // namespace

QString terminalText(std::string_view hostile, std::size_t maxBytes)
{
    std::string plain;
    plain.reserve(hostile.size());
    std::size_t lineStart = 0;
    for (std::size_t i = 0; i < hostile.size();) {
        const char c = hostile[i];
        if (c == escape) {
            i = afterSequence(hostile, i);
            continue;
        }
        ++i;
        if (c == '\r') {
            // At the end of a line, or of the text, nothing is written over it.
            const std::size_t next = hostile.find_first_not_of('\r', i);
            if (next != std::string_view::npos && hostile[next] != '\n') {
                plain.resize(lineStart);
            }
            continue;
        }
        plain += c;
        if (c == '\n') {
            lineStart = plain.size();
        }
    }
    const bool cut = plain.size() > maxBytes;
    const std::string_view shown = cut ? lastBytes(plain, maxBytes) : std::string_view(plain);
    // Invisible characters become longer when they are made visible: room for the worst case.
    constexpr std::size_t widest = 8;
    const QString text = displayBlock(shown, maxBytes * widest);
    return cut ? QStringLiteral("…\n") + text : text;
}

} // namespace roadstead::ui
