// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/container_row.h"

#include <QString>

#include <array>
#include <memory>
#include <string>
#include <vector>

namespace roadstead::ui {

using ContainerRowPointer = std::shared_ptr<const ContainerRow>;
using ContainerRows = std::vector<ContainerRowPointer>;

/// How many containers each state filter lets through.
using StateCounts = std::array<int, 7>; ///< by StateFilter

/// Sums over all containers of a project, whether the filter shows them or not.
struct GroupFigures
{
    StateCounts counts{};
    bool hasCpu = false;
    double cpuPercent = 0;
    bool hasMemory = false;
    std::int64_t memoryBytes = 0;
    std::optional<Since> lastEnd; ///< when the last of them ended, once none is alive
    bool operator==(const GroupFigures &) const = default;
};

/// A Compose project, or the containers that belong to none.
struct ContainerGroup
{
    std::string key; ///< raw project name; empty = no project
    QString title;   ///< safe to draw
    GroupFigures figures;
    ContainerRows shown; ///< in display order, filtered
    int position = 0;    ///< row in the tree

    [[nodiscard]] bool isProject() const { return !key.empty(); }
};

GroupFigures figuresOf(const ContainerRows &rows);
/// "2 of 3 running, 1 unhealthy", "4 exited", "7 containers".
QString groupSummary(const ContainerGroup &group);
/// The whole group row in one sentence for screen readers.
QString groupSentence(const ContainerGroup &group);
/// What a model answers for a cell of a group row.
QVariant groupCellData(const ContainerGroup &group, int column, int role, std::int64_t now);
QString noProjectTitle();

} // namespace roadstead::ui
