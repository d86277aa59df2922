// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/models/container_group.h"

#include "ui/models/container_text.h"
#include "ui/models/containers_model.h"
#include "ui/text/formats.h"

#include <QCoreApplication>
#include <QStringList>

namespace roadstead::ui {

namespace {

struct GroupWords
{
    Q_DECLARE_TR_FUNCTIONS(roadstead::ui::ContainerGroup)
};

int count(const GroupFigures &figures, StateFilter filter)
{
    return figures.counts[static_cast<std::size_t>(filter)];
}

QString cellText(const ContainerGroup &group, int column, std::int64_t now)
{
    const GroupFigures &figures = group.figures;
    switch (column) {
    case NameColumn:
        return group.title;
    case CpuColumn:
        return figures.hasCpu ? percentText(figures.cpuPercent) : QString();
    case MemoryColumn:
        return figures.hasMemory ? memorySizeText(figures.memoryBytes) : QString();
    case UptimeColumn:
        return figures.lastEnd ? GroupWords::tr("%1 ago").arg(ageText(now - figures.lastEnd->epoch,
                                                                      figures.lastEnd->precision))
                               : QString();
    default:
        return {};
    }
}

} // namespace

QString noProjectTitle()
{
    return GroupWords::tr("No project");
}

GroupFigures figuresOf(const ContainerRows &rows)
{
    GroupFigures figures;
    bool anyAlive = false;
    for (const ContainerRowPointer &row : rows) {
        ++figures.counts[static_cast<std::size_t>(StateFilter::All)];
        ++figures.counts[static_cast<std::size_t>(row->filter())];
        if (row->hasStats) {
            figures.hasMemory = true;
            figures.memoryBytes += row->memoryBytes;
            if (row->isRunning()) {
                figures.hasCpu = true;
                figures.cpuPercent += row->cpuPercent;
            }
        }
        anyAlive = anyAlive || row->isAlive();
        const bool ended = row->since && row->mark() != ContainerMark::Created;
        if (ended && (!figures.lastEnd || figures.lastEnd->epoch < row->since->epoch)) {
            figures.lastEnd = row->since;
        }
    }
    if (anyAlive) {
        figures.lastEnd.reset();
    }
    return figures;
}

QString groupSummary(const ContainerGroup &group)
{
    const GroupFigures &figures = group.figures;
    const int total = count(figures, StateFilter::All);
    if (!group.isProject()) {
        return total == 1 ? GroupWords::tr("1 container")
                          : GroupWords::tr("%n containers", nullptr, total);
    }
    const int running = count(figures, StateFilter::Running);
    const int unhealthy = count(figures, StateFilter::Unhealthy);
    if (count(figures, StateFilter::Exited) == total) {
        return GroupWords::tr("%1 exited").arg(total);
    }
    QStringList parts;
    parts.append(running == total ? GroupWords::tr("%1 running").arg(running)
                                  : GroupWords::tr("%1 of %2 running").arg(running).arg(total));
    if (unhealthy > 0) {
        parts.append(GroupWords::tr("%1 unhealthy").arg(unhealthy));
    }
    return parts.join(QStringLiteral(", "));
}

QString groupSentence(const ContainerGroup &group)
{
    QStringList parts{group.isProject() ? GroupWords::tr("Project %1").arg(group.title)
                                        : group.title,
                      groupSummary(group)};
    if (group.figures.hasCpu) {
        parts.append(GroupWords::tr("CPU %1 percent").arg(group.figures.cpuPercent, 0, 'f', 1));
    }
    if (group.figures.hasMemory) {
        parts.append(GroupWords::tr("memory %1").arg(memorySizeText(group.figures.memoryBytes)));
    }
    return parts.join(QStringLiteral(", "));
}

QVariant groupCellData(const ContainerGroup &group, int column, int role, std::int64_t now)
{
    switch (role) {
    case Qt::DisplayRole:
        return cellText(group, column, now);
    case Qt::AccessibleTextRole:
        return column == NameColumn ? groupSentence(group) : cellText(group, column, now);
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(Qt::Alignment(
            (column >= CpuColumn ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter));
    default:
        return {};
    }
}

} // namespace roadstead::ui
