// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <Qt>

/// What the delegates of the layers paint besides the text.
namespace roadstead::ui {

enum LayerRole : int {
    LayerMarkRole = Qt::UserRole, ///< a ChangeMark as int, or nothing
    LayerIconRole,                ///< the name of an icon, or nothing
    LayerStruckRole,              ///< what is gone
    LayerWastedRole               ///< an amount that is wasted
};

} // namespace roadstead::ui
