// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/docker/command.h"

#include <string>
#include <vector>

namespace roadstead::ui {

/// What a terminal is connected to.
enum class TerminalKind {
    Shell,  ///< a program run in the container by exec
    Attach, ///< the container's own process
    Debug,  ///< a shell of the tools image beside the container
};

/// What a terminal is to run.
struct TerminalChoice
{
    docker::Target container;
    TerminalKind kind = TerminalKind::Shell;
    std::vector<std::string> shell{};       ///< empty = found by itself
    std::string user{};                     ///< empty = the container's
    std::string folder{};                   ///< empty = the container's
    std::vector<std::string> environment{}; ///< "NAME=value"
    bool privileged = false;
    bool tty = true;   ///< of Attach: the process has a terminal …
    bool input = true; ///< … and its standard input is open
    bool operator==(const TerminalChoice &) const = default;
};

/// The keys that detach from a container's process, as docker writes them.
inline constexpr const char *detachKeys = "ctrl-p,ctrl-q";

/// Keys that nobody types, for what is not to be detached from: with its usual ones an engine keeps
/// back each Ctrl+P, which shells go back in their history with, until the next key.
inline constexpr const char *unusedDetachKeys = "ctrl-@,ctrl-_,ctrl-@";

/// The exec of a choice of kind Shell.
[[nodiscard]] docker::CreateExec execOf(const TerminalChoice &choice);
[[nodiscard]] docker::AttachContainer attachmentOf(const TerminalChoice &choice);
/// What a terminal would run for it: "docker exec -i -t web sh". Values of variables that are
/// secret by their names are left out.
[[nodiscard]] std::string commandLineOf(const TerminalChoice &choice);

} // namespace roadstead::ui
