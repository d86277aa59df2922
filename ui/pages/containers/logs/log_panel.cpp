// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/containers/logs/log_panel.h"

#include "ui/pages/containers/logs/log_bar_row.h"
#include "ui/pages/containers/logs/log_commands.h"
#include "ui/pages/containers/logs/log_save_dialog.h"
#include "ui/pages/containers/logs/log_search_bar.h"
#include "ui/pages/containers/logs/log_time_field.h"
#include "ui/pages/containers/logs/log_view.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/command_hint.h"
#include "ui/widgets/command_strip.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/label.h"
#include "ui/widgets/running_line.h"
#include "ui/widgets/segmented.h"

#include <QDir>
#include <QHBoxLayout>
#include <QMenu>
#include <QStackedLayout>
#include <QStandardPaths>

#include <algorithm>
#include <array>
#include <utility>

namespace roadstead::ui {

namespace {

using store::LineLevel;
using store::LineStream;

constexpr int rateInterval = 1000;

/// Apart from each other, and readable on the ground of a log.
constexpr std::array containerTones{Color::Chart1, Color::Chart3, Color::Chart2,
                                    Color::Ok,     Color::Chart4, Color::Text2};

} // namespace

LogPanel::LogPanel(ContainerEngine *engine, Form form, QWidget *parent)
    : QWidget(parent)
    , m_engine(engine)
    , m_form(form)
    , m_view(new LogView(this))
    , m_search(new LogSearchBar(m_view, this))
    , m_message(new EmptyState(QStringLiteral("logsMessage"), this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(buildBar());
    layout->addWidget(new Separator(Qt::Horizontal, this));
    m_stack = new QStackedLayout;
    m_stack->addWidget(m_view);
    m_stack->addWidget(m_message);
    layout->addLayout(m_stack, 1);
    layout->addWidget(buildSaveStrip());
    layout->addWidget(new Separator(Qt::Horizontal, this));
    layout->addWidget(buildStatus());
    m_clock.start();
    m_rateTimer.setInterval(rateInterval);
    connect(&m_rateTimer, &QTimer::timeout, this, &LogPanel::showStatus);
    connectView();
    showState();
}

LogPanel::~LogPanel()
{
    m_search->stop();
    m_view->setLogs({});
}

void LogPanel::connectView()
{
    connect(m_message, &EmptyState::primaryPressed, this, &LogPanel::clearFilter);
    connect(m_view, &LogView::followingChanged, m_follow, &Button::setChecked);
    connect(m_view, &LogView::followingChanged, this, &LogPanel::showCommand);
    connect(m_view, &LogView::followingChanged, this, &LogPanel::showStatus);
    connect(m_view, &LogView::scrolled, this, &LogPanel::showLines);
    connect(m_view, &LogView::topReached, this, [this] {
        for (const Entry &entry : m_entries) {
            if (entry.feed) {
                entry.feed->readOlder();
            }
        }
    });
    connect(m_engine, &ContainerEngine::linkChanged, this, [this] {
        for (const Entry &entry : m_entries) {
            if (entry.feed) {
                entry.feed->setLive(m_engine->link() == service::Link::Live);
            }
        }
        showState();
    });
}

Color LogPanel::toneOf(std::size_t container)
{
    return containerTones[container % containerTones.size()];
}

QWidget *LogPanel::buildBar()
{
    auto *bar = new QWidget(this);
    auto *rows = new QVBoxLayout(bar);
    rows->setContentsMargins(space::s4, space::s2, space::s4, space::s2);
    rows->setSpacing(space::s2);
    rows->addWidget(new LogBarRow(m_search, buildSwitches(bar), bar));
    rows->addWidget(new LogBarRow(buildFilters(bar), buildStreams(bar), bar));
    return bar;
}

QWidget *LogPanel::buildSwitches(QWidget *bar)
{
    auto *switches = new QWidget(bar);
    auto *flow = new FlowLayout(switches);
    flow->setContentsMargins(0, 0, 0, 0);
    flow->setSpacing(space::s2);
    const auto toggle = [&](const char *name, const QString &text, const char *iconName, bool on) {
        auto *button = new Button(QLatin1StringView(name), text, ButtonKind::Normal, switches);
        button->setIconName(QLatin1StringView(iconName));
        button->setCheckable(true);
        button->setChecked(on);
        flow->addWidget(button);
        return button;
    };
    m_timestamps = toggle("logsTimestamps", tr("Timestamps"), "clock", true);
    m_wrap = toggle("logsWrap", tr("Wrap"), "wrap", false);
    m_follow = toggle("logsFollow", tr("Follow"), "arrow-down", true);
    m_wrap->setToolTip(tr("Break long lines to the width of the view"));
    m_save = new IconButton(QStringLiteral("logsSave"), QStringLiteral("download"), tr("Save…"),
                            switches);
    m_more = new IconButton(QStringLiteral("logsMore"), QStringLiteral("three-dots"),
                            tr("More actions"), switches);
    for (IconButton *button : {m_save, m_more}) {
        button->setBordered(true);
        flow->addWidget(button);
    }
    connect(m_timestamps, &Button::toggled, m_view, &LogView::setTimestampsShown);
    connect(m_wrap, &Button::toggled, m_view, &LogView::setWrapped);
    connect(m_follow, &Button::toggled, m_view, &LogView::setFollowing);
    connect(m_save, &IconButton::clicked, this, &LogPanel::askSave);
    connect(m_more, &IconButton::clicked, this, &LogPanel::showMenu);
    return switches;
}

QWidget *LogPanel::buildFilters(QWidget *bar)
{
    auto *filters = new QWidget(bar);
    auto *flow = new FlowLayout(filters);
    flow->setContentsMargins(0, 0, 0, 0);
    flow->setSpacing(space::s2);
    m_levels = new ChipGroup(QStringLiteral("logsLevels"), tr("Levels"), filters);
    m_levels->addChip(anyLevel, QStringLiteral("logsAllLevels"), tr("All levels"));
    const auto level = [this](LineLevel id, const char *name, const QString &text, Color swatch) {
        m_levels->addChip(int(id), QLatin1StringView(name), text)->setSwatch(swatch);
    };
    level(LineLevel::Error, "logsErrors", tr("Error"), Color::DangerMark);
    level(LineLevel::Warning, "logsWarnings", tr("Warning"), Color::WarnMark);
    level(LineLevel::Info, "logsInfos", tr("Info"), Color::Accent);
    level(LineLevel::Debug, "logsDebugs", tr("Debug"), Color::NeutralMark);
    m_levels->choose(anyLevel);
    flow->addWidget(m_levels);
    auto *time = new LogTimeField(m_view, filters);
    flow->addWidget(time);
    connect(time, &LogTimeField::told, this, [this](const QString &what) {
        m_mark->hide();
        m_status->setTone(what.isEmpty() ? Color::Text2 : Color::Danger);
        m_status->setText(what);
        if (what.isEmpty()) {
            showState();
        }
    });
    connect(m_levels, &ChipGroup::chosenChanged, this, &LogPanel::applyFilter);
    return filters;
}

QWidget *LogPanel::buildStreams(QWidget *bar)
{
    auto *streams = new QWidget(bar);
    auto *row = new QHBoxLayout(streams);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::s2);
    row->addWidget(new Label(tr("Stream"), FontRole::Small, Color::Text3, streams));
    m_streams = new Segmented(QStringLiteral("logsStreams"), tr("Stream"), streams);
    m_streams->addChoice(bothStreams, QStringLiteral("logsBoth"), tr("Both"));
    m_streams->addChoice(int(LineStream::Stdout), QStringLiteral("logsStdout"),
                         QStringLiteral("stdout"));
    m_streams->addChoice(int(LineStream::Stderr), QStringLiteral("logsStderr"),
                         QStringLiteral("stderr"));
    m_streams->choose(bothStreams);
    row->addWidget(m_streams);
    row->addStretch();
    connect(m_streams, &Segmented::chosenChanged, this, &LogPanel::applyFilter);
    return streams;
}

void LogPanel::showMenu()
{
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("logsMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [&](const char *name, const QString &text, bool enabled, auto act) {
        QAction *action = menu->addAction(text);
        action->setObjectName(QLatin1StringView(name));
        action->setEnabled(enabled);
        connect(action, &QAction::triggered, this, act);
    };
    const bool any = m_view->rows() > 0;
    add("logsMenuCopy", tr("Copy the selected lines"), any, [this] { m_view->copy(); });
    add("logsMenuSelectAll", tr("Select all lines"), any, [this] { m_view->selectAll(); });
    menu->addSeparator();
    add("logsMenuReadAll", tr("Read all older lines"), hasOlder() && !isReadingOlder(),
        [this] { readAll(); });
    add("logsMenuSave", tr("Save…"), m_save->isEnabled(), [this] { askSave(); });
    menu->popup(m_more->mapToGlobal(QPoint(0, m_more->height())));
}

void LogPanel::setContainers(const std::vector<LogContainer> &containers)
{
    for (const LogContainer &container : containers) {
        const auto known = std::ranges::find(m_entries, container.id,
                                             [](const Entry &entry) { return entry.container.id; });
        if (known == m_entries.end()) {
            m_entries.push_back({container, {}});
            continue;
        }
        known->container = container;
        if (known->feed) {
            known->feed->setAlive(container.alive);
        }
    }
    m_view->setAccessibleName(m_form == Form::One && !containers.empty()
                                  ? tr("Log of %1").arg(containers.front().name)
                                  : tr("Log lines"));
    showCommand();
    if (m_shown) {
        openFeeds();
    }
}

void LogPanel::setProject(const std::string &project)
{
    m_project = project;
    showCommand();
}

QString LogPanel::followCommand() const
{
    std::vector<LogContainer> containers;
    std::ranges::transform(m_entries, std::back_inserter(containers), &Entry::container);
    return containers.empty() ? QString()
                              : logFollowCommand(containers, m_project, service::LogTiming().tail);
}

void LogPanel::showCommand()
{
    const QString line = followCommand();
    setCommandHint(m_follow, line);
    const bool follows = m_shown && m_view->isFollowing() && m_view->rows() > 0 &&
                         state() == service::LogState::Following;
    RunningLines::instance().set(this, follows ? line : QString());
}

void LogPanel::clear()
{
    m_search->stop();
    m_view->setLogs({});
    m_entries.clear();
    m_storeError.reset();
    m_project.clear();
    m_rate.clear();
    showState();
}

void LogPanel::setShown(bool shown)
{
    m_shown = shown;
    if (shown) {
        openFeeds();
        m_rateTimer.start();
        return;
    }
    m_rateTimer.stop();
    m_rate.clear();
    showCommand();
    for (const Entry &entry : m_entries) {
        if (entry.feed) {
            entry.feed->close();
        }
    }
}

void LogPanel::setContainerShown(const std::string &id, bool shown)
{
    for (std::size_t i = 0; i < m_entries.size(); ++i) {
        if (m_entries[i].container.id == id) {
            m_entries[i].shown = shown;
            m_view->setLogShown(i, shown);
        }
    }
    m_search->restart();
    showLines();
    showState();
}

QWidget *LogPanel::searchField() const
{
    return m_search->field();
}

void LogPanel::openFeeds()
{
    bool joined = false;
    for (Entry &entry : m_entries) {
        if (!entry.feed && !m_storeError) {
            openFeed(entry);
            joined = true;
        }
        if (entry.feed) {
            entry.feed->open();
        }
    }
    if (joined) {
        applyFilter();
        m_search->restart();
    }
    showState();
}

void LogPanel::openFeed(Entry &entry)
{
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::CacheLocation);
    QDir().mkpath(folder);
    const auto made = store::LineStore::make(folder.toStdString());
    if (!made) {
        m_storeError = made.error();
        return;
    }
    entry.feed = std::make_unique<service::LogFeed>(m_engine->logSource(entry.container.id), *made);
    entry.feed->setAlive(entry.container.alive);
    connect(entry.feed.get(), &service::LogFeed::linesChanged, this, &LogPanel::linesChanged);
    connect(entry.feed.get(), &service::LogFeed::stateChanged, this, &LogPanel::showState);
    connect(entry.feed.get(), &service::LogFeed::olderChanged, this, &LogPanel::showState);
    ShownLog log{*made, entry.container.name, entry.container.rawName,
                 toneOf(std::size_t(&entry - m_entries.data()))};
    if (m_view->logs().empty()) {
        std::vector<ShownLog> first;
        first.push_back(std::move(log));
        m_view->setLogs(std::move(first), m_form == Form::Merged);
    } else {
        m_search->stop();
        m_view->addLog(std::move(log));
    }
    m_view->setLogShown(m_view->logs().size() - 1, entry.shown);
}

void LogPanel::linesChanged()
{
    m_view->refresh();
    m_search->refresh();
    if (state() == service::LogState::Following) {
        std::int64_t appended = 0;
        for (const Entry &entry : m_entries) {
            appended += entry.feed ? entry.feed->store()->range().end : 0;
        }
        m_rate.add(m_clock.elapsed(), appended);
    }
    showLines();
    showState();
}

void LogPanel::readAll()
{
    for (const Entry &entry : m_entries) {
        if (entry.feed) {
            entry.feed->readAll();
        }
    }
}

void LogPanel::applyFilter()
{
    store::ClassMask wanted = 0;
    for (const LineStream stream : {LineStream::Stdout, LineStream::Stderr}) {
        for (std::size_t level = 0; level < store::levelCount; ++level) {
            const bool streamFits =
                m_streams->chosen() == bothStreams || m_streams->chosen() == int(stream);
            const bool levelFits =
                m_levels->chosen() == anyLevel || m_levels->chosen() == int(level);
            if (streamFits && levelFits) {
                wanted |= store::ClassMask(1U << store::classOf(stream, LineLevel(level)));
            }
        }
    }
    m_view->setWanted(wanted);
    m_search->setWanted(wanted);
    showLines();
    showState();
}

void LogPanel::clearFilter()
{
    m_levels->choose(anyLevel);
    m_streams->choose(bothStreams);
    applyFilter();
    Q_EMIT allContainersWanted();
}

} // namespace roadstead::ui
