// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/containers/logs/log_commands.h"

#include "engine/docker/command.h"
#include "engine/docker/question.h"
#include "engine/docker/shell_words.h"

namespace roadstead::ui {

namespace {

/// Without where it goes to.
std::vector<std::string> logArguments(const std::vector<LogContainer> &containers,
                                      const std::string &project, const docker::LogOptions &options)
{
    if (containers.size() == 1) {
        const LogContainer &only = containers.front();
        return docker::arguments(docker::ReadLogs{{only.id, only.rawName}, options});
    }
    if (project.empty()) {
        return {};
    }
    std::vector<std::string> words{"compose", "-p", project, "logs"};
    if (options.follow) {
        words.emplace_back("--follow");
    }
    if (options.timestamps) {
        words.emplace_back("--timestamps");
    }
    if (options.tail >= 0) {
        words.insert(words.end(), {"--tail", std::to_string(options.tail)});
    }
    return words;
}

} // namespace

QString logFollowCommand(const std::vector<LogContainer> &containers, const std::string &project,
                         int tail)
{
    docker::LogOptions options{.tail = tail, .follow = true};
    options.timestamps = true;
    const auto words = logArguments(containers, project, options);
    return words.empty() ? QString() : QString::fromStdString(docker::commandLine(words));
}

QString logSaveCommand(const LogSaveCommand &save)
{
    docker::LogOptions options;
    options.timestamps = save.timestamps;
    const auto words = logArguments(save.containers, save.project, options);
    if (words.empty()) {
        return {};
    }
    const std::string file = docker::shellQuoted(save.file);
    std::string line = docker::commandLine(words);
    if (!save.matching) {
        line += save.streams == LogStreams::Stdout   ? " > " + file + " 2>/dev/null"
                : save.streams == LogStreams::Stderr ? " 2> " + file + " >/dev/null"
                                                     : " > " + file + " 2>&1";
        return QString::fromStdString(line);
    }
    line += save.streams == LogStreams::Stdout   ? " 2>/dev/null"
            : save.streams == LogStreams::Stderr ? " 2>&1 >/dev/null"
                                                 : " 2>&1";
    const bool anyCase =
        save.matching->patternOptions().testFlag(QRegularExpression::CaseInsensitiveOption);
    line += std::string(" | grep ") + (save.isRegex ? "-P" : "-F") + (anyCase ? "i" : "") + " -e " +
            docker::shellQuoted(save.typed.toStdString()) + " > " + file;
    return QString::fromStdString(line);
}

} // namespace roadstead::ui
