// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/change_mark.h"

#include "ui/theme/theme.h"

#include <QPainter>
#include <QPainterPath>

namespace roadstead::ui {

namespace {
constexpr qreal changeMarkStroke = 1.3;
} // namespace

Color changeMarkTone(ChangeMark mark)
{
    switch (mark) {
    case ChangeMark::Added:
        return Color::Ok;
    case ChangeMark::Changed:
        return Color::Warn;
    case ChangeMark::Removed:
        break;
    }
    return Color::Danger;
}

void paintChangeMark(QPainter *painter, const QRectF &rect, ChangeMark mark)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(color(changeMarkTone(mark)), changeMarkStroke, Qt::SolidLine, Qt::RoundCap,
                         Qt::RoundJoin));
    painter->setBrush(Qt::NoBrush);
    painter->drawRoundedRect(rect.adjusted(1, 1, -1, -1), 2.5, 2.5);
    const QPointF c = rect.center();
    constexpr qreal arm = 2.8;
    if (mark == ChangeMark::Changed) {
        QPainterPath wave(c + QPointF(-arm, 0.6));
        wave.cubicTo(c + QPointF(-1.4, -2.6), c + QPointF(1.4, 2.6), c + QPointF(arm, -0.6));
        painter->drawPath(wave);
    } else {
        painter->drawLine(c - QPointF(arm, 0), c + QPointF(arm, 0));
        if (mark == ChangeMark::Added) {
            painter->drawLine(c - QPointF(0, arm), c + QPointF(0, arm));
        }
    }
    painter->restore();
}

} // namespace roadstead::ui
