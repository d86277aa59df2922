// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/docker/client.h"
#include "engine/store/line_record.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace roadstead::service {

/// A line of a log as the engine sent it.
struct CutLine
{
    std::int64_t time = 0; ///< nanoseconds since the epoch; that of the line before, if it has none
    store::LineStream stream = store::LineStream::Stdout;
    std::string_view text; ///< without time and line feed; at most one byte more than was allowed
    int entries = 1;       ///< of the engine's log: it keeps long lines in pieces
};

/// Cuts what an engine sends of a log with timestamps into lines. Engines keep lines longer than
/// 16 KiB in pieces and put a time before each of them: those within a line are taken out. Memory
/// is bounded whatever comes. Not thread-safe.
class LogCutter
{
public:
    using Receiver = std::function<void(const CutLine &)>;

    /// `longest`: bytes of a line that are of use; one more is handed on of a longer one.
    explicit LogCutter(std::size_t longest);

    void feed(docker::LogStream stream, std::string_view bytes, const Receiver &receive);
    /// The log is over: hands on a last line without a line feed.
    void finish(const Receiver &receive);

private:
    struct Line
    {
        std::string head;     ///< until the time is read
        std::string text;     ///< after the time
        std::size_t size = 0; ///< of the text, all of it
        int entries = 1;
        bool timed = false;
        std::int64_t time = 0;
        std::string within; ///< what may be the time of a further piece
        bool mayBeTime = false;
    };

    void take(Line &line, std::string_view bytes);
    void takeText(Line &line, std::string_view bytes);
    void takeWithin(Line &line, std::string_view &bytes);
    void finishLine(Line &line, store::LineStream stream, const Receiver &receive);

    const std::size_t m_longest;
    std::array<Line, 2> m_lines; ///< of stdout and stderr
    std::int64_t m_lastTime = 0;
};

} // namespace roadstead::service
