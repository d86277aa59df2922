// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/docker/usage.h"
#include "tests/support/test_program/test_program.h"

#include <QTest>

namespace tst_usage {

using namespace roadstead;

class TestUsage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void numbersAreThoseOfDockerStats_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<double>("cpu");
        QTest::addColumn<qint64>("memory");
        QTest::addColumn<qint64>("limit");
        QTest::newRow("four CPUs busy")
            << QByteArray(R"({"cpu_stats":{"cpu_usage":{"total_usage":4000},"system_cpu_usage":4000,
                "online_cpus":4},"precpu_stats":{"cpu_usage":{"total_usage":0},
                "system_cpu_usage":0},"memory_stats":{"usage":100,"limit":1000,"stats":{}}})")
            << 400.0 << qint64(100) << qint64(1000);
        QTest::newRow("the system's time went backwards")
            << QByteArray(R"({"cpu_stats":{"cpu_usage":{"total_usage":200},"system_cpu_usage":10},
                "precpu_stats":{"cpu_usage":{"total_usage":100},"system_cpu_usage":1000}})")
            << 0.0 << qint64(0) << qint64(0);
        QTest::newRow("page cache, cgroup version 2")
            << QByteArray(
                   R"({"memory_stats":{"usage":100,"limit":5,"stats":{"inactive_file":40}}})")
            << 0.0 << qint64(60) << qint64(5);
        QTest::newRow("page cache, cgroup version 1")
            << QByteArray(R"({"memory_stats":{"usage":100,"stats":{"inactive_file":40,
                "total_inactive_file":30}}})")
            << 0.0 << qint64(70) << qint64(0);
        QTest::newRow("more cache than usage")
            << QByteArray(R"({"memory_stats":{"usage":10,"stats":{"inactive_file":40}}})") << 0.0
            << qint64(10) << qint64(0);
        QTest::newRow("a container that has just stopped")
            << QByteArray("{}") << 0.0 << qint64(0) << qint64(0);
    }
    void numbersAreThoseOfDockerStats()
    {
        QFETCH(QByteArray, json);
        const auto usage = docker::decodeUsage({json.constData(), size_t(json.size())});
        QVERIFY(usage);
        QTEST(usage->cpuPercent, "cpu");
        QTEST(static_cast<qint64>(usage->memoryBytes), "memory");
        QTEST(static_cast<qint64>(usage->memoryLimit), "limit");
    }

    void whatIsNoStatsObjectIsRefused()
    {
        QCOMPARE(docker::decodeUsage("{").error().kind, ErrorKind::MalformedReply);
        QCOMPARE(docker::decodeUsage(R"({"memory_stats":7})").error().kind,
                 ErrorKind::MalformedReply);
    }
};

} // namespace tst_usage

ROADSTEAD_APPLESS_TEST(tst_usage::TestUsage)
#include "tst_usage.moc"
