// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

// How ContainersPage recreates and duplicates containers, and takes a recreation back.

#include "engine/service/recreate/kept_containers.h"
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

namespace {

/// What the container that `newer` replaces was called.
std::string replacedName(const docker::ContainerSummary &newer)
{
    const auto was = service::replacedBy(newer.labels);
    return was ? was->name : newer.name;
}

} // namespace

/// Once for an engine: a program that was killed while it swapped two containers left them so.
void ContainersPage::offerCutOff()
{
    if (m_hasLooked || !m_recreation || m_toasts == nullptr || !m_controller.engine()->listed()) {
        return;
    }
    m_hasLooked = true;
    const auto list = m_controller.engine()->containers();
    for (const docker::ContainerSummary &each : *list) {
        const std::string old = service::replacedIdOf(each.labels);
        if (!service::isHalfDone(each) ||
            !std::ranges::contains(*list, old, &docker::ContainerSummary::id)) {
            continue;
        }
        const std::string name = replacedName(each);
        ToastContent content;
        content.kind = ToastKind::Error;
        content.title = tr("The recreation of %1 was cut off").arg(displayText(name, 80));
        content.text = tr("The old container is still there. Finish it, or put the old one back.");
        content.actions.append({QStringLiteral("toastFinishRecreate"),
                                tr("Finish it"),
                                {},
                                [this, id = each.id, name] { m_recreation->resume(id, name); }});
        content.actions.append({QStringLiteral("toastTakeBack"),
                                tr("Put the old one back"),
                                {},
                                [this, id = each.id, name] { m_recreation->takeBack(id, name); }});
        m_toasts->show(content);
    }
}

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

void ContainersPage::showRecreateWizard(bool addsPort)
{
    widget();
    m_stack->setCurrentWidget(m_recreateWizard);
    addsPort ? m_recreateWizard->beginWithPort() : m_recreateWizard->begin();
    retarget();
    Q_EMIT canGoBackChanged();
    Q_EMIT primaryActionChanged();
}

void ContainersPage::recreate(const std::string &id, bool addsPort)
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
        this, [this, container, addsPort](const Result<docker::CreateContainer> &create) {
            if (!create) {
                showFailure(container.name, create.error());
                return;
            }
            m_recreation->open(container, *create);
            showRecreateWizard(addsPort);
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

void ContainersPage::addUndoRecreate(QMenu *menu, const std::string &id)
{
    if (!m_recreation) {
        return;
    }
    const auto list = m_controller.engine()->containers();
    const auto own = std::ranges::find(*list, id, &docker::ContainerSummary::id);
    const auto add = [this, menu](const char *name, const QString &text, const auto &work) {
        QAction *action = menu->addAction(icon(QStringLiteral("arrow-counterclockwise")), text);
        action->setObjectName(QLatin1StringView(name));
        action->setEnabled(!m_recreation->isUnderWay());
        connect(action, &QAction::triggered, this, work);
    };
    if (own == list->end()) {
        return;
    }
    if (const std::string old = service::replacedIdOf(own->labels);
        service::isHalfDone(*own) &&
        std::ranges::contains(*list, old, &docker::ContainerSummary::id)) {
        const std::string name = replacedName(*own);
        add("menuFinishRecreate", tr("Finish the recreation"),
            [this, id, name] { m_recreation->resume(id, name); });
        add("menuTakeBack", tr("Put the old one back"),
            [this, id, name] { m_recreation->takeBack(id, name); });
    }
    // From either of the two: what was left behind, or what has its place.
    for (const service::KeptContainer &kept : m_controller.kept()) {
        if (kept.id != id && kept.holder != id) {
            continue;
        }
        if (kept.canReturn) {
            add("menuUndoRecreate", tr("Undo recreate"),
                [this, kept] { m_recreation->undo(kept.holder, kept.holderName); });
        }
        const ContainerRowPointer row = m_controller.containers()->find(kept.id);
        QAction *remove = menu->addAction(icon(QStringLiteral("trash")),
                                          kept.because == service::KeptBecause::Undone
                                              ? tr("Remove the undone one")
                                              : tr("Remove the old one"));
        remove->setObjectName(QStringLiteral("menuRemoveKept"));
        remove->setEnabled(row && isApplicable(ContainerAction::Remove, *row));
        connect(remove, &QAction::triggered, this,
                [this, kept] { m_controller.requestRemoval({kept.id}); });
    }
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
    } else if (m_recreation->isTakeBack()) {
        content.title = tr("%1 is as it was").arg(m_recreation->name());
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
