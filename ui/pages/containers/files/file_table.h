// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/containers/files/file_list_model.h"
#include "ui/widgets/tree_view.h"

#include <QHeaderView>
#include <QStyledItemDelegate>
#include <QUrl>

namespace roadstead::ui {

/// The mark of a change against the image: a rounded square with plus, wave or minus.
void paintChangeMark(QPainter *painter, const QRectF &rect, docker::ChangeKind change);

class FileDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
public:
    FileDelegate(FileListProxy *model, QObject *parent);
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option,
                                 const QModelIndex &index) const override;

private:
    void paintName(QPainter *painter, const QRect &cell, const QStyleOptionViewItem &option,
                   const FileRow &row) const;
    FileListProxy *m_model;
};

/// The head of the list, in line with its cells.
class FileHeader final : public QHeaderView
{
    Q_OBJECT
public:
    explicit FileHeader(QWidget *parent);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintSection(QPainter *painter, const QRect &rect, int section) const override;
};

/// The files of one folder; files of this computer can be dropped on it.
class FileTable final : public TreeView
{
    Q_OBJECT
public:
    explicit FileTable(FileListProxy *model, QWidget *parent = nullptr);

    /// What dropping would do, for the label that is shown meanwhile; `%1` files.
    void setDropTexts(const QString &folder, const QString &consequence);
    void setDropEnabled(bool enabled) { m_dropEnabled = enabled; }
    [[nodiscard]] std::vector<FileListModel::RowPointer> selectedFiles() const;
    /// A drag was begun and its button is still held down.
    [[nodiscard]] bool isPressed() const;
    /// Goes on with the drag: these files of this computer are its contents. Returns when it ends,
    /// since Qt knows no other drag.
    void drag(const QList<QUrl> &files);

Q_SIGNALS:
    void opened(const QModelIndex &index);
    void filesDropped(const QStringList &paths);
    void upWanted();
    void dragWanted(); ///< of what is selected: drag() is the answer
    void removeWanted();
    void renameWanted();

protected:
    bool event(QEvent *event) override;
    void startDrag(Qt::DropActions actions) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dragMoveEvent(QDragMoveEvent *event) override;
    void dragLeaveEvent(QDragLeaveEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void setHeld(qsizetype count);
    void paintDropLabel(QPainter *painter) const;
    void distribute();

    FileListProxy *m_model;
    QString m_dropFolder;
    QString m_dropConsequence;
    bool m_dropEnabled = true;
    qsizetype m_held = 0; ///< files that are held over it
};

} // namespace roadstead::ui
