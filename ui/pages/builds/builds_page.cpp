// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/builds/builds_page.h"

#include "engine/reference/words.h"
#include "ui/pages/builds/build_details.h"
#include "ui/pages/builds/builders_view.h"
#include "ui/pages/builds/builds_view.h"
#include "ui/pages/builds/cache_view.h"
#include "ui/pages/builds/compare_view.h"
#include "ui/pages/builds/history_view.h"
#include "ui/pages/list_table.h"
#include "ui/shell/keymap.h"
#include "ui/text/display_text.h"
#include "ui/text/secret_text.h"
#include "ui/theme/icons.h"
#include "ui/widgets/command_hint.h"
#include "ui/widgets/search_field.h"
#include "ui/widgets/toast.h"
#include "ui/wizards/build/build_picture.h"
#include "ui/wizards/build/build_wizard.h"

#include <QAction>
#include <QStackedWidget>

using namespace Qt::StringLiterals;

namespace roadstead::ui {

using Step = BuildController::Step;

namespace {

/// Values that must not be kept, wherever a step printed them.
std::vector<std::string> secretsIn(const BuildForm &form)
{
    std::vector<std::string> secrets;
    for (const std::string &argument : form.arguments) {
        const reference::Halves halves = reference::cut(argument, '=');
        if (looksSecret(halves.before, halves.after)) {
            secrets.emplace_back(halves.after);
        }
    }
    return secrets;
}

} // namespace

BuildsPage::BuildsPage(const Parts &parts, QObject *parent)
    : Page(parent)
    , m_engine(parts.engine)
    , m_tool(parts.engine->program())
    , m_history(parts.history)
    , m_list({.engine = parts.engine, .history = &m_history, .tool = &m_tool})
    , m_builders(parts.engine, &m_tool)
    , m_cache(parts.engine)
    , m_controller(parts.engine)
    , m_toasts(parts.toasts)
    , m_buildAction(new QAction(icon(u"hammer"_s, Color::OnAccent), tr("Build image"), this))
    , m_removeAction(new QAction(tr("Remove…"), this))
    , m_paneAction(new QAction(tr("Details beside the list"), this))
{
    m_buildAction->setObjectName(u"buildImage"_s);
    m_buildAction->setShortcuts(keysFor(Keys::Primary));
    setCommandHint(m_buildAction, u"docker buildx build …"_s);
    m_removeAction->setObjectName(u"removeOnBuilds"_s);
    m_removeAction->setShortcuts(keysFor(Keys::Remove));
    m_removeAction->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    m_paneAction->setObjectName(u"buildsPane"_s);
    m_paneAction->setShortcuts(keysFor(Keys::Details));
    m_paneAction->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(m_buildAction, &QAction::triggered, this, &BuildsPage::showWizard);
    connect(m_removeAction, &QAction::triggered, this, &BuildsPage::removeKey);
    connect(m_paneAction, &QAction::triggered, this, &BuildsPage::togglePane);
    connect(&m_controller, &BuildController::stepChanged, this, &BuildsPage::follow);
    connect(&m_controller, &BuildController::runChanged, this, &BuildsPage::follow);
    connectParts();
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
    m_buildersView = new BuildersView(&m_builders);
    m_cacheView = new CacheView(&m_cache);
    m_view = new BuildsView(&m_list, m_buildersView, m_cacheView);
    m_compare = new CompareView(&m_list);
    m_wizard = new BuildWizard(&m_controller);
    for (QWidget *each : {static_cast<QWidget *>(m_view), static_cast<QWidget *>(m_compare),
                          static_cast<QWidget *>(m_wizard)}) {
        m_stack->addWidget(each);
    }
    m_stack->addAction(m_buildAction);
    m_view->addAction(m_removeAction);
    m_view->addAction(m_paneAction);
    connect(m_view, &BuildsView::runningWanted, this, &BuildsPage::showWizard);
    connect(m_view->history(), &HistoryView::buildWanted, this, &BuildsPage::showWizard);
    connect(m_view->history(), &HistoryView::actionWanted, this, &BuildsPage::perform);
    connect(m_buildersView, &BuildersView::createWanted, this, &BuildsPage::askBuilder);
    connect(m_buildersView, &BuildersView::verbWanted, this, &BuildsPage::performOn);
    connect(m_cacheView, &CacheView::removeWanted, this, &BuildsPage::askCacheRemoval);
    connect(m_cacheView, &CacheView::pruneWanted, this, &BuildsPage::askPrune);
    connect(m_compare, &CompareView::backWanted, this, &BuildsPage::showList);
    connect(m_wizard, &BuildWizard::leaveWanted, this, &BuildsPage::showList);
    connect(m_wizard, &BuildWizard::runWanted, this, &BuildsPage::runWanted);
    connect(m_wizard, &BuildWizard::pushWanted, this, &BuildsPage::pushWanted);
    connect(m_wizard, &BuildWizard::mendWanted, this, &BuildsPage::mendWanted);
    return m_stack;
}

void BuildsPage::resume()
{
    if (isInWizard()) {
        m_wizard->resume();
    }
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
    if (!isInList()) {
        return nullptr;
    }
    switch (m_view->tab()) {
    case BuildsView::Tab::History:
        return m_view->history()->filterField();
    case BuildsView::Tab::Builders:
        return m_buildersView->filterField();
    case BuildsView::Tab::Cache:
        return m_cacheView->filterField();
    }
    return nullptr;
}

QList<QWidget *> BuildsPage::panes() const
{
    if (!isInList()) {
        return {};
    }
    switch (m_view->tab()) {
    case BuildsView::Tab::History:
        return {m_view->history()->table(), m_view->history()->details()->firstPlace()};
    case BuildsView::Tab::Builders:
        return {m_buildersView->table()};
    case BuildsView::Tab::Cache:
        return {m_cacheView->table()};
    }
    return {};
}

void BuildsPage::refresh()
{
    if (!isInList()) {
        return;
    }
    switch (m_view->tab()) {
    case BuildsView::Tab::History:
        m_list.refresh();
        break;
    case BuildsView::Tab::Builders:
        m_builders.refresh();
        break;
    case BuildsView::Tab::Cache:
        m_cache.refresh();
        break;
    }
}

bool BuildsPage::isInWizard() const
{
    return m_stack && m_wizard && m_stack->currentWidget() == m_wizard;
}

bool BuildsPage::isInList() const
{
    return m_stack && m_view && m_stack->currentWidget() == m_view;
}

bool BuildsPage::canGoBack() const
{
    return m_stack && !isInList();
}

void BuildsPage::goBack()
{
    showList();
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

void BuildsPage::showList()
{
    m_stack->setCurrentWidget(m_view);
    m_view->history()->table()->setFocus(Qt::ShortcutFocusReason);
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

BuildRecord BuildsPage::recordOfRun() const
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
    record.digest = QString::fromStdString(run->imageDigest());
    record.startedAt = run->startedAt();
    record.milliseconds = run->startedAt().msecsTo(run->endedAt());
    record.steps = picture.total;
    record.cached = picture.cached;
    record.outcome = run->state() == BuildState::Succeeded ? BuildRecord::Outcome::Built
                     : run->state() == BuildState::Failed  ? BuildRecord::Outcome::Failed
                                                           : BuildRecord::Outcome::Stopped;
    record.ref = QString::fromStdString(run->ref());
    const bool isClassic = m_controller.builder() == BuildController::Builder::Classic;
    record.builder = isClassic              ? tr("classic builder")
                     : record.ref.isEmpty() ? QString::fromStdString(m_builders.current())
                                            : record.ref.section(u'/', 0, 0);
    const docker::CliEngine engine = m_engine->cliEngine();
    record.engine = QString::fromStdString(engine.context.empty() ? engine.host : engine.context);
    record.form = m_controller.form();
    return record;
}

void BuildsPage::finish()
{
    const service::BuildRun *run = m_controller.run();
    BuildRecord record = recordOfRun();
    service::KeptBuild kept =
        service::keptBuildOf(run->snapshot(), run->lines(), m_controller.text().toStdString(),
                             secretsIn(m_controller.form()));
    if (kept.failure) {
        record.problem = QString::fromStdString(kept.failure->message);
    }
    const bool wasStopped = record.outcome == BuildRecord::Outcome::Stopped;
    m_history.add(std::move(record), std::move(kept));
    if (!(isInWizard() && m_wizard->isVisible()) && m_toasts != nullptr && !wasStopped) {
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
