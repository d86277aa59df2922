// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/test_program/test_program.h"
#include "tests/ui/support/fake_container_engine.h"
#include "ui/pages/containers/containers_controller.h"

#include <QSignalSpy>
#include <QTest>

namespace tst_containers_controller {

using namespace roadstead;
using namespace roadstead::ui;
using docker::ContainerState;
using test::container;
using test::containerId;

namespace {

/// A controller over an engine with a few containers, and a clock that only the test moves.
struct Bench
{
    qint64 milliseconds = 1000;
    test::FakeContainerEngine engine;
    ContainersController controller{&engine, [] { return std::int64_t(1'800'000'000); },
                                    [this] { return milliseconds; }};

    Bench()
    {
        engine.show({container(1, "web"), container(2, "db"),
                     container(3, "old", {}, ContainerState::Exited),
                     container(4, "idle", {}, ContainerState::Paused)});
    }
    [[nodiscard]] PendingWork pending(unsigned number)
    {
        return controller.containers()->find(containerId(number))->pending;
    }
};

void letContinuationsRun()
{
    QCoreApplication::processEvents();
}

} // namespace

class ContainersControllerTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void eachActionSendsItsCommand_data();
    void eachActionSendsItsCommand();
    void actionsThatMakeNoSenseAreNotSent();
    void rowIsMarkedUntilTheEngineConfirms();
    void failureIsToldWithItsContainer();
    void cancelledIsNoFailure();
    void removingWhatIsGoneIsNoFailure();
    void severalContainersAreOneLineForATerminal();
    void manyCommandsGoAFewAtATime();
    void removalOfOneExitedContainerWaits();
    void removalCanBeUndone();
    void removalIsSentOnceItIsDue();
    void removalIsDroppedWhenTheContainerStarts();
    void removalIsDroppedWhenTheProgramEnds();
    void removalOfRunningOrSeveralAsks();
    void toggleStopsBeforeItStarts();
    void namesFollowTheEnginesRule_data();
    void namesFollowTheEnginesRule();
    void stateSaysWhatThePageShows();
};

void ContainersControllerTest::eachActionSendsItsCommand_data()
{
    QTest::addColumn<int>("action");
    QTest::addColumn<unsigned>("number");
    QTest::addColumn<QString>("line");
    const auto row = [](const char *name, ContainerAction action, unsigned number,
                        const char *line) {
        QTest::newRow(name) << int(action) << number << QString(line);
    };
    row("start", ContainerAction::Start, 3, "docker start old");
    row("stop", ContainerAction::Stop, 1, "docker stop web");
    row("restart", ContainerAction::Restart, 1, "docker restart web");
    row("pause", ContainerAction::Pause, 1, "docker pause web");
    row("unpause", ContainerAction::Unpause, 4, "docker unpause idle");
    row("kill", ContainerAction::Kill, 2, "docker kill -s SIGTERM db");
    row("rename", ContainerAction::Rename, 2, "docker rename db database");
    row("remove exited", ContainerAction::Remove, 3, "docker rm -v old");
    row("remove running", ContainerAction::Remove, 1, "docker rm -f -v web");
}

void ContainersControllerTest::eachActionSendsItsCommand()
{
    QFETCH(const int, action);
    QFETCH(const unsigned, number);
    QFETCH(const QString, line);
    Bench bench;
    const ActionOptions options{"SIGTERM", "database", true};
    bench.controller.perform(ContainerAction(action), {containerId(number)}, options);
    QCOMPARE(bench.engine.sent.size(), std::size_t(1));
    QCOMPARE(bench.engine.line(0), line);
    QCOMPARE(commandLineFor(ContainerAction(action),
                            {bench.controller.containers()->find(containerId(number))}, options),
             line);
}

void ContainersControllerTest::actionsThatMakeNoSenseAreNotSent()
{
    Bench bench;
    bench.controller.perform(ContainerAction::Start, {containerId(1), containerId(4)});
    bench.controller.perform(ContainerAction::Stop, {containerId(3)});
    bench.controller.perform(ContainerAction::Pause, {containerId(3), containerId(4)});
    bench.controller.perform(ContainerAction::Stop, {"no such id"});
    QVERIFY(bench.engine.sent.empty());
}

void ContainersControllerTest::rowIsMarkedUntilTheEngineConfirms()
{
    Bench bench;
    QSignalSpy done(&bench.controller, &ContainersController::succeeded);
    bench.controller.perform(ContainerAction::Stop, {containerId(1)});
    QCOMPARE(bench.pending(1), PendingWork::Stopping);
    bench.controller.perform(ContainerAction::Stop, {containerId(1)});
    QCOMPARE(bench.engine.sent.size(), std::size_t(1)); // a second press does nothing
    bench.engine.succeed(0);
    letContinuationsRun();
    QCOMPARE(bench.pending(1), PendingWork::None);
    QCOMPARE(done.size(), 1);
}

void ContainersControllerTest::failureIsToldWithItsContainer()
{
    Bench bench;
    std::vector<std::pair<std::string, Error>> failures;
    connect(&bench.controller, &ContainersController::failed, this,
            [&](ContainerAction, const std::string &, const std::string &name, const Error &error) {
                failures.emplace_back(name, error);
            });
    bench.controller.perform(ContainerAction::Start, {containerId(3)});
    const Error error{ErrorKind::Conflict, 409, "port is already allocated", "container.start"};
    bench.engine.fail(0, error);
    letContinuationsRun();
    QCOMPARE(failures.size(), std::size_t(1));
    QCOMPARE(failures[0].first, std::string("old"));
    QVERIFY(failures[0].second == error);
    QCOMPARE(bench.pending(3), PendingWork::None);
}

void ContainersControllerTest::cancelledIsNoFailure()
{
    Bench bench;
    QSignalSpy failed(&bench.controller, &ContainersController::failed);
    bench.controller.perform(ContainerAction::Stop, {containerId(1)});
    bench.engine.fail(0, {ErrorKind::Cancelled, 0, "", "container.stop"});
    letContinuationsRun();
    QCOMPARE(failed.size(), 0);
    QCOMPARE(bench.pending(1), PendingWork::None);
}

void ContainersControllerTest::removingWhatIsGoneIsNoFailure()
{
    Bench bench;
    QSignalSpy failed(&bench.controller, &ContainersController::failed);
    bench.controller.perform(ContainerAction::Remove, {containerId(3)});
    bench.engine.fail(0, {ErrorKind::NotFound, 404, "No such container", "container.remove"});
    letContinuationsRun();
    QCOMPARE(failed.size(), 0);
}

void ContainersControllerTest::severalContainersAreOneLineForATerminal()
{
    Bench bench;
    const auto rows = bench.controller.rowsOf({containerId(1), containerId(2)});
    QCOMPARE(commandLineFor(ContainerAction::Stop, rows), QString("docker stop web db"));
    const auto mixed = bench.controller.rowsOf({containerId(1), containerId(3)});
    QCOMPARE(commandLineFor(ContainerAction::Remove, mixed),
             QString("docker rm -f web; docker rm old"));
    QCOMPARE(commandLineFor(ContainerAction::Stop, {}), QString());
}

void ContainersControllerTest::manyCommandsGoAFewAtATime()
{
    Bench bench;
    test::Snapshot many;
    std::vector<std::string> ids;
    for (unsigned i = 0; i < 100; ++i) {
        many.push_back(container(i, "c" + std::to_string(i)));
        ids.push_back(containerId(i));
    }
    bench.engine.show(many);
    bench.controller.perform(ContainerAction::Stop, ids);
    const std::size_t first = bench.engine.sent.size();
    QVERIFY(first > 1 && first <= 32);
    for (std::size_t i = 0; i < bench.engine.sent.size(); ++i) {
        bench.engine.succeed(i);
        letContinuationsRun();
    }
    QCOMPARE(bench.engine.sent.size(), std::size_t(100));
}

void ContainersControllerTest::removalOfOneExitedContainerWaits()
{
    Bench bench;
    QSignalSpy waits(&bench.controller, &ContainersController::removalWaits);
    bench.controller.requestRemoval({containerId(3)});
    QCOMPARE(waits.size(), 1);
    QCOMPARE(bench.pending(3), PendingWork::RemovalWaits);
    bench.milliseconds += ContainersController::undoMilliseconds - 1;
    bench.controller.sendDueRemovals();
    QVERIFY(bench.engine.sent.empty());
}

void ContainersControllerTest::removalCanBeUndone()
{
    Bench bench;
    QSignalSpy ended(&bench.controller, &ContainersController::removalEnded);
    bench.controller.requestRemoval({containerId(3)});
    bench.controller.undoRemoval(containerId(3));
    QCOMPARE(ended.size(), 1);
    QCOMPARE(bench.pending(3), PendingWork::None);
    bench.milliseconds += 100'000;
    bench.controller.sendDueRemovals();
    QVERIFY(bench.engine.sent.empty());
}

void ContainersControllerTest::removalIsSentOnceItIsDue()
{
    Bench bench;
    bench.controller.requestRemoval({containerId(3)});
    bench.milliseconds += ContainersController::undoMilliseconds;
    bench.controller.sendDueRemovals();
    QCOMPARE(bench.engine.sent.size(), std::size_t(1));
    QCOMPARE(bench.engine.line(0), QString("docker rm old"));
    bench.controller.undoRemoval(containerId(3)); // too late: says nothing, undoes nothing
    QCOMPARE(bench.pending(3), PendingWork::Removing);
}

void ContainersControllerTest::removalIsDroppedWhenTheContainerStarts()
{
    Bench bench;
    QSignalSpy ended(&bench.controller, &ContainersController::removalEnded);
    bench.controller.requestRemoval({containerId(3)});
    bench.engine.show({container(3, "old")});
    QCOMPARE(ended.size(), 1);
    bench.milliseconds += 100'000;
    bench.controller.sendDueRemovals();
    QVERIFY(bench.engine.sent.empty());
}

void ContainersControllerTest::removalIsDroppedWhenTheProgramEnds()
{
    test::FakeContainerEngine engine;
    qint64 now = 0;
    {
        ContainersController controller(
            &engine, [] { return std::int64_t(0); }, [&now] { return now; });
        engine.show({container(3, "old", {}, ContainerState::Exited)});
        controller.requestRemoval({containerId(3)});
        now += ContainersController::undoMilliseconds;
    }
    letContinuationsRun();
    QVERIFY(engine.sent.empty());
}

void ContainersControllerTest::removalOfRunningOrSeveralAsks()
{
    Bench bench;
    std::vector<std::vector<std::string>> asked;
    connect(&bench.controller, &ContainersController::confirmationWanted, this,
            [&asked](const std::vector<std::string> &ids) { asked.push_back(ids); });
    bench.controller.requestRemoval({containerId(1)});
    bench.controller.requestRemoval({containerId(3), containerId(2)});
    bench.controller.requestRemoval({});
    QCOMPARE(asked.size(), std::size_t(2));
    QCOMPARE(asked[1].size(), std::size_t(2));
    QVERIFY(bench.engine.sent.empty());
}

void ContainersControllerTest::toggleStopsBeforeItStarts()
{
    Bench bench;
    bench.controller.toggle({containerId(1), containerId(3)});
    QCOMPARE(bench.engine.sent.size(), std::size_t(1));
    QCOMPARE(bench.engine.line(0), QString("docker stop web"));
    bench.controller.toggle({containerId(3)});
    QCOMPARE(bench.engine.line(1), QString("docker start old"));
}

void ContainersControllerTest::namesFollowTheEnginesRule_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("valid");
    QTest::newRow("usual") << "shop-web_1.a" << true;
    QTest::newRow("two characters") << "ab" << true;
    QTest::newRow("one character") << "a" << false;
    QTest::newRow("empty") << "" << false;
    QTest::newRow("leading dash") << "-a" << false;
    QTest::newRow("leading dot") << ".a" << false;
    QTest::newRow("space") << "a b" << false;
    QTest::newRow("slash") << "a/b" << false;
    QTest::newRow("letters of other scripts") << QString::fromUtf8("hafen-ü") << false;
    QTest::newRow("line feed at the end") << "ab\n" << false;
}

void ContainersControllerTest::namesFollowTheEnginesRule()
{
    QFETCH(const QString, name);
    QFETCH(const bool, valid);
    QCOMPARE(containerNameProblem(name).isEmpty(), valid);
}

void ContainersControllerTest::stateSaysWhatThePageShows()
{
    test::FakeContainerEngine engine;
    ContainersController controller(
        &engine, [] { return std::int64_t(0); }, [] { return qint64(0); });
    QCOMPARE(controller.state(), ListState::Loading);
    engine.setLink(service::Link::Unreachable);
    QCOMPARE(controller.state(), ListState::Away);
    engine.show({});
    QCOMPARE(controller.state(), ListState::Empty);
    engine.show({container(1, "web")});
    QCOMPARE(controller.state(), ListState::Rows);
    controller.tree()->setFilterText("nothing like it");
    QCOMPARE(controller.state(), ListState::NoResult);
    controller.tree()->setFilterText("");
    engine.setLink(service::Link::Unreachable);
    QCOMPARE(controller.state(), ListState::Rows);
    QVERIFY(controller.isStale());
}

} // namespace tst_containers_controller

ROADSTEAD_GUILESS_TEST(tst_containers_controller::ContainersControllerTest)
#include "tst_containers_controller.moc"
