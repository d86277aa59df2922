// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/layers/file_view.h"

#include <QAbstractItemModel>

#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace roadstead::ui {

/// The files of an image as a view shows them. The rows of a folder are made when they are first
/// looked for: what it costs grows with what is open. GUI thread.
class LayerTreeModel final : public QAbstractItemModel
{
    Q_OBJECT
public:
    enum Column { NameColumn, ChangeColumn, SizeColumn, WastedColumn, ColumnCount };
    enum class Words {
        Layer,     ///< added, changed, removed
        Comparison ///< only there, differs, only here
    };

    using QAbstractItemModel::QAbstractItemModel;

    void setFiles(std::shared_ptr<const layers::ImageFiles> files,
                  std::shared_ptr<const layers::FileView> view, Words words);
    [[nodiscard]] layers::NodeId nodeOf(const QModelIndex &index) const;
    /// Makes the rows on the way; not valid when it is not shown.
    [[nodiscard]] QModelIndex indexOf(layers::NodeId id);
    [[nodiscard]] std::string pathOf(const QModelIndex &index) const;
    void setHeading(const QString &name, const QString &change);

    [[nodiscard]] QModelIndex index(int row, int column,
                                    const QModelIndex &parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex &index) const override;
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] bool hasChildren(const QModelIndex &parent = {}) const override;
    [[nodiscard]] bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;
    void sort(int column, Qt::SortOrder order) override;

private:
    using NodeId = layers::NodeId;
    [[nodiscard]] std::vector<NodeId> sorted(NodeId folder) const;
    [[nodiscard]] bool comesBefore(NodeId left, NodeId right) const;
    [[nodiscard]] const layers::Facts *factsOf(NodeId id) const;
    [[nodiscard]] QString text(NodeId id, int column) const;
    [[nodiscard]] QString tip(NodeId id) const;
    void fetch(NodeId folder);

    std::shared_ptr<const layers::ImageFiles> m_files;
    std::shared_ptr<const layers::FileView> m_view;
    Words m_words = Words::Layer;
    QString m_nameHeading;
    QString m_changeHeading;
    int m_sortColumn = NameColumn;
    Qt::SortOrder m_order = Qt::AscendingOrder;
    std::unordered_map<NodeId, std::vector<NodeId>> m_rows; ///< of the folders that were opened
    std::unordered_map<NodeId, int> m_places;               ///< of their rows
};

/// "Added" or "Only there".
QString changeWord(layers::Change change, LayerTreeModel::Words words);

} // namespace roadstead::ui
