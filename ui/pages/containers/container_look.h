// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/container_row.h"
#include "ui/theme/tokens.h"

namespace roadstead::ui {

/// How a state looks wherever a container appears.
struct StateLook
{
    StateMark mark = StateMark::Waiting;
    Color text = Color::Text;
    bool strong = false; ///< medium weight: something needs attention
};

[[nodiscard]] StateLook stateLookOf(const ContainerRow &row);

/// Colour of a memory bar: amber from 80 % of the limit, red from 90 %.
[[nodiscard]] Color memoryTone(double share);

} // namespace roadstead::ui
