// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/containers/terminal/terminal_choice.h"

#include "engine/service/command_history.h"
#include "ui/pages/containers/terminal/debug_shell.h"

namespace roadstead::ui {

docker::CreateExec execOf(const TerminalChoice &choice)
{
    docker::CreateExec command;
    command.container = choice.container;
    command.command = choice.shell;
    command.user = choice.user;
    command.workingDirectory = choice.folder;
    command.environment = {"TERM=xterm-256color"};
    command.environment.insert(command.environment.end(), choice.environment.begin(),
                               choice.environment.end());
    command.privileged = choice.privileged;
    command.detachKeys = unusedDetachKeys;
    command.input = true;
    command.tty = true;
    return command;
}

docker::AttachContainer attachmentOf(const TerminalChoice &choice)
{
    docker::AttachContainer options;
    options.container = choice.container;
    options.input = choice.input;
    if (choice.tty) {
        options.detachKeys = detachKeys;
    }
    return options;
}

std::string commandLineOf(const TerminalChoice &choice)
{
    switch (choice.kind) {
    case TerminalKind::Attach:
        return docker::commandLine(attachmentOf(choice).arguments());
    case TerminalKind::Debug:
        return DebugShell::commandLine(choice.container);
    case TerminalKind::Shell:
        break;
    }
    docker::CreateExec command = execOf(choice);
    if (command.command.empty()) {
        command.command = {"sh"};
    }
    return service::recordOf(docker::Command(command)).line.toStdString();
}

} // namespace roadstead::ui
