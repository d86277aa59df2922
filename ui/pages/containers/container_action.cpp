// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/containers/container_action.h"

#include "ui/pages/merged_line.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <cctype>

namespace roadstead::ui {

using docker::ContainerState;
using docker::Target;

namespace {

struct ActionText
{
    Q_DECLARE_TR_FUNCTIONS(roadstead::ui::ContainerAction)
};

bool isNameCharacter(QChar c)
{
    return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9');
}

} // namespace

bool isApplicable(ContainerAction action, const ContainerRow &row)
{
    if (row.pending != PendingWork::None || row.state == ContainerState::Removing) {
        return false;
    }
    switch (action) {
    case ContainerAction::Start:
        return row.state == ContainerState::Exited || row.state == ContainerState::Created;
    case ContainerAction::Stop:
    case ContainerAction::Kill:
        return row.isAlive();
    case ContainerAction::Restart:
        return row.state != ContainerState::Dead && row.state != ContainerState::Created;
    case ContainerAction::Pause:
        return row.state == ContainerState::Running;
    case ContainerAction::Unpause:
        return row.state == ContainerState::Paused;
    case ContainerAction::Rename:
    case ContainerAction::Remove:
        return true;
    }
    return false;
}

ContainerRows applicable(ContainerAction action, const ContainerRows &rows)
{
    ContainerRows fitting;
    std::ranges::copy_if(rows, std::back_inserter(fitting),
                         [action](const auto &row) { return isApplicable(action, *row); });
    return fitting;
}

docker::Command commandFor(ContainerAction action, const ContainerRow &row,
                           const ActionOptions &options)
{
    const Target target{row.id, row.rawName.empty() ? row.id.substr(0, 12) : row.rawName};
    switch (action) {
    case ContainerAction::Start:
        return docker::StartContainer{target};
    case ContainerAction::Stop:
        return docker::StopContainer{target};
    case ContainerAction::Restart:
        return docker::RestartContainer{target};
    case ContainerAction::Pause:
        return docker::PauseContainer{target};
    case ContainerAction::Unpause:
        return docker::UnpauseContainer{target};
    case ContainerAction::Kill:
        return docker::KillContainer{target, options.signal};
    case ContainerAction::Rename:
        return docker::RenameContainer{target, options.newName};
    case ContainerAction::Remove:
        break;
    }
    return docker::RemoveContainer{target, row.isAlive(), options.volumes};
}

QString commandLineFor(ContainerAction action, const ContainerRows &rows,
                       const ActionOptions &options)
{
    std::vector<docker::Command> commands;
    for (const ContainerRowPointer &row : rows) {
        commands.push_back(commandFor(action, *row, options));
    }
    return mergedLine(commands,
                      action == ContainerAction::Rename ? Merging::None : Merging::LastArgument);
}

PendingWork pendingWorkOf(ContainerAction action)
{
    switch (action) {
    case ContainerAction::Start:
        return PendingWork::Starting;
    case ContainerAction::Stop:
        return PendingWork::Stopping;
    case ContainerAction::Restart:
        return PendingWork::Restarting;
    case ContainerAction::Pause:
        return PendingWork::Pausing;
    case ContainerAction::Unpause:
        return PendingWork::Unpausing;
    case ContainerAction::Kill:
        return PendingWork::Killing;
    case ContainerAction::Rename:
        return PendingWork::Renaming;
    case ContainerAction::Remove:
        break;
    }
    return PendingWork::Removing;
}

QString actionLabel(ContainerAction action)
{
    switch (action) {
    case ContainerAction::Start:
        return ActionText::tr("Start");
    case ContainerAction::Stop:
        return ActionText::tr("Stop");
    case ContainerAction::Restart:
        return ActionText::tr("Restart");
    case ContainerAction::Pause:
        return ActionText::tr("Pause");
    case ContainerAction::Unpause:
        return ActionText::tr("Resume");
    case ContainerAction::Kill:
        return ActionText::tr("Kill…");
    case ContainerAction::Rename:
        return ActionText::tr("Rename…");
    case ContainerAction::Remove:
        break;
    }
    return ActionText::tr("Remove…");
}

QString actionIcon(ContainerAction action)
{
    switch (action) {
    case ContainerAction::Start:
    case ContainerAction::Unpause:
        return QStringLiteral("play");
    case ContainerAction::Stop:
        return QStringLiteral("stop");
    case ContainerAction::Restart:
        return QStringLiteral("arrow-clockwise");
    case ContainerAction::Pause:
        return QStringLiteral("pause");
    case ContainerAction::Kill:
        return QStringLiteral("x-circle");
    case ContainerAction::Rename:
        return QStringLiteral("pencil");
    case ContainerAction::Remove:
        break;
    }
    return QStringLiteral("trash");
}

QString actionIdentifier(ContainerAction action)
{
    static constexpr std::array names{"start",   "stop", "restart", "pause",
                                      "unpause", "kill", "rename",  "remove"};
    return QString::fromLatin1(names[static_cast<std::size_t>(action)]);
}

std::span<const char *const> killSignals()
{
    static constexpr std::array names{"SIGKILL", "SIGTERM", "SIGINT",  "SIGQUIT",
                                      "SIGHUP",  "SIGUSR1", "SIGUSR2", "SIGWINCH"};
    return names;
}

QString containerNameProblem(const QString &name)
{
    // The engine's own rule: [a-zA-Z0-9][a-zA-Z0-9_.-]+
    if (name.isEmpty()) {
        return ActionText::tr("Enter a name.");
    }
    if (!isNameCharacter(name.front())) {
        return ActionText::tr("A name begins with a letter from a to z or a digit.");
    }
    const bool allowed = std::ranges::all_of(
        name, [](QChar c) { return isNameCharacter(c) || c == u'_' || c == u'.' || c == u'-'; });
    if (!allowed) {
        return ActionText::tr(
            "A name has only letters from a to z, digits, and the characters _ . -");
    }
    return name.size() < 2 ? ActionText::tr("A name has at least two characters.") : QString();
}

} // namespace roadstead::ui
