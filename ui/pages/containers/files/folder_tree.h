// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/containers/files/folder_tree_model.h"
#include "ui/widgets/tree_view.h"

#include <QStyledItemDelegate>

namespace roadstead::ui {

class FolderDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option,
                                 const QModelIndex &index) const override;
};

/// The folders that are known, beside the list of one. GUI thread.
class FolderTree final : public TreeView
{
    Q_OBJECT
public:
    explicit FolderTree(FolderTreeModel *model, QWidget *parent = nullptr);

    /// Which one the list shows: it and those above it are opened.
    void setFolder(const std::string &path);

Q_SIGNALS:
    void folderWanted(const std::string &path);

protected:
    void drawRow(QPainter *painter, const QStyleOptionViewItem &option,
                 const QModelIndex &index) const override;
    void drawBranches(QPainter *painter, const QRect &rect,
                      const QModelIndex &index) const override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void open(const QModelIndex &index);

    FolderTreeModel *m_model;
    std::string m_folder = "/";
};

} // namespace roadstead::ui
