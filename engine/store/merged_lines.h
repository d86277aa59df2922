// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/store/line_view.h"

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace roadstead::store {

/// A line of one of several stores.
struct LinePlace
{
    std::size_t source = 0; ///< which of the stores
    LineNumber line = 0;
    bool operator==(const LinePlace &) const = default;
};

/// The lines of one or of several stores that pass a filter, in order of time, numbered as rows
/// from 0 on, as they were at the last refresh(). Within a store lines keep their order: one whose
/// time is before that of a line above it counts as being of that one's time. Lines of the same
/// time are in the order of their stores. Costs two blocks of times for each store, however many
/// lines there are. Not thread-safe; the stores may be written meanwhile.
class MergedLines
{
public:
    MergedLines() = default;
    explicit MergedLines(std::vector<std::shared_ptr<const LineStore>> stores);

    void add(std::shared_ptr<const LineStore> store); ///< the next source
    void setWanted(ClassMask wanted);
    [[nodiscard]] ClassMask wanted() const { return m_wanted; }
    void setShown(std::size_t source, bool shown);
    void refresh();

    [[nodiscard]] std::size_t sources() const { return m_sources.size(); }
    [[nodiscard]] bool isShown(std::size_t source) const { return m_sources[source].shown; }
    [[nodiscard]] const std::shared_ptr<const LineStore> &store(std::size_t source) const
    {
        return m_sources[source].store;
    }
    [[nodiscard]] const LineCounts &counts(std::size_t source) const
    {
        return m_sources[source].view->counts();
    }
    [[nodiscard]] std::int64_t rows() const { return m_rows; }
    /// Lines of all stores, those that do not pass, too.
    [[nodiscard]] std::int64_t lines() const;

    /// None past the last row, or where the disk cannot be read.
    [[nodiscard]] std::optional<LinePlace> at(std::int64_t row) const;
    /// The row of a line; of the next one that passes, when it does not.
    [[nodiscard]] std::int64_t rowOf(const LinePlace &place) const;
    /// The first row of that time or later.
    [[nodiscard]] std::int64_t rowAt(std::int64_t time) const;
    /// Of each store its first line that stands in the row or below it.
    [[nodiscard]] std::vector<LineNumber> linesAt(std::int64_t row) const;
    /// About where a line is, without reading: as if the lines of a block were spread evenly.
    [[nodiscard]] double roughRowOf(const LinePlace &place) const;

private:
    /// Times of the lines of a block, never falling.
    struct BlockTimes
    {
        std::int64_t block = 0;
        LineNumber first = 0; ///< of `times`
        std::vector<std::int64_t> times;
        std::vector<LineNumber> passing;
    };
    struct Source
    {
        std::shared_ptr<const LineStore> store;
        std::unique_ptr<LineView> view;
        std::vector<std::int64_t> times; ///< of its blocks, never falling
        bool shown = true;
        mutable std::array<std::optional<BlockTimes>, 2> read;
        mutable std::size_t lastRead = 0;

        [[nodiscard]] std::int64_t rows() const { return shown ? view->rows() : 0; }
        [[nodiscard]] std::int64_t before(std::size_t index) const; ///< rows before a block
    };
    enum class Bound { Before, UpTo }; ///< lines earlier than a time, or of that time, too
    struct Span
    {
        std::int64_t least = 0;
        std::int64_t most = 0;
    };
    /// A row and, of each source, how many of its rows come before.
    struct Cursor
    {
        std::int64_t row = -1;
        std::vector<std::int64_t> passed;
    };

    [[nodiscard]] std::optional<std::size_t> onlySource() const;
    const BlockTimes &timesOf(const Source &source, std::size_t index) const;
    static std::ptrdiff_t blockAt(const Source &source, std::int64_t time, Bound bound);
    static Span roughCount(const Source &source, std::int64_t time, Bound bound);
    std::int64_t count(const Source &source, std::int64_t time, Bound bound) const;
    std::int64_t timeOfRow(const Source &source, std::int64_t row) const;
    [[nodiscard]] std::optional<bool> reaches(std::int64_t time, std::int64_t row) const;
    void seek(std::int64_t row) const;
    [[nodiscard]] std::size_t nextSource() const;
    [[nodiscard]] static double roughCountAt(const Source &source, double time);

    std::vector<Source> m_sources;
    ClassMask m_wanted = allClasses;
    std::int64_t m_rows = 0;
    mutable Cursor m_cursor;
};

} // namespace roadstead::store
