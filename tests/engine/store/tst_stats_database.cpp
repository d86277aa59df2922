// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "engine/store/history/stats_database.h"
#include "tests/support/test_program/test_program.h"

#include <QDir>
#include <QFile>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <ctime>
#include <sys/resource.h>

namespace tst_stats_database {

using namespace roadstead;
using namespace roadstead::store;

namespace {

constexpr std::int64_t noon = 1'800'000'000; // a multiple of 24 and of 600, and of 3600
const std::string web(64, 'a');
const std::string db(64, 'b');

StatsReading reading(const std::string &id, double cpu, double memory = 1000)
{
    return {.id = id, .values = {cpu, memory, -1, -1, 5, 6}};
}

double cpuOf(const StatsPoint &point)
{
    return point.mean[0];
}

} // namespace

/// What containers used, kept in a file.
class StatsDatabaseTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void aPointIsTheMeanAndTheLargestOfItsReadings()
    {
        StatsPoint point;
        for (const double cpu : {10.0, 20.0, 60.0}) {
            point.merge(
                {.count = 1, .mean = {cpu, 1, -1, -1, -1, -1}, .most = {cpu, 1, -1, -1, -1, -1}});
        }
        QCOMPARE(point.count, 3);
        QCOMPARE(point.mean[0], 30.0);
        QCOMPARE(point.most[0], 60.0);
        QCOMPARE(point.mean[2], -1.0);
    }

    void stretchesBeginAtWholeMultiplesOfTheirSpacing()
    {
        using namespace std::chrono_literals;
        QCOMPARE(stretchOf(49, 24s), 48);
        QCOMPARE(stretchOf(48, 24s), 48);
        QCOMPARE(stretchOf(-1, 24s), -24);
    }

    void fiveMinutesAreThereAtOnceAndWithoutAFile()
    {
        StatsDatabase database(QStringLiteral("/proc/no/such/file"));
        QCOMPARE(database.file(), StatsDatabase::File::None);
        for (int second = 0; second < 400; ++second) {
            database.add({reading(web, second)}, noon + second);
        }
        QVERIFY(database.flush(noon + 400));
        const auto points = database.read(web, StatsRange::FiveMinutes, noon + 399);
        QVERIFY(points);
        QCOMPARE(points->size(), 151U);
        QCOMPARE(points->back().at, noon + 398);
        QCOMPARE(cpuOf(points->back()), 398.5);
        QVERIFY(database.read(db, StatsRange::Hour, noon)->empty());
    }

    void everyRangeSurvivesARestart()
    {
        write(noon, 50);
        StatsDatabase database(path());
        QCOMPARE(database.file(), StatsDatabase::File::Opened);
        for (const StatsRange range : {StatsRange::Hour, StatsRange::Day, StatsRange::Week}) {
            const auto points = database.read(web, range, noon + 60);
            QVERIFY(points);
            QCOMPARE(points->size(), 1U);
            QCOMPARE(points->front().at, noon);
            QCOMPARE(cpuOf(points->front()), 50.0);
            QCOMPARE(points->front().mean[2], -1.0);
            QCOMPARE(points->front().most[5], 6.0);
        }
        QVERIFY(database.read(db, StatsRange::Day, noon + 60)->empty());
    }

    void whatIsNotWrittenYetIsShown()
    {
        write(noon, 50);
        StatsDatabase database(path());
        database.add({reading(web, 70)}, noon + 30);
        QCOMPARE(database.read(web, StatsRange::Hour, noon + 40)->size(), 2U);
        const auto day = database.read(web, StatsRange::Day, noon + 40);
        QCOMPARE(day->size(), 1U);
        QCOMPARE(cpuOf(day->front()), 60.0);
    }

    void aStretchGoesOnAfterARestart()
    {
        write(noon, 10);
        write(noon + 1200, 30);
        StatsDatabase database(path());
        const auto week = database.read(web, StatsRange::Week, noon + 1300);
        QCOMPARE(week->size(), 1U);
        QCOMPARE(week->front().count, 2);
        QCOMPARE(cpuOf(week->front()), 20.0);
        QCOMPARE(week->front().most[0], 30.0);
        QCOMPARE(database.read(web, StatsRange::Day, noon + 1300)->size(), 2U);
    }

    void timeWithoutReadingsIsNoPoint()
    {
        write(noon, 10);
        write(noon + 480, 10);
        StatsDatabase database(path());
        const auto points = database.read(web, StatsRange::Hour, noon + 500);
        QCOMPARE(points->size(), 2U);
        QCOMPARE(points->back().at - points->front().at, 480);
    }

    void whatIsTooOldGoesAndRowsStayBounded()
    {
        StatsDatabase database(path());
        for (int hour = 0; hour < 24 * 9; ++hour) {
            database.add({reading(web, 1)}, noon + hour * 3600);
            QVERIFY(database.flush(noon + hour * 3600));
        }
        const std::int64_t now = noon + 24 * 9 * 3600;
        QVERIFY(database.prune(now));
        QVERIFY(rows("point") <= 150 + 145 + 170);
        QVERIFY(database.prune(now + 8 * 24 * 3600));
        QCOMPARE(rows("point"), 0);
        QCOMPARE(rows("container"), 0);
    }

    void onlyTheContainersThatRanLastAreKept()
    {
        StatsDatabase database(path());
        for (int i = 0; i < 20; ++i) {
            database.add({reading("id" + std::to_string(i), 1)}, noon + i * 24);
            QVERIFY(database.flush(noon + i * 24));
        }
        QVERIFY(database.prune(noon + 500, 5));
        QCOMPARE(rows("container"), 5);
        QCOMPARE(rows("point"), 15);
        QVERIFY(database.read("id3", StatsRange::Hour, noon + 500)->empty());
        QCOMPARE(database.read("id19", StatsRange::Hour, noon + 500)->size(), 1U);
    }

    /// What a machine full of containers costs. Times are told, sizes are held to.
    void manyContainersStaySmall()
    {
        constexpr int many = 1000;
        StatsDatabase database(path());
        std::vector<StatsReading> readings;
        for (int i = 0; i < many; ++i) {
            std::string id = std::to_string(i);
            id.insert(0, 64 - id.size(), 'a');
            readings.push_back({.id = std::move(id), .values = {1.5, 4e8 + i, 3.25, 4, 5, 6}});
        }
        std::int64_t at = noon;
        const auto round = [&] { // 24 seconds of it
            for (int second = 0; second < 24; second += 2, at += 2) {
                database.add(readings, at);
            }
            const bool written = database.flush(at).has_value();
            return written;
        };
        QVERIFY(round());
        const qint64 first = size();
        const std::clock_t before = std::clock();
        constexpr int rounds = 4;
        for (int i = 0; i < rounds; ++i) {
            QVERIFY(round());
        }
        const double each = double(std::clock() - before) / CLOCKS_PER_SEC / rounds;
        const double row = double(size() - first) / rounds / many; // the other two grow no more
        qInfo("%d containers: %.0f ms of CPU in 24 s, %.2f %% of one; %.0f bytes a row, %.0f MB in "
              "all",
              many, each * 1000, each / 24 * 100, row, row * mostRows * many / 1e6);
        QVERIFY2(row > 0 && row < 300, qPrintable(QString::number(row)));
        QVERIFY(row * mostRows * StatsDatabase::mostContainers < 300e6);
    }

    void aClockThatWasWrongLeavesNothingAhead()
    {
        StatsDatabase database(path());
        database.add({reading(web, 99)}, noon + 1'000'000);
        QVERIFY(database.flush(noon + 1'000'000));
        database.add({reading(web, 7)}, noon);
        QCOMPARE(database.read(web, StatsRange::FiveMinutes, noon)->size(), 1U);
        QVERIFY(database.flush(noon));
        QVERIFY(database.prune(noon));
        const auto points = database.read(web, StatsRange::Week, noon);
        QCOMPARE(points->size(), 1U);
        QCOMPARE(cpuOf(points->front()), 7.0);
    }

    void aFileThatCannotBeUsedIsPutAside_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::newRow("no database") << QByteArray(5000, 'x');
        QTest::newRow("of a newer version") << QByteArray();
    }
    void aFileThatCannotBeUsedIsPutAside()
    {
        QFETCH(QByteArray, before);
        if (before.isEmpty()) {
            write(noon, 10);
            execute("PRAGMA user_version = 99");
        } else {
            QVERIFY(QDir().mkpath(m_folder->filePath(QStringLiteral("data"))));
            QFile file(path());
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(before);
        }
        {
            StatsDatabase database(path());
            QCOMPARE(database.file(), StatsDatabase::File::PutAside);
            database.add({reading(web, 1)}, noon);
            QVERIFY(database.flush(noon));
            QCOMPARE(database.read(web, StatsRange::Day, noon)->size(), 1U);
        }
        QVERIFY(QFile::exists(path() + QStringLiteral(".unusable")));
        QCOMPARE(StatsDatabase(path()).file(), StatsDatabase::File::Opened);
    }

    void onlyTheOwnerMayReadTheFile()
    {
        write(noon, 1);
        const auto others =
            QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
        QCOMPARE(QFile(path()).permissions() & others, QFile::Permissions());
    }

    void idsAreNeverPartOfAStatement()
    {
        const std::string hostile = "x'); DROP TABLE point; --";
        StatsDatabase database(path());
        database.add({reading(hostile, 1)}, noon);
        QVERIFY(database.flush(noon));
        QCOMPARE(database.read(hostile, StatsRange::Hour, noon)->size(), 1U);
        QCOMPARE(rows("point"), 3);
    }

    void aFullDiskLosesFiguresAndNothingElse()
    {
        write(noon, 10);
        StatsDatabase database(path());
        const auto limit = limitFiles(QFile(path()).size());
        std::vector<StatsReading> many;
        for (int i = 0; i < 500; ++i) {
            many.push_back(reading("id" + std::to_string(i), i));
        }
        database.add(many, noon + 24);
        const auto written = database.flush(noon + 24);
        limitFiles(limit);
        QVERIFY(!written);
        QCOMPARE(written.error().operation, std::string("stats.history.write"));
        QCOMPARE(database.read(web, StatsRange::Hour, noon + 48)->size(), 1U);
        database.add({reading(db, 3)}, noon + 48);
        QVERIFY(database.flush(noon + 48));
        QCOMPARE(database.read(db, StatsRange::Hour, noon + 48)->size(), 1U);
    }

private:
    static constexpr int mostRows = 150 + 145 + 169; ///< of a container, in the three spacings
    /// Of the file, and of what SQLite keeps beside it.
    [[nodiscard]] qint64 size() const
    {
        return QFile(path()).size() + QFile(path() + QStringLiteral("-wal")).size();
    }
    [[nodiscard]] QString path() const
    {
        return m_folder->filePath(QStringLiteral("data/stats.db"));
    }
    /// Another run of the program, with one reading.
    void write(std::int64_t at, double cpu)
    {
        StatsDatabase database(path());
        database.add({reading(web, cpu)}, at);
        QVERIFY(database.flush(at));
    }
    qint64 execute(const QString &statement)
    {
        qint64 value = 0;
        {
            auto database =
                QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("test"));
            database.setDatabaseName(path());
            database.open();
            QSqlQuery query(database);
            if (query.exec(statement) && query.next()) {
                value = query.value(0).toLongLong();
            }
        }
        QSqlDatabase::removeDatabase(QStringLiteral("test"));
        return value;
    }
    qint64 execute(const char *statement) { return execute(QLatin1StringView(statement)); }
    qint64 rows(const char *table)
    {
        return execute(QStringLiteral("SELECT count(*) FROM %1").arg(QLatin1StringView(table)));
    }
    /// No file may grow above `bytes`; returns what held before.
    static qint64 limitFiles(qint64 bytes)
    {
        std::signal(SIGXFSZ, SIG_IGN);
        rlimit limit = {};
        ::getrlimit(RLIMIT_FSIZE, &limit);
        const rlim_t before = limit.rlim_cur;
        limit.rlim_cur = static_cast<rlim_t>(bytes);
        ::setrlimit(RLIMIT_FSIZE, &limit);
        return static_cast<qint64>(before);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

} // namespace tst_stats_database

ROADSTEAD_GUILESS_TEST(tst_stats_database::StatsDatabaseTest)
#include "tst_stats_database.moc"
