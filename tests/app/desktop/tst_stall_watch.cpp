// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/stall_watch.h"
#include "tests/support/test_program/test_program.h"

#include <QElapsedTimer>
#include <QTest>

#include <vector>

namespace tst_stall_watch {

using namespace roadstead::desktop;

class TestStallWatch : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aBusyLoopIsReportedOnceItIsFreeAgain();
    void aSleepingLoopIsReportedToo();
    void anEndWhileTheLoopIsBusyDoesNotWaitForIt();
};

void TestStallWatch::aBusyLoopIsReportedOnceItIsFreeAgain()
{
    std::vector<Stall> stalls;
    const StallWatch watch([&stalls](const Stall &stall) { stalls.push_back(stall); });
    QTest::qWait(50); // the first sign of life
    stalls.clear();
    QElapsedTimer timer;
    timer.start();
    while (timer.elapsed() < 200) {
    }
    QVERIFY(stalls.empty());
    QTRY_VERIFY(!stalls.empty());
    const qint64 all = stalls.front().busyMilliseconds + stalls.front().queuedMilliseconds;
    QVERIFY2(all >= 150, qPrintable(QString::number(all)));
}

void TestStallWatch::aSleepingLoopIsReportedToo()
{
    std::vector<Stall> stalls;
    const StallWatch watch([&stalls](const Stall &stall) { stalls.push_back(stall); });
    QTest::qWait(50);
    stalls.clear();
    // What a blocking call looks like: no processor time, and yet nothing is heard.
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    QTRY_VERIFY(!stalls.empty());
    QVERIFY(stalls.front().busyMilliseconds >= 100);
}

void TestStallWatch::anEndWhileTheLoopIsBusyDoesNotWaitForIt()
{
    bool reported = false;
    {
        const StallWatch watch([&reported](const Stall &) { reported = true; });
        std::this_thread::sleep_for(std::chrono::milliseconds(60)); // a question is under way
    }
    QCoreApplication::sendPostedEvents();
    QVERIFY(!reported);
}

} // namespace tst_stall_watch

ROADSTEAD_GUILESS_TEST(tst_stall_watch::TestStallWatch)
#include "tst_stall_watch.moc"
