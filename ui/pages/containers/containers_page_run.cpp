// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

// How ContainersPage shows the run wizard, and tells of its end when it is not in view.

#include "engine/service/compose/compose_up.h"
#include "engine/service/recreate/swap_containers.h"
#include "ui/pages/containers/container_table.h"
#include "ui/pages/containers/containers_page.h"
#include "ui/pages/containers/containers_view.h"
#include "ui/pages/containers/details_view.h"
#include "ui/pages/containers/image_loads.h"
#include "ui/pages/containers/project_starts.h"
#include "ui/theme/icons.h"
#include "ui/widgets/command_hint.h"
#include "ui/widgets/toast.h"
#include "ui/wizards/commit/commit_controller.h"
#include "ui/wizards/recreate/recreate_controller.h"
#include "ui/wizards/run/run_controller.h"
#include "ui/wizards/run/run_presets.h"
#include "ui/wizards/run/run_wizard.h"

#include <QAction>
#include <QStackedWidget>

#include <utility>

namespace roadstead::ui {

using Step = RunController::Step;

namespace {

/// The containers of the page, for a swap of two.
class PageSwapEngine : public service::SwapEngine
{
public:
    explicit PageSwapEngine(ContainerEngine *engine)
        : m_engine(engine)
    {
    }
    service::Operation<std::string> run(const docker::Command &command) override
    {
        return m_engine->run(command);
    }
    service::Operation<docker::ContainerDetails> inspect(const std::string &container) override
    {
        return m_engine->inspect(container);
    }

private:
    ContainerEngine *m_engine;
};

} // namespace

void ContainersPage::makeRun(const Parts &parts)
{
    if (parts.runEngine == nullptr) {
        return;
    }
    m_presets = std::make_unique<RunPresets>(parts.presets);
    m_run = std::make_unique<RunController>(parts.runEngine);
    m_runAction =
        addPageAction(QStringLiteral("runContainer"), tr("Run container"), QStringLiteral("play"));
    m_runAction->setIcon(icon(QStringLiteral("play"), Color::OnAccent)); // of the primary button
    connect(m_runAction, &QAction::triggered, this, &ContainersPage::showRunWizard);
    connect(m_run.get(), &RunController::stepChanged, this, &ContainersPage::followRun);
    m_swaps = std::make_unique<PageSwapEngine>(parts.engine);
    m_runEngine = parts.runEngine;
    m_loads = std::make_unique<ImageLoads>(parts.runEngine, m_toasts);
    m_loadAction = addPageAction(QStringLiteral("loadImages"), tr("Load images from files…"),
                                 QStringLiteral("image"));
    setCommandHint(m_loadAction, ImageLoads::lineFor({QStringLiteral("FILE.tar")}));
    connect(m_loadAction, &QAction::triggered, this, &ContainersPage::askArchives);
    m_projects = std::make_unique<ProjectStarts>(parts.engine, m_toasts);
    m_projectAction = addPageAction(QStringLiteral("startProject"),
                                    tr("Start a project from a file…"), QStringLiteral("project"));
    setCommandHint(m_projectAction,
                   QString::fromStdString(service::ComposeUp::lineFor(QStringLiteral("FILE"))));
    connect(m_projectAction, &QAction::triggered, this, &ContainersPage::askProject);
    m_commits = std::make_unique<CommitController>(parts.runEngine);
    connect(m_commits.get(), &CommitController::stepChanged, this, &ContainersPage::followCommit);
    m_recreation = std::make_unique<RecreateController>(parts.runEngine, m_swaps.get());
    connect(m_recreation.get(), &RecreateController::stepChanged, this,
            &ContainersPage::followRecreation);
    connect(&m_controller, &ContainersController::stateChanged, this, &ContainersPage::offerCutOff);
    restoreDraft();
}

QAction *ContainersPage::primaryAction() const
{
    return isInForm() ? nullptr : m_runAction != nullptr ? m_runAction : m_helloAction;
}

void ContainersPage::makeRunWizard()
{
    if (!m_run) {
        return;
    }
    m_wizard = new RunWizard(m_run.get(), m_presets.get());
    m_stack->addWidget(m_wizard);
    makeRecreateWizard();
    makeCommitWizard();
    m_view->offerRun();
    connect(m_view, &ContainersView::runWanted, this, &ContainersPage::showRunWizard);
    connect(m_wizard, &RunWizard::leaveWanted, this, &ContainersPage::leaveWizard);
    connect(m_wizard, &RunWizard::detailsWanted, this, &ContainersPage::showDetails);
    connect(m_wizard, &RunWizard::mendWanted, this, &ContainersPage::mendWanted);
    connect(m_wizard, &RunWizard::portWanted, this, [this](const docker::Port &port) {
        const bool isAll = port.ip.empty() || port.ip == "0.0.0.0" || port.ip == "::";
        PortLink link;
        link.port = port.publicPort;
        link.host = isAll ? QStringLiteral("localhost") : QString::fromStdString(port.ip);
        link.tcp = port.protocol == "tcp";
        openPort(link);
    });
}

void ContainersPage::resume()
{
    if (isInWizard()) {
        m_wizard->resume();
    }
}

bool ContainersPage::isInWizard() const
{
    return m_stack && m_wizard && m_stack->currentWidget() == m_wizard;
}

void ContainersPage::showRunWizard()
{
    widget();
    m_stack->setCurrentWidget(m_wizard);
    m_wizard->begin();
    retarget();
    Q_EMIT canGoBackChanged();
    Q_EMIT primaryActionChanged();
}

void ContainersPage::runImage(const QString &reference)
{
    if (!m_run) {
        return;
    }
    if (!m_run->isUnderWay()) { // else that is shown: one after the other
        m_run->clear();
        RunForm form = m_run->form();
        form.image = reference.toStdString();
        m_run->setForm(std::move(form));
        Q_EMIT m_run->formChanged();
    }
    showRunWizard();
}

void ContainersPage::leaveWizard()
{
    m_stack->setCurrentWidget(m_view);
    m_view->table()->setFocus(Qt::ShortcutFocusReason);
    retarget();
    Q_EMIT canGoBackChanged();
    Q_EMIT primaryActionChanged();
}

/// What does not go to the background is looked at once it runs.
void ContainersPage::followRun()
{
    const bool isSeen = isInWizard() && m_wizard->isVisible();
    const bool isDone = m_run->step() == Step::Done;
    if (isSeen && isDone && !m_run->form().isDetached &&
        m_run->deed() == RunController::Deed::Run) {
        showDetails(m_run->containerId());
    } else if (!isSeen && m_toasts != nullptr && !m_run->wasCancelled() &&
               (isDone || (m_run->step() == Step::Editing && m_run->failure()))) {
        tellRunEnd();
    }
}

void ContainersPage::tellRunEnd()
{
    ToastContent content;
    if (m_run->step() == Step::Done) {
        const bool onlyCreates = m_run->deed() == RunController::Deed::CreateOnly;
        content.title =
            (onlyCreates ? tr("%1 is created") : tr("%1 is running")).arg(m_run->containerName());
        content.actions.append({QStringLiteral("toastShowContainer"),
                                tr("Show the container"),
                                {},
                                [this, id = m_run->containerId()] { showDetails(id); }});
    } else {
        content.kind = ToastKind::Error;
        content.title = m_run->failure()->title;
        content.text = m_run->failure()->body();
        content.details = m_run->failure()->rawDetail;
        content.actions.append({QStringLiteral("toastShowForm"), tr("Show the form"), {}, [this] {
                                    showRunWizard();
                                }});
    }
    m_toasts->show(content);
}

} // namespace roadstead::ui
