// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

// How ContainersPage recreates and duplicates containers, and takes a recreation back.

#include "engine/service/recreate/recreate_plan.h"
#include "ui/pages/containers/containers_page.h"
#include "ui/text/display_text.h"
#include "ui/theme/icons.h"
#include "ui/widgets/toast.h"
#include "ui/wizards/recreate/recreate_controller.h"
#include "ui/wizards/recreate/recreate_wizard.h"
#include "ui/wizards/run/run_controller.h"

#include <QMenu>
#include <QStackedWidget>

#include <algorithm>

namespace roadstead::ui {

void ContainersPage::makeRecreateWizard()
{
    m_recreateWizard = new RecreateWizard(m_recreation.get());
    m_stack->addWidget(m_recreateWizard);
    connect(m_recreateWizard, &RecreateWizard::leaveWanted, this, &ContainersPage::leaveWizard);
    connect(m_recreateWizard, &RecreateWizard::detailsWanted, this, &ContainersPage::showDetails);
}

bool ContainersPage::isInRecreate() const
{
    return m_stack && m_recreateWizard && m_stack->currentWidget() == m_recreateWizard;
}

void ContainersPage::showRecreateWizard()
{
    widget();
    m_stack->setCurrentWidget(m_recreateWizard);
    m_recreateWizard->begin();
    retarget();
    Q_EMIT canGoBackChanged();
    Q_EMIT primaryActionChanged();
}

void ContainersPage::recreate(const std::string &id)
{
    const ContainerRowPointer row = m_controller.containers()->find(id);
    if (!row || !m_recreation) {
        return;
    }
    if (m_recreation->isUnderWay()) {
        showRecreateWizard(); // one after the other
        return;
    }
    const Replaced container{row->id, row->rawName, row->rawProject, row->isAlive()};
    m_controller.engine()->commandBehind(id).then(
        this, [this, container](const Result<docker::CreateContainer> &create) {
            if (!create) {
                showFailure(container.name, create.error());
                return;
            }
            m_recreation->open(container, *create);
            showRecreateWizard();
        });
}

/// The name is the other's, and so are the ports: the checks of the form tell of those.
void ContainersPage::duplicate(const std::string &id)
{
    const ContainerRowPointer row = m_controller.containers()->find(id);
    if (!row || !m_run) {
        return;
    }
    if (m_run->isUnderWay()) {
        showRunWizard();
        return;
    }
    m_controller.engine()->commandBehind(id).then(
        this, [this, name = row->rawName](const Result<docker::CreateContainer> &create) {
            if (!create) {
                showFailure(name, create.error());
                return;
            }
            docker::CreateContainer copy = *create;
            copy.name.clear();
            service::dropSwapLabels(copy);
            m_run->clear();
            m_run->setForm(formOf({.create = copy, .starts = true, .isDetached = true}));
            Q_EMIT m_run->formChanged();
            showRunWizard();
        });
}

void ContainersPage::addRecreate(QMenu *menu, const std::string &id)
{
    if (!m_recreation) {
        return;
    }
    menu->addSeparator();
    QAction *recreation = menu->addAction(tr("Edit and recreate…"));
    recreation->setObjectName(QStringLiteral("menuRecreate"));
    connect(recreation, &QAction::triggered, this, [this, id] { recreate(id); });
    QAction *copy = menu->addAction(tr("Duplicate…"));
    copy->setObjectName(QStringLiteral("menuDuplicate"));
    connect(copy, &QAction::triggered, this, [this, id] { duplicate(id); });
    const auto list = m_controller.engine()->containers();
    const auto own = std::ranges::find(*list, id, &docker::ContainerSummary::id);
    const std::string old = own == list->end() ? std::string() : service::replacedIdOf(own->labels);
    if (old.empty() || !std::ranges::contains(*list, old, &docker::ContainerSummary::id)) {
        return; // it replaced none, or that is gone
    }
    QAction *undo =
        menu->addAction(icon(QStringLiteral("arrow-counterclockwise")), tr("Undo recreate"));
    undo->setObjectName(QStringLiteral("menuUndoRecreate"));
    undo->setEnabled(!m_recreation->isUnderWay());
    connect(undo, &QAction::triggered, this,
            [this, id, name = own->name] { m_recreation->undo(id, name); });
}

/// What is not in view is told at its end.
void ContainersPage::followRecreation()
{
    const bool isSeen = isInRecreate() && m_recreateWizard->isVisible();
    if (isSeen || m_toasts == nullptr || m_recreation->step() != RecreateController::Step::Ended) {
        return;
    }
    ToastContent content;
    if (const auto failure = m_recreation->failure()) {
        content.kind = ToastKind::Error;
        content.title = failure->title;
        content.text = failure->body();
        content.details = failure->rawDetail;
    } else {
        content.title = (m_recreation->isUndo() ? tr("The old %1 is back") : tr("%1 is recreated"))
                            .arg(m_recreation->name());
        content.actions.append({QStringLiteral("toastShowContainer"),
                                tr("Show the container"),
                                {},
                                [this, id = m_recreation->result().id] { showDetails(id); }});
    }
    m_toasts->show(content);
}

} // namespace roadstead::ui
