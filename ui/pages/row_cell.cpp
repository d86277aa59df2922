// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/row_cell.h"

#include "ui/theme/icons.h"
#include "ui/theme/paint.h"
#include "ui/theme/theme.h"

#include <QPainter>
#include <QStyle>
#include <QStyleOptionViewItem>

namespace roadstead::ui::cell {

QRect placed(const QStyleOptionViewItem &option, const QRect &part)
{
    return QStyle::visualRect(option.direction, option.rect, part);
}

QRect contentFrom(const QStyleOptionViewItem &option, int left, int gap)
{
    return placed(option, option.rect.adjusted(left, 0, -gap, 0));
}

QRect centred(const QStyleOptionViewItem &option, int left, int width, int height)
{
    const QRect &cell = option.rect;
    return placed(option, QRect(cell.left() + left, cell.top() + (cell.height() - height) / 2,
                                width, height));
}

void drawText(QPainter *painter, const QStyleOptionViewItem &option, const QRect &rect,
              Qt::Alignment alignment, const QString &text)
{
    painter->drawText(rect,
                      int(QStyle::visualAlignment(option.direction, alignment) | Qt::AlignVCenter |
                          Qt::TextSingleLine),
                      text);
}

void drawElided(QPainter *painter, const QStyleOptionViewItem &option, const QRect &rect,
                const QString &text, Qt::Alignment alignment)
{
    drawText(painter, option, rect, alignment,
             painter->fontMetrics().elidedText(text, Qt::ElideRight, rect.width()));
}

QRect actionRect(const QStyleOptionViewItem &option, int fromEnd)
{
    const QRect &cell = option.rect;
    const int right = cell.right() + 1 - (space::s4 - (actionSize - 16) / 2 - 4) + 4;
    const QRect rect(right - (fromEnd + 1) * actionSize,
                     cell.top() + (cell.height() - actionSize) / 2, actionSize, actionSize);
    return placed(option, rect);
}

void paintAction(QPainter *painter, const QStyleOptionViewItem &option, int fromEnd,
                 const QString &iconName, bool hot)
{
    const QRect rect = actionRect(option, fromEnd);
    if (hot) {
        paintBox(painter, rect, radius::control, color(Color::BgTrack));
    }
    constexpr int glyph = 14;
    paintIcon(painter,
              QRectF(rect.x() + (rect.width() - glyph) / 2.0,
                     rect.y() + (rect.height() - glyph) / 2.0, glyph, glyph),
              iconName, hot ? Color::Text : Color::Text2);
}

} // namespace roadstead::ui::cell
