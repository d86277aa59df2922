// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/tokens.h"

#include <QColor>
#include <QIcon>
#include <QString>
#include <QStringList>

class QPainter;
class QRectF;

namespace roadstead::ui {

/// An icon by name (`ui/theme/icons.cmake` lists them), drawn crisp at any size and scale in a
/// colour of the theme: `tone` normally, text-disabled when disabled, on-accent when selected. It
/// follows a change of theme by itself. An unknown name is a fault of ours: it warns and draws
/// nothing.
[[nodiscard]] QIcon icon(const QString &name, Color tone = Color::Text2);

/// Paints an icon straight away, for delegates and own widgets.
void paintIcon(QPainter *painter, const QRectF &rect, const QString &name, const QColor &tone);
void paintIcon(QPainter *painter, const QRectF &rect, const QString &name,
               Color tone = Color::Text2);

/// Every name that is compiled in.
[[nodiscard]] QStringList iconNames();

} // namespace roadstead::ui
