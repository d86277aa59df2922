// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

namespace roadstead::desktop {

/// What the command line asks for.
struct Options
{
    enum class Action {
        Run,
        ShowHelp,
        ShowVersion,
        Refuse ///< `message` says why
    };
    Action action = Action::Run;
    QString message;          ///< the text to print, for every action but Run
    QString socketPath;       ///< absolute; empty = the embedded engine
    bool minimized = false;   ///< stay in the tray
    int benchMarks = -1;      ///< file descriptor for the marks of tests/bench, -1 = none
    bool watchStalls = false; ///< mark late turns of the event loop, too
};

/// Reads the command line (program name first). Needs no QCoreApplication, so that help, version
/// and a second start need no display.
Options parseOptions(const QStringList &arguments);

} // namespace roadstead::desktop
