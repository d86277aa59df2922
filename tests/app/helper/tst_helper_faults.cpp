// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/helper/live_machine.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTest>

#include <csignal>
#include <cstring>

using namespace Qt::StringLiterals;
using namespace roadstead::live;

namespace {

const QString stop = QStringLiteral("org.roadstead.engine.stop");

QString field(const QJsonObject &object, const char *name)
{
    return object[QLatin1StringView(name)].toString();
}

void signalProcess(qint64 pid, int number)
{
    QVERIFY(pid > 1);
    QCOMPARE(::kill(pid_t(pid), number), 0);
}

qint64 launcherPid()
{
    QFile file(u"/run/roadstead-engine/1001/launcher.pid"_s);
    return file.open(QIODevice::ReadOnly) ? file.readAll().trimmed().toLongLong() : 0;
}

/// Moves a file aside while it lives, and tells the bus.
class Aside
{
public:
    explicit Aside(QString path)
        : m_path(std::move(path))
    {
        shell(u"mv %1 %1.aside"_s.arg(m_path));
        reload();
    }
    ~Aside()
    {
        shell(u"mv %1.aside %1"_s.arg(m_path));
        reload();
    }
    Q_DISABLE_COPY_MOVE(Aside)

private:
    static void reload()
    {
        shell(u"dbus-send --system --print-reply --dest=org.freedesktop.DBus / "
              "org.freedesktop.DBus.ReloadConfig"_s);
    }
    QString m_path;
};

} // namespace

/// Everything that can break between the person and the engine, and that it works again afterwards.
class TestHelperFaults : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanup();
    void withoutPolkitdItIsSaid();
    void aPolkitdThatDiesInTheQuestionEndsTheHelper();
    void aPolkitdThatIsFrozenBeforeIsNotWaitedFor();
    void aFrozenPolkitdEndsTheHelperAfterTwoMinutes();
    void aHelperKilledInTheQuestionLeavesNothing();
    void aHelperKilledBeforeItsReplyIsSettledByTheEngine();
    void aHelperKilledBetweenCallsIsStartedAgain();
    void aMissingHelperIsNotInstalled();
    void aMissingHelperProgramIsNotInstalled();
    void aMissingLauncherIsNotInstalled();
    void aMissingDockerdIsNotInstalled();
    void anEngineWhoseLauncherWasKilledCanBeStoppedAndRestarted();
    void anotherProgramIsNeverSignalled();
};

void TestHelperFaults::initTestCase()
{
    QVERIFY(prepare());
}

void TestHelperFaults::cleanup()
{
    setConsent(u"yes"_s);
    QCOMPARE(field(ask(u"alice"_s, u"stop"_s), "state"), u"stopped"_s);
    QFile::remove(u"/run/roadstead-engine/helper.calls"_s);
    QFile::resize(u"/run/syslog"_s, 0);
}

void TestHelperFaults::withoutPolkitdItIsSaid()
{
    setConsent(u"yes"_s);
    {
        const Aside service(
            u"/usr/share/dbus-1/system-services/org.freedesktop.PolicyKit1.service"_s);
        signalProcess(polkitdPid(), SIGKILL);
        QTRY_COMPARE(polkitdPid(), 0);
        const QJsonObject result = ask(u"alice"_s, u"start"_s);
        QCOMPARE(field(result, "outcome"), u"not-installed"_s);
        QCOMPARE(field(result, "detail"), u"polkit"_s);
        // Whoever asks the helper all the same is refused, and it does not wait.
        QCOMPARE(rawCall(u"alice"_s, stop, u"good"_s), "error org.freedesktop.DBus.Error.NoReply");
        QTRY_VERIFY(syslog().contains("result=ended detail=error-from-polkit"));
    }
    startPolkitd();
    QCOMPARE(field(ask(u"alice"_s, u"start"_s), "outcome"), u"done"_s);
}

void TestHelperFaults::aPolkitdThatDiesInTheQuestionEndsTheHelper()
{
    setConsent(u"ask"_s);
    Request request(u"alice"_s, u"start"_s, u"never"_s);
    QTRY_COMPARE_WITH_TIMEOUT(request.questions().size(), 1, 10'000);
    const qint64 helper = helperPid();
    signalProcess(polkitdPid(), SIGKILL);
    const QJsonObject result = request.result(10'000);
    QCOMPARE(field(result, "outcome"), u"not-answering"_s);
    QCOMPARE(field(result, "detail"), u"polkit"_s);
    QCOMPARE(field(result, "state"), u"stopped"_s);
    QTRY_VERIFY(::kill(pid_t(helper), 0) != 0);
    QVERIFY(!hasEngine());
    startPolkitd();
    QCOMPARE(field(ask(u"alice"_s, u"start"_s, u"right"_s), "outcome"), u"done"_s);
}

void TestHelperFaults::aPolkitdThatIsFrozenBeforeIsNotWaitedFor()
{
    setConsent(u"yes"_s);
    const qint64 polkitd = polkitdPid();
    signalProcess(polkitd, SIGSTOP);
    QElapsedTimer timer;
    timer.start();
    const QJsonObject result = ask(u"alice"_s, u"start"_s);
    signalProcess(polkitd, SIGCONT);
    QCOMPARE(field(result, "outcome"), u"not-answering"_s);
    QVERIFY(timer.elapsed() < 15'000);
    QCOMPARE(field(ask(u"alice"_s, u"start"_s), "outcome"), u"done"_s);
}

void TestHelperFaults::aFrozenPolkitdEndsTheHelperAfterTwoMinutes()
{
    setConsent(u"ask"_s);
    Request request(u"alice"_s, u"start"_s, u"never"_s);
    QTRY_COMPARE_WITH_TIMEOUT(request.questions().size(), 1, 10'000);
    const qint64 helper = helperPid();
    const qint64 polkitd = polkitdPid();
    QElapsedTimer timer;
    timer.start();
    signalProcess(polkitd, SIGSTOP);
    const QJsonObject result = request.result(140'000);
    signalProcess(polkitd, SIGCONT);
    QVERIFY2(timer.elapsed() > 110'000 && timer.elapsed() < 130'000,
             qPrintable(QString::number(timer.elapsed())));
    QCOMPARE(field(result, "outcome"), u"not-answering"_s);
    QTRY_VERIFY(::kill(pid_t(helper), 0) != 0);
    QVERIFY(syslog().contains("uid=1001 verb=engine.start result=ended "
                              "detail=no-answer-from-polkit"));
    QVERIFY(!hasEngine());
    QCOMPARE(field(ask(u"alice"_s, u"start"_s, u"right"_s), "outcome"), u"done"_s);
}

void TestHelperFaults::aHelperKilledInTheQuestionLeavesNothing()
{
    setConsent(u"ask"_s);
    Request request(u"alice"_s, u"start"_s, u"never"_s);
    QTRY_COMPARE_WITH_TIMEOUT(request.questions().size(), 1, 10'000);
    signalProcess(helperPid(), SIGKILL);
    const QJsonObject result = request.result(20'000);
    QCOMPARE(field(result, "outcome"), u"outcome-unknown"_s);
    QCOMPARE(field(result, "state"), u"stopped"_s);
    QVERIFY(!hasEngine());
    QCOMPARE(field(ask(u"alice"_s, u"start"_s, u"right"_s), "outcome"), u"done"_s);
}

void TestHelperFaults::aHelperKilledBeforeItsReplyIsSettledByTheEngine()
{
    setConsent(u"yes"_s);
    // Killed as soon as the launcher is there; the audit line comes before the reply.
    Request request(u"alice"_s, u"start"_s);
    QTRY_VERIFY_WITH_TIMEOUT(helperPid() > 0, 10'000);
    const qint64 helper = helperPid();
    qint64 launcher = 0;
    bool isStopped = false;
    for (int look = 0; look < 100'000 && launcher == 0; ++look) {
        launcher = launcherPid();
        isStopped = launcher != 0 && ::kill(pid_t(helper), SIGSTOP) == 0;
    }
    QVERIFY(isStopped);
    const bool hadReplied = syslog().contains("verb=engine.start result=accepted");
    signalProcess(helper, SIGKILL);
    QCOMPARE(request.outcome(), u"done"_s);
    if (hadReplied) {
        QSKIP("the helper was faster than its killer");
    }
    // The engine is nobody's child.
    QCOMPARE(launcherPid(), launcher);
    QCOMPARE(field(ask(u"alice"_s, u"status"_s), "state"), u"running"_s);
}

void TestHelperFaults::aHelperKilledBetweenCallsIsStartedAgain()
{
    setConsent(u"yes"_s);
    QCOMPARE(rawCall(u"alice"_s, stop, u"good"_s), "reply 0 already");
    signalProcess(helperPid(), SIGKILL);
    QTRY_COMPARE(helperPid(), 0);
    QCOMPARE(field(ask(u"alice"_s, u"start"_s), "outcome"), u"done"_s);
}

void TestHelperFaults::aMissingHelperIsNotInstalled()
{
    setConsent(u"yes"_s);
    const Aside service(u"/usr/share/dbus-1/system-services/org.roadstead.engine.service"_s);
    if (helperPid() > 0) {
        signalProcess(helperPid(), SIGKILL);
    }
    const QJsonObject result = ask(u"alice"_s, u"start"_s);
    QCOMPARE(field(result, "outcome"), u"not-installed"_s);
    QCOMPARE(field(result, "state"), u"notinstalled"_s);
}

void TestHelperFaults::aMissingHelperProgramIsNotInstalled()
{
    setConsent(u"yes"_s);
    const Aside program(u"/usr/lib/kf6/kauth/libexec/roadstead-helper"_s);
    if (helperPid() > 0) {
        signalProcess(helperPid(), SIGKILL);
    }
    const QJsonObject result = ask(u"alice"_s, u"start"_s);
    QCOMPARE(field(result, "outcome"), u"not-installed"_s);
    QCOMPARE(field(result, "detail"), u"helper"_s);
}

void TestHelperFaults::aMissingLauncherIsNotInstalled()
{
    setConsent(u"yes"_s);
    const Aside program(u"/usr/libexec/roadstead/roadstead-launcher"_s);
    const QJsonObject result = ask(u"alice"_s, u"start"_s);
    QCOMPARE(field(result, "outcome"), u"not-installed"_s);
    QCOMPARE(field(result, "detail"), u"launcher"_s);
    QCOMPARE(field(result, "state"), u"notinstalled"_s);
}

void TestHelperFaults::aMissingDockerdIsNotInstalled()
{
    setConsent(u"yes"_s);
    const QString path =
        QString::fromUtf8(shell(u"readlink -f \"$(command -v dockerd)\""_s).output.trimmed());
    const Aside program(path);
    const QJsonObject result = ask(u"alice"_s, u"start"_s);
    QCOMPARE(field(result, "outcome"), u"not-installed"_s);
    QCOMPARE(field(result, "detail"), u"dockerd"_s);
    QCOMPARE(field(result, "state"), u"notinstalled"_s);
    QVERIFY(!hasEngine());
}

void TestHelperFaults::anEngineWhoseLauncherWasKilledCanBeStoppedAndRestarted()
{
    setConsent(u"yes"_s);
    QCOMPARE(field(ask(u"alice"_s, u"start"_s), "outcome"), u"done"_s);
    signalProcess(launcherPid(), SIGKILL);
    const QString state = field(ask(u"alice"_s, u"status"_s), "state");
    QVERIFY2(state == "running"_L1 || state == "failed"_L1, qPrintable(state));
    const QString verb = state == "running"_L1 ? u"restart"_s : u"start"_s;
    QCOMPARE(field(ask(u"alice"_s, verb), "outcome"), u"done"_s);
    signalProcess(launcherPid(), SIGKILL);
    const QJsonObject stopped = ask(u"alice"_s, u"stop"_s);
    QCOMPARE(field(stopped, "outcome"), u"done"_s);
    QCOMPARE(field(stopped, "state"), u"stopped"_s);
    QVERIFY(shell(u"pgrep -a dockerd || true"_s).output.isEmpty());
}

void TestHelperFaults::anotherProgramIsNeverSignalled()
{
    setConsent(u"yes"_s);
    // A pid file that is wrong: its number has gone to another process since.
    QProcess bystander;
    bystander.start(u"sleep"_s, {u"1000"_s});
    QVERIFY(bystander.waitForStarted());
    shell(u"mkdir -p /run/roadstead-engine/1001; echo %1 >/run/roadstead-engine/1001/launcher.pid"_s
              .arg(bystander.processId()));
    QCOMPARE(rawCall(u"alice"_s, stop, u"good"_s), "reply 0 already");
    QCOMPARE(rawCall(u"alice"_s, u"org.roadstead.engine.restart"_s, u"good"_s),
             "reply 0 notrunning");
    QCOMPARE(bystander.state(), QProcess::Running);
    bystander.kill();
    bystander.waitForFinished();
    shell(u"rm -r /run/roadstead-engine/1001"_s);
}

int main(int argc, char **argv)
{
    if (argc > 1 && std::strcmp(argv[1], "--raw-call") == 0) {
        return rawCallMain(argc, argv);
    }
    QCoreApplication application(argc, argv);
    TestHelperFaults test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_helper_faults.moc"
