// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/paint.h"

#include "ui/theme/theme.h"

#include <QFontMetrics>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace roadstead::ui {

void paintBox(QPainter *painter, const QRectF &rect, qreal cornerRadius, const QColor &fill,
              const QColor &line, qreal lineWidth)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setBrush(fill.isValid() ? QBrush(fill) : QBrush(Qt::NoBrush));
    if (line.isValid()) {
        const qreal half = lineWidth / 2;
        painter->setPen(QPen(line, lineWidth));
        painter->drawRoundedRect(rect.adjusted(half, half, -half, -half), cornerRadius - half,
                                 cornerRadius - half);
    } else {
        painter->setPen(Qt::NoPen);
        painter->drawRoundedRect(rect, cornerRadius, cornerRadius);
    }
    painter->restore();
}

void paintFocusRing(QPainter *painter, const QRectF &rect, qreal cornerRadius)
{
    const qreal out = border::focusGap + border::focusWidth;
    paintBox(painter, rect.adjusted(-out, -out, out, out), cornerRadius + out, {},
             color(Color::Accent), border::focusWidth);
}

void paintHorizontalLine(QPainter *painter, qreal left, qreal right, qreal y, const QColor &line)
{
    painter->fillRect(QRectF(left, y, right - left, border::width), line);
}

void paintVerticalLine(QPainter *painter, qreal x, qreal top, qreal bottom, const QColor &line)
{
    painter->fillRect(QRectF(x, top, border::width, bottom - top), line);
}

void paintKeyCap(QPainter *painter, const QRectF &rect, const QString &text)
{
    paintBox(painter, rect, radius::small, color(Color::BgWindow), color(Color::BorderStrong));
    painter->save();
    painter->setFont(font(FontRole::Caption));
    painter->setPen(color(Color::Text2));
    painter->drawText(rect, Qt::AlignCenter | Qt::TextSingleLine, text);
    painter->restore();
}

int keyCapWidth(const QString &text)
{
    return QFontMetrics(font(FontRole::Caption)).horizontalAdvance(text) + 12;
}

void paintBar(QPainter *painter, const QRectF &rect, qreal share, const QColor &fill,
              Qt::LayoutDirection direction)
{
    const qreal round = rect.height() / 2;
    paintBox(painter, rect, round, color(Color::BgTrack));
    const qreal width = rect.width() * std::clamp(share, 0.0, 1.0);
    if (width <= 0) {
        return;
    }
    QRectF filled = rect;
    filled.setWidth(std::max(width, 2.0));
    if (direction == Qt::RightToLeft) {
        filled.moveRight(rect.right());
    }
    painter->save();
    QPainterPath clip;
    clip.addRoundedRect(rect, round, round);
    painter->setClipPath(clip, Qt::IntersectClip);
    paintBox(painter, filled, std::min(round, filled.width() / 2), fill);
    painter->restore();
}

void paintTick(QPainter *painter, const QRectF &box, const QColor &tone)
{
    const QPointF o = box.topLeft();
    const qreal s = box.width() / 16;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(tone, 1.8 * s, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter->drawPolyline(
        QPolygonF{o + QPointF(4, 8.3) * s, o + QPointF(6.8, 11) * s, o + QPointF(12, 5.2) * s});
    painter->restore();
}

} // namespace roadstead::ui
