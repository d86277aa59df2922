// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/containers/container_table.h"

namespace roadstead::ui {

/// What ContainerTable remembers by id while rows are rearranged. Private to this folder.
struct ContainerTable::Memory
{
    std::set<std::string> selected;
    std::string currentId;    ///< of the current container
    std::string currentGroup; ///< else of the current group
    bool hasCurrentGroup = false;
    std::string topId; ///< of the container that is at the top
    int topOffset = 0; ///< px from the top of the view to that row
};

} // namespace roadstead::ui
