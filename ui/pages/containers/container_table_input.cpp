// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

// ContainerTable under the pointer and the keyboard.

#include "ui/pages/containers/container_table.h"

#include "ui/models/container_text.h"
#include "ui/models/container_tree_model.h"
#include "ui/models/containers_model.h"
#include "ui/pages/containers/container_header.h"
#include "ui/text/display_text.h"

#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QToolTip>

#include <utility>

namespace roadstead::ui {

// ---- The pointer

QStyleOptionViewItem ContainerTable::cellOption(const QModelIndex &index) const
{
    QStyleOptionViewItem option;
    initViewItemOption(&option);
    const QRect row = visualRect(index.siblingAtColumn(0));
    option.rect = QRect(columnViewportPosition(index.column()), row.top(),
                        columnWidth(index.column()), row.height() - 1);
    return option;
}

RowPart ContainerTable::partAt(QPoint position) const
{
    const QModelIndex index = indexAt(position);
    if (!index.isValid()) {
        return {};
    }
    m_delegate->setActionColumn(m_header->lastShown());
    return m_delegate->partAt(cellOption(index), index, position, !m_stale);
}

void ContainerTable::setHovered(const QModelIndex &index, const RowPart &part)
{
    const QModelIndex row = index.siblingAtColumn(0);
    if (m_hovered == row && m_hot == part) {
        return;
    }
    const bool wasAction = m_hot.kind == RowPart::Kind::Action;
    m_hovered = row;
    m_hot = part;
    m_model->setOrderHeld(row.isValid());
    const bool pressable = part.kind != RowPart::Kind::None;
    viewport()->setCursor(part.kind == RowPart::Kind::Port && pressable ? Qt::PointingHandCursor
                                                                        : Qt::ArrowCursor);
    viewport()->update();
    const ContainerRowPointer container = m_model->containerAt(row);
    if (part.kind == RowPart::Kind::Action && container) {
        Q_EMIT actionHovered(part.action, {container->id});
    } else if (wasAction) {
        Q_EMIT actionHovered(ContainerAction::Start, {});
    }
}

void ContainerTable::hover(QPoint position)
{
    m_pointer = position;
    setHovered(indexAt(position), partAt(position));
}

/// Rows moved below a pointer that stands still: the row that is there now is shown as hovered, but
/// none of its actions can be pressed until the pointer moves. The person aimed at another row.
void ContainerTable::hoverAgain()
{
    if (m_pointer && m_hovered != indexAt(*m_pointer).siblingAtColumn(0)) {
        setHovered(indexAt(*m_pointer), {});
    }
}

/// An action runs only where it was shown as the one under the pointer.
bool ContainerTable::mayPress(const RowPart &part, const QModelIndex &index) const
{
    const bool acts = part.kind == RowPart::Kind::Action || part.kind == RowPart::Kind::Undo ||
                      part.kind == RowPart::Kind::More;
    return !acts || (part == m_hot && m_hovered == index.siblingAtColumn(0));
}

void ContainerTable::mouseMoveEvent(QMouseEvent *event)
{
    hover(event->position().toPoint());
    if (m_pressed.kind == RowPart::Kind::None) {
        TreeView::mouseMoveEvent(event);
    }
}

void ContainerTable::mousePressEvent(QMouseEvent *event)
{
    m_keyboardInUse = false;
    m_pressed = event->button() == Qt::LeftButton ? partAt(event->position().toPoint()) : RowPart();
    const QModelIndex index = indexAt(event->position().toPoint());
    const bool extends = event->modifiers() & (Qt::ShiftModifier | Qt::ControlModifier);
    if (m_pressed.kind == RowPart::Kind::Check && extends) {
        m_pressed = {};
    }
    if (!mayPress(m_pressed, index)) {
        m_pressed = {};
        event->accept();
        return;
    }
    if (m_pressed.kind != RowPart::Kind::None) {
        // A part of a row is pressed, not the row: the selection stays as it is.
        selectionModel()->setCurrentIndex(index.siblingAtColumn(0), QItemSelectionModel::NoUpdate);
        event->accept();
        return;
    }
    if (event->button() == Qt::RightButton) {
        const ContainerRowPointer row = m_model->containerAt(index);
        if (row && m_selected.contains(row->id)) {
            event->accept(); // the menu is for the whole selection
            return;
        }
    }
    TreeView::mousePressEvent(event);
}

void ContainerTable::mouseReleaseEvent(QMouseEvent *event)
{
    const RowPart pressed = std::exchange(m_pressed, RowPart());
    if (pressed.kind == RowPart::Kind::None) {
        TreeView::mouseReleaseEvent(event);
        return;
    }
    const QPoint position = event->position().toPoint();
    const QModelIndex index = indexAt(position);
    if (index.isValid() && pressed == partAt(position) &&
        index.siblingAtColumn(0) == currentIndex().siblingAtColumn(0)) {
        press(pressed, index.siblingAtColumn(0));
    }
    hover(position);
}

void ContainerTable::press(const RowPart &part, const QModelIndex &index)
{
    const ContainerRowPointer row = m_model->containerAt(index);
    switch (part.kind) {
    case RowPart::Kind::Check:
        toggleRow(index);
        break;
    case RowPart::Kind::Expander:
        setExpanded(index, !isExpanded(index));
        break;
    case RowPart::Kind::Port:
        if (row && row->isAlive() && !m_stale && part.port < row->ports.size()) {
            Q_EMIT portPressed(row->id, row->ports[part.port]);
        }
        break;
    case RowPart::Kind::Action:
        if (row) {
            Q_EMIT actionPressed(part.action, {row->id});
        }
        break;
    case RowPart::Kind::Undo:
        if (row) {
            Q_EMIT undoPressed(row->id);
        }
        break;
    case RowPart::Kind::More:
        if (row) {
            const QRect rect = visualRect(index.siblingAtColumn(m_header->lastShown()));
            Q_EMIT menuWanted({row->id}, viewport()->mapToGlobal(rect.bottomRight()));
        }
        break;
    case RowPart::Kind::None:
        break;
    }
}

void ContainerTable::mouseDoubleClickEvent(QMouseEvent *event)
{
    const QPoint position = event->position().toPoint();
    const RowPart part = partAt(position);
    const QModelIndex index = indexAt(position);
    if (part.kind != RowPart::Kind::None) {
        m_pressed =
            mayPress(part, index) ? part : RowPart(); // a fast second press is a press of its own
        return;
    }
    if (m_model->groupAt(index)) {
        setExpanded(index.siblingAtColumn(0), !isExpanded(index.siblingAtColumn(0)));
    } else if (const ContainerRowPointer row = m_model->containerAt(index)) {
        Q_EMIT opened(row->id);
    }
}

void ContainerTable::contextMenuEvent(QContextMenuEvent *event)
{
    QPoint position = event->globalPos();
    if (event->reason() == QContextMenuEvent::Mouse && !indexAt(event->pos()).isValid()) {
        return; // nothing is there that a menu could be for
    }
    if (event->reason() == QContextMenuEvent::Keyboard) {
        position = viewport()->mapToGlobal(visualRect(currentIndex()).center());
    }
    const std::vector<std::string> ids = targetIds();
    if (!ids.empty()) {
        Q_EMIT menuWanted(ids, position);
    }
}

bool ContainerTable::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::Leave) {
        m_pointer.reset();
        setHovered({}, {});
    } else if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const QString tip = tipFor(indexAt(help->pos()), partAt(help->pos()));
        QToolTip::showText(help->globalPos(), tip, viewport());
        return true;
    }
    return TreeView::viewportEvent(event);
}

QString ContainerTable::tipFor(const QModelIndex &index, const RowPart &part) const
{
    const ContainerRowPointer row = m_model->containerAt(index);
    if (!row) {
        return {};
    }
    if (part.kind == RowPart::Kind::Action) {
        return plainTip(actionLabel(part.action));
    }
    if (part.kind == RowPart::Kind::Undo) {
        return plainTip(tr("Undo the removal"));
    }
    if (part.kind == RowPart::Kind::More) {
        return plainTip(tr("More actions"));
    }
    if (part.kind == RowPart::Kind::Port) {
        const PortLink link = row->ports.value(part.port);
        return plainTip(link.tcp ? tr("Open http://%1").arg(displayText(link.address()))
                                 : tr("Port %1, no TCP").arg(link.port));
    }
    switch (index.column()) {
    case NameColumn:
        return plainTip(row->note.isEmpty() ? displayText(row->rawName)
                                            : tr("%1. %2. It is kept until you remove it.")
                                                  .arg(displayText(row->rawName), row->note));
    case StateColumn:
        return plainTip(displayText(row->status));
    case UptimeColumn:
        return plainTip(containerSinceText(*row));
    case ImageColumn:
        return plainTip(displayText(row->rawImage));
    case CpuColumn:
    case MemoryColumn:
        return plainTip(containerSentence(*row));
    default:
        return plainTip(containerPortsText(*row));
    }
}

// ---- The keyboard

void ContainerTable::focusInEvent(QFocusEvent *event)
{
    const Qt::FocusReason reason = event->reason();
    if (reason == Qt::TabFocusReason || reason == Qt::BacktabFocusReason ||
        reason == Qt::ShortcutFocusReason) {
        m_keyboardInUse = true;
    } else if (reason == Qt::MouseFocusReason) {
        m_keyboardInUse = false;
    } // else it comes back, from a dialog or a menu, and is as it was
    TreeView::focusInEvent(event);
    if (!currentIndex().isValid() && m_model->rowCount() > 0) {
        selectionModel()->setCurrentIndex(m_model->index(0, 0), QItemSelectionModel::NoUpdate);
    }
}

void ContainerTable::keyPressEvent(QKeyEvent *event)
{
    m_keyboardInUse = true;
    const QModelIndex row = currentIndex().siblingAtColumn(0);
    const ContainerRowPointer container = m_model->containerAt(row);
    switch (event->key()) {
    case Qt::Key_Space:
        toggleRow(row);
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (container && event->modifiers() == Qt::NoModifier) {
            Q_EMIT opened(container->id);
        } else if (!container) {
            setExpanded(row, !isExpanded(row));
        }
        return;
    case Qt::Key_Escape:
        if (!m_selected.empty()) {
            clearSelection();
            return;
        }
        event->ignore();
        return;
    case Qt::Key_A:
        if (event->modifiers() == Qt::ControlModifier) {
            selectAllShown();
            return;
        }
        break;
    default:
        break;
    }
    TreeView::keyPressEvent(event);
}

} // namespace roadstead::ui
