// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/containers/overview_panel.h"

#include "engine/docker/command.h"
#include "ui/models/container_text.h"
#include "ui/pages/containers/changes_card.h"
#include "ui/pages/containers/details_text.h"
#include "ui/pages/containers/limits_card.h"
#include "ui/pages/containers/mounts_card.h"
#include "ui/pages/containers/overview_rows.h"
#include "ui/pages/containers/processes_card.h"
#include "ui/pages/masked_text.h"
#include "ui/text/display_text.h"
#include "ui/text/formats.h"
#include "ui/text/terminal_text.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/command_hint.h"
#include "ui/widgets/command_strip.h"
#include "ui/widgets/label.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <functional>

namespace roadstead::ui {

namespace {

constexpr int wideColumn = 628;
constexpr int narrowColumn = 392;
constexpr int logHeight = 160;
constexpr int portsWidth = 128;
constexpr int badgeWidth = 152;
constexpr int linksWidth = 92;
constexpr std::size_t healthRows = 3;

/// The checks that get a line, newest first: the newest one, then those that failed.
std::vector<std::size_t> telling(const std::vector<docker::HealthCheck> &log)
{
    std::vector<std::size_t> chosen{log.size() - 1};
    for (const bool failed : {true, false}) {
        for (std::size_t i = log.size() - 1; i-- > 0 && chosen.size() < healthRows;) {
            if ((log[i].exitCode != 0) == failed) {
                chosen.push_back(i);
            }
        }
    }
    std::ranges::sort(chosen, std::greater());
    return chosen;
}

} // namespace

OverviewPanel::OverviewPanel(ContainerEngine *engine, VolumeSizes *sizes, QWidget *parent)
    : QWidget(parent)
    , m_engine(engine)
    , m_mounts(new MountsCard(sizes, this))
    , m_limits(new LimitsCard(engine, this))
    , m_policy(new RestartCard(engine, this))
    , m_processes(new ProcessesCard(engine, this))
    , m_changes(new ChangesCard(engine, this))
{
    setObjectName(QStringLiteral("overview"));
    auto *columns = m_columns = new QHBoxLayout(this);
    columns->setContentsMargins(space::s4, space::s3, space::s4, space::s4);
    columns->setSpacing(space::s3);
    auto *left = new QVBoxLayout;
    auto *right = new QVBoxLayout;
    for (QVBoxLayout *column : {left, right}) {
        column->setSpacing(space::s3);
    }
    columns->addLayout(left, wideColumn);
    columns->addLayout(right, narrowColumn);
    m_state = addSection(left, tr("State and health"), "stateCard");
    m_ports = addSection(left, tr("Ports"), "portsCard");
    left->addWidget(m_mounts);
    m_environment = addSection(left, tr("Environment"), "environmentCard");
    left->addWidget(m_processes);
    left->addWidget(m_changes);
    connect(m_changes, &ChangesCard::folderWanted, this, &OverviewPanel::folderWanted);
    m_output = addSection(left, tr("Output"), "outputCard");
    right->addWidget(m_limits);
    right->addWidget(m_policy);
    connect(m_limits, &LimitsCard::applied, this, &OverviewPanel::changed);
    connect(m_policy, &RestartCard::applied, this, &OverviewPanel::changed);
    m_networks = addSection(right, tr("Networks"), "networksCard");
    auto *join = new LinkButton(QStringLiteral("connectNetworkLink"), tr("Connect…"));
    join->setAccessibleName(tr("Connect to a network"));
    m_networks.card->addHeadWidget(join);
    connect(join, &LinkButton::clicked, this, &OverviewPanel::connectWanted);
    m_origin = addSection(right, tr("Made from"), "originCard");
    m_labels = addSection(right, tr("Labels"), "labelsCard");
    left->addStretch();
    right->addStretch();

    m_healthBadge = new Badge({}, Tone::Neutral);
    m_healthBadge->setObjectName(QStringLiteral("healthBadge"));
    m_healthBadge->hide();
    m_state.card->addTitleWidget(m_healthBadge);
    m_log = new QPlainTextEdit;
    m_log->setObjectName(QStringLiteral("outputText"));
    m_log->setAccessibleName(tr("The last lines of output"));
    m_log->setReadOnly(true);
    m_log->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_log->setLayoutDirection(Qt::LeftToRight);
    m_log->setFont(ui::font(FontRole::Mono));
    m_log->setFrameShape(QFrame::NoFrame);
    m_log->setFixedHeight(scaled(logHeight));
    QVBoxLayout *output = renew(m_output);
    output->setContentsMargins(space::s1, 0, space::s1, radius::card); // the card's round corners
    output->addWidget(m_log);
    QScrollBar *bar = m_log->verticalScrollBar();
    connect(bar, &QScrollBar::valueChanged, this,
            [this, bar](int value) { m_followsLog = value == bar->maximum(); });
    connect(bar, &QScrollBar::rangeChanged, this, [this, bar](int, int last) {
        if (m_followsLog) {
            bar->setValue(last);
        }
    });
}

OverviewPanel::Section OverviewPanel::addSection(QVBoxLayout *column, const QString &title,
                                                 const char *name)
{
    Section section;
    section.card = new Card(title, this);
    section.card->setObjectName(QLatin1StringView(name));
    section.card->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    column->addWidget(section.card);
    return section;
}

void OverviewPanel::fit(int width)
{
    constexpr int narrowest = 720; // below it, the values beside the captions are cut
    constexpr int narrowestLine = 520;
    const bool beside = width >= scaled(narrowest);
    m_columns->setDirection(beside ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    const bool narrow = width < scaled(narrowestLine);
    if (narrow != m_narrow) {
        m_narrow = narrow;
        m_mounts->setNarrow(narrow);
        m_processes->setNarrow(narrow);
        if (std::exchange(m_filled, false)) {
            setDetails(docker::ContainerDetails(m_shown), m_now);
        }
    }
}

QVBoxLayout *OverviewPanel::renew(Section &section)
{
    if (section.rows) {
        section.rows->hide();
        section.rows->deleteLater();
    }
    section.rows = new QWidget(section.card);
    auto *outer = new QVBoxLayout(section.rows);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(0);
    outer->addWidget(new Separator);
    auto *rows = new QVBoxLayout;
    outer->addLayout(rows);
    section.card->body()->addWidget(section.rows);
    return rows;
}

void OverviewPanel::clear()
{
    m_filled = false;
    m_log->clear();
    for (Section *section :
         {&m_state, &m_ports, &m_environment, &m_networks, &m_origin, &m_labels}) {
        renew(*section);
    }
    m_mounts->setMounts({});
    m_limits->clear();
    m_policy->clear();
    m_processes->clear();
    m_changes->clear();
}

void OverviewPanel::setDetails(const docker::ContainerDetails &details, std::int64_t now)
{
    const docker::ContainerDetails before = std::exchange(m_shown, details);
    const bool all = !std::exchange(m_filled, true);
    m_now = now;
    fillState(details, now);
    if (all || before.ports != details.ports || before.state != details.state) {
        fillPorts(details);
    }
    if (all || before.mounts != details.mounts) {
        m_mounts->setMounts(details.mounts);
    }
    if (all || before.environment != details.environment) {
        fillEnvironment(details);
    }
    if (all || before.networks != details.networks) {
        fillNetworks(details);
    }
    if (all || before.labels != details.labels) {
        fillLabels(details);
    }
    m_limits->setDetails(details);
    m_policy->setDetails(details);
    const docker::Target container{details.id, details.name};
    m_processes->setContainer(container, details.state == docker::ContainerState::Running ||
                                             details.state == docker::ContainerState::Paused);
    m_changes->setContainer(container, details.state);
    std::vector<std::string> digests = m_engine->imageDigests(details.imageId);
    const bool newDigests = digests != std::exchange(m_digests, std::move(digests));
    if (all || newDigests || before.image != details.image || before.command != details.command) {
        fillOrigin(details);
    }
}

void OverviewPanel::setRow(const ContainerRow &row)
{
    m_limits->setUsage(
        row.hasStats && row.isRunning()
            ? std::optional(LimitsUsage{row.cpuPercent, row.memoryBytes, row.memoryLimit})
            : std::nullopt);
}

void OverviewPanel::setLog(const std::string &log)
{
    QScrollBar *bar = m_log->verticalScrollBar();
    m_output.card->setNote(log.empty() ? tr("Nothing yet") : tr("The last lines"));
    const QString text = terminalText(log);
    if (text == m_log->toPlainText()) {
        return; // a selection stays
    }
    const int place = bar->value();
    const bool follows = m_followsLog;
    m_log->setPlainText(text);
    m_followsLog = follows;
    bar->setValue(follows ? bar->maximum() : place);
}

void OverviewPanel::setLogProblem(const QString &problem)
{
    m_output.card->setProblem(problem);
}

void OverviewPanel::fillState(const docker::ContainerDetails &details, std::int64_t now)
{
    QVBoxLayout *rows = renew(m_state);
    const bool ended =
        !details.finishedAt.empty() && timeText(details.finishedAt, now) != unknownText();
    const QString lastExit = ended ? tr("%1, %2").arg(exitText(details.exitCode, details.oomKilled),
                                                      timeText(details.finishedAt, now))
                                   : unknownText();
    auto *facts = new QWidget;
    auto *grid = new QGridLayout(facts);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(0);
    const std::array cells{
        factCell(tr("Started"), timeText(details.startedAt, now), fullTimeText(details.startedAt)),
        factCell(tr("Process"), details.pid > 0 ? QString::number(details.pid) : unknownText()),
        factCell(tr("Restarts"), numberText(details.restartCount)),
        factCell(tr("Last exit"), lastExit, ended ? fullTimeText(details.finishedAt) : QString())};
    const int across = m_narrow ? 2 : int(cells.size());
    for (int i = 0; i < int(cells.size()); ++i) {
        const int column = i % across;
        grid->addWidget(cells[std::size_t(i)], i / across, 2 * column);
        grid->setColumnStretch(2 * column, 1);
        if (column + 1 < across) {
            grid->addWidget(new Separator(Qt::Vertical), i / across, 2 * column + 1);
        }
    }
    rows->addWidget(facts);
    if (!details.error.empty() || !details.healthLog.empty()) {
        rows->addWidget(new Separator);
    }
    if (!details.error.empty()) {
        auto *error = new Label(displayText(details.error), FontRole::Small, Color::Danger);
        error->setObjectName(QStringLiteral("stateError"));
        error->setWordWrap(true);
        error->setContentsMargins(space::s3, space::s2, space::s3, space::s2);
        rows->addWidget(error);
    }
    fillHealth(rows, details, now);
}

void OverviewPanel::fillHealth(QVBoxLayout *rows, const docker::ContainerDetails &details,
                               std::int64_t now)
{
    const bool isSet = !details.healthCheck.command.empty() && !details.healthCheck.isDisabled;
    const bool checked = details.health != docker::Health::None;
    m_state.card->setNote(isSet     ? healthRhythm(details.healthCheck)
                          : checked ? QString()
                                    : tr("No health check"));
    m_healthBadge->setVisible(checked);
    if (checked) {
        fillHealthLog(rows, details, now);
    }
    if (isSet) {
        rows->addWidget(healthCheckRow(details.healthCheck));
    }
}

void OverviewPanel::fillHealthLog(QVBoxLayout *rows, const docker::ContainerDetails &details,
                                  std::int64_t now)
{
    const bool healthy = details.health == docker::Health::Healthy;
    const bool unhealthy = details.health == docker::Health::Unhealthy;
    m_healthBadge->setText(healthy     ? tr("Healthy")
                           : unhealthy ? tr("Unhealthy")
                                       : tr("Not known yet"));
    m_healthBadge->setTone(healthy ? Tone::Ok : unhealthy ? Tone::Danger : Tone::Neutral);
    if (details.healthLog.empty()) {
        return;
    }
    auto *strip = new HealthStrip(details.healthLog);
    rows->addWidget(strip);
    rows->addWidget(
        stripCaption(timeText(details.healthLog.front().start, now), strip->accessibleName()));
    for (const std::size_t i : telling(details.healthLog)) {
        const docker::HealthCheck &check = details.healthLog[i];
        const std::optional<double> seconds = secondsBetween(check.start, check.end);
        rows->addWidget(
            healthRow(check.exitCode == 0, timeText(check.start, now),
                      seconds ? elapsedText(qint64(*seconds * 1000)) : unknownText(),
                      displayText(QString::fromStdString(check.output).simplified(), 200)));
    }
}

void OverviewPanel::fillPorts(const docker::ContainerDetails &details)
{
    QVBoxLayout *rows = renew(m_ports);
    m_ports.card->setVisible(!details.ports.empty());
    const bool opens = details.state == docker::ContainerState::Running;
    for (std::size_t i = 0; i < details.ports.size(); ++i) {
        rows->addWidget(portRow(details.ports[i], opens, i > 0));
    }
}

QWidget *OverviewPanel::portRow(const docker::Port &port, bool opens, bool lineAbove)
{
    const bool published = port.publicPort != 0;
    const QString inside =
        QStringLiteral("%1/%2").arg(port.privatePort).arg(displayText(port.protocol));
    const QString where = !published        ? tr("Not published")
                          : port.ip.empty() ? tr("All addresses")
                                            : displayText(port.ip);
    auto [widget, row] = makeRow(lineAbove);
    ElidedLabel *numbers =
        monoLabel(published ? QStringLiteral("%1 → %2").arg(port.publicPort).arg(inside) : inside);
    numbers->setFixedWidth(scaled(portsWidth));
    row->addWidget(numbers);
    QHBoxLayout *more = m_narrow ? addSecondLine(widget) : row;
    more->addWidget(new ElidedLabel(where, FontRole::Small, Color::Text2), 1);
    more->addWidget(exposureCell(exposureOf(port), scaled(badgeWidth)));
    if (m_narrow) {
        row->addStretch();
    }
    auto *cell = new QWidget;
    cell->setFixedWidth(scaled(linksWidth));
    auto *links = new QHBoxLayout(cell);
    links->setContentsMargins(0, 0, 0, 0);
    links->addStretch();
    row->addWidget(cell);
    if (published) {
        const PortLink link{port.publicPort, port.protocol == "tcp", hostOf(port.ip)};
        auto *open = new LinkButton(QStringLiteral("openPort%1").arg(link.port), tr("Open"));
        open->setAccessibleName(tr("Open port %1").arg(link.port));
        open->setEnabled(link.tcp && opens);
        connect(open, &QAbstractButton::clicked, this, [this, link] { Q_EMIT portWanted(link); });
        links->addWidget(open);
        links->addWidget(copyButton(QStringLiteral("copyPort%1").arg(link.port),
                                    tr("Copy the address of port %1").arg(link.port),
                                    link.address().toStdString()));
    }
    return widget;
}

void OverviewPanel::fillEnvironment(const docker::ContainerDetails &details)
{
    QVBoxLayout *rows = renew(m_environment);
    m_environment.card->setVisible(!details.environment.empty());
    std::vector<std::string> sorted = details.environment;
    std::ranges::sort(sorted);
    int masked = 0;
    bool first = true;
    for (const std::string &entry : sorted) {
        const auto equals = entry.find('=');
        const std::string name = entry.substr(0, equals);
        const std::string value = equals == std::string::npos ? "" : entry.substr(equals + 1);
        if (!std::exchange(first, false)) {
            rows->addWidget(new Separator);
        }
        auto *row = new VariableRow(QStringLiteral("variable"), name, value, m_narrow);
        masked += row->isMasked() ? 1 : 0;
        rows->addWidget(row);
    }
    m_environment.card->setNote(
        masked == 0 ? QString()
                    : tr("%1 of %2 look secret and are masked").arg(masked).arg(sorted.size()));
}

void OverviewPanel::fillNetworks(const docker::ContainerDetails &details)
{
    QVBoxLayout *rows = renew(m_networks);
    int number = 0;
    for (const docker::NetworkAttachment &network : details.networks) {
        auto [widget, row] = makeRow(number++ > 0);
        row->addWidget(new ElidedLabel(displayText(network.name), FontRole::Small, Color::Text), 3);
        row->addWidget(
            monoLabel(network.ipAddress.empty() ? unknownText() : displayText(network.ipAddress)),
            2);
        row->addWidget(new ElidedLabel(network.aliases.empty()
                                           ? QString()
                                           : tr("as %1").arg(displayText(network.aliases.front())),
                                       FontRole::Small, Color::Text2),
                       2);
        if (!network.ipAddress.empty()) {
            row->addWidget(copyButton(QStringLiteral("copyAddress%1").arg(number),
                                      tr("Copy the address in %1").arg(displayText(network.name)),
                                      network.ipAddress));
        }
        auto *leave =
            new IconButton(QStringLiteral("disconnect%1").arg(number), QStringLiteral("x-lg"),
                           tr("Disconnect from %1").arg(displayText(network.name)));
        setCommandHint(leave, QString::fromStdString(docker::commandLine(
                                  {"network", "disconnect", network.name, details.name})));
        connect(leave, &QAbstractButton::clicked, this,
                [this, name = network.name] { Q_EMIT disconnectWanted(name); });
        row->addWidget(leave);
        rows->addWidget(widget);
    }
    if (details.networks.empty()) {
        auto [widget, row] = makeRow(false);
        row->addWidget(new Label(tr("In no network"), FontRole::Small, Color::Text3));
        rows->addWidget(widget);
    }
}

void OverviewPanel::fillOrigin(const docker::ContainerDetails &details)
{
    QVBoxLayout *rows = renew(m_origin);
    rows->setContentsMargins(space::s3, space::s2, space::s3, space::s2);
    std::vector<std::string> words = details.entrypoint;
    words.insert(words.end(), details.command.begin(), details.command.end());
    addPair(rows, tr("Image"), displayText(details.image), true);
    if (!details.imageId.empty()) { // what exactly it runs, whatever the name means by now
        addPair(rows, tr("Image id"), displayText(details.imageId), true)
            ->addWidget(copyButton(QStringLiteral("copyImageId"), tr("Copy the image's id"),
                                   details.imageId));
    }
    if (const std::string digest = registryDigest(m_digests, details.image); !digest.empty()) {
        // What the registry calls it: the same everywhere, unlike the id.
        addPair(rows, tr("Digest"), displayText(digest.substr(digest.find('@') + 1)), true)
            ->addWidget(copyButton(QStringLiteral("copyDigest"),
                                   tr("Copy the image's name with its digest"), digest));
    }
    addPair(rows, tr("Command"), words.empty() ? unknownText() : maskedCommand(words), true);
    addPair(rows, tr("User"),
            details.user.empty() ? tr("root, unless the image says another")
                                 : displayText(details.user),
            !details.user.empty());
    addPair(rows, tr("Folder"),
            displayText(details.workingDir.empty() ? std::string("/") : details.workingDir), true);
}

void OverviewPanel::fillLabels(const docker::ContainerDetails &details)
{
    QVBoxLayout *rows = renew(m_labels);
    rows->setContentsMargins(0, space::s1, 0, space::s1);
    m_labels.card->setVisible(!details.labels.empty());
    m_labels.card->setNote(QString::number(details.labels.size()));
    for (const auto &[name, value] : details.labels) {
        rows->addWidget(new VariableRow(QStringLiteral("label"), name, value, m_narrow));
    }
}

} // namespace roadstead::ui
