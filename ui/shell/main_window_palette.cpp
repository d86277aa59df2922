// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the command palette offers: objects of the pages, actions, the engine's verbs, places.

#include "ui/shell/main_window.h"

#include "ui/shell/action_registry.h"
#include "ui/shell/engine_situation.h"
#include "ui/shell/palette.h"
#include "ui/widgets/command_hint.h"

#include <QAction>

#include <utility>

using namespace Qt::StringLiterals;

namespace roadstead::ui {

namespace {

PaletteItem item(const QString &group, const QString &iconName, const QString &text,
                 std::function<void()> run)
{
    PaletteItem result;
    result.group = group;
    result.iconName = iconName;
    result.text = text;
    result.run = std::move(run);
    return result;
}

QList<PaletteItem> actionItems(const ActionRegistry &registry, const QString &group)
{
    QList<PaletteItem> items;
    for (const ActionRegistry::Entry &entry : registry.entries()) {
        if (!entry.action->isEnabled()) {
            continue;
        }
        const QString own = entry.action->icon().name();
        PaletteItem action = item(group, own.isEmpty() ? u"lightning-charge"_s : own,
                                  entry.action->text().remove(u'&'), [target = entry.action] {
                                      if (target != nullptr) {
                                          target->trigger();
                                      }
                                  });
        action.note = entry.group;
        action.command = commandHint(entry.action);
        action.keys = entry.action->shortcut();
        action.opens = false;
        items << action;
    }
    return items;
}

QList<PaletteItem> engineItems(EngineView *engine, const QString &group)
{
    QList<PaletteItem> items;
    if (!engine->isEmbedded()) {
        return items;
    }
    const auto add = [&](EngineVerb verb, const QString &iconName, const QString &text) {
        if (!engine->mayRun(verb)) {
            return;
        }
        PaletteItem action = item(group, iconName, text, [engine, verb] { engine->run(verb); });
        action.note = engine->name();
        action.command = engine->command(verb);
        items << action;
    };
    const Situation situation = situationOf(*engine);
    if (situation == Situation::Stopped || situation == Situation::Failed) {
        add(EngineVerb::Start, u"play"_s, MainWindow::tr("Start the engine"));
    } else if (situation != Situation::NotInstalled && situation != Situation::Stopping) {
        add(EngineVerb::Restart, u"arrow-clockwise"_s, MainWindow::tr("Restart the engine"));
    }
    // An engine that failed may have left containers running.
    if (situation != Situation::Stopped && situation != Situation::NotInstalled &&
        situation != Situation::Stopping) {
        add(EngineVerb::Stop, u"stop"_s, MainWindow::tr("Stop the engine"));
    }
    return items;
}

} // namespace

QList<PaletteItem> MainWindow::paletteItems(const QString &typed)
{
    const bool onlyActions = typed.startsWith(u'>');
    const bool onlyObjects = typed.startsWith(u'@');
    const QString words = (onlyActions || onlyObjects ? typed.mid(1) : typed).trimmed();
    QList<PaletteItem> items;
    if (!onlyActions && keepsContent(*m_engine)) {
        for (const Page *page : std::as_const(m_pages)) {
            items += page->find(words, 12);
        }
    }
    if (onlyObjects) {
        return items;
    }
    QList<PaletteItem> more =
        actionItems(*m_actions, tr("Actions")) + engineItems(m_engine, tr("Actions"));
    if (!onlyActions) {
        for (Page *page : std::as_const(m_pages)) {
            more << item(tr("Pages"), page->iconName(), page->title(),
                         [this, page] { showPage(page->id()); });
        }
        more << item(tr("Pages"), u"gear"_s, tr("Settings"), [this] { showSettings(); });
    }
    more.removeIf([&](const PaletteItem &one) { return matchScore(words, one.text) == 0; });
    return items + more;
}

} // namespace roadstead::ui
