// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/docker/command.h"
#include "ui/models/container_group.h"

#include <QString>

#include <span>
#include <string>
#include <vector>

namespace roadstead::ui {

enum class ContainerAction { Start, Stop, Restart, Pause, Unpause, Kill, Rename, Remove };

inline constexpr ContainerAction allContainerActions[] = {
    ContainerAction::Start,  ContainerAction::Stop,    ContainerAction::Restart,
    ContainerAction::Pause,  ContainerAction::Unpause, ContainerAction::Kill,
    ContainerAction::Rename, ContainerAction::Remove};

/// What an action may still be told.
struct ActionOptions
{
    std::string signal = "SIGKILL"; ///< of Kill
    std::string newName;            ///< of Rename
    bool volumes = false;           ///< of Remove: anonymous volumes, too
};

/// Whether the action makes sense for the container as it is now.
bool isApplicable(ContainerAction action, const ContainerRow &row);
/// Those of `rows` that the action makes sense for.
ContainerRows applicable(ContainerAction action, const ContainerRows &rows);

/// The command of an action on one container. Remove forces where the container is alive.
docker::Command commandFor(ContainerAction action, const ContainerRow &row,
                           const ActionOptions &options = {});

/// What a terminal would run for all of them in one go: "docker stop web db"; where the arguments
/// differ, several lines joined with "; ". Empty for no rows.
QString commandLineFor(ContainerAction action, const ContainerRows &rows,
                       const ActionOptions &options = {});

PendingWork pendingWorkOf(ContainerAction action);
QString actionLabel(ContainerAction action); ///< "Stop", "Remove…"
QString actionIcon(ContainerAction action);  ///< a name of ui/theme/icons.cmake
/// For object names: "stop".
QString actionIdentifier(ContainerAction action);

/// Signals offered for Kill, the usual one first.
std::span<const char *const> killSignals();

/// Why `name` cannot be a container's name, in words; empty when it can.
QString containerNameProblem(const QString &name);

} // namespace roadstead::ui
