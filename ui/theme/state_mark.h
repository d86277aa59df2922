// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/tokens.h"

#include <QColor>
#include <QRectF>

#include <optional>

class QPainter;

namespace roadstead::ui {

/// Paints a state mark, 14 px by design, centred in `box` and scaled to its smaller side. Always
/// followed by the state's word: the shape alone says nothing to a screen reader. `phase` turns the
/// busy arc (0 to 1); by default where the busy clock is. `tone` replaces the state's colour.
void paintStateMark(QPainter *painter, const QRectF &box, StateMark mark,
                    std::optional<qreal> phase = {}, std::optional<QColor> tone = {});

} // namespace roadstead::ui
