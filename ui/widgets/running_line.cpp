// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/running_line.h"

#include <algorithm>

namespace roadstead::ui {

RunningLines &RunningLines::instance()
{
    static RunningLines lines;
    return lines;
}

void RunningLines::set(const QObject *owner, const QString &command)
{
    const auto known = std::ranges::find(m_entries, owner, &Entry::owner);
    if (known == m_entries.end() ? command.isEmpty() : known->line.command == command) {
        return;
    }
    if (known != m_entries.end()) {
        m_entries.erase(known);
    } else {
        connect(owner, &QObject::destroyed, this, [this, owner] { set(owner, {}); });
    }
    if (command.isEmpty()) {
        disconnect(owner, nullptr, this, nullptr);
    } else {
        m_entries.append({owner, {command, QDateTime::currentDateTime()}});
    }
    Q_EMIT changed();
}

std::optional<RunningLines::Line> RunningLines::newest() const
{
    return m_entries.isEmpty() ? std::nullopt : std::optional(m_entries.constLast().line);
}

} // namespace roadstead::ui
