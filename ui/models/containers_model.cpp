// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/models/containers_model.h"

#include "engine/service/engine_session.h"
#include "ui/models/container_text.h"

#include <cmath>
#include <utility>

namespace roadstead::ui {

namespace {

/// Takes over new figures; false when nothing that is shown changed.
bool takeStats(ContainerRow &row, const service::ContainerStats *stats)
{
    if (!stats || !row.isAlive()) {
        const bool had = row.hasStats;
        row.hasStats = false;
        row.cpuHistory.clear();
        return had;
    }
    const bool same = row.hasStats && std::abs(row.cpuPercent - stats->cpuPercent) < 1e-9 &&
                      row.memoryBytes == stats->memoryBytes &&
                      row.memoryLimit == stats->memoryLimit && row.cpuHistory == stats->cpuHistory;
    if (same) {
        return false;
    }
    row.hasStats = true;
    row.cpuPercent = stats->cpuPercent;
    row.memoryBytes = stats->memoryBytes;
    row.memoryLimit = stats->memoryLimit;
    row.cpuHistory = stats->cpuHistory;
    return true;
}

} // namespace

ContainersModel::ContainersModel(Clock clock, QObject *parent)
    : SnapshotModel<ContainerRow>(parent)
    , m_clock(std::move(clock))
{
}

int ContainersModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ContainerColumnCount;
}

QVariant ContainersModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid()) {
        return {};
    }
    const RowPointer row = rowAt(static_cast<std::size_t>(index.row()));
    return containerCellData(*row, index.column(), role, m_clock());
}

QVariant ContainersModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal && role == Qt::DisplayRole) {
        return containerColumnTitle(section);
    }
    return {};
}

void ContainersModel::applySnapshot(std::span<const docker::ContainerSummary> snapshot,
                                    std::int64_t listedAt)
{
    m_listedAt = listedAt;
    apply(snapshot);
}

void ContainersModel::complete(ContainerRow &row)
{
    row.since = sinceFromStatus(row.status, m_listedAt, row.since);
}

void ContainersModel::applyStats(const StatsSource &source)
{
    patch(CpuColumn, MemoryColumn,
          [&source](ContainerRow &row) { return takeStats(row, source(row.id)); });
}

void ContainersModel::setNotes(const std::map<std::string, QString> &notes)
{
    patch(NameColumn, NameColumn, [&notes](ContainerRow &row) {
        const auto found = notes.find(row.id);
        QString note = found == notes.end() ? QString() : found->second;
        return std::exchange(row.note, std::move(note)) != row.note;
    });
}

void ContainersModel::setPending(const std::string &id, PendingWork work)
{
    setPending(std::span(&id, 1), work);
}

void ContainersModel::setPending(std::span<const std::string> ids, PendingWork work)
{
    patchRows(ids, [work](ContainerRow &row) {
        const bool changes = row.pending != work;
        row.pending = work;
        return changes;
    });
}

} // namespace roadstead::ui
