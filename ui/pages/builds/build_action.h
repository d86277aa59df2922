// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/builds/build_history.h"

#include <QString>

namespace roadstead::ui {

/// What can be done with builds that have ended.
enum class BuildAction {
    Again,     ///< fills the wizard
    OpenImage, ///< what it made, where it still is
    Compare,   ///< two of them
    Copy,      ///< the command line
    Remove     ///< from the history
};

[[nodiscard]] QString buildActionText(BuildAction action);
[[nodiscard]] QString buildActionIcon(BuildAction action);
/// Whether a build can be done again from what is known of it.
[[nodiscard]] bool isRepeatable(const BuildRecord &record);

} // namespace roadstead::ui
