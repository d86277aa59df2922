// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

// How ContainerTreeModel gets from what is seen to what is to be seen.

#include "ui/models/container_tree_model.h"

#include "ui/models/containers_model.h"

#include <algorithm>
#include <unordered_map>

namespace roadstead::ui {

namespace {

/// Above this many separate ranges, telling every view of each one costs more than a frame; all
/// rows are then replaced in two steps, and views restore what they remember by id.
constexpr std::size_t mostRanges = 64;

std::vector<std::string_view> keysOf(const ContainerRows &rows)
{
    std::vector<std::string_view> keys;
    keys.reserve(rows.size());
    for (const ContainerRowPointer &row : rows) {
        keys.push_back(row->key());
    }
    return keys;
}

std::ptrdiff_t offset(std::size_t position)
{
    return static_cast<std::ptrdiff_t>(position);
}

/// The rows of `current` in the order in which `wanted` has them; `wanted` may have others, too.
template<typename Pointer, typename Wanted, typename KeyOf>
std::vector<Pointer> inOrderOf(std::vector<Pointer> &current, const Wanted &wanted, KeyOf keyOf)
{
    std::unordered_map<std::string_view, Pointer> byKey;
    byKey.reserve(current.size());
    for (Pointer &pointer : current) {
        const std::string_view key = keyOf(*pointer);
        byKey.emplace(key, std::move(pointer));
    }
    std::vector<Pointer> ordered;
    ordered.reserve(current.size());
    for (const std::string_view key : wanted) {
        if (const auto found = byKey.find(key); found != byKey.end()) {
            ordered.push_back(std::move(found->second));
        }
    }
    return ordered;
}

} // namespace

std::size_t ContainerTreeModel::Target::ranges() const
{
    std::size_t sum = plan.ranges();
    for (const TargetGroup &group : groups) {
        sum += group.plan.ranges();
    }
    return sum;
}

bool ContainerTreeModel::Target::reorders() const
{
    return plan.reorders ||
           std::ranges::any_of(groups, [](const auto &group) { return group.plan.reorders; });
}

ContainerTreeModel::Target ContainerTreeModel::target() const
{
    Target target;
    std::unordered_map<std::string_view, const ContainerGroup *> groupsNow;
    std::vector<std::string_view> before;
    for (const auto &group : m_groups) {
        groupsNow.emplace(group->key, group.get());
        before.push_back(group->key);
    }
    std::vector<std::string_view> after;
    for (const Bucket &bucket : m_buckets) {
        TargetGroup group{&bucket, {}, {}};
        group.rows.reserve(bucket.rows.size());
        std::ranges::copy_if(bucket.rows, std::back_inserter(group.rows),
                             [this](const ContainerRowPointer &row) { return passes(*row); });
        if (m_grouped) {
            if (group.rows.empty()) {
                continue;
            }
            after.push_back(bucket.key);
            if (const auto now = groupsNow.find(bucket.key); now != groupsNow.end()) {
                group.plan = planList(keysOf(now->second->shown), keysOf(group.rows));
            }
        } else {
            group.plan = planList(keysOf(m_flat), keysOf(group.rows));
        }
        target.groups.push_back(std::move(group));
    }
    if (!m_grouped && target.groups.empty()) {
        static const Bucket nothing;
        target.groups.push_back({&nothing, {}, planList(keysOf(m_flat), {})});
    }
    if (m_grouped) {
        target.plan = planList(before, after);
    }
    return target;
}

void ContainerTreeModel::arrange()
{
    const Target wanted = target();
    const bool replaces = m_grouped != m_shownGrouped || wanted.ranges() > mostRanges;
    const bool changesRows = replaces || wanted.ranges() > 0 || wanted.reorders();
    if (changesRows) {
        Q_EMIT arrangementAboutToChange();
    }
    if (replaces) {
        replaceAll(wanted);
    } else {
        removeMissing(wanted);
        if (wanted.reorders()) {
            reorder(wanted);
        }
        insertMissing(wanted);
        adoptRows(wanted);
    }
    if (changesRows) {
        Q_EMIT arrangementChanged();
    }
}

void ContainerTreeModel::replaceAll(const Target &target)
{
    if (const int count = rowCount(); count > 0) {
        beginRemoveRows({}, 0, count - 1);
        m_groups.clear();
        m_flat.clear();
        endRemoveRows();
    }
    m_shownGrouped = m_grouped;
    const std::size_t count = m_grouped ? target.groups.size() : target.groups.front().rows.size();
    if (count == 0) {
        return;
    }
    beginInsertRows({}, 0, static_cast<int>(count) - 1);
    if (m_grouped) {
        for (const TargetGroup &group : target.groups) {
            m_groups.push_back(makeGroup(group));
        }
        renumber();
    } else {
        m_flat = target.groups.front().rows;
    }
    endInsertRows();
}

std::unique_ptr<ContainerGroup> ContainerTreeModel::makeGroup(const TargetGroup &target) const
{
    auto group = std::make_unique<ContainerGroup>();
    group->key = target.bucket->key;
    group->title = target.bucket->title;
    group->figures = target.bucket->figures;
    group->shown = target.rows;
    return group;
}

void ContainerTreeModel::renumber()
{
    int position = 0;
    for (const auto &group : m_groups) {
        group->position = position++;
    }
}

void ContainerTreeModel::removeMissing(const Target &target)
{
    for (auto range = target.plan.removals.rbegin(); range != target.plan.removals.rend();
         ++range) {
        beginRemoveRows({}, static_cast<int>(range->first),
                        static_cast<int>(range->first + range->count - 1));
        m_groups.erase(m_groups.begin() + offset(range->first),
                       m_groups.begin() + offset(range->first + range->count));
        renumber();
        endRemoveRows();
    }
    for (const TargetGroup &wanted : target.groups) {
        const auto &removals = wanted.plan.removals;
        if (removals.empty()) {
            continue;
        }
        ContainerGroup *group = m_grouped ? findGroup(wanted.bucket->key) : nullptr;
        ContainerRows &rows = rowsOf(group);
        for (auto range = removals.rbegin(); range != removals.rend(); ++range) {
            beginRemoveRows(groupIndex(group), static_cast<int>(range->first),
                            static_cast<int>(range->first + range->count - 1));
            rows.erase(rows.begin() + offset(range->first),
                       rows.begin() + offset(range->first + range->count));
            endRemoveRows();
        }
    }
}

/// One layout change for the whole tree. Persistent indexes follow their container or group.
void ContainerTreeModel::reorder(const Target &target)
{
    Q_EMIT layoutAboutToBeChanged({}, QAbstractItemModel::VerticalSortHint);
    const QModelIndexList before = persistentIndexList();
    std::vector<ContainerRowPointer> containers;
    std::vector<const ContainerGroup *> groups;
    for (const QModelIndex &index : before) {
        containers.push_back(containerAt(index));
        groups.push_back(groupAt(index));
    }

    std::vector<std::string_view> groupOrder;
    for (const TargetGroup &wanted : target.groups) {
        groupOrder.push_back(wanted.bucket->key);
        if (wanted.plan.reorders) {
            ContainerGroup *group = m_grouped ? findGroup(wanted.bucket->key) : nullptr;
            rowsOf(group) = inOrderOf(rowsOf(group), keysOf(wanted.rows),
                                      [](const ContainerRow &row) { return row.key(); });
        }
    }
    if (m_grouped && target.plan.reorders) {
        m_groups = inOrderOf(m_groups, groupOrder, [](const ContainerGroup &group) {
            return std::string_view(group.key);
        });
        renumber();
    }

    std::unordered_map<const ContainerRow *, int> places;
    const auto enter = [&places](const ContainerRows &rows) {
        for (std::size_t i = 0; i < rows.size(); ++i) {
            places.emplace(rows[i].get(), static_cast<int>(i));
        }
    };
    enter(m_flat);
    for (const auto &group : m_groups) {
        enter(group->shown);
    }
    QModelIndexList after;
    for (qsizetype i = 0; i < before.size(); ++i) {
        const auto at = static_cast<std::size_t>(i);
        after.append(groups[at] ? groupIndex(groups[at], before[i].column())
                                : createIndex(places.at(containers[at].get()), before[i].column(),
                                              before[i].internalPointer()));
    }
    changePersistentIndexList(before, after);
    Q_EMIT layoutChanged({}, QAbstractItemModel::VerticalSortHint);
}

void ContainerTreeModel::insertMissing(const Target &target)
{
    for (const ListRange &range : target.plan.insertions) {
        std::vector<std::unique_ptr<ContainerGroup>> fresh;
        for (std::size_t i = range.first; i < range.first + range.count; ++i) {
            fresh.push_back(makeGroup(target.groups[i]));
        }
        beginInsertRows({}, static_cast<int>(range.first),
                        static_cast<int>(range.first + range.count - 1));
        m_groups.insert(m_groups.begin() + offset(range.first),
                        std::make_move_iterator(fresh.begin()),
                        std::make_move_iterator(fresh.end()));
        renumber();
        endInsertRows();
    }
    for (std::size_t i = 0; i < target.groups.size(); ++i) {
        const TargetGroup &wanted = target.groups[i];
        ContainerGroup *group = m_grouped ? m_groups[i].get() : nullptr;
        ContainerRows &rows = rowsOf(group);
        for (const ListRange &range : wanted.plan.insertions) {
            beginInsertRows(groupIndex(group), static_cast<int>(range.first),
                            static_cast<int>(range.first + range.count - 1));
            rows.insert(rows.begin() + offset(range.first),
                        wanted.rows.begin() + offset(range.first),
                        wanted.rows.begin() + offset(range.first + range.count));
            endInsertRows();
        }
    }
}

/// Rows and groups are now those of the target, in its order: takes over what changed inside them.
void ContainerTreeModel::adoptRows(const Target &target)
{
    for (std::size_t at = 0; at < target.groups.size(); ++at) {
        const TargetGroup &wanted = target.groups[at];
        ContainerGroup *group = m_grouped ? m_groups[at].get() : nullptr;
        if (group && group->figures != wanted.bucket->figures) {
            group->figures = wanted.bucket->figures;
            Q_EMIT dataChanged(groupIndex(group), groupIndex(group, ContainerColumnCount - 1));
        }
        ContainerRows &rows = rowsOf(group);
        const QModelIndex parent = groupIndex(group);
        for (std::size_t i = 0; i < rows.size();) {
            const std::size_t first = i;
            while (i < rows.size() && rows[i] != wanted.rows[i]) {
                rows[i] = wanted.rows[i];
                ++i;
            }
            if (i > first) {
                Q_EMIT dataChanged(
                    index(static_cast<int>(first), 0, parent),
                    index(static_cast<int>(i) - 1, ContainerColumnCount - 1, parent));
            } else {
                ++i;
            }
        }
    }
}

void ContainerTreeModel::notePatch(const QModelIndex &first, const QModelIndex &last)
{
    m_patchedFirst = std::min(m_patchedFirst, first.column());
    m_patchedLast = std::max(m_patchedLast, last.column());
    for (int row = first.row(); row <= last.row(); ++row) {
        m_patched.push_back(m_source->rowAt(static_cast<std::size_t>(row)).get());
    }
}

void ContainerTreeModel::forgetPatch()
{
    m_patched.clear();
    m_patchedFirst = ContainerColumnCount;
    m_patchedLast = -1;
}

/// One announcement a group (or for the flat list): from the first row that changed to the last.
void ContainerTreeModel::announcePatch(const ContainerGroup *group)
{
    const auto isPatched = [this](const ContainerRowPointer &row) {
        return std::ranges::binary_search(m_patched, row.get());
    };
    const ContainerRows &rows = rowsOf(group);
    const auto first = std::ranges::find_if(rows, isPatched);
    if (first == rows.end() || m_patchedLast < m_patchedFirst) {
        return;
    }
    const auto last = std::find_if(rows.rbegin(), rows.rend(), isPatched);
    const QModelIndex parent = groupIndex(group);
    Q_EMIT dataChanged(index(static_cast<int>(first - rows.begin()), m_patchedFirst, parent),
                       index(static_cast<int>(rows.rend() - last) - 1, m_patchedLast, parent));
}

} // namespace roadstead::ui
