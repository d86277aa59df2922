// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/list_delegate.h"

#include "ui/pages/row_cell.h"
#include "ui/theme/metrics.h"

#include <QPainter>

namespace roadstead::ui {

QSize ListDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    return {0, heightFor(FontRole::Body, size::row)};
}

void ListDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                         const QModelIndex &index) const
{
    painter->save();
    painter->setClipRect(option.rect, Qt::IntersectClip);
    if (index.column() == m_actionColumn && m_look.hovered && !m_look.stale) {
        const QList<HoverAction> actions = hoverActions(index);
        for (qsizetype i = 0; i < actions.size(); ++i) {
            cell::paintAction(painter, option, int(actions.size() - i), actions[i].iconName,
                              m_look.hot == actions[i].id);
        }
        cell::paintAction(painter, option, 0, QStringLiteral("three-dots"),
                          m_look.hot == ListLook::more);
    } else {
        paintCell(painter, option, index);
    }
    painter->restore();
}

int ListDelegate::actionAt(const QStyleOptionViewItem &option, const QModelIndex &index,
                           QPoint position) const
{
    if (index.column() != m_actionColumn) {
        return ListLook::nothing;
    }
    if (cell::actionRect(option, 0).contains(position)) {
        return ListLook::more;
    }
    const QList<HoverAction> actions = hoverActions(index);
    for (qsizetype i = 0; i < actions.size(); ++i) {
        if (cell::actionRect(option, int(actions.size() - i)).contains(position)) {
            return actions[i].id;
        }
    }
    return ListLook::nothing;
}

} // namespace roadstead::ui
