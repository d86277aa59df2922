// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "engine/privilege/client/reason.h"
#include "engine/privilege/contract/actions.h"
#include "tests/support/test_program/test_program.h"
#include "ui/text/display_text.h"
#include "ui/text/engine_action_text.h"
#include "ui/text/engine_text.h"
#include "ui/text/error_text.h"
#include "ui/text/formats.h"

#include <QDateTime>
#include <QLocale>
#include <QTest>
#include <QTimeZone>

#include <limits>

namespace tst_ui_text {

using namespace Qt::StringLiterals;
using namespace roadstead;
using namespace roadstead::ui;

class TestUiText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QLocale::setDefault(QLocale::c()); }

    void everyErrorKindHasWordsOfItsOwn()
    {
        QSet<QString> seen;
        for (int kind = 0; kind <= static_cast<int>(ErrorKind::Internal); ++kind) {
            const Explanation words =
                describe({static_cast<ErrorKind>(kind), 0, {}, "container.stop"}, u"web"_s);
            QCOMPARE(words.title, static_cast<ErrorKind>(kind) == ErrorKind::OutcomeUnknown
                                      ? u"Stopping web: result unknown"_s
                                      : u"Could not stop web"_s);
            QVERIFY2(words.reason.endsWith(u'.'), qPrintable(words.reason));
            QVERIFY(words.advice.isEmpty() || words.advice.endsWith(u'.'));
            QVERIFY(!words.body().contains(u'!'));
            QVERIFY(!words.body().contains(u"please"_s, Qt::CaseInsensitive));
            QVERIFY2(!seen.contains(words.reason), qPrintable(words.reason));
            seen << words.reason;
        }
    }

    void failedEngineActionsAreExplained_data()
    {
        using privilege::Reason;
        QTest::addColumn<ErrorKind>("kind");
        QTest::addColumn<QByteArray>("detail");
        QTest::addColumn<QString>("reason"); // part of it
        QTest::addColumn<QString>("advice"); // part of it
        const auto row = [](const char *name, ErrorKind kind, const char *detail,
                            const QString &reason, const QString &advice) {
            QTest::newRow(name) << kind << QByteArray(detail) << reason << advice;
        };
        const auto named = [&](const char *name, ErrorKind kind, Reason why, const QString &reason,
                               const QString &advice) {
            row(name, kind, privilege::word(why), reason, advice);
        };
        using enum ErrorKind;
        named("no bus", NotInstalled, Reason::Bus, u"system bus"_s, u"D-Bus"_s);
        named("no polkit", NotInstalled, Reason::Polkit, u"polkit"_s, u"polkitd"_s);
        named("no helper", NotInstalled, Reason::Helper, u"helper"_s, u"Roadstead again"_s);
        named("no launcher", NotInstalled, Reason::Launcher, u"unit"_s, u"Roadstead again"_s);
        named("no dockerd", NotInstalled, Reason::Dockerd, u"dockerd"_s, u"docker.io"_s);
        named("a bus that was restarted", NotAnswering, Reason::Connection, u"was restarted"_s,
              u"start it again"_s);
        named("silent bus", NotAnswering, Reason::Bus, u"system bus"_s, u"restart Roadstead"_s);
        named("silent polkit", NotAnswering, Reason::Polkit, u"polkit"_s, u"polkit"_s);
        named("silent helper", NotAnswering, Reason::Helper, u"helper"_s, u"log"_s);
        named("too often", Busy, Reason::Rate, u"ten"_s, u"minute"_s);
        named("queue full", Busy, Reason::Queue, u"already"_s, u"over"_s);
        named("helper occupied", Busy, Reason::Helper, u"another person"_s, u"prompt"_s);
        named("under way", Busy, Reason::Engine, u"already"_s, u"over"_s);
        named("not running", Conflict, Reason::NotRunning, u"not running"_s, u"Start"_s);
        named("stopping", Conflict, Reason::Stopping, u"still stopping"_s, u"stopped"_s);
        named("masked", EngineFailed, Reason::Masked, u"masked"_s, u"unmask"_s);
        named("failed", EngineFailed, Reason::Failed, u"ended again"_s, u"page"_s);
        named("stopped meanwhile", EngineFailed, Reason::Ended, u"stopped"_s, u"Start"_s);
        named("no reaction", EngineFailed, Reason::Unseen, u"did not react"_s, u"Try again"_s);
        row("errno", EngineFailed, "EAGAIN", u"EAGAIN"_s, u"log"_s);
        row("no word at all", EngineFailed, "", u"refused"_s, u"log"_s);
        named("lost, nothing seen", OutcomeUnknown, Reason::Unseen, u"not known"_s, u"Try"_s);
        named("slow", OutcomeUnknown, Reason::Slow, u"three minutes"_s, u"log"_s);
        named("time-out", OutcomeUnknown, Reason::Timeout, u"not known"_s, u"state"_s);
        named("foreign reply", OutcomeUnknown, Reason::Reply, u"not known"_s, u"state"_s);
        named("foreign refusal", OutcomeUnknown, Reason::Refusal, u"not known"_s, u"state"_s);
        row("crash", OutcomeUnknown, "Did not receive a reply", u"not known"_s, u"state"_s);
        row("denied", Denied, "", u"permission"_s, u"prompt"_s);
        named("nobody to ask", Denied, Reason::NoAgent, u"password"_s, u"sudo systemctl start x"_s);
        row("another version", UnsupportedVersion, "2", u"versions"_s, u"Roadstead"_s);
        row("arguments refused", InvalidArgument, "identity", u"versions"_s, u"Roadstead"_s);
        row("cancelled", Cancelled, "", u"stopped it"_s, u""_s);
    }
    void failedEngineActionsAreExplained()
    {
        QFETCH(ErrorKind, kind);
        QFETCH(QByteArray, detail);
        QFETCH(QString, reason);
        QFETCH(QString, advice);
        for (const privilege::Action &action : privilege::actions) {
            const Error error{kind, 0, detail.toStdString(), std::string(action.operation)};
            const Explanation words = describeEngineAction(error, u"systemctl start x"_s);
            QCOMPARE(words.title.endsWith(u"result unknown"_s), kind == ErrorKind::OutcomeUnknown);
            QVERIFY2(words.reason.contains(reason), qPrintable(words.reason));
            QVERIFY2(words.reason.endsWith(u'.'), qPrintable(words.reason));
            QVERIFY2(words.advice.contains(advice), qPrintable(words.advice));
            // A word of ours is for programs.
            QVERIFY(detail.isEmpty() || words.reason.compare(QString::fromUtf8(detail + '.'),
                                                             Qt::CaseInsensitive) != 0);
            QVERIFY(!words.body().contains(u"Update Docker"_s));
            if (detail != privilege::word(privilege::Reason::NoAgent)) {
                QCOMPARE(describe(error).body(), words.body()); // in the history, too
            }
        }
    }

    void otherOperationsKeepTheirWords()
    {
        const Error error{ErrorKind::Conflict, 409, "notrunning", "container.restart"};
        QCOMPARE(describe(error).reason, u"Notrunning."_s);
    }

    void notesAreSentences()
    {
        QVERIFY(noteText(embedded::Note::None).isEmpty());
        QVERIFY(noteText(embedded::Note::ForwardBlocked).contains(u"firewall"_s));
        QVERIFY(noteText(embedded::Note::NetworkIncomplete).contains(u"network"_s));
    }

    void everyFailureCauseSaysWhyAndWhatToDo()
    {
        QSet<QString> seen;
        for (int cause = 0; cause <= static_cast<int>(embedded::FailureCause::StartTimeout);
             ++cause) {
            const Explanation words = describe(embedded::Failure{
                static_cast<embedded::FailureCause>(cause), {u"line 1"_s, u"line 2"_s}, {}});
            QVERIFY(words.reason.endsWith(u'.'));
            QVERIFY(words.advice.endsWith(u'.'));
            QCOMPARE(words.rawDetail, u"line 1\nline 2"_s);
            QVERIFY(!words.reason.contains(u'%'));
            seen << words.reason;
        }
        QCOMPARE(seen.size(), static_cast<int>(embedded::FailureCause::StartTimeout) + 1);
    }

    void nobodyListeningIsSaidOfASocketAndOfAnAddress()
    {
        const auto here = describe({ErrorKind::Refused, 111, "/run/docker.sock: refused", {}});
        const auto there = describe({ErrorKind::Refused, 0, "Failed to connect to ledger", {}});
        QVERIFY(here.reason.contains(u"socket"_s));
        QVERIFY(!there.reason.contains(u"socket"_s) && there.reason.contains(u"address"_s));
        QVERIFY(there.advice.contains(u"Check the address"_s));
    }

    void theSubjectOfAFailureIsNamed()
    {
        const auto words =
            describe(embedded::Failure{embedded::FailureCause::PortTaken, {}, u"2375"_s});
        QCOMPARE(words.reason, u"Port 2375 is already in use by another program."_s);
    }

    void theEnginesOwnMessageIsTheReasonAndStaysWhole()
    {
        const Explanation words = describe(
            {ErrorKind::Conflict, 409, "name \"/web\" is in use <b>now</b>", "container.rename"});
        QCOMPARE(words.title, u"Could not rename the container"_s);
        QCOMPARE(words.reason, u"Name \"/web\" is in use <b>now</b>."_s);
        QCOMPARE(words.rawDetail, u"name \"/web\" is in use <b>now</b>"_s);
    }

    void whoHoldsATakenPortIsNamed_data()
    {
        QTest::addColumn<std::string>("detail");
        QTest::addColumn<QString>("body");
        const std::string before =
            "driver failed programming external connectivity on endpoint shopfront-web-1 "
            "(3f0c7a3c7b5d1c9e4a2f60b7d9885d1a0f6e2f6b8c1d7a4be0f95c1e2d3a4b5c): ";
        QTest::newRow("a process of the host")
            << before + "Error starting userland proxy: listen tcp4 0.0.0.0:8080: bind: address "
                        "already in use (held by caddy, pid 2214)"
            << u"Port 8080 is used by caddy (pid 2214). Stop it, or use another port."_s;
        QTest::newRow("an address of version 6")
            << before +
                   "failed to bind host port for [::1]:53: listen udp6 [::1]:53: bind: address "
                   "already in use (held by dnsmasq, pid 7)"
            << u"Port 53 is used by dnsmasq (pid 7). Stop it, or use another port."_s;
        QTest::newRow("a process that is not told")
            << before + "listen tcp 127.0.0.1:80: bind: address already in use"
            << u"Port 80 is used by another program. Stop that program, or use another port."_s;
        QTest::newRow("another container")
            << before + "Bind for 0.0.0.0:8080 failed: port is already allocated"
            << u"Port 8080 is published by another container. Stop that one, or use another port."_s;
        QTest::newRow("a hostile name")
            << std::string("listen tcp4 0.0.0.0:1: bind: address already in use (held by "
                           "a\u202E<b>, pid 9)")
            << u"Port 1 is used by a\u27E8U+202E\u27E9<b> (pid 9). Stop it, or use another port."_s;
    }
    void whoHoldsATakenPortIsNamed()
    {
        QFETCH(std::string, detail);
        QFETCH(QString, body);
        const Explanation words =
            describe({ErrorKind::EngineFailed, 500, detail, "container.start"}, u"web"_s);
        QCOMPARE(words.body(), body);
        QVERIFY(!words.rawDetail.isEmpty());
    }

    void hostileTextBecomesVisibleText()
    {
        QCOMPARE(displayText(std::string_view("a\x1b[31mb\n\u202Ec")),
                 u"a\u241B[31mb\u240A\u27E8U+202E\u27E9c"_s);
        QCOMPARE(plainTip(u"<img src=x>"_s), u"<qt>&lt;img src=x&gt;</qt>"_s);
        QCOMPARE(plainLabel(u"a&b"_s), u"a&&b"_s);
        QVERIFY(displayText(std::string(100000, 'x')).size() <= 512);
        const Explanation words =
            describe({ErrorKind::NotFound, 404, {}, "container.stop"}, u"we\u202Eb"_s);
        QVERIFY(!words.title.contains(QChar(0x202E)));
    }

    void memoryIsInPowersOf1024AndDiskInPowersOf1000_data()
    {
        QTest::addColumn<qint64>("bytes");
        QTest::addColumn<QString>("memory");
        QTest::addColumn<QString>("disk");
        QTest::newRow("nothing") << qint64(0) << u"0 B"_s << u"0 B"_s;
        QTest::newRow("small") << qint64(12 * 1024 * 1024) << u"12 MiB"_s << u"13 MB"_s;
        QTest::newRow("hundreds") << qint64(412) * 1024 * 1024 << u"412 MiB"_s << u"432 MB"_s;
        QTest::newRow("decimals") << qint64(2100000000) << u"2 GiB"_s << u"2.1 GB"_s;
        QTest::newRow("no four figures") << qint64(1023) * 1024 * 1024 << u"1 GiB"_s << u"1.1 GB"_s;
        QTest::newRow("unknown") << qint64(-1) << u"–"_s << u"–"_s;
    }
    void memoryIsInPowersOf1024AndDiskInPowersOf1000()
    {
        QFETCH(qint64, bytes);
        QFETCH(QString, memory);
        QFETCH(QString, disk);
        QCOMPARE(memorySizeText(bytes), memory);
        QCOMPARE(diskSizeText(bytes), disk);
    }

    void usedAndTotalShareAUnit()
    {
        constexpr qint64 gib = 1024LL * 1024 * 1024;
        QCOMPARE(memoryOfText(31 * gib / 10, 8 * gib), u"3.1 / 8 GiB"_s);
        QCOMPARE(memoryOfText(64 * gib / 1024, 512 * gib / 1024), u"64 / 512 MiB"_s);
        QCOMPARE(memoryOfText(gib, 0), u"1 GiB"_s);
        QCOMPARE(memoryOfText(gib / 20, 24 * gib), u"0.05 / 24 GiB"_s);
        QCOMPARE(memoryOfText(1, 24 * gib), u"0.01 / 24 GiB"_s);
        QCOMPARE(memoryOfText(0, 24 * gib), u"0 / 24 GiB"_s);
    }

    void agesAreShort_data()
    {
        QTest::addColumn<qint64>("seconds");
        QTest::addColumn<QString>("text");
        QTest::newRow("seconds") << qint64(8) << u"8 s"_s;
        QTest::newRow("minutes alone") << qint64(41 * 60 + 59) << u"41 m"_s;
        QTest::newRow("hours with minutes") << qint64(3 * 3600 + 12 * 60) << u"3 h 12 m"_s;
        QTest::newRow("whole hours") << qint64(5 * 3600) << u"5 h"_s;
        QTest::newRow("days alone") << qint64(2 * 86400 + 80000) << u"2 d"_s;
        QTest::newRow("weeks") << qint64(15 * 86400) << u"2 w"_s;
        QTest::newRow("months") << qint64(130 * 86400LL) << u"4 mo"_s;
        QTest::newRow("years") << qint64(800 * 86400LL) << u"2 y"_s;
        QTest::newRow("clock set back") << qint64(-5) << u"–"_s;
    }
    void agesAreShort()
    {
        QFETCH(qint64, seconds);
        QFETCH(QString, text);
        QCOMPARE(durationText(seconds), text);
    }

    void takenTimeShowsTenthsWhileShort()
    {
        QCOMPARE(elapsedText(12), u"0.1 s"_s);
        QCOMPARE(elapsedText(240), u"0.2 s"_s);
        QCOMPARE(elapsedText(41000), u"41 s"_s);
        QCOMPARE(elapsedText(130000), u"2 m 10 s"_s);
    }

    void numbersFollowTheLocale()
    {
        QLocale::setDefault(QLocale(QLocale::German, QLocale::Germany));
        QCOMPARE(percentText(13.84), u"13,8 %"_s);
        QCOMPARE(numberText(1204), u"1.204"_s);
        QCOMPARE(percentText(std::numeric_limits<double>::quiet_NaN()), u"–"_s);
    }

    void momentsAreTodayYesterdayOrADate()
    {
        const QDateTime now(QDate(2026, 5, 4), QTime(15, 0));
        QCOMPARE(momentText(QDateTime(QDate(2026, 5, 4), QTime(14, 20)), now), u"14:20"_s);
        QCOMPARE(momentText(QDateTime(QDate(2026, 5, 3), QTime(23, 59)), now), u"Yesterday"_s);
        QVERIFY(momentText(QDateTime(QDate(2026, 4, 1), QTime(1, 0)), now).contains(u"Apr"_s) ||
                momentText(QDateTime(QDate(2026, 4, 1), QTime(1, 0)), now).contains(u"4"_s));
    }

    void everyStateOfTheEngineHasAWord()
    {
        QSet<QString> words;
        for (int s = 0; s <= static_cast<int>(embedded::State::Unreachable); ++s) {
            words << engineStateText(static_cast<embedded::State>(s));
        }
        QCOMPARE(words.size(), static_cast<int>(embedded::State::Unreachable) + 1);
        QVERIFY(!words.contains(QString()));
    }
};

} // namespace tst_ui_text

ROADSTEAD_GUILESS_TEST(tst_ui_text::TestUiText)
#include "tst_ui_text.moc"
