// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/line_view.h"

#include <algorithm>
#include <utility>

namespace roadstead::store {

LineView::LineView(std::shared_ptr<const LineStore> store)
    : m_store(std::move(store))
{
    refresh();
}

void LineView::setWanted(ClassMask wanted)
{
    m_wanted = wanted;
    refresh();
}

void LineView::refresh()
{
    m_counts = m_store->counts(m_wanted);
    m_rows = m_counts.upTo.empty() ? 0 : static_cast<std::int64_t>(m_counts.upTo.back());
    m_hasRead = false;
}

const std::vector<LineNumber> &LineView::linesOf(std::int64_t block) const
{
    if (m_hasRead && m_read == block) {
        return m_lines;
    }
    m_lines.clear();
    m_read = block;
    m_hasRead = true;
    LineNumber from = std::max(block * blockLines, m_counts.range.first);
    const auto records =
        m_store->records(from, std::min((block + 1) * blockLines, m_counts.range.end));
    if (records) {
        for (const LineRecord &record : *records) {
            if ((m_wanted >> classOf(record.stream, record.level) & 1U) != 0) {
                m_lines.push_back(from);
            }
            ++from;
        }
    }
    return m_lines;
}

LineNumber LineView::lineAt(std::int64_t row) const
{
    if (row < 0 || row >= m_rows) {
        return m_counts.range.end;
    }
    if (m_wanted == allClasses) {
        return m_counts.range.first + row;
    }
    const auto at = std::ranges::upper_bound(m_counts.upTo, static_cast<std::uint64_t>(row));
    const auto index = at - m_counts.upTo.begin();
    const std::int64_t before = index == 0 ? 0 : static_cast<std::int64_t>(*(at - 1));
    const auto &lines = linesOf(blockOf(m_counts.range.first) + index);
    const auto place = static_cast<std::size_t>(row - before);
    return place < lines.size() ? lines[place] : m_counts.range.end;
}

std::int64_t LineView::rowOf(LineNumber line) const
{
    if (line <= m_counts.range.first) {
        return 0;
    }
    if (line >= m_counts.range.end) {
        return m_rows;
    }
    if (m_wanted == allClasses) {
        return line - m_counts.range.first;
    }
    const std::int64_t block = blockOf(line);
    const auto index = static_cast<std::size_t>(block - blockOf(m_counts.range.first));
    const std::int64_t before =
        index == 0 ? 0 : static_cast<std::int64_t>(m_counts.upTo[index - 1]);
    const auto &lines = linesOf(block);
    return before + (std::ranges::lower_bound(lines, line) - lines.begin());
}

} // namespace roadstead::store
