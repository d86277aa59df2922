// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/file_descriptor.h"
#include "engine/base/result.h"
#include "engine/store/line_record.h"

#include <array>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace roadstead::store {

struct StoreLimits
{
    std::uint64_t bytes = std::uint64_t(2) << 30U; ///< on disk; above it the oldest lines go
    std::size_t line = std::size_t(64) << 10U;     ///< of a line that are kept
};

/// A line to be kept.
struct NewLine
{
    std::int64_t time = 0;
    LineStream stream = LineStream::Stdout;
    LineLevel level = LineLevel::None;
    std::uint8_t flags = 0;
    std::string_view text; ///< without its line feed, and with none in it
};

/// Lines whose texts lie behind each other.
struct LinePiece
{
    LineNumber first = 0;
    std::span<const LineRecord> records; ///< at least one
    std::string_view text;               ///< theirs, each with a line feed behind it
};

/// How many lines of each class there are, in all and by blocks.
struct LineCounts
{
    LineRange range;
    std::array<std::uint64_t, lineClasses> all{};
    /// Lines of the wanted classes in and before each block, the block of range.first being the
    /// first.
    std::vector<std::uint64_t> upTo;
    std::vector<std::int64_t> times; ///< of the first line of each block
    std::int64_t lastTime = 0;       ///< of the newest line
};

/// The lines of one log, on disk. Writing functions are for one thread at a time, reading ones for
/// any; a reader sees what was flushed. Fails with Io or DiskFull.
class LineStore
{
public:
    /// In a folder that exists. The files have no names and go with the store.
    static Result<std::shared_ptr<LineStore>> make(const std::string &folder,
                                                   const StoreLimits &limits = {});
    LineStore(const LineStore &) = delete;
    LineStore &operator=(const LineStore &) = delete;
    ~LineStore() = default;

    /// Writing: after the newest line.
    Result<void> append(const NewLine &line);
    /// Writing: only the text of an older line, whose record is for prepend().
    Result<LineRecord> stage(const NewLine &line);
    /// Writing: staged lines, oldest first, before the oldest line; published at once. Not after
    /// lines were let go (hasLetGo()).
    Result<void> prepend(std::span<const LineRecord> records);
    /// Writing: a staged line, oldest first, for publishOlder(). Costs no memory: for a whole log.
    Result<void> keepOlder(const LineRecord &record);
    /// Writing: as prepend() with all lines that were kept. Yields how many they were.
    Result<std::int64_t> publishOlder();
    /// Writing: forgets the lines that were kept, and gives their room on disk back.
    void dropOlder();
    /// Writing: publishes what was appended, and lets the oldest lines go where there are too many.
    Result<void> flush();

    [[nodiscard]] LineRange range() const;
    [[nodiscard]] std::uint64_t bytesOnDisk() const;
    [[nodiscard]] bool hasLetGo() const; ///< of lines, for want of room
    [[nodiscard]] bool hasRoom() const { return room() > 0; }
    [[nodiscard]] std::uint64_t room() const; ///< bytes, for older lines
    [[nodiscard]] LineCounts counts(ClassMask wanted) const;

    /// The records of [from, end), without those that do not exist (any more): `from` becomes the
    /// number of the first.
    Result<std::vector<LineRecord>> records(LineNumber &from, LineNumber end) const;
    using Receiver = std::function<bool(LineNumber, const LineRecord &, std::string_view text)>;
    /// Hands over those lines in order until `receive` returns false. Reads a mebibyte at a time.
    Result<void> read(LineNumber from, LineNumber end, const Receiver &receive) const;
    using PieceReceiver = std::function<bool(const LinePiece &)>;
    /// The same with as many lines at once as lie together.
    Result<void> readPieces(LineNumber from, LineNumber end, const PieceReceiver &receive) const;
    /// The first line of that time or later; range().end when there is none. Lines are taken to be
    /// in order of time.
    Result<LineNumber> lineAt(std::int64_t time) const;

private:
    struct Block
    {
        std::array<std::uint16_t, lineClasses> counts{};
        std::uint64_t bytes = 0; ///< text and records
        std::int64_t time = 0;   ///< of its first line
    };

    explicit LineStore(const StoreLimits &limits)
        : m_limits(limits)
    {
    }
    Result<void> writeText();
    void count(LineNumber line, const LineRecord &record);
    Result<void> writeKept();
    void forgetKept();
    Result<void> letGo();
    Result<void> punch(LineNumber from, LineNumber end);
    [[nodiscard]] Result<std::vector<LineRecord>> readRecords(LineNumber from,
                                                              LineNumber end) const;

    const StoreLimits m_limits;
    FileDescriptor m_data;
    FileDescriptor m_index; ///< of lines from 0 on
    FileDescriptor m_older; ///< of lines before 0, backwards
    FileDescriptor m_kept;  ///< of lines that keepOlder() was given
    // Of the writer.
    std::string m_text; ///< not written yet; ends at m_dataEnd
    std::uint64_t m_dataEnd = 0;
    std::vector<LineRecord> m_pending; ///< appended and not published
    std::vector<LineRecord> m_keptEnd; ///< not in the file yet
    std::int64_t m_keptInFile = 0;
    bool m_cannotPunch = false;
    // Published.
    mutable std::mutex m_mutex;
    LineRange m_range;
    std::deque<Block> m_blocks; ///< from that of m_range.first on
    std::array<std::uint64_t, lineClasses> m_all{};
    std::uint64_t m_bytes = 0;
    std::int64_t m_lastTime = 0;
    bool m_letGo = false;
};

} // namespace roadstead::store
