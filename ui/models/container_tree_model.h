// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/container_group.h"
#include "ui/models/container_order.h"
#include "ui/models/list_plan.h"

#include <QAbstractItemModel>
#include <QString>
#include <QStringList>

#include <memory>
#include <string_view>
#include <vector>

namespace roadstead::ui {

class ContainersModel;

/// The containers as a list page shows them: grouped by Compose project or flat, filtered by words
/// and state, sorted. A proxy in all but its base class (the README says why): it follows
/// `ContainersModel`, works out which rows are to be seen in which order, and turns the difference
/// to what is seen now into removals, one layout change and insertions, each over whole ranges.
/// Rows keep their place while `setOrderHeld(true)`; new ones still come in where they belong.
///
/// Never reset. Group rows cannot be selected; containers can. GUI thread only.
class ContainerTreeModel : public QAbstractItemModel
{
    Q_OBJECT
public:
    /// `source` must outlive this.
    explicit ContainerTreeModel(ContainersModel *source, QObject *parent = nullptr);
    ~ContainerTreeModel() override;

    [[nodiscard]] QModelIndex index(int row, int column,
                                    const QModelIndex &parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex &child) const override;
    using QAbstractItemModel::parent;
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] bool hasChildren(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;
    void sort(int column, Qt::SortOrder order) override;

    void setGrouped(bool grouped);
    [[nodiscard]] bool isGrouped() const { return m_grouped; }
    /// Every word must occur in the name, image, project, a port or the id.
    void setFilterText(const QString &text);
    void setStateFilter(StateFilter filter);
    [[nodiscard]] StateFilter stateFilter() const { return m_stateFilter; }
    [[nodiscard]] bool isFiltered() const;
    [[nodiscard]] ContainerOrder order() const { return m_order; }
    /// While held, figures and snapshots change no row's place: there is a pointer over it.
    void setOrderHeld(bool held);

    /// The container of an index; null for a group row.
    [[nodiscard]] ContainerRowPointer containerAt(const QModelIndex &index) const;
    /// The group of a group row; null for a container. Valid until the next change.
    [[nodiscard]] const ContainerGroup *groupAt(const QModelIndex &index) const;
    [[nodiscard]] QModelIndex indexOf(std::string_view id) const;
    [[nodiscard]] QModelIndex indexOfGroup(std::string_view project) const;
    [[nodiscard]] StateCounts counts() const { return m_counts; } ///< of all, filtered or not
    [[nodiscard]] int shownCount() const;
    [[nodiscard]] const ContainersModel &source() const { return *m_source; }

Q_SIGNALS:
    /// Around every change of rows or order. Indexes of rows that stay may become invalid in
    /// between (a large change replaces whole spans): what is remembered is remembered by id.
    void arrangementAboutToChange();
    void arrangementChanged();
    void countsChanged();

private:
    /// All containers of a project (or all there are, when not grouped), in display order.
    struct Bucket
    {
        std::string key;
        QString title;
        QString sortTitle;
        ContainerRows rows;
        GroupFigures figures;
    };
    /// What is to be seen of a bucket.
    struct TargetGroup
    {
        const Bucket *bucket;
        ContainerRows rows;
        ListPlan plan; ///< from what the group shows now; empty for a new group
    };
    struct Target
    {
        std::vector<TargetGroup> groups; ///< none empty; just one when not grouped
        ListPlan plan;                   ///< of the groups themselves
        [[nodiscard]] std::size_t ranges() const;
        [[nodiscard]] bool reorders() const;
    };

    void takeSnapshot();
    void takeFigures();
    void fillBuckets();
    void sortRows(ContainerRows &rows, const ContainerRows *before) const;
    void sortBuckets();
    void resort();
    [[nodiscard]] bool passes(const ContainerRow &row) const;
    [[nodiscard]] Target target() const;

    void arrange();
    void replaceAll(const Target &target);
    void removeMissing(const Target &target);
    void reorder(const Target &target);
    void insertMissing(const Target &target);
    void adoptRows(const Target &target);
    void renumber();
    void notePatch(const QModelIndex &first, const QModelIndex &last);
    void forgetPatch();
    void announcePatch(const ContainerGroup *group);

    [[nodiscard]] ContainerRows &rowsOf(ContainerGroup *group);
    [[nodiscard]] const ContainerRows &rowsOf(const ContainerGroup *group) const;
    [[nodiscard]] QModelIndex groupIndex(const ContainerGroup *group, int column = 0) const;
    [[nodiscard]] ContainerGroup *findGroup(std::string_view key) const;
    [[nodiscard]] std::unique_ptr<ContainerGroup> makeGroup(const TargetGroup &target) const;

    ContainersModel *m_source;
    std::vector<Bucket> m_buckets; ///< everything there is, sorted; groups in display order
    StateCounts m_counts{};

    bool m_grouped = true;
    bool m_shownGrouped = true;                            ///< how the rows below are arranged now
    std::vector<std::unique_ptr<ContainerGroup>> m_groups; ///< shown ones, when grouped
    ContainerRows m_flat;                                  ///< shown ones, when not

    QStringList m_words; ///< folded
    StateFilter m_stateFilter = StateFilter::All;
    ContainerOrder m_order;
    bool m_orderHeld = false;
    bool m_resortWaits = false;
    // What the figures now under way change:
    std::vector<const ContainerRow *> m_patched;
    int m_patchedFirst = 0; ///< columns
    int m_patchedLast = -1;
};

} // namespace roadstead::ui
