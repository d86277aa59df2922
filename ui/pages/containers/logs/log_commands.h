// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/containers/logs/log_container.h"

#include <QRegularExpression>
#include <QString>

#include <optional>
#include <string>
#include <vector>

namespace roadstead::ui {

/// Which streams of a log are meant.
enum class LogStreams { Both, Stdout, Stderr };

/// What a terminal would run to follow these containers, with their last lines first. Of several
/// only a Compose project has one; empty otherwise.
QString logFollowCommand(const std::vector<LogContainer> &containers, const std::string &project,
                         int tail);

/// What a terminal would run to save a log.
struct LogSaveCommand
{
    std::vector<LogContainer> containers;
    std::string project; ///< of all of them; empty = none
    bool timestamps = false;
    LogStreams streams = LogStreams::Both;
    std::optional<QRegularExpression> matching{};
    bool isRegex = false; ///< of `matching`: as it was typed
    QString typed;        ///< what `matching` was made of
    std::string file;
};

/// Empty where docker has no such command: several containers that are no project.
QString logSaveCommand(const LogSaveCommand &save);

} // namespace roadstead::ui
