// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/docker/types.h"
#include "engine/service/change_tracker.h"
#include "tests/engine/service/held_clock.h"
#include "tests/support/test_program/test_program.h"

#include <QTest>

namespace tst_change_tracker {

using namespace roadstead;
using namespace roadstead::service;

namespace {

docker::Event eventOf(std::string type, std::string action, std::string actor = "c1")
{
    docker::Event event;
    event.type = std::move(type);
    event.action = std::move(action);
    event.actor = std::move(actor);
    return event;
}

} // namespace

class TestChangeTracker : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void containerActionsAskForWhatTheyChange_data()
    {
        QTest::addColumn<QString>("action");
        QTest::addColumn<bool>("reads");
        for (const char *action : {"create", "start", "die", "stop", "pause", "unpause", "rename",
                                   "restart", "update", "oom", "destroy"}) {
            QTest::addRow("%s changes the row", action) << QString::fromLatin1(action) << true;
        }
        QTest::addRow("health is part of the row")
            << QStringLiteral("health_status: healthy") << true;
        for (const char *action : {"exec_create: sh", "exec_start: sh", "exec_die", "top", "resize",
                                   "attach", "detach", "kill", "archive-path", "export", "copy"}) {
            QTest::addRow("%s changes nothing", action) << QString::fromLatin1(action) << false;
        }
    }
    void containerActionsAskForWhatTheyChange()
    {
        QFETCH(QString, action);
        QFETCH(bool, reads);
        const ReadPlan plan = planFor(eventOf("container", action.toStdString()));
        QVERIFY(!plan.allContainers);
        QVERIFY(!plan.images);
        QCOMPARE(plan.containers.contains("c1"), reads);
    }

    void imagesAreReadForImageEvents()
    {
        QVERIFY(planFor(eventOf("image", "import")).images);
        QVERIFY(!planFor(eventOf("image", "import")).readsContainers());
        QVERIFY(planFor(eventOf("container", "commit")).images);
        QVERIFY(planFor(eventOf("image", "push")).isEmpty());
        // A tag that moves takes the image's name away from containers.
        QVERIFY(planFor(eventOf("image", "tag")).allContainers);
        QVERIFY(planFor(eventOf("image", "untag")).allContainers);
    }

    void networkEventsNameTheContainerInTheirAttributes()
    {
        auto connect = eventOf("network", "connect", "n1");
        QVERIFY(planFor(connect).isEmpty());
        connect.attributes["container"] = "c7";
        QCOMPARE(planFor(connect).containers, std::set<std::string>{"c7"});
    }

    void othersAskForNothing()
    {
        QVERIFY(planFor(eventOf("volume", "mount")).isEmpty());
        QVERIFY(planFor(eventOf("builder", "prune")).isEmpty());
        QVERIFY(planFor(eventOf("", "")).isEmpty());
        QVERIFY(planFor(eventOf("container", "start", "")).isEmpty());
        QVERIFY(planFor(eventOf("daemon", "reload")).info);
    }

    void theReaderIsWokenOnce()
    {
        ChangeTracker tracker(4, 100);
        QVERIFY(!tracker.add(eventOf("container", "exec_die")));
        QVERIFY(tracker.add(eventOf("container", "start", "a")));
        QVERIFY(!tracker.add(eventOf("container", "start", "b")));
        QVERIFY(!tracker.add(eventOf("container", "die", "a")));
        QCOMPARE(tracker.take().containers, (std::set<std::string>{"a", "b"}));
        QVERIFY(tracker.take().isEmpty());
        QVERIFY(tracker.add(eventOf("container", "start", "a")));
    }

    void manyContainersBecomeTheWholeList()
    {
        ChangeTracker tracker(2, 100);
        for (const char *id : {"a", "b", "c"}) {
            tracker.add(eventOf("container", "start", id));
        }
        tracker.add(eventOf("container", "start", "d"));
        const ReadPlan plan = tracker.take();
        QVERIFY(plan.allContainers);
        QVERIFY(plan.containers.empty());
    }

    void aBurstReadsEverythingEvenIfItSeemedHarmless()
    {
        HeldClock clock;
        ChangeTracker tracker(2, 3, clock);
        for (int i = 0; i < 3; ++i) {
            QVERIFY(!tracker.add(eventOf("container", "exec_die")));
        }
        QVERIFY(tracker.add(eventOf("container", "exec_die")));
        const ReadPlan plan = tracker.take();
        QVERIFY(plan.allContainers);
        QVERIFY(plan.images);
    }

    void manyEventsOverALongTimeAreNoBurst()
    {
        HeldClock clock;
        ChangeTracker tracker(2, 3, clock);
        for (int i = 0; i < 100; ++i) {
            clock.advance(std::chrono::milliseconds(100));
            QVERIFY(!tracker.add(eventOf("container", "exec_die")));
        }
    }

    void imagesCanBeTakenWhileContainersWait()
    {
        ChangeTracker tracker(4, 100);
        tracker.add(eventOf("container", "commit"));
        tracker.add(eventOf("container", "start", "a"));
        QVERIFY(tracker.takeAllButContainers().images);
        QVERIFY(tracker.wantsContainers());
        QVERIFY(!tracker.take().images);
    }
};

} // namespace tst_change_tracker

ROADSTEAD_GUILESS_TEST(tst_change_tracker::TestChangeTracker)
#include "tst_change_tracker.moc"
