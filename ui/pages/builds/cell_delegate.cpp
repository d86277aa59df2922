// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/builds/cell_delegate.h"

#include "ui/pages/row_cell.h"
#include "ui/theme/metrics.h"
#include "ui/theme/paint.h"
#include "ui/theme/state_mark.h"
#include "ui/theme/theme.h"

#include <QPainter>
#include <QStyleOptionViewItem>

#include <algorithm>
#include <utility>

namespace roadstead::ui {

namespace {

constexpr int cellMarkSide = 14;
constexpr int cellBadgeHeight = 18;

} // namespace

CellDelegate::CellDelegate(QList<CellLook> looks, Actions actions, QObject *parent)
    : ListDelegate(parent)
    , m_looks(std::move(looks))
    , m_actions(std::move(actions))
{
}

QList<HoverAction> CellDelegate::hoverActions(const QModelIndex &index) const
{
    return m_actions ? m_actions(index) : QList<HoverAction>();
}

QString CellDelegate::tip(const QModelIndex &index) const
{
    return index.data(Qt::ToolTipRole).toString();
}

bool CellDelegate::isBusy(const QModelIndex &index) const
{
    return index.siblingAtColumn(0).data(BusyRole).toBool();
}

void CellDelegate::paintCell(QPainter *painter, const QStyleOptionViewItem &option,
                             const QModelIndex &index) const
{
    const CellLook &cellLook = m_looks.at(index.column());
    const bool isQuiet = look().stale || index.data(QuietRole).toBool();
    int left = index.column() == 0 ? int(space::s4) : 0;
    if (const QVariant mark = index.data(MarkRole); mark.isValid()) {
        paintStateMark(painter, cell::centred(option, left, cellMarkSide, cellMarkSide),
                       StateMark(mark.toInt()));
        left += cellMarkSide + space::s2;
    }
    const QRect content = cell::contentFrom(option, left);
    painter->setFont(cellLook.role == FontRole::Mono ? font(FontRole::Mono)
                     : cellLook.weight != 0          ? font(cellLook.role, cellLook.weight)
                                                     : figures(cellLook.role));
    painter->setPen(color(isQuiet ? Color::Text3 : cellLook.tone));
    const QString text = index.data(Qt::DisplayRole).toString();
    const QString badge = index.data(BadgeRole).toString();
    if (badge.isEmpty()) {
        const QString shown =
            cellLook.weight != 0 || cellLook.role == FontRole::Mono
                ? elideMiddle(painter->fontMetrics(), text, content.width())
                : painter->fontMetrics().elidedText(text, Qt::ElideRight, content.width());
        cell::drawText(painter, option, content, cellLook.numbers ? Qt::AlignRight : Qt::AlignLeft,
                       shown);
        return;
    }
    const QFontMetrics small(font(FontRole::Caption));
    const int badgeWidth = small.horizontalAdvance(badge) + 2 * (space::s1 + 2);
    const int room = std::max(0, content.width() - badgeWidth - space::s2);
    const QString shown = elideMiddle(painter->fontMetrics(), text, room);
    const int used = std::min(room, painter->fontMetrics().horizontalAdvance(shown));
    cell::drawText(painter, option, content, Qt::AlignLeft, shown);
    const QRect box =
        cell::centred(option, left + used + space::s2, badgeWidth, scaled(cellBadgeHeight));
    paintBox(painter, box, radius::small, color(Color::AccentTint));
    painter->setFont(font(FontRole::Caption));
    painter->setPen(color(Color::Accent));
    painter->drawText(box, Qt::AlignCenter, badge);
}

} // namespace roadstead::ui
