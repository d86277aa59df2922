// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>

namespace roadstead::store {

enum class LineStream : std::uint8_t { Stdout, Stderr };

/// How bad a line says it is.
enum class LineLevel : std::uint8_t {
    None,  ///< says nothing of it
    Error, ///< and worse
    Warning,
    Info,
    Debug ///< and finer
};

inline constexpr std::size_t levelCount = 5;

/// The text goes on after what is kept of it.
inline constexpr std::uint8_t lineIsCut = 1;
/// Belongs to the line above it, as the lines of a stack trace do, and has its level.
inline constexpr std::uint8_t lineContinues = 2;

/// A line as the index has it; its layout is that of the file.
struct LineRecord
{
    std::uint64_t offset = 0; ///< of its text in the data file
    std::int64_t time = 0;    ///< nanoseconds since the epoch; 0 = unknown
    std::uint32_t length = 0; ///< bytes
    LineStream stream = LineStream::Stdout;
    LineLevel level = LineLevel::None;
    std::uint8_t flags = 0;
    std::uint8_t reserved = 0;
};
static_assert(sizeof(LineRecord) == 24);

/// Bytes that a line takes in the data file: its text and the line feed behind it.
constexpr std::uint64_t bytesInFile(const LineRecord &record)
{
    return std::uint64_t(record.length) + 1;
}

/// Which of the lines a line is, in order; those older than the first one read are negative.
using LineNumber = std::int64_t;

struct LineRange
{
    LineNumber first = 0;
    LineNumber end = 0;
    bool operator==(const LineRange &) const = default;
};

/// Lines counted together.
inline constexpr LineNumber blockLines = 4096;

/// The block of a line; blocks before line 0 are negative.
constexpr std::int64_t blockOf(LineNumber line)
{
    return line >= 0 ? line / blockLines : -((-line - 1) / blockLines) - 1;
}

/// A stream and a level together.
inline constexpr std::size_t lineClasses = 2 * levelCount;

constexpr std::size_t classOf(LineStream stream, LineLevel level)
{
    return std::size_t(stream) * levelCount + std::size_t(level);
}

/// Classes that are wanted: bit 1 << classOf().
using ClassMask = std::uint16_t;
inline constexpr ClassMask allClasses = (1U << lineClasses) - 1U;

} // namespace roadstead::store
