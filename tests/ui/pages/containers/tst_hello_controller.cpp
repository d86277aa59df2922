// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/test_program/test_program.h"
#include "tests/ui/support/fake_container_engine.h"
#include "ui/pages/containers/hello_controller.h"

#include <QTest>

namespace tst_hello_controller {

using namespace roadstead;
using namespace roadstead::ui;
using Step = HelloController::Step;
using docker::ContainerState;
using test::container;
using test::containerId;

namespace {

void letContinuationsRun()
{
    QCoreApplication::processEvents();
}

} // namespace

class HelloControllerTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void loadsCreatesStartsAndReads();
    void saysWhereItFailed_data();
    void saysWhereItFailed();
    void missingArchiveFailsBeforeAnythingIsSent();
    void secondRunWhileUnderWayDoesNothing();
};

void HelloControllerTest::loadsCreatesStartsAndReads()
{
    test::FakeContainerEngine engine;
    HelloController hello(&engine, "/usr/share/roadstead/hello.tar");
    hello.run();
    QCOMPARE(hello.step(), Step::Loading);
    QCOMPARE(engine.line(0), QString("docker load -q -i /usr/share/roadstead/hello.tar"));
    engine.succeed(0, "Loaded image: roadstead/hello:latest");
    letContinuationsRun();
    QCOMPARE(hello.step(), Step::Creating);
    QCOMPARE(engine.line(1), QString("docker create roadstead/hello:latest"));
    engine.succeed(1, containerId(1));
    letContinuationsRun();
    QCOMPARE(hello.step(), Step::Starting);
    engine.show({container(1, "kind_hopper")});
    engine.succeed(2);
    letContinuationsRun();
    QCOMPARE(hello.step(), Step::Running);
    QVERIFY(engine.logs.empty());
    engine.show({container(1, "kind_hopper", {}, ContainerState::Exited)});
    QCOMPARE(hello.step(), Step::Reading);
    QCOMPARE(engine.logs.at(0).id, containerId(1));
    test::FakeContainerEngine::answer<std::string>(engine.logs[0].promise, "Hello\n");
    letContinuationsRun();
    QCOMPARE(hello.step(), Step::Done);
    QCOMPARE(hello.output(), std::string("Hello\n"));
    QCOMPARE(hello.exitCode(), std::optional<int>(0));
}

void HelloControllerTest::saysWhereItFailed_data()
{
    QTest::addColumn<std::size_t>("succeeding");
    QTest::newRow("load") << std::size_t(0);
    QTest::newRow("create") << std::size_t(1);
    QTest::newRow("start") << std::size_t(2);
}

void HelloControllerTest::saysWhereItFailed()
{
    QFETCH(const std::size_t, succeeding);
    test::FakeContainerEngine engine;
    HelloController hello(&engine, "/hello.tar");
    hello.run();
    for (std::size_t i = 0; i < succeeding; ++i) {
        engine.succeed(i, containerId(1));
        letContinuationsRun();
    }
    const Error error{ErrorKind::EngineFailed, 500, "no space left on device", "x"};
    engine.fail(succeeding, error);
    letContinuationsRun();
    QCOMPARE(hello.step(), Step::Failed);
    QVERIFY(hello.error() == std::optional<Error>(error));
    QCOMPARE(engine.sent.size(), succeeding + 1);
    hello.run();
    QCOMPARE(hello.step(), Step::Loading);
    QVERIFY(!hello.error());
}

void HelloControllerTest::missingArchiveFailsBeforeAnythingIsSent()
{
    test::FakeContainerEngine engine;
    HelloController hello(&engine, {});
    hello.run();
    QCOMPARE(hello.step(), Step::Failed);
    QCOMPARE(hello.error()->kind, ErrorKind::NotInstalled);
    QVERIFY(engine.sent.empty());
}

void HelloControllerTest::secondRunWhileUnderWayDoesNothing()
{
    test::FakeContainerEngine engine;
    HelloController hello(&engine, "/hello.tar");
    hello.run();
    hello.run();
    QCOMPARE(engine.sent.size(), std::size_t(1));
}

} // namespace tst_hello_controller

ROADSTEAD_GUILESS_TEST(tst_hello_controller::HelloControllerTest)
#include "tst_hello_controller.moc"
