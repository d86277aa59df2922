// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace roadstead::ui {

/// The part of SnapshotModel that moc can see.
class SnapshotModelBase : public QAbstractTableModel
{
    Q_OBJECT
public:
    using QAbstractTableModel::QAbstractTableModel;

Q_SIGNALS:
    /// A snapshot changed at least one row; sent once, after the row signals of that snapshot.
    void snapshotApplied();
    /// Numbers of existing rows changed in place, their keys and order did not.
    void rowsPatched();
};

/// A flat model of value rows with a stable key, fed with whole snapshots that are sorted by that
/// key. A snapshot is compared with the one before and becomes row insertions, removals and
/// dataChanged ranges, so that views keep their selection and scroll position; the model is never
/// reset. A key-sorted list has no moves: those are made where rows are put in another order
/// (ContainerTreeModel).
///
/// `Row` provides
///   using Source = …                                  what a snapshot holds (may be Row itself)
///   static std::string_view keyOf(const Source &)     unique within a snapshot
///   std::string_view key() const
///   bool matches(const Source &) const                nothing shown would change
///   explicit Row(const Source &)
///   Row(const Source &, const Row &before)            a changed row, keeping what outlives a
///   change
///
/// Rows are handed out as shared pointers: whoever holds one may read it after the row has gone.
/// GUI thread only. Cost of apply(): O(n) comparisons; only changed rows are built.
template<typename Row>
class SnapshotModel : public SnapshotModelBase
{
public:
    using Source = typename Row::Source;
    using RowPointer = std::shared_ptr<const Row>;

    using SnapshotModelBase::SnapshotModelBase;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override
    {
        return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
    }

    [[nodiscard]] std::size_t size() const { return m_rows.size(); }
    [[nodiscard]] RowPointer rowAt(std::size_t row) const { return m_rows[row]; }

    /// Null when there is no such key.
    [[nodiscard]] RowPointer find(std::string_view key) const
    {
        const auto found = lowerBound(key);
        return found != m_rows.end() && (*found)->key() == key ? RowPointer(*found) : nullptr;
    }

    [[nodiscard]] int rowOf(std::string_view key) const
    {
        const auto found = lowerBound(key);
        return found != m_rows.end() && (*found)->key() == key
                   ? static_cast<int>(found - m_rows.begin())
                   : -1;
    }

    /// Makes the model equal to `snapshot`, which is sorted by key without duplicates.
    void apply(std::span<const Source> snapshot)
    {
        const Difference difference = compare(snapshot);
        if (difference.empty()) {
            return;
        }
        if (difference.removals.size() + difference.insertions.size() > maximumRanges) {
            replaceSpan(snapshot, difference);
        } else {
            removeRanges(difference.removals);
            insertRanges(snapshot, difference.insertions);
        }
        announce(difference.changes);
        Q_EMIT snapshotApplied();
    }

    /// Calls `change(Row &)` for every row; it says whether it changed the numbers shown in the
    /// columns first to last. For figures that arrive every second: nothing is compared or built.
    template<typename Change>
    void patch(int firstColumn, int lastColumn, Change &&change)
    {
        bool any = false;
        int first = -1;
        const int count = rowCount();
        for (int row = 0; row <= count; ++row) {
            const bool changed = row < count && change(*m_rows[static_cast<std::size_t>(row)]);
            if (changed && first < 0) {
                first = row;
            } else if (!changed && first >= 0) {
                Q_EMIT dataChanged(index(first, firstColumn), index(row - 1, lastColumn));
                any = true;
                first = -1;
            }
        }
        if (any) {
            Q_EMIT rowsPatched();
        }
    }

    /// Calls `change(Row &)` for the rows with these keys, as far as they are there; all columns of
    /// those it says it changed are announced, a whole range at a time, as one patch.
    template<typename Keys, typename Change>
    void patchRows(const Keys &keys, Change &&change)
    {
        std::vector<std::size_t> changed;
        for (const auto &key : keys) {
            const int row = rowOf(key);
            if (row >= 0 && change(*m_rows[static_cast<std::size_t>(row)])) {
                changed.push_back(static_cast<std::size_t>(row));
            }
        }
        if (!changed.empty()) {
            std::ranges::sort(changed);
            announce(changed);
            Q_EMIT rowsPatched();
        }
    }

protected:
    /// Called for each row that was made from a snapshot, before anybody is told of it.
    virtual void complete(Row &row) { Q_UNUSED(row) }

private:
    using Rows = std::vector<std::shared_ptr<Row>>;

    /// Rows [first, first + count) of the old list (removals) or of the snapshot (insertions).
    struct Range
    {
        std::size_t first = 0;
        std::size_t count = 0;
    };
    struct Difference
    {
        std::vector<Range> removals;
        std::vector<Range> insertions;
        std::vector<std::size_t> changes; ///< positions in the snapshot
        [[nodiscard]] bool empty() const
        {
            return removals.empty() && insertions.empty() && changes.empty();
        }
    };

    /// Beyond this many separate ranges each one's cost (all later rows shift, every view is told)
    /// outweighs what it keeps: the whole span between the first and the last is replaced instead.
    static constexpr std::size_t maximumRanges = 128;

    [[nodiscard]] auto lowerBound(std::string_view key) const
    {
        return std::lower_bound(
            m_rows.begin(), m_rows.end(), key,
            [](const auto &row, std::string_view wanted) { return row->key() < wanted; });
    }

    static void extend(std::vector<Range> &ranges, std::size_t position)
    {
        if (!ranges.empty() && ranges.back().first + ranges.back().count == position) {
            ++ranges.back().count;
        } else {
            ranges.push_back({position, 1});
        }
    }

    /// Rows that stay but changed are rebuilt here, in place.
    Difference compare(std::span<const Source> snapshot)
    {
        Difference difference;
        std::size_t before = 0;
        std::size_t after = 0;
        while (before < m_rows.size() || after < snapshot.size()) {
            if (after == snapshot.size() ||
                (before < m_rows.size() && m_rows[before]->key() < Row::keyOf(snapshot[after]))) {
                extend(difference.removals, before++);
            } else if (before == m_rows.size() ||
                       Row::keyOf(snapshot[after]) < m_rows[before]->key()) {
                extend(difference.insertions, after++);
            } else {
                if (!m_rows[before]->matches(snapshot[after])) {
                    m_rows[before] = std::make_shared<Row>(snapshot[after], *m_rows[before]);
                    complete(*m_rows[before]);
                    difference.changes.push_back(after);
                }
                ++before;
                ++after;
            }
        }
        return difference;
    }

    std::shared_ptr<Row> make(const Source &source)
    {
        auto row = std::make_shared<Row>(source);
        complete(*row);
        return row;
    }

    void removeRanges(const std::vector<Range> &ranges)
    {
        for (auto range = ranges.rbegin(); range != ranges.rend(); ++range) {
            const auto first = static_cast<std::ptrdiff_t>(range->first);
            const auto last = first + static_cast<std::ptrdiff_t>(range->count);
            beginRemoveRows({}, static_cast<int>(first), static_cast<int>(last - 1));
            m_rows.erase(m_rows.begin() + first, m_rows.begin() + last);
            endRemoveRows();
        }
    }

    void insertRanges(std::span<const Source> snapshot, const std::vector<Range> &ranges)
    {
        for (const Range &range : ranges) {
            Rows fresh;
            fresh.reserve(range.count);
            for (const Source &source : snapshot.subspan(range.first, range.count)) {
                fresh.push_back(make(source));
            }
            const auto first = static_cast<std::ptrdiff_t>(range.first);
            beginInsertRows({}, static_cast<int>(first),
                            static_cast<int>(range.first + range.count - 1));
            m_rows.insert(m_rows.begin() + first, std::make_move_iterator(fresh.begin()),
                          std::make_move_iterator(fresh.end()));
            endInsertRows();
        }
    }

    void replaceSpan(std::span<const Source> snapshot, const Difference &difference)
    {
        std::size_t head = std::min(m_rows.size(), snapshot.size());
        std::size_t tail = head;
        const auto limit = [&](const std::vector<Range> &ranges, std::size_t size) {
            if (!ranges.empty()) {
                head = std::min(head, ranges.front().first);
                tail = std::min(tail, size - ranges.back().first - ranges.back().count);
            }
        };
        limit(difference.removals, m_rows.size());
        limit(difference.insertions, snapshot.size());
        tail = std::min(tail, std::min(m_rows.size(), snapshot.size()) - head);

        Rows kept(m_rows.begin() + static_cast<std::ptrdiff_t>(head),
                  m_rows.end() - static_cast<std::ptrdiff_t>(tail));
        if (!kept.empty()) {
            removeRanges({{head, kept.size()}});
        }
        const std::size_t count = snapshot.size() - head - tail;
        if (count == 0) {
            return;
        }
        Rows fresh;
        fresh.reserve(count);
        auto old = kept.begin();
        for (const Source &source : snapshot.subspan(head, count)) {
            const std::string_view key = Row::keyOf(source);
            while (old != kept.end() && (*old)->key() < key) {
                ++old;
            }
            fresh.push_back(old != kept.end() && (*old)->key() == key ? *old : make(source));
        }
        beginInsertRows({}, static_cast<int>(head), static_cast<int>(head + count - 1));
        m_rows.insert(m_rows.begin() + static_cast<std::ptrdiff_t>(head),
                      std::make_move_iterator(fresh.begin()), std::make_move_iterator(fresh.end()));
        endInsertRows();
    }

    void announce(const std::vector<std::size_t> &changes)
    {
        for (std::size_t i = 0; i < changes.size();) {
            std::size_t last = i;
            while (last + 1 < changes.size() && changes[last + 1] == changes[last] + 1) {
                ++last;
            }
            Q_EMIT dataChanged(index(static_cast<int>(changes[i]), 0),
                               index(static_cast<int>(changes[last]), columnCount() - 1));
            i = last + 1;
        }
    }

    Rows m_rows;
};

} // namespace roadstead::ui
