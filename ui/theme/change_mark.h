// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/tokens.h"

#include <QRectF>

class QPainter;

namespace roadstead::ui {

enum class ChangeMark { Added, Changed, Removed };

[[nodiscard]] Color changeMarkTone(ChangeMark mark);

/// Paints the mark of a change, 14 px by design. In a table its word follows.
void paintChangeMark(QPainter *painter, const QRectF &rect, ChangeMark mark);

} // namespace roadstead::ui
