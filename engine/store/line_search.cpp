// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/line_search.h"

#include "engine/base/text.h"
#include "engine/store/ansi_text.h"

#include <algorithm>
#include <string_view>
#include <vector>

namespace roadstead::store {

namespace {

constexpr char escapeCharacter = '\x1b';
constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF";

/// Whether each line of it is searched as it stands.
bool isSearchedAsItIs(std::string_view text)
{
    return !text.contains(escapeCharacter) && isValidUtf8(text) && !text.contains(byteOrderMark);
}

/// The wanted lines of a piece, made ready to be searched. What is plain text is not copied.
class LineJoiner
{
public:
    explicit LineJoiner(ClassMask wanted)
        : m_wanted(wanted)
    {
    }

    void join(const LinePiece &piece)
    {
        m_starts.clear();
        m_lines.clear();
        m_isCopy = !isSearchedAsItIs(piece.text) ||
                   !std::ranges::all_of(piece.records,
                                        [this](const LineRecord &record) { return wants(record); });
        m_isCopy ? copy(piece) : take(piece);
        if (!m_text.empty()) {
            m_text.remove_suffix(1); // the last line feed
        }
        m_first = piece.first;
    }
    [[nodiscard]] bool isEmpty() const { return m_starts.empty(); }
    [[nodiscard]] JoinedLines lines() const { return {m_text, m_starts}; }
    [[nodiscard]] LineNumber lineAt(std::size_t place) const
    {
        return m_first + LineNumber(m_isCopy ? m_lines[place] : place);
    }

private:
    [[nodiscard]] bool wants(const LineRecord &record) const
    {
        return (unsigned(m_wanted) >> classOf(record.stream, record.level) & 1U) != 0;
    }
    static std::size_t placeOf(const LineRecord &record, const LinePiece &piece)
    {
        return std::size_t(record.offset - piece.records.front().offset);
    }
    void take(const LinePiece &piece)
    {
        m_starts.resize(piece.records.size());
        std::ranges::transform(piece.records, m_starts.begin(), [&piece](const LineRecord &record) {
            return placeOf(record, piece);
        });
        m_text = piece.text;
    }
    void copy(const LinePiece &piece)
    {
        m_copy.clear();
        for (std::size_t i = 0; i < piece.records.size(); ++i) {
            const LineRecord &record = piece.records[i];
            if (wants(record)) {
                const std::string_view raw =
                    piece.text.substr(placeOf(record, piece), record.length);
                m_starts.push_back(m_copy.size());
                m_lines.push_back(i);
                isSearchedAsItIs(raw) ? m_copy += raw : m_copy += searchedText(raw);
                m_copy += '\n';
            }
        }
        m_text = m_copy;
    }

    const ClassMask m_wanted;
    LineNumber m_first = 0;
    bool m_isCopy = false;
    std::string_view m_text;
    std::string m_copy;
    std::vector<std::size_t> m_starts;
    std::vector<std::size_t> m_lines; ///< of the piece, where there is a copy
};

} // namespace

std::string searchedText(std::string_view raw)
{
    const std::string text = repairUtf8(parseAnsi(raw).text);
    return text.starts_with(byteOrderMark) ? text.substr(byteOrderMark.size()) : text;
}

Result<LineMatcher::End> searchLines(const LineStore &store, LineRange range, ClassMask wanted,
                                     LineMatcher &matcher, const std::atomic<bool> &cancelled,
                                     const std::function<void(LineNumber)> &found)
{
    auto end = LineMatcher::End::Done;
    LineJoiner joiner(wanted);
    const auto read = store.readPieces(range.first, range.end, [&](const LinePiece &piece) {
        joiner.join(piece);
        if (!joiner.isEmpty()) {
            end = matcher.find(joiner.lines(), cancelled,
                               [&](std::size_t place) { found(joiner.lineAt(place)); });
        }
        return end == LineMatcher::End::Done && !cancelled;
    });
    return read ? Result<LineMatcher::End>(end) : std::unexpected(read.error());
}

} // namespace roadstead::store
