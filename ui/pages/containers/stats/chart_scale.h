// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <cstdint>

namespace roadstead::ui {

/// What the numbers of a chart are.
enum class ChartUnit { Percent, Memory, Rate };

/// A vertical axis from 0 to four round steps.
struct ChartScale
{
    double top = 1;
    QStringList labels; ///< of 0 and the four steps, from below; the unit stands at the top
};

/// The smallest axis that holds `most`; below 0, where nothing is known, its labels are empty.
[[nodiscard]] ChartScale chartScale(ChartUnit unit, double most);
/// One value, with its unit; an en dash below 0.
[[nodiscard]] QString chartValueText(ChartUnit unit, double value);
/// A moment on an axis that is `span` seconds long.
[[nodiscard]] QString chartTimeText(std::int64_t at, std::int64_t span);

} // namespace roadstead::ui
