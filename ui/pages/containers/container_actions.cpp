// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/containers/container_actions.h"

#include "ui/pages/containers/containers_controller.h"
#include "ui/text/display_text.h"
#include "ui/theme/icons.h"
#include "ui/widgets/command_hint.h"

#include <QPointer>

#include <algorithm>

namespace roadstead::ui {

QString hintFor(ContainerAction action, const ContainerRows &rows)
{
    ActionOptions options;
    options.newName = "NEW_NAME";
    const ContainerRows fitting = applicable(action, rows);
    return action == ContainerAction::Rename && fitting.size() != 1
               ? QString()
               : commandLineFor(action, fitting, options);
}

namespace {

/// Differs when the command does: a selection's line is too long to be made at each change of a
/// row.
quint64 fingerprint(ContainerAction action, const ContainerRows &rows)
{
    std::size_t sum = std::size_t(action) + 1;
    for (const ContainerRowPointer &row : rows) {
        if (isApplicable(action, *row)) {
            sum = sum * 31 + std::hash<std::string_view>()(row->id);
            sum = sum * 31 + std::hash<std::string_view>()(row->rawName) + (row->isAlive() ? 1 : 0);
        }
    }
    return sum;
}

} // namespace

ContainerActions::ContainerActions(ContainersController *controller, const QString &prefix,
                                   QObject *parent)
    : QObject(parent)
    , m_controller(controller)
    , m_toggle(new QAction(this))
{
    const auto named = [&prefix](QString name) {
        name[0] = name[0].toUpper();
        return prefix + name;
    };
    for (const ContainerAction action : allContainerActions) {
        const bool asksInRed = action == ContainerAction::Remove || action == ContainerAction::Kill;
        const Color tone = asksInRed ? Color::Danger : Color::Text2;
        auto *qAction = new QAction(icon(actionIcon(action), tone), actionLabel(action), this);
        qAction->setObjectName(named(actionIdentifier(action)));
        qAction->setProperty("danger", asksInRed);
        connect(qAction, &QAction::triggered, this,
                [this, action] { Q_EMIT triggered(action, m_ids); });
        m_actions.emplace(action, qAction);
    }
    m_toggle->setObjectName(named(QStringLiteral("toggle")));
    connect(m_toggle, &QAction::triggered, this, [this] { Q_EMIT triggered(m_toggles, m_ids); });
    update();
}

QAction *ContainerActions::action(ContainerAction action) const
{
    return m_actions.at(action);
}

void ContainerActions::setTargets(std::vector<std::string> ids)
{
    m_ids = std::move(ids);
    update();
}

void ContainerActions::update()
{
    const ContainerRows rows = m_controller->rowsOf(m_ids);
    m_hints.clear();
    for (const auto &[action, qAction] : m_actions) {
        updateOne(qAction, action, rows);
    }
    m_toggles = m_controller->toggleAction(rows);
    updateOne(m_toggle, m_toggles, rows);
    if (!m_namesTargets) {
        m_toggle->setText(m_toggles == ContainerAction::Stop ? tr("Stop selected containers")
                                                             : tr("Start selected containers"));
    }
    m_toggle->setIcon(icon(actionIcon(m_toggles)));
}

void ContainerActions::updateOne(QAction *qAction, ContainerAction action,
                                 const ContainerRows &rows)
{
    const bool fits =
        std::ranges::any_of(rows, [&](const auto &row) { return isApplicable(action, *row); });
    const bool one = action != ContainerAction::Rename || rows.size() == 1;
    setCommandHint(
        qAction, [self = QPointer(this), action] { return self ? self->hint(action) : QString(); });
    if (m_namesTargets) {
        qAction->setText(textFor(action, rows));
    }
    // Tells those who follow the action, as a property alone does not.
    qAction->setData(fingerprint(action, rows));
    qAction->setEnabled(fits && one && !m_controller->isStale());
}

void ContainerActions::setNamesTargets(bool names)
{
    m_namesTargets = names;
    update();
}

QString ContainerActions::textFor(ContainerAction action, const ContainerRows &rows) const
{
    const ContainerRows fitting = applicable(action, rows);
    if (fitting.empty()) {
        return actionLabel(action);
    }
    QString verb = actionLabel(action);
    const bool asks = verb.endsWith(u'…');
    if (asks) {
        verb.chop(1);
    }
    const QString whom = fitting.size() == 1 ? plainLabel(fitting.front()->name)
                                             : tr("%n containers", nullptr, int(fitting.size()));
    const QString text = tr("%1 %2", "verb, whom").arg(verb, whom);
    return asks ? text + u'…' : text;
}

QString ContainerActions::hint(ContainerAction action) const
{
    const auto [place, isNew] = m_hints.try_emplace(action);
    if (isNew) {
        place->second = hintFor(action, m_controller->rowsOf(m_ids));
    }
    return place->second;
}

} // namespace roadstead::ui
