// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/helper/live_machine.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTest>

#include <csignal>

using namespace Qt::StringLiterals;
using namespace roadstead::live;

/// What takes minutes by its nature. A program of its own, because it does nothing but wait.
class TestHelperPatience : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanup();
    void aFrozenPolkitdEndsTheHelperAfterTwoMinutes();
    void anAnswerAfterMinutesCounts();
};

void TestHelperPatience::initTestCase()
{
    QVERIFY(prepare());
}

void TestHelperPatience::cleanup()
{
    setConsent(u"yes"_s);
    QCOMPARE(field(ask(u"alice"_s, u"stop"_s), "state"), u"stopped"_s);
    QFile::remove(u"/run/roadstead-engine/helper.calls"_s);
}

void TestHelperPatience::aFrozenPolkitdEndsTheHelperAfterTwoMinutes()
{
    setConsent(u"ask"_s);
    Request request(u"alice"_s, u"start"_s, u"never"_s);
    QTRY_COMPARE_WITH_TIMEOUT(request.questions().size(), 1, 10'000);
    const qint64 helper = helperPid();
    const qint64 polkitd = polkitdPid();
    QElapsedTimer timer;
    timer.start();
    QVERIFY(signalProcess(polkitd, SIGSTOP));
    const QJsonObject result = request.result(150'000);
    QVERIFY(signalProcess(polkitd, SIGCONT));
    QVERIFY2(timer.elapsed() > 110'000 && timer.elapsed() < 140'000,
             qPrintable(QString::number(timer.elapsed())));
    QCOMPARE(field(result, "outcome"), u"not-answering"_s);
    QTRY_VERIFY(::kill(pid_t(helper), 0) != 0);
    QTRY_VERIFY(syslog().contains("uid=1001 verb=engine.start result=ended "
                                  "detail=no-answer-from-polkit"));
    QVERIFY(!hasEngine());
    QCOMPARE(field(ask(u"alice"_s, u"start"_s, u"right"_s), "outcome"), u"done"_s);
}

void TestHelperPatience::anAnswerAfterMinutesCounts()
{
    setConsent(u"ask"_s);
    QElapsedTimer timer;
    timer.start();
    Request request(u"alice"_s, u"start"_s, u"right"_s, 100); // the helper waits for 120 s
    const QJsonObject result = request.result(150'000);
    QCOMPARE(field(result, "outcome"), u"done"_s);
    QVERIFY(timer.elapsed() > 100'000);
    QCOMPARE(field(result, "state"), u"running"_s);
    QCOMPARE(request.questions().size(), 1);
}

int main(int argc, char **argv)
{
    TestHelperPatience test;
    return liveMain(test, argc, argv);
}
#include "tst_helper_patience.moc"
