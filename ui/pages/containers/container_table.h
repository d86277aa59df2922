// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/containers/container_delegate.h"
#include "ui/widgets/tree_view.h"

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace roadstead::ui {

class ContainerHeader;
class ContainerTreeModel;

/// The container list: one delegate paints it, parts of rows react to the pointer, every action is
/// on the keyboard, too. Remembers selection, current row, open groups and what is at the top by
/// id, so that they survive refresh, sorting and filtering; rows that a filter hides leave the
/// selection, rows in a closed group do not.
class ContainerTable : public TreeView
{
    Q_OBJECT
public:
    explicit ContainerTable(ContainerTreeModel *model, QWidget *parent = nullptr);
    ~ContainerTable() override;

    [[nodiscard]] std::vector<std::string> selectedIds() const; ///< in display order
    /// What a command from the keyboard acts on: the selection, else the current container.
    [[nodiscard]] std::vector<std::string> targetIds() const;
    [[nodiscard]] std::vector<std::string> visibleIds() const; ///< of what is on screen
    [[nodiscard]] std::string currentId() const;               ///< empty on a group or nothing
    void setCurrentId(const std::string &id);
    void selectIds(const std::vector<std::string> &ids);
    void selectAllShown();
    /// Whether the current row is marked as what is shown beside the list.
    void setCurrentMarked(bool marked);
    void setStale(bool stale);
    [[nodiscard]] bool isStale() const { return m_stale; }
    /// Repaints the ages on screen that read otherwise than at the last call.
    void refreshAges();

    [[nodiscard]] ContainerHeader *containerHeader() const { return m_header; }
    void saveLayout() const; ///< columns, widths, sorting and closed groups, to QSettings
    void restoreLayout();

Q_SIGNALS:
    void opened(const std::string &id); ///< Enter or a double click on a container
    void actionPressed(roadstead::ui::ContainerAction action, const std::vector<std::string> &ids);
    void undoPressed(const std::string &id); ///< of a removal that waits
    void menuWanted(const std::vector<std::string> &ids, QPoint globalPosition);
    void portPressed(const std::string &id, roadstead::ui::PortLink link);
    /// The pointer is over a hover action, or no longer over any (no ids).
    void actionHovered(roadstead::ui::ContainerAction action, const std::vector<std::string> &ids);
    void selectedIdsChanged();
    /// The filter hid so many selected rows: they are no longer selected.
    void selectionShrunk(int hidden);

protected:
    void drawRow(QPainter *painter, const QStyleOptionViewItem &option,
                 const QModelIndex &index) const override;
    void drawBranches(QPainter *, const QRect &, const QModelIndex &) const override {}
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    bool viewportEvent(QEvent *event) override;
    void selectionChanged(const QItemSelection &selected,
                          const QItemSelection &deselected) override;

private:
    struct Memory;

    void remember();
    void recall();
    void applyExpansion();
    void updateCheck();
    void toggleGroup(const QModelIndex &index);
    void toggleRow(const QModelIndex &index);
    void press(const RowPart &part, const QModelIndex &index);
    void hover(QPoint position);
    void hoverAgain();
    [[nodiscard]] bool mayPress(const RowPart &part, const QModelIndex &index) const;
    void setHovered(const QModelIndex &index, const RowPart &part);
    [[nodiscard]] RowPart partAt(QPoint position) const;
    [[nodiscard]] RowLook lookOf(const QModelIndex &index) const;
    [[nodiscard]] QStyleOptionViewItem cellOption(const QModelIndex &index) const;
    [[nodiscard]] QString tipFor(const QModelIndex &index, const RowPart &part) const;
    [[nodiscard]] std::vector<std::string> idsIn(const QModelIndex &group) const;
    [[nodiscard]] std::vector<QModelIndex> rowsOnScreen() const;
    [[nodiscard]] QRect groupNameRect(QRect cell) const;

    ContainerTreeModel *m_model;
    ContainerDelegate *m_delegate;
    ContainerHeader *m_header;
    std::unique_ptr<Memory> m_memory;
    std::set<std::string> m_closed; ///< projects whose group a person closed
    std::set<std::string> m_selected;
    QPersistentModelIndex m_hovered;
    RowPart m_hot;
    std::optional<QPoint> m_pointer; ///< where the pointer was last, in the viewport
    RowPart m_pressed;
    bool m_keyboardInUse = false;
    bool m_stale = false;
    bool m_currentMarked = false;
    bool m_recalling = false;
    std::int64_t m_agesAt = 0; ///< seconds since 1970, of the last refreshAges()
    QRect m_painted;           ///< of the viewport, in the paint event under way
    mutable bool m_paintedBusy = false;
};

} // namespace roadstead::ui
