// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/state_mark.h"

#include "ui/theme/busy_clock.h"
#include "ui/theme/theme.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace roadstead::ui {

namespace {

// Everything below is drawn on a 14 × 14 grid.
constexpr QPointF middle(7, 7);

void ring(QPainter &p, const QColor &c, qreal radius, qreal width)
{
    p.setPen(QPen(c, width));
    p.setBrush(Qt::NoBrush);
    p.drawEllipse(middle, radius, radius);
}

void disc(QPainter &p, const QColor &c, qreal radius)
{
    p.setPen(Qt::NoPen);
    p.setBrush(c);
    p.drawEllipse(middle, radius, radius);
}

void cross(QPainter &p, const QColor &c, qreal half, qreal width)
{
    p.setPen(QPen(c, width, Qt::SolidLine, Qt::RoundCap));
    p.drawLine(QPointF(7 - half, 7 - half), QPointF(7 + half, 7 + half));
    p.drawLine(QPointF(7 - half, 7 + half), QPointF(7 + half, 7 - half));
}

void bars(QPainter &p, const QColor &c)
{
    p.setPen(Qt::NoPen);
    p.setBrush(c);
    p.drawRoundedRect(QRectF(3, 2.5, 3, 9), 0.7, 0.7);
    p.drawRoundedRect(QRectF(8, 2.5, 3, 9), 0.7, 0.7);
}

void triangle(QPainter &p, const QColor &c)
{
    QPainterPath outline;
    outline.moveTo(7, 1.6);
    outline.lineTo(13.1, 12.4);
    outline.lineTo(0.9, 12.4);
    outline.closeSubpath();
    p.setPen(QPen(c, 1.2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    p.setBrush(c);
    p.drawPath(outline);
    p.setPen(QPen(color(Color::BgSurface), 1.4, Qt::SolidLine, Qt::RoundCap));
    p.drawLine(QPointF(7, 5.4), QPointF(7, 8.4));
    p.drawPoint(QPointF(7, 10.7));
}

void openArrow(QPainter &p, const QColor &c)
{
    p.setPen(QPen(c, 1.6, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    p.setBrush(Qt::NoBrush);
    p.drawArc(QRectF(2.3, 2.6, 9.4, 9.4), 60 * 16, 285 * 16);
    QPainterPath head;
    head.moveTo(8.6, 0.9);
    head.lineTo(11.6, 3.3);
    head.lineTo(8.6, 5.6);
    p.drawPath(head);
}

void busy(QPainter &p, const QColor &c, qreal phase)
{
    ring(p, color(Color::BgTrack), 5, 2);
    p.setPen(QPen(c, 2, Qt::SolidLine, Qt::RoundCap));
    // Clockwise from twelve o'clock.
    p.drawArc(QRectF(2, 2, 10, 10), static_cast<int>((90 - 360 * phase) * 16), -100 * 16);
}

void dotted(QPainter &p, const QColor &c)
{
    QPen pen(c, 1.5, Qt::CustomDashLine, Qt::RoundCap);
    // Eight dots: circumference 2π·4 / 1.5 px pen = 16.76 units, one dot and one gap each eighth.
    pen.setDashPattern({0.01, 16.755 / 8 - 0.01});
    p.setPen(pen);
    p.setBrush(Qt::NoBrush);
    p.drawEllipse(middle, 4, 4);
}

void tick(QPainter &p)
{
    p.setPen(QPen(color(Color::BgSurface), 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    p.drawPolyline(QPolygonF{{4.5, 7.2}, {6.3, 9}, {9.6, 5.3}});
}

void diamond(QPainter &p, const QColor &c)
{
    p.setPen(QPen(c, 1.4, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    p.setBrush(Qt::NoBrush);
    p.drawPolygon(QPolygonF{{7, 1.8}, {12.2, 7}, {7, 12.2}, {1.8, 7}});
    disc(p, c, 1.4);
}

} // namespace

void paintStateMark(QPainter *painter, const QRectF &box, StateMark mark,
                    std::optional<qreal> phase, std::optional<QColor> tone)
{
    const QColor c = tone.value_or(color(stateMarkColors[static_cast<std::size_t>(mark)]));
    const qreal side = std::min(box.width(), box.height());
    QPainter &p = *painter;
    p.save();
    p.setRenderHint(QPainter::Antialiasing);
    p.translate(box.center().x() - side / 2, box.center().y() - side / 2);
    p.scale(side / iconSize::stateMark, side / iconSize::stateMark);
    switch (mark) {
    case StateMark::Running:
        disc(p, c, 4.6);
        break;
    case StateMark::Paused:
        bars(p, c);
        break;
    case StateMark::Exited:
        ring(p, c, 4, 1.6);
        break;
    case StateMark::Failed:
        ring(p, c, 4.6, 1.4);
        cross(p, c, 1.7, 1.4);
        break;
    case StateMark::Unhealthy:
    case StateMark::Warning:
        triangle(p, c);
        break;
    case StateMark::Restarting:
        openArrow(p, c);
        break;
    case StateMark::Busy:
        busy(p, c, phase.value_or(BusyClock::instance().phase()));
        break;
    case StateMark::Waiting:
        dotted(p, c);
        break;
    case StateMark::Done:
        disc(p, c, 5.8);
        tick(p);
        break;
    case StateMark::Cached:
        diamond(p, c);
        break;
    case StateMark::Error:
        disc(p, c, 5.8);
        cross(p, color(Color::BgSurface), 2, 1.6);
        break;
    }
    p.restore();
}

} // namespace roadstead::ui
