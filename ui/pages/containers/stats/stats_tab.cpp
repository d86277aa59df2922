// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/containers/stats/stats_tab.h"

#include "engine/docker/command.h"
#include "ui/text/display_text.h"
#include "ui/text/formats.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/announce.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/command_hint.h"
#include "ui/widgets/label.h"
#include "ui/widgets/segmented.h"
#include "ui/widgets/surface.h"

#include <QDateTime>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QMenu>
#include <QResizeEvent>
#include <QScrollArea>
#include <QSettings>
#include <QVBoxLayout>

#include <algorithm>
#include <chrono>
#include <utility>

namespace roadstead::ui {

namespace {

using store::Measure;
using store::StatsRange;

const QString rangeKey = QStringLiteral("stats/range");
constexpr int twoColumns = 680; ///< narrower: one chart below the other
constexpr std::size_t mostCompared = 4;
constexpr std::chrono::seconds tickSpacing{1};

} // namespace

StatsTab::StatsTab(ContainerEngine *engine, QWidget *parent, Clock clock)
    : DetailsTab(parent)
    , m_engine(engine)
    , m_clock(clock ? std::move(clock) : Clock(&QDateTime::currentSecsSinceEpoch))
{
    setObjectName(QStringLiteral("statsTab"));
    setAccessibleName(tr("Stats"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(buildBar());
    auto *scroll = new QScrollArea(this);
    scroll->setObjectName(QStringLiteral("statsScroll"));
    scroll->setAccessibleName(tr("Charts"));
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(buildCharts());
    layout->addWidget(scroll, 1);
    m_tick.setInterval(tickSpacing);
    connect(&m_tick, &QTimer::timeout, this, &StatsTab::ask);
    connect(m_engine, &ContainerEngine::linkChanged, this, [this] {
        if (m_isShown) {
            showBar();
        }
    });
    showAll();
}

StatsTab::~StatsTab() = default;

QWidget *StatsTab::buildBar()
{
    auto *bar = new QWidget(this);
    auto *layout = new QHBoxLayout(bar);
    layout->setContentsMargins(space::s4, space::s3, space::s4, space::s3);
    layout->setSpacing(space::s2);
    m_ranges = new Segmented(QStringLiteral("statsRanges"), tr("Range"), bar);
    m_ranges->addChoice(int(StatsRange::FiveMinutes), QStringLiteral("stats5m"), tr("5 m"));
    m_ranges->addChoice(int(StatsRange::Hour), QStringLiteral("stats1h"), tr("1 h"));
    m_ranges->addChoice(int(StatsRange::Day), QStringLiteral("stats24h"), tr("24 h"));
    m_ranges->addChoice(int(StatsRange::Week), QStringLiteral("stats7d"), tr("7 d"));
    m_ranges->choose(std::clamp(QSettings().value(rangeKey, int(StatsRange::FiveMinutes)).toInt(),
                                int(StatsRange::FiveMinutes), int(StatsRange::Week)));
    m_span = new ElidedLabel({}, FontRole::Small, Color::Text3, bar);
    m_span->setObjectName(QStringLiteral("statsSpan"));
    m_live = new Label({}, FontRole::Small, Color::Ok, bar);
    m_live->setObjectName(QStringLiteral("statsLive"));
    m_compare = new Button(QStringLiteral("statsCompare"), tr("Compare…"), ButtonKind::Normal, bar);
    m_hold = new Button(QStringLiteral("statsHold"), tr("Hold"), ButtonKind::Normal, bar);
    m_hold->setIconName(QStringLiteral("pause"));
    m_hold->setCheckable(true);
    m_export =
        new Button(QStringLiteral("statsExport"), tr("Export CSV…"), ButtonKind::Normal, bar);
    m_export->setIconName(QStringLiteral("download"));
    layout->addWidget(m_ranges);
    layout->addWidget(m_span, 1);
    for (QWidget *widget : std::initializer_list<QWidget *>{m_live, m_compare, m_hold, m_export}) {
        layout->addWidget(widget);
    }
    connect(m_ranges, &Segmented::chosenChanged, this, [this](int id) {
        QSettings().setValue(rangeKey, id);
        m_points.clear();
        m_answered = false;
        showCrosshair(std::nullopt);
        setHeld(false);
    });
    connect(m_compare, &QAbstractButton::clicked, this, &StatsTab::showCompareMenu);
    connect(m_hold, &QAbstractButton::toggled, this, &StatsTab::setHeld);
    connect(m_export, &QAbstractButton::clicked, this, &StatsTab::chooseFile);
    return bar;
}

QWidget *StatsTab::buildFacts()
{
    auto *card = new Surface(Color::BgSurface, this);
    card->setRounded(radius::card);
    auto *layout = new QHBoxLayout(card);
    layout->setContentsMargins(1, 1, 1, 1);
    layout->setSpacing(0);
    const std::array names = {tr("Processes"),     tr("Restarts"),        tr("Out-of-memory kills"),
                              tr("CPU throttled"), tr("Memory headroom"), tr("Block devices")};
    for (int i = 0; i < factCount; ++i) {
        if (i > 0) {
            layout->addWidget(new Separator(Qt::Vertical, card));
        }
        auto *cell = new QVBoxLayout;
        cell->setContentsMargins(space::s3, space::s2, space::s2, space::s2);
        cell->setSpacing(2);
        cell->addWidget(new ElidedLabel(names[static_cast<std::size_t>(i)], FontRole::Caption,
                                        Color::Text3, card));
        auto *value = new ElidedLabel(unknownText(), FontRole::Body, Color::Text, card);
        value->setRole(FontRole::Body, QFont::DemiBold);
        value->setObjectName(QStringLiteral("statsFact%1").arg(i));
        m_facts[static_cast<std::size_t>(i)] = value;
        cell->addWidget(value);
        layout->addLayout(cell, 1);
    }
    return card;
}

QWidget *StatsTab::buildCharts()
{
    m_chartArea = new QWidget(this);
    auto *column = new QVBoxLayout(m_chartArea);
    column->setContentsMargins(space::s4, 0, space::s4, space::s4);
    column->setSpacing(space::s3);
    m_problem = new Label({}, FontRole::Small, Color::Text2, m_chartArea);
    m_problem->setObjectName(QStringLiteral("statsProblem"));
    m_problem->setWordWrap(true);
    column->addWidget(m_problem);
    column->addWidget(buildFacts());
    m_grid = new QGridLayout;
    m_grid->setSpacing(space::s3);
    const std::array titles = {tr("CPU"), tr("Memory"), tr("Network"), tr("Disk")};
    const std::array names = {QStringLiteral("statsCpu"), QStringLiteral("statsMemory"),
                              QStringLiteral("statsNetwork"), QStringLiteral("statsDisk")};
    for (std::size_t i = 0; i < chartCount; ++i) {
        m_charts[i] = new ChartView(names[i], titles[i], m_chartArea);
        connect(m_charts[i], &ChartView::crosshairWanted, this, &StatsTab::showCrosshair);
    }
    arrange();
    column->addLayout(m_grid, 1);
    return m_chartArea;
}

void StatsTab::arrange()
{
    const int columns = width() < scaled(twoColumns) ? 1 : 2;
    for (int i = 0; i < chartCount; ++i) {
        m_grid->addWidget(m_charts[static_cast<std::size_t>(i)], i / columns, i % columns);
    }
    m_grid->setColumnStretch(0, 1);
    m_grid->setColumnStretch(1, columns == 2 ? 1 : 0);
}

void StatsTab::resizeEvent(QResizeEvent *event)
{
    DetailsTab::resizeEvent(event);
    arrange();
}

StatsRange StatsTab::range() const
{
    return static_cast<StatsRange>(m_ranges->chosen());
}

void StatsTab::setContainer(const ContainerRow &row)
{
    if (row.id != m_id) {
        clear();
        m_id = row.id;
        m_isRunning = row.isAlive();
    }
    const bool wasRunning = std::exchange(m_isRunning, row.isAlive());
    m_rawName = row.rawName;
    m_name = row.name;
    m_since = row.since;
    showHint();
    if (m_isShown && (wasRunning != m_isRunning || !m_tick.isActive())) {
        m_detailsOf.clear(); // it was started or stopped: the number may be another
        follow();
    }
}

void StatsTab::clear()
{
    ++m_question;
    m_id.clear();
    m_points.clear();
    m_compared.clear();
    m_answered = false;
    m_error.reset();
    m_restarts.reset();
    m_cpuLimit = 0;
    m_usesHostNetwork = false;
    m_detailsOf.clear();
    m_said.clear();
    m_isGone = false;
    m_isHeld = false;
    m_hold->setChecked(false);
    showCrosshair(std::nullopt);
    follow();
}

void StatsTab::setGone()
{
    m_isGone = true;
    m_isRunning = false;
    follow();
}

void StatsTab::setShown(bool shown)
{
    if (std::exchange(m_isShown, shown) != shown) {
        follow();
    }
}

/// Looks closely while it is on screen, and not otherwise.
void StatsTab::follow()
{
    const bool watching = m_isShown && !m_id.empty() && !m_isGone;
    std::vector<std::string> watched;
    if (watching) {
        watched = m_compared;
        watched.push_back(m_id);
    }
    // There may be another such tab: in the pane, or on the page.
    if (std::exchange(m_isWatching, watching) || watching) {
        m_engine->setStatsWatched(watched);
    }
    if (!watching) {
        m_tick.stop();
        return;
    }
    m_tick.start();
    ask();
    askDetails();
}

void StatsTab::ask()
{
    if (m_isHeld) {
        return;
    }
    m_to = m_clock();
    const unsigned question = ++m_question;
    std::vector<std::string> ids = m_compared;
    ids.push_back(m_id);
    for (const std::string &id : ids) {
        m_engine->statsHistory(id, range())
            .then(this, [this, id, question](Result<store::StatsPoints> points) {
                takePoints(id, question, std::move(points));
            });
    }
    showAll();
}

void StatsTab::takePoints(const std::string &id, unsigned question,
                          Result<store::StatsPoints> points)
{
    if (question != m_question || m_isHeld) {
        return;
    }
    if (!points) {
        m_error = points.error();
    } else {
        m_error.reset();
        m_points[id] = *std::move(points);
    }
    m_answered = true;
    showAll();
}

void StatsTab::askDetails()
{
    if (std::exchange(m_detailsOf, m_id) == m_id) {
        return;
    }
    m_engine->inspect(m_id).then(
        this, [this, id = m_id](const Result<docker::ContainerDetails> &details) {
            if (id == m_id && details) {
                takeDetails(*details);
            }
        });
}

void StatsTab::takeDetails(const docker::ContainerDetails &details)
{
    constexpr double nano = 1e9;
    constexpr double usualPeriod = 100'000;
    m_restarts = details.restartCount;
    m_cpuLimit = static_cast<double>(details.nanoCpus) / nano;
    if (m_cpuLimit <= 0 && details.cpuQuota > 0) {
        m_cpuLimit = static_cast<double>(details.cpuQuota) /
                     (details.cpuPeriod > 0 ? static_cast<double>(details.cpuPeriod) : usualPeriod);
    }
    m_usesHostNetwork = std::ranges::contains(details.networks, std::string("host"),
                                              &docker::NetworkAttachment::name);
    showFacts();
    showCharts();
}

void StatsTab::setHeld(bool held)
{
    m_isHeld = held;
    m_hold->setChecked(held);
    if (!held && m_isShown && !m_id.empty()) {
        ask();
    }
    showBar();
}

void StatsTab::setCompared(const std::vector<std::string> &ids)
{
    m_compared = ids;
    std::erase(m_compared, m_id);
    if (m_compared.size() > mostCompared) {
        m_compared.resize(mostCompared);
    }
    setHeld(false);
    showHint();
    follow();
}

/// What a terminal would say the same with.
void StatsTab::showHint()
{
    std::vector<std::string> words{"stats", m_rawName};
    const auto all = m_engine->containers();
    for (const std::string &id : m_compared) {
        const auto found = std::ranges::find(*all, id, &docker::ContainerSummary::id);
        words.push_back(found == all->end() ? id.substr(0, 12) : found->name);
    }
    setCommandHint(this, QString::fromStdString(docker::commandLine(words)));
}

void StatsTab::showCompareMenu()
{
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("statsCompareMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    constexpr int mostListed = 30;
    std::vector<docker::ContainerSummary> containers = *m_engine->containers();
    std::ranges::sort(containers, {}, &docker::ContainerSummary::name);
    for (const auto &container : containers) {
        const bool isChosen = std::ranges::contains(m_compared, container.id);
        if (container.id == m_id ||
            (container.state != docker::ContainerState::Running && !isChosen) ||
            menu->actions().size() >= mostListed) {
            continue;
        }
        auto *action = menu->addAction(plainLabel(displayText(container.name)));
        action->setCheckable(true);
        action->setChecked(isChosen);
        action->setEnabled(isChosen || m_compared.size() < mostCompared);
        connect(action, &QAction::toggled, this, [this, id = container.id](bool chosen) {
            auto ids = m_compared;
            std::erase(ids, id);
            if (chosen) {
                ids.push_back(id);
            }
            setCompared(ids);
        });
    }
    if (menu->isEmpty()) {
        menu->addAction(tr("No other container runs"))->setEnabled(false);
    }
    menu->popup(m_compare->mapToGlobal(QPoint(0, m_compare->height())));
}

void StatsTab::showCrosshair(std::optional<std::int64_t> at)
{
    QStringList texts;
    for (ChartView *chart : m_charts) {
        chart->setCrosshair(at);
        QStringList own = chart->crosshairTexts();
        if (!own.isEmpty() && !texts.isEmpty()) {
            own.removeFirst(); // the time once
        }
        texts += own;
    }
    auto *focused = qobject_cast<ChartView *>(focusWidget());
    if (at && focused != nullptr && focused->hasFocus() && !texts.isEmpty()) {
        announce(focused, texts.join(QStringLiteral(", ")));
    }
}

} // namespace roadstead::ui
