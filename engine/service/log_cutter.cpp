// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/log_cutter.h"

#include "engine/base/rfc3339.h"

#include <algorithm>
#include <utility>

namespace roadstead::service {

namespace {

/// The longest time that engines write, with the blank behind it.
constexpr std::size_t longestTime = sizeof("2026-01-02T03:04:05.678901234+01:00 ") - 1;
/// The pieces in which engines keep long lines.
constexpr std::size_t pieceSize = std::size_t(16) << 10U;

} // namespace

LogCutter::LogCutter(std::size_t longest)
    : m_longest(longest)
{
}

void LogCutter::feed(docker::LogStream stream, std::string_view bytes, const Receiver &receive)
{
    const auto own =
        stream == docker::LogStream::Stderr ? store::LineStream::Stderr : store::LineStream::Stdout;
    Line &line = m_lines.at(std::size_t(own));
    while (!bytes.empty()) {
        const std::size_t end = bytes.find('\n');
        take(line, bytes.substr(0, end));
        if (end == std::string_view::npos) {
            return;
        }
        finishLine(line, own, receive);
        bytes.remove_prefix(end + 1);
    }
}

void LogCutter::finish(const Receiver &receive)
{
    for (const auto stream : {store::LineStream::Stdout, store::LineStream::Stderr}) {
        Line &line = m_lines.at(std::size_t(stream));
        if (line.size > 0 || !line.head.empty()) {
            finishLine(line, stream, receive);
        }
    }
}

void LogCutter::take(Line &line, std::string_view bytes)
{
    if (!line.timed) {
        const std::size_t before = line.head.size();
        line.head += bytes.substr(0, longestTime - std::min(before, longestTime));
        const std::size_t blank = line.head.find(' ');
        if (blank == std::string::npos && line.head.size() < longestTime) {
            return;
        }
        line.timed = true;
        const auto time = parseRfc3339(std::string_view(line.head).substr(0, blank));
        line.time = time ? time->nanoseconds : 0;
        bytes.remove_prefix(line.head.size() - before);
        const std::string rest = time ? line.head.substr(blank + 1) : line.head;
        line.head.clear();
        takeText(line, rest);
    }
    takeText(line, bytes);
}

void LogCutter::takeText(Line &line, std::string_view bytes)
{
    while (!bytes.empty()) {
        if (line.mayBeTime) {
            takeWithin(line, bytes);
            continue;
        }
        const std::string_view some = bytes.substr(0, pieceSize - line.size % pieceSize);
        const std::size_t room = m_longest + 1 - std::min(line.text.size(), m_longest + 1);
        line.text += some.substr(0, room);
        line.size += some.size();
        bytes.remove_prefix(some.size());
        line.mayBeTime = line.size % pieceSize == 0;
    }
}

/// After a whole piece: a time, if another one follows, else text.
void LogCutter::takeWithin(Line &line, std::string_view &bytes)
{
    const std::string_view some = bytes.substr(0, longestTime - line.within.size());
    line.within += some;
    bytes.remove_prefix(some.size());
    const std::size_t blank = line.within.find(' ');
    if (blank == std::string::npos && line.within.size() < longestTime) {
        return;
    }
    std::string text = std::exchange(line.within, {});
    line.mayBeTime = false;
    if (blank != std::string::npos && parseRfc3339(std::string_view(text).substr(0, blank))) {
        text.erase(0, blank + 1);
        ++line.entries;
    }
    // Shorter than a piece: comes back here once at most.
    const std::size_t room = m_longest + 1 - std::min(line.text.size(), m_longest + 1);
    line.text += std::string_view(text).substr(0, room);
    line.size += text.size();
}

void LogCutter::finishLine(Line &line, store::LineStream stream, const Receiver &receive)
{
    std::string rest = std::exchange(line.within, {});
    if (!line.timed) {
        const auto time = parseRfc3339(line.head);
        line.time = time ? time->nanoseconds : 0;
        rest = time ? std::string() : line.head;
    }
    line.text += rest;
    if (!line.text.empty() && line.text.back() == '\r') {
        line.text.pop_back();
    }
    if (line.time == 0) {
        line.time = m_lastTime;
    }
    m_lastTime = line.time;
    receive({line.time, stream, line.text, line.entries});
    // The room that the text has is kept for the next line.
    line.text.clear();
    line.head.clear();
    line.size = 0;
    line.entries = 1;
    line.timed = false;
    line.time = 0;
    line.mayBeTime = false;
}

} // namespace roadstead::service
