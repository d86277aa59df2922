// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fake_swap_engine.h"
#include "tests/support/test_program/test_program.h"

#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <map>
#include <memory>

namespace tst_swap_containers {

using namespace roadstead;
using namespace roadstead::service;
using test::FakeSwapEngine;

namespace {

struct SwapBed
{
    FakeSwapEngine engine;
    docker::CreateContainer before{.image = "web:1", .name = "web"};
    std::vector<SwapResult> results;
    std::unique_ptr<SwapContainers> swap;

    explicit SwapBed(docker::ContainerState state = docker::ContainerState::Running)
    {
        docker::ContainerDetails old;
        old.id = "old";
        old.name = "web";
        old.state = state;
        old.restartPolicy = "on-failure";
        old.restartMaximum = 3;
        engine.containers["old"] = old;
        renew();
    }
    void renew()
    {
        using std::chrono::milliseconds;
        swap = std::make_unique<SwapContainers>(
            engine, SwapTiming{.look = milliseconds(1), .looksRunning = 2, .looksHealthy = 4});
        results.clear();
        QObject::connect(swap.get(), &SwapContainers::finished, swap.get(),
                         [this](const SwapResult &result) { results.push_back(result); });
    }
    void replace()
    {
        docker::CreateContainer after = before;
        after.environment = {"A=1"};
        swap->replace("old", before, after);
    }
    [[nodiscard]] SwapOutcome outcome()
    {
        (void)QTest::qWaitFor([this] { return !results.empty(); }, 30'000);
        return results.empty() ? SwapOutcome::NotRestored : results.front().outcome;
    }
    [[nodiscard]] bool isAsItWas(docker::ContainerState state = docker::ContainerState::Running)
    {
        const auto &old = engine.containers.at("old");
        return engine.containers.size() == 1 && old.name == "web" && old.state == state &&
               old.restartPolicy == "on-failure" && old.restartMaximum == 3;
    }
};

constexpr int replaceCommands = 6;

} // namespace

class TestSwapContainers : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void theNewOneTakesThePlaceAndTheOldOneIsKept()
    {
        SwapBed bed;
        bed.replace();
        QCOMPARE(bed.outcome(), SwapOutcome::Swapped);
        QCOMPARE(bed.results.front().id, "new");
        QCOMPARE(bed.engine.commands.size(), static_cast<std::size_t>(replaceCommands));
        QCOMPARE(bed.engine.commands.front(), "container.create");
        QCOMPARE(bed.engine.containers.at("new").name, "web");
        const auto &old = bed.engine.containers.at("old");
        QCOMPARE(old.name, "web-before");
        QCOMPARE(old.state, docker::ContainerState::Exited);
        QCOMPARE(old.restartPolicy, "no");
    }
    void whicheverStepFailsTheOldOneIsAsItWas_data()
    {
        QTest::addColumn<int>("step");
        QTest::addColumn<bool>("afterwards");
        QTest::addColumn<docker::ContainerState>("state");
        for (int step = 0; step < replaceCommands; ++step) {
            for (const bool afterwards : {false, true}) {
                for (const auto state :
                     {docker::ContainerState::Running, docker::ContainerState::Paused}) {
                    QTest::addRow("step %d %s, %s", step,
                                  afterwards ? "done without an answer" : "not done",
                                  state == docker::ContainerState::Paused ? "paused" : "running")
                        << step << afterwards << state;
                }
            }
        }
    }
    void whicheverStepFailsTheOldOneIsAsItWas()
    {
        QFETCH(const int, step);
        QFETCH(const bool, afterwards);
        QFETCH(const docker::ContainerState, state);
        SwapBed bed(state);
        bed.engine.failsAt = step;
        bed.engine.failsAfterwards = afterwards;
        bed.replace();
        const bool isRefused = step == 0 && !afterwards;
        QCOMPARE(bed.outcome(), isRefused ? SwapOutcome::Refused : SwapOutcome::AsItWas);
        QVERIFY(bed.results.front().error.has_value());
        QVERIFY(bed.isAsItWas(state));
    }
    void oneThatIsUnhealthyOrEndsOrNeverGetsWellIsTakenBack_data()
    {
        QTest::addColumn<docker::Health>("health");
        QTest::addColumn<bool>("ends");
        QTest::newRow("unhealthy") << docker::Health::Unhealthy << false;
        QTest::newRow("starting for ever") << docker::Health::Starting << false;
        QTest::newRow("it ends at once") << docker::Health::None << true;
    }
    void oneThatIsUnhealthyOrEndsOrNeverGetsWellIsTakenBack()
    {
        QFETCH(const docker::Health, health);
        QFETCH(const bool, ends);
        SwapBed bed;
        bed.engine.healthOfNew = health;
        bed.engine.newEnds = ends;
        bed.replace();
        QCOMPARE(bed.outcome(), SwapOutcome::AsItWas);
        QVERIFY(bed.isAsItWas());
    }
    void oneThatDoesNotRunIsReplacedWithoutAStart()
    {
        SwapBed bed(docker::ContainerState::Exited);
        bed.replace();
        QCOMPARE(bed.outcome(), SwapOutcome::Swapped);
        QCOMPARE(bed.engine.containers.at("new").state, docker::ContainerState::Created);
        QVERIFY(!isHalfDone(bed.engine.containers.at("new")));
    }
    void oneThatRemovesItselfIsRefused()
    {
        SwapBed bed;
        bed.before.autoRemove = true;
        bed.replace();
        QCOMPARE(bed.outcome(), SwapOutcome::Refused);
        QVERIFY(bed.engine.commands.empty());
    }
    void aStrangerWithTheProvisionalNameIsLeftAlone()
    {
        SwapBed bed;
        docker::ContainerDetails stranger;
        stranger.id = "stranger";
        stranger.name = "web-next";
        bed.engine.containers["stranger"] = stranger;
        bed.engine.failsAt = 0;
        bed.engine.failsAfterwards = true;
        bed.replace();
        QCOMPARE(bed.outcome(), SwapOutcome::AsItWas);
        QVERIFY(bed.engine.containers.contains("stranger"));
    }
    void cancellingTakesItBack_data()
    {
        QTest::addColumn<std::size_t>("at");
        for (std::size_t at = 0; at < replaceCommands; ++at) {
            QTest::addRow("at command %zu", at) << at;
        }
    }
    void cancellingTakesItBack()
    {
        QFETCH(const std::size_t, at);
        SwapBed bed;
        bed.engine.beforeCommand = [&] {
            if (bed.engine.commands.size() == at) {
                bed.swap->cancel();
            }
        };
        bed.replace();
        QCOMPARE(bed.outcome(), SwapOutcome::AsItWas);
        QCOMPARE(bed.results.front().error->kind, ErrorKind::Cancelled);
        QVERIFY(bed.isAsItWas());
    }
    void undoPutsTheOldOneBackAndKeepsTheNewer()
    {
        SwapBed bed;
        bed.replace();
        QCOMPARE(bed.outcome(), SwapOutcome::Swapped);
        bed.renew();
        bed.swap->undo("new");
        QCOMPARE(bed.outcome(), SwapOutcome::Swapped);
        QCOMPARE(bed.results.front().id, "old");
        QCOMPARE(bed.engine.containers.at("new").name, "web-undone");
        QCOMPARE(bed.engine.containers.at("new").state, docker::ContainerState::Exited);
        bed.engine.containers.erase("new");
        QVERIFY(bed.isAsItWas());
    }
    void anUndoThatFailsLeavesTheNewerInItsPlace_data()
    {
        QTest::addColumn<int>("step");
        QTest::addColumn<bool>("afterwards");
        for (int step = 0; step < 5; ++step) {
            QTest::addRow("step %d not done", step) << step << false;
            QTest::addRow("step %d without an answer", step) << step << true;
        }
    }
    void anUndoThatFailsLeavesTheNewerInItsPlace()
    {
        QFETCH(const int, step);
        QFETCH(const bool, afterwards);
        SwapBed bed;
        bed.replace();
        QCOMPARE(bed.outcome(), SwapOutcome::Swapped);
        bed.renew();
        bed.engine.failsAt = static_cast<int>(bed.engine.commands.size()) + step;
        bed.engine.failsAfterwards = afterwards;
        bed.swap->undo("new");
        QCOMPARE(bed.outcome(), SwapOutcome::AsItWas);
        QCOMPARE(bed.engine.containers.at("new").name, "web");
        QCOMPARE(bed.engine.containers.at("new").state, docker::ContainerState::Running);
        QCOMPARE(bed.engine.containers.at("old").name, "web-before");
        QCOMPARE(bed.engine.containers.at("old").restartPolicy, "no");
    }
    void oneThatIsKeptFromBeforeStays()
    {
        SwapBed bed;
        docker::ContainerDetails earlier;
        earlier.id = "earlier";
        earlier.name = "web-before";
        bed.engine.containers["earlier"] = earlier;
        bed.replace();
        QCOMPARE(bed.outcome(), SwapOutcome::Swapped);
        QCOMPARE(bed.engine.containers.at("earlier").name, "web-before");
        QCOMPARE(bed.engine.containers.at("old").name, "web-before-2");
    }
    void oneThatReplacedNothingCannotBeUndone()
    {
        SwapBed bed;
        bed.swap->undo("old");
        QCOMPARE(bed.outcome(), SwapOutcome::Refused);
        QVERIFY(bed.isAsItWas());
    }
    void oneThatWasCutOffIsHalfDone()
    {
        SwapBed bed;
        docker::ContainerDetails made;
        const auto create = provisional(bed.before, bed.engine.containers.at("old"));
        made.labels.insert(create.labels.begin(), create.labels.end());
        made.state = docker::ContainerState::Created;
        made.name = create.name;
        QVERIFY(isHalfDone(made));
        made.name = "web";
        QVERIFY(isHalfDone(made));
        made.state = docker::ContainerState::Running;
        QVERIFY(!isHalfDone(made));
        QCOMPARE(replacedBy(made.labels).value(), asItIs(bed.engine.containers.at("old")));
    }
    void oneThatWasCutOffIsTakenBackOrFinished_data()
    {
        QTest::addColumn<int>("done"); // steps of the swap before it was cut off
        QTest::newRow("created") << 0;
        QTest::newRow("stopped") << 1;
        QTest::newRow("kept stopped") << 2;
        QTest::newRow("old one renamed") << 3;
        QTest::newRow("new one renamed") << 4;
    }
    void oneThatWasCutOffIsTakenBackOrFinished()
    {
        QFETCH(const int, done);
        for (const bool finishes : {false, true}) {
            SwapBed bed;
            const docker::ContainerDetails old = bed.engine.containers.at("old");
            docker::CreateContainer after = bed.before;
            after.restart.name = "on-failure";
            (void)bed.engine.run(provisional(after, old));
            const auto plan = replacementPlan(old, "new", "web", "web-before");
            for (int step = 0; step < done; ++step) {
                (void)bed.engine.run(plan.at(std::size_t(step)).command);
            }
            QVERIFY(isHalfDone(bed.engine.containers.at("new")));
            finishes ? bed.swap->resume("new") : bed.swap->takeBack("new");
            QCOMPARE(bed.outcome(), finishes ? SwapOutcome::Swapped : SwapOutcome::AsItWas);
            if (!finishes) {
                QVERIFY(bed.isAsItWas());
                continue;
            }
            QCOMPARE(bed.engine.containers.at("new").name, "web");
            QCOMPARE(bed.engine.containers.at("new").state, docker::ContainerState::Running);
            QCOMPARE(bed.engine.containers.at("old").name, "web-before");
            QCOMPARE(bed.engine.containers.at("old").state, docker::ContainerState::Exited);
            QCOMPARE(bed.engine.containers.at("old").restartPolicy, "no");
        }
    }
    void oneThatWasCutOffAndIsNotWellGoesBack()
    {
        SwapBed bed;
        (void)bed.engine.run(provisional(bed.before, bed.engine.containers.at("old")));
        bed.engine.newEnds = true;
        bed.swap->resume("new");
        QCOMPARE(bed.outcome(), SwapOutcome::AsItWas);
        QVERIFY(bed.isAsItWas());
    }
    void anonymousVolumesAreCarriedByName()
    {
        docker::ContainerDetails old;
        old.mounts = {{"volume", "abc", "", "/data", true},
                      {"volume", "def", "", "/image", false},
                      {"volume", "mine", "", "/kept", true},
                      {"volume", "gone", "", "/gone", true}};
        const docker::CreateContainer before{.image = "web",
                                             .volumes = {"/data", "mine:/kept", "gone:/gone"}};
        docker::CreateContainer after = before;
        after.volumes.pop_back();
        const std::vector<std::string> carried{"abc:/data", "mine:/kept", "def:/image:ro"};
        QCOMPARE(withVolumesOf(after, before, old).volumes, carried);
    }
};

} // namespace tst_swap_containers

ROADSTEAD_GUILESS_TEST(tst_swap_containers::TestSwapContainers)
#include "tst_swap_containers.moc"
