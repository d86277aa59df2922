// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/flat_list_model.h"
#include "ui/pages/builds/build_row.h"

#include <array>
#include <functional>
#include <vector>

namespace roadstead::ui {

/// Every build that is known, sorted by id. Holds no order or filter: that is BuildList's.
class BuildsModel final : public SnapshotModel<BuildRow>
{
    Q_OBJECT
public:
    using SnapshotModel<BuildRow>::SnapshotModel;

    /// Makes the model equal to `records`, in any order.
    void applyRecords(std::vector<BuildRecord> records);

    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;
};

/// The builds as their page shows them: filtered by words and result, sorted by a column; newest
/// first until a person chooses.
class BuildList final : public FlatListModel<BuildRow>
{
    Q_OBJECT
public:
    using Counts = std::array<int, 5>; ///< by BuildFilter

    /// `source` must outlive this.
    explicit BuildList(BuildsModel *source, QObject *parent = nullptr);

    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    void setResultFilter(BuildFilter filter);
    [[nodiscard]] const Counts &counts() const { return m_counts; } ///< of all, filtered or not

protected:
    [[nodiscard]] bool passes(const BuildRow &row) const override;
    [[nodiscard]] int compare(const BuildRow &left, const BuildRow &right) const override;
    bool recount() override;

private:
    BuildsModel *m_builds;
    BuildFilter m_filter = BuildFilter::All;
    Counts m_counts{};
};

} // namespace roadstead::ui
