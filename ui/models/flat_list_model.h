// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/list_plan.h"
#include "ui/models/snapshot_model.h"

#include <QAbstractTableModel>
#include <QStringList>

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace roadstead::ui {

/// The part of FlatListModel that views use, whatever the rows are. GUI thread only.
class FlatListModelBase : public QAbstractTableModel
{
    Q_OBJECT
public:
    using QAbstractTableModel::QAbstractTableModel;

    [[nodiscard]] virtual std::string keyAt(int row) const = 0;
    [[nodiscard]] virtual int rowOf(std::string_view key) const = 0; ///< -1 = not shown
    /// Whether it is there at all, shown or not.
    [[nodiscard]] virtual bool isThere(std::string_view key) const = 0;
    /// While held, snapshots and figures change no row's place: there is a pointer over it.
    virtual void setOrderHeld(bool held) = 0;
    [[nodiscard]] int sortColumn() const { return m_column; }
    [[nodiscard]] Qt::SortOrder sortOrder() const { return m_order; }

Q_SIGNALS:
    /// Around every change of rows or order. Indexes of rows that stay may become invalid in
    /// between (a large change replaces all): what is remembered is remembered by key.
    void arrangementAboutToChange();
    void arrangementChanged();
    void countsChanged();

protected:
    int m_column = 0;
    Qt::SortOrder m_order = Qt::AscendingOrder;
};

/// A flat list as a page shows it: filtered and sorted over a SnapshotModel of the same rows. Works
/// out which rows are to be seen in which order, and turns the difference to what is seen now into
/// removals, one layout change and insertions, each over whole ranges (see ContainerTreeModel for
/// why it is no QSortFilterProxyModel). Never reset.
///
/// A subclass says what passes and what comes first; equal rows are ordered by key. Its constructor
/// ends with takeSnapshot().
template<typename Row>
class FlatListModel : public FlatListModelBase
{
public:
    using RowPointer = std::shared_ptr<const Row>;

    explicit FlatListModel(SnapshotModel<Row> *source, QObject *parent = nullptr)
        : FlatListModelBase(parent)
        , m_source(source)
    {
        connect(source, &SnapshotModelBase::snapshotApplied, this, [this] { takeSnapshot(); });
        connect(
            source, &QAbstractItemModel::dataChanged, this,
            [this](const QModelIndex &first, const QModelIndex &last) { notePatch(first, last); });
        connect(source, &SnapshotModelBase::rowsPatched, this, [this] { takePatch(); });
    }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override
    {
        return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
    }
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override
    {
        return parent.isValid() ? 0 : m_source->columnCount();
    }
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override
    {
        return m_source->headerData(section, orientation, role);
    }
    [[nodiscard]] RowPointer rowAt(int row) const
    {
        return row >= 0 && row < rowCount() ? m_rows[static_cast<std::size_t>(row)] : nullptr;
    }
    [[nodiscard]] std::string keyAt(int row) const override
    {
        const RowPointer pointer = rowAt(row);
        return pointer ? std::string(pointer->key()) : std::string();
    }
    [[nodiscard]] int rowOf(std::string_view key) const override
    {
        const auto found =
            std::ranges::find(m_rows, key, [](const RowPointer &row) { return row->key(); });
        return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
    }
    [[nodiscard]] bool isThere(std::string_view key) const override
    {
        return m_source->find(key) != nullptr;
    }
    void sort(int column, Qt::SortOrder order) override
    {
        if (column >= 0 && column < columnCount() && (column != m_column || order != m_order)) {
            m_column = column;
            m_order = order;
            m_resortWaits = false;
            arrange(false);
        }
    }
    void setOrderHeld(bool held) override
    {
        m_held = held;
        if (!held && std::exchange(m_resortWaits, false)) {
            arrange(false);
        }
    }
    /// Every word must occur in the row's haystack.
    void setFilterText(const QString &text)
    {
        const QStringList words = text.toCaseFolded().split(u' ', Qt::SkipEmptyParts);
        if (m_words != words) {
            m_words = words;
            refilter();
        }
    }
    [[nodiscard]] const SnapshotModel<Row> &source() const { return *m_source; }

protected:
    /// By everything but the words.
    [[nodiscard]] virtual bool passes(const Row &row) const = 0;
    /// Below, at or above 0, for the column that is sorted by.
    [[nodiscard]] virtual int compare(const Row &left, const Row &right) const = 0;
    /// Counts again; true when a count changed.
    virtual bool recount() = 0;

    void takeSnapshot()
    {
        m_patched.clear();
        const bool counted = recount();
        arrange(m_held);
        if (counted) {
            Q_EMIT countsChanged();
        }
    }
    void refilter() { arrange(m_held); }

private:
    using Rows = std::vector<RowPointer>;
    static constexpr std::size_t mostRanges = 64;

    [[nodiscard]] bool inOrder(const RowPointer &left, const RowPointer &right) const
    {
        const int order = compare(*left, *right);
        if (order != 0) {
            return m_order == Qt::AscendingOrder ? order < 0 : order > 0;
        }
        return left->key() < right->key();
    }
    [[nodiscard]] bool isWanted(const Row &row) const
    {
        return passes(row) && std::ranges::all_of(m_words, [&row](const QString &word) {
                   return row.haystack.contains(word);
               });
    }
    static std::vector<std::string_view> keysOf(const Rows &rows)
    {
        std::vector<std::string_view> keys;
        keys.reserve(rows.size());
        for (const RowPointer &row : rows) {
            keys.push_back(row->key());
        }
        return keys;
    }

    /// What is to be seen; with `keepsPlaces`, rows that stay keep their order among themselves.
    [[nodiscard]] Rows target(bool keepsPlaces) const
    {
        Rows wanted;
        for (std::size_t i = 0; i < m_source->size(); ++i) {
            RowPointer row = m_source->rowAt(i);
            if (isWanted(*row)) {
                wanted.push_back(std::move(row));
            }
        }
        const auto before = [this](const RowPointer &left, const RowPointer &right) {
            return inOrder(left, right);
        };
        if (!keepsPlaces) {
            std::ranges::sort(wanted, before);
            return wanted;
        }
        std::unordered_map<std::string_view, RowPointer> fresh;
        for (const RowPointer &row : wanted) {
            fresh.emplace(row->key(), row);
        }
        Rows placed;
        for (const RowPointer &old : m_rows) {
            if (const auto found = fresh.find(old->key()); found != fresh.end()) {
                placed.push_back(found->second);
                fresh.erase(found);
            }
        }
        Rows added;
        for (const RowPointer &row : wanted) {
            if (fresh.contains(row->key())) {
                added.push_back(row);
            }
        }
        for (RowPointer &row : added) {
            placed.insert(std::ranges::upper_bound(placed, row, before), std::move(row));
        }
        return placed;
    }

    void arrange(bool keepsPlaces)
    {
        m_resortWaits |= keepsPlaces;
        const Rows wanted = target(keepsPlaces);
        const ListPlan plan = planList(keysOf(m_rows), keysOf(wanted));
        const bool changesRows = plan.ranges() > 0 || plan.reorders;
        if (changesRows) {
            Q_EMIT arrangementAboutToChange();
        }
        if (plan.ranges() > mostRanges) {
            replaceAll(wanted);
        } else {
            remove(plan);
            if (plan.reorders) {
                reorder(wanted);
            }
            insert(plan, wanted);
            adopt(wanted);
        }
        if (changesRows) {
            Q_EMIT arrangementChanged();
        }
    }

    void replaceAll(const Rows &wanted)
    {
        if (!m_rows.empty()) {
            beginRemoveRows({}, 0, rowCount() - 1);
            m_rows.clear();
            endRemoveRows();
        }
        if (!wanted.empty()) {
            beginInsertRows({}, 0, static_cast<int>(wanted.size()) - 1);
            m_rows = wanted;
            endInsertRows();
        }
    }
    void remove(const ListPlan &plan)
    {
        for (auto range = plan.removals.rbegin(); range != plan.removals.rend(); ++range) {
            const auto first = static_cast<std::ptrdiff_t>(range->first);
            const auto count = static_cast<std::ptrdiff_t>(range->count);
            beginRemoveRows({}, static_cast<int>(first), static_cast<int>(first + count - 1));
            m_rows.erase(m_rows.begin() + first, m_rows.begin() + first + count);
            endRemoveRows();
        }
    }
    void reorder(const Rows &wanted)
    {
        Q_EMIT layoutAboutToBeChanged({}, QAbstractItemModel::VerticalSortHint);
        const QModelIndexList before = persistentIndexList();
        std::unordered_map<std::string_view, RowPointer> stay;
        for (const RowPointer &row : m_rows) {
            stay.emplace(row->key(), row);
        }
        Rows ordered;
        std::unordered_map<const Row *, int> places;
        for (const RowPointer &row : wanted) {
            if (const auto found = stay.find(row->key()); found != stay.end()) {
                places.emplace(found->second.get(), static_cast<int>(ordered.size()));
                ordered.push_back(found->second);
            }
        }
        QModelIndexList after;
        for (const QModelIndex &index : before) {
            after.append(createIndex(places.at(m_rows[static_cast<std::size_t>(index.row())].get()),
                                     index.column()));
        }
        m_rows = std::move(ordered);
        changePersistentIndexList(before, after);
        Q_EMIT layoutChanged({}, QAbstractItemModel::VerticalSortHint);
    }
    void insert(const ListPlan &plan, const Rows &wanted)
    {
        for (const ListRange &range : plan.insertions) {
            const auto first = static_cast<std::ptrdiff_t>(range.first);
            const auto count = static_cast<std::ptrdiff_t>(range.count);
            beginInsertRows({}, static_cast<int>(first), static_cast<int>(first + count - 1));
            m_rows.insert(m_rows.begin() + first, wanted.begin() + first,
                          wanted.begin() + first + count);
            endInsertRows();
        }
    }
    /// Rows are those of `wanted` now, in its order: takes over what changed inside them.
    void adopt(const Rows &wanted)
    {
        for (std::size_t i = 0; i < m_rows.size();) {
            const std::size_t first = i;
            while (i < m_rows.size() && m_rows[i] != wanted[i]) {
                m_rows[i] = wanted[i];
                ++i;
            }
            if (i > first) {
                Q_EMIT dataChanged(index(static_cast<int>(first), 0),
                                   index(static_cast<int>(i) - 1, columnCount() - 1));
            } else {
                ++i;
            }
        }
    }

    void notePatch(const QModelIndex &first, const QModelIndex &last)
    {
        for (int row = first.row(); row <= last.row(); ++row) {
            m_patched.push_back(m_source->rowAt(static_cast<std::size_t>(row)).get());
        }
    }
    /// One announcement, from the first row that changed to the last; then the order, if what was
    /// patched is what is sorted or filtered by.
    void takePatch()
    {
        std::ranges::sort(m_patched);
        const auto isPatched = [this](const RowPointer &row) {
            return std::ranges::binary_search(m_patched, row.get());
        };
        const auto first = std::ranges::find_if(m_rows, isPatched);
        if (first != m_rows.end()) {
            const auto last = std::find_if(m_rows.rbegin(), m_rows.rend(), isPatched);
            Q_EMIT dataChanged(
                index(static_cast<int>(first - m_rows.begin()), 0),
                index(static_cast<int>(m_rows.rend() - last) - 1, columnCount() - 1));
        }
        m_patched.clear();
        arrange(m_held);
    }

    SnapshotModel<Row> *m_source;
    Rows m_rows;
    QStringList m_words; ///< folded
    bool m_held = false;
    bool m_resortWaits = false;
    std::vector<const Row *> m_patched;
};

} // namespace roadstead::ui
