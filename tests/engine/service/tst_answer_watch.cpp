// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/answer_watch.h"
#include "tests/engine/service/held_clock.h"
#include "tests/support/test_program/test_program.h"

#include <QSignalSpy>
#include <QTest>

namespace tst_answer_watch {

using namespace roadstead::service;
using namespace std::chrono_literals;

namespace {

SessionTiming quick()
{
    SessionTiming timing;
    timing.notAnswering = 120ms;
    timing.heartbeat = 50ms;
    return timing;
}

} // namespace

class TestAnswerWatch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anIdleEngineIsAskedForAHeartbeatAndIsNotSilent()
    {
        AnswerWatch watch(quick());
        QSignalSpy beats(&watch, &AnswerWatch::heartbeatDue);
        QSignalSpy silent(&watch, &AnswerWatch::silent);
        connect(&watch, &AnswerWatch::heartbeatDue, this, [&] { watch.over(watch.asked(), true); });
        watch.start();
        QTRY_VERIFY(beats.size() >= 5);
        QCOMPARE(silent.size(), 0);
    }

    void anOpenQuestionBecomesSilenceAndItsAnswerEndsIt()
    {
        AnswerWatch watch(quick());
        QSignalSpy silent(&watch, &AnswerWatch::silent);
        QSignalSpy again(&watch, &AnswerWatch::heardAgain);
        watch.start();
        QElapsedTimer timer;
        timer.start();
        const auto question = watch.asked();
        QTRY_COMPARE(silent.size(), 1);
        QVERIFY(timer.elapsed() >= 115);
        QVERIFY(watch.isSilent());
        watch.over(question, true);
        QCOMPARE(again.size(), 1);
        QVERIFY(!watch.isSilent());
    }

    void oneAnswerAmongManyQuestionsIsASignOfLife()
    {
        AnswerWatch watch(quick());
        QSignalSpy silent(&watch, &AnswerWatch::silent);
        // A long list is open all the time, pings are answered.
        connect(&watch, &AnswerWatch::heartbeatDue, this, [&] { watch.over(watch.asked(), true); });
        QSignalSpy beats(&watch, &AnswerWatch::heartbeatDue);
        watch.start();
        watch.asked();
        QTRY_VERIFY(beats.size() >= 6); // for longer than twice the limit
        QCOMPARE(silent.size(), 0);
    }

    void aProgramThatWasHeldUpBlamesNobody()
    {
        HeldClock clock;
        AnswerWatch watch(quick(), nullptr, clock);
        QSignalSpy silent(&watch, &AnswerWatch::silent);
        QSignalSpy beats(&watch, &AnswerWatch::heartbeatDue);
        watch.start();
        watch.asked();
        clock.advance(10s); // nothing of this program ran; the next tick is as late as that
        QTRY_COMPARE(beats.size(), 1);
        QCOMPARE(silent.size(), 0);
        clock.advance(50ms);
        QVERIFY(!silent.wait(200)); // 100 ms of silence
        clock.advance(20ms);
        QTRY_COMPARE(silent.size(), 1);
    }

    void aFailureOfTheConnectionIsNoSignOfLife()
    {
        AnswerWatch watch(quick());
        QSignalSpy silent(&watch, &AnswerWatch::silent);
        QSignalSpy again(&watch, &AnswerWatch::heardAgain);
        watch.start();
        const auto first = watch.asked();
        watch.asked();
        QTRY_COMPARE(silent.size(), 1);
        watch.over(first, false);
        QCOMPARE(again.size(), 0);
        QVERIFY(watch.isSilent());
    }

    void stoppedItSaysNothing()
    {
        AnswerWatch watch(quick());
        QSignalSpy silent(&watch, &AnswerWatch::silent);
        QSignalSpy beats(&watch, &AnswerWatch::heartbeatDue);
        watch.start();
        const auto old = watch.asked();
        watch.stop();
        QVERIFY(!silent.wait(250));
        QCOMPARE(beats.size(), 0);
        watch.over(old, true); // late: of before stop()
        QVERIFY(!watch.isSilent());
    }
};

} // namespace tst_answer_watch

ROADSTEAD_GUILESS_TEST(tst_answer_watch::TestAnswerWatch)
#include "tst_answer_watch.moc"
