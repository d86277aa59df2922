// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/containers/containers_page.h"

#include "engine/service/recreate/swap_containers.h"
#include "ui/pages/containers/container_actions.h"
#include "ui/pages/containers/container_exports.h"
#include "ui/pages/containers/container_offers.h"
#include "ui/pages/containers/container_table.h"
#include "ui/pages/containers/container_waits.h"
#include "ui/pages/containers/containers_view.h"
#include "ui/pages/containers/details_pane.h"
#include "ui/pages/containers/details_view.h"
#include "ui/pages/containers/image_loads.h"
#include "ui/pages/containers/logs/merged_logs_view.h"
#include "ui/pages/containers/project_starts.h"
#include "ui/shell/keymap.h"
#include "ui/text/display_text.h"
#include "ui/theme/icons.h"
#include "ui/widgets/command_hint.h"
#include "ui/widgets/search_field.h"
#include "ui/widgets/tab_bar.h"
#include "ui/wizards/commit/commit_controller.h"
#include "ui/wizards/commit/commit_wizard.h"
#include "ui/wizards/recreate/recreate_controller.h"
#include "ui/wizards/recreate/recreate_wizard.h"
#include "ui/wizards/run/run_controller.h"
#include "ui/wizards/run/run_presets.h"
#include "ui/wizards/run/run_wizard.h"

#include <QAction>
#include <QApplication>
#include <QDateTime>
#include <QDesktopServices>
#include <QElapsedTimer>
#include <QStackedWidget>
#include <QUrl>

#include <algorithm>

namespace roadstead::ui {

namespace {

std::int64_t wallSeconds()
{
    return QDateTime::currentSecsSinceEpoch();
}

qint64 steadyMilliseconds()
{
    static const QElapsedTimer timer = [] {
        QElapsedTimer started;
        started.start();
        return started;
    }();
    return timer.elapsed();
}

} // namespace

ContainersPage::ContainersPage(Parts parts, QObject *parent)
    : Page(parent)
    , m_controller(parts.engine, parts.wallClock ? parts.wallClock : wallSeconds,
                   parts.steadyClock ? parts.steadyClock : steadyMilliseconds)
    , m_hello(parts.engine, parts.helloArchive)
    , m_toasts(parts.toasts)
    , m_openUrl(parts.openUrl ? parts.openUrl
                              : [](const QUrl &url) { QDesktopServices::openUrl(url); })
    , m_commands(new ContainerActions(&m_controller, QStringLiteral("page"), this))
    , m_helloAction(addPageAction(QStringLiteral("runHello"), tr("Run hello container"),
                                  QStringLiteral("play")))
    , m_openAction(addPageAction(QStringLiteral("openContainer"), tr("Open details"),
                                 QStringLiteral("file-earmark-text")))
    , m_paneAction(addPageAction(QStringLiteral("detailsPane"), tr("Details beside the list"),
                                 QStringLiteral("layout-sidebar-reverse")))
    , m_terminalAction(addPageAction(QStringLiteral("containerTerminal"), tr("Open a terminal"),
                                     QStringLiteral("terminal")))
    , m_logsAction(addPageAction(QStringLiteral("containerLogs"), tr("Logs"),
                                 QStringLiteral("journal-text")))
{
    m_helloAction->setIcon(icon(QStringLiteral("play"), Color::OnAccent)); // of the primary button
    makeRun(parts);
    makeOffers();
    primaryAction()->setShortcuts(keysFor(Keys::Primary));
    setCommandHint(m_helloAction, m_hello.commandLines().join(QStringLiteral("; ")));
    connect(m_helloAction, &QAction::triggered, this, &ContainersPage::runHello);
    connect(m_openAction, &QAction::triggered, this, [this] {
        if (m_view && !m_view->table()->currentId().empty()) {
            showDetails(m_view->table()->currentId());
        }
    });
    connect(&m_controller, &ContainersController::failed, this,
            [this](ContainerAction, const std::string &, const std::string &name,
                   const Error &error) { showFailure(name, error); });
    connect(&m_controller, &ContainersController::batchFailed, this, &ContainersPage::showBatch);
    connect(&m_controller, &ContainersController::confirmationWanted, this,
            &ContainersPage::askRemoval);
    connect(&m_controller, &ContainersController::removalWaits, this, &ContainersPage::showUndo);
    connect(&m_controller, &ContainersController::removalEnded, this, &ContainersPage::closeUndo);
    connect(m_controller.tree(), &ContainerTreeModel::countsChanged, this, &Page::countChanged);
    connect(&m_hello, &HelloController::stepChanged, this, &ContainersPage::showHelloStep);
    // With the figures, once a second: what is on screen also depends on scrolling, filters, open
    // groups and the window, and is asked for when the next figures are due.
    connect(parts.engine, &ContainerEngine::statsChanged, this,
            &ContainersPage::tellWhatIsOnScreen);
}

ContainersPage::~ContainersPage()
{
    // The widget may live longer: it must not ask a controller that has gone.
    delete m_stack;
}

QAction *ContainersPage::addPageAction(const QString &name, const QString &text,
                                       const QString &iconName)
{
    auto *action = new QAction(icon(iconName), text, this);
    action->setObjectName(name);
    return action;
}

QString ContainersPage::id() const
{
    return QStringLiteral("containers");
}

QString ContainersPage::title() const
{
    return tr("Containers");
}

QString ContainersPage::iconName() const
{
    return QStringLiteral("container");
}

std::optional<qint64> ContainersPage::count() const
{
    return m_controller.tree()->counts()[std::size_t(StateFilter::All)];
}

QWidget *ContainersPage::widget()
{
    if (m_stack) {
        return m_stack;
    }
    m_stack = new QStackedWidget;
    m_view = new ContainersView(&m_controller);
    m_view->setHelloCommand(commandHint(m_helloAction));
    m_details = new DetailsView(&m_controller, DetailsView::Form::Page);
    m_stack->addWidget(m_view);
    m_stack->addWidget(m_details);
    connect(m_view, &ContainersView::actionWanted, this, &ContainersPage::perform);
    connect(m_view, &ContainersView::menuWanted, this, &ContainersPage::showMenu);
    connect(m_view, &ContainersView::opened, this, &ContainersPage::showDetails);
    connect(m_view, &ContainersView::portWanted, this,
            [this](const std::string &, const PortLink &link) { openPort(link); });
    connect(m_view, &ContainersView::compareWanted, this, &ContainersPage::compareStats);
    connect(m_view, &ContainersView::refreshWanted, this, &ContainersPage::refresh);
    connect(m_view, &ContainersView::helloWanted, this, &ContainersPage::runHello);
    makeRunWizard();
    makeLogs();
    connectDetails(m_details);
    connectDetails(m_view->pane()->view());
    connect(m_details, &DetailsView::backWanted, this,
            [this] { leaveDetails(Qt::OtherFocusReason); });
    connect(m_details, &DetailsView::escaped, this, &ContainersPage::goBack);
    const DetailsView *beside = m_view->pane()->view();
    connect(beside, &DetailsView::pageWanted, this, &ContainersPage::showDetails);
    connect(beside, &DetailsView::backWanted, this,
            [this] { m_view->setPaneOpen(false, Qt::OtherFocusReason); });
    connect(beside, &DetailsView::escaped, this,
            [this] { m_view->setPaneOpen(false, Qt::ShortcutFocusReason); });
    connect(m_view, &ContainersView::targetsChanged, this, &ContainersPage::retarget);
    connect(m_details, &DetailsView::containerChanged, this, &ContainersPage::retarget);
    makeActions();
    Q_EMIT actionsChanged();
    return m_stack;
}

void ContainersPage::connectDetails(DetailsView *details)
{
    connect(details, &DetailsView::actionWanted, this, &ContainersPage::perform);
    connect(details, &DetailsView::portWanted, this, &ContainersPage::openPort);
    if (m_recreation) {
        details->offerRecreate();
        connect(details, &DetailsView::recreateWanted, this,
                [this](const std::string &id) { recreate(id); });
    }
    connect(details, &DetailsView::connectWanted, this, &ContainersPage::askNetwork);
    connect(details, &DetailsView::disconnectWanted, this, &ContainersPage::disconnectFrom);
    connect(details, &DetailsView::menuOpens, this, [this](QMenu *menu, const std::string &id) {
        addOffers(menu, id, QStringLiteral("detailsMenu"));
    });
}

/// Keys work in the list and in details, not in the filter: there Delete deletes a character.
void ContainersPage::makeActions()
{
    m_commands->setNamesTargets(true);
    connect(m_commands, &ContainerActions::triggered, this, &ContainersPage::perform);
    const auto bind = [](ContainerActions *actions, const QList<QWidget *> &places) {
        const auto one = [&places](QAction *action, Keys keys) {
            action->setShortcuts(keysFor(keys));
            action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
            for (QWidget *place : places) {
                place->addAction(action);
            }
        };
        one(actions->toggleAction(), Keys::StartStop);
        one(actions->action(ContainerAction::Restart), Keys::Restart);
        one(actions->action(ContainerAction::Remove), Keys::Remove);
        one(actions->action(ContainerAction::Rename), Keys::Rename);
    };
    bind(m_commands, {m_view->table(), m_details});
    // In the pane they act on what it shows, whatever else is selected.
    bind(m_view->pane()->view()->actions(), {m_view->pane()->view()});
    m_paneAction->setShortcuts(keysFor(Keys::Details));
    m_paneAction->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    m_stack->addAction(m_helloAction);
    if (m_runAction != nullptr) {
        m_stack->addAction(m_runAction);
    }
    m_stack->addAction(m_paneAction);
    connect(m_paneAction, &QAction::triggered, this, &ContainersPage::togglePane);
    bindTerminal();
    retarget();
}

/// Commands act on what is on screen: the container of the details page, else the selection.
void ContainersPage::retarget()
{
    m_commands->setTargets(isInDetails() ? std::vector{m_details->containerId()}
                                         : m_view->table()->targetIds());
    retargetLogs();
    const std::vector<std::string> &targets = m_commands->targets();
    m_offers->setTarget(targets.size() == 1 ? targets.front() : std::string());
    m_openAction->setEnabled(!canGoBack() && !m_view->table()->currentId().empty());
    const ContainerRowPointer row = m_controller.containers()->find(currentId());
    m_terminalAction->setEnabled(row && row->isRunning());
    m_terminalAction->setText(row ? tr("Open a terminal in %1").arg(plainLabel(row->name))
                                  : tr("Open a terminal"));
}

/// From a container's page, back to the list with the same container beside it.
void ContainersPage::togglePane()
{
    const bool fromPage = isInDetails();
    if (fromPage) {
        leaveDetails(Qt::ShortcutFocusReason);
    }
    m_view->setPaneOpen(fromPage || !m_view->isPaneOpen(), Qt::ShortcutFocusReason);
}

QList<QWidget *> ContainersPage::panes() const
{
    if (!m_view || canGoBack() || !m_view->isPaneOpen()) {
        return {};
    }
    return {m_view, m_view->pane()};
}

QList<QAction *> ContainersPage::actions() const
{
    QList<QAction *> all;
    if (m_runAction != nullptr) {
        all.append(m_runAction);
        all.append(m_loadAction);
        all.append(m_projectAction);
    }
    all.append(m_helloAction);
    if (m_view) {
        all.append(m_openAction);
        all.append(m_paneAction);
        all.append(m_terminalAction);
        all.append(m_logsAction);
        for (const ContainerAction action : allContainerActions) {
            all.append(m_commands->action(action));
        }
        all.append(m_offers->actions());
    }
    return all;
}

QWidget *ContainersPage::filterField() const
{
    if (isInDetails()) {
        return m_details->searchField();
    }
    if (isInLogs()) {
        return m_logs->searchField();
    }
    if (m_view && m_view->pane()->isAncestorOf(QApplication::focusWidget())) {
        return m_view->pane()->view()->searchField();
    }
    return m_view ? m_view->filterField() : nullptr;
}

void ContainersPage::refresh()
{
    m_controller.engine()->refresh();
    if (isInDetails()) {
        m_details->refresh();
    } else if (m_view) {
        m_view->pane()->view()->refresh();
    }
}

bool ContainersPage::canGoBack() const
{
    return isInDetails() || isInLogs() || isInForm();
}

bool ContainersPage::isInDetails() const
{
    return m_stack && m_stack->currentWidget() == m_details;
}

/// By a key, so the keyboard's place is shown.
void ContainersPage::goBack()
{
    if (isInLogs()) {
        leaveLogs(Qt::ShortcutFocusReason);
    } else {
        isInDetails() ? leaveDetails(Qt::ShortcutFocusReason) : leaveWizard();
    }
}

void ContainersPage::leaveDetails(Qt::FocusReason reason)
{
    if (isInDetails()) {
        const std::string id = m_details->containerId();
        m_stack->setCurrentWidget(m_view);
        m_details->close();
        m_view->table()->setCurrentId(id);
        m_view->table()->setFocus(reason);
        retarget();
        Q_EMIT canGoBackChanged();
    }
}

void ContainersPage::tellWhatIsOnScreen()
{
    std::vector<std::string> ids;
    if (m_stack && m_stack->isVisible()) {
        ids = isInDetails() ? std::vector{m_details->containerId()} : m_view->table()->visibleIds();
        const std::string &beside = m_view->pane()->view()->containerId();
        if (!beside.empty() && !std::ranges::contains(ids, beside)) {
            ids.push_back(beside);
        }
    }
    m_controller.engine()->setStatsVisible(ids);
}

void ContainersPage::showDetails(const std::string &id)
{
    widget();
    m_details->open(id);
    m_stack->setCurrentWidget(m_details);
    m_details->tabs()->setFocus(Qt::OtherFocusReason);
    retarget();
    Q_EMIT canGoBackChanged();
    Q_EMIT primaryActionChanged();
}

void ContainersPage::perform(ContainerAction action, const std::vector<std::string> &ids)
{
    switch (action) {
    case ContainerAction::Rename:
        if (ids.size() == 1) {
            askName(ids.front());
        }
        break;
    case ContainerAction::Kill:
        askSignal(ids);
        break;
    case ContainerAction::Remove:
        m_controller.requestRemoval(ids);
        break;
    case ContainerAction::Start:
    case ContainerAction::Stop:
    case ContainerAction::Restart:
    case ContainerAction::Pause:
    case ContainerAction::Unpause:
        m_controller.perform(action, ids);
        break;
    }
}

void ContainersPage::openPort(const PortLink &link)
{
    if (!link.tcp || link.port == 0) {
        return;
    }
    QUrl url;
    url.setScheme(QStringLiteral("http"));
    url.setHost(link.host, QUrl::StrictMode);
    url.setPort(link.port);
    if (url.isValid() && !url.host().isEmpty()) {
        m_openUrl(url);
    }
}

} // namespace roadstead::ui
