// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

// ListTable under the pointer and the keyboard.

#include "ui/models/flat_list_model.h"
#include "ui/pages/list_table.h"
#include "ui/text/display_text.h"

#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QToolTip>

#include <utility>

namespace roadstead::ui {

QStyleOptionViewItem ListTable::cellOption(const QModelIndex &index) const
{
    QStyleOptionViewItem option;
    initViewItemOption(&option);
    const QRect row = visualRect(index.siblingAtColumn(0));
    option.rect = QRect(columnViewportPosition(index.column()), row.top(),
                        columnWidth(index.column()), row.height() - 1);
    return option;
}

int ListTable::actionAt(QPoint position) const
{
    const QModelIndex index = indexAt(position);
    if (!index.isValid() || m_stale) {
        return ListLook::nothing;
    }
    m_delegate->setActionColumn(m_header->lastShown());
    return m_delegate->actionAt(cellOption(index), index, position);
}

void ListTable::setHovered(const QModelIndex &index, int action)
{
    const QModelIndex row = index.siblingAtColumn(0);
    if (m_hovered == row && m_hot == action) {
        return;
    }
    const bool wasAction = m_hot >= 0;
    m_hovered = row;
    m_hot = action;
    m_model->setOrderHeld(row.isValid());
    viewport()->update();
    if (action >= 0) {
        Q_EMIT actionHovered(action, keyOf(row));
    } else if (wasAction) {
        Q_EMIT actionHovered(action, {});
    }
}

void ListTable::hover(QPoint position)
{
    m_pointer = position;
    setHovered(indexAt(position), actionAt(position));
}

/// Rows moved below a pointer that stands still: the row that is there now is shown as hovered, but
/// none of its actions can be pressed until the pointer moves. The person aimed at another row.
void ListTable::hoverAgain()
{
    if (m_pointer && m_hovered != indexAt(*m_pointer).siblingAtColumn(0)) {
        setHovered(indexAt(*m_pointer), ListLook::nothing);
    }
}

void ListTable::mouseMoveEvent(QMouseEvent *event)
{
    hover(event->position().toPoint());
    if (m_pressed == ListLook::nothing) {
        TreeView::mouseMoveEvent(event);
    }
}

void ListTable::mousePressEvent(QMouseEvent *event)
{
    m_keyboardInUse = false;
    const QPoint position = event->position().toPoint();
    const QModelIndex index = indexAt(position);
    const int action = event->button() == Qt::LeftButton ? actionAt(position) : ListLook::nothing;
    m_pressed = ListLook::nothing;
    if (action != ListLook::nothing) {
        // An action runs only where it was shown as the one under the pointer.
        if (action == m_hot && m_hovered == index.siblingAtColumn(0)) {
            m_pressed = action;
            selectionModel()->setCurrentIndex(index.siblingAtColumn(0),
                                              QItemSelectionModel::NoUpdate);
        }
        event->accept();
        return;
    }
    if (event->button() == Qt::RightButton && m_selected.contains(keyOf(index))) {
        event->accept(); // the menu is for the whole selection
        return;
    }
    TreeView::mousePressEvent(event);
}

void ListTable::mouseReleaseEvent(QMouseEvent *event)
{
    const int pressed = std::exchange(m_pressed, ListLook::nothing);
    if (pressed == ListLook::nothing) {
        TreeView::mouseReleaseEvent(event);
        return;
    }
    const QPoint position = event->position().toPoint();
    const QModelIndex index = indexAt(position).siblingAtColumn(0);
    if (index.isValid() && pressed == actionAt(position) && index.row() == currentIndex().row()) {
        press(pressed, index);
    }
    hover(position);
}

void ListTable::press(int action, const QModelIndex &row)
{
    const std::string key = keyOf(row);
    if (action == ListLook::more) {
        const QRect rect = visualRect(row.siblingAtColumn(m_header->lastShown()));
        Q_EMIT menuWanted({key}, viewport()->mapToGlobal(rect.bottomRight()));
    } else {
        Q_EMIT actionPressed(action, key);
    }
}

void ListTable::mouseDoubleClickEvent(QMouseEvent *event)
{
    const QPoint position = event->position().toPoint();
    const QModelIndex index = indexAt(position);
    if (const int action = actionAt(position); action != ListLook::nothing) {
        m_pressed = action == m_hot ? action : ListLook::nothing; // a press of its own
    } else if (index.isValid()) {
        Q_EMIT opened(keyOf(index));
    }
}

void ListTable::contextMenuEvent(QContextMenuEvent *event)
{
    QPoint position = event->globalPos();
    if (event->reason() == QContextMenuEvent::Mouse && !indexAt(event->pos()).isValid()) {
        return; // nothing is there that a menu could be for
    }
    if (event->reason() == QContextMenuEvent::Keyboard) {
        position = viewport()->mapToGlobal(visualRect(currentIndex()).center());
    }
    const std::vector<std::string> keys = targetKeys();
    if (!keys.empty()) {
        Q_EMIT menuWanted(keys, position);
    }
}

bool ListTable::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::Leave) {
        m_pointer.reset();
        setHovered({}, ListLook::nothing);
    } else if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        QToolTip::showText(help->globalPos(), plainTip(tipAt(help->pos())), viewport());
        return true;
    }
    return TreeView::viewportEvent(event);
}

QString ListTable::tipAt(QPoint position) const
{
    const QModelIndex index = indexAt(position);
    if (!index.isValid()) {
        return {};
    }
    const int action = actionAt(position);
    if (action == ListLook::more) {
        return tr("More actions");
    }
    const QList<HoverAction> actions = m_delegate->hoverActions(index);
    for (const HoverAction &each : actions) {
        if (each.id == action) {
            return each.tip;
        }
    }
    return m_delegate->tip(index);
}

void ListTable::focusInEvent(QFocusEvent *event)
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

void ListTable::keyPressEvent(QKeyEvent *event)
{
    m_keyboardInUse = true;
    const QModelIndex row = currentIndex().siblingAtColumn(0);
    switch (event->key()) {
    case Qt::Key_Space:
        if (row.isValid()) {
            selectionModel()->select(row, QItemSelectionModel::Toggle | QItemSelectionModel::Rows);
        }
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (row.isValid() && event->modifiers() == Qt::NoModifier) {
            Q_EMIT opened(keyOf(row));
        }
        return;
    case Qt::Key_Escape:
        if (!m_selected.empty()) {
            clearSelection();
            return;
        }
        event->ignore();
        return;
    default:
        TreeView::keyPressEvent(event);
    }
}

} // namespace roadstead::ui
