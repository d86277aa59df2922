// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>
#include <QStyledItemDelegate>

namespace roadstead::ui {

/// Something that shows at the end of a row while the pointer is over it.
struct HoverAction
{
    int id = 0; ///< of the page; 0 or more
    QString iconName;
    QString tip; ///< display text
};

/// How a row stands towards the pointer, the keyboard and the selection; from the table.
struct ListLook
{
    static constexpr int nothing = -1;
    static constexpr int more = -2; ///< the button that opens the row's menu

    bool hovered = false;
    bool selected = false;
    bool focused = false; ///< the keyboard is on it and is in use
    bool stale = false;   ///< what is shown may be out of date
    int hot = nothing;    ///< the hover action under the pointer
};

/// Paints the rows of a ListTable. A subclass paints what is in a cell; hover actions, which cover
/// the last column, are painted and found here.
class ListDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void setLook(const ListLook &look) { m_look = look; } ///< of the row that is painted next
    /// The column that hover actions cover: the last one that is shown.
    void setActionColumn(int column) { m_actionColumn = column; }
    [[nodiscard]] int actionColumn() const { return m_actionColumn; }

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option,
                                 const QModelIndex &index) const override;

    /// The id of the hover action at `position` in the last cell, or one of ListLook's.
    [[nodiscard]] int actionAt(const QStyleOptionViewItem &option, const QModelIndex &index,
                               QPoint position) const;
    /// In order, without the menu's button.
    [[nodiscard]] virtual QList<HoverAction> hoverActions(const QModelIndex &index) const = 0;
    [[nodiscard]] virtual QString tip(const QModelIndex &index) const = 0; ///< display text
    /// Whether the row is under way: then it is painted again and again.
    [[nodiscard]] virtual bool isBusy(const QModelIndex &index) const = 0;

protected:
    virtual void paintCell(QPainter *painter, const QStyleOptionViewItem &option,
                           const QModelIndex &index) const = 0;
    [[nodiscard]] const ListLook &look() const { return m_look; }

private:
    ListLook m_look;
    int m_actionColumn = 0;
};

} // namespace roadstead::ui
