// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/skeleton_rows.h"

#include "ui/theme/metrics.h"
#include "ui/theme/paint.h"
#include "ui/theme/theme.h"

#include <QPainter>
#include <QStyle>

#include <array>

namespace roadstead::ui {

void SkeletonRows::setVisibleRows(bool visible)
{
    m_rows = visible;
    update();
}

void SkeletonRows::paintEvent(QPaintEvent *)
{
    if (!m_rows) {
        return;
    }
    QPainter painter(this);
    const int rowHeight = heightFor(FontRole::Body, size::row);
    constexpr std::array widths{150, 120, 180, 135, 165};
    constexpr int barHeight = 8;
    const int left = space::s4 + size::checkbox + 14;
    int number = 0;
    for (int y = size::tableHeader; y < height(); y += rowHeight, ++number) {
        const int bar = widths[std::size_t(number) % widths.size()];
        const int middle = y + (rowHeight - barHeight) / 2;
        for (const QRect &part : {QRect(left, middle, bar, barHeight),
                                  QRect(width() * 2 / 5, middle, bar * 3 / 2, barHeight),
                                  QRect(width() * 4 / 5, middle, bar / 2, barHeight)}) {
            paintBox(&painter, QStyle::visualRect(layoutDirection(), rect(), part), radius::small,
                     color(Color::BgTrack));
        }
        paintHorizontalLine(&painter, 0, width(), y + rowHeight - 1, color(Color::Border));
    }
}

} // namespace roadstead::ui
