// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/engine_session.h"
#include "engine/service/stats_history.h"
#include "tests/support/real_engine.h"
#include "tests/support/test_program/test_program.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <memory>
#include <optional>

namespace tst_stats_live {

using namespace roadstead;
using namespace roadstead::service;
using namespace Qt::StringLiterals;

/// What real containers use, beside what the docker command says, and kept in a file.
class TestStatsLive : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_engine.start());
        QVERIFY(m_engine.importBusybox());
        open();
        // Half a CPU, some memory that is held, three processes, and some bytes on the disk.
        m_engine.docker({u"run"_s, u"-d"_s, u"--name"_s, u"mill"_s, u"--network"_s, u"none"_s,
                         u"--memory"_s, u"96m"_s, u"--cpus"_s, u"0.5"_s, u"busybox"_s,
                         u"/bin/busybox"_s, u"sh"_s, u"-c"_s,
                         u"b=/bin/busybox; x=$($b head -c 16000000 /dev/zero | $b tr '\\0' x); "
                         "$b sleep 1000 & $b sleep 1001 & while :; do :; done"_s});
    }
    void cleanupTestCase()
    {
        m_session.reset();
        m_history.reset();
    }

    void figuresAreThoseOfTheDockerCommand()
    {
        QTRY_VERIFY(!idOf("mill").empty());
        const std::string id = idOf("mill");
        m_session->setStatsWanted(true);
        m_session->setStatsWatched({id});
        // The text is in memory once its shell goes round in circles.
        QTRY_VERIFY_WITH_TIMEOUT(m_session->stats(id) != nullptr &&
                                     m_session->stats(id)->cpuHistory.size() >= 5 &&
                                     m_session->stats(id)->counters.processes == 3 &&
                                     m_session->stats(id)->memoryBytes > 15'000'000,
                                 30'000);
        const QList<QByteArray> words =
            m_engine
                .docker({u"stats"_s, u"--no-stream"_s, u"--format"_s,
                         u"{{.CPUPerc}}|{{.MemUsage}}|{{.PIDs}}|{{.NetIO}}|{{.MemPerc}}"_s,
                         u"mill"_s})
                .trimmed()
                .split('|');
        QCOMPARE(words.size(), 5);
        const ContainerStats stats = *m_session->stats(id);
        const double cpu = words[0].chopped(1).toDouble();
        const double memory = words[1].split('M').first().toDouble() * (1 << 20);
        qInfo("cpu %.1f, docker %s; memory %.2f MiB, docker %s; processes %lld, docker %s",
              stats.cpuPercent, words[0].constData(), double(stats.memoryBytes) / (1 << 20),
              words[1].constData(), static_cast<long long>(stats.counters.processes),
              words[2].constData());
        QVERIFY(std::abs(stats.cpuPercent - cpu) < 25); // the other work of this machine
        QVERIFY(stats.cpuPercent < 65);                 // its limit is 50
        QVERIFY(std::abs(double(stats.memoryBytes) - memory) < 2 << 20);
        QCOMPARE(stats.memoryLimit, 96LL << 20);
        QCOMPARE(stats.counters.processes, words[2].toLongLong());
        QVERIFY(stats.counters.periods > 0);
        QVERIFY(stats.counters.throttled > 0); // it is held back, and it is told
        QVERIFY(words[1].contains("MiB"));
    }

    void whatWasMeasuredSurvivesTheProgram()
    {
        const std::string id = idOf("mill");
        const auto now = points(id, store::StatsRange::FiveMinutes);
        QVERIFY(now && !now->empty());
        const double mean = now->back().mean[std::size_t(store::Measure::Memory)];
        QVERIFY(mean > 15'000'000);
        m_session.reset();
        m_history.reset(); // which writes what it has
        open();
        for (const store::StatsRange range :
             {store::StatsRange::Hour, store::StatsRange::Day, store::StatsRange::Week}) {
            const auto kept = points(id, range);
            QVERIFY(kept && !kept->empty());
            const double before = kept->front().most[std::size_t(store::Measure::Memory)];
            QVERIFY2(before > 15'000'000, qPrintable(QString::number(before)));
        }
        // It goes on where it ended: without a page on screen, too.
        const auto countOf = [&] {
            int count = 0;
            const auto week = points(id, store::StatsRange::Week);
            for (const store::StatsPoint &point : week.value_or(store::StatsPoints())) {
                count += point.count;
            }
            return count;
        };
        const int before = countOf();
        QTRY_VERIFY_WITH_TIMEOUT(countOf() > before, 30'000);
    }

    void aContainerThatEndedKeepsItsHistory()
    {
        const std::string id = idOf("mill");
        m_engine.docker({u"rm"_s, u"-f"_s, u"mill"_s});
        QTRY_VERIFY(idOf("mill").empty());
        QVERIFY(m_session->stats(id) == nullptr);
        const auto kept = points(id, store::StatsRange::Hour);
        QVERIFY(kept && !kept->empty());
    }

private:
    void open()
    {
        m_history = std::make_unique<StatsHistory>(m_folder.filePath(u"stats.db"_s));
        m_session = std::make_unique<EngineSession>(m_engine.socketPath());
        m_session->setStatsHistory(m_history.get());
        m_session->open();
        QTRY_COMPARE(m_session->link(), Link::Live);
    }
    [[nodiscard]] std::string idOf(const std::string &name) const
    {
        const auto list = m_session->containers();
        const auto found = std::ranges::find(*list, name, &docker::ContainerSummary::name);
        return found == list->end() ? std::string() : found->id;
    }
    std::optional<store::StatsPoints> points(const std::string &id, store::StatsRange range)
    {
        std::optional<Result<store::StatsPoints>> result;
        m_history->read(id, range).then(
            this, [&](Result<store::StatsPoints> read) { result = std::move(read); });
        [&] { QTRY_VERIFY(result.has_value()); }();
        return result && *result ? std::optional(**result) : std::nullopt;
    }

    RealEngine m_engine;
    QTemporaryDir m_folder;
    std::unique_ptr<StatsHistory> m_history;
    std::unique_ptr<EngineSession> m_session;
};

} // namespace tst_stats_live

ROADSTEAD_GUILESS_TEST(tst_stats_live::TestStatsLive)
#include "tst_stats_live.moc"
