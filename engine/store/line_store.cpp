// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/line_store.h"

#include "engine/base/files.h"
#include "engine/store/store_file.h"

#include <algorithm>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

namespace roadstead::store {

namespace {

constexpr std::size_t textBuffer = std::size_t(256) << 10U;
constexpr std::size_t readPiece = std::size_t(1) << 20U;
constexpr std::uint64_t recordSize = sizeof(LineRecord);
constexpr auto *operation = storeOperation;

/// How many lines lie behind each other in the data file, and are to be read at once.
std::size_t piece(std::span<const LineRecord> records)
{
    const std::uint64_t begin = records.front().offset;
    std::uint64_t end = begin + bytesInFile(records.front());
    std::size_t count = 1;
    while (count < records.size() && records[count].offset == end &&
           end + bytesInFile(records[count]) - begin <= readPiece) {
        end += bytesInFile(records[count++]);
    }
    return count;
}

void dropBefore(LineNumber line, LinePiece &piece)
{
    const LineNumber count =
        std::clamp<LineNumber>(line - piece.first, 0, LineNumber(piece.records.size()));
    if (count > 0) {
        const std::uint64_t begin = piece.records.front().offset;
        piece.first += count;
        piece.records = piece.records.subspan(std::size_t(count));
        piece.text = piece.records.empty()
                         ? std::string_view()
                         : piece.text.substr(piece.records.front().offset - begin);
    }
}

} // namespace

Result<std::shared_ptr<LineStore>> LineStore::make(const std::string &folder,
                                                   const StoreLimits &limits)
{
    std::shared_ptr<LineStore> store(new LineStore(limits));
    for (FileDescriptor *file :
         {&store->m_data, &store->m_index, &store->m_older, &store->m_kept}) {
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
    m_text += '\n';
    m_dataEnd += bytesInFile(record);
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
    const bool isOldest = line < m_range.first || isEmpty;
    Block &counted = isOldest ? m_blocks.front() : m_blocks.back();
    const bool isFirst = std::ranges::all_of(counted.counts, [](auto n) { return n == 0; });
    counted.time = isOldest || isFirst ? record.time : counted.time;
    m_lastTime = !isOldest || isEmpty ? record.time : m_lastTime;
    const std::size_t kind = classOf(record.stream, record.level);
    ++counted.counts.at(kind);
    counted.bytes += bytesInFile(record) + recordSize;
    ++m_all.at(kind);
    m_bytes += bytesInFile(record) + recordSize;
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

Result<void> LineStore::keepOlder(const LineRecord &record)
{
    m_keptEnd.push_back(record);
    return m_keptEnd.size() < std::size_t(blockLines) ? Result<void>() : writeKept();
}

Result<void> LineStore::writeKept()
{
    const auto written = writeAll(m_kept, m_keptEnd.data(), m_keptEnd.size() * recordSize,
                                  static_cast<std::uint64_t>(m_keptInFile) * recordSize);
    if (written) {
        m_keptInFile += std::int64_t(m_keptEnd.size());
        m_keptEnd.clear();
    }
    return written;
}

/// The newest block of them first: each goes before the one that was published before it.
Result<std::int64_t> LineStore::publishOlder()
{
    if (const auto written = writeKept(); !written) {
        return std::unexpected(written.error());
    }
    const std::int64_t count = m_keptInFile;
    std::vector<LineRecord> some;
    for (std::int64_t end = count; end > 0;) {
        const std::int64_t from = std::max<std::int64_t>(0, end - blockLines);
        some.resize(std::size_t(end - from));
        auto done = readAll(m_kept, some.data(), some.size() * recordSize,
                            static_cast<std::uint64_t>(from) * recordSize);
        if (done) {
            done = prepend(some);
        }
        if (!done) {
            forgetKept();
            return std::unexpected(done.error());
        }
        end = from;
    }
    forgetKept();
    return count;
}

/// What was published is in use: its records are not here any more.
void LineStore::dropOlder()
{
    TextHoles holes(m_data);
    std::vector<LineRecord> some;
    for (std::int64_t from = 0; from < m_keptInFile; from += blockLines) {
        some.resize(std::size_t(std::min(blockLines, m_keptInFile - from)));
        if (readAll(m_kept, some.data(), some.size() * recordSize,
                    static_cast<std::uint64_t>(from) * recordSize)) {
            std::ranges::for_each(some, [&](const LineRecord &record) { holes.add(record); });
        }
    }
    (void)holes.finish();
    forgetKept();
}

void LineStore::forgetKept()
{
    m_keptEnd.clear();
    m_keptInFile = 0;
    // Where it cannot be shortened, what is in it is written over.
    [[maybe_unused]] const int failed = ::ftruncate(m_kept.get(), 0);
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
    TextHoles holes(m_data);
    for (LineNumber at = from; at < end; at += blockLines) {
        const auto some = readRecords(at, std::min(at + blockLines, end));
        if (!some) {
            return std::unexpected(some.error());
        }
        std::ranges::for_each(*some, [&](const LineRecord &record) { holes.add(record); });
    }
    m_cannotPunch = !holes.finish() || m_cannotPunch;
    if (end > 0) {
        ::fallocate(m_index.get(), holeMode, 0, static_cast<off_t>(end) * off_t(recordSize));
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

std::uint64_t LineStore::room() const
{
    const std::scoped_lock lock(m_mutex);
    const std::uint64_t most = m_limits.bytes / 8 * 7;
    return m_letGo || m_bytes >= most ? 0 : most - m_bytes;
}

LineCounts LineStore::counts(ClassMask wanted) const
{
    const std::scoped_lock lock(m_mutex);
    LineCounts result{
        .range = m_range, .all = m_all, .upTo = {}, .times = {}, .lastTime = m_lastTime};
    result.upTo.reserve(m_blocks.size());
    result.times.reserve(m_blocks.size());
    std::uint64_t sum = 0;
    for (const Block &block : m_blocks) {
        for (std::size_t i = 0; i < lineClasses; ++i) {
            sum += (wanted >> i & 1U) != 0 ? block.counts.at(i) : 0U;
        }
        result.upTo.push_back(sum);
        result.times.push_back(block.time);
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

Result<void> LineStore::readPieces(LineNumber from, LineNumber end,
                                   const PieceReceiver &receive) const
{
    std::string text;
    while (from < end) {
        const LineNumber stop = std::min((blockOf(from) + 1) * blockLines, end);
        LineNumber at = from;
        const auto some = records(at, stop);
        if (!some) {
            return std::unexpected(some.error());
        }
        const std::span<const LineRecord> all(*some);
        for (std::size_t i = 0; i < all.size();) {
            const std::size_t count = piece(all.subspan(i));
            LinePiece read{at + LineNumber(i), all.subspan(i, count), {}};
            text.resize(read.records.back().offset + bytesInFile(read.records.back()) -
                        read.records.front().offset);
            if (const auto got =
                    readAll(m_data, text.data(), text.size(), read.records.front().offset);
                !got) {
                return got;
            }
            read.text = text;
            dropBefore(range().first, read); // let go meanwhile: what was read may be a hole
            if (!read.records.empty() && !receive(read)) {
                return {};
            }
            i += count;
        }
        from = std::max(stop, at);
    }
    return {};
}

Result<void> LineStore::read(LineNumber from, LineNumber end, const Receiver &receive) const
{
    return readPieces(from, end, [&](const LinePiece &piece) {
        LineNumber line = piece.first;
        for (const LineRecord &record : piece.records) {
            const auto place = std::size_t(record.offset - piece.records.front().offset);
            if (!receive(line++, record, piece.text.substr(place, record.length))) {
                return false;
            }
        }
        return true;
    });
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
