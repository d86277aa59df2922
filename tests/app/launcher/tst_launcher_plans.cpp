// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/launcher/address_plan.h"
#include "app/launcher/arguments.h"
#include "app/launcher/crash_policy.h"
#include "app/launcher/engine_command.h"
#include "app/launcher/engine_programs.h"
#include "app/launcher/user_options.h"
#include "tests/support/test_program/test_program.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <algorithm>

namespace tst_launcher_plans {

using namespace roadstead;
using namespace roadstead::launcher;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

/// What the launcher decides without touching anything: addresses, options, commands, pauses.
class TestLauncherPlans : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void addressesAvoidEveryRangeInUse_data();
    void addressesAvoidEveryRangeInUse();
    void aHostThatUsesEverythingGetsNoPlan();
    void aPlanSurvivesItsFile();
    void damagedPlansAreRefused_data();
    void damagedPlansAreRefused();
    void poolsLieInTheEnginesRangeBesideTheBridge();
    void userIdsMakeDifferentIpv6Addresses();
    void versionsAreRead_data();
    void versionsAreRead();
    void portListsAreReadOrRefused_data();
    void portListsAreReadOrRefused();
    void fiveEndsInAMinuteAreACrashLoop();
    void endsThatLieApartAreNot();
    void dockerdIsToldNothingTwice();
    void missingProgramsOfOursAreLeftOut();
};

namespace {

Range range(const char *address, unsigned length)
{
    return {parseIpv4(address).value_or(0), length};
}

} // namespace

void TestLauncherPlans::addressesAvoidEveryRangeInUse_data()
{
    QTest::addColumn<QStringList>("used");
    QTest::addColumn<QString>("link");
    QTest::addColumn<QString>("engine");
    QTest::newRow("a quiet host") << QStringList() << "172.31.255.0/30" << "172.30.0.0/16";
    QTest::newRow("another engine's link")
        << QStringList{"172.31.255.0/30"} << "172.31.255.4/30" << "172.30.0.0/16";
    QTest::newRow("a network of the system's Docker")
        << QStringList{"172.30.0.0/16"} << "172.31.255.0/30" << "172.29.0.0/16";
    QTest::newRow("one address inside is enough")
        << QStringList{"172.30.200.7/32"} << "172.31.255.0/30" << "172.29.0.0/16";
    QTest::newRow("a company's 172.16/12")
        << QStringList{"172.16.0.0/12"} << "192.168.255.0/30" << "10.240.0.0/16";
    QTest::newRow("a VPN that takes all private ranges")
        << QStringList{"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"} << "198.19.255.0/30"
        << "198.18.0.0/16";
}

void TestLauncherPlans::addressesAvoidEveryRangeInUse()
{
    QFETCH(const QStringList, used);
    std::vector<Range> ranges;
    for (const QString &text : used) {
        const QStringList parts = text.split(QLatin1Char('/'));
        ranges.push_back(range(qPrintable(parts[0]), parts[1].toUInt()));
    }
    const auto plan = choosePlan(1001, ranges);
    QVERIFY(plan);
    QTEST(QString::fromStdString(plan->link.text()), "link");
    QTEST(QString::fromStdString(plan->engine.text()), "engine");
}

void TestLauncherPlans::aHostThatUsesEverythingGetsNoPlan()
{
    const auto plan = choosePlan(1001, {range("0.0.0.0", 0)});
    QVERIFY(!plan);
    QCOMPARE(plan.error().kind, ErrorKind::Conflict);
}

void TestLauncherPlans::aPlanSurvivesItsFile()
{
    const auto plan = choosePlan(1001, {});
    QVERIFY(plan);
    const auto read = AddressPlan::parse(plan->serialize(), 1001);
    QVERIFY(read);
    QVERIFY(*read == *plan);
}

void TestLauncherPlans::damagedPlansAreRefused_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("cut") << QByteArray("link=172.31.255.0/30\nengine=172.30.0.0/16");
    QTest::newRow("no engine") << QByteArray("link=172.31.255.0/30\n");
    QTest::newRow("no length") << QByteArray("link=172.31.255.0\nengine=172.30.0.0/16\n");
    QTest::newRow("exchanged") << QByteArray("link=172.30.0.0/16\nengine=172.31.255.0/30\n");
    QTest::newRow("no address") << QByteArray("link=localhost/30\nengine=172.30.0.0/16\n");
}

void TestLauncherPlans::damagedPlansAreRefused()
{
    QFETCH(const QByteArray, text);
    QVERIFY(!AddressPlan::parse(text.toStdString(), 1001));
}

void TestLauncherPlans::poolsLieInTheEnginesRangeBesideTheBridge()
{
    AddressPlan plan;
    plan.engine = range("172.30.0.0", 16);
    QCOMPARE(plan.bridge(), std::string("172.30.0.1/18"));
    const std::vector<std::string> expected = {"base=172.30.64.0/18,size=24",
                                               "base=172.30.128.0/17,size=24"};
    QCOMPARE(plan.pools(), expected);
}

void TestLauncherPlans::userIdsMakeDifferentIpv6Addresses()
{
    AddressPlan small;
    small.uid = 1001;
    AddressPlan large;
    large.uid = 1001 + 65536;
    QCOMPARE(small.hostAddress6(), std::string("fd72:6f61:0:3e9::1"));
    QCOMPARE(large.engineAddress6(), std::string("fd72:6f61:1:3e9::2"));
}

void TestLauncherPlans::versionsAreRead_data()
{
    QTest::addColumn<QByteArray>("output");
    QTest::addColumn<QString>("version"); // empty: not a version
    QTest::newRow("Debian's") << QByteArray("Docker version 26.1.5+dfsg1, build 411e817\n")
                              << "26.01";
    QTest::newRow("docker-ce's") << QByteArray("Docker version 28.5.1, build f8215cc\n") << "28.05";
    QTest::newRow("the oldest") << QByteArray("Docker version 20.10.0, build 1\n") << "20.10";
    QTest::newRow("a candidate") << QByteArray("Docker version 29.0.0-rc.1, build 1\n") << "29.00";
    QTest::newRow("nothing") << QByteArray() << "";
    QTest::newRow("no number") << QByteArray("Docker version dev, build 1\n") << "";
    QTest::newRow("cut") << QByteArray("Docker version 26") << "";
    QTest::newRow("negative") << QByteArray("Docker version -1.2, build 1\n") << "";
}

void TestLauncherPlans::versionsAreRead()
{
    QFETCH(const QByteArray, output);
    const auto version = parseVersion(output.toStdString());
    QTEST(version ? QString::fromStdString(version->text()) : QString(QLatin1String("")),
          "version");
}

void TestLauncherPlans::portListsAreReadOrRefused_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QList<int>>("ports");
    QTest::addColumn<bool>("isValid");
    const QList<int> none;
    QTest::newRow("nothing") << QByteArray() << none << true;
    QTest::newRow("an empty list") << QByteArray("loopback-ports=\n") << none << true;
    QTest::newRow("a comment") << QByteArray("# a\n\nloopback-ports=5000\n") << QList{5000} << true;
    QTest::newRow("two, one twice")
        << QByteArray("loopback-ports=5000,53,5000\n") << QList{5000, 53} << true;
    for (const char *list : {"0", "65536", "-1", "5000,", ",5000", "5000 ", "5000;ls", "http",
                             "0x50", "5000,,5001", "99999999999"}) {
        QTest::addRow("refused: %s", list) << QByteArray("loopback-ports=") + list + "\n"
                                           << none << false;
    }
    QTest::newRow("an unknown key") << QByteArray("runtime=/tmp/x\n") << none << false;
    QByteArray many = "loopback-ports=1";
    for (int port = 2; port <= 65; ++port) {
        many += "," + QByteArray::number(port);
    }
    QTest::newRow("more than 64") << many << none << false;
}

void TestLauncherPlans::portListsAreReadOrRefused()
{
    QFETCH(const QByteArray, text);
    const auto options = parseUserOptions(text.toStdString());
    QTEST(options.has_value(), "isValid");
    QList<int> ports;
    for (const std::uint16_t port : options.value_or(UserOptions{}).loopbackPorts) {
        ports.push_back(port);
    }
    QTEST(ports, "ports");
}

void TestLauncherPlans::fiveEndsInAMinuteAreACrashLoop()
{
    CrashPolicy policy;
    const CrashPolicy::Clock::time_point start{};
    const auto pauses = {200ms, 400ms, 800ms, 1600ms};
    int second = 0;
    for (const auto pause : pauses) {
        QCOMPARE(policy.crashed(start + std::chrono::seconds(second)), std::optional(pause));
        second += 10;
    }
    QCOMPARE(policy.crashed(start + 59s), std::nullopt);
}

void TestLauncherPlans::endsThatLieApartAreNot()
{
    CrashPolicy policy;
    CrashPolicy::Clock::time_point now{};
    for (int i = 0; i < 100; ++i, now += 61s) {
        QCOMPARE(policy.crashed(now), std::optional(std::chrono::milliseconds(200)));
    }
}

void TestLauncherPlans::dockerdIsToldNothingTwice()
{
    const EnginePrograms programs{"/usr/sbin/dockerd",
                                  "/usr/bin/containerd",
                                  "/l/roadstead-port",
                                  "/l/roadstead-runtime",
                                  {26, 1}};
    const auto command = dockerdCommand(Paths(1001), *choosePlan(1001, {}), programs);
    // dockerd refuses an option that is both here and in its configuration file.
    QCOMPARE(std::ranges::count_if(
                 command, [](const std::string &word) { return word.contains("live-restore"); }),
             0);
    QVERIFY(dockerdConfig(true, {}).contains("\"live-restore\": true"));
    QVERIFY(dockerdConfig(false, {}).contains("\"live-restore\": false"));
    // Named also when there is none, or dockerd would keep those it has.
    QVERIFY(dockerdConfig(true, {}).contains("\"insecure-registries\": []"));
    const EngineOptions options{.insecureRegistries = {"a.example", "[2001:db8::1]:5000"},
                                .certificates = {{"b.example", "text"}}};
    const auto config =
        QJsonDocument::fromJson(QByteArray::fromStdString(dockerdConfig(true, options))).object();
    QCOMPARE(config.keys(), QStringList({u"insecure-registries"_s, u"live-restore"_s}));
    QCOMPARE(config[u"insecure-registries"_s].toArray(),
             QJsonArray({u"[2001:db8::1]:5000"_s, u"a.example"_s}));
    QVERIFY(std::ranges::contains(command, "--default-runtime=roadstead"));
    QVERIFY(std::ranges::contains(command, "--userland-proxy-path=/l/roadstead-port"));
    QVERIFY(std::ranges::none_of(command,
                                 [](const std::string &word) { return word.contains("tcp://"); }));
}

void TestLauncherPlans::missingProgramsOfOursAreLeftOut()
{
    EnginePrograms programs{"/usr/sbin/dockerd", "/usr/bin/containerd", {}, {}, {26, 1}};
    for (const std::string &word : dockerdCommand(Paths(1001), *choosePlan(1001, {}), programs)) {
        QVERIFY(!word.contains("runtime") && !word.contains("proxy"));
    }
    QVERIFY(
        std::ranges::contains(engineEnvironment(programs), "PATH=/usr/sbin:/usr/bin:/sbin:/bin"));
    programs.dockerd = "/usr/local/bin/dockerd";
    programs.containerd = "/usr/local/bin/containerd";
    QVERIFY(std::ranges::contains(engineEnvironment(programs),
                                  "PATH=/usr/sbin:/usr/bin:/sbin:/bin:/usr/local/bin"));
}

} // namespace tst_launcher_plans

ROADSTEAD_APPLESS_TEST(tst_launcher_plans::TestLauncherPlans)
#include "tst_launcher_plans.moc"
