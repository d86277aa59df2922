// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/line_store.h"

#include "engine/base/files.h"

#include <algorithm>
#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

namespace roadstead::store {

namespace {

constexpr std::size_t textBuffer = std::size_t(256) << 10U;
constexpr std::size_t readPiece = std::size_t(1) << 20U;
constexpr std::uint64_t recordSize = sizeof(LineRecord);
constexpr auto *operation = "log.store";

Result<FileDescriptor> namelessFile(const std::string &folder)
{
    FileDescriptor file(::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600));
    if (file.isOpen()) {
        return file;
    }
    std::string path = folder + "/lines-XXXXXX";
    file.reset(::mkostemp(path.data(), O_CLOEXEC));
    if (!file.isOpen()) {
        return systemFailure(operation, folder);
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
            return systemFailure(operation, "write");
        }
        next += written;
        size -= static_cast<std::size_t>(written);
        at += static_cast<std::uint64_t>(written);
    }
    return {};
}

/// Exactly `size` bytes: a file that ends before them was cut.
Result<void> readAll(const FileDescriptor &file, void *bytes, std::size_t size, std::uint64_t at)
{
    auto *next = static_cast<char *>(bytes);
    while (size > 0) {
        const ssize_t got = ::pread(file.get(), next, size, static_cast<off_t>(at));
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return systemFailure(operation, "read");
        }
        if (got == 0) {
            return failure(ErrorKind::Io, operation, "the file ends too early", EIO);
        }
        next += got;
        size -= static_cast<std::size_t>(got);
        at += static_cast<std::uint64_t>(got);
    }
    return {};
}

} // namespace

Result<std::shared_ptr<LineStore>> LineStore::make(const std::string &folder,
                                                   const StoreLimits &limits)
{
    std::shared_ptr<LineStore> store(new LineStore(limits));
    for (FileDescriptor *file : {&store->m_data, &store->m_index, &store->m_older}) {
        auto made = namelessFile(folder);
        if (!made) {
            return std::unexpected(made.error());
        }
        *file = *std::move(made);
    }
    return store;
}

Result<LineRecord> LineStore::stage(const NewLine &line)
{
    const std::string_view kept = line.text.substr(0, m_limits.line);
    LineRecord record;
    record.offset = m_dataEnd;
    record.time = line.time;
    record.length = static_cast<std::uint32_t>(kept.size());
    record.stream = line.stream;
    record.level = line.level;
    record.flags = line.flags;
    if (kept.size() < line.text.size()) {
        record.flags |= lineIsCut;
    }
    m_text += kept;
    m_dataEnd += kept.size();
    if (m_text.size() >= textBuffer) {
        if (const auto written = writeText(); !written) {
            return std::unexpected(written.error());
        }
    }
    return record;
}

Result<void> LineStore::append(const NewLine &line)
{
    const auto record = stage(line);
    if (!record) {
        return std::unexpected(record.error());
    }
    m_pending.push_back(*record);
    return m_pending.size() < std::size_t(blockLines) ? Result<void>() : flush();
}

Result<void> LineStore::writeText()
{
    const auto written = writeAll(m_data, m_text.data(), m_text.size(), m_dataEnd - m_text.size());
    if (written) {
        m_text.clear();
    }
    return written;
}

/// Under the lock: the line is the one before or after all that are counted.
void LineStore::count(LineNumber line, const LineRecord &record)
{
    const std::int64_t block = blockOf(line);
    const bool isEmpty = m_range.first == m_range.end;
    if (isEmpty || block < blockOf(m_range.first)) {
        m_blocks.emplace_front();
    } else if (block > blockOf(m_range.end - 1)) {
        m_blocks.emplace_back();
    }
    Block &counted = line < m_range.first || isEmpty ? m_blocks.front() : m_blocks.back();
    const std::size_t kind = classOf(record.stream, record.level);
    ++counted.counts.at(kind);
    counted.bytes += record.length + recordSize;
    ++m_all.at(kind);
    m_bytes += record.length + recordSize;
    m_range.first = std::min(m_range.first, line);
    m_range.end = std::max(m_range.end, line + 1);
}

Result<void> LineStore::flush()
{
    if (m_pending.empty()) {
        return {};
    }
    if (const auto written = writeText(); !written) {
        return written;
    }
    const LineNumber end = range().end;
    const auto written = writeAll(m_index, m_pending.data(), m_pending.size() * recordSize,
                                  static_cast<std::uint64_t>(end) * recordSize);
    if (!written) {
        return written;
    }
    {
        const std::scoped_lock lock(m_mutex);
        for (const LineRecord &record : m_pending) {
            count(m_range.end, record);
        }
    }
    m_pending.clear();
    return letGo();
}

Result<void> LineStore::prepend(std::span<const LineRecord> records)
{
    if (records.empty()) {
        return {};
    }
    if (hasLetGo()) {
        return failure(ErrorKind::InvalidArgument, operation, "lines in between were let go");
    }
    if (const auto written = writeText(); !written) {
        return written;
    }
    const std::vector<LineRecord> backwards(records.rbegin(), records.rend());
    const auto written = writeAll(m_older, backwards.data(), backwards.size() * recordSize,
                                  static_cast<std::uint64_t>(-range().first) * recordSize);
    if (!written) {
        return written;
    }
    const std::scoped_lock lock(m_mutex);
    for (const LineRecord &record : backwards) {
        count(m_range.first - 1, record);
    }
    return {};
}

/// Takes the oldest blocks away until an eighth of the limit is free.
Result<void> LineStore::letGo()
{
    LineRange gone;
    {
        const std::scoped_lock lock(m_mutex);
        if (m_bytes <= m_limits.bytes) {
            return {};
        }
        if (m_cannotPunch) {
            return failure(ErrorKind::DiskFull, operation,
                           "the limit of the log's copy is reached");
        }
        gone.first = m_range.first;
        while (m_bytes > m_limits.bytes / 8 * 7 && m_blocks.size() > 1) {
            for (std::size_t i = 0; i < lineClasses; ++i) {
                m_all.at(i) -= m_blocks.front().counts.at(i);
            }
            m_bytes -= m_blocks.front().bytes;
            m_range.first = (blockOf(m_range.first) + 1) * blockLines;
            m_blocks.pop_front();
        }
        gone.end = m_range.first;
        m_letGo = m_letGo || gone.first < gone.end;
    }
    return punch(gone.first, gone.end);
}

/// Gives the room of lines back that nobody asks for any more.
Result<void> LineStore::punch(LineNumber from, LineNumber end)
{
    constexpr int mode = FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE;
    std::uint64_t begin = 0;
    std::uint64_t stop = 0;
    const auto give = [&] {
        if (stop > begin && ::fallocate(m_data.get(), mode, static_cast<off_t>(begin),
                                        static_cast<off_t>(stop - begin)) != 0) {
            m_cannotPunch = true;
        }
    };
    for (LineNumber at = from; at < end; at += blockLines) {
        const auto some = readRecords(at, std::min(at + blockLines, end));
        if (!some) {
            return std::unexpected(some.error());
        }
        for (const LineRecord &record : *some) {
            if (record.offset != stop) {
                give();
                begin = record.offset;
            }
            stop = record.offset + record.length;
        }
    }
    give();
    if (end > 0) {
        ::fallocate(m_index.get(), mode, 0, static_cast<off_t>(end) * off_t(recordSize));
    }
    if (from < 0 && ::ftruncate(m_older.get(), static_cast<off_t>(std::max<LineNumber>(0, -end)) *
                                                   off_t(recordSize)) != 0) {
        return systemFailure(operation, "truncate");
    }
    return {};
}

LineRange LineStore::range() const
{
    const std::scoped_lock lock(m_mutex);
    return m_range;
}

std::uint64_t LineStore::bytesOnDisk() const
{
    const std::scoped_lock lock(m_mutex);
    return m_bytes;
}

bool LineStore::hasLetGo() const
{
    const std::scoped_lock lock(m_mutex);
    return m_letGo;
}

bool LineStore::hasRoom() const
{
    const std::scoped_lock lock(m_mutex);
    return !m_letGo && m_bytes < m_limits.bytes / 8 * 7;
}

LineCounts LineStore::counts(ClassMask wanted) const
{
    const std::scoped_lock lock(m_mutex);
    LineCounts result{.range = m_range, .all = m_all, .upTo = {}};
    result.upTo.reserve(m_blocks.size());
    std::uint64_t sum = 0;
    for (const Block &block : m_blocks) {
        for (std::size_t i = 0; i < lineClasses; ++i) {
            sum += (wanted >> i & 1U) != 0 ? block.counts.at(i) : 0U;
        }
        result.upTo.push_back(sum);
    }
    return result;
}

/// On one side of line 0 or the other, or both.
Result<std::vector<LineRecord>> LineStore::readRecords(LineNumber from, LineNumber end) const
{
    std::vector<LineRecord> result(static_cast<std::size_t>(end - from));
    const LineNumber older = std::clamp<LineNumber>(-from, 0, end - from);
    if (older > 0) {
        const auto read = readAll(m_older, result.data(), std::size_t(older) * recordSize,
                                  static_cast<std::uint64_t>(-(from + older)) * recordSize);
        if (!read) {
            return std::unexpected(read.error());
        }
        std::reverse(result.begin(), result.begin() + older);
    }
    const auto read =
        readAll(m_index, result.data() + older, std::size_t(end - from - older) * recordSize,
                static_cast<std::uint64_t>(from + older) * recordSize);
    return read ? Result<std::vector<LineRecord>>(std::move(result))
                : std::unexpected(read.error());
}

Result<std::vector<LineRecord>> LineStore::records(LineNumber &from, LineNumber end) const
{
    const LineRange before = range();
    from = std::max(from, before.first);
    end = std::min(end, before.end);
    if (from >= end) {
        return {};
    }
    auto result = readRecords(from, end);
    const LineNumber first = range().first;
    if (from < first) { // let go meanwhile: what was read may be a hole
        if (result) {
            result->erase(result->begin(), result->begin() + std::min(first, end) - from);
        } else {
            result.emplace();
        }
        from = first;
    }
    return result;
}

Result<void> LineStore::read(LineNumber from, LineNumber end, const Receiver &receive) const
{
    std::string text;
    while (from < end) {
        const LineNumber stop = std::min((blockOf(from) + 1) * blockLines, end);
        LineNumber at = from;
        const auto some = records(at, stop);
        if (!some) {
            return std::unexpected(some.error());
        }
        for (std::size_t i = 0; i < some->size();) {
            // As many as lie behind each other in the file.
            const std::uint64_t begin = (*some)[i].offset;
            std::uint64_t size = (*some)[i].length;
            std::size_t next = i + 1;
            while (next < some->size() && (*some)[next].offset == begin + size &&
                   size + (*some)[next].length <= readPiece) {
                size += (*some)[next++].length;
            }
            text.resize(size);
            if (const auto got = readAll(m_data, text.data(), size, begin); !got) {
                return got;
            }
            const LineNumber first = range().first;
            for (; i < next; ++i) {
                const LineRecord &record = (*some)[i];
                const LineNumber line = at + LineNumber(i);
                if (line >= first &&
                    !receive(line, record,
                             std::string_view(text).substr(record.offset - begin, record.length))) {
                    return {};
                }
            }
        }
        from = std::max(stop, at);
    }
    return {};
}

Result<LineNumber> LineStore::lineAt(std::int64_t time) const
{
    LineRange left = range();
    while (left.first < left.end) {
        const LineNumber middle = left.first + (left.end - left.first) / 2;
        LineNumber at = middle;
        const auto record = records(at, middle + 1);
        if (!record) {
            return std::unexpected(record.error());
        }
        if (record->empty() || record->front().time < time) {
            left.first = middle + 1;
        } else {
            left.end = middle;
        }
    }
    return left.first;
}

} // namespace roadstead::store
