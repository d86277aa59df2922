// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/container_row.h"

#include <string>

namespace roadstead::ui {

/// A container whose log is shown.
struct LogContainer
{
    std::string id;
    std::string rawName; ///< as the engine has it
    QString name;        ///< display text
    bool alive = false;  ///< has processes, so that there is something to follow

    static LogContainer of(const ContainerRow &row)
    {
        return {row.id, row.rawName, row.name, row.isAlive()};
    }
};

} // namespace roadstead::ui
