// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/builds/builds_model.h"

#include "ui/pages/builds/cell_delegate.h"
#include "ui/text/display_text.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace roadstead::ui {

namespace {

QVariant buildCell(const BuildRow &row, int column, int role)
{
    const BuildRecord &record = row.record;
    switch (role) {
    case MarkRole:
        return column == BuildColumn::Result ? QVariant(int(markOf(record.outcome))) : QVariant();
    case Qt::ToolTipRole:
        return displayText(column == BuildColumn::Result && !record.problem.isEmpty()
                               ? record.problem
                           : record.line.isEmpty() ? record.name
                                                   : record.line);
    case Qt::AccessibleTextRole:
        if (column == BuildColumn::Name) {
            return BuildList::tr("%1, %2, %3 steps cached")
                .arg(record.shownName(), outcomeText(record.outcome), cachedText(record));
        }
        [[fallthrough]];
    case Qt::DisplayRole:
        return buildCellText(row, column, QDateTime::currentDateTime());
    default:
        return {};
    }
}

template<typename Value>
int ordered(const Value &left, const Value &right)
{
    return left < right ? -1 : right < left ? 1 : 0;
}

} // namespace

void BuildsModel::applyRecords(std::vector<BuildRecord> records)
{
    std::ranges::sort(records, {}, &BuildRecord::id);
    const auto same = std::ranges::unique(records, {}, &BuildRecord::id);
    records.erase(same.begin(), same.end());
    apply(records);
}

int BuildsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(BuildColumn::Count);
}

QVariant BuildsModel::data(const QModelIndex &index, int role) const
{
    return index.isValid() ? buildCell(*rowAt(std::size_t(index.row())), index.column(), role)
                           : QVariant();
}

QVariant BuildsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    return orientation == Qt::Horizontal && role == Qt::DisplayRole
               ? QVariant(buildColumnTitle(section))
               : QVariant();
}

BuildList::BuildList(BuildsModel *source, QObject *parent)
    : FlatListModel<BuildRow>(source, parent)
    , m_builds(source)
{
    m_column = BuildColumn::Started;
    m_order = Qt::DescendingOrder;
    takeSnapshot();
}

QVariant BuildList::data(const QModelIndex &index, int role) const
{
    const RowPointer row = index.isValid() ? rowAt(index.row()) : nullptr;
    return row ? buildCell(*row, index.column(), role) : QVariant();
}

void BuildList::setResultFilter(BuildFilter filter)
{
    if (std::exchange(m_filter, filter) != filter) {
        refilter();
    }
}

bool BuildList::passes(const BuildRow &row) const
{
    return m_filter == BuildFilter::All || row.filter() == m_filter;
}

int BuildList::compare(const BuildRow &left, const BuildRow &right) const
{
    const BuildRecord &a = left.record;
    const BuildRecord &b = right.record;
    int order = 0;
    switch (sortColumn()) {
    case BuildColumn::Name:
        order = a.shownName().localeAwareCompare(b.shownName());
        break;
    case BuildColumn::Result:
        order = ordered(int(a.outcome), int(b.outcome));
        break;
    case BuildColumn::Steps:
        order = ordered(a.cached, b.cached);
        break;
    case BuildColumn::Time:
        order = ordered(a.milliseconds, b.milliseconds);
        break;
    case BuildColumn::Platform:
        order = platformsText(a).compare(platformsText(b));
        break;
    case BuildColumn::Builder:
        order = builderText(a).compare(builderText(b));
        break;
    case BuildColumn::Context:
        order = a.context.compare(b.context);
        break;
    default:
        break;
    }
    return order != 0 ? order : ordered(a.startedAt, b.startedAt);
}

bool BuildList::recount()
{
    Counts counts{};
    for (std::size_t i = 0; i < m_builds->size(); ++i) {
        ++counts[std::size_t(BuildFilter::All)];
        ++counts[std::size_t(m_builds->rowAt(i)->filter())];
    }
    return std::exchange(m_counts, counts) != counts;
}

} // namespace roadstead::ui
