// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/cgroup_reader.h"
#include "tests/support/test_program/test_program.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

namespace tst_cgroup_reader {

using namespace roadstead::service;

namespace {

const std::string web(64, 'a');
const std::string api(64, 'b');
constexpr std::int64_t second = 1'000'000'000;

const char *version1 =
    "23 1 0:22 / / rw - ext4 /dev/vda rw\n"
    "31 23 0:28 / /sys/fs/cgroup rw,relatime - tmpfs tmpfs rw,mode=755\n"
    "32 31 0:29 / /sys/fs/cgroup/cpu,cpuacct rw shared:4 - cgroup cgroup rw,cpu,cpuacct\n"
    "35 31 0:32 / /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory\n"
    "41 31 0:38 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw\n";
const char *version2 = "30 23 0:26 /user.slice /sys/fs/my\\040cgroup rw - cgroup2 cgroup2 rw\n";

/// A tree of cgroup files of either version, below a temporary folder.
class Tree
{
public:
    explicit Tree(bool unified)
        : m_unified(unified)
    {
    }
    [[nodiscard]] CgroupMounts mounts() const
    {
        const std::string base = m_folder.path().toStdString();
        return {.unified = m_unified,
                .cpu = {.mountPoint = base + (m_unified ? "" : "/cpuacct")},
                .memory = {.mountPoint = base + (m_unified ? "" : "/memory")}};
    }
    void write(const QString &path, const QByteArray &text) const
    {
        const QString whole = at(path);
        QVERIFY(QDir().mkpath(QFileInfo(whole).path()));
        QFile file(whole);
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        QCOMPARE(file.write(text), text.size());
    }
    void set(const QString &cgroup, qint64 cpuMicroseconds, qint64 usage, qint64 inactive,
             qint64 limit) const
    {
        if (m_unified) {
            write(cgroup + QStringLiteral("/cpu.stat"),
                  "usage_usec " + QByteArray::number(cpuMicroseconds) + "\nuser_usec 1\n");
            write(cgroup + QStringLiteral("/memory.current"), QByteArray::number(usage) + '\n');
            write(cgroup + QStringLiteral("/memory.stat"),
                  "anon 5\ninactive_file " + QByteArray::number(inactive) + "\nactive_file 7\n");
            write(cgroup + QStringLiteral("/memory.max"),
                  limit == 0 ? QByteArray("max\n") : QByteArray::number(limit) + '\n');
            return;
        }
        write(QStringLiteral("cpuacct") + cgroup + QStringLiteral("/cpuacct.usage"),
              QByteArray::number(cpuMicroseconds * 1000) + '\n');
        write(QStringLiteral("memory") + cgroup + QStringLiteral("/memory.usage_in_bytes"),
              QByteArray::number(usage) + '\n');
        write(QStringLiteral("memory") + cgroup + QStringLiteral("/memory.stat"),
              "inactive_file 1\ntotal_inactive_file " + QByteArray::number(inactive) + '\n');
        write(QStringLiteral("memory") + cgroup + QStringLiteral("/memory.limit_in_bytes"),
              limit == 0 ? QByteArray("9223372036854771712\n") : QByteArray::number(limit) + '\n');
    }
    void remove(const QString &cgroup) const
    {
        for (const char *top : {"", "cpuacct", "memory"}) {
            QDir(at(QLatin1StringView(top) + cgroup)).removeRecursively();
        }
    }
    [[nodiscard]] std::string path(const QString &inside) const { return at(inside).toStdString(); }

private:
    /// Not filePath(), which takes "/docker" for absolute.
    [[nodiscard]] QString at(const QString &inside) const
    {
        return m_folder.path() + (inside.startsWith(u'/') ? QString() : QStringLiteral("/")) +
               inside;
    }

    QTemporaryDir m_folder;
    bool m_unified;
};

QString dockerPath(const std::string &id)
{
    return QStringLiteral("/docker/") + QString::fromStdString(id);
}

int openDescriptors()
{
    return static_cast<int>(QDir(QStringLiteral("/proc/self/fd")).entryList().size());
}

} // namespace

class TestCgroupReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void mountsOfVersion1AreFoundBesideAnEmptyUnifiedTree()
    {
        const auto mounts = CgroupMounts::parse(version1);
        QVERIFY(mounts);
        QVERIFY(!mounts->unified);
        QCOMPARE(mounts->cpu.mountPoint, "/sys/fs/cgroup/cpu,cpuacct");
        QCOMPARE(mounts->memory.mountPoint, "/sys/fs/cgroup/memory");
    }

    void mountOfVersion2ShowsOnlyWhatIsBelowItsRoot()
    {
        const auto mounts = CgroupMounts::parse(version2);
        QVERIFY(mounts);
        QVERIFY(mounts->unified);
        QCOMPARE(mounts->cpu.visible("/user.slice/x"), "/sys/fs/my cgroup/x");
        QCOMPARE(mounts->cpu.visible("/user.slice"), "/sys/fs/my cgroup");
        QVERIFY(!mounts->cpu.visible("/user.slicer/x"));
        QVERIFY(!mounts->cpu.visible("/system.slice/x"));
        QVERIFY(!mounts->cpu.visible("/user.slice/../x"));
    }

    void machinesWithoutHierarchiesHaveNoMounts()
    {
        QVERIFY(!CgroupMounts::parse(""));
        QVERIFY(!CgroupMounts::parse("garbage\n - \n1 2 3 - cgroup\n"));
    }

    void processLinesAreReadForBothVersions()
    {
        const char *text = "9:name=systemd:/a\n4:memory:/b:c\n2:cpu,cpuacct:/d\n0::/e\n";
        QCOMPARE(cgroupOfProcess(text, "memory"), "/b:c");
        QCOMPARE(cgroupOfProcess(text, "cpuacct"), "/d");
        QCOMPARE(cgroupOfProcess(text, ""), "/e");
        QVERIFY(!cgroupOfProcess(text, "pids"));
        QVERIFY(!cgroupOfProcess("4:memory", "memory"));
    }

    void networksAreAddedUpWithoutTheLoopback()
    {
        ContainerCounters counters;
        readNetworkTotals("Inter-|   Receive    |  Transmit\n face |bytes packets\n"
                          "    lo:  99 1 0 0 0 0 0 0  99 1 0 0 0 0 0 0\n"
                          "  eth0: 1000 1 0 0 0 0 0 0  20 1 0 0 0 0 0 0\n"
                          "  eth1:5 1 0 0 0 0 0 0  6 1 0 0 0 0 0 0\n",
                          counters);
        QCOMPARE(counters.received, 1005);
        QCOMPARE(counters.sent, 26);
        ContainerCounters unknown;
        readNetworkTotals("    lo: 99 1 0 0 0 0 0 0 99\n", unknown);
        QCOMPARE(unknown.received, -1);
    }

    void ratesAreKnownOnlyBetweenTwoReadingsOfOneCounter_data()
    {
        QTest::addColumn<qint64>("before");
        QTest::addColumn<qint64>("now");
        QTest::addColumn<double>("seconds");
        QTest::addColumn<double>("rate");
        QTest::newRow("usual") << 1000LL << 3000LL << 2.0 << 1000.0;
        QTest::newRow("nothing moved") << 1000LL << 1000LL << 2.0 << 0.0;
        QTest::newRow("no reading before") << -1LL << 3000LL << 2.0 << -1.0;
        QTest::newRow("not readable now") << 1000LL << -1LL << 2.0 << -1.0;
        QTest::newRow("the container started anew") << 3000LL << 10LL << 2.0 << -1.0;
        QTest::newRow("a pause: the mean over it") << 0LL << 7200LL << 3600.0 << 2.0;
        QTest::newRow("no time has passed") << 1000LL << 3000LL << 0.0 << -1.0;
        QTest::newRow("a clock that went back") << 1000LL << 3000LL << -5.0 << -1.0;
    }
    void ratesAreKnownOnlyBetweenTwoReadingsOfOneCounter()
    {
        QFETCH(const qint64, before);
        QFETCH(const qint64, now);
        QFETCH(const double, seconds);
        QFETCH(const double, rate);
        QCOMPARE(counterRate(before, now, seconds), rate);
    }

    void disksAreAddedUpInBothVersions()
    {
        ContainerCounters unified;
        readDeviceTotals("259:0 rbytes=100 wbytes=20 rios=1 wios=2 dbytes=0 dios=0\n"
                         "8:0 rbytes=1 wbytes=2\n",
                         true, unified);
        QCOMPARE(unified.read, 101);
        QCOMPARE(unified.written, 22);
        QCOMPARE(unified.devices, (std::vector<std::string>{"259:0", "8:0"}));
        ContainerCounters first;
        readDeviceTotals("8:0 Read 100\n8:0 Write 20\n8:0 Sync 5\n8:0 Total 120\n"
                         "Total 120\n",
                         false, first);
        QCOMPARE(first.read, 100);
        QCOMPARE(first.written, 20);
        QCOMPARE(first.devices, (std::vector<std::string>{"8:0"}));
    }

    void numbersStandAfterTheirKeyAtTheLinesBeginning()
    {
        QCOMPARE(numberIn("inactive_file 3\ntotal_inactive_file 4\n", "inactive_file"), 3);
        QCOMPARE(numberIn("total_inactive_file 4\ninactive_file 3\n", "inactive_file"), 3);
        QCOMPARE(numberIn("17\n", ""), 17);
        QCOMPARE(numberIn("max\n", ""), -1);
        QCOMPARE(numberIn("18446744073709551615", ""), INT64_MAX);
        QCOMPARE(numberIn("99999999999999999999", ""), -1);
        QCOMPARE(numberIn("inactive_file", "inactive_file"), -1);
    }

    void bothVersionsGiveTheNumbersOfDockerStats_data()
    {
        QTest::addColumn<bool>("unified");
        QTest::addRow("version 1") << false;
        QTest::addRow("version 2") << true;
    }
    void bothVersionsGiveTheNumbersOfDockerStats()
    {
        QFETCH(bool, unified);
        const Tree tree(unified);
        tree.set(dockerPath(web), 1'000'000, 60 << 20, 20 << 20, 512 << 20);
        tree.set(dockerPath(api), 0, 4096, 8192, 0);
        CgroupReader reader(CgroupLocator(tree.mounts()), 64);
        reader.setContainers({web, api});

        auto samples = reader.sample(second);
        QCOMPARE(samples.size(), 2U);
        QVERIFY(samples[0].cpuPercent < 0); // one reading makes no rate

        tree.set(dockerPath(web), 2'500'000, 60 << 20, 20 << 20, 512 << 20);
        samples = reader.sample(2 * second);
        std::ranges::sort(samples, {}, &StatsSample::id);
        QCOMPARE(samples[0].cpuPercent, 150.0);
        QCOMPARE(samples[0].memoryBytes, 40 << 20);
        QCOMPARE(samples[0].memoryLimit, 512 << 20);
        QCOMPARE(samples[1].cpuPercent, 0.0);
        QCOMPARE(samples[1].memoryBytes, 4096); // more cache than usage: nothing to take off
        QCOMPARE(samples[1].memoryLimit, 0);
    }

    void cacheIsReadAgainWhenTheUsageMoves()
    {
        const Tree tree(true);
        tree.set(dockerPath(web), 0, 10 << 20, 0, 0);
        CgroupReader reader(CgroupLocator(tree.mounts()), 64);
        reader.setContainers({web});
        QCOMPARE(reader.sample(second).at(0).memoryBytes, 10 << 20);
        tree.set(dockerPath(web), 0, 110 << 20, 100 << 20, 0);
        QCOMPARE(reader.sample(2 * second).at(0).memoryBytes, 10 << 20);
    }

    void aSmallDescriptorBudgetChangesNoNumber()
    {
        const Tree tree(false);
        tree.set(dockerPath(web), 0, 1000, 0, 0);
        tree.set(dockerPath(api), 0, 2000, 0, 0);
        const int before = openDescriptors();
        CgroupReader reader(CgroupLocator(tree.mounts()), 1);
        reader.setContainers({web, api});
        reader.sample(second);
        QCOMPARE(reader.sample(2 * second).size(), 2U);
        QCOMPARE(openDescriptors(), before + 1);
        reader.setContainers({});
        QCOMPARE(openDescriptors(), before);
    }

    void aGoneContainerIsMissingAndComesBack()
    {
        const Tree tree(false);
        CgroupReader reader(CgroupLocator(tree.mounts()), 0);
        reader.setContainers({web});
        QVERIFY(reader.sample(second).empty());
        QCOMPARE(reader.missing(), std::vector<std::string>{web});

        tree.set(dockerPath(web), 5'000'000, 1000, 0, 0);
        QCOMPARE(reader.sample(2 * second).size(), 1U);
        QVERIFY(reader.missing().empty());

        tree.remove(dockerPath(web));
        QVERIFY(reader.sample(3 * second).empty());
        tree.set(dockerPath(web), 1'000, 1000, 0, 0); // restarted: its clock begins anew
        QVERIFY(reader.sample(4 * second).at(0).cpuPercent < 0);
    }

    void theSystemdLayoutIsKnown()
    {
        const Tree tree(true);
        const QString scope =
            QStringLiteral("/system.slice/docker-%1.scope").arg(QString::fromStdString(web));
        tree.set(scope, 0, 1000, 0, 0);
        const auto folders = CgroupLocator(tree.mounts()).find(web);
        QVERIFY(folders);
        QCOMPARE(folders->cpu, tree.path(scope));
    }

    void anUnknownLayoutIsLearntFromOneProcess()
    {
        const Tree tree(true);
        const QString webPath =
            QStringLiteral("/roadstead.slice/own-%1.scope").arg(QString::fromStdString(web));
        const QString apiPath =
            QStringLiteral("/roadstead.slice/own-%1.scope").arg(QString::fromStdString(api));
        tree.set(webPath, 0, 1000, 0, 0);
        tree.set(apiPath, 0, 2000, 0, 0);
        tree.write(QStringLiteral("proc/42/cgroup"),
                   "0::" + webPath.toUtf8() + "/init.scope\n"); // a container with its own init
        CgroupReader reader(CgroupLocator(tree.mounts(), tree.path(QStringLiteral("proc"))), 64);
        reader.setContainers({web, api});
        QVERIFY(reader.sample(second).empty());
        QVERIFY(!reader.learn(web, 43)); // no such process
        QVERIFY(!reader.learn(api, 42)); // somebody else's process
        QVERIFY(reader.learn(web, 42));
        QCOMPARE(reader.sample(2 * second).size(), 2U);
    }
};

} // namespace tst_cgroup_reader

ROADSTEAD_GUILESS_TEST(tst_cgroup_reader::TestCgroupReader)
#include "tst_cgroup_reader.moc"
