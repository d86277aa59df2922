// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/helper/fault_tools.h"
#include "tests/app/helper/live_machine.h"

#include <QFile>
#include <QFileInfo>
#include <QTest>

#include <csignal>
#include <memory>

using namespace Qt::StringLiterals;
using namespace roadstead::live;

namespace {

const QByteArray before = insecure(u"before.example:5000"_s);
const QByteArray after = insecure(u"after.example:5000"_s);

} // namespace

/// What breaks while options are being set: they are the old ones or the new ones, whole, and the
/// next call works.
class TestHelperConfigureFaults : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void withoutPolkitdItIsSaid();
    void aPolkitdThatDiesInTheQuestionEndsTheHelper();
    void aHelperKilledBeforeAnythingIsWrittenLeavesThem_data();
    void aHelperKilledBeforeAnythingIsWrittenLeavesThem();
    void aHelperKilledWithWhatItStartedWhileItWritesLeavesThem();
    void aHelperKilledWhileItWritesIsSettledByTheFile();
    void aFullDiskLeavesThem();
    void whoDoesNotConsentLeavesThem_data();
    void whoDoesNotConsentLeavesThem();
    void whoLeavesInTheQuestionLeavesThem();
    void twoUsersAtOnceHaveTheirOwn();
    void whoComesSecondIsToldAtOnce();
    void theSameUserTwiceAtOnceHasOneOfThem();

private:
    /// The next call works, and is the only thing that is left.
    void verifyNextCall();
};

void TestHelperConfigureFaults::initTestCase()
{
    QVERIFY(prepare());
}

void TestHelperConfigureFaults::init()
{
    setConsent(u"yes"_s);
    QCOMPARE(field(configure(u"alice"_s, before), "outcome"), u"done"_s);
    QCOMPARE(contents(optionsFile()), before);
    QFile::resize(u"/run/syslog"_s, 0);
}

void TestHelperConfigureFaults::cleanup()
{
    stopAndForget();
}

void TestHelperConfigureFaults::verifyNextCall()
{
    QCOMPARE(contents(optionsFile()), before);
    QCOMPARE(field(configure(u"alice"_s, after, u"right"_s), "outcome"), u"done"_s);
    QCOMPARE(contents(optionsFile()), after);
    QCOMPARE(shell(u"ls %1"_s.arg(QFileInfo(optionsFile()).path())).output, "options\n");
}

void TestHelperConfigureFaults::withoutPolkitdItIsSaid()
{
    {
        const Aside service(
            u"/usr/share/dbus-1/system-services/org.freedesktop.PolicyKit1.service"_s);
        QVERIFY(signalProcess(polkitdPid(), SIGKILL));
        QTRY_COMPARE(polkitdPid(), 0);
        const QJsonObject result = configure(u"alice"_s, after);
        QCOMPARE(field(result, "outcome"), u"not-installed"_s);
        QCOMPARE(field(result, "detail"), u"polkit"_s);
        // Whoever asks the helper all the same is refused, and it does not wait.
        QCOMPARE(rawCall(u"alice"_s, u"org.roadstead.engine.configure"_s, u"options-good"_s),
                 "error org.freedesktop.DBus.Error.NoReply");
        QTRY_VERIFY(syslog().contains("result=ended detail=error-from-polkit"));
    }
    startPolkitd();
    verifyNextCall();
}

void TestHelperConfigureFaults::aPolkitdThatDiesInTheQuestionEndsTheHelper()
{
    setConsent(u"ask"_s);
    Request request(u"alice"_s, u"configure"_s, u"never"_s, 0, after);
    QTRY_COMPARE_WITH_TIMEOUT(request.questions().size(), 1, 10'000);
    const qint64 helper = helperPid();
    QVERIFY(signalProcess(polkitdPid(), SIGKILL));
    const QJsonObject result = request.result(10'000);
    QCOMPARE(field(result, "outcome"), u"not-answering"_s);
    QCOMPARE(field(result, "detail"), u"polkit"_s);
    QTRY_VERIFY(::kill(pid_t(helper), 0) != 0);
    startPolkitd();
    verifyNextCall();
}

void TestHelperConfigureFaults::aHelperKilledBeforeAnythingIsWrittenLeavesThem_data()
{
    QTest::addColumn<QString>("rules");
    QTest::addColumn<QString>("gate");
    QTest::newRow("before the person is asked")
        << u"ask"_s << u"/run/roadstead-engine/helper.calls"_s;
    QTest::newRow("in the question") << u"ask"_s << u""_s;
}

void TestHelperConfigureFaults::aHelperKilledBeforeAnythingIsWrittenLeavesThem()
{
    QFETCH(QString, rules);
    QFETCH(QString, gate);
    setConsent(rules);
    std::unique_ptr<Gate> closed;
    if (!gate.isEmpty()) {
        closed = std::make_unique<Gate>(gate);
    }
    Request request(u"alice"_s, u"configure"_s, u"never"_s, 0, after);
    QTRY_VERIFY_WITH_TIMEOUT(closed ? closed->isReached() : request.questions().size() == 1,
                             30'000);
    killHelper();
    closed.reset();
    QCOMPARE(request.outcome(), u"outcome-unknown"_s);
    verifyNextCall();
}

/// As systemd ends a service: the launcher goes with the helper. It stands where the new file is
/// there and empty.
void TestHelperConfigureFaults::aHelperKilledWithWhatItStartedWhileItWritesLeavesThem()
{
    const QString folder = QFileInfo(optionsFile()).path();
    auto gate = std::make_unique<OpenGate>(folder, u"options.new"_s);
    QVERIFY(gate->isSet());
    Request request(u"alice"_s, u"configure"_s, {}, 0, after);
    QTRY_VERIFY_WITH_TIMEOUT(gate->isReached(), 30'000);
    QVERIFY(shell(u"cat /proc/%1/cmdline"_s.arg(gate->waiting()))
                .output.contains("roadstead-launcher"));
    const qint64 helper = helperPid();
    QVERIFY(signalProcess(helper, SIGSTOP)); // it must not see its launcher end
    QVERIFY(signalProcess(gate->waiting(), SIGKILL));
    QTRY_VERIFY(QByteArrayView("ZX ").contains(stateOf(gate->waiting())));
    killHelper();
    gate.reset();
    QCOMPARE(request.outcome(), u"outcome-unknown"_s);
    // It was in the middle of it.
    QVERIFY(QFile::exists(folder + u"/options.new"_s));
    verifyNextCall();
}

/// Without systemd the launcher goes on.
void TestHelperConfigureFaults::aHelperKilledWhileItWritesIsSettledByTheFile()
{
    auto gate = std::make_unique<OpenGate>(QFileInfo(optionsFile()).path(), u"options.new"_s);
    QVERIFY(gate->isSet());
    Request request(u"alice"_s, u"configure"_s, {}, 0, after);
    QTRY_VERIFY_WITH_TIMEOUT(gate->isReached(), 30'000);
    killHelper();
    gate.reset();
    QCOMPARE(request.outcome(), u"done"_s);
    QCOMPARE(contents(optionsFile()), after);
    QVERIFY(!syslog().contains("result=accepted"));
    QCOMPARE(field(configure(u"alice"_s, before), "outcome"), u"done"_s);
    verifyNextCall();
}

void TestHelperConfigureFaults::aFullDiskLeavesThem()
{
    const QString folder = QFileInfo(optionsFile()).path();
    QVERIFY(shell(u"cp -p %1/options /run/kept\n"
                  "mount -t tmpfs -o size=8k,mode=755 tmpfs %1\n"
                  "cp -p /run/kept %1/options\n"
                  "head -c 4096 /dev/zero >%1/filler"_s.arg(folder))
                .status == 0);
    const QJsonObject result = configure(u"alice"_s, after);
    QCOMPARE(field(result, "outcome"), u"engine-failed"_s);
    QVERIFY2(field(result, "detail").contains(u"configure."_s),
             qPrintable(field(result, "detail")));
    QCOMPARE(contents(optionsFile()), before);
    QVERIFY(shell(u"rm %1/filler"_s.arg(folder)).status == 0);
    verifyNextCall();
    QVERIFY(shell(u"umount %1"_s.arg(folder)).status == 0);
}

void TestHelperConfigureFaults::whoDoesNotConsentLeavesThem_data()
{
    QTest::addColumn<QString>("answers");
    QTest::addColumn<QString>("outcome");
    QTest::newRow("wrong password") << u"wrong"_s << u"denied"_s;
    QTest::newRow("closed prompt") << u"cancel"_s << u"cancelled"_s;
}

void TestHelperConfigureFaults::whoDoesNotConsentLeavesThem()
{
    QFETCH(QString, answers);
    QFETCH(QString, outcome);
    setConsent(u"ask"_s);
    QCOMPARE(field(configure(u"alice"_s, after, answers), "outcome"), outcome);
    verifyNextCall();
}

void TestHelperConfigureFaults::whoLeavesInTheQuestionLeavesThem()
{
    setConsent(u"ask"_s);
    Request request(u"alice"_s, u"configure"_s, u"never"_s, 0, after);
    QTRY_COMPARE_WITH_TIMEOUT(request.questions().size(), 1, 10'000);
    request.kill();
    QTRY_COMPARE_WITH_TIMEOUT(
        field(configure(u"bob"_s, insecure(u"bob.example"_s), u"right"_s), "outcome"), u"done"_s,
        20'000);
    verifyNextCall();
}

void TestHelperConfigureFaults::twoUsersAtOnceHaveTheirOwn()
{
    for (const QString &user : {u"alice"_s, u"bob"_s}) {
        QCOMPARE(field(ask(user, u"start"_s), "outcome"), u"done"_s);
    }
    const QByteArray bobs = insecure(u"bob.example:5000"_s);
    auto gate = std::make_unique<OpenGate>(QFileInfo(optionsFile()).path(), u"options.new"_s);
    QVERIFY(gate->isSet());
    Request alice(u"alice"_s, u"configure"_s, {}, 0, after);
    QTRY_VERIFY_WITH_TIMEOUT(gate->isReached(), 30'000);
    // The helper is in alice's call: bob is told so at once, and nothing of his is written.
    QCOMPARE(field(configure(u"bob"_s, bobs), "outcome"), u"busy"_s);
    QVERIFY(!QFile::exists(optionsFile(1002)));
    gate.reset();
    QCOMPARE(alice.outcome(), u"done"_s);
    QCOMPARE(field(configure(u"bob"_s, bobs), "outcome"), u"done"_s);
    QCOMPARE(contents(optionsFile()), after);
    QCOMPARE(contents(optionsFile(1002)), bobs);
    const auto believed = [](int uid) {
        return shell(u"docker -H unix:///run/roadstead/%1/engine.sock info --format "
                     "'{{range $name, $index := .RegistryConfig.IndexConfigs}}{{$name}} {{end}}'"_s
                         .arg(uid))
            .output;
    };
    QVERIFY(believed(1001).contains("after.example:5000"));
    QVERIFY(!believed(1001).contains("bob.example"));
    QVERIFY(believed(1002).contains("bob.example:5000"));
    QVERIFY(!believed(1002).contains("after.example"));
}

void TestHelperConfigureFaults::whoComesSecondIsToldAtOnce()
{
    setConsent(u"ask"_s);
    Request first(u"alice"_s, u"configure"_s, u"never"_s, 0, after);
    QTRY_COMPARE_WITH_TIMEOUT(first.questions().size(), 1, 10'000);
    Request second(u"bob"_s, u"configure"_s, u"right"_s, 0, after);
    QCOMPARE(second.outcome(), u"busy"_s);
    QVERIFY(second.questions().isEmpty());
    QVERIFY(!first.isOver());
    QVERIFY(!QFile::exists(optionsFile(1002)));
    first.kill();
    QTRY_COMPARE_WITH_TIMEOUT(field(configure(u"bob"_s, after, u"right"_s), "outcome"), u"done"_s,
                              20'000);
    QCOMPARE(contents(optionsFile()), before);
}

void TestHelperConfigureFaults::theSameUserTwiceAtOnceHasOneOfThem()
{
    const QByteArray other = insecure(u"other.example:5000"_s);
    Request first(u"alice"_s, u"configure"_s, {}, 0, after);
    Request second(u"alice"_s, u"configure"_s, {}, 0, other);
    first.result();
    second.result();
    const QByteArray now = contents(optionsFile());
    QVERIFY2(now == after || now == other, now.constData());
    QCOMPARE(field(configure(u"alice"_s, before), "outcome"), u"done"_s);
    verifyNextCall();
}

int main(int argc, char **argv)
{
    TestHelperConfigureFaults test;
    return liveMain(test, argc, argv);
}
#include "tst_helper_configure_faults.moc"
