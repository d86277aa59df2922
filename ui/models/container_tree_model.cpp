// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/models/container_tree_model.h"

#include "ui/models/container_text.h"
#include "ui/models/containers_model.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace roadstead::ui {

ContainerTreeModel::ContainerTreeModel(ContainersModel *source, QObject *parent)
    : QAbstractItemModel(parent)
    , m_source(source)
{
    connect(source, &SnapshotModelBase::snapshotApplied, this, &ContainerTreeModel::takeSnapshot);
    connect(source, &SnapshotModelBase::rowsPatched, this, &ContainerTreeModel::takeFigures);
    connect(source, &QAbstractItemModel::dataChanged, this, &ContainerTreeModel::notePatch);
    takeSnapshot();
}

ContainerTreeModel::~ContainerTreeModel() = default;

// ---- What views ask

ContainerRows &ContainerTreeModel::rowsOf(ContainerGroup *group)
{
    return group ? group->shown : m_flat;
}

const ContainerRows &ContainerTreeModel::rowsOf(const ContainerGroup *group) const
{
    return group ? group->shown : m_flat;
}

QModelIndex ContainerTreeModel::groupIndex(const ContainerGroup *group, int column) const
{
    return group ? createIndex(group->position, column, nullptr) : QModelIndex();
}

QModelIndex ContainerTreeModel::index(int row, int column, const QModelIndex &parent) const
{
    if (row < 0 || column < 0 || column >= ContainerColumnCount || row >= rowCount(parent)) {
        return {};
    }
    if (!parent.isValid()) {
        return createIndex(row, column, nullptr);
    }
    return createIndex(row, column, m_groups[static_cast<std::size_t>(parent.row())].get());
}

QModelIndex ContainerTreeModel::parent(const QModelIndex &child) const
{
    return child.isValid()
               ? groupIndex(static_cast<const ContainerGroup *>(child.internalPointer()))
               : QModelIndex();
}

int ContainerTreeModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid()) {
        return static_cast<int>(m_shownGrouped ? m_groups.size() : m_flat.size());
    }
    const ContainerGroup *group = parent.column() == 0 ? groupAt(parent) : nullptr;
    return group ? static_cast<int>(group->shown.size()) : 0;
}

int ContainerTreeModel::columnCount(const QModelIndex &) const
{
    return ContainerColumnCount;
}

bool ContainerTreeModel::hasChildren(const QModelIndex &parent) const
{
    return rowCount(parent) > 0;
}

const ContainerGroup *ContainerTreeModel::groupAt(const QModelIndex &index) const
{
    return index.isValid() && !index.internalPointer() && m_shownGrouped
               ? m_groups[static_cast<std::size_t>(index.row())].get()
               : nullptr;
}

ContainerRowPointer ContainerTreeModel::containerAt(const QModelIndex &index) const
{
    if (!index.isValid() || groupAt(index)) {
        return nullptr;
    }
    const auto *group = static_cast<const ContainerGroup *>(index.internalPointer());
    return rowsOf(group)[static_cast<std::size_t>(index.row())];
}

QVariant ContainerTreeModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid()) {
        return {};
    }
    if (const ContainerGroup *group = groupAt(index)) {
        return groupCellData(*group, index.column(), role, m_source->now());
    }
    return containerCellData(*containerAt(index), index.column(), role, m_source->now());
}

QVariant ContainerTreeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    return m_source->headerData(section, orientation, role);
}

Qt::ItemFlags ContainerTreeModel::flags(const QModelIndex &index) const
{
    if (!index.isValid()) {
        return Qt::NoItemFlags;
    }
    return groupAt(index) ? Qt::ItemIsEnabled
                          : Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
}

QModelIndex ContainerTreeModel::indexOf(std::string_view id) const
{
    const auto position = [id](const ContainerRows &rows) {
        const auto found = std::ranges::find(rows, id, [](const auto &row) { return row->key(); });
        return found == rows.end() ? -1 : static_cast<int>(found - rows.begin());
    };
    if (!m_shownGrouped) {
        const int row = position(m_flat);
        return row < 0 ? QModelIndex() : createIndex(row, 0, nullptr);
    }
    const ContainerRowPointer row = m_source->find(id);
    ContainerGroup *group = row ? findGroup(row->rawProject) : nullptr;
    const int place = group ? position(group->shown) : -1;
    return place < 0 ? QModelIndex() : createIndex(place, 0, group);
}

QModelIndex ContainerTreeModel::indexOfGroup(std::string_view project) const
{
    return groupIndex(findGroup(project));
}

ContainerGroup *ContainerTreeModel::findGroup(std::string_view key) const
{
    const auto found = std::ranges::find(
        m_groups, key, [](const auto &group) { return std::string_view(group->key); });
    return found == m_groups.end() ? nullptr : found->get();
}

int ContainerTreeModel::shownCount() const
{
    std::size_t count = m_flat.size();
    for (const auto &group : m_groups) {
        count += group->shown.size();
    }
    return static_cast<int>(count);
}

bool ContainerTreeModel::isFiltered() const
{
    return !m_words.isEmpty() || m_stateFilter != StateFilter::All;
}

// ---- What is to be seen

void ContainerTreeModel::sort(int column, Qt::SortOrder order)
{
    const ContainerOrder wanted{column, order};
    if (m_order == wanted || column < 0 || column >= ContainerColumnCount) {
        return;
    }
    m_order = wanted;
    resort();
}

void ContainerTreeModel::setGrouped(bool grouped)
{
    if (m_grouped != grouped) {
        m_grouped = grouped;
        m_buckets.clear();
        fillBuckets();
        arrange();
    }
}

void ContainerTreeModel::setFilterText(const QString &text)
{
    const QStringList words = text.toCaseFolded().split(u' ', Qt::SkipEmptyParts);
    if (m_words != words) {
        m_words = words;
        arrange();
    }
}

void ContainerTreeModel::setStateFilter(StateFilter filter)
{
    if (m_stateFilter != filter) {
        m_stateFilter = filter;
        arrange();
    }
}

void ContainerTreeModel::setOrderHeld(bool held)
{
    m_orderHeld = held;
    if (!held && m_resortWaits) {
        resort();
    }
}

void ContainerTreeModel::takeSnapshot()
{
    forgetPatch();
    fillBuckets();
    const StateCounts before = m_counts;
    m_counts = {};
    for (const Bucket &bucket : m_buckets) {
        for (std::size_t i = 0; i < m_counts.size(); ++i) {
            m_counts[i] += bucket.figures.counts[i];
        }
    }
    arrange();
    if (m_counts != before) {
        Q_EMIT countsChanged();
    }
}

void ContainerTreeModel::takeFigures()
{
    std::ranges::sort(m_patched);
    std::unordered_set<std::string_view> touched;
    for (const ContainerRow *row : m_patched) {
        touched.insert(m_grouped ? std::string_view(row->rawProject) : "");
    }
    auto next = m_groups.begin(); // shown groups are a part of the buckets, in the same order
    for (Bucket &bucket : m_buckets) {
        ContainerGroup *group = nullptr;
        if (next != m_groups.end() && (*next)->key == bucket.key) {
            group = (next++)->get();
        }
        if (!touched.contains(bucket.key)) {
            continue;
        }
        const GroupFigures figures = figuresOf(bucket.rows);
        if (figures != bucket.figures) {
            bucket.figures = figures;
            if (group) {
                group->figures = figures;
                Q_EMIT dataChanged(groupIndex(group, m_patchedFirst),
                                   groupIndex(group, m_patchedLast));
            }
        }
        if (group || !m_grouped) {
            announcePatch(group);
        }
    }
    forgetPatch();
    if (m_order.isLive()) {
        if (m_orderHeld) {
            m_resortWaits = true;
        } else {
            resort();
        }
    }
}

void ContainerTreeModel::fillBuckets()
{
    std::vector<Bucket> before = std::move(m_buckets);
    m_buckets.clear();
    std::unordered_map<std::string_view, std::size_t> places;
    for (std::size_t i = 0; i < m_source->size(); ++i) {
        ContainerRowPointer row = m_source->rowAt(i);
        const std::string_view key = m_grouped ? std::string_view(row->rawProject) : "";
        const auto [place, isNew] = places.try_emplace(key, m_buckets.size());
        if (isNew) {
            const QString title = row->project;
            m_buckets.push_back({std::string(key),
                                 key.empty() ? noProjectTitle() : title,
                                 naturalSortKey(title),
                                 {},
                                 {}});
        }
        m_buckets[place->second].rows.push_back(std::move(row));
    }
    for (Bucket &bucket : m_buckets) {
        const auto old = std::ranges::find(before, bucket.key, &Bucket::key);
        sortRows(bucket.rows, m_orderHeld && old != before.end() ? &old->rows : nullptr);
        bucket.figures = figuresOf(bucket.rows);
    }
    m_resortWaits = m_orderHeld; // rows that were renamed, too, are not where they belong
    sortBuckets();
}

/// Sorts `rows`; those of `before` keep their order among themselves, if it is given.
void ContainerTreeModel::sortRows(ContainerRows &rows, const ContainerRows *before) const
{
    const auto inOrder = [this](const ContainerRowPointer &left, const ContainerRowPointer &right) {
        return m_order(*left, *right);
    };
    if (!before) {
        std::ranges::sort(rows, inOrder);
        return;
    }
    std::unordered_map<std::string_view, ContainerRowPointer> fresh;
    for (const ContainerRowPointer &row : rows) {
        fresh.emplace(row->key(), row);
    }
    rows.clear();
    for (const ContainerRowPointer &old : *before) {
        if (const auto found = fresh.find(old->key()); found != fresh.end()) {
            rows.push_back(std::move(found->second));
            fresh.erase(found);
        }
    }
    for (auto &[key, row] : fresh) {
        rows.insert(std::ranges::upper_bound(rows, row, inOrder), row);
    }
}

void ContainerTreeModel::sortBuckets()
{
    const bool descending =
        m_order.column == NameColumn && m_order.direction == Qt::DescendingOrder;
    std::ranges::sort(m_buckets, [descending](const Bucket &left, const Bucket &right) {
        if (left.key.empty() != right.key.empty()) {
            return right.key.empty();
        }
        const int order = left.sortTitle.compare(right.sortTitle);
        if (order != 0) {
            return descending ? order > 0 : order < 0;
        }
        return left.key < right.key;
    });
}

void ContainerTreeModel::resort()
{
    m_resortWaits = false;
    for (Bucket &bucket : m_buckets) {
        sortRows(bucket.rows, nullptr);
    }
    sortBuckets();
    arrange();
}

bool ContainerTreeModel::passes(const ContainerRow &row) const
{
    if (m_stateFilter != StateFilter::All && row.filter() != m_stateFilter) {
        return false;
    }
    return std::ranges::all_of(m_words,
                               [&row](const QString &word) { return row.haystack.contains(word); });
}

} // namespace roadstead::ui
