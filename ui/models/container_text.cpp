// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/models/container_text.h"

#include "ui/models/containers_model.h"
#include "ui/text/formats.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>
#include <QStringList>

#include <algorithm>

namespace roadstead::ui {

namespace {

/// Context of the strings for translators.
struct Text
{
    Q_DECLARE_TR_FUNCTIONS(roadstead::ui::ContainerText)
};

constexpr double mib = 1024 * 1024;

QString pendingText(PendingWork work)
{
    switch (work) {
    case PendingWork::None:
        break;
    case PendingWork::Starting:
        return Text::tr("Starting");
    case PendingWork::Stopping:
        return Text::tr("Stopping");
    case PendingWork::Restarting:
        return Text::tr("Restarting");
    case PendingWork::Pausing:
        return Text::tr("Pausing");
    case PendingWork::Unpausing:
        return Text::tr("Resuming");
    case PendingWork::Killing:
        return Text::tr("Killing");
    case PendingWork::Renaming:
        return Text::tr("Renaming");
    case PendingWork::Removing:
    case PendingWork::RemovalWaits:
        return Text::tr("Removing");
    }
    return {};
}

QString withCode(const QString &word, const std::optional<int> &code)
{
    return code ? Text::tr("%1 (%2)").arg(word).arg(*code) : word;
}

/// The exit code in front of a restart is in the status text only: "Restarting (1) 8 seconds ago".
std::optional<int> codeInStatus(const std::string &status)
{
    const auto open = status.find('(');
    const auto close = status.find(')', open);
    if (open == std::string::npos || close == std::string::npos) {
        return std::nullopt;
    }
    bool ok = false;
    const int code =
        QByteArrayView(status).sliced(qsizetype(open) + 1, qsizetype(close - open) - 1).toInt(&ok);
    return ok ? std::optional<int>(code) : std::nullopt;
}

QString memoryWords(const ContainerRow &row)
{
    const auto inMib = [](std::int64_t bytes) {
        return QString::number(static_cast<double>(bytes) / mib, 'f', 0);
    };
    if (row.memoryLimit > 0) {
        return Text::tr("memory %1 of %2 mebibytes")
            .arg(inMib(row.memoryBytes), inMib(row.memoryLimit));
    }
    return Text::tr("memory %1 mebibytes").arg(inMib(row.memoryBytes));
}

} // namespace

QString containerStateText(const ContainerRow &row)
{
    if (row.pending != PendingWork::None) {
        return pendingText(row.pending);
    }
    switch (row.mark()) {
    case ContainerMark::Running:
        return Text::tr("Running");
    case ContainerMark::Unhealthy:
        return Text::tr("Unhealthy");
    case ContainerMark::Restarting:
        return withCode(Text::tr("Restarting"), codeInStatus(row.status));
    case ContainerMark::Paused:
        return Text::tr("Paused");
    case ContainerMark::Created:
        return Text::tr("Created");
    case ContainerMark::Exited:
        return Text::tr("Exited");
    case ContainerMark::Failed:
        return withCode(Text::tr("Exited"), row.exitCode);
    case ContainerMark::Dead:
        return Text::tr("Dead");
    case ContainerMark::Removing:
        return Text::tr("Removing");
    case ContainerMark::Unknown:
        break;
    }
    return Text::tr("Unknown");
}

QString containerPortsText(const ContainerRow &row)
{
    if (row.ports.isEmpty()) {
        return unknownText();
    }
    QStringList numbers;
    for (const PortLink &link : row.ports) {
        numbers.append(QString::number(link.port));
    }
    return numbers.join(u' ');
}

QString ageText(std::int64_t seconds, std::int64_t precision)
{
    return durationText(std::max<std::int64_t>(0, seconds) / precision * precision);
}

QString containerCpuText(const ContainerRow &row)
{
    return row.hasStats && row.isRunning() ? percentText(row.cpuPercent) : unknownText();
}

QString containerMemoryText(const ContainerRow &row)
{
    return row.hasStats ? memorySizeText(row.memoryBytes) : unknownText();
}

QString containerAgeText(const ContainerRow &row, std::int64_t now)
{
    if (!row.since || row.mark() == ContainerMark::Created) {
        return unknownText();
    }
    const QString age = ageText(now - row.since->epoch, row.since->precision);
    return row.isAlive() ? age : Text::tr("%1 ago").arg(age);
}

QString containerSinceText(const ContainerRow &row)
{
    if (!row.since || row.mark() == ContainerMark::Created) {
        return {};
    }
    constexpr std::int64_t minute = 60;
    const QDateTime moment = QDateTime::fromSecsSinceEpoch(row.since->epoch);
    const QString date = QLocale().toString(moment.date(), QLocale::LongFormat);
    const QString time = QLocale().toString(moment.time(), QLocale::ShortFormat);
    const QString exact = Text::tr("%1, %2", "date, time").arg(date, time);
    const QString when = row.since->precision > minute ? Text::tr("about %1").arg(exact) : exact;
    return row.isAlive() ? Text::tr("Since %1").arg(when) : Text::tr("Ended %1").arg(when);
}

QString containerSentence(const ContainerRow &row)
{
    QStringList parts{row.name, containerStateText(row).toLower()};
    if (!row.note.isEmpty()) {
        parts.append(row.note.toLower());
    }
    if (row.hasStats && row.isRunning()) {
        parts.append(Text::tr("CPU %1 percent").arg(row.cpuPercent, 0, 'f', 1));
    }
    if (row.hasStats) {
        parts.append(memoryWords(row));
    }
    return parts.join(QStringLiteral(", "));
}

QString containerColumnTitle(int column)
{
    switch (column) {
    case NameColumn:
        return Text::tr("Name");
    case StateColumn:
        return Text::tr("State");
    case ImageColumn:
        return Text::tr("Image");
    case PortsColumn:
        return Text::tr("Ports");
    case CpuColumn:
        return Text::tr("CPU");
    case MemoryColumn:
        return Text::tr("Memory");
    case UptimeColumn:
        return Text::tr("Uptime");
    default:
        return {};
    }
}

namespace {

QString cellText(const ContainerRow &row, int column, std::int64_t now)
{
    switch (column) {
    case NameColumn:
        return row.name;
    case StateColumn:
        return containerStateText(row);
    case ImageColumn:
        return row.image;
    case PortsColumn:
        return containerPortsText(row);
    case CpuColumn:
        return containerCpuText(row);
    case MemoryColumn:
        return containerMemoryText(row);
    case UptimeColumn:
        return containerAgeText(row, now);
    default:
        return {};
    }
}

} // namespace

QVariant containerCellData(const ContainerRow &row, int column, int role, std::int64_t now)
{
    switch (role) {
    case Qt::DisplayRole:
        return cellText(row, column, now);
    case Qt::AccessibleTextRole:
        return column == NameColumn ? containerSentence(row)
                                    : Text::tr("%1: %2").arg(containerColumnTitle(column),
                                                             cellText(row, column, now));
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(Qt::Alignment(
            (column >= CpuColumn ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter));
    default:
        return {};
    }
}

} // namespace roadstead::ui
