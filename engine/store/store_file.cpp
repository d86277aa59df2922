// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/store_file.h"

#include "engine/base/files.h"

#include <cerrno>

#include <stdlib.h>
#include <unistd.h>

namespace roadstead::store {

Result<FileDescriptor> namelessFile(const std::string &folder)
{
    FileDescriptor file(::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600));
    if (file.isOpen()) {
        return file;
    }
    std::string path = folder + "/lines-XXXXXX";
    file.reset(::mkostemp(path.data(), O_CLOEXEC));
    if (!file.isOpen()) {
        return systemFailure(storeOperation, folder);
    }
    ::unlink(path.c_str());
    return file;
}

Result<void> writeAll(const FileDescriptor &file, const void *bytes, std::size_t size,
                      std::uint64_t at)
{
    const auto *next = static_cast<const char *>(bytes);
    while (size > 0) {
        const ssize_t written = ::pwrite(file.get(), next, size, static_cast<off_t>(at));
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written <= 0) {
            return systemFailure(storeOperation, "write");
        }
        next += written;
        size -= static_cast<std::size_t>(written);
        at += static_cast<std::uint64_t>(written);
    }
    return {};
}

Result<void> readAll(const FileDescriptor &file, void *bytes, std::size_t size, std::uint64_t at)
{
    auto *next = static_cast<char *>(bytes);
    while (size > 0) {
        const ssize_t got = ::pread(file.get(), next, size, static_cast<off_t>(at));
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return systemFailure(storeOperation, "read");
        }
        if (got == 0) {
            return failure(ErrorKind::Io, storeOperation, "the file ends too early", EIO);
        }
        next += got;
        size -= static_cast<std::size_t>(got);
        at += static_cast<std::uint64_t>(got);
    }
    return {};
}

void TextHoles::add(const LineRecord &record)
{
    if (record.offset != m_end) {
        punch();
        m_begin = record.offset;
    }
    m_end = record.offset + bytesInFile(record);
}

bool TextHoles::finish()
{
    punch();
    return m_works;
}

void TextHoles::punch()
{
    m_works = (m_end <= m_begin || ::fallocate(m_file.get(), holeMode, static_cast<off_t>(m_begin),
                                               static_cast<off_t>(m_end - m_begin)) == 0) &&
              m_works;
}

} // namespace roadstead::store
