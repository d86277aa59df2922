// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/container_group.h"
#include "ui/pages/containers/container_action.h"

#include <QStyledItemDelegate>

#include <optional>
#include <vector>

namespace roadstead::ui {

class ContainerTreeModel;

/// A place in a row that does something when pressed.
struct RowPart
{
    enum class Kind { None, Check, Expander, Port, Action, Undo, More };
    Kind kind = Kind::None;
    int port = 0;                                    ///< of Port: position in ContainerRow::ports
    ContainerAction action = ContainerAction::Start; ///< of Action
    bool operator==(const RowPart &) const = default;
};

/// How a row stands towards the pointer, the keyboard and the selection; from the table.
struct RowLook
{
    bool hovered = false;
    bool selected = false;
    bool focused = false; ///< the keyboard is on it and is in use
    bool stale = false;   ///< what is shown may be out of date
    bool expanded = false;
    Qt::CheckState check = Qt::Unchecked; ///< of a group: of its containers
    RowPart hot;                          ///< the part under the pointer
};

/// Paints every cell of the container list and says what is where in it. Draws from
/// ContainerTreeModel's rows directly: no variants on the way of a repaint.
class ContainerDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    ContainerDelegate(const ContainerTreeModel *model, QObject *parent = nullptr);

    void setLook(const RowLook &look) { m_look = look; } ///< of the row that is painted next

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option,
                                 const QModelIndex &index) const override;

    /// The column that hover actions cover: the last one that is shown.
    void setActionColumn(int column) { m_actionColumn = column; }

    /// What lies at `position`, given the cell's rectangle and the layout direction.
    [[nodiscard]] RowPart partAt(const QStyleOptionViewItem &option, const QModelIndex &index,
                                 QPoint position, bool hovered) const;
    /// The hover actions of a row, in order, without More.
    [[nodiscard]] static std::vector<ContainerAction> hoverActions(const ContainerRow &row);

    static constexpr int checkLeft = 16;
    static constexpr int labelLeft = 46; ///< of the name's column: where its heading begins

private:
    void paintName(QPainter *painter, const QStyleOptionViewItem &option,
                   const ContainerRow &row) const;
    void paintGroupName(QPainter *painter, const QStyleOptionViewItem &option,
                        const ContainerGroup &group) const;
    void paintGroupCell(QPainter *painter, const QStyleOptionViewItem &option,
                        const ContainerGroup &group, int column) const;
    void paintCheck(QPainter *painter, const QStyleOptionViewItem &option) const;
    void paintState(QPainter *painter, const QStyleOptionViewItem &option,
                    const ContainerRow &row) const;
    void paintImage(QPainter *painter, const QStyleOptionViewItem &option,
                    const ContainerRow &row) const;
    void paintPorts(QPainter *painter, const QStyleOptionViewItem &option,
                    const ContainerRow &row) const;
    void paintCpu(QPainter *painter, const QStyleOptionViewItem &option,
                  const ContainerRow &row) const;
    void paintMemory(QPainter *painter, const QStyleOptionViewItem &option,
                     const ContainerRow &row) const;
    void paintUptime(QPainter *painter, const QStyleOptionViewItem &option,
                     const ContainerRow &row) const;
    void paintActions(QPainter *painter, const QStyleOptionViewItem &option,
                      const ContainerRow &row) const;
    [[nodiscard]] int nameLeft() const;

    const ContainerTreeModel *m_model;
    RowLook m_look;
    int m_actionColumn = 0;
};

/// The CPU of the last minute as a line: newest at the right, scaled to its own peak but never
/// below 5 %, so that idle looks idle.
void paintSparkline(QPainter *painter, const QRectF &rect, const std::vector<float> &samples);

/// A 16 px check box as rows and headings have it.
void paintRowCheck(QPainter *painter, const QRectF &box, Qt::CheckState state);

} // namespace roadstead::ui
