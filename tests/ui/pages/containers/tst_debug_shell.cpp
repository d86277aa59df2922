// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/test_program/test_program.h"
#include "tests/ui/support/fake_container_engine.h"
#include "ui/pages/containers/terminal/debug_shell.h"

#include <QSignalSpy>
#include <QTest>

namespace tst_debug_shell {

using namespace roadstead;
using namespace roadstead::ui;

/// A shell beside a container, from looking at the container to the removal of what was made.
class DebugShellTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_engine = std::make_unique<test::FakeContainerEngine>(); }

    void loadsTheImageMakesAContainerAndRemovesIt()
    {
        auto shell = make();
        QSignalSpy opened(shell.get(), &service::Conversation::opened);
        look();
        QTRY_COMPARE(m_engine->line(0), QStringLiteral("docker load -q -i /tools.tar"));
        m_engine->succeed(0);
        QTRY_COMPARE(m_engine->sent.size(), std::size_t(2));
        QCOMPARE(m_engine->line(1),
                 QStringLiteral("docker create --name api-debug --network container:api --rm -i -t "
                                "--cap-add SYS_PTRACE --pid container:api roadstead/tools:1"));
        m_engine->succeed(1, std::string(64, 'd'));
        QTRY_COMPARE(m_engine->conversations.size(), std::size_t(1));
        QVERIFY(last()->attached->input);
        QVERIFY(last()->attached->detachKeys != std::string());
        QVERIFY(!shell->send("too early"));
        Q_EMIT last()->opened();
        QCOMPARE(m_engine->line(2), QStringLiteral("docker start api-debug"));
        QCOMPARE(opened.size(), 0);
        m_engine->succeed(2);
        QTRY_COMPARE(opened.size(), 1);
        QCOMPARE(last()->columns, 80);
        last()->write("/ # ");
        const std::string shown = shell->take();
        QVERIFY(shown.contains("/proc/1/root"));
        QVERIFY(shown.ends_with("/ # "));
        QVERIFY(shell->send("ls"));
        QCOMPARE(last()->sent, std::string("ls"));
        shell.reset();
        QCOMPARE(m_engine->line(3), QStringLiteral("docker rm -f api-debug"));
    }
    void anEngineThatHasTheImageIsNotGivenIt()
    {
        m_engine->imageTags = {DebugShell::image()};
        auto shell = make();
        look();
        QTRY_COMPARE(m_engine->sent.size(), std::size_t(1));
        QVERIFY(m_engine->line(0).startsWith(QStringLiteral("docker create")));
    }
    void joinsSharedMemoryWhereThatIsAllowed()
    {
        const docker::CreateContainer command =
            DebugShell::command({"id", "api"}, {.ipcMode = "shareable"});
        QCOMPARE(command.isolation.communication, std::string("container:api"));
        QCOMPARE(DebugShell::command({"id", "api"}, {}).isolation.communication, std::string());
    }
    void whoseProcessesAreTheMachinesHasNoFirstOne()
    {
        QCOMPARE(DebugShell::filesOf({.pidMode = "host"}), std::string("/proc/PID/root"));
    }
    void showsTheLineOfATerminal()
    {
        QCOMPARE(DebugShell::commandLine({"id", "api"}),
                 std::string("docker run --network container:api --rm -i -t --cap-add SYS_PTRACE "
                             "--pid container:api roadstead/tools:1"));
    }
    void aMissingArchiveIsSaid()
    {
        DebugShell shell(m_engine.get(), {std::string(64, 'a'), "api"}, {}, 25, 80);
        look();
        QTRY_VERIFY(shell.end());
        QCOMPARE(shell.end()->error().kind, ErrorKind::NotInstalled);
        QCOMPARE(shell.end()->error().operation, std::string("debug.load"));
        QVERIFY(m_engine->sent.empty());
    }
    void aRefusalIsPassedOn()
    {
        m_engine->imageTags = {DebugShell::image()};
        auto shell = make();
        look();
        QTRY_COMPARE(m_engine->sent.size(), std::size_t(1));
        m_engine->fail(0, {ErrorKind::EngineFailed, 500, "no such option", "container.create"});
        QTRY_VERIFY(shell->end());
        QCOMPARE(shell->end()->error().detail, std::string("no such option"));
        shell.reset();
        QCOMPARE(m_engine->sent.size(), std::size_t(1));
    }
    void whatIsMadeTooLateIsRemoved()
    {
        m_engine->imageTags = {DebugShell::image()};
        auto shell = make();
        look();
        QTRY_COMPARE(m_engine->sent.size(), std::size_t(1));
        shell.reset();
        m_engine->succeed(0, std::string(64, 'd'));
        QTRY_COMPARE(m_engine->sent.size(), std::size_t(2));
        QCOMPARE(m_engine->line(1), QStringLiteral("docker rm -f api-debug"));
    }
    void whatLostItsConnectionIsRemoved()
    {
        m_engine->imageTags = {DebugShell::image()};
        auto shell = make();
        look();
        QTRY_COMPARE(m_engine->sent.size(), std::size_t(1));
        m_engine->succeed(0, std::string(64, 'd'));
        QTRY_COMPARE(m_engine->conversations.size(), std::size_t(1));
        Q_EMIT last()->opened();
        m_engine->succeed(1);
        QTRY_VERIFY(shell->send("ls"));
        last()->finish(std::unexpected(Error{ErrorKind::ConnectionLost, 0, {}, "attach"}));
        shell.reset();
        QCOMPARE(m_engine->line(2), QStringLiteral("docker rm -f api-debug"));
    }
    void whyItDoesNotStartIsSaidAlthoughTheEngineHasHungUpBefore()
    {
        m_engine->imageTags = {DebugShell::image()};
        auto shell = make();
        look();
        QTRY_COMPARE(m_engine->sent.size(), std::size_t(1));
        m_engine->succeed(0, std::string(64, 'd'));
        QTRY_COMPARE(m_engine->conversations.size(), std::size_t(1));
        Q_EMIT last()->opened();
        last()->finish(0);
        QVERIFY(!shell->end());
        m_engine->fail(1, {ErrorKind::Conflict, 409, "not running", "container.start"});
        QTRY_VERIFY(shell->end());
        QVERIFY(!shell->end()->has_value());
        QCOMPARE(shell->end()->error().detail, std::string("not running"));
    }
    void whatEndedByItselfIsTheEnginesToRemove()
    {
        m_engine->imageTags = {DebugShell::image()};
        auto shell = make();
        look();
        QTRY_COMPARE(m_engine->sent.size(), std::size_t(1));
        m_engine->succeed(0, std::string(64, 'd'));
        QTRY_COMPARE(m_engine->conversations.size(), std::size_t(1));
        Q_EMIT last()->opened();
        m_engine->succeed(1);
        QTRY_VERIFY(shell->send("exit"));
        last()->finish(0);
        QVERIFY(shell->end());
        shell.reset();
        QCOMPARE(m_engine->sent.size(), std::size_t(2));
    }

private:
    std::unique_ptr<DebugShell> make()
    {
        return std::make_unique<DebugShell>(m_engine.get(),
                                            docker::Target{std::string(64, 'a'), "api"},
                                            QStringLiteral("/tools.tar"), 25, 80);
    }
    void look()
    {
        docker::ContainerDetails details;
        details.raw = R"({"Config": {}, "HostConfig": {"IpcMode": "private", "PidMode": ""}})";
        test::FakeContainerEngine::answer<docker::ContainerDetails>(
            m_engine->inspections.back().promise, details);
    }
    test::FakeConversation *last() { return m_engine->conversations.back(); }

    std::unique_ptr<test::FakeContainerEngine> m_engine;
};

} // namespace tst_debug_shell

ROADSTEAD_GUILESS_TEST(tst_debug_shell::DebugShellTest)
#include "tst_debug_shell.moc"
