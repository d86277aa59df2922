// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/history/stats_database.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QUuid>
#include <QVariant>

#include <algorithm>
#include <iterator>
#include <utility>

namespace roadstead::store {

namespace {

constexpr int schemaVersion = 1;
constexpr std::int64_t pruneSpacing = 600;
constexpr int sqliteFull = 13;
/// The ranges that are kept in the file; the shortest is kept in memory.
constexpr std::array keptRanges = {StatsRange::Hour, StatsRange::Day, StatsRange::Week};
const char *const readFailed = "stats.history.read";
const char *const writeFailed = "stats.history.write";

Error failure(const QSqlError &error, const char *operation)
{
    const int code = error.nativeErrorCode().toInt();
    // The low byte is the kind of error, what is above says more of it.
    return {.kind = (code & 0xff) == sqliteFull ? ErrorKind::DiskFull : ErrorKind::Io,
            .code = code,
            .detail = error.text().toStdString(),
            .operation = operation};
}

QVariant stored(double value)
{
    return value < 0 ? QVariant(QMetaType::fromType<double>()) : QVariant(value);
}

double loaded(const QVariant &value)
{
    return value.isNull() ? -1 : std::max(0.0, value.toDouble());
}

/// "c0, … c5, m0, … m5" with `each` applied to each name.
template<typename Each>
QString columns(Each each)
{
    QStringList list;
    for (const QChar kind : {u'c', u'm'}) {
        for (std::size_t i = 0; i < measureCount; ++i) {
            list += each(kind + QString::number(i), kind == u'm');
        }
    }
    return list.join(QStringLiteral(", "));
}

QString insertText()
{
    const QString merged = columns([](const QString &name, bool isMost) {
        return isMost ? QStringLiteral("%1 = CASE WHEN excluded.%1 IS NULL THEN %1 WHEN %1 IS NULL "
                                       "THEN excluded.%1 ELSE max(%1, excluded.%1) END")
                            .arg(name)
                      : QStringLiteral("%1 = CASE WHEN excluded.%1 IS NULL THEN %1 WHEN %1 IS NULL "
                                       "THEN excluded.%1 ELSE (%1 * count + excluded.%1 * "
                                       "excluded.count) / (count + excluded.count) END")
                            .arg(name);
    });
    return QStringLiteral("INSERT INTO point (container, spacing, at, count, %1) VALUES "
                          "((SELECT number FROM container WHERE id = ?), ?, ?, ?, %2) "
                          "ON CONFLICT (container, spacing, at) DO UPDATE SET %3, "
                          "count = count + excluded.count")
        .arg(columns([](const QString &name, bool) { return name; }),
             columns([](const QString &, bool) { return QStringLiteral("?"); }), merged);
}

QStringList schema()
{
    return {
        QStringLiteral("CREATE TABLE container (number INTEGER PRIMARY KEY, id TEXT NOT NULL "
                       "UNIQUE, seen INTEGER NOT NULL)"),
        QStringLiteral("CREATE TABLE point (container INTEGER NOT NULL, spacing INTEGER NOT "
                       "NULL, at INTEGER NOT NULL, count INTEGER NOT NULL, %1, "
                       "PRIMARY KEY (container, spacing, at)) WITHOUT ROWID")
            .arg(columns([](const QString &name, bool) { return name + QStringLiteral(" REAL"); })),
        QStringLiteral("PRAGMA user_version = %1").arg(schemaVersion)};
}

bool runAll(const QSqlDatabase &database, const QStringList &statements)
{
    QSqlQuery query(database);
    return std::ranges::all_of(statements, [&](const QString &line) { return query.exec(line); });
}

/// Into each of the spacings.
bool insertPoint(QSqlQuery &insert, const QString &name, const StatsPoint &point)
{
    return std::ranges::all_of(keptRanges, [&](StatsRange range) {
        const auto spacing = shapeOf(range).spacing;
        int column = 0;
        insert.bindValue(column++, name);
        insert.bindValue(column++, qint64{spacing.count()});
        insert.bindValue(column++, qint64{stretchOf(point.at, spacing)});
        insert.bindValue(column++, point.count);
        for (const Measures *values : {&point.mean, &point.most}) {
            for (const double value : *values) {
                insert.bindValue(column++, stored(value));
            }
        }
        return insert.exec();
    });
}

/// Another name that is free for a file that cannot be used, with what belongs to it.
bool putAside(const QString &path)
{
    QString aside = path + QStringLiteral(".unusable");
    for (int i = 2; QFile::exists(aside) && i < 10; ++i) {
        aside = path + QStringLiteral(".unusable-%1").arg(i);
    }
    QFile::remove(aside); // the tenth takes the place of the ninth
    for (const char *rest : {"-wal", "-shm", "-journal"}) {
        QFile::remove(path + QLatin1StringView(rest));
    }
    return QFile::rename(path, aside);
}

/// An empty file for the owner alone, before SQLite would make one for everybody.
bool makePrivate(const QString &path)
{
    constexpr auto owner = QFileDevice::ReadOwner | QFileDevice::WriteOwner;
    if (QFile::exists(path)) {
        return QFile::setPermissions(path, owner);
    }
    QFile file(path);
    return QDir().mkpath(QFileInfo(path).path()) &&
           file.open(QIODevice::WriteOnly | QIODevice::NewOnly, owner);
}

} // namespace

StatsDatabase::StatsDatabase(const QString &path)
{
    const bool existed = QFileInfo(path).size() > 0;
    open(path);
    if (m_file == File::None && existed && putAside(path)) {
        open(path);
        m_file = m_file == File::Opened ? File::PutAside : File::None;
    }
}

StatsDatabase::~StatsDatabase()
{
    close();
}

void StatsDatabase::open(const QString &path)
{
    if (!makePrivate(path)) {
        return;
    }
    m_connection = QStringLiteral("stats-") + QUuid::createUuid().toString(QUuid::WithoutBraces);
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), m_connection);
        database.setDatabaseName(path);
        database.setConnectOptions(QStringLiteral("QSQLITE_BUSY_TIMEOUT=2000"));
        if (database.open() && prepare()) {
            m_file = File::Opened;
        }
    }
    if (m_file != File::Opened) {
        close();
    }
}

bool StatsDatabase::prepare()
{
    const QSqlDatabase database = QSqlDatabase::database(m_connection, false);
    QSqlQuery query(database);
    // The journal of a write is a file of its own that goes with it; a machine that stops in the
    // middle loses some seconds of figures, which is less than waiting for the disk is worth.
    if (!query.exec(QStringLiteral("PRAGMA quick_check(1)")) || !query.next() ||
        query.value(0).toString() != QLatin1StringView("ok") ||
        !query.exec(QStringLiteral("PRAGMA synchronous = NORMAL")) ||
        !query.exec(QStringLiteral("PRAGMA user_version")) || !query.next()) {
        return false;
    }
    const int version = query.value(0).toInt();
    query.finish();
    if (version == 0) {
        return runAll(database, schema());
    }
    return version == schemaVersion &&
           query.exec(QStringLiteral("SELECT number, seen FROM container LIMIT 1")) &&
           query.exec(QStringLiteral("SELECT count, c0, m5 FROM point LIMIT 1"));
}

void StatsDatabase::close()
{
    if (!m_connection.isEmpty()) {
        QSqlDatabase::removeDatabase(std::exchange(m_connection, {}));
    }
}

void StatsDatabase::add(const std::vector<StatsReading> &readings, std::int64_t now)
{
    const RangeShape shape = shapeOf(StatsRange::FiveMinutes);
    const std::int64_t at = stretchOf(now, shape.spacing);
    for (const StatsReading &reading : readings) {
        const StatsPoint point{
            .at = at, .count = 1, .mean = reading.values, .most = reading.values};
        auto &recent = m_recent[reading.id];
        if (!recent.empty() && recent.back().at > at) {
            recent.clear(); // the clock was set back: two orders of time cannot be drawn as one
        }
        if (!recent.empty() && recent.back().at == at) {
            recent.back().merge(point);
        } else {
            recent.push_back(point);
        }
        while (recent.front().at < at - shape.length.count()) {
            recent.pop_front();
        }
        const std::int64_t stretch = stretchOf(now, shapeOf(StatsRange::Hour).spacing);
        StatsPoints &waiting = m_waiting[reading.id];
        if (waiting.empty() || waiting.back().at != stretch) {
            waiting.push_back({.at = stretch});
        }
        waiting.back().merge(point);
    }
}

Result<void> StatsDatabase::flush(std::int64_t now)
{
    const std::int64_t oldest = now - shapeOf(StatsRange::FiveMinutes).length.count();
    std::erase_if(m_recent, [&](const auto &entry) { return entry.second.back().at < oldest; });
    const auto written = write();
    m_waiting.clear();
    if (!written || m_connection.isEmpty()) {
        return written;
    }
    return std::abs(now - m_prunedAt) < pruneSpacing ? Result<void>() : prune(now);
}

Result<void> StatsDatabase::write()
{
    if (m_connection.isEmpty() || m_waiting.empty()) {
        return {};
    }
    QSqlDatabase database = QSqlDatabase::database(m_connection, false);
    QSqlQuery seen(database);
    QSqlQuery insert(database);
    const auto fail = [&](const QSqlError &error) {
        const Error told = failure(error, writeFailed);
        database.rollback();
        return std::unexpected(told);
    };
    if (!database.transaction()) {
        return fail(database.lastError());
    }
    if (!seen.prepare(QStringLiteral("INSERT INTO container (id, seen) VALUES (?, ?) ON CONFLICT "
                                     "(id) DO UPDATE SET seen = excluded.seen"))) {
        return fail(seen.lastError());
    }
    if (!insert.prepare(insertText())) {
        return fail(insert.lastError());
    }
    for (const auto &[id, points] : m_waiting) {
        const QString name = QString::fromStdString(id);
        seen.bindValue(0, name);
        seen.bindValue(1, qint64{points.back().at});
        if (!seen.exec()) {
            return fail(seen.lastError());
        }
        for (const StatsPoint &point : points) {
            if (!insertPoint(insert, name, point)) {
                return fail(insert.lastError());
            }
        }
    }
    if (!database.commit()) {
        return fail(database.lastError());
    }
    return {};
}

Result<void> StatsDatabase::prune(std::int64_t now, int most)
{
    m_prunedAt = now;
    if (m_connection.isEmpty()) {
        return {};
    }
    QSqlQuery query(QSqlDatabase::database(m_connection, false));
    const auto run = [&](const QString &text, std::initializer_list<qint64> values) {
        bool good = query.prepare(text);
        for (int i = 0; const qint64 value : values) {
            query.bindValue(i++, value);
        }
        good = good && query.exec();
        return good ? Result<void>() : std::unexpected(failure(query.lastError(), writeFailed));
    };
    for (const StatsRange range : keptRanges) {
        const RangeShape shape = shapeOf(range);
        // What lies ahead was written while the clock was wrong.
        if (auto done =
                run(QStringLiteral("DELETE FROM point WHERE spacing = ? AND (at < ? OR at > ?)"),
                    {shape.spacing.count(), now - (shape.length + shape.spacing).count(),
                     now + shape.spacing.count()});
            !done) {
            return done;
        }
    }
    if (auto done =
            run(QStringLiteral("DELETE FROM container WHERE seen < ? OR number IN (SELECT "
                               "number FROM container ORDER BY seen DESC LIMIT -1 OFFSET ?)"),
                {now - shapeOf(StatsRange::Week).length.count(), most});
        !done) {
        return done;
    }
    return run(QStringLiteral("DELETE FROM point WHERE container NOT IN (SELECT number FROM "
                              "container)"),
               {});
}

StatsPoints StatsDatabase::recent(const std::string &id, std::int64_t from) const
{
    StatsPoints points;
    if (const auto found = m_recent.find(id); found != m_recent.end()) {
        std::ranges::copy_if(found->second, std::back_inserter(points),
                             [&](const StatsPoint &point) { return point.at >= from; });
    }
    return points;
}

Result<StatsPoints> StatsDatabase::read(const std::string &id, StatsRange range,
                                        std::int64_t now) const
{
    const RangeShape shape = shapeOf(range);
    const std::int64_t from = stretchOf(now - shape.length.count(), shape.spacing);
    if (range == StatsRange::FiveMinutes) {
        return recent(id, from);
    }
    StatsPoints points;
    if (!m_connection.isEmpty()) {
        QSqlQuery query(QSqlDatabase::database(m_connection, false));
        query.setForwardOnly(true);
        if (!query.prepare(
                QStringLiteral("SELECT at, count, %1 FROM point WHERE container = (SELECT "
                               "number FROM container WHERE id = ?) AND spacing = ? AND "
                               "at BETWEEN ? AND ? ORDER BY at")
                    .arg(columns([](const QString &name, bool) { return name; })))) {
            return std::unexpected(failure(query.lastError(), readFailed));
        }
        query.bindValue(0, QString::fromStdString(id));
        query.bindValue(1, qint64{shape.spacing.count()});
        query.bindValue(2, qint64{from});
        query.bindValue(3, qint64{now});
        if (!query.exec()) {
            return std::unexpected(failure(query.lastError(), readFailed));
        }
        while (query.next()) {
            StatsPoint point{.at = query.value(0).toLongLong(), .count = query.value(1).toInt()};
            int column = 2;
            for (Measures *values : {&point.mean, &point.most}) {
                for (double &value : *values) {
                    value = loaded(query.value(column++));
                }
            }
            points.push_back(point);
        }
    }
    if (const auto waiting = m_waiting.find(id); waiting != m_waiting.end()) {
        for (StatsPoint point : waiting->second) {
            point.at = stretchOf(point.at, shape.spacing);
            if (!points.empty() && points.back().at == point.at) {
                points.back().merge(point);
            } else if (points.empty() || points.back().at < point.at) {
                points.push_back(point);
            }
        }
    }
    return points;
}

} // namespace roadstead::store
