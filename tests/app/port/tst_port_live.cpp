// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/port/engine_bed.h"
#include "tests/support/test_program/test_program.h"

#include <QFile>
#include <QRegularExpression>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <csignal>

namespace tst_port_live {

using namespace roadstead::test;

/// Published ports of a real dockerd: who reaches them from where, and what becomes of them when
/// the engine is restarted. The host's namespace is this one.
class PortLive final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanup();
    void answersWhereItShould_data();
    void answersWhereItShould();
    void carriesDatagrams();
    void obeysTheHostsFirewall();
    void namesWhoHoldsATakenPort();
    void refusesSctpWithASentence();
    void isNoLongerRoot();
    void runsForTheEngineOnly();
    void takesAPassedListener();
    void pushesToARegistryThatTheEnginePublishes();
    void reachesARegistryOnTheHostsLoopback();
    void keepsPortsOpenWhileTheEngineRestarts_data();
    void keepsPortsOpenWhileTheEngineRestarts();
    void freesThePortWithTheContainer();
    void carriesAGigabyteUnchanged();
    void carriesThousandsOfShortConnections();
    void endsWithTheLauncherOnceTheEngineIsGone();

private:
    QByteArray echo(const QString &ip, int port);
    void publish(const QString &options, const QString &command = QStringLiteral("/peer serve 7"));

    EngineBed m_bed;
};

namespace {

constexpr int patience = 10'000;
const QString peerName = QStringLiteral(PEER);

/// What an echo answers through socat: "hello", or nothing.
QString tcpEcho(const QString &ip, int port)
{
    const QString address = ip.contains(QLatin1Char(':')) ? QStringLiteral("TCP6:[%1]").arg(ip)
                                                          : QStringLiteral("TCP4:%1").arg(ip);
    return QStringLiteral("socat -T5 - %1:%2,connect-timeout=2").arg(address).arg(port);
}

QString udpEcho(const QString &ip, int port)
{
    const QString address = ip.contains(QLatin1Char(':')) ? QStringLiteral("UDP6:[%1]").arg(ip)
                                                          : QStringLiteral("UDP4:%1").arg(ip);
    return QStringLiteral("socat -t0.7 - %1:%2").arg(address).arg(port);
}

QByteArray statusField(qint64 process, const QByteArray &name)
{
    QFile file(QStringLiteral("/proc/%1/status").arg(process));
    if (!file.open(QFile::ReadOnly)) {
        return {};
    }
    for (const QByteArray &line : file.readAll().split('\n')) {
        if (line.startsWith(name + ":\t")) {
            return line.sliced(name.size() + 2).simplified();
        }
    }
    return {};
}

} // namespace

void PortLive::initTestCase()
{
    QCOMPARE(qgetenv("ROADSTEAD_MACHINE"), QByteArray("1"));
    const QByteArray problem = m_bed.prepare();
    QVERIFY2(problem.isEmpty(), problem.constData());
}

void PortLive::cleanup()
{
    const QByteArray all = m_bed.docker(QStringLiteral("ps -aq")).output.replace('\n', ' ');
    if (!all.isEmpty()) {
        m_bed.docker(QStringLiteral("rm -f ") + QString::fromLatin1(all));
    }
}

QByteArray PortLive::echo(const QString &ip, int port)
{
    return run(words(tcpEcho(ip, port)), "hello").output;
}

void PortLive::publish(const QString &options, const QString &command)
{
    const Outcome started = m_bed.docker(QStringLiteral("run -d %1 box %2").arg(options, command));
    QVERIFY2(started.status == 0, started.errors.constData());
    const QString address = QString::fromLatin1(
        m_bed
            .docker(QStringLiteral("inspect -f {{.NetworkSettings.IPAddress}} ") +
                    QString::fromLatin1(started.output))
            .output);
    const QString service = command.section(QLatin1Char(' '), -1);
    const QString knock =
        QStringLiteral("socat -u OPEN:/dev/null TCP4:%1:%2")
            .arg(address,
                 service == QLatin1String("/registry.yml") ? QStringLiteral("5000") : service);
    QVERIFY(QTest::qWaitFor([&] { return m_bed.inEngine(knock).status == 0; }, patience));
}

void PortLive::answersWhereItShould_data()
{
    QTest::addColumn<QString>("binding");
    QTest::addColumn<QStringList>("reachableFrom");
    const QStringList loopback = {QStringLiteral("host 127.0.0.1"),
                                  QStringLiteral("engine 127.0.0.1")};
    const QStringList loopback6 = {QStringLiteral("host ::1"), QStringLiteral("engine ::1")};
    const QStringList outer = {QStringLiteral("host 192.0.2.1"), QStringLiteral("host 10.99.0.1"),
                               QStringLiteral("outside 192.0.2.1")};
    const QStringList outer6 = {QStringLiteral("host 2001:db8::1"),
                                QStringLiteral("outside 2001:db8::1")};
    QTest::newRow("all addresses")
        << QStringLiteral("8080:7") << loopback + loopback6 + outer + outer6;
    QTest::newRow("IPv4 only") << QStringLiteral("0.0.0.0:8080:7") << loopback + outer;
    QTest::newRow("IPv6 only") << QStringLiteral("[::]:8080:7") << loopback6 + outer6;
    QTest::newRow("loopback only") << QStringLiteral("127.0.0.1:8080:7") << loopback;
    QTest::newRow("IPv6 loopback only") << QStringLiteral("[::1]:8080:7") << loopback6;
    QTest::newRow("one address of the host")
        << QStringLiteral("192.0.2.1:8080:7")
        << QStringList{QStringLiteral("host 192.0.2.1"), QStringLiteral("outside 192.0.2.1")};
}

void PortLive::answersWhereItShould()
{
    QFETCH(QString, binding);
    QFETCH(QStringList, reachableFrom);
    publish(QStringLiteral("-p ") + binding);
    QStringList answered;
    for (const char *ip : {"127.0.0.1", "::1", "192.0.2.1", "10.99.0.1", "2001:db8::1"}) {
        const QString address = QString::fromLatin1(ip);
        const QString line = tcpEcho(address, 8080);
        if (run(words(line), "hello").output == "hello") {
            answered += QStringLiteral("host ") + address;
        }
        if (m_bed.outside(line, "hello").output == "hello") {
            answered += QStringLiteral("outside ") + address;
        }
        const bool isLoopback =
            address == QLatin1String("127.0.0.1") || address == QLatin1String("::1");
        if (isLoopback && m_bed.inEngine(line, "hello").output == "hello") {
            answered += QStringLiteral("engine ") + address;
        }
    }
    answered.sort();
    reachableFrom.sort();
    QCOMPARE(answered, reachableFrom);
}

void PortLive::carriesDatagrams()
{
    publish(QStringLiteral("-p 8053:7/udp -p 127.0.0.1:8054:7/udp"));
    for (const char *ip : {"127.0.0.1", "::1", "192.0.2.1", "2001:db8::1"}) {
        const Outcome answer = run(words(udpEcho(QString::fromLatin1(ip), 8053)), "hello");
        QCOMPARE(answer.output, QByteArray("hello"));
    }
    const auto to = [](const char *ip, int port) { return udpEcho(QString::fromLatin1(ip), port); };
    QCOMPARE(m_bed.outside(to("192.0.2.1", 8053), "hello").output, QByteArray("hello"));
    QCOMPARE(m_bed.outside(to("2001:db8::1", 8053), "hello").output, QByteArray("hello"));
    QCOMPARE(m_bed.inEngine(to("127.0.0.1", 8053), "hello").output, QByteArray("hello"));
    QCOMPARE(run(words(to("127.0.0.1", 8054)), "hello").output, QByteArray("hello"));
    QCOMPARE(m_bed.outside(to("192.0.2.1", 8054), "hello").output, QByteArray());
}

void PortLive::obeysTheHostsFirewall()
{
    publish(QStringLiteral("-p 8080:7"));
    const QString line = tcpEcho(QStringLiteral("192.0.2.1"), 8080);
    QCOMPARE(m_bed.outside(line, "hello").output, QByteArray("hello"));
    const Outcome closed =
        run(words(QStringLiteral("nft -f -")),
            "table inet closed { chain input { type filter hook input priority 0; policy accept; "
            "tcp dport 8080 iifname outhost reject; }; }\n");
    QCOMPARE(closed.errors, QByteArray());
    QCOMPARE(m_bed.outside(line, "hello").output, QByteArray());
    QCOMPARE(echo(QStringLiteral("127.0.0.1"), 8080), QByteArray("hello"));
    QCOMPARE(run(words(QStringLiteral("nft delete table inet closed"))).status, 0);
    QCOMPARE(m_bed.outside(line, "hello").output, QByteArray("hello"));
}

void PortLive::namesWhoHoldsATakenPort()
{
    QTcpServer holder;
    QVERIFY(holder.listen(QHostAddress(QStringLiteral("127.0.0.1")), 8085));
    const Outcome refused = m_bed.docker(QStringLiteral("run --rm -p 8085:7 box /bin/true"));
    QVERIFY(refused.status != 0);
    const QByteArray expected =
        "listen tcp4 0.0.0.0:8085: bind: address already in use (held by tst_port_live, pid " +
        QByteArray::number(QCoreApplication::applicationPid()) + ")";
    QVERIFY2(refused.errors.contains(expected), refused.errors.constData());
    holder.close();
    QCOMPARE(m_bed.docker(QStringLiteral("run --rm -p 8085:7 box /bin/true")).status, 0);
}

void PortLive::refusesSctpWithASentence()
{
    const Outcome refused = m_bed.docker(QStringLiteral("run --rm -p 8086:7/sctp box /bin/true"));
    QVERIFY(refused.status != 0);
    QVERIFY2(refused.errors.contains("SCTP ports cannot be published by this engine"),
             refused.errors.constData());
}

void PortLive::isNoLongerRoot()
{
    publish(QStringLiteral("-p 80:7"));
    const QList<qint64> forwarders = m_bed.forwarders("-host-port 80 ");
    QCOMPARE(forwarders.size(), 2);
    for (const qint64 process : forwarders) {
        const QByteArray own = QByteArray::number(1'879'048'192 + process);
        QCOMPARE(statusField(process, "Uid"), own + ' ' + own + ' ' + own + ' ' + own);
        QCOMPARE(statusField(process, "Gid"), own + ' ' + own + ' ' + own + ' ' + own);
        QCOMPARE(statusField(process, "Groups"), QByteArray());
        for (const char *set : {"CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"}) {
            QCOMPARE(statusField(process, set), QByteArray("0000000000000000"));
        }
        QCOMPARE(statusField(process, "NoNewPrivs"), QByteArray("1"));
        QCOMPARE(statusField(process, "Seccomp"), QByteArray(ROADSTEAD_SECCOMP));
        QCOMPARE(statusField(process, "Threads"), QByteArray("1"));
    }
    QCOMPARE(echo(QStringLiteral("127.0.0.1"), 80), QByteArray("hello"));
}

void PortLive::runsForTheEngineOnly()
{
    const QString direct = QStringLiteral(
        "/usr/libexec/roadstead/roadstead-port -proto tcp -host-ip 127.0.0.1 -host-port 8087 "
        "-container-ip 127.0.0.1 -container-port 7");
    const QString reverse =
        QStringLiteral("/usr/libexec/roadstead/roadstead-port reverse -uid 1001 -host-port 8087");
    for (const QString &line : {direct, reverse}) {
        for (const QString &user :
             {QString(), QStringLiteral("setpriv --reuid 1001 --clear-groups ")}) {
            const Outcome refused = run(words(user + line));
            QCOMPARE(refused.status, 1);
            QVERIFY2(refused.errors.contains("run by the engine only"), refused.errors.constData());
        }
    }
    // A program that calls itself dockerd is not one.
    const Outcome lied =
        run({QStringLiteral("bash"), QStringLiteral("-c"),
             QStringLiteral("exec -a /usr/sbin/dockerd bash -c '%1; exit $?'").arg(direct)});
    QCOMPARE(lied.status, 1);
    QVERIFY2(lied.errors.contains("run by the engine only"), lied.errors.constData());
}

void PortLive::takesAPassedListener()
{
    QProcess service;
    service.start(QStringLiteral("nsenter"),
                  {QStringLiteral("--net=/run/roadstead-engine/1001/netns"), peerName,
                   QStringLiteral("serve"), QStringLiteral("4007")});
    QVERIFY(service.waitForStarted());
    QVERIFY(QTest::qWaitFor(
        [&] {
            return m_bed.inEngine(tcpEcho(QStringLiteral("127.0.0.1"), 4007), "hello").output ==
                   QByteArray("hello");
        },
        patience));
    const Outcome passed = m_bed.inEngine(QStringLiteral("/usr/libexec/docker/dockerd ") +
                                          QStringLiteral(PASSED_LISTENER));
    service.kill();
    service.waitForFinished();
    QVERIFY2(passed.status == 0, passed.errors.constData());
    QCOMPARE(passed.output, QByteArray("passed"));
}

void PortLive::pushesToARegistryThatTheEnginePublishes()
{
    publish(QStringLiteral("-p 5000:5000"), QStringLiteral("/registry serve /registry.yml"));
    QVERIFY(QTest::qWaitFor(
        [&] {
            return run(words(QStringLiteral("curl -s http://127.0.0.1:5000/v2/"))).output ==
                   QByteArray("{}");
        },
        patience));
    const QString name = QStringLiteral("localhost:5000/box");
    QCOMPARE(m_bed.docker(QStringLiteral("tag box ") + name).status, 0);
    const Outcome pushed = m_bed.docker(QStringLiteral("push -q ") + name);
    QVERIFY2(pushed.status == 0, pushed.errors.constData());
    QCOMPARE(m_bed.docker(QStringLiteral("rmi ") + name).status, 0);
    const Outcome pulled = m_bed.docker(QStringLiteral("pull -q ") + name);
    QVERIFY2(pulled.status == 0, pulled.errors.constData());
    QCOMPARE(m_bed.docker(QStringLiteral("rmi ") + name).status, 0);
}

void PortLive::reachesARegistryOnTheHostsLoopback()
{
    QFile configuration(QStringLiteral("/tmp/registry.yml"));
    QVERIFY(configuration.open(QFile::WriteOnly));
    configuration.write("version: 0.1\nstorage: {filesystem: {rootdirectory: /tmp/registry}}\n"
                        "http: {addr: \"127.0.0.1:5001\"}\n");
    configuration.close();
    QProcess registry;
    registry.start(QStringLiteral("docker-registry"),
                   {QStringLiteral("serve"), configuration.fileName()});
    QVERIFY(QTest::qWaitFor(
        [&] {
            return run(words(QStringLiteral("curl -s http://127.0.0.1:5001/v2/"))).output ==
                   QByteArray("{}");
        },
        patience));
    const QString name = QStringLiteral("localhost:5001/box");
    QCOMPARE(m_bed.docker(QStringLiteral("tag box ") + name).status, 0);
    QVERIFY(m_bed.docker(QStringLiteral("push -q ") + name).status != 0);

    QProcess launcher;
    launcher.start(QStringLiteral("/usr/libexec/roadstead/roadstead-launcher"),
                   {QStringLiteral("-c"),
                    QStringLiteral("/usr/libexec/roadstead/roadstead-port reverse -uid 1001 -proto "
                                   "tcp -host-port 5001 3>&1; exit $?")});
    QVERIFY(launcher.waitForReadyRead());
    QCOMPARE(launcher.readAllStandardOutput(), QByteArray("0\n"));
    const Outcome pushed = m_bed.docker(QStringLiteral("push -q ") + name);
    QVERIFY2(pushed.status == 0, pushed.errors.constData());
    const QList<qint64> forwarders = m_bed.forwarders("reverse");
    QCOMPARE(forwarders.size(), 1);
    QVERIFY(!statusField(forwarders.first(), "Uid").startsWith('0'));

    // It ends with the launcher.
    launcher.kill();
    launcher.waitForFinished();
    QVERIFY(QTest::qWaitFor([&] { return m_bed.forwarders("reverse").isEmpty(); }, patience));
    m_bed.docker(QStringLiteral("rmi ") + name);
    registry.kill();
    registry.waitForFinished();
}

void PortLive::keepsPortsOpenWhileTheEngineRestarts_data()
{
    QTest::addColumn<int>("signal");
    QTest::newRow("stopped") << SIGTERM;
    QTest::newRow("killed") << SIGKILL;
}

void PortLive::keepsPortsOpenWhileTheEngineRestarts()
{
    QFETCH(int, signal);
    publish(QStringLiteral("-p 8080:7 -p 8053:7/udp -p 127.0.0.1:8081:7"));
    const QString here = QStringLiteral("127.0.0.1");
    const QList<qint64> before = m_bed.forwarders("-host-port");
    QCOMPARE(before.size(), 5);
    QTcpSocket kept;
    kept.connectToHost(here, 8080);
    QVERIFY(kept.waitForConnected());
    const auto keptAnswers = [&kept](const QByteArray &text) {
        kept.write(text);
        QByteArray answer;
        while (answer.size() < text.size() && kept.waitForReadyRead(5000)) {
            answer += kept.readAll();
        }
        return answer == text;
    };
    QVERIFY(keptAnswers("before"));

    m_bed.end(signal);
    QVERIFY(keptAnswers("without engine"));
    QCOMPARE(echo(here, 8080), QByteArray("hello"));
    QCOMPARE(echo(here, 8081), QByteArray("hello"));
    QCOMPARE(run(words(udpEcho(here, 8053)), "hello").output, QByteArray("hello"));

    const QByteArray problem = m_bed.start();
    QVERIFY2(problem.isEmpty(), problem.constData());
    QVERIFY(keptAnswers("after"));
    QCOMPARE(echo(here, 8080), QByteArray("hello"));
    QCOMPARE(echo(here, 8081), QByteArray("hello"));
    QCOMPARE(run(words(udpEcho(here, 8053)), "hello").output, QByteArray("hello"));
    QCOMPARE(m_bed.inEngine(tcpEcho(here, 8080), "hello").output, QByteArray("hello"));

    // The predecessor that serves our connection stays for it, and no longer.
    kept.disconnectFromHost();
    QVERIFY(QTest::qWaitFor([&] { return m_bed.forwarders("-host-port").size() == 5; }, patience));
    for (const qint64 process : m_bed.forwarders("-host-port")) {
        QVERIFY(!before.contains(process));
    }
}

void PortLive::freesThePortWithTheContainer()
{
    publish(QStringLiteral("--name gone -p 8080:7"));
    QCOMPARE(echo(QStringLiteral("127.0.0.1"), 8080), QByteArray("hello"));
    QCOMPARE(m_bed.docker(QStringLiteral("stop -t 0 gone")).status, 0);
    QTcpServer next;
    QVERIFY(next.listen(QHostAddress::Any, 8080));
    QVERIFY(m_bed.forwarders("-host-port 8080").isEmpty());
}

void PortLive::carriesAGigabyteUnchanged()
{
    publish(QStringLiteral("-p 127.0.0.1:8080:9"), QStringLiteral("/peer sink 9"));
    const Outcome sent = run({peerName, QStringLiteral("send"), QStringLiteral("127.0.0.1"),
                              QStringLiteral("8080"), QStringLiteral("1073741824")});
    QVERIFY2(sent.status == 0, (sent.output + sent.errors).constData());
    const QList<qint64> forwarders = m_bed.forwarders("-host-port 8080");
    QCOMPARE(forwarders.size(), 1);
    const qint64 kilobytes =
        statusField(forwarders.first(), "VmHWM").split(' ').first().toLongLong();
    QVERIFY2(kilobytes > 0 && kilobytes < 10'000, QByteArray::number(kilobytes).constData());
}

void PortLive::carriesThousandsOfShortConnections()
{
    publish(QStringLiteral("-p 127.0.0.1:8080:7"));
    const Outcome done = run({peerName, QStringLiteral("connect"), QStringLiteral("127.0.0.1"),
                              QStringLiteral("8080"), QStringLiteral("5000")});
    QVERIFY2(done.status == 0, done.errors.constData());
    // At any rate: ports of ended connections are taken again, in the engine's namespace only.
    const QString setting = QStringLiteral("sysctl -n net.ipv4.tcp_tw_reuse");
    QCOMPARE(m_bed.inEngine(setting).output, QByteArray("1"));
    QVERIFY(run(words(setting)).output != "1");
    const QString descriptors =
        QStringLiteral("/proc/%1/fd").arg(m_bed.forwarders("-host-port 8080").first());
    QVERIFY(QTest::qWaitFor([&] { return QDir(descriptors).count() < 30; }, patience));
}

/// Last: it ends the engine.
void PortLive::endsWithTheLauncherOnceTheEngineIsGone()
{
    publish(QStringLiteral("-p 8080:7"));
    m_bed.end(SIGKILL);
    QCOMPARE(echo(QStringLiteral("127.0.0.1"), 8080), QByteArray("hello"));
    m_bed.endLauncher();
    QVERIFY(QTest::qWaitFor([&] { return m_bed.forwarders("-host-port").isEmpty(); }, patience));
    QTcpServer next;
    QVERIFY(next.listen(QHostAddress::Any, 8080));
}

} // namespace tst_port_live

ROADSTEAD_GUILESS_TEST(tst_port_live::PortLive)
#include "tst_port_live.moc"
