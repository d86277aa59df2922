// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/images/layers/layer_tree_model.h"
#include "ui/widgets/tree_view.h"

#include <QStyledItemDelegate>

namespace roadstead::ui {

/// Paints a cell by its roles (layer_roles.h); nothing of it is rich text.
class LayerCellDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option,
                                 const QModelIndex &index) const override;
};

/// The files of a view as a tree. What is open stays open, by its path, when another view comes.
class LayerTree final : public TreeView
{
    Q_OBJECT
public:
    explicit LayerTree(QWidget *parent = nullptr);

    void setFiles(std::shared_ptr<const layers::ImageFiles> files,
                  std::shared_ptr<const layers::FileView> view, LayerTreeModel::Words words);
    /// Opens folders from the top down, until about so many rows are open.
    void openFound(int most);
    void reveal(layers::NodeId id);
    [[nodiscard]] LayerTreeModel *files() const { return m_model; }

Q_SIGNALS:
    void menuWanted(roadstead::layers::NodeId id, QPoint globalPosition);

protected:
    void drawRow(QPainter *painter, const QStyleOptionViewItem &option,
                 const QModelIndex &index) const override;
    void drawBranches(QPainter *painter, const QRect &rect,
                      const QModelIndex &index) const override;
    void resizeEvent(QResizeEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void distribute();
    void openOnlyChildren();

    LayerTreeModel *m_model;
};

} // namespace roadstead::ui
