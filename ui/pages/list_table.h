// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/list_delegate.h"
#include "ui/pages/list_header.h"
#include "ui/widgets/tree_view.h"

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace roadstead::ui {

class FlatListModelBase;

/// A flat list of a page: a delegate paints it, hover actions react to the pointer, everything is
/// on the keyboard, too. Remembers selection, current row and what is at the top by key, so that
/// they survive refresh, sorting and filtering; rows that a filter hides leave the selection.
class ListTable : public TreeView
{
    Q_OBJECT
public:
    struct Parts
    {
        QString name;                       ///< object name: "imagesTable"
        QString label;                      ///< accessible name
        QString settings;                   ///< begins the keys in QSettings: "images"
        QList<ListColumn> columns;          ///< of the model
        FlatListModelBase *model = nullptr; ///< must outlive the table
        ListDelegate *delegate = nullptr;   ///< taken over
    };

    explicit ListTable(const Parts &parts, QWidget *parent = nullptr);
    ~ListTable() override;

    [[nodiscard]] std::vector<std::string> selectedKeys() const; ///< in display order
    /// What a command from the keyboard acts on: the selection, else the current row.
    [[nodiscard]] std::vector<std::string> targetKeys() const;
    [[nodiscard]] std::vector<std::string> visibleKeys() const; ///< of what is on screen
    [[nodiscard]] std::string currentKey() const;
    void setCurrentKey(const std::string &key);
    void selectKeys(const std::vector<std::string> &keys);
    /// Whether the current row is marked as what is shown beside the list.
    void setCurrentMarked(bool marked);
    void setStale(bool stale);
    [[nodiscard]] bool isStale() const { return m_stale; }

    [[nodiscard]] ListHeader *listHeader() const { return m_header; }
    void saveLayout() const; ///< columns, widths and sorting, to QSettings
    void restoreLayout();

Q_SIGNALS:
    void opened(const std::string &key); ///< Enter or a double click
    void actionPressed(int action, const std::string &key);
    void menuWanted(const std::vector<std::string> &keys, QPoint globalPosition);
    /// The pointer is over a hover action, or no longer over any (no key).
    void actionHovered(int action, const std::string &key);
    void selectedKeysChanged();
    void currentKeyChanged();
    /// The filter hid so many selected rows: they are no longer selected.
    void selectionShrunk(int hidden);
    void scrolled(); ///< other rows may be on screen now

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
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;

private:
    struct Memory
    {
        std::set<std::string> selected;
        std::string current;
        std::string top;
        int topOffset = 0;
    };

    void remember();
    void recall();
    void selectWhere(const std::set<std::string> &keys);
    void press(int action, const QModelIndex &row);
    void hover(QPoint position);
    void hoverAgain();
    void setHovered(const QModelIndex &index, int action);
    [[nodiscard]] int actionAt(QPoint position) const;
    [[nodiscard]] std::string keyOf(const QModelIndex &index) const;
    [[nodiscard]] QStyleOptionViewItem cellOption(const QModelIndex &index) const;
    [[nodiscard]] QString tipAt(QPoint position) const;

    const QString m_settings;
    FlatListModelBase *m_model;
    ListDelegate *m_delegate;
    ListHeader *m_header;
    Memory m_memory;
    std::set<std::string> m_selected;
    QPersistentModelIndex m_hovered;
    int m_hot = ListLook::nothing;
    int m_pressed = ListLook::nothing;
    std::optional<QPoint> m_pointer; ///< where the pointer was last, in the viewport
    bool m_keyboardInUse = false;
    bool m_stale = false;
    bool m_currentMarked = false;
    bool m_recalling = false;
    mutable bool m_paintedBusy = false;
};

} // namespace roadstead::ui
