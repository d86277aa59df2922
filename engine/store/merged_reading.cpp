// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/merged_reading.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace roadstead::store {

namespace {

constexpr std::size_t cursorText = std::size_t(256) << 10U;
constexpr LineNumber cursorLines = 1024;

/// Reads one span a piece at a time.
class LineCursor
{
public:
    explicit LineCursor(const LineSpan &span)
        : m_span(span)
    {
    }

    /// Whether there is a line; reads on where need be.
    Result<bool> ready()
    {
        while (m_at == m_lines.size() && m_span.range.first < m_span.range.end) {
            if (const auto read = fill(); !read) {
                return std::unexpected(read.error());
            }
        }
        return m_at < m_lines.size();
    }
    [[nodiscard]] const LineRecord &record() const { return m_lines[m_at].record; }
    [[nodiscard]] std::string_view text() const
    {
        return std::string_view(m_text).substr(m_lines[m_at].begin, m_lines[m_at].record.length);
    }
    [[nodiscard]] std::int64_t time() const { return std::max(m_latest, record().time); }
    void step()
    {
        m_latest = time();
        ++m_at;
    }

private:
    struct Line
    {
        LineRecord record;
        std::size_t begin = 0;
    };

    Result<void> fill()
    {
        m_text.clear();
        m_lines.clear();
        m_at = 0;
        const LineNumber end = std::min(m_span.range.end, m_span.range.first + cursorLines);
        LineNumber next = end;
        const auto read = m_span.store->read(
            m_span.range.first, end,
            [&](LineNumber line, const LineRecord &record, std::string_view text) {
                m_lines.push_back({record, m_text.size()});
                m_text += text;
                if (m_text.size() >= cursorText) {
                    next = line + 1;
                    return false;
                }
                return true;
            });
        m_span.range.first = next;
        return read;
    }

    LineSpan m_span;
    std::string m_text;
    std::vector<Line> m_lines;
    std::size_t m_at = 0;
    std::int64_t m_latest = 0;
};

} // namespace

Result<void> readMerged(std::span<const LineSpan> spans, const MergedReceiver &receive)
{
    if (spans.size() == 1) {
        return spans[0].store->read(
            spans[0].range.first, spans[0].range.end,
            [&](LineNumber, const LineRecord &record, std::string_view text) {
                return receive(0, record, text);
            });
    }
    std::vector<LineCursor> cursors(spans.begin(), spans.end());
    while (true) {
        LineCursor *next = nullptr;
        for (LineCursor &cursor : cursors) {
            const auto ready = cursor.ready();
            if (!ready) {
                return std::unexpected(ready.error());
            }
            if (*ready && (next == nullptr || cursor.time() < next->time())) {
                next = &cursor;
            }
        }
        if (next == nullptr ||
            !receive(std::size_t(next - cursors.data()), next->record(), next->text())) {
            return {};
        }
        next->step();
    }
}

} // namespace roadstead::store
