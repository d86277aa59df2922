// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/docker/command.h"

#include <QString>

#include <vector>

namespace roadstead::ui {

enum class Merging {
    None,
    LastArgument ///< commands that differ in their last argument only are one command of docker's
};

/// What a terminal would run for all of them in one go: "docker stop web db"; what cannot be one
/// command is joined with "; ". Empty for no commands.
QString mergedLine(const std::vector<docker::Command> &commands,
                   Merging merging = Merging::LastArgument);

} // namespace roadstead::ui
