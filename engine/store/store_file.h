// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/file_descriptor.h"
#include "engine/base/result.h"
#include "engine/store/line_record.h"

#include <cstddef>
#include <cstdint>
#include <string>

#include <fcntl.h>

/// The files of a LineStore.
namespace roadstead::store {

inline constexpr auto *storeOperation = "log.store";
inline constexpr int holeMode = FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE;

/// A file in a folder that nobody else sees, and that goes when it is closed.
Result<FileDescriptor> namelessFile(const std::string &folder);
Result<void> writeAll(const FileDescriptor &file, const void *bytes, std::size_t size,
                      std::uint64_t at);
/// Exactly `size` bytes: a file that ends before them was cut.
Result<void> readAll(const FileDescriptor &file, void *bytes, std::size_t size, std::uint64_t at);

/// Gives the room of records' texts back to the disk, of those behind each other at once.
class TextHoles
{
public:
    explicit TextHoles(const FileDescriptor &file)
        : m_file(file)
    {
    }
    void add(const LineRecord &record);
    bool finish(); ///< whether the file system could do it

private:
    void punch();

    const FileDescriptor &m_file;
    std::uint64_t m_begin = 0;
    std::uint64_t m_end = 0;
    bool m_works = true;
};

} // namespace roadstead::store
