// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What ContainerTable keeps by id: selection, current row, open groups, place and layout.

#include "ui/pages/containers/container_table_memory.h"

#include "ui/models/container_tree_model.h"
#include "ui/models/containers_model.h"
#include "ui/pages/containers/container_header.h"

#include <QScopedValueRollback>
#include <QScrollBar>
#include <QSettings>

#include <algorithm>

namespace roadstead::ui {

namespace {

template<typename Visit>
void eachContainer(const ContainerTreeModel &model, Visit visit)
{
    const auto rowsBelow = [&](const QModelIndex &parent) {
        for (int row = 0; row < model.rowCount(parent); ++row) {
            const QModelIndex index = model.index(row, 0, parent);
            if (const ContainerRowPointer container = model.containerAt(index)) {
                visit(index, *container);
            }
        }
    };
    rowsBelow({});
    for (int row = 0; row < model.rowCount(); ++row) {
        rowsBelow(model.index(row, 0));
    }
}

/// Whole rows of the containers that `wanted` says, as few ranges as there can be.
template<typename Wanted>
QItemSelection selectionOf(const ContainerTreeModel &model, Wanted wanted)
{
    QItemSelection selection;
    QModelIndex first;
    QModelIndex last;
    const auto close = [&] {
        if (first.isValid()) {
            selection.append(
                QItemSelectionRange(first, last.siblingAtColumn(ContainerColumnCount - 1)));
        }
        first = {};
    };
    eachContainer(model, [&](const QModelIndex &index, const ContainerRow &row) {
        if (!wanted(row)) {
            close();
            return;
        }
        if (!first.isValid() || first.parent() != index.parent()) {
            close();
            first = index;
        }
        last = index;
    });
    close();
    return selection;
}

QString settingsKey(const char *name)
{
    return QStringLiteral("containers/") + QLatin1StringView(name);
}

QStringList toStrings(const QList<int> &numbers)
{
    QStringList strings;
    std::ranges::transform(numbers, std::back_inserter(strings),
                           [](int number) { return QString::number(number); });
    return strings;
}

QList<int> toNumbers(const QStringList &strings)
{
    QList<int> numbers;
    std::ranges::transform(strings, std::back_inserter(numbers),
                           [](const QString &string) { return string.toInt(); });
    return numbers;
}

} // namespace

std::vector<std::string> ContainerTable::idsIn(const QModelIndex &group) const
{
    std::vector<std::string> ids;
    if (const ContainerGroup *found = m_model->groupAt(group)) {
        for (const ContainerRowPointer &row : found->shown) {
            ids.push_back(row->id);
        }
    }
    return ids;
}

std::vector<std::string> ContainerTable::selectedIds() const
{
    std::vector<std::string> ids;
    if (m_selected.empty()) {
        return ids;
    }
    eachContainer(*m_model, [&](const QModelIndex &, const ContainerRow &row) {
        if (m_selected.contains(row.id)) {
            ids.push_back(row.id);
        }
    });
    return ids;
}

std::string ContainerTable::currentId() const
{
    const ContainerRowPointer row = m_model->containerAt(currentIndex());
    return row ? row->id : std::string();
}

std::vector<std::string> ContainerTable::targetIds() const
{
    if (!m_selected.empty()) {
        return selectedIds();
    }
    if (const std::string id = currentId(); !id.empty()) {
        return {id};
    }
    return idsIn(currentIndex().siblingAtColumn(0));
}

void ContainerTable::setCurrentId(const std::string &id)
{
    if (const QModelIndex index = m_model->indexOf(id); index.isValid()) {
        selectionModel()->setCurrentIndex(index, QItemSelectionModel::NoUpdate);
        scrollTo(index);
    }
}

void ContainerTable::selectIds(const std::vector<std::string> &ids)
{
    const std::set<std::string> wanted(ids.begin(), ids.end());
    selectionModel()->select(
        selectionOf(*m_model, [&](const ContainerRow &row) { return wanted.contains(row.id); }),
        QItemSelectionModel::ClearAndSelect);
}

void ContainerTable::selectAllShown()
{
    selectionModel()->select(selectionOf(*m_model, [](const ContainerRow &) { return true; }),
                             QItemSelectionModel::ClearAndSelect);
}

void ContainerTable::toggleRow(const QModelIndex &index)
{
    if (m_model->groupAt(index)) {
        toggleGroup(index);
    } else if (index.isValid()) {
        selectionModel()->select(index, QItemSelectionModel::Toggle | QItemSelectionModel::Rows);
    }
}

void ContainerTable::toggleGroup(const QModelIndex &index)
{
    const int count = m_model->rowCount(index);
    if (count == 0) {
        return;
    }
    const bool all = lookOf(index).check == Qt::Checked;
    const QItemSelection rows(m_model->index(0, 0, index),
                              m_model->index(count - 1, ContainerColumnCount - 1, index));
    selectionModel()->select(rows,
                             all ? QItemSelectionModel::Deselect : QItemSelectionModel::Select);
}

void ContainerTable::selectionChanged(const QItemSelection &selected,
                                      const QItemSelection &deselected)
{
    TreeView::selectionChanged(selected, deselected);
    if (m_recalling) {
        return;
    }
    const auto each = [this](const QItemSelection &ranges, auto change) {
        for (const QItemSelectionRange &range : ranges) {
            for (int row = range.top(); row <= range.bottom(); ++row) {
                const QModelIndex index = m_model->index(row, 0, range.parent());
                if (const ContainerRowPointer container = m_model->containerAt(index)) {
                    change(container->id);
                }
            }
        }
    };
    each(deselected, [this](const std::string &id) { m_selected.erase(id); });
    each(selected, [this](const std::string &id) { m_selected.insert(id); });
    updateCheck();
    viewport()->update();
    Q_EMIT selectedIdsChanged();
}

void ContainerTable::updateCheck()
{
    const auto chosen = static_cast<int>(m_selected.size());
    m_header->setCheck(chosen == 0                       ? Qt::Unchecked
                       : chosen == m_model->shownCount() ? Qt::Checked
                                                         : Qt::PartiallyChecked);
}

void ContainerTable::remember()
{
    m_recalling = true;
    *m_memory = {};
    m_memory->selected = m_selected;
    m_memory->currentId = currentId();
    if (const ContainerGroup *group = m_model->groupAt(currentIndex())) {
        m_memory->hasCurrentGroup = true;
        m_memory->currentGroup = group->key;
    }
    if (verticalScrollBar()->value() > 0) {
        const QModelIndex top = indexAt(QPoint(1, 1));
        const QModelIndex container = m_model->groupAt(top) ? indexBelow(top) : top;
        if (const ContainerRowPointer row = m_model->containerAt(container)) {
            m_memory->topId = row->id;
            m_memory->topOffset = visualRect(container).top();
        }
    }
}

void ContainerTable::recall()
{
    applyExpansion();
    const std::set<std::string> &before = m_memory->selected;
    if (!before.empty()) {
        const QItemSelection wanted =
            selectionOf(*m_model, [&](const ContainerRow &row) { return before.contains(row.id); });
        selectionModel()->select(wanted, QItemSelectionModel::ClearAndSelect);
        m_selected.clear();
        for (const QItemSelectionRange &range : wanted) {
            for (int row = range.top(); row <= range.bottom(); ++row) {
                m_selected.insert(m_model->containerAt(m_model->index(row, 0, range.parent()))->id);
            }
        }
    }
    QModelIndex current;
    if (m_memory->hasCurrentGroup) {
        current = m_model->indexOfGroup(m_memory->currentGroup);
    } else if (!m_memory->currentId.empty()) {
        current = m_model->indexOf(m_memory->currentId);
    }
    if (current.isValid() && current != currentIndex()) {
        selectionModel()->setCurrentIndex(current, QItemSelectionModel::NoUpdate);
    }
    m_recalling = false;
    if (const QModelIndex top = m_model->indexOf(m_memory->topId); top.isValid()) {
        executeDelayedItemsLayout();
        const int shift = visualRect(top).top() - m_memory->topOffset;
        verticalScrollBar()->setValue(verticalScrollBar()->value() + shift);
    }
    hoverAgain();
    updateCheck();
    if (m_selected != before) {
        const auto hidden =
            static_cast<int>(std::ranges::count_if(before, [this](const std::string &id) {
                return !m_selected.contains(id) && m_model->source().find(id) != nullptr;
            }));
        Q_EMIT selectedIdsChanged();
        if (hidden > 0) {
            Q_EMIT selectionShrunk(hidden);
        }
    }
}

/// Groups are open but for those a person closed; a filter opens all, so that it hides no hit.
void ContainerTable::applyExpansion()
{
    const QScopedValueRollback guard(m_recalling, true);
    for (int row = 0; row < m_model->rowCount(); ++row) {
        const QModelIndex index = m_model->index(row, 0);
        const ContainerGroup *group = m_model->groupAt(index);
        if (!group) {
            return;
        }
        const bool open = m_model->isFiltered() || !m_closed.contains(group->key);
        if (isExpanded(index) != open) {
            setExpanded(index, open);
        }
    }
}

void ContainerTable::saveLayout() const
{
    QSettings settings;
    QStringList closed;
    for (const std::string &project : m_closed) {
        closed.append(QString::fromStdString(project));
    }
    settings.setValue(settingsKey("widths"), toStrings(m_header->baseWidths()));
    settings.setValue(settingsKey("hidden"), toStrings(m_header->wantedHidden()));
    settings.setValue(settingsKey("sortColumn"), m_model->order().column);
    settings.setValue(settingsKey("sortDescending"),
                      m_model->order().direction == Qt::DescendingOrder);
    settings.setValue(settingsKey("closedGroups"), closed);
}

void ContainerTable::restoreLayout()
{
    const QSettings settings;
    m_closed.clear();
    const QStringList closed = settings.value(settingsKey("closedGroups")).toStringList();
    for (const QString &project : closed) {
        m_closed.insert(project.toStdString());
    }
    m_header->setBaseWidths(toNumbers(settings.value(settingsKey("widths")).toStringList()));
    m_header->setWantedHidden(toNumbers(settings.value(settingsKey("hidden")).toStringList()));
    const int column =
        std::clamp(settings.value(settingsKey("sortColumn")).toInt(), 0, ContainerColumnCount - 1);
    const bool descending = settings.value(settingsKey("sortDescending")).toBool();
    m_header->setSortIndicator(column, descending ? Qt::DescendingOrder : Qt::AscendingOrder);
    applyExpansion();
}

} // namespace roadstead::ui
