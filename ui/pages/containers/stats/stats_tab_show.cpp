// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the tab shows of what it knows.

#include "ui/pages/containers/stats/stats_csv.h"
#include "ui/pages/containers/stats/stats_tab.h"
#include "ui/text/display_text.h"
#include "ui/text/error_text.h"
#include "ui/text/formats.h"
#include "ui/widgets/button.h"
#include "ui/widgets/label.h"
#include "ui/widgets/segmented.h"

#include <QDateTime>
#include <QFileDialog>
#include <QFuture>
#include <QPromise>
#include <QStandardPaths>
#include <QThreadPool>

#include <algorithm>
#include <cmath>
#include <memory>
#include <utility>

namespace roadstead::ui {

namespace {

using store::Measure;

constexpr std::array comparedTones = {Color::Chart2, Color::Chart3, Color::Chart4, Color::Text3};
constexpr double headroomWarning = 0.2;

ChartLine lineOf(const store::StatsPoints &points, Measure measure)
{
    ChartLine line;
    line.points.reserve(points.size());
    for (const store::StatsPoint &point : points) {
        line.points.push_back({point.at, point.mean[static_cast<std::size_t>(measure)]});
    }
    return line;
}

double meanOf(const store::StatsPoints &points, Measure measure)
{
    store::StatsPoint all;
    for (const store::StatsPoint &point : points) {
        all.merge(point);
    }
    return all.mean[static_cast<std::size_t>(measure)];
}

double mostOf(const store::StatsPoints &points, Measure measure)
{
    double most = -1;
    for (const store::StatsPoint &point : points) {
        most = std::max(most, point.most[static_cast<std::size_t>(measure)]);
    }
    return most;
}

double sumOfKnown(double a, double b)
{
    return a < 0 && b < 0 ? -1 : std::max(a, 0.0) + std::max(b, 0.0);
}

} // namespace

const service::ContainerStats *StatsTab::figures() const
{
    return m_isRunning ? m_engine->stats(m_id) : nullptr;
}

QString StatsTab::nameOf(const std::string &id) const
{
    for (const auto &container : *m_engine->containers()) {
        if (container.id == id) {
            return displayText(container.name);
        }
    }
    return displayText(id.substr(0, 12));
}

void StatsTab::showAll()
{
    showBar();
    showFacts();
    showProblem();
    showCharts();
}

void StatsTab::showBar()
{
    const store::RangeShape shape = store::shapeOf(range());
    const std::int64_t length = shape.length.count();
    m_span->setFullText(tr("%1 to %2, one point every %3", "moments and a time span")
                            .arg(chartTimeText(m_to - length, length), chartTimeText(m_to, length),
                                 durationText(shape.spacing.count())));
    QString state = m_isHeld ? tr("Held") : tr("● Live");
    Color tone = m_isHeld ? Color::Warn : Color::Ok;
    if (m_engine->link() != service::Link::Live) {
        state = tr("The engine does not answer");
        tone = Color::Warn;
    } else if (!m_isRunning && !m_id.empty()) {
        state = tr("Not running");
        tone = Color::Text3;
    }
    m_live->setText(state);
    m_live->setTone(tone);
    m_export->setEnabled(!m_points.empty());
}

void StatsTab::showFacts()
{
    const auto set = [this](Fact fact, const QString &text, Color tone = Color::Text) {
        auto *label = static_cast<ElidedLabel *>(m_facts[fact]);
        label->setFullText(text);
        label->setTone(tone);
    };
    const auto count = [](std::int64_t value) {
        return value < 0 ? unknownText() : numberText(value);
    };
    const service::ContainerStats *stats = figures();
    const service::ContainerCounters now = stats ? stats->counters : service::ContainerCounters();
    set(Processes, count(now.processes));
    set(Restarts, count(m_restarts.value_or(-1)));
    set(MemoryKills, count(now.memoryKills), now.memoryKills > 0 ? Color::Danger : Color::Text);
    const double throttled = now.periods > 0 ? 100.0 * static_cast<double>(now.throttled) /
                                                   static_cast<double>(now.periods)
                             : now.periods == 0 ? 0.0
                                                : -1.0;
    set(Throttled, throttled < 0 ? unknownText() : percentText(throttled));
    if (stats != nullptr && stats->memoryLimit > 0) {
        const auto room = std::max<std::int64_t>(stats->memoryLimit - stats->memoryBytes, 0);
        const bool isLittle =
            static_cast<double>(room) < headroomWarning * static_cast<double>(stats->memoryLimit);
        set(Headroom, memorySizeText(room), isLittle ? Color::Warn : Color::Text);
    } else {
        set(Headroom, unknownText());
    }
    QStringList devices;
    for (const std::string &device : now.devices) {
        devices += displayText(device);
    }
    set(Devices, devices.isEmpty() ? unknownText() : devices.join(QStringLiteral(", ")));
}

/// Why there is little to see, or what was done.
void StatsTab::showProblem()
{
    using Trouble = service::StatsHistory::Trouble;
    QStringList lines;
    if (m_isGone) {
        lines += tr("This container was removed.");
    } else if (!m_id.empty() && !m_isRunning) {
        lines += m_since ? tr("Not running since %1. What it used before is shown.")
                               .arg(momentText(QDateTime::fromSecsSinceEpoch(m_since->epoch),
                                               QDateTime::fromSecsSinceEpoch(m_clock())))
                         : tr("Not running. What it used before is shown.");
    }
    const auto own = m_points.find(m_id);
    if (m_answered && !m_error && (own == m_points.end() || own->second.empty())) {
        lines += m_isRunning ? tr("Nothing was measured in this range yet. The first figures come "
                                  "within some seconds.")
                             : tr("Nothing was measured in this range.");
    }
    if (m_error) {
        lines += describe(*m_error).body();
    }
    if (const auto trouble = m_engine->historyTrouble()) {
        lines += *trouble == Trouble::PutAside
                     ? tr("The history of before could not be read. Its file was renamed and a "
                          "new history has begun.")
                 : *trouble == Trouble::NoFile
                     ? tr("The history cannot be kept, since its file cannot be made. Figures end "
                          "with the program.")
                     : tr("The last figures could not be written. Free space on this computer's "
                          "disk; recording goes on by itself.");
    }
    if (!m_said.isEmpty()) {
        lines += m_said;
    }
    m_problem->setText(lines.join(u' '));
    m_problem->setVisible(!lines.isEmpty());
}

ChartContent StatsTab::emptyContent(ChartUnit unit) const
{
    const store::RangeShape shape = store::shapeOf(range());
    ChartContent content;
    content.unit = unit;
    content.to = m_to;
    content.from = m_to - shape.length.count();
    content.spacing = shape.spacing.count();
    return content;
}

void StatsTab::addLines(ChartContent *content, Measure measure, const QString &ownName,
                        Color tone) const
{
    const auto add = [&](const std::string &id, const QString &name, const QString &legend,
                         Color color, bool isDashed) {
        const auto found = m_points.find(id);
        ChartLine line =
            lineOf(found == m_points.end() ? store::StatsPoints() : found->second, measure);
        line.name = name;
        line.legend = legend;
        line.isInLegend = !isDashed;
        line.tone = color;
        line.isDashed = isDashed;
        content->lines.push_back(std::move(line));
    };
    const bool isSecond = measure == Measure::Sent || measure == Measure::Written;
    if (m_compared.empty()) {
        add(m_id, ownName, {}, tone, false);
        return;
    }
    // One colour for each container; what goes out is dotted, and not named twice.
    const auto named = [&](const QString &name) {
        return content->unit == ChartUnit::Rate
                   ? tr("%1, %2", "container, direction").arg(name, ownName)
                   : name;
    };
    add(m_id, named(m_name), m_name, Color::Chart1, isSecond);
    for (std::size_t i = 0; i < m_compared.size(); ++i) {
        const QString name = nameOf(m_compared[i]);
        add(m_compared[i], named(name), name, comparedTones[i], isSecond);
    }
}

void StatsTab::showCharts()
{
    showCpu();
    showMemory();
    showFlow(Network);
    showFlow(Disk);
}

/// What 100 % are: of those that it may use.
QString StatsTab::cpusText() const
{
    if (m_cpuLimit > 0 && m_cpuLimit != std::floor(m_cpuLimit)) {
        return tr("of %1 CPUs").arg(QLocale().toString(m_cpuLimit, 'g', 3));
    }
    const int cpus = m_cpuLimit > 0 ? static_cast<int>(m_cpuLimit) : m_engine->cpus();
    return cpus > 0 ? tr("of %n CPUs", nullptr, cpus) : QString();
}

void StatsTab::showCpu()
{
    const service::ContainerStats *stats = figures();
    ChartContent content = emptyContent(ChartUnit::Percent);
    content.value = stats ? percentText(stats->cpuPercent) : unknownText();
    content.detail =
        tr("average %1")
            .arg(chartValueText(ChartUnit::Percent, meanOf(m_points[m_id], Measure::Cpu)));
    if (const QString cpus = cpusText(); !cpus.isEmpty()) {
        content.detail = tr("%1, %2", "of 2 CPUs, average 28 %").arg(cpus, content.detail);
    }
    addLines(&content, Measure::Cpu, tr("CPU"), Color::Chart1);
    m_charts[Cpu]->setContent(std::move(content));
}

void StatsTab::showMemory()
{
    const service::ContainerStats *stats = figures();
    ChartContent content = emptyContent(ChartUnit::Memory);
    content.value = stats ? memorySizeText(stats->memoryBytes) : unknownText();
    const double peak = mostOf(m_points[m_id], Measure::Memory);
    const QString peakText = chartValueText(ChartUnit::Memory, peak);
    content.detail =
        stats && stats->memoryLimit > 0
            ? tr("of %1 limit, peak %2").arg(memorySizeText(stats->memoryLimit), peakText)
            : tr("peak %1").arg(peakText);
    // A limit far above would press the line flat.
    constexpr double nearEnough = 4;
    if (stats && stats->memoryLimit > 0 &&
        static_cast<double>(stats->memoryLimit) <= nearEnough * peak) {
        content.limit = static_cast<double>(stats->memoryLimit);
        content.limitName = tr("Limit %1").arg(memorySizeText(stats->memoryLimit));
    }
    addLines(&content, Measure::Memory, tr("Memory"), Color::Chart1);
    m_charts[Memory]->setContent(std::move(content));
}

void StatsTab::showFlow(Chart chart)
{
    const bool network = chart == Network;
    const service::ContainerStats *stats = figures();
    ChartContent content = emptyContent(ChartUnit::Rate);
    const double now = !stats    ? -1
                       : network ? sumOfKnown(stats->receivedRate, stats->sentRate)
                                 : sumOfKnown(stats->readRate, stats->writtenRate);
    content.value = chartValueText(ChartUnit::Rate, now);
    const service::ContainerCounters all = stats ? stats->counters : service::ContainerCounters();
    const std::int64_t in = network ? all.received : all.read;
    const std::int64_t out = network ? all.sent : all.written;
    const QString total =
        in < 0 && out < 0
            ? unknownText()
            : diskSizeText(std::max<std::int64_t>(in, 0) + std::max<std::int64_t>(out, 0));
    content.detail = !network            ? tr("read and write, %1 since start").arg(total)
                     : m_usesHostNetwork ? tr("of the whole machine, whose network it uses")
                                         : tr("in and out, %1 since start").arg(total);
    if (!m_compared.empty()) {
        content.detail += network ? tr("; sent is dotted") : tr("; written is dotted");
    }
    addLines(&content, network ? Measure::Received : Measure::Read,
             network ? tr("Received") : tr("Read"), Color::Chart1);
    addLines(&content, network ? Measure::Sent : Measure::Written,
             network ? tr("Sent") : tr("Written"), network ? Color::Chart2 : Color::Chart3);
    m_charts[chart]->setContent(std::move(content));
}

void StatsTab::chooseFile()
{
    auto *dialog = new QFileDialog(this, tr("Export the figures of %1").arg(m_name));
    dialog->setObjectName(QStringLiteral("statsExportDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("csv"));
    dialog->setNameFilter(tr("Tables (*.csv)"));
    dialog->setDirectory(QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation));
    dialog->selectFile(QString::fromStdString(m_rawName) + QStringLiteral("-stats.csv"));
    connect(dialog, &QFileDialog::fileSelected, this, &StatsTab::exportTo);
    dialog->open();
}

void StatsTab::exportTo(const QString &path)
{
    std::vector<CsvSeries> series{{m_rawName, m_points[m_id]}};
    for (const auto &container : *m_engine->containers()) {
        if (std::ranges::contains(m_compared, container.id)) {
            series.push_back({container.name, m_points[container.id]});
        }
    }
    auto promise = std::make_shared<QPromise<Result<void>>>();
    promise->start();
    promise->future().then(this, [this, path](const Result<void> &written) {
        m_said = written ? tr("Saved as %1.").arg(displayText(path))
                         : tr("Could not save %1. %2 Choose another place, or free space there.")
                               .arg(displayText(path), displayText(written.error().detail));
        showProblem();
    });
    QThreadPool::globalInstance()->start([promise, path, series = std::move(series)] {
        promise->addResult(writeWhole(path, statsCsv(series)));
        promise->finish();
    });
}

} // namespace roadstead::ui
