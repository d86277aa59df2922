// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/helper/fault_tools.h"
#include "tests/app/helper/live_machine.h"

#include "engine/embedded/state_file.h"
#include "ui/text/engine_text.h"

#include <QElapsedTimer>
#include <QFile>
#include <QScopeGuard>
#include <QTest>

#include <csignal>
#include <memory>

using namespace Qt::StringLiterals;
using namespace roadstead::live;

namespace {

const QString stop = QStringLiteral("org.roadstead.engine.stop");

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
    void aHelperKilledBeforeItHasDoneAnythingLeavesNothing_data();
    void aHelperKilledBeforeItHasDoneAnythingLeavesNothing();
    void aHelperKilledBeforeItsReplyIsSettledByTheEngine();
    void aHelperKilledBetweenCallsIsStartedAgain();
    void aMissingHelperIsNotInstalled();
    void aMissingHelperProgramIsNotInstalled();
    void aMissingLauncherIsNotInstalled();
    void aMissingDockerdIsNotInstalled();
    void anEngineWhoseLauncherWasKilledCanBeStoppedAndRestarted();
    void aClashIsNamedWithTheEnginesLastLines_data();
    void aClashIsNamedWithTheEnginesLastLines();
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
        QVERIFY(signalProcess(polkitdPid(), SIGKILL));
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
    QVERIFY(signalProcess(polkitdPid(), SIGKILL));
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
    QVERIFY(signalProcess(polkitd, SIGSTOP));
    QElapsedTimer timer;
    timer.start();
    const QJsonObject result = ask(u"alice"_s, u"start"_s);
    QVERIFY(signalProcess(polkitd, SIGCONT));
    QCOMPARE(field(result, "outcome"), u"not-answering"_s);
    QVERIFY(timer.elapsed() < 15'000);
    QCOMPARE(field(ask(u"alice"_s, u"start"_s), "outcome"), u"done"_s);
}

void TestHelperFaults::aHelperKilledBeforeItHasDoneAnythingLeavesNothing_data()
{
    QTest::addColumn<QString>("rules");
    QTest::addColumn<QString>("gate");
    QTest::addColumn<int>("questions");
    QTest::newRow("before the person is asked")
        << u"ask"_s << u"/run/roadstead-engine/helper.calls"_s << 0;
    QTest::newRow("in the question") << u"ask"_s << u""_s << 1;
    QTest::newRow("after the yes, before the launcher")
        << u"yes"_s << u"/run/roadstead-engine/1001/launcher.pid"_s << 0;
}

void TestHelperFaults::aHelperKilledBeforeItHasDoneAnythingLeavesNothing()
{
    QFETCH(QString, rules);
    QFETCH(QString, gate);
    QFETCH(int, questions);
    setConsent(rules);
    std::unique_ptr<Gate> closed;
    if (!gate.isEmpty()) {
        closed = std::make_unique<Gate>(gate);
    }
    Request request(u"alice"_s, u"start"_s, rules == "ask"_L1 ? u"never"_s : QString());
    QTRY_VERIFY_WITH_TIMEOUT(closed ? closed->isReached() : request.questions().size() == 1,
                             30'000);
    QCOMPARE(request.questions().size(), questions);
    killHelper();
    closed.reset();
    const QJsonObject result = request.result();
    QCOMPARE(field(result, "outcome"), u"outcome-unknown"_s);
    QCOMPARE(field(result, "state"), u"stopped"_s);
    QVERIFY(!hasEngine());
    QCOMPARE(field(ask(u"alice"_s, u"start"_s, u"right"_s), "outcome"), u"done"_s);
}

void TestHelperFaults::aHelperKilledBeforeItsReplyIsSettledByTheEngine()
{
    setConsent(u"yes"_s);
    Held launcherProgram(u"/usr/libexec/roadstead/roadstead-launcher"_s);
    QVERIFY(launcherProgram.isHeld());
    Request request(u"alice"_s, u"start"_s);
    // It waits for the launcher to be executed, so it stands here before its reply.
    QTRY_VERIFY_WITH_TIMEOUT(launcherProgram.isWanted(), 30'000);
    const qint64 helper = helperPid();
    QVERIFY(signalProcess(helper, SIGSTOP));
    QTRY_COMPARE(stateOf(helper), 'T');
    launcherProgram.letGo();
    QTRY_VERIFY_WITH_TIMEOUT(launcherPid() > 0, 30'000);
    const qint64 launcher = launcherPid();
    killHelper();
    QVERIFY(!syslog().contains("verb=engine.start result=accepted"));
    QCOMPARE(request.outcome(), u"done"_s);
    // The engine is nobody's child.
    QCOMPARE(launcherPid(), launcher);
    QCOMPARE(field(ask(u"alice"_s, u"status"_s), "state"), u"running"_s);
    // While its program still is what it was started as.
    QCOMPARE(field(ask(u"alice"_s, u"stop"_s), "outcome"), u"done"_s);
}

void TestHelperFaults::aHelperKilledBetweenCallsIsStartedAgain()
{
    setConsent(u"yes"_s);
    QCOMPARE(rawCall(u"alice"_s, stop, u"good"_s), "reply 0 already");
    QVERIFY(helperPid() > 0);
    killHelper();
    QCOMPARE(field(ask(u"alice"_s, u"start"_s), "outcome"), u"done"_s);
}

void TestHelperFaults::aMissingHelperIsNotInstalled()
{
    setConsent(u"yes"_s);
    const Aside service(u"/usr/share/dbus-1/system-services/org.roadstead.engine.service"_s);
    killHelper();
    const QJsonObject result = ask(u"alice"_s, u"start"_s);
    QCOMPARE(field(result, "outcome"), u"not-installed"_s);
    QCOMPARE(field(result, "state"), u"notinstalled"_s);
}

void TestHelperFaults::aMissingHelperProgramIsNotInstalled()
{
    setConsent(u"yes"_s);
    const Aside program(u"/usr/lib/kf6/kauth/libexec/roadstead-helper"_s);
    killHelper();
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
    QVERIFY(signalProcess(launcherPid(), SIGKILL));
    // Between the two it does not answer while it ends.
    QString state;
    QTRY_VERIFY2_WITH_TIMEOUT((state = field(ask(u"alice"_s, u"status"_s), "state")) ==
                                      "running"_L1 ||
                                  state == "failed"_L1,
                              qPrintable(state), 30'000);
    QString outcome = u"conflict"_s;
    if (state == "running"_L1) {
        outcome = field(ask(u"alice"_s, u"restart"_s), "outcome");
    }
    // Nobody reads what dockerd says any more, so it may end at its next word; then a restart is
    // none.
    if (outcome == "conflict"_L1) {
        outcome = field(ask(u"alice"_s, u"start"_s), "outcome");
    }
    QCOMPARE(outcome, u"done"_s);
    QVERIFY(signalProcess(launcherPid(), SIGKILL));
    const QJsonObject stopped = ask(u"alice"_s, u"stop"_s);
    QCOMPARE(field(stopped, "outcome"), u"done"_s);
    QCOMPARE(field(stopped, "state"), u"stopped"_s);
    QVERIFY(shell(u"pgrep -a dockerd || true"_s).output.isEmpty());
}

void TestHelperFaults::aClashIsNamedWithTheEnginesLastLines_data()
{
    QTest::addColumn<QString>("before");  ///< arguments of docker, while all is well
    QTest::addColumn<QString>("options"); ///< of the real dockerd afterwards: it has the last word
    QTest::addColumn<QString>("cause");
    QTest::addColumn<QString>("subject");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("port")
        << u"version"_s << u"--tls=false --host=tcp://127.0.0.1:2375 --host=tcp://localhost:2375"_s
        << u"port-taken"_s << u"2375"_s << u"Port 2375 is already in use by another program."_s;
    QTest::newRow("bridge") << u"network create --subnet 10.77.0.0/16 mine"_s
                            << u"--bip=10.77.0.1/16"_s << u"bridge-clash"_s << u""_s
                            << u"Its network bridge clashes with one that exists already."_s;
}

void TestHelperFaults::aClashIsNamedWithTheEnginesLastLines()
{
    QFETCH(QString, before);
    QFETCH(QString, options);
    QFETCH(QString, cause);
    QFETCH(QString, subject);
    QFETCH(QString, sentence);
    setConsent(u"yes"_s);
    QCOMPARE(field(ask(u"alice"_s, u"start"_s), "outcome"), u"done"_s);
    const Ended prepared =
        shell(u"docker -H unix:///run/roadstead/1001/engine.sock %1"_s.arg(before));
    QVERIFY2(prepared.status == 0, prepared.errors.constData());
    QCOMPARE(field(ask(u"alice"_s, u"stop"_s), "outcome"), u"done"_s);
    const Ended replaced = shell(uR"sh(mkdir -p /run/real
program=$(readlink -f "$(command -v dockerd)")
cp "$program" /run/real/dockerd
cat >/run/real/clashing <<'END'
#!/bin/sh
case $1 in --version) exec /run/real/dockerd "$@" ;; esac
exec /run/real/dockerd "$@" %1
END
chmod 755 /run/real/clashing
mount --bind /run/real/clashing "$program"
)sh"_s.arg(options));
    QVERIFY2(replaced.status == 0, replaced.errors.constData());
    const auto back = qScopeGuard([] {
        shell(
            u"umount \"$(readlink -f \"$(command -v dockerd)\")\"; rm -rf /var/lib/roadstead/1001/*"_s);
    });
    const QJsonObject result = Request(u"alice"_s, u"start"_s).result(120'000);
    QCOMPARE(field(result, "outcome"), u"engine-failed"_s);
    QCOMPARE(field(result, "state"), u"failed"_s);
    roadstead::embedded::Failure failure;
    for (const QJsonValue &line : result[u"log"_s].toArray()) {
        failure.logLines << line.toString();
    }
    QVERIFY2(field(result, "cause") == cause, qPrintable(failure.logLines.join(u'\n')));
    QCOMPARE(field(result, "subject"), subject);
    failure.cause = roadstead::embedded::causeOf(cause.toLatin1());
    failure.subject = subject;
    const auto words = roadstead::ui::describe(failure);
    QVERIFY2(words.reason.contains(sentence), qPrintable(words.reason));
    QVERIFY(!words.advice.isEmpty());
    QVERIFY(failure.logLines.size() > 1 && failure.logLines.size() <= 20);
    QCOMPARE(words.rawDetail.count(u'\n') + 1, failure.logLines.size());
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
    TestHelperFaults test;
    return liveMain(test, argc, argv);
}
#include "tst_helper_faults.moc"
