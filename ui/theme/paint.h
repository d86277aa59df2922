// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/tokens.h"

#include <QColor>
#include <QRectF>
#include <QString>

class QPainter;

namespace roadstead::ui {

/// A box with round corners and a 1 px line inside its edge. An invalid colour leaves that part
/// out.
void paintBox(QPainter *painter, const QRectF &rect, qreal cornerRadius, const QColor &fill,
              const QColor &line = {}, qreal lineWidth = border::width);

/// The focus ring: 2 px of accent, 1 px away from `rect`, outside of it.
void paintFocusRing(QPainter *painter, const QRectF &rect, qreal cornerRadius);

/// A 1 px line.
void paintHorizontalLine(QPainter *painter, qreal left, qreal right, qreal y, const QColor &line);
void paintVerticalLine(QPainter *painter, qreal x, qreal top, qreal bottom, const QColor &line);

/// A key cap such as Ctrl+K, right- or left-aligned by the caller; keyCapWidth() wide.
void paintKeyCap(QPainter *painter, const QRectF &rect, const QString &text);
[[nodiscard]] int keyCapWidth(const QString &text);

/// A progress track with its filled share (0 to 1), mirrored in right-to-left layouts.
void paintBar(QPainter *painter, const QRectF &rect, qreal share, const QColor &fill,
              Qt::LayoutDirection direction = Qt::LeftToRight);

/// The tick of a checked box, on a 16 grid.
void paintTick(QPainter *painter, const QRectF &box, const QColor &tone);

} // namespace roadstead::ui
