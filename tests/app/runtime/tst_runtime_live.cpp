// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/port/engine_bed.h"
#include "tests/support/test_program/test_program.h"

#include <QTest>
#include <algorithm>

namespace tst_runtime_live {

using namespace roadstead::test;

/// What containers of a real dockerd in a namespace of its own see of the network. The host's
/// namespace is this one.
class RuntimeLive final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanup();
    void hostNetworkSeesTheHostsInterfaces();
    void hostNetworkListensOnTheHost();
    void hostNetworkMaySetNoSysctlOfTheHost();
    void otherNetworksAreAsEver();
    void restartedContainersKeepTheHostsNetwork();
    void buildsWithTheHostsNetworkSeeIt_data();
    void buildsWithTheHostsNetworkSeeIt();
    void runsForTheEngineOnly();

private:
    Outcome docker(const char *arguments) { return m_bed.docker(QString::fromLatin1(arguments)); }

    EngineBed m_bed;
};

namespace {

/// Names of the interfaces in what `ip -o link` prints.
QByteArrayList interfaces(const QByteArray &listing)
{
    QByteArrayList names;
    for (const QByteArray &line : listing.split('\n')) {
        names += line.split(' ').value(1).split('@').first().replace(':', "");
    }
    std::ranges::sort(names);
    return names;
}

QByteArrayList hostsInterfaces()
{
    return interfaces(run(words(QStringLiteral("ip -o link"))).output);
}

} // namespace

void RuntimeLive::initTestCase()
{
    QCOMPARE(qgetenv("ROADSTEAD_MACHINE"), QByteArray("1"));
    const QByteArray problem = m_bed.prepare();
    QVERIFY2(problem.isEmpty(), problem.constData());
    QVERIFY(hostsInterfaces().contains("rshost"));
    QVERIFY(!hostsInterfaces().contains("docker0"));
}

void RuntimeLive::cleanup()
{
    const QByteArray all = docker("ps -aq").output.replace('\n', ' ');
    if (!all.isEmpty()) {
        m_bed.docker(QStringLiteral("rm -f ") + QString::fromLatin1(all));
    }
}

void RuntimeLive::hostNetworkSeesTheHostsInterfaces()
{
    const Outcome seen = docker("run --rm --network host box ip -o link");
    QVERIFY2(seen.status == 0, seen.errors.constData());
    QCOMPARE(interfaces(seen.output), hostsInterfaces());
    // And so does sysfs, which shows the network that it was mounted in.
    const Outcome files = docker("run --rm --network host box ls /sys/class/net");
    QVERIFY2(files.status == 0, files.errors.constData());
    QVERIFY(files.output.split('\n').contains("rshost"));
    QVERIFY(!files.output.split('\n').contains("docker0"));
    QVERIFY(docker("run --rm --network host box touch /sys/kernel/x").status != 0);
    QCOMPARE(interfaces(docker("run --rm --privileged --network host box ip -o link").output),
             hostsInterfaces());
}

void RuntimeLive::hostNetworkListensOnTheHost()
{
    const Outcome started = docker("run -d --name server --network host box /peer serve 8090");
    QVERIFY2(started.status == 0, started.errors.constData());
    const QString here = QStringLiteral("socat -T5 - TCP4:127.0.0.1:8090");
    QVERIFY(QTest::qWaitFor([&] { return run(words(here), "hello").output == "hello"; }, 10'000));
    const Outcome outside =
        m_bed.outside(QStringLiteral("socat -T5 - TCP4:192.0.2.1:8090"), "hello");
    QCOMPARE(outside.output, QByteArray("hello"));
    QCOMPARE(interfaces(docker("exec server ip -o link").output), hostsInterfaces());
}

void RuntimeLive::hostNetworkMaySetNoSysctlOfTheHost()
{
    const QString name = QStringLiteral("sysctl -n net.ipv4.ip_default_ttl");
    const QByteArray before = run(words(name)).output;
    const Outcome refused =
        docker("run --rm --network host --sysctl net.ipv4.ip_default_ttl=77 box true");
    QVERIFY(refused.status != 0);
    QCOMPARE(run(words(name)).output, before);
    QCOMPARE(m_bed.inEngine(name).output, before);
}

void RuntimeLive::otherNetworksAreAsEver()
{
    QCOMPARE(interfaces(docker("run --rm --network none box ip -o link").output),
             QByteArrayList{"lo"});
    QCOMPARE(interfaces(docker("run --rm box ip -o link").output), (QByteArrayList{"eth0", "lo"}));
    QCOMPARE(docker("run -d --name first box /peer serve 7").status, 0);
    QCOMPARE(docker("run --rm --network container:first box ip -o addr").output,
             docker("exec first ip -o addr").output);
    QCOMPARE(docker("run --rm --sysctl net.ipv4.ip_default_ttl=77 box cat "
                    "/proc/sys/net/ipv4/ip_default_ttl")
                 .output,
             QByteArray("77"));
}

void RuntimeLive::restartedContainersKeepTheHostsNetwork()
{
    QCOMPARE(docker("run -d --name again --network host box /peer serve 8091").status, 0);
    QCOMPARE(docker("restart -t 0 again").status, 0);
    QCOMPARE(interfaces(docker("exec again ip -o link").output), hostsInterfaces());
}

void RuntimeLive::buildsWithTheHostsNetworkSeeIt_data()
{
    QTest::addColumn<QByteArray>("buildKit");
    QTest::addColumn<QString>("network");
    QTest::addColumn<bool>("seesHost");
    QTest::newRow("BuildKit, host") << QByteArray("1") << QStringLiteral("host") << true;
    QTest::newRow("BuildKit, usual") << QByteArray("1") << QStringLiteral("default") << false;
    QTest::newRow("BuildKit, none") << QByteArray("1") << QStringLiteral("none") << false;
    QTest::newRow("classic, host") << QByteArray("0") << QStringLiteral("host") << true;
    QTest::newRow("classic, usual") << QByteArray("0") << QStringLiteral("default") << false;
}

void RuntimeLive::buildsWithTheHostsNetworkSeeIt()
{
    QFETCH(QByteArray, buildKit);
    QFETCH(QString, network);
    QFETCH(bool, seesHost);
    qputenv("DOCKER_BUILDKIT", buildKit);
    const QString progress = buildKit == "1" ? QStringLiteral("--progress plain ") : QString();
    const Outcome built =
        m_bed.docker(QStringLiteral("build %1--no-cache --network %2 -").arg(progress, network),
                     "FROM box\nRUN ip -o link\n");
    qunsetenv("DOCKER_BUILDKIT");
    const QByteArray said = built.output + built.errors;
    QVERIFY2(built.status == 0, said.constData());
    QVERIFY2(said.contains("lo: <LOOPBACK"), said.constData());
    QVERIFY2(said.contains("rshost") == seesHost, said.constData());
}

void RuntimeLive::runsForTheEngineOnly()
{
    for (const char *user : {"", "setpriv --reuid 1001 --clear-groups "}) {
        const Outcome refused = run(
            words(QString::fromLatin1(user) +
                  QStringLiteral("/usr/libexec/roadstead/roadstead-runtime --root /run/x list")));
        QCOMPARE(refused.status, 1);
        QVERIFY2(refused.errors.contains("run by the engine only"), refused.errors.constData());
    }
}

} // namespace tst_runtime_live

ROADSTEAD_GUILESS_TEST(tst_runtime_live::RuntimeLive)
#include "tst_runtime_live.moc"
