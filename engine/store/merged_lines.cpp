// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/merged_lines.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace roadstead::store {

namespace {

constexpr std::int64_t latestTime = std::numeric_limits<std::int64_t>::max() - 1;
/// Rows that are walked rather than sought.
constexpr std::int64_t nearRows = 256;

} // namespace

MergedLines::MergedLines(std::vector<std::shared_ptr<const LineStore>> stores)
{
    for (auto &store : stores) {
        add(std::move(store));
    }
}

void MergedLines::add(std::shared_ptr<const LineStore> store)
{
    Source source;
    source.store = store;
    source.view = std::make_unique<LineView>(std::move(store));
    source.view->setWanted(m_wanted);
    m_sources.push_back(std::move(source));
    refresh();
}

void MergedLines::setWanted(ClassMask wanted)
{
    m_wanted = wanted;
    for (Source &source : m_sources) {
        source.view->setWanted(wanted);
    }
    refresh();
}

void MergedLines::setShown(std::size_t source, bool shown)
{
    m_sources[source].shown = shown;
    refresh();
}

void MergedLines::refresh()
{
    m_rows = 0;
    m_cursor.row = -1;
    for (Source &source : m_sources) {
        source.view->refresh();
        source.times = source.view->counts().times;
        for (std::size_t i = 1; i < source.times.size(); ++i) {
            source.times[i] = std::max(source.times[i], source.times[i - 1]);
        }
        source.read = {};
        m_rows += source.rows();
    }
}

std::int64_t MergedLines::lines() const
{
    std::int64_t sum = 0;
    for (const Source &source : m_sources) {
        sum += source.view->counts().range.end - source.view->counts().range.first;
    }
    return sum;
}

/// Where nothing has to be merged rows are found without their times.
std::optional<std::size_t> MergedLines::onlySource() const
{
    std::optional<std::size_t> only;
    for (std::size_t i = 0; i < m_sources.size(); ++i) {
        if (m_sources[i].shown) {
            if (only) {
                return {};
            }
            only = i;
        }
    }
    return only;
}

std::int64_t MergedLines::Source::before(std::size_t index) const
{
    return index == 0 ? 0 : static_cast<std::int64_t>(view->counts().upTo[index - 1]);
}

const MergedLines::BlockTimes &MergedLines::timesOf(const Source &source, std::size_t index) const
{
    const LineCounts &counts = source.view->counts();
    const std::int64_t block = blockOf(counts.range.first) + std::int64_t(index);
    for (std::size_t i = 0; i < source.read.size(); ++i) {
        if (source.read[i] && source.read[i]->block == block) {
            source.lastRead = i;
            return *source.read[i];
        }
    }
    source.lastRead = 1 - source.lastRead;
    BlockTimes &made = source.read[source.lastRead].emplace(BlockTimes{});
    made.block = block;
    made.first = std::max(block * blockLines, counts.range.first);
    const auto records =
        source.store->records(made.first, std::min((block + 1) * blockLines, counts.range.end));
    if (!records) {
        return made;
    }
    // Not above where the next block begins: what is counted by blocks and what is counted by lines
    // must agree.
    const std::int64_t most =
        index + 1 < source.times.size() ? source.times[index + 1] : latestTime;
    std::int64_t time = source.times[index];
    for (const LineRecord &record : *records) {
        time = std::min(std::max(time, record.time), most);
        if ((unsigned(m_wanted) >> classOf(record.stream, record.level) & 1U) != 0) {
            made.passing.push_back(made.first + LineNumber(made.times.size()));
        }
        made.times.push_back(time);
    }
    return made;
}

/// The last block that may have lines before the time; -1 = none.
std::ptrdiff_t MergedLines::blockAt(const Source &source, std::int64_t time, Bound bound)
{
    const auto at = bound == Bound::Before ? std::ranges::lower_bound(source.times, time)
                                           : std::ranges::upper_bound(source.times, time);
    return at - source.times.begin() - 1;
}

MergedLines::Span MergedLines::roughCount(const Source &source, std::int64_t time, Bound bound)
{
    const std::ptrdiff_t index = source.shown ? blockAt(source, time, bound) : -1;
    return index < 0
               ? Span()
               : Span{source.before(std::size_t(index)), source.before(std::size_t(index) + 1)};
}

std::int64_t MergedLines::count(const Source &source, std::int64_t time, Bound bound) const
{
    const std::ptrdiff_t index = source.shown ? blockAt(source, time, bound) : -1;
    if (index < 0) {
        return 0;
    }
    const std::int64_t before = source.before(std::size_t(index));
    if (before == source.before(std::size_t(index) + 1)) {
        return before;
    }
    const BlockTimes &block = timesOf(source, std::size_t(index));
    const auto end = bound == Bound::Before ? std::ranges::lower_bound(block.times, time)
                                            : std::ranges::upper_bound(block.times, time);
    const LineNumber line = block.first + (end - block.times.begin());
    return before + (std::ranges::lower_bound(block.passing, line) - block.passing.begin());
}

std::int64_t MergedLines::timeOfRow(const Source &source, std::int64_t row) const
{
    const auto &upTo = source.view->counts().upTo;
    const auto at = std::ranges::upper_bound(upTo, static_cast<std::uint64_t>(row));
    if (at == upTo.end()) {
        return latestTime;
    }
    const auto index = std::size_t(at - upTo.begin());
    const BlockTimes &block = timesOf(source, index);
    const auto place = std::size_t(row - source.before(index));
    return place < block.passing.size()
               ? block.times[std::size_t(block.passing[place] - block.first)]
               : source.times[index];
}

/// Whether more than `row` rows are of that time or earlier; nothing when only reading tells.
std::optional<bool> MergedLines::reaches(std::int64_t time, std::int64_t row) const
{
    Span sum;
    for (const Source &source : m_sources) {
        const Span part = roughCount(source, time, Bound::UpTo);
        sum.least += part.least;
        sum.most += part.most;
    }
    return sum.least > row   ? std::optional(true)
           : sum.most <= row ? std::optional(false)
                             : std::nullopt;
}

/// Finds the time of the row by halving, mostly from the counts of blocks alone. Of the rows of
/// that time those of the first source come first.
void MergedLines::seek(std::int64_t row) const
{
    if (m_cursor.row >= 0 && row >= m_cursor.row && row - m_cursor.row < nearRows) {
        while (m_cursor.row < row) {
            ++m_cursor.passed[nextSource()];
            ++m_cursor.row;
        }
        return;
    }
    std::int64_t low = 0;
    std::int64_t high = latestTime;
    while (low < high) {
        const std::int64_t middle = low + (high - low) / 2;
        std::optional<bool> far = reaches(middle, row);
        if (!far) {
            std::int64_t sum = 0;
            for (const Source &source : m_sources) {
                sum += count(source, middle, Bound::UpTo);
            }
            far = sum > row;
        }
        (*far ? high : low) = *far ? middle : middle + 1;
    }
    m_cursor.row = row;
    m_cursor.passed.assign(m_sources.size(), 0);
    std::int64_t left = row;
    for (std::size_t i = 0; i < m_sources.size(); ++i) {
        m_cursor.passed[i] = count(m_sources[i], low, Bound::Before);
        left -= m_cursor.passed[i];
    }
    for (std::size_t i = 0; i < m_sources.size() && left > 0; ++i) {
        const std::int64_t same = count(m_sources[i], low, Bound::UpTo) - m_cursor.passed[i];
        m_cursor.passed[i] += std::min(left, same);
        left -= std::min(left, same);
    }
}

/// The one whose row is the cursor's.
std::size_t MergedLines::nextSource() const
{
    std::size_t next = 0;
    std::optional<std::int64_t> earliest;
    for (std::size_t i = 0; i < m_sources.size(); ++i) {
        if (m_cursor.passed[i] < m_sources[i].rows()) {
            const std::int64_t time = timeOfRow(m_sources[i], m_cursor.passed[i]);
            if (!earliest || time < *earliest) {
                earliest = time;
                next = i;
            }
        }
    }
    return next;
}

std::optional<LinePlace> MergedLines::at(std::int64_t row) const
{
    if (row < 0 || row >= m_rows) {
        return {};
    }
    std::size_t source = 0;
    std::int64_t own = row;
    if (const auto only = onlySource()) {
        source = *only;
    } else {
        seek(row);
        source = nextSource();
        own = m_cursor.passed[source];
    }
    const LineView &view = *m_sources[source].view;
    const LineNumber line = view.lineAt(own);
    return line < view.counts().range.end ? std::optional(LinePlace{source, line}) : std::nullopt;
}

std::int64_t MergedLines::rowOf(const LinePlace &place) const
{
    if (place.source >= m_sources.size()) {
        return m_rows;
    }
    const Source &own = m_sources[place.source];
    const auto only = onlySource();
    if (only && *only == place.source) {
        return own.view->rowOf(place.line);
    }
    const LineRange range = own.view->counts().range;
    std::int64_t time = latestTime;
    if (range.first < range.end && place.line < range.end) {
        const LineNumber line = std::max(place.line, range.first);
        const BlockTimes &block = timesOf(own, std::size_t(blockOf(line) - blockOf(range.first)));
        const auto at = std::size_t(line - block.first);
        time = at < block.times.size() ? block.times[at] : latestTime;
    }
    std::int64_t row = own.shown ? own.view->rowOf(place.line) : 0;
    for (std::size_t i = 0; i < m_sources.size(); ++i) {
        if (i != place.source) {
            row += count(m_sources[i], time, i < place.source ? Bound::UpTo : Bound::Before);
        }
    }
    return row;
}

std::int64_t MergedLines::rowAt(std::int64_t time) const
{
    std::int64_t sum = 0;
    for (const Source &source : m_sources) {
        sum += count(source, time, Bound::Before);
    }
    return sum;
}

std::vector<LineNumber> MergedLines::linesAt(std::int64_t row) const
{
    std::vector<LineNumber> lines;
    row = std::clamp<std::int64_t>(row, 0, m_rows);
    const auto only = onlySource();
    if (!only && row < m_rows) {
        seek(row);
    }
    for (std::size_t i = 0; i < m_sources.size(); ++i) {
        const LineView &view = *m_sources[i].view;
        if (row == m_rows) {
            lines.push_back(view.counts().range.end);
        } else if (only) {
            lines.push_back(i == *only ? view.lineAt(row) : view.counts().range.end);
        } else {
            lines.push_back(m_sources[i].shown ? view.lineAt(m_cursor.passed[i])
                                               : view.counts().range.end);
        }
    }
    return lines;
}

double MergedLines::roughCountAt(const Source &source, double time)
{
    const LineCounts &counts = source.view->counts();
    if (!source.shown || source.times.empty()) {
        return 0;
    }
    const auto at =
        std::ranges::upper_bound(source.times, time, {}, [](std::int64_t t) { return double(t); });
    if (at == source.times.begin()) {
        return 0;
    }
    const auto index = std::size_t(at - source.times.begin()) - 1;
    const auto begin = double(source.times[index]);
    const auto end =
        double(index + 1 < source.times.size() ? source.times[index + 1] : counts.lastTime);
    const double share = end > begin ? std::clamp((time - begin) / (end - begin), 0.0, 1.0) : 1;
    const auto before = double(source.before(index));
    return before + (double(source.before(index + 1)) - before) * share;
}

double MergedLines::roughRowOf(const LinePlace &place) const
{
    const Source &own = m_sources[place.source];
    const LineCounts &counts = own.view->counts();
    const std::int64_t block = blockOf(place.line);
    const auto index = std::size_t(block - blockOf(counts.range.first));
    if (!own.shown || place.line < counts.range.first || index >= own.times.size()) {
        return double(m_rows);
    }
    const LineNumber begin = std::max(counts.range.first, block * blockLines);
    const LineNumber end = std::min(counts.range.end, (block + 1) * blockLines);
    const double share = double(place.line - begin) / double(std::max<LineNumber>(1, end - begin));
    const auto before = double(own.before(index));
    double row = before + (double(own.before(index + 1)) - before) * share;
    const auto from = double(own.times[index]);
    const auto to = double(index + 1 < own.times.size() ? own.times[index + 1] : counts.lastTime);
    const double time = from + (std::max(from, to) - from) * share;
    for (std::size_t i = 0; i < m_sources.size(); ++i) {
        row += i == place.source ? 0 : roughCountAt(m_sources[i], time);
    }
    return row;
}

} // namespace roadstead::store
