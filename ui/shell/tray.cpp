// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/tray.h"

#include "ui/shell/engine_situation.h"
#include "ui/shell/main_window.h"
#include "ui/shell/page.h"
#include "ui/shell/tray_detector.h"
#include "ui/text/display_text.h"
#include "ui/text/formats.h"
#include "ui/theme/icons.h"
#include "ui/theme/state_mark.h"
#include "ui/theme/theme.h"
#include "ui/widgets/command_hint.h"

#include <KStatusNotifierItem>

#include <QMenu>
#include <QPainter>

#include <chrono>

using namespace Qt::StringLiterals;

namespace roadstead::ui {

namespace {

QString drawingOf(TrayState state)
{
    switch (state) {
    case TrayState::Running:
        return u"tray-running"_s;
    case TrayState::Starting:
        return u"tray-starting"_s;
    case TrayState::Stopped:
        return u"tray-stopped"_s;
    case TrayState::Attention:
        return u"tray-attention"_s;
    case TrayState::NoReply:
        return u"tray-silent"_s;
    }
    return {};
}

QIcon markIcon(StateMark mark)
{
    QIcon result;
    for (const int side : {16, 22, 32}) {
        QPixmap pixmap(side, side);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paintStateMark(&painter, pixmap.rect(), mark, 0.1);
        painter.end();
        result.addPixmap(pixmap);
    }
    return result;
}

QString countsText(const EngineCounts &counts)
{
    const QString running = Tray::tr("%n running", nullptr, counts.running);
    return counts.unhealthy > 0
               ? Tray::tr("%1, %n unhealthy", nullptr, counts.unhealthy).arg(running)
               : running;
}

} // namespace

TrayState trayStateOf(const EngineView &engine)
{
    switch (situationOf(engine)) {
    case Situation::Ready:
        return engine.counts().unhealthy > 0 ? TrayState::Attention : TrayState::Running;
    case Situation::Connecting:
    case Situation::Starting:
    case Situation::Stopping:
        return TrayState::Starting;
    case Situation::NotInstalled:
    case Situation::Stopped:
        return TrayState::Stopped;
    case Situation::Failed:
        return TrayState::Attention;
    case Situation::NoAccess:
    case Situation::NotAnswering:
    case Situation::Unreachable:
        return TrayState::NoReply;
    }
    return TrayState::Stopped;
}

QString trayIconName(TrayState state)
{
    return u"roadstead-"_s + drawingOf(state);
}

bool panelColoursIcons(const QString &desktops)
{
    const QStringList names = desktops.split(u':');
    return names.contains(u"KDE"_s) || names.contains(u"LXQt"_s);
}

QIcon trayIcon(TrayState state)
{
    // GNOME's panel is dark whatever the scheme of windows is.
    const bool darkPanel = qEnvironmentVariable("XDG_CURRENT_DESKTOP").contains(u"GNOME"_s);
    const QIcon themed = icon(drawingOf(state), darkPanel ? Color::OnAccent : Color::Text);
    QIcon result;
    for (const int side : {16, 22, 24, 32, 44, 48, 64}) {
        result.addPixmap(themed.pixmap(QSize(side, side), 1.0));
    }
    return result;
}

Tray::Tray(EngineView *engine, MainWindow *window, QObject *parent)
    : QObject(parent)
    , m_engine(engine)
    , m_window(window)
    , m_item(new KStatusNotifierItem(u"org.roadstead.Roadstead"_s, this))
    , m_menu(new QMenu)
    , m_state(new QAction(m_menu))
    , m_counts(new QAction(m_menu))
    , m_tasks(new QMenu(m_menu))
    , m_start(new QAction(icon(u"play"_s), tr("Start engine"), m_menu))
    , m_restart(new QAction(icon(u"arrow-clockwise"_s), tr("Restart engine"), m_menu))
    , m_stop(new QAction(icon(u"stop"_s), tr("Stop engine"), m_menu))
{
    m_item->setCategory(KStatusNotifierItem::ApplicationStatus);
    m_item->setTitle(u"Roadstead"_s);
    m_item->setStandardActionsEnabled(false);
    m_item->setStatus(KStatusNotifierItem::Active);
    fillMenu();
    m_item->setContextMenu(m_menu);
    connect(m_item, &KStatusNotifierItem::activateRequested, this, [this] {
        m_window->isVisible() && m_window->isActiveWindow() ? m_window->hide()
                                                            : m_window->present();
    });
    connect(engine, &EngineView::stateChanged, this, &Tray::refresh);
    connect(engine, &EngineView::countsChanged, this, &Tray::refresh);
    connect(m_menu, &QMenu::aboutToShow, this, [this] {
        refresh();
        refreshEntries();
    });
    connect(engine, &EngineView::historyChanged, this, &Tray::refreshTasks);
    constexpr std::chrono::seconds tipInterval{3};
    m_later.setSingleShot(true);
    m_later.setInterval(tipInterval);
    connect(&m_later, &QTimer::timeout, this, &Tray::refreshTip);
    connect(engine, &EngineView::usageChanged, this, [this] {
        if (!m_engine->usage()) {
            refreshTip(); // at once: what was measured is no longer so
        } else if (!m_later.isActive()) {
            m_later.start();
        }
    });
    connect(&Theme::instance(), &Theme::changed, this, [this] {
        m_drawn = false;
        refresh();
    });
    auto *detector = new TrayDetector(this);
    connect(detector, &TrayDetector::found, this, [this](bool present) {
        m_window->setTrayPresent(present);
        if (!present && !m_window->isVisible()) {
            m_window->present(); // else there would be nothing to see, and no way back
        }
    });
    refresh();
    refreshTasks();
    refreshEntries();
}

Tray::~Tray() = default;

void Tray::fillMenu()
{
    m_menu->setObjectName(u"trayMenu"_s);
    m_counts->setEnabled(false);
    m_menu->addAction(m_state);
    m_menu->addAction(m_counts);
    m_tasks->setObjectName(u"trayTasks"_s);
    m_tasks->setIcon(icon(u"activity"_s));
    m_menu->addMenu(m_tasks);
    m_menu->addSeparator();
    m_entriesEnd = m_menu->addSeparator();
    QAction *open = m_menu->addAction(icon(u"container"_s), tr("Open Roadstead"));
    m_menu->addSeparator();
    m_menu->addAction(m_start);
    m_menu->addAction(m_restart);
    m_menu->addAction(m_stop);
    m_menu->addSeparator();
    QAction *settings = m_menu->addAction(icon(u"gear"_s), tr("Settings…"));
    QAction *quit = m_menu->addAction(icon(u"box-arrow-right"_s), tr("Quit, keep engine running"));
    m_state->setObjectName(u"trayStateLine"_s);
    m_counts->setObjectName(u"trayCounts"_s);
    open->setObjectName(u"trayOpen"_s);
    m_start->setObjectName(u"trayStart"_s);
    m_restart->setObjectName(u"trayRestart"_s);
    m_stop->setObjectName(u"trayStop"_s);
    settings->setObjectName(u"traySettings"_s);
    quit->setObjectName(u"trayQuit"_s);

    connect(m_state, &QAction::triggered, m_window, &MainWindow::present);
    connect(open, &QAction::triggered, m_window, &MainWindow::present);
    connect(m_start, &QAction::triggered, this, [this] { m_engine->run(EngineVerb::Start); });
    connect(m_restart, &QAction::triggered, this, [this] { m_engine->run(EngineVerb::Restart); });
    connect(m_stop, &QAction::triggered, this, [this] { m_engine->run(EngineVerb::Stop); });
    connect(settings, &QAction::triggered, this, [this] {
        m_window->showSettings();
        m_window->present();
    });
    connect(quit, &QAction::triggered, m_window, &MainWindow::quit);
}

void Tray::refresh()
{
    const SituationText text = describeSituation(*m_engine, QDateTime::currentDateTime());
    const Situation situation = situationOf(*m_engine);
    const TrayState state = trayStateOf(*m_engine);
    if (!m_drawn || state != m_shown) {
        m_drawn = true;
        m_shown = state;
        showIcon(state);
    }
    m_state->setText(tr("%1, %2", "engine, state").arg(m_engine->name(), text.word.toLower()));
    m_state->setIcon(markIcon(text.mark));
    const bool counted = keepsContent(*m_engine);
    m_counts->setText(countsText(m_engine->counts()));
    m_counts->setVisible(counted);

    const bool ours = m_engine->isEmbedded();
    const bool idle = !m_engine->isBusy() && situation != Situation::Stopping;
    const bool down = situation == Situation::Stopped || situation == Situation::Failed ||
                      situation == Situation::NotInstalled;
    m_start->setVisible(ours && down);
    m_start->setEnabled(idle && situation != Situation::NotInstalled);
    m_restart->setVisible(ours && !down);
    m_restart->setEnabled(idle);
    // An engine that failed may have left containers running.
    m_stop->setVisible(ours && (!down || situation == Situation::Failed));
    m_stop->setEnabled(m_engine->mayRun(EngineVerb::Stop) && situation != Situation::Stopping);
    setCommandHint(m_start, m_engine->command(EngineVerb::Start));
    setCommandHint(m_restart, m_engine->command(EngineVerb::Restart));
    setCommandHint(m_stop, m_engine->command(EngineVerb::Stop));

    refreshTip();
}

void Tray::showIcon(TrayState state)
{
    const QString name = trayIconName(state);
    if (panelColoursIcons(qEnvironmentVariable("XDG_CURRENT_DESKTOP")) &&
        QIcon::hasThemeIcon(name)) {
        m_item->setIconByName(name);
    } else {
        m_item->setIconByPixmap(trayIcon(state));
    }
}

void Tray::refreshTip()
{
    const Situation situation = situationOf(*m_engine);
    const SituationText text = describeSituation(*m_engine, QDateTime::currentDateTime());
    const QString title = keepsContent(*m_engine)
                              ? tr("Roadstead: %1").arg(countsText(m_engine->counts()))
                              : tr("Roadstead: engine %1").arg(text.word.toLower());
    m_detail.clear();
    if (const auto usage = m_engine->usage(); usage && situation == Situation::Ready) {
        m_detail = tr("CPU %1, memory %2")
                       .arg(percentText(usage->cpuPercent, 0),
                            memoryOfText(usage->memory, usage->memoryAll));
    }
    m_item->setToolTip(trayIcon(trayStateOf(*m_engine)), title, m_detail);
}

/// What runs now, newest first; each leads to Activity, where it can be stopped.
void Tray::refreshTasks()
{
    constexpr int most = 8;
    m_tasks->clear();
    int running = 0;
    const QList<service::CommandRecord> &history = m_engine->history();
    for (auto record = history.rbegin(); record != history.rend(); ++record) {
        if (record->milliseconds || ++running > most) {
            continue;
        }
        QAction *task = m_tasks->addAction(plainLabel(displayText(record->line, 60)));
        task->setObjectName(u"trayTask%1"_s.arg(record->id));
        connect(task, &QAction::triggered, this, [this] {
            m_window->present();
            m_window->showActivity();
        });
    }
    m_tasks->setTitle(tr("%n tasks running", nullptr, running));
    m_tasks->menuAction()->setVisible(running > 0);
}

void Tray::refreshEntries()
{
    QList<TrayEntry> entries;
    QString shown;
    if (keepsContent(*m_engine)) {
        for (const Page *page : m_window->pages()) {
            entries += page->trayEntries();
        }
    }
    for (const TrayEntry &entry : entries) {
        shown += entry.text + u'\n';
        for (const TrayEntry::Deed &deed : entry.deeds) {
            shown += deed.text + u'\t' + deed.command + u'\n';
        }
    }
    if (shown == m_entriesShown) {
        return; // a menu that is open stays as it is
    }
    m_entriesShown = shown;
    qDeleteAll(m_entries);
    m_entries.clear();
    for (const TrayEntry &entry : entries) {
        auto *menu = new QMenu(plainLabel(entry.text), m_menu);
        menu->setObjectName(entry.name);
        menu->setIcon(icon(entry.iconName));
        for (const TrayEntry::Deed &deed : entry.deeds) {
            QAction *action = menu->addAction(icon(deed.iconName), plainLabel(deed.text));
            action->setObjectName(deed.name);
            setCommandHint(action, deed.command);
            connect(action, &QAction::triggered, this, deed.run);
        }
        m_menu->insertMenu(m_entriesEnd, menu);
        m_entries << menu;
    }
    m_entriesEnd->setVisible(!entries.isEmpty());
}

} // namespace roadstead::ui
