// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/builds/build_row.h"

#include "ui/text/display_text.h"
#include "ui/text/formats.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace roadstead::ui {

namespace {

struct BuildRowWords
{
    Q_DECLARE_TR_FUNCTIONS(BuildRowWords)
};

} // namespace

BuildRow::BuildRow(const Source &source)
    : record(source)
{
    QStringList words{record.name,   record.context, platformsText(record),      record.builder,
                      record.engine, record.digest,  outcomeText(record.outcome)};
    for (const std::string &tag : record.form.tags) {
        words.append(QString::fromStdString(tag));
    }
    haystack = words.join(u'\n').toCaseFolded();
}

BuildRow::BuildRow(const Source &source, const BuildRow &)
    : BuildRow(source)
{
}

BuildFilter BuildRow::filter() const
{
    switch (record.outcome) {
    case BuildRecord::Outcome::Built:
        return BuildFilter::Built;
    case BuildRecord::Outcome::Failed:
        return BuildFilter::Failed;
    case BuildRecord::Outcome::Running:
        return BuildFilter::Running;
    default:
        return BuildFilter::Stopped;
    }
}

StateMark markOf(BuildRecord::Outcome outcome)
{
    switch (outcome) {
    case BuildRecord::Outcome::Built:
        return StateMark::Done;
    case BuildRecord::Outcome::Failed:
        return StateMark::Error;
    case BuildRecord::Outcome::Running:
        return StateMark::Busy;
    default:
        return StateMark::Exited;
    }
}

QString outcomeText(BuildRecord::Outcome outcome)
{
    switch (outcome) {
    case BuildRecord::Outcome::Built:
        return BuildRowWords::tr("Built");
    case BuildRecord::Outcome::Failed:
        return BuildRowWords::tr("Failed");
    case BuildRecord::Outcome::Running:
        return BuildRowWords::tr("Running");
    default:
        return BuildRowWords::tr("Stopped");
    }
}

QString cachedText(const BuildRecord &record)
{
    return record.steps == 0 ? unknownText()
                             : BuildRowWords::tr("%1 of %2").arg(record.cached).arg(record.steps);
}

QString platformsText(const BuildRecord &record)
{
    const QString platforms = displayText(record.form.platforms, 200);
    return platforms.isEmpty() ? unknownText() : platforms;
}

QString builderText(const BuildRecord &record)
{
    QStringList parts;
    for (const QString &part : {record.builder, record.engine}) {
        if (!part.isEmpty() && !parts.contains(part)) {
            parts.append(displayText(part, 120));
        }
    }
    return parts.isEmpty() ? unknownText() : parts.join(u", "_s);
}

QString buildCellText(const BuildRow &row, int column, const QDateTime &now)
{
    const BuildRecord &record = row.record;
    switch (column) {
    case BuildColumn::Name:
        return record.shownName();
    case BuildColumn::Result:
        return outcomeText(record.outcome);
    case BuildColumn::Steps:
        return cachedText(record);
    case BuildColumn::Time:
        return record.outcome == BuildRecord::Outcome::Running ? unknownText()
                                                               : elapsedText(record.milliseconds);
    case BuildColumn::Platform:
        return platformsText(record);
    case BuildColumn::Builder:
        return builderText(record);
    case BuildColumn::Context:
        return record.context.isEmpty() ? unknownText() : displayText(record.context);
    case BuildColumn::Started:
        return momentText(record.startedAt.toLocalTime(), now);
    default:
        return {};
    }
}

QString buildColumnTitle(int column)
{
    switch (column) {
    case BuildColumn::Name:
        return BuildRowWords::tr("Name");
    case BuildColumn::Result:
        return BuildRowWords::tr("Result");
    case BuildColumn::Steps:
        return BuildRowWords::tr("Cached");
    case BuildColumn::Time:
        return BuildRowWords::tr("Time");
    case BuildColumn::Platform:
        return BuildRowWords::tr("Platform");
    case BuildColumn::Builder:
        return BuildRowWords::tr("Builder");
    case BuildColumn::Context:
        return BuildRowWords::tr("Context");
    case BuildColumn::Started:
        return BuildRowWords::tr("Started");
    default:
        return {};
    }
}

} // namespace roadstead::ui
