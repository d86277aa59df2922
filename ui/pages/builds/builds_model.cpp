// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/builds/builds_model.h"

#include "ui/text/display_text.h"
#include "ui/text/formats.h"
#include "ui/theme/tokens.h"

#include <algorithm>

namespace roadstead::ui {

namespace {

StateMark markOf(BuildRecord::Outcome outcome)
{
    return outcome == BuildRecord::Outcome::Built    ? StateMark::Done
           : outcome == BuildRecord::Outcome::Failed ? StateMark::Error
                                                     : StateMark::Exited;
}

} // namespace

BuildsModel::BuildsModel(const BuildHistory *history, QObject *parent)
    : QAbstractTableModel(parent)
    , m_history(history)
    , m_shown(history->records())
{
    connect(history, &BuildHistory::changed, this, &BuildsModel::update);
}

/// The history only gains a first row and loses rows.
void BuildsModel::update()
{
    const QList<BuildRecord> &now = m_history->records();
    for (qsizetype row = m_shown.size(); row-- > 0;) {
        if (std::ranges::find(now, m_shown.at(row).id, &BuildRecord::id) == now.end()) {
            beginRemoveRows({}, int(row), int(row));
            m_shown.removeAt(row);
            endRemoveRows();
        }
    }
    for (qsizetype row = 0; row < now.size(); ++row) {
        if (row >= m_shown.size() || m_shown.at(row).id != now.at(row).id) {
            beginInsertRows({}, int(row), int(row));
            m_shown.insert(row, now.at(row));
            endInsertRows();
        }
    }
}

const BuildRecord *BuildsModel::record(int row) const
{
    return row >= 0 && row < m_shown.size() ? &m_shown.at(row) : nullptr;
}

int BuildsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_shown.size());
}

int BuildsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : columns;
}

QVariant BuildsModel::data(const QModelIndex &index, int role) const
{
    const BuildRecord *one = index.isValid() ? record(index.row()) : nullptr;
    if (one == nullptr) {
        return {};
    }
    if (role == MarkRole && index.column() == ResultColumn) {
        return int(markOf(one->outcome));
    }
    if (role == Qt::TextAlignmentRole) {
        const bool isNumber = index.column() >= StepsColumn;
        return int(Qt::AlignVCenter | (isNumber ? Qt::AlignRight : Qt::AlignLeft));
    }
    if (role == Qt::ToolTipRole) {
        return plainTip(displayText(one->problem.isEmpty() ? one->line : one->problem));
    }
    if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole) {
        return {};
    }
    switch (index.column()) {
    case ResultColumn:
        return one->outcome == BuildRecord::Outcome::Built    ? tr("Built")
               : one->outcome == BuildRecord::Outcome::Failed ? tr("Failed")
                                                              : tr("Stopped");
    case NameColumn:
        return one->name.isEmpty() ? tr("no name") : displayText(one->name);
    case ContextColumn:
        return displayText(one->context);
    case StepsColumn:
        return one->steps == 0 ? unknownText()
                               : tr("%1, %2 cached").arg(one->steps).arg(one->cached);
    case TimeColumn:
        return elapsedText(one->milliseconds);
    case StartedColumn:
        return momentText(one->startedAt.toLocalTime(), QDateTime::currentDateTime());
    default:
        return {};
    }
}

QVariant BuildsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return int(Qt::AlignVCenter | (section >= StepsColumn ? Qt::AlignRight : Qt::AlignLeft));
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
    case ResultColumn:
        return tr("Result");
    case NameColumn:
        return tr("Name");
    case ContextColumn:
        return tr("Context");
    case StepsColumn:
        return tr("Steps");
    case TimeColumn:
        return tr("Time");
    case StartedColumn:
        return tr("Started");
    default:
        return {};
    }
}

} // namespace roadstead::ui
