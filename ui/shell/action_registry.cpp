// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/action_registry.h"

#include <QAction>

#include <algorithm>

namespace roadstead::ui {

void ActionRegistry::add(QAction *action, const QString &group)
{
    remove(action);
    m_entries.append({action, group});
}

void ActionRegistry::remove(QAction *action)
{
    m_entries.removeIf(
        [action](const Entry &entry) { return entry.action == nullptr || entry.action == action; });
}

QList<ActionRegistry::Entry> ActionRegistry::entries() const
{
    QList<Entry> alive;
    std::copy_if(m_entries.begin(), m_entries.end(), std::back_inserter(alive),
                 [](const Entry &entry) {
                     return entry.action != nullptr && entry.action->isVisible() &&
                            !entry.action->text().isEmpty();
                 });
    return alive;
}

} // namespace roadstead::ui
