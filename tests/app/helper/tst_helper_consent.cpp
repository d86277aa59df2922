// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/helper/live_machine.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

#include <csignal>

using namespace Qt::StringLiterals;
using namespace roadstead::live;

namespace {

const QString aliceSocket = QStringLiteral("/run/roadstead/1001/engine.sock");

struct Owned
{
    uid_t uid = 0;
    int mode = 0;
    bool operator==(const Owned &) const = default;
};

Owned ownedBy(const QString &path)
{
    struct stat status{};
    if (::lstat(QFile::encodeName(path).constData(), &status) != 0) {
        return {uid_t(-1), 0};
    }
    return {status.st_uid, int(status.st_mode & 07777)};
}

Ended as(const QString &user, const QStringList &command)
{
    return run(u"runuser"_s, QStringList{u"-u"_s, user, u"--"_s} + command);
}

} // namespace

/// Consent as people give it: real bus, real polkitd, real PAM, real engine, unprivileged users.
class TestHelperConsent : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanup();
    void withoutConsentNothingHappens_data();
    void withoutConsentNothingHappens();
    void withoutConsentAnEngineRunsOn_data();
    void withoutConsentAnEngineRunsOn();
    void aStartOfWhatRunsIsAlreadySo();
    void whoeverMayWithoutAskingIsNotAsked();
    void thePromptSaysWhatRuns();
    void aGrantedStartGivesTheEngineToThatUserAlone();
    void theContextAppearsWithTheFirstStart();
    void aRestartKeepsContainersAndStopEndsEverything();
    void twoUsersHaveTwoEngines();
    void whoComesSecondIsToldAtOnce();
    void theHelperGoesWhenIdle();
    void secretsAreNowhere();
};

void TestHelperConsent::initTestCase()
{
    QVERIFY(prepare());
    QCOMPARE(::getuid(), 0U);
}

void TestHelperConsent::cleanup()
{
    setConsent(u"yes"_s);
    for (const QString &user : {u"alice"_s, u"bob"_s}) {
        if (field(ask(user, u"status"_s), "state") != "stopped"_L1) {
            QCOMPARE(field(ask(user, u"stop"_s), "state"), u"stopped"_s);
        }
    }
    QFile::remove(u"/run/roadstead-engine/helper.calls"_s);
    QFile::resize(u"/run/syslog"_s, 0);
}

void TestHelperConsent::withoutConsentNothingHappens_data()
{
    QTest::addColumn<QString>("rules");
    QTest::addColumn<QString>("answers");
    QTest::addColumn<QString>("outcome");
    QTest::addColumn<QString>("detail");
    QTest::addColumn<QByteArray>("audit");
    QTest::newRow("wrong password")
        << u"ask"_s << u"wrong"_s << u"denied"_s << u""_s << QByteArray("denied detail=denied");
    QTest::newRow("closed prompt") << u"ask"_s << u"cancel"_s << u"cancelled"_s << u""_s
                                   << QByteArray("denied detail=dismissed");
    QTest::newRow("no agent") << u"ask"_s << u""_s << u"denied"_s << u"noagent"_s
                              << QByteArray("denied detail=noagent");
    QTest::newRow("forbidden by a rule")
        << u"no"_s << u"right"_s << u"denied"_s << u""_s << QByteArray("denied detail=denied");
    // What we ship: without an active session on this machine nobody is even asked.
    QTest::newRow("not at this machine")
        << u"none"_s << u"right"_s << u"denied"_s << u""_s << QByteArray("denied detail=denied");
}

void TestHelperConsent::withoutConsentNothingHappens()
{
    QFETCH(QString, rules);
    QFETCH(QString, answers);
    QFETCH(QString, outcome);
    QFETCH(QString, detail);
    QFETCH(QByteArray, audit);
    setConsent(rules);
    Request request(u"alice"_s, u"start"_s, answers);
    const QJsonObject result = request.result();
    QCOMPARE(field(result, "outcome"), outcome);
    QCOMPARE(field(result, "detail"), detail);
    QCOMPARE(field(result, "state"), u"stopped"_s);
    QCOMPARE(request.questions().size(), rules == "ask"_L1 && !answers.isEmpty() ? 1 : 0);
    QTRY_VERIFY2(syslog().contains("uid=1001 verb=engine.start result=" + audit),
                 syslog().constData());
    QVERIFY(!hasEngine());
    QVERIFY(!hasEngine());
}

void TestHelperConsent::withoutConsentAnEngineRunsOn_data()
{
    QTest::addColumn<QString>("verb");
    QTest::addColumn<QString>("answers");
    QTest::addColumn<QString>("outcome");
    QTest::addColumn<QByteArray>("audit");
    for (const QString &verb : {u"stop"_s, u"restart"_s}) {
        const auto row = [&](const char *name, const QString &answers, const QString &outcome,
                             const QByteArray &audit) {
            QTest::newRow((verb.toLatin1() + ", " + name).constData())
                << verb << answers << outcome << audit;
        };
        row("wrong password", u"wrong"_s, u"denied"_s, "denied detail=denied");
        row("closed prompt", u"cancel"_s, u"cancelled"_s, "denied detail=dismissed");
        row("no agent", u""_s, u"denied"_s, "denied detail=noagent");
    }
}

void TestHelperConsent::withoutConsentAnEngineRunsOn()
{
    QFETCH(QString, verb);
    QFETCH(QString, answers);
    QFETCH(QString, outcome);
    QFETCH(QByteArray, audit);
    setConsent(u"yes"_s);
    QCOMPARE(field(ask(u"alice"_s, u"start"_s), "outcome"), u"done"_s);
    const QByteArray before = shell(u"pgrep -x dockerd"_s).output;
    setConsent(u"ask"_s);
    const QJsonObject result = ask(u"alice"_s, verb, answers);
    QCOMPARE(field(result, "outcome"), outcome);
    QCOMPARE(field(result, "state"), u"running"_s);
    QTRY_VERIFY2(syslog().contains("uid=1001 verb=engine." + verb.toLatin1() + " result=" + audit),
                 syslog().constData());
    QCOMPARE(shell(u"pgrep -x dockerd"_s).output, before);
}

void TestHelperConsent::aStartOfWhatRunsIsAlreadySo()
{
    setConsent(u"yes"_s);
    QCOMPARE(field(ask(u"alice"_s, u"start"_s), "outcome"), u"done"_s);
    const QByteArray before = shell(u"pgrep -x dockerd"_s).output;
    QCOMPARE(rawCall(u"alice"_s, u"org.roadstead.engine.start"_s, u"good"_s), "reply 0 already");
    QCOMPARE(shell(u"pgrep -x dockerd"_s).output, before);
    // One that is on its way down is not taken for one that runs.
    QVERIFY(shell(u"tar -C / -c bin/busybox | docker -H unix://%1 import - box >/dev/null\n"
                  "docker -H unix://%1 run -d --stop-timeout 8 box /bin/busybox sleep 1000"_s.arg(
                      aliceSocket))
                .status == 0); // the first process of a container ignores SIGTERM
    QCOMPARE(rawCall(u"alice"_s, u"org.roadstead.engine.stop"_s, u"good"_s), "reply 0 accepted");
    QTRY_VERIFY(shell(u"cat /run/roadstead-engine/1001/state"_s).output.contains("=stopping"));
    QCOMPARE(rawCall(u"alice"_s, u"org.roadstead.engine.start"_s, u"good"_s), "reply 0 stopping");
    QTRY_VERIFY_WITH_TIMEOUT(!hasEngine(), 60'000);
}

void TestHelperConsent::whoeverMayWithoutAskingIsNotAsked()
{
    setConsent(u"yes"_s);
    Request request(u"alice"_s, u"start"_s, u"right"_s);
    QCOMPARE(request.outcome(), u"done"_s);
    QVERIFY(request.questions().isEmpty());
}

void TestHelperConsent::thePromptSaysWhatRuns()
{
    setConsent(u"ask"_s);
    Request request(u"alice"_s, u"start"_s, u"cancel"_s);
    QCOMPARE(request.outcome(), u"cancelled"_s);
    QCOMPARE(request.questions().size(), 1);
    const QJsonObject question = request.questions().constFirst();
    QCOMPARE(field(question, "action"), u"org.roadstead.engine.start"_s);
    const QString message = field(question, "message");
    QVERIFY2(message.contains(u"/usr/libexec/roadstead/roadstead-launcher run"_s),
             qPrintable(message));
    QVERIFY2(message.contains(u"the power of an administrator"_s), qPrintable(message));
}

void TestHelperConsent::aGrantedStartGivesTheEngineToThatUserAlone()
{
    setConsent(u"ask"_s);
    Request request(u"alice"_s, u"start"_s, u"right"_s);
    const QJsonObject result = request.result();
    QCOMPARE(field(result, "outcome"), u"done"_s);
    QCOMPARE(field(result, "state"), u"running"_s);
    QCOMPARE(field(result, "socket"), aliceSocket);
    QCOMPARE(field(request.questions().constFirst(), "result"), u"authenticated"_s);
    QTRY_VERIFY(syslog().contains("uid=1001 verb=engine.start result=accepted"));

    QCOMPARE(ownedBy(u"/run/roadstead"_s), (Owned{0, 0755}));
    QCOMPARE(ownedBy(u"/run/roadstead/1001"_s), (Owned{1001, 0700}));
    QCOMPARE(ownedBy(aliceSocket), (Owned{1001, 0600}));
    QCOMPARE(ownedBy(u"/run/roadstead-engine"_s), (Owned{0, 0755}));
    QCOMPARE(ownedBy(u"/run/roadstead-engine/1001"_s), (Owned{0, 0755}));
    QCOMPARE(ownedBy(u"/run/roadstead-engine/helper.calls"_s), (Owned{0, 0600}));
    QCOMPARE(ownedBy(u"/var/lib/roadstead/1001"_s), (Owned{0, 0710}));

    const QString host = u"unix://"_s + aliceSocket;
    QCOMPARE(as(u"alice"_s, {u"docker"_s, u"-H"_s, host, u"info"_s}).status, 0);
    QVERIFY(as(u"bob"_s, {u"docker"_s, u"-H"_s, host, u"info"_s}).status != 0);
    QVERIFY(as(u"bob"_s, {u"ls"_s, u"/run/roadstead/1001"_s}).status != 0);
    // Nothing of the engine's listens for other machines or other users: every TCP socket in state
    // LISTEN (0A) of a network namespace in which a process of the engine is.
    const Ended listening =
        shell(u"pids=$(pgrep -x 'dockerd|containerd|roadstead-launc')\n"
              "[ $(echo $pids | wc -w) -ge 3 ]\n"
              "for pid in $pids; do\n"
              "    inodes=$(find /proc/$pid/fd -lname 'socket:*' -printf '%l\\n' |"
              " tr -dc '0-9\\n')\n"
              "    cat /proc/$pid/net/tcp /proc/$pid/net/tcp6 |"
              " awk '$4 == \"0A\" {print $10, $2}' |\n"
              "    while read -r inode where; do\n"
              "        ! grep -qx \"$inode\" <<<\"$inodes\" || echo $where\n"
              "    done\n"
              "done"_s);
    QVERIFY2(listening.status == 0, listening.errors.constData());
    QCOMPARE(listening.output, "");
}

void TestHelperConsent::theContextAppearsWithTheFirstStart()
{
    setConsent(u"yes"_s);
    shell(u"rm -rf /home/alice/.docker"_s);
    QCOMPARE(field(ask(u"alice"_s, u"start"_s), "outcome"), u"done"_s);
    const Ended version =
        as(u"alice"_s, {u"docker"_s, u"--context"_s, u"roadstead"_s, u"version"_s});
    QVERIFY2(version.status == 0, version.errors.constData());
    QCOMPARE(ownedBy(u"/home/alice/.docker"_s), (Owned{1001, 0700}));
}

void TestHelperConsent::aRestartKeepsContainersAndStopEndsEverything()
{
    setConsent(u"yes"_s);
    QCOMPARE(field(ask(u"alice"_s, u"restart"_s), "outcome"), u"conflict"_s);
    QCOMPARE(field(ask(u"alice"_s, u"start"_s), "outcome"), u"done"_s);
    const Ended made = shell(
        u"tar -C / -c bin/busybox | docker -H unix://%1 import - box >/dev/null\n"
        "docker -H unix://%1 run -d --name kept box /bin/busybox sleep 1000"_s.arg(aliceSocket));
    QVERIFY2(made.status == 0, made.errors.constData());
    QCOMPARE(field(ask(u"alice"_s, u"restart"_s), "outcome"), u"done"_s);
    const Ended listed =
        shell(u"docker -H unix://%1 ps --format '{{.Names}} {{.RunningFor}}'"_s.arg(aliceSocket));
    QVERIFY2(listed.output.startsWith("kept "), listed.errors.constData());
    const QJsonObject stopped = ask(u"alice"_s, u"stop"_s);
    QCOMPARE(field(stopped, "outcome"), u"done"_s);
    QCOMPARE(field(stopped, "state"), u"stopped"_s);
    QVERIFY(shell(u"pgrep -f '^[^ ]*busybox sleep 1000' || true"_s).output.isEmpty());
    QVERIFY(!hasEngine());
}

void TestHelperConsent::twoUsersHaveTwoEngines()
{
    setConsent(u"ask"_s);
    QCOMPARE(field(ask(u"alice"_s, u"start"_s, u"right"_s), "outcome"), u"done"_s);
    QCOMPARE(field(ask(u"bob"_s, u"start"_s, u"right"_s), "outcome"), u"done"_s);
    const auto idOf = [](const QString &user) {
        return as(user, {u"docker"_s, u"--context"_s, u"roadstead"_s, u"info"_s, u"--format"_s,
                         u"{{.ID}}"_s})
            .output.trimmed();
    };
    QVERIFY(!idOf(u"alice"_s).isEmpty());
    QVERIFY(idOf(u"alice"_s) != idOf(u"bob"_s));
    QVERIFY(as(u"alice"_s,
               {u"docker"_s, u"-H"_s, u"unix:///run/roadstead/1002/engine.sock"_s, u"info"_s})
                .status != 0);
    QCOMPARE(field(ask(u"alice"_s, u"stop"_s, u"right"_s), "outcome"), u"done"_s);
    QCOMPARE(field(ask(u"bob"_s, u"status"_s), "state"), u"running"_s);
}

void TestHelperConsent::whoComesSecondIsToldAtOnce()
{
    setConsent(u"ask"_s);
    Request first(u"alice"_s, u"start"_s, u"never"_s);
    QTRY_COMPARE_WITH_TIMEOUT(first.questions().size(), 1, 10'000);
    QElapsedTimer timer;
    timer.start();
    Request second(u"bob"_s, u"start"_s, u"right"_s);
    QCOMPARE(second.outcome(), u"busy"_s);
    // Sooner than a client that has not been announced gives up: it was told.
    QVERIFY2(timer.elapsed() < 8000, qPrintable(QString::number(timer.elapsed())));
    QVERIFY(second.questions().isEmpty());
    QVERIFY(!first.isOver());
    // The first gives up by leaving; the helper is free again.
    first.kill();
    QTRY_COMPARE_WITH_TIMEOUT(field(ask(u"bob"_s, u"start"_s, u"right"_s), "outcome"), u"done"_s,
                              20'000);
}

void TestHelperConsent::theHelperGoesWhenIdle()
{
    setConsent(u"yes"_s);
    QCOMPARE(rawCall(u"alice"_s, u"org.roadstead.engine.stop"_s, u"good"_s), "reply 0 already");
    const qint64 pid = helperPid();
    QVERIFY(pid > 0);
    QTRY_VERIFY_WITH_TIMEOUT(::kill(pid_t(pid), 0) != 0, 20'000);
    QCOMPARE(helperPid(), 0);
}

void TestHelperConsent::secretsAreNowhere()
{
    setConsent(u"ask"_s);
    QCOMPARE(field(ask(u"alice"_s, u"start"_s, u"right"_s), "outcome"), u"done"_s);
    QTRY_VERIFY(syslog().contains("accepted"));
    QVERIFY(!syslog().contains("harbour"));
    const QString search =
        u"grep -rls harbour /run /var/log /var/lib/roadstead/*/*.json /home 2>/dev/null || true\n"
        "for process in $(pgrep -x 'roadstead-.*|dockerd|containerd'); do\n"
        "    grep -ls harbour /proc/$process/environ /proc/$process/cmdline || true\n"
        "done"_s;
    // The search finds what is there: in a place of the engine's.
    QVERIFY(shell(u"echo harbour >/run/roadstead-engine/1001/canary"_s).status == 0);
    QCOMPARE(shell(search).output, "/run/roadstead-engine/1001/canary\n");
    QFile::remove(u"/run/roadstead-engine/1001/canary"_s);
    QCOMPARE(shell(search).output, "");
}

int main(int argc, char **argv)
{
    TestHelperConsent test;
    return liveMain(test, argc, argv);
}
#include "tst_helper_consent.moc"
