// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/containers/terminal/terminal_choice.h"

#include <QString>
#include <QStringList>

#include <expected>
#include <functional>

namespace roadstead::ui {

/// Which terminal a desktop has, and how it is told what to run. No shell takes part in it.
class ExternalTerminal
{
public:
    struct Surroundings
    {
        std::function<QString(const QString &)> find;     ///< a program's path; empty = not there
        std::function<QString(const QString &)> variable; ///< of the environment
    };
    /// The computer's own.
    static Surroundings system();

    enum class Problem {
        NoTerminal,
        NoDocker ///< the docker command, which is to run in it
    };
    /// Program first. `line`: the arguments of docker, such as {"exec", "-it", "web", "sh"}.
    [[nodiscard]] static std::expected<QStringList, Problem> words(const Surroundings &surroundings,
                                                                   const docker::CliEngine &engine,
                                                                   const docker::Arguments &line);
    /// For the command bar: without the terminal.
    [[nodiscard]] static QString shownLine(const docker::CliEngine &engine,
                                           const docker::Arguments &line);

private:
    [[nodiscard]] static docker::Arguments withEngine(const docker::CliEngine &engine,
                                                      const docker::Arguments &line);
};

} // namespace roadstead::ui
