// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/port/engine_bed.h"
#include "tests/support/test_program/test_program.h"

#include <QFile>
#include <QTest>
#include <csignal>

namespace tst_port_launcher {

using namespace roadstead::test;

/// Published ports of an engine that the real launcher runs, through its restarts and to its end.
class PortLauncher final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void answers();
    void neverClosesWhileTheEngineIsReplaced_data();
    void neverClosesWhileTheEngineIsReplaced();
    void closesWithTheEngine();
    void cleanupTestCase();

private:
    Outcome docker(const QString &arguments);

    QProcess m_launcher;
};

namespace {

constexpr int patience = 30'000;
const QString folder = QStringLiteral("/run/roadstead-engine/1001/");

QByteArray contentOf(const QString &name)
{
    QFile file(name);
    return file.open(QFile::ReadOnly) ? file.readAll().trimmed() : QByteArray();
}

QByteArray echo(int port)
{
    return run(words(QStringLiteral("socat -T5 - TCP4:127.0.0.1:%1,connect-timeout=2").arg(port)),
               "hello")
        .output;
}

} // namespace

Outcome PortLauncher::docker(const QString &arguments)
{
    return run(
        words(QStringLiteral("docker -H unix:///run/roadstead/1001/engine.sock ") + arguments));
}

void PortLauncher::initTestCase()
{
    QCOMPARE(qgetenv("ROADSTEAD_MACHINE"), QByteArray("1"));
    m_launcher.setProcessChannelMode(QProcess::ForwardedChannels);
    m_launcher.start(QStringLiteral("/usr/libexec/roadstead/roadstead-launcher"),
                     {QStringLiteral("run"), QStringLiteral("1001")});
    QVERIFY(QTest::qWaitFor(
        [] { return contentOf(folder + QStringLiteral("state")).contains("state=running"); },
        patience));
    QCOMPARE(run(words(QStringLiteral("install -D -m 755 " PEER " /tmp/only/peer"))).status, 0);
    QCOMPARE(run(words(QStringLiteral("tar -C /tmp/only -cf /tmp/only.tar ."))).status, 0);
    const Outcome imported = docker(QStringLiteral("import /tmp/only.tar only"));
    QVERIFY2(imported.status == 0, imported.errors.constData());
    const Outcome started = docker(
        QStringLiteral("run -d --restart always -p 8080:7 -p 127.0.0.1:8081:7 only /peer serve 7"));
    QVERIFY2(started.status == 0, started.errors.constData());
}

void PortLauncher::answers()
{
    QVERIFY(QTest::qWaitFor([] { return echo(8080) == "hello"; }, patience));
    QCOMPARE(echo(8081), QByteArray("hello"));
}

void PortLauncher::neverClosesWhileTheEngineIsReplaced_data()
{
    QTest::addColumn<bool>("isCrash");
    QTest::newRow("restarted by request") << false;
    QTest::newRow("dockerd killed") << true;
}

void PortLauncher::neverClosesWhileTheEngineIsReplaced()
{
    QFETCH(bool, isCrash);
    const auto engine = [] { return contentOf(folder + QStringLiteral("dockerd.pid")); };
    const QByteArray before = engine();
    QVERIFY(before.toInt() > 0);
    if (isCrash) {
        QCOMPARE(kill(before.toInt(), SIGKILL), 0);
    } else {
        QCOMPARE(kill(static_cast<pid_t>(m_launcher.processId()), SIGHUP), 0);
    }
    int answers = 0;
    int refusals = 0;
    QVERIFY(QTest::qWaitFor(
        [&] {
            ++(echo(8080) == "hello" ? answers : refusals);
            return engine().toInt() > 0 && engine() != before &&
                   docker(QStringLiteral("version")).status == 0;
        },
        patience));
    QCOMPARE(echo(8081), QByteArray("hello"));
    QVERIFY(answers > 0);
    QCOMPARE(refusals, 0);
}

void PortLauncher::closesWithTheEngine()
{
    QCOMPARE(echo(8080), QByteArray("hello"));
    m_launcher.terminate();
    QVERIFY(m_launcher.waitForFinished(patience));
    QCOMPARE(m_launcher.exitCode(), 0);
    QCOMPARE(echo(8080), QByteArray());
    QCOMPARE(echo(8081), QByteArray());
    QVERIFY(
        run(words(QStringLiteral("pgrep -f libexec/roadstead/roadstead-port"))).output.isEmpty());
}

void PortLauncher::cleanupTestCase()
{
    if (m_launcher.state() != QProcess::NotRunning) {
        m_launcher.terminate();
        m_launcher.waitForFinished(patience);
    }
}

} // namespace tst_port_launcher

ROADSTEAD_GUILESS_TEST(tst_port_launcher::PortLauncher)
#include "tst_port_launcher.moc"
