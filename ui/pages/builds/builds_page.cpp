// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/builds/builds_page.h"

#include "ui/pages/builds/builds_view.h"
#include "ui/shell/keymap.h"
#include "ui/text/display_text.h"
#include "ui/theme/icons.h"
#include "ui/widgets/command_hint.h"
#include "ui/widgets/search_field.h"
#include "ui/widgets/toast.h"
#include "ui/widgets/tree_view.h"
#include "ui/wizards/build/build_picture.h"
#include "ui/wizards/build/build_wizard.h"

#include <QAction>
#include <QStackedWidget>

using namespace Qt::StringLiterals;

namespace roadstead::ui {

using Step = BuildController::Step;

BuildsPage::BuildsPage(const Parts &parts, QObject *parent)
    : Page(parent)
    , m_history(parts.history)
    , m_model(&m_history)
    , m_controller(parts.engine)
    , m_toasts(parts.toasts)
    , m_buildAction(new QAction(icon(u"hammer"_s, Color::OnAccent), tr("Build image"), this))
{
    m_buildAction->setObjectName(u"buildImage"_s);
    m_buildAction->setShortcuts(keysFor(Keys::Primary));
    setCommandHint(m_buildAction, u"docker buildx build …"_s);
    connect(m_buildAction, &QAction::triggered, this, &BuildsPage::showWizard);
    connect(&m_controller, &BuildController::stepChanged, this, &BuildsPage::follow);
    connect(&m_controller, &BuildController::runChanged, this, &BuildsPage::follow);
}

BuildsPage::~BuildsPage()
{
    delete m_stack; // its parts use ours
}

QString BuildsPage::id() const
{
    return u"builds"_s;
}

QString BuildsPage::title() const
{
    return tr("Builds");
}

QString BuildsPage::iconName() const
{
    return u"hammer"_s;
}

QWidget *BuildsPage::widget()
{
    if (m_stack) {
        return m_stack;
    }
    m_stack = new QStackedWidget;
    m_view = new BuildsView(&m_model);
    m_wizard = new BuildWizard(&m_controller);
    m_stack->addWidget(m_view);
    m_stack->addWidget(m_wizard);
    m_stack->addAction(m_buildAction);
    connect(m_view, &BuildsView::buildWanted, this, &BuildsPage::showWizard);
    connect(m_view, &BuildsView::runningWanted, this, &BuildsPage::showWizard);
    connect(m_view, &BuildsView::againWanted, this,
            [this](const BuildRecord &record) { build(record.form); });
    connect(m_view, &BuildsView::removeWanted, &m_history, &BuildHistory::remove);
    connect(m_wizard, &BuildWizard::leaveWanted, this, &BuildsPage::leaveWizard);
    connect(m_wizard, &BuildWizard::runWanted, this, &BuildsPage::runWanted);
    connect(m_wizard, &BuildWizard::pushWanted, this, &BuildsPage::pushWanted);
    return m_stack;
}

std::optional<qint64> BuildsPage::count() const
{
    return m_controller.step() == Step::Building ? std::optional<qint64>(1) : std::nullopt;
}

QAction *BuildsPage::primaryAction() const
{
    return isInWizard() ? nullptr : m_buildAction;
}

QList<QAction *> BuildsPage::actions() const
{
    return {m_buildAction};
}

QWidget *BuildsPage::filterField() const
{
    return m_view && !isInWizard() ? m_view->filterField() : nullptr;
}

bool BuildsPage::isInWizard() const
{
    return m_stack && m_wizard && m_stack->currentWidget() == m_wizard;
}

bool BuildsPage::canGoBack() const
{
    return isInWizard();
}

void BuildsPage::goBack()
{
    leaveWizard();
}

void BuildsPage::build(const BuildForm &form)
{
    m_controller.begin(form);
    showWizard();
}

/// After a build a new one begins, with what was filled in before.
void BuildsPage::showWizard()
{
    widget();
    if (m_controller.step() == Step::Result && !isInWizard()) {
        m_controller.goTo(Step::Context);
    }
    m_stack->setCurrentWidget(m_wizard);
    m_wizard->begin();
    Q_EMIT canGoBackChanged();
    Q_EMIT primaryActionChanged();
}

void BuildsPage::leaveWizard()
{
    m_stack->setCurrentWidget(m_view);
    m_view->table()->setFocus(Qt::ShortcutFocusReason);
    Q_EMIT canGoBackChanged();
    Q_EMIT primaryActionChanged();
}

void BuildsPage::follow()
{
    const Step now = m_controller.step();
    if (now == Step::Result && m_step == Step::Building) {
        finish();
    }
    if (now != m_step) {
        m_step = now;
        Q_EMIT countChanged();
    }
    if (!m_view) {
        return;
    }
    if (now != Step::Building) {
        m_view->setRunning({});
        return;
    }
    const service::BuildRun *run = m_controller.run();
    const BuildPicture picture =
        pictureOf(m_controller.dockerfile(), run->build().target, run->snapshot(), {});
    const auto &tags = run->build().tags;
    m_view->setRunning(tr("Building %1, %2 of %3 steps done")
                           .arg(tags.empty() ? tr("an image") : displayText(tags.front()))
                           .arg(picture.done)
                           .arg(picture.total));
}

void BuildsPage::finish()
{
    using service::BuildState;
    const service::BuildRun *run = m_controller.run();
    const BuildPicture picture =
        pictureOf(m_controller.dockerfile(), run->build().target, run->snapshot(), {});
    BuildRecord record;
    const auto &tags = run->build().tags;
    record.name = tags.empty() ? QString() : QString::fromStdString(tags.front());
    record.context = QString::fromStdString(run->build().context);
    record.line = m_controller.line();
    record.problem = run->snapshot().failure
                         ? QString::fromStdString(run->snapshot().failure->message)
                         : QString();
    record.digest = QString::fromStdString(run->imageDigest());
    record.startedAt = run->startedAt();
    record.milliseconds = run->startedAt().msecsTo(run->endedAt());
    record.steps = picture.total;
    record.cached = picture.cached;
    record.outcome = run->state() == BuildState::Succeeded ? BuildRecord::Outcome::Built
                     : run->state() == BuildState::Failed  ? BuildRecord::Outcome::Failed
                                                           : BuildRecord::Outcome::Stopped;
    record.form = m_controller.form();
    m_history.add(record);
    if (!(isInWizard() && m_wizard->isVisible()) && m_toasts != nullptr &&
        record.outcome != BuildRecord::Outcome::Stopped) {
        tellEnd();
    }
}

void BuildsPage::tellEnd()
{
    ToastContent content;
    const auto failure = m_controller.failure();
    if (failure) {
        content.kind = ToastKind::Error;
        content.title = failure->title;
        content.text = failure->body();
        content.details = failure->rawDetail;
    } else {
        const auto &tags = m_controller.run()->build().tags;
        content.title =
            tr("%1 is built").arg(tags.empty() ? tr("The image") : displayText(tags.front()));
    }
    content.actions.append({u"toastShowBuild"_s, tr("Show the build"), {}, [this] {
                                widget();
                                m_stack->setCurrentWidget(m_wizard);
                                Q_EMIT canGoBackChanged();
                                Q_EMIT primaryActionChanged();
                            }});
    m_toasts->show(content);
}

} // namespace roadstead::ui
