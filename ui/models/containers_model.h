// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/container_row.h"
#include "ui/models/snapshot_model.h"

#include <functional>
#include <map>
#include <string>

namespace roadstead::service {
struct ContainerStats;
}

namespace roadstead::ui {

/// The columns of a container list, in the order in which they are first shown.
enum ContainerColumn {
    NameColumn,
    StateColumn,
    ImageColumn,
    PortsColumn,
    CpuColumn,
    MemoryColumn,
    UptimeColumn,
    ContainerColumnCount
};

/// Every container of one engine, sorted by id. Holds no order, grouping or filter: that is
/// ContainerTreeModel's.
class ContainersModel : public SnapshotModel<ContainerRow>
{
    Q_OBJECT
public:
    using Clock = std::function<std::int64_t()>; ///< seconds since the epoch
    using StatsSource = std::function<const service::ContainerStats *(const std::string &id)>;

    explicit ContainersModel(Clock clock, QObject *parent = nullptr);

    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

    /// Makes the model equal to `snapshot`, sorted by id, true at `listedAt` (seconds).
    void applySnapshot(std::span<const docker::ContainerSummary> snapshot, std::int64_t listedAt);
    void applyStats(const StatsSource &source);
    void setPending(const std::string &id, PendingWork work);
    /// The same for many, told to views as one change.
    void setPending(std::span<const std::string> ids, PendingWork work);

    /// What the list tells beside the names of some, by id; the others have no note.
    void setNotes(const std::map<std::string, QString> &notes);

    [[nodiscard]] std::int64_t now() const { return m_clock(); }

protected:
    void complete(ContainerRow &row) override;

private:
    Clock m_clock;
    std::int64_t m_listedAt = 0;
};

} // namespace roadstead::ui
