// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/containers/logs/logs_tab.h"

#include "engine/docker/question.h"
#include "ui/pages/containers/logs/log_search_bar.h"
#include "ui/pages/containers/logs/log_time_field.h"
#include "ui/pages/containers/logs/log_view.h"
#include "ui/text/error_text.h"
#include "ui/text/formats.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/button.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/command_hint.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/label.h"
#include "ui/widgets/segmented.h"

#include <QDir>
#include <QHBoxLayout>
#include <QStackedLayout>
#include <QStandardPaths>
#include <QVBoxLayout>

#include <utility>

namespace roadstead::ui {

namespace {

using store::LineLevel;
using store::LineStream;

// Beside the levels and streams; button groups have no ids below 0.
constexpr int anyLevel = 100;
constexpr int bothStreams = 100;

} // namespace

LogsTab::LogsTab(ContainerEngine *engine, QWidget *parent)
    : DetailsTab(parent)
    , m_engine(engine)
    , m_view(new LogView(this))
    , m_search(new LogSearchBar(m_view, this))
    , m_message(new EmptyState(QStringLiteral("logsMessage"), this))
{
    setObjectName(QStringLiteral("logsTab"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(buildBar());
    m_stack = new QStackedLayout;
    m_stack->addWidget(m_view);
    m_stack->addWidget(m_message);
    layout->addLayout(m_stack, 1);
    layout->addWidget(buildStatus());
    connect(m_view, &LogView::followingChanged, m_follow, &Button::setChecked);
    connect(m_view, &LogView::scrolled, this, &LogsTab::showLines);
    connect(m_view, &LogView::topReached, this, [this] {
        if (m_feed) {
            m_feed->readOlder();
        }
    });
    connect(m_engine, &ContainerEngine::linkChanged, this, [this] {
        if (m_feed) {
            m_feed->setLive(m_engine->link() == service::Link::Live);
        }
        showState();
    });
    showState();
}

LogsTab::~LogsTab()
{
    m_search->setStore(nullptr);
    m_view->setStore(nullptr);
}

QWidget *LogsTab::buildBar()
{
    auto *bar = new QWidget(this);
    auto *margins = new QVBoxLayout(bar);
    margins->setContentsMargins(space::s4, space::s2, space::s4, space::s2);
    auto *controls = new QWidget(bar);
    margins->setSpacing(space::s2);
    margins->addWidget(m_search);
    margins->addWidget(controls);
    auto *flow = new FlowLayout(controls);
    flow->setContentsMargins(0, 0, 0, 0);
    flow->setSpacing(space::s2);
    m_levels = new ChipGroup(QStringLiteral("logsLevels"), tr("Levels"), bar);
    m_levels->addChip(anyLevel, QStringLiteral("logsAllLevels"), tr("All levels"));
    m_levels->addChip(int(LineLevel::Error), QStringLiteral("logsErrors"), tr("Error"));
    m_levels->addChip(int(LineLevel::Warning), QStringLiteral("logsWarnings"), tr("Warning"));
    m_levels->addChip(int(LineLevel::Info), QStringLiteral("logsInfos"), tr("Info"));
    m_levels->addChip(int(LineLevel::Debug), QStringLiteral("logsDebugs"), tr("Debug"));
    m_levels->choose(anyLevel);
    m_streams = new Segmented(QStringLiteral("logsStreams"), tr("Stream"), bar);
    m_streams->addChoice(bothStreams, QStringLiteral("logsBoth"), tr("Both"));
    m_streams->addChoice(int(LineStream::Stdout), QStringLiteral("logsStdout"),
                         QStringLiteral("stdout"));
    m_streams->addChoice(int(LineStream::Stderr), QStringLiteral("logsStderr"),
                         QStringLiteral("stderr"));
    m_streams->choose(bothStreams);
    m_timestamps =
        new Button(QStringLiteral("logsTimestamps"), tr("Timestamps"), ButtonKind::Normal, bar);
    m_timestamps->setIconName(QStringLiteral("clock"));
    m_follow = new Button(QStringLiteral("logsFollow"), tr("Follow"), ButtonKind::Normal, bar);
    m_follow->setIconName(QStringLiteral("arrow-down"));
    for (Button *button : {m_timestamps, m_follow}) {
        button->setLook(ButtonKind::Normal, ButtonSize::Small);
        button->setCheckable(true);
        button->setChecked(true);
    }
    for (QWidget *widget :
         {static_cast<QWidget *>(m_levels), static_cast<QWidget *>(m_streams),
          static_cast<QWidget *>(m_timestamps), static_cast<QWidget *>(m_follow)}) {
        flow->addWidget(widget);
    }
    auto *time = new LogTimeField(m_view, bar);
    flow->addWidget(time);
    connect(time, &LogTimeField::told, this, [this](const QString &what) {
        m_status->setTone(what.isEmpty() ? Color::Text2 : Color::Danger);
        m_status->setText(what);
        if (what.isEmpty()) {
            showState();
        }
    });
    connect(m_levels, &ChipGroup::chosenChanged, this, &LogsTab::applyFilter);
    connect(m_streams, &Segmented::chosenChanged, this, &LogsTab::applyFilter);
    connect(m_timestamps, &Button::toggled, m_view, &LogView::setTimestampsShown);
    connect(m_follow, &Button::toggled, m_view, &LogView::setFollowing);
    return bar;
}

QWidget *LogsTab::buildStatus()
{
    auto *line = new QWidget(this);
    auto *row = new QHBoxLayout(line);
    row->setContentsMargins(space::s4, space::s2, space::s4, space::s2);
    m_count = new Label({}, FontRole::Small, Color::Text2, line);
    m_count->setObjectName(QStringLiteral("logsCount"));
    m_status = new Label({}, FontRole::Small, Color::Text2, line);
    m_status->setObjectName(QStringLiteral("logsStatus"));
    row->addWidget(m_count);
    row->addStretch(1);
    row->addWidget(m_status);
    return line;
}

void LogsTab::setContainer(const ContainerRow &row)
{
    if (row.id != m_id) {
        clear();
        m_id = row.id;
    }
    if (m_name != row.rawName) {
        m_name = row.rawName;
        docker::LogOptions options{.tail = service::LogTiming().tail, .follow = true};
        options.timestamps = true;
        const docker::ReadLogs question{{row.id, row.rawName}, options};
        const QString line =
            QString::fromStdString(docker::commandLine(docker::arguments(question)));
        setCommandHint(m_view, line, tr("shows the same in a terminal"));
        setCommandHint(m_follow, line);
        m_view->setAccessibleName(tr("Log of %1").arg(row.name));
    }
    m_alive = row.isAlive();
    if (m_feed) {
        m_feed->setAlive(m_alive);
    }
    if (m_shown) {
        openFeed();
    }
}

void LogsTab::clear()
{
    m_search->setStore(nullptr);
    m_view->setStore(nullptr);
    m_feed.reset();
    m_storeError.reset();
    m_id.clear();
    m_name.clear();
    showState();
}

void LogsTab::setShown(bool shown)
{
    m_shown = shown;
    if (shown) {
        openFeed();
    } else if (m_feed) {
        m_feed->close();
    }
}

QWidget *LogsTab::searchField() const
{
    return m_search->field();
}

void LogsTab::openFeed()
{
    if (m_id.empty()) {
        return;
    }
    if (!m_feed && !m_storeError) {
        const QString folder = QStandardPaths::writableLocation(QStandardPaths::CacheLocation);
        QDir().mkpath(folder);
        const auto made = store::LineStore::make(folder.toStdString());
        if (!made) {
            m_storeError = made.error();
            showState();
            return;
        }
        m_feed = std::make_unique<service::LogFeed>(m_engine->logSource(m_id), *made);
        m_feed->setAlive(m_alive);
        connect(m_feed.get(), &service::LogFeed::linesChanged, this, [this] {
            m_view->refresh();
            m_search->refresh();
            showLines();
            showState();
        });
        connect(m_feed.get(), &service::LogFeed::stateChanged, this, &LogsTab::showState);
        connect(m_feed.get(), &service::LogFeed::olderChanged, this, &LogsTab::showState);
        m_view->setStore(*made);
        applyFilter();
        m_search->setStore(*made);
    }
    if (m_feed) {
        m_feed->open();
    }
    showState();
}

void LogsTab::applyFilter()
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

void LogsTab::showLines()
{
    const store::LineView *lines = m_view->lines();
    if (!lines) {
        m_count->clear();
        return;
    }
    const auto &counts = lines->counts();
    for (std::size_t level = 1; level < store::levelCount; ++level) {
        const auto sum = counts.all.at(level) + counts.all.at(store::levelCount + level);
        m_levels->chip(int(level))->setCount(qint64(sum));
    }
    const auto [first, last] = m_view->shownLines();
    m_count->setText(tr("Lines: %1 · %2 on disk · Showing %3 to %4")
                         .arg(numberText(counts.range.end - counts.range.first),
                              diskSizeText(qint64(m_feed ? m_feed->store()->bytesOnDisk() : 0)),
                              numberText(first), numberText(last)));
}

void LogsTab::showMessage(const QString &icon, const QString &what, const QString &why)
{
    m_message->setIconName(icon);
    m_message->setTexts(what, why);
    m_stack->setCurrentWidget(m_message);
}

void LogsTab::showState()
{
    using service::LogState;
    const bool hasLines = m_view->lines() && !m_view->lines()->counts().upTo.empty();
    const LogState state = m_feed ? m_feed->state() : LogState::Loading;
    QString status = state == LogState::Following     ? tr("Following")
                     : state == LogState::Ended       ? tr("The container does not run")
                     : state == LogState::Interrupted ? tr("Interrupted, trying again")
                     : state == LogState::Gone        ? tr("The container was removed")
                                                      : QString();
    if (m_engine->link() == service::Link::NotAnswering) {
        status = tr("The engine does not answer");
    } else if (m_feed && m_feed->isReadingOlder()) {
        status = tr("Reading older lines");
    }
    m_status->setTone(Color::Text2);
    m_status->setText(status);
    if (hasLines && m_view->rows() > 0) {
        m_stack->setCurrentWidget(m_view);
    } else if (hasLines) {
        showMessage(QStringLiteral("funnel"), tr("No line passes the filter"),
                    tr("Choose All levels and Both to see all lines."));
    } else if (m_storeError) {
        showMessage(QStringLiteral("exclamation-circle"), tr("The log could not be kept"),
                    describe(*m_storeError).body());
    } else if (state == LogState::Unreadable) {
        showMessage(QStringLiteral("journal-text"), tr("This log cannot be read"),
                    tr("The container's log driver sends its output elsewhere. Read it there, or "
                       "create the container with the driver json-file or local."));
    } else if (state == LogState::Interrupted) {
        showMessage(QStringLiteral("wifi-off"), tr("The log could not be read"),
                    describe(m_feed->error().value_or(Error{})).body());
    } else if (state == LogState::Loading) {
        m_message->setBusy();
        m_message->setTexts(tr("Reading the log"), {});
        m_stack->setCurrentWidget(m_message);
    } else {
        showMessage(QStringLiteral("journal-text"), tr("Nothing was written yet"),
                    tr("What the container prints appears here."));
    }
}

} // namespace roadstead::ui
