// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/containers/container_actions.h"

#include "ui/pages/containers/containers_controller.h"
#include "ui/theme/icons.h"
#include "ui/widgets/command_hint.h"

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
        const Color tone = action == ContainerAction::Remove ? Color::Danger : Color::Text2;
        auto *qAction = new QAction(icon(actionIcon(action), tone), actionLabel(action), this);
        qAction->setObjectName(named(actionIdentifier(action)));
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
    for (const auto &[action, qAction] : m_actions) {
        updateOne(qAction, action, rows);
    }
    m_toggles = m_controller->toggleAction(rows);
    updateOne(m_toggle, m_toggles, rows);
    m_toggle->setText(m_toggles == ContainerAction::Stop ? tr("Stop selected containers")
                                                         : tr("Start selected containers"));
    m_toggle->setIcon(icon(actionIcon(m_toggles)));
}

void ContainerActions::updateOne(QAction *qAction, ContainerAction action,
                                 const ContainerRows &rows)
{
    const ContainerRows fitting = applicable(action, rows);
    const bool one = action != ContainerAction::Rename || rows.size() == 1;
    const QString hint = hintFor(action, rows);
    setCommandHint(qAction, hint);
    qAction->setData(hint); // tells those who follow the action, as a property alone does not
    qAction->setEnabled(!fitting.empty() && one && !m_controller->isStale());
}

} // namespace roadstead::ui
