// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/containers/stats/stats_csv.h"

#include <QDateTime>
#include <QSaveFile>
#include <QTimeZone>

namespace roadstead::ui {

namespace {

QByteArray csvField(const std::string &text)
{
    QByteArray field = QByteArray::fromStdString(text);
    if (!field.isEmpty() && QByteArrayView("=+-@\t\r").contains(field.front())) {
        field.prepend('\'');
    }
    field.replace('"', "\"\"");
    return '"' + field + '"';
}

void appendValues(QByteArray *csv, const store::Measures &values)
{
    for (const double value : values) {
        csv->append(',');
        if (value >= 0) {
            csv->append(QByteArray::number(value, 'f', 2));
        }
    }
}

} // namespace

QByteArray statsCsv(const std::vector<CsvSeries> &series)
{
    QByteArray csv = "container,time";
    for (const char *kind : {"mean", "max"}) {
        for (const char *measure :
             {"cpu_percent", "memory_bytes", "received_bytes_per_second", "sent_bytes_per_second",
              "read_bytes_per_second", "written_bytes_per_second"}) {
            csv += QByteArray(",") + measure + '_' + kind;
        }
    }
    csv += "\r\n";
    for (const CsvSeries &one : series) {
        const QByteArray name = csvField(one.container);
        for (const store::StatsPoint &point : one.points) {
            csv += name + ',' +
                   QDateTime::fromSecsSinceEpoch(point.at, QTimeZone::UTC)
                       .toString(Qt::ISODate)
                       .toLatin1();
            appendValues(&csv, point.mean);
            appendValues(&csv, point.most);
            csv += "\r\n";
        }
    }
    return csv;
}

Result<void> writeWhole(const QString &path, const QByteArray &text)
{
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly) && file.write(text) == text.size() && file.commit()) {
        return {};
    }
    return std::unexpected(Error{.kind = ErrorKind::Io,
                                 .code = 0,
                                 .detail = file.errorString().toStdString(),
                                 .operation = "stats.export"});
}

} // namespace roadstead::ui
