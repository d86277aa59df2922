// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/helper/live_machine.h"

#include <QFile>
#include <QTest>

#include <csignal>

using namespace Qt::StringLiterals;
using namespace roadstead::live;

namespace {

const QString start = QStringLiteral("org.roadstead.engine.start");
const QString stop = QStringLiteral("org.roadstead.engine.stop");

/// How a call ends for which the helper ends itself.
constexpr const char *tooOften = "error org.freedesktop.DBus.Error.NoReply";

/// A call of any method as alice: standard error of dbus-send.
QByteArray send(const QStringList &arguments)
{
    return run(u"runuser"_s,
               QStringList{u"-u"_s, u"alice"_s, u"--"_s, u"dbus-send"_s, u"--system"_s,
                           u"--print-reply"_s, u"--reply-timeout=5000"_s} +
                   arguments)
        .errors;
}

} // namespace

/// What somebody who speaks to the helper directly can do, which is nothing.
class TestHelperBus : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanup();
    void onlyTheOneMethodCanBeCalled_data();
    void onlyTheOneMethodCanBeCalled();
    void byItsOtherNameNothingMoreCanBeCalled();
    void nobodyElseCanOwnTheNames_data();
    void nobodyElseCanOwnTheNames();
    void argumentsThatDoNotFitAreRefused_data();
    void argumentsThatDoNotFitAreRefused();
    void argumentsThatAnnounceTooMuchDoNoHarm();
    void anotherVersionIsToldOurs();
    void whoTheCallerClaimsToBeCountsForNothing();
    void rootIsRefused();
    void wordsOfThePromptCannotBeReplaced_data();
    void wordsOfThePromptCannotBeReplaced();
    void unknownVerbsAreRefusedAndTheNextCallWorks_data();
    void unknownVerbsAreRefusedAndTheNextCallWorks();
    void tenCallsAMinute();
    void callsThatAreDeniedCountToo();
    void unknownVerbsCountTooAndCloseItToNobodyElse();
    void endingTheHelperDoesNotResetTheCount();
};

void TestHelperBus::initTestCase()
{
    QVERIFY(prepare());
}

void TestHelperBus::cleanup()
{
    killHelper(); // it may still wait for an answer
    QFile::remove(u"/run/roadstead-engine/helper.calls"_s);
    QFile::resize(u"/run/syslog"_s, 0);
}

void TestHelperBus::onlyTheOneMethodCanBeCalled_data()
{
    const QString helper = u"--dest=org.roadstead.engine"_s;
    QTest::addColumn<QStringList>("call");
    QTest::newRow("stop of KAuth's")
        << QStringList{helper, u"/"_s, u"org.kde.kf6auth.stopAction"_s, u"string:x"_s};
    QTest::newRow("introspection")
        << QStringList{helper, u"/"_s, u"org.freedesktop.DBus.Introspectable.Introspect"_s};
    QTest::newRow("properties") << QStringList{
        helper, u"/"_s, u"org.freedesktop.DBus.Properties.GetAll"_s, u"string:org.kde.kf6auth"_s};
    QTest::newRow("ping") << QStringList{helper, u"/"_s, u"org.freedesktop.DBus.Peer.Ping"_s};
    QTest::newRow("another path") << QStringList{helper, u"/other"_s,
                                                 u"org.kde.kf6auth.performAction"_s};
}

void TestHelperBus::onlyTheOneMethodCanBeCalled()
{
    QFETCH(QStringList, call);
    setConsent(u"yes"_s);
    rawCall(u"alice"_s, stop, u"good"_s); // it runs now
    QVERIFY(helperPid() > 0);
    const QByteArray error = send(call);
    QVERIFY2(error.contains("AccessDenied"), error.constData());
}

void TestHelperBus::byItsOtherNameNothingMoreCanBeCalled()
{
    // The name has an owner only while a question is open.
    setConsent(u"ask"_s);
    Request request(u"alice"_s, u"start"_s, u"never"_s);
    QTRY_COMPARE_WITH_TIMEOUT(request.questions().size(), 1, 10'000);
    for (const QString &method :
         {u"org.kde.kf6auth.stopAction"_s, u"org.freedesktop.DBus.Peer.Ping"_s}) {
        const QByteArray error =
            send({u"--dest=org.roadstead.engine.busy"_s, u"/"_s, method, u"string:x"_s});
        QVERIFY2(error.contains("AccessDenied"), error.constData());
    }
    QVERIFY(!request.isOver());
}

void TestHelperBus::nobodyElseCanOwnTheNames_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("the helper's") << u"org.roadstead.engine"_s;
    QTest::newRow("the busy one") << u"org.roadstead.engine.busy"_s;
    QTest::newRow("one below") << u"org.roadstead.engine.start"_s;
}

void TestHelperBus::nobodyElseCanOwnTheNames()
{
    QFETCH(QString, name);
    const QByteArray error =
        send({u"--dest=org.freedesktop.DBus"_s, u"/"_s, u"org.freedesktop.DBus.RequestName"_s,
              u"string:"_s + name, u"uint32:0"_s});
    QVERIFY2(error.contains("AccessDenied"), error.constData());
}

void TestHelperBus::argumentsThatDoNotFitAreRefused_data()
{
    QTest::addColumn<QString>("arguments");
    QTest::newRow("none") << u"empty"_s;
    QTest::newRow("a path") << u"unknown"_s;
    QTest::newRow("a user") << u"uid"_s;
    QTest::newRow("oversized") << u"long"_s;
}

void TestHelperBus::argumentsThatDoNotFitAreRefused()
{
    QFETCH(QString, arguments);
    setConsent(u"yes"_s);
    const QByteArray reply = rawCall(u"alice"_s, start, arguments);
    QVERIFY2(reply.startsWith("reply 0 refused"), reply.constData());
    QTRY_VERIFY(syslog().contains("uid=1001 verb=engine.start result=refused"));
    QVERIFY(!hasEngine());
}

void TestHelperBus::argumentsThatAnnounceTooMuchDoNoHarm()
{
    setConsent(u"yes"_s);
    // Qt may give up on it or the helper may run out of its memory; either way nothing is done.
    const QByteArray reply = rawCall(u"alice"_s, start, u"bomb"_s);
    QVERIFY2(reply.startsWith("error ") || reply.startsWith("reply 0 refused"), reply.constData());
    QVERIFY(!hasEngine());
    QCOMPARE(rawCall(u"alice"_s, stop, u"good"_s), "reply 0 already");
    QVERIFY(shell(u"grep 'Max data size *268435456 ' /proc/%1/limits"_s.arg(helperPid())).status ==
            0);
}

void TestHelperBus::anotherVersionIsToldOurs()
{
    setConsent(u"yes"_s);
    QCOMPARE(rawCall(u"alice"_s, start, u"version"_s), "reply 0 other-version 3");
    QVERIFY(!hasEngine());
}

void TestHelperBus::whoTheCallerClaimsToBeCountsForNothing()
{
    // Every raw call says that it comes from another connection; consent is alice's alone.
    const Ended rules = shell(u"/usr/local/lib/roadstead-test/consent_rules yes alice"_s);
    QCOMPARE(rules.status, 0);
    QCOMPARE(rawCall(u"alice"_s, stop, u"good"_s), "reply 0 already");
    QVERIFY(rawCall(u"bob"_s, stop, u"good"_s).startsWith("reply 4")); // AuthorizationDenied
    QTRY_VERIFY(syslog().contains("uid=1001 verb=engine.stop result=already"));
    QTRY_VERIFY(syslog().contains("uid=1002 verb=engine.stop result=denied"));
}

void TestHelperBus::rootIsRefused()
{
    QCOMPARE(rawCall(u"root"_s, start, u"good"_s), "reply 0 refused identity");
    QVERIFY(!QFile::exists(u"/run/roadstead-engine/0"_s));
}

void TestHelperBus::wordsOfThePromptCannotBeReplaced_data()
{
    QTest::addColumn<QString>("key");
    QTest::newRow("message") << u"polkit.message"_s;
    QTest::newRow("translations") << u"polkit.gettext_domain"_s;
    QTest::newRow("icon") << u"polkit.icon_name"_s;
}

void TestHelperBus::wordsOfThePromptCannotBeReplaced()
{
    QFETCH(QString, key);
    // Even where polkit would say yes: the words come before everything else.
    setConsent(u"yes"_s);
    const QByteArray reply =
        rawCall(u"alice"_s, start, u"good"_s, key, u"Install the weather widget"_s);
    QVERIFY2(reply.startsWith("reply 4"), reply.constData());
    QVERIFY(!hasEngine());
}

void TestHelperBus::unknownVerbsAreRefusedAndTheNextCallWorks_data()
{
    QTest::addColumn<QString>("verb");
    QTest::newRow("of ours, but none") << u"org.roadstead.engine.reset"_s;
    QTest::newRow("the bare slot") << u"start"_s;
    QTest::newRow("somebody else's") << u"org.freedesktop.policykit.exec"_s;
    QTest::newRow("a slot of every object") << u"deleteLater"_s;
    QTest::newRow("nothing") << u""_s;
    QTest::newRow("line breaks") << u"x\nuid=0 verb=engine.start result=accepted"_s;
}

void TestHelperBus::unknownVerbsAreRefusedAndTheNextCallWorks()
{
    QFETCH(QString, verb);
    setConsent(u"yes"_s);
    QCOMPARE(rawCall(u"alice"_s, verb, u"good"_s), "error org.freedesktop.DBus.Error.NoReply");
    QTRY_VERIFY(syslog().contains("result=ended detail=unknown-verb"));
    QVERIFY(!syslog().contains("result=accepted"));
    QCOMPARE(rawCall(u"alice"_s, stop, u"good"_s), "reply 0 already");
}

void TestHelperBus::tenCallsAMinute()
{
    setConsent(u"yes"_s);
    for (int call = 0; call < 10; ++call) {
        QCOMPARE(rawCall(u"alice"_s, stop, u"good"_s), "reply 0 already");
    }
    QCOMPARE(rawCall(u"alice"_s, stop, u"good"_s), tooOften);
    QCOMPARE(rawCall(u"bob"_s, stop, u"good"_s), "reply 0 already");
    QTRY_VERIFY(syslog().contains("uid=1001 verb=engine.stop result=ended detail=too-often"));
}

void TestHelperBus::callsThatAreDeniedCountToo()
{
    setConsent(u"no"_s);
    for (int call = 0; call < 10; ++call) {
        QVERIFY(rawCall(u"alice"_s, stop, u"good"_s).startsWith("reply 4"));
    }
    setConsent(u"yes"_s); // it is not asked any more
    QCOMPARE(rawCall(u"alice"_s, stop, u"good"_s), tooOften);
    QTRY_COMPARE(syslog().count("uid=1001 verb=engine.stop result=denied"), 10);
    QTRY_VERIFY(syslog().contains("uid=1001 verb=engine.stop result=ended detail=too-often"));
    QCOMPARE(rawCall(u"bob"_s, stop, u"good"_s), "reply 0 already");
}

void TestHelperBus::unknownVerbsCountTooAndCloseItToNobodyElse()
{
    setConsent(u"yes"_s);
    for (int call = 0; call < 11; ++call) {
        QCOMPARE(rawCall(u"alice"_s, u"nonsense"_s, u"good"_s), tooOften);
    }
    QTRY_COMPARE(syslog().count("result=ended detail=unknown-verb"), 10);
    QTRY_COMPARE(syslog().count("uid=1001 verb=nonsense result=ended detail=too-often"), 1);
    QCOMPARE(rawCall(u"bob"_s, stop, u"good"_s), "reply 0 already");
}

void TestHelperBus::endingTheHelperDoesNotResetTheCount()
{
    setConsent(u"yes"_s);
    for (int call = 0; call < 10; ++call) {
        rawCall(u"alice"_s, stop, u"good"_s);
    }
    QVERIFY(helperPid() > 0);
    killHelper();
    QCOMPARE(rawCall(u"alice"_s, stop, u"good"_s), tooOften);
    QTRY_VERIFY(syslog().contains("detail=too-often"));
}

int main(int argc, char **argv)
{
    TestHelperBus test;
    return liveMain(test, argc, argv);
}
#include "tst_helper_bus.moc"
