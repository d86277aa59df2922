// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/merged_line.h"

#include <QStringList>

#include <algorithm>
#include <string>
#include <utility>

namespace roadstead::ui {

QString mergedLine(const std::vector<docker::Command> &commands, Merging merging)
{
    std::vector<std::vector<std::string>> merged;
    std::vector<std::vector<std::string>> heads;
    for (const docker::Command &command : commands) {
        std::vector<std::string> arguments = docker::arguments(command);
        std::vector<std::string> head = arguments;
        if (!head.empty()) {
            head.pop_back();
        }
        const auto same = std::ranges::find(heads, head);
        if (same == heads.end() || merging == Merging::None) {
            heads.push_back(std::move(head));
            merged.push_back(std::move(arguments));
        } else {
            merged[static_cast<std::size_t>(same - heads.begin())].push_back(arguments.back());
        }
    }
    QStringList lines;
    for (const auto &arguments : merged) {
        lines.append(QString::fromStdString(docker::commandLine(arguments)));
    }
    return lines.join(QStringLiteral("; "));
}

} // namespace roadstead::ui
