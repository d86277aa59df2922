// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/containers/processes_card.h"

#include "ui/pages/containers/overview_rows.h"
#include "ui/pages/masked_text.h"
#include "ui/text/display_text.h"
#include "ui/text/error_text.h"
#include "ui/text/formats.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/label.h"

#include <QHBoxLayout>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <initializer_list>
#include <ranges>

namespace roadstead::ui {

namespace {

constexpr std::chrono::seconds askAgainEvery{5};
constexpr std::size_t processesShown = 12;
constexpr int processIdWidth = 64;
constexpr int processUserWidth = 88;
constexpr int processTimeWidth = 72;

/// The number of the column that has one of these titles.
std::optional<std::size_t> columnOf(const docker::ProcessTable &table,
                                    std::initializer_list<std::string_view> titles)
{
    for (const std::string_view title : titles) {
        const auto found = std::ranges::find(table.titles, title);
        if (found != table.titles.end()) {
            return std::size_t(found - table.titles.begin());
        }
    }
    return {};
}

std::string cellOf(const std::vector<std::string> &row, std::optional<std::size_t> column)
{
    return column && *column < row.size() ? row[*column] : std::string();
}

ElidedLabel *fixedLabel(const QString &text, int width)
{
    auto *label = new ElidedLabel(text, FontRole::Small, Color::Text2);
    label->setFixedWidth(scaled(width));
    return label;
}

} // namespace

std::vector<ProcessLine> processLines(const docker::ProcessTable &table)
{
    const auto id = columnOf(table, {"PID"});
    const auto user = columnOf(table, {"USER", "UID"});
    const auto time = columnOf(table, {"TIME"});
    const auto command = columnOf(table, {"COMMAND", "CMD", "ARGS"});
    std::vector<ProcessLine> lines;
    for (const std::vector<std::string> &row : table.processes) {
        ProcessLine line;
        const std::string digits = cellOf(row, id);
        std::from_chars(digits.data(), digits.data() + digits.size(), line.id);
        line.user = displayText(cellOf(row, user), 32);
        line.time = displayText(cellOf(row, time), 32);
        line.command = maskedCommand(cellOf(row, command));
        lines.push_back(std::move(line));
    }
    std::ranges::stable_sort(lines, {}, &ProcessLine::id);
    return lines;
}

ProcessesCard::ProcessesCard(ContainerEngine *engine, QWidget *parent)
    : Card(tr("Processes"), parent)
    , m_engine(engine)
    , m_clock(new QTimer(this))
{
    setObjectName(QStringLiteral("processesCard"));
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    m_clock->setObjectName(QStringLiteral("processesClock"));
    m_clock->setInterval(askAgainEvery);
    connect(m_clock, &QTimer::timeout, this, &ProcessesCard::ask);
    hide();
}

ProcessesCard::~ProcessesCard()
{
    forget();
}

void ProcessesCard::setContainer(const docker::Target &container, bool hasProcesses)
{
    const bool isAnother = container.reference != m_container.reference;
    if (isAnother) {
        clear();
    }
    const bool begins = isAnother || hasProcesses != m_hasProcesses;
    m_container = container;
    m_hasProcesses = hasProcesses;
    setVisible(hasProcesses);
    if (begins) {
        ask();
    }
}

void ProcessesCard::clear()
{
    forget();
    m_container = {};
    m_hasProcesses = false;
    m_lines.reset();
    setNote({});
    fill({});
    hide();
}

void ProcessesCard::setNarrow(bool narrow)
{
    if (std::exchange(m_narrow, narrow) != narrow && m_lines) {
        fill(*m_lines);
    }
}

void ProcessesCard::showEvent(QShowEvent *event)
{
    Card::showEvent(event);
    m_clock->start();
    ask();
}

void ProcessesCard::hideEvent(QHideEvent *event)
{
    Card::hideEvent(event);
    m_clock->stop();
    forget();
}

void ProcessesCard::forget()
{
    ++m_generation;
    if (std::exchange(m_waits, false)) {
        m_asked.cancel();
    }
}

/// One question at a time: an engine that is slow is not asked faster than it answers.
void ProcessesCard::ask()
{
    if (m_waits || !m_hasProcesses || !isVisible()) {
        return;
    }
    m_waits = true;
    m_asked = m_engine->processes(m_container);
    m_asked.then(this,
                 [this, generation = ++m_generation](const Result<docker::ProcessTable> &result) {
                     if (generation == m_generation) {
                         m_waits = false;
                         take(result);
                     }
                 });
}

void ProcessesCard::take(const Result<docker::ProcessTable> &result)
{
    if (!result) {
        // A container that has ended meanwhile: the list will say so.
        if (result.error().kind != ErrorKind::Conflict &&
            result.error().kind != ErrorKind::NotFound &&
            result.error().kind != ErrorKind::Cancelled) {
            setProblem(tr("Could not be read: %1").arg(describe(result.error()).body()));
        }
        return;
    }
    std::vector<ProcessLine> lines = processLines(*result);
    setNote(numberText(qint64(lines.size())));
    if (m_lines != lines) {
        fill(lines);
        m_lines = std::move(lines);
    }
}

void ProcessesCard::fill(const std::vector<ProcessLine> &lines)
{
    if (m_rows) {
        m_rows->hide();
        m_rows->deleteLater();
        m_rows = nullptr;
    }
    if (lines.empty()) {
        return;
    }
    m_rows = new QWidget(this);
    auto *column = new QVBoxLayout(m_rows);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    for (const ProcessLine &line : lines | std::views::take(processesShown)) {
        column->addWidget(processRow(line));
    }
    if (lines.size() > processesShown) {
        auto [widget, row] = makeRow(true);
        row->addWidget(new Label(tr("%n more", nullptr, int(lines.size() - processesShown)),
                                 FontRole::Small, Color::Text3));
        column->addWidget(widget);
    }
    body()->addWidget(m_rows);
}

QWidget *ProcessesCard::processRow(const ProcessLine &line) const
{
    auto [widget, row] = makeRow(true);
    widget->setObjectName(QStringLiteral("process_%1").arg(line.id));
    widget->setAccessibleName(
        tr("Process %1 of %2: %3").arg(QString::number(line.id), line.user, line.command));
    widget->setToolTip(plainTip(tr("%1, %2 of a processor used").arg(line.user, line.time)));
    row->addWidget(
        fixedLabel(line.id > 0 ? QString::number(line.id) : unknownText(), processIdWidth));
    if (!m_narrow) {
        row->addWidget(fixedLabel(line.user, processUserWidth));
    }
    row->addWidget(monoLabel(line.command), 1);
    if (!m_narrow) {
        ElidedLabel *time = fixedLabel(line.time, processTimeWidth);
        time->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
        row->addWidget(time);
    }
    return widget;
}

} // namespace roadstead::ui
