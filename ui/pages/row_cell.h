// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/tokens.h"

#include <QRect>
#include <QString>

class QPainter;
class QStyleOptionViewItem;

/// What the delegates of lists paint their cells with. Places are given left-to-right, and put
/// where the layout direction has them.
namespace roadstead::ui::cell {

inline constexpr int cellGap = space::s4;             ///< free at the trailing end of a cell
inline constexpr int actionSize = size::hitTargetMin; ///< of a hover action

/// `part`, given left-to-right within the cell, where the layout direction puts it.
[[nodiscard]] QRect placed(const QStyleOptionViewItem &option, const QRect &part);
/// The cell from `left` on, without the gap at its end.
[[nodiscard]] QRect contentFrom(const QStyleOptionViewItem &option, int left, int gap = cellGap);
[[nodiscard]] QRect centred(const QStyleOptionViewItem &option, int left, int width, int height);
void drawText(QPainter *painter, const QStyleOptionViewItem &option, const QRect &rect,
              Qt::Alignment alignment, const QString &text);
void drawElided(QPainter *painter, const QStyleOptionViewItem &option, const QRect &rect,
                const QString &text, Qt::Alignment alignment = Qt::AlignLeft);

/// The place of a hover action, counted from the end of the row's last cell.
[[nodiscard]] QRect actionRect(const QStyleOptionViewItem &option, int fromEnd);
void paintAction(QPainter *painter, const QStyleOptionViewItem &option, int fromEnd,
                 const QString &iconName, bool hot);

} // namespace roadstead::ui::cell
