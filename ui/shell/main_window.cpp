// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/main_window.h"

#include "ui/shell/action_registry.h"
#include "ui/shell/activity_panel.h"
#include "ui/shell/command_bar.h"
#include "ui/shell/command_history.h"
#include "ui/shell/engine_popup.h"
#include "ui/shell/engine_situation.h"
#include "ui/shell/engine_state_page.h"
#include "ui/shell/keymap.h"
#include "ui/shell/loss_question.h"
#include "ui/shell/page_stack.h"
#include "ui/shell/palette.h"
#include "ui/shell/settings_page.h"
#include "ui/shell/sidebar.h"
#include "ui/shell/top_bar.h"
#include "ui/shell/window_drop.h"
#include "ui/text/engine_action_text.h"
#include "ui/text/error_text.h"
#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"
#include "ui/widgets/announce.h"
#include "ui/widgets/button.h"
#include "ui/widgets/dialog.h"
#include "ui/widgets/toast.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QCloseEvent>
#include <QHBoxLayout>
#include <QSettings>
#include <QStandardPaths>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace roadstead::ui {

namespace {

/// First widget inside `pane` that takes the keyboard by Tab, in reading order.
QWidget *firstStop(QWidget *pane)
{
    for (QWidget *w = pane->nextInFocusChain(); w != nullptr && w != pane;
         w = w->nextInFocusChain()) {
        if (pane->isAncestorOf(w) && w->isVisibleTo(pane) && w->isEnabled() &&
            (w->focusPolicy() & Qt::TabFocus) && w->focusProxy() == nullptr) {
            return w;
        }
    }
    return nullptr;
}

} // namespace

MainWindow::MainWindow(EngineView *engine, QWidget *parent)
    : QMainWindow(parent)
    , m_engine(engine)
    , m_actions(new ActionRegistry(this))
    , m_topBar(new TopBar(engine))
    , m_sidebar(new Sidebar(engine))
    , m_stack(new PageStack)
    , m_content(new PageStack)
    , m_statePage(new EngineStatePage(engine))
    , m_banner(new EngineBanner(engine))
    , m_commandBar(new CommandBar(engine))
    , m_toasts(new ToastHost(this))
    , m_palette(
          new CommandPalette([this](const QString &typed) { return paletteItems(typed); }, this))
    , m_activity(new ActivityPanel(engine, this))
    , m_settings(new SettingsPage(
          Autostart(QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation))))
    , m_losses(new LossQuestion([this] { return unsaved(); }, this))
{
    setObjectName(u"mainWindow"_s);
    setWindowTitle(u"Roadstead"_s);
    setWindowIcon(QIcon::fromTheme(u"roadstead"_s, icon(u"brand-logo"_s, Color::AccentSolid)));
    setMinimumSize(size::windowMin[0], size::windowMin[1]);
    layOut();
    makeActions();
    connectParts();
    watchEngine();
    restorePlace();
    refreshContent();
    new WindowDrop([this](const QStringList &paths) { return offerFor(paths); }, this);
}

MainWindow::~MainWindow() = default;

void MainWindow::layOut()
{
    auto *content = new QWidget;
    content->setAutoFillBackground(true);
    content->setBackgroundRole(QPalette::Base);
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_banner);
    column->addWidget(m_content, 1);
    m_content->addWidget(m_stack);
    m_content->addWidget(m_statePage);
    m_stack->addWidget(m_settings);
    m_content->setObjectName(u"content"_s);

    auto *middle = new QHBoxLayout;
    middle->setSpacing(0);
    middle->addWidget(m_sidebar);
    middle->addWidget(content, 1);
    auto *central = new QWidget;
    auto *layout = new QVBoxLayout(central);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_topBar);
    layout->addLayout(middle, 1);
    layout->addWidget(m_commandBar);
    setCentralWidget(central);
    m_toasts->setBottomInset(m_commandBar->height());
    m_palette->setBottomInset(m_commandBar->height());
    m_palette->raise();
}

void MainWindow::connectParts()
{
    connect(m_sidebar, &Sidebar::pageRequested, this, &MainWindow::showPage);
    connect(m_sidebar, &Sidebar::settingsRequested, this, &MainWindow::showSettings);
    connect(m_sidebar, &Sidebar::engineRequested, this, &MainWindow::showEnginePopup);
    connect(m_sidebar, &Sidebar::collapsedChanged, this,
            [](bool collapsed) { QSettings().setValue(u"window/sidebarCollapsed"_s, collapsed); });
    const auto showEngines = [this] { showEnginePopup(m_topBar->engineButton()); };
    connect(m_topBar->engineButton(), &QAbstractButton::clicked, this, showEngines);
    connect(m_statePage, &EngineStatePage::anotherRequested, this, showEngines);
    connect(m_topBar->searchButton(), &QAbstractButton::clicked, this,
            [this] { m_palette->open(); });
    connect(m_topBar->searchButton(), &SearchButton::typed, this,
            [this](const QString &text) { m_palette->open(text); });
    connect(m_topBar->activityButton(), &QAbstractButton::clicked, this,
            &MainWindow::toggleActivity);
    connect(m_activity, &ActivityPanel::runningChanged, m_topBar->activityButton(),
            &ActivityButton::setRunning);
    connect(m_activity, &ActivityPanel::closed, this, [this] {
        m_topBar->activityButton()->setChecked(false);
        m_topBar->activityButton()->setFocus(Qt::PopupFocusReason);
    });
    m_topBar->activityButton()->setRunning(m_activity->running());
    connect(m_toasts, &ToastHost::shown, m_activity, &ActivityPanel::add);
    connect(m_palette, &CommandPalette::hintChanged, this, [this](const QString &command) {
        m_commandBar->setHint(command, command.isEmpty() ? QString() : tr("when you press Enter"));
    });
    connect(m_palette, &CommandPalette::copyRequested, this, [](const QString &command) {
        if (!command.isEmpty()) {
            QApplication::clipboard()->setText(command);
        }
    });
    connect(m_commandBar, &CommandBar::historyRequested, this, &MainWindow::showHistory);
}

void MainWindow::makeActions()
{
    const auto add = [this](Keys keys, const QString &text, const QString &iconName, auto &&what) {
        auto *action = new QAction(icon(iconName), text, this);
        action->setShortcuts(keysFor(keys));
        connect(action, &QAction::triggered, this, std::forward<decltype(what)>(what));
        addAction(action);
        return action;
    };
    const QString window = tr("Window");
    add(Keys::Palette, tr("Command palette"), u"search"_s,
        [this] { m_palette->isOpen() ? m_palette->close() : m_palette->open(); });
    add(Keys::NextPane, tr("Next pane"), u"layout-sidebar"_s, [this] { cyclePanes(1); });
    add(Keys::PreviousPane, tr("Previous pane"), u"layout-sidebar"_s, [this] { cyclePanes(-1); });
    m_back = add(Keys::Back, tr("Back"), u"arrow-left"_s, [this] { goBack(); });
    add(Keys::Filter, tr("Filter"), u"funnel"_s, [this] {
        Page *page = currentPage();
        if (QWidget *field = page != nullptr ? page->filterField() : nullptr) {
            field->setFocus(Qt::ShortcutFocusReason);
        }
    });
    const auto offer = [&](QAction *action) { m_actions->add(action, window); };
    offer(add(Keys::ToggleSidebar, tr("Collapse or show the sidebar"), u"layout-sidebar"_s,
              [this] { m_sidebar->setCollapsed(!m_sidebar->isCollapsed()); }));
    offer(add(Keys::Refresh, tr("Refresh"), u"arrow-clockwise"_s, [this] {
        m_engine->lookAgain();
        if (Page *page = currentPage()) {
            page->refresh();
        }
    }));
    add(Keys::CopyCommand, tr("Copy the command"), u"copy"_s, [this] { m_commandBar->copy(); });
    offer(add(Keys::CommandHistory, tr("Command history"), u"clock-history"_s,
              [this] { showHistory(m_commandBar); }));
    offer(
        add(Keys::Shortcuts, tr("Keyboard shortcuts"), u"keyboard"_s, [this] { showShortcuts(); }));
    offer(add(Keys::Quit, tr("Quit, keep the engine running"), u"box-arrow-right"_s,
              [this] { quit(); }));
    for (int i = 1; i <= 9; ++i) {
        auto *go = new QAction(this);
        go->setShortcut(QKeySequence(u"Ctrl+%1"_s.arg(i)));
        connect(go, &QAction::triggered, this, [this, i] { showPage(m_sidebar->pageAt(i - 1)); });
        addAction(go);
    }
}

void MainWindow::watchEngine()
{
    connect(m_engine, &EngineView::stateChanged, this, &MainWindow::refreshContent);
    connect(m_engine, &EngineView::verbFinished, this,
            [this](EngineVerb verb, const std::optional<Error> &error) {
                if (!error || error->kind == ErrorKind::Cancelled) {
                    return;
                }
                Error named = *error;
                named.operation = verb == EngineVerb::Start  ? "engine.start"
                                  : verb == EngineVerb::Stop ? "engine.stop"
                                                             : "engine.restart";
                const Explanation words = describeEngineAction(named, m_engine->command(verb));
                m_toasts->show({ToastKind::Error,
                                words.title,
                                words.body(),
                                {{u"toastRetry"_s, tr("Try again"), m_engine->command(verb),
                                  [this, verb] { m_engine->run(verb); }}},
                                words.rawDetail});
            });
}

void MainWindow::setEngineChoice(EngineChoice *choice)
{
    m_choice = choice;
    m_statePage->setOffersAnother(choice != nullptr);
    delete m_enginePopup;
}

void MainWindow::cyclePanes(int step)
{
    QList<QWidget *> panes{m_topBar, m_sidebar};
    const Page *page = m_content->currentWidget() == m_stack ? currentPage() : nullptr;
    const QList<QWidget *> inside = page != nullptr ? page->panes() : QList<QWidget *>();
    panes += inside.isEmpty() ? QList<QWidget *>{m_content} : inside;
    if (m_activity->isVisible()) {
        panes << m_activity;
    }
    panes << m_commandBar;
    for (Toast *toast : m_toasts->toasts()) {
        panes << toast;
    }
    const QWidget *focused = focusWidget();
    int now = -1;
    for (int i = 0; i < panes.size(); ++i) {
        if (focused != nullptr && panes.at(i)->isAncestorOf(focused)) {
            now = i;
        }
    }
    const auto count = static_cast<int>(panes.size());
    for (int tried = 1; tried <= count; ++tried) {
        const int next = ((now < 0 && step < 0 ? 0 : now) + step * tried + 2 * count) % count;
        if (QWidget *stop = firstStop(panes.at(next))) {
            stop->setFocus(step > 0 ? Qt::TabFocusReason : Qt::BacktabFocusReason);
            return;
        }
    }
}

void MainWindow::toggleActivity()
{
    if (m_activity->isVisible()) {
        m_activity->close();
        return;
    }
    m_topBar->activityButton()->setChecked(true);
    m_activity->open(m_topBar->height(), m_commandBar->height());
}

void MainWindow::showActivity()
{
    if (!m_activity->isVisible()) {
        toggleActivity();
    }
}

void MainWindow::showEnginePopup(QWidget *anchor)
{
    if (m_enginePopup == nullptr) {
        m_enginePopup = new EnginePopup(m_engine, m_choice, this);
        connect(m_enginePopup, &EnginePopup::addWanted, this, &MainWindow::addEngineRequested);
        connect(m_enginePopup, &EnginePopup::editWanted, this, &MainWindow::editEngineRequested);
        connect(m_enginePopup, &EnginePopup::removeWanted, this,
                &MainWindow::removeEngineRequested);
    }
    m_enginePopup->popUp(anchor);
}

void MainWindow::showHistory(QWidget *anchor)
{
    if (m_historyPopup == nullptr) {
        m_historyPopup = new CommandHistoryPopup(m_engine, this);
    }
    m_historyPopup->popUp(anchor);
}

void MainWindow::runVerb(EngineVerb verb)
{
    m_engine->run(verb);
}

void MainWindow::setTrayPresent(bool present)
{
    m_trayPresent = present;
    m_settings->setTrayPresent(present);
}

void MainWindow::present()
{
    show();
    setWindowState((windowState() & ~Qt::WindowMinimized) | Qt::WindowActive);
    raise();
    activateWindow();
}

void MainWindow::askBeforeQuitting()
{
    auto *ask = new Dialog(u"quitDialog"_s, tr("Quit Roadstead?"), this);
    ask->setText(tr("There is no tray to stay in, so closing the window ends Roadstead. The engine "
                    "and its containers keep running. This is asked once."));
    ask->setVerb(tr("Quit"), ButtonKind::Primary);
    connect(ask, &QDialog::accepted, this, [this] {
        QSettings().setValue(u"window/closeAsked"_s, true);
        quit();
    });
    ask->open();
}

QList<Unsaved> MainWindow::unsaved() const
{
    QList<Unsaved> all;
    for (Page *page : m_pages) {
        all += page->unsaved();
    }
    for (const Dialog *dialog : findChildren<Dialog *>()) {
        if (!dialog->isHidden() && dialog->isFilled()) {
            all.append({u"pencil"_s, tr("What is typed at: %1").arg(dialog->windowTitle()), {}});
        }
    }
    return all;
}

bool MainWindow::endSession(bool mayAsk)
{
    if (unsaved().isEmpty()) {
        return true;
    }
    if (mayAsk) {
        quit();
        return false;
    }
    for (Page *page : m_pages) {
        page->keepDrafts();
    }
    return true;
}

void MainWindow::leave(Leaving leaving, const std::function<void()> &goOn)
{
    if (!unsaved().isEmpty()) {
        present(); // it may be hidden in the tray
    }
    m_losses->ask(leaving, goOn);
}

void MainWindow::quit()
{
    leave(Leaving::Program, [this] { end(); });
}

void MainWindow::end()
{
    // Qt closes every window before it ends, and a window that hides instead would stop that.
    m_quitting = true;
    Q_EMIT quitRequested();
    close();
}

void MainWindow::prepareToEnd()
{
    m_quitting = true;
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    savePlace();
    if (m_trayPresent && !m_quitting) {
        event->ignore();
        hide();
        return;
    }
    const bool mayEnd = QSettings().value(u"window/closeAsked"_s, false).toBool();
    if (!m_quitting && mayEnd && unsaved().isEmpty()) {
        m_quitting = true;
        Q_EMIT quitRequested();
    }
    if (m_quitting) {
        m_toasts->expireAll();
        event->accept();
        return;
    }
    event->ignore();
    if (mayEnd) {
        quit();
    } else if (findChild<QDialog *>(u"quitDialog"_s) == nullptr) {
        askBeforeQuitting();
    }
}

void MainWindow::resizeEvent(QResizeEvent *event)
{
    QMainWindow::resizeEvent(event);
    m_toasts->setBottomInset(m_commandBar->height());
}

void MainWindow::restorePlace()
{
    const QSettings settings;
    resize(size::windowDefault[0], size::windowDefault[1]);
    restoreGeometry(settings.value(u"window/geometry"_s).toByteArray());
    m_sidebar->setCollapsed(settings.value(u"window/sidebarCollapsed"_s, false).toBool());
}

void MainWindow::savePlace() const
{
    QSettings().setValue(u"window/geometry"_s, saveGeometry());
}

} // namespace roadstead::ui
