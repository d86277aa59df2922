// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/test_program/test_program.h"
#include "tests/ui/support/fake_container_engine.h"
#include "ui/pages/containers/terminal/terminal_session.h"

#include <QTest>

namespace tst_terminal_session {

using namespace roadstead;
using namespace roadstead::ui;
using State = TerminalSession::State;

namespace {
using Words = std::vector<std::string>;
}

/// A shell in a container, from looking for it to its end.
class TerminalSessionTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_engine = std::make_unique<test::FakeContainerEngine>(); }

    void takesTheFirstShellThatRuns()
    {
        TerminalSession session(m_engine.get(), choice());
        session.start(25, 80);
        QCOMPARE(session.state(), State::Searching);
        QCOMPARE(last()->command.command.front(), std::string("bash"));
        QCOMPARE(last()->recorded, service::Recorded::No);
        last()->finish(126);
        QTRY_COMPARE(last()->command.command.front(), std::string("ash"));
        last()->finish(std::unexpected(Error{
            ErrorKind::BadRequest, 400,
            "OCI runtime exec failed: exec: \"ash\": executable file not found in $PATH: unknown",
            "exec.start"}));
        QTRY_COMPARE(last()->command.command.front(), std::string("sh"));
        last()->write("0\n");
        last()->finish(0);
        QTRY_COMPARE(session.state(), State::Connecting);
        QCOMPARE(last()->command.command, Words{"sh"});
        QCOMPARE(last()->recorded, service::Recorded::Yes);
        QVERIFY(last()->command.tty && last()->command.input);
        QCOMPARE(last()->command.rows, 25);
        QVERIFY(session.isRoot());
    }
    void saysWhenThereIsNone()
    {
        TerminalSession session(m_engine.get(), choice());
        session.start(25, 80);
        for (std::size_t tried = 1; tried <= 4; ++tried) {
            QTRY_COMPARE(m_engine->conversations.size(), tried);
            last()->finish(127);
        }
        QTRY_COMPARE(session.state(), State::NoShell);
    }
    void aContainerThatCannotRunAnythingIsNotSearchedOn_data()
    {
        QTest::addColumn<ErrorKind>("kind");
        QTest::addColumn<std::string>("words");
        QTest::newRow("paused") << ErrorKind::Conflict << std::string("container is paused");
        QTest::newRow("no such user")
            << ErrorKind::BadRequest
            << std::string("unable to find user ada: no matching entries in passwd file");
        QTest::newRow("a broken disk")
            << ErrorKind::EngineFailed << std::string("lstat /overlay2: input/output error");
    }
    void aContainerThatCannotRunAnythingIsNotSearchedOn()
    {
        QFETCH(const ErrorKind, kind);
        QFETCH(const std::string, words);
        TerminalSession session(m_engine.get(), choice());
        session.start(25, 80);
        last()->finish(std::unexpected(Error{kind, 400, words, "exec.create"}));
        QTRY_COMPARE(session.state(), State::Failed);
        QCOMPARE(session.error().kind, kind);
        QCOMPARE(m_engine->conversations.size(), std::size_t(1));
    }
    void anAnswerThatWasLostIsAskedForAgain()
    {
        TerminalSession session(m_engine.get(), choice());
        session.start(25, 80);
        for (std::size_t lost = 1; lost <= 3; ++lost) {
            QTRY_COMPARE(m_engine->conversations.size(), lost);
            last()->finish(std::unexpected(Error{ErrorKind::OutcomeUnknown, 0, {}, "exec.create"}));
        }
        QTRY_COMPARE(m_engine->conversations.size(), std::size_t(4));
        QCOMPARE(session.state(), State::Searching);
        QCOMPARE(last()->command.command.front(), std::string("bash"));
        last()->finish(0);
        QTRY_COMPARE(session.state(), State::Connecting);
    }
    void aChosenShellIsNotSearchedFor()
    {
        TerminalChoice chosen = choice();
        chosen.shell = {"zsh"};
        chosen.user = "node";
        chosen.folder = "/app";
        chosen.environment = {"A=1"};
        chosen.privileged = true;
        TerminalSession session(m_engine.get(), chosen);
        session.start(25, 80);
        QCOMPARE(last()->command.command, Words{"zsh"});
        QCOMPARE(last()->command.user, std::string("node"));
        QCOMPARE(last()->command.workingDirectory, std::string("/app"));
        QCOMPARE(last()->command.environment, (Words{"TERM=xterm-256color", "A=1"}));
        QVERIFY(last()->command.privileged);
        QCOMPARE(session.commandLine(),
                 std::string("docker exec -i -t --privileged -u node -w /app "
                             "--detach-keys ctrl-@,ctrl-_,ctrl-@ "
                             "-e TERM=xterm-256color -e A=1 api zsh"));
    }
    void aSecretVariableIsNotInTheLine()
    {
        TerminalChoice chosen = choice();
        chosen.environment = {"DB_PASSWORD=hunter2"};
        QCOMPARE(commandLineOf(chosen),
                 std::string("docker exec -i -t --detach-keys ctrl-@,ctrl-_,ctrl-@ "
                             "-e TERM=xterm-256color -e DB_PASSWORD api sh"));
    }
    void typesResizesFiltersAndEnds()
    {
        TerminalChoice chosen = choice();
        chosen.shell = {"sh"};
        TerminalSession session(m_engine.get(), chosen);
        session.start(25, 80);
        QVERIFY(!session.type("too early"));
        Q_EMIT last()->opened();
        QCOMPARE(session.state(), State::Open);
        QVERIFY(session.type("ls\r"));
        QCOMPARE(last()->sent, std::string("ls\r"));
        session.resize(30, 100);
        QCOMPARE(last()->columns, 100);
        last()->write("a\x1b]0;t\ab");
        QCOMPARE(session.take(), std::string("ab"));
        last()->write("bye");
        last()->finish(3);
        QCOMPARE(session.state(), State::Ended);
        QCOMPARE(session.exitCode().value_or(-1), 3);
        QCOMPARE(session.take(), std::string("bye"));
    }
    void closingHangsUpAndLetsGo()
    {
        TerminalChoice chosen = choice();
        chosen.shell = {"sh"};
        TerminalSession session(m_engine.get(), chosen);
        session.start(25, 80);
        Q_EMIT last()->opened();
        session.hangUp();
        QCOMPARE(last()->sent, std::string("\x03\x04"));
        QVERIFY(last());
        last()->finish(0);
        QTRY_VERIFY(!last());
    }

    void attachesAndDetachesByItsKeys()
    {
        TerminalSession session(m_engine.get(), attached());
        session.start(25, 80);
        QVERIFY(last()->attached.has_value());
        QCOMPARE(last()->attached->detachKeys, std::string("ctrl-p,ctrl-q"));
        QCOMPARE(last()->rows, 25);
        QCOMPARE(session.commandLine(),
                 std::string("docker attach --detach-keys ctrl-p,ctrl-q api"));
        Q_EMIT last()->opened();
        QVERIFY(session.type("\x10"));
        QVERIFY(session.type("\x11"));
        QCOMPARE(last()->sent, std::string("\x10\x11"));
        last()->finish(0);
        QCOMPARE(session.state(), State::Detached);
        QVERIFY(m_engine->inspections.empty());
    }
    void closingAnAttachmentSendsTheContainerNothing()
    {
        TerminalSession session(m_engine.get(), attached());
        session.start(25, 80);
        const QPointer<test::FakeConversation> conversation = last();
        Q_EMIT conversation->opened();
        session.hangUp();
        QVERIFY(!conversation); // so nothing can have been sent when it went
        QVERIFY(m_engine->sent.empty());
        QCOMPARE(session.state(), State::Idle);
    }
    void theEndOfAnAttachmentIsLookedUp()
    {
        TerminalSession session(m_engine.get(), attached());
        session.start(25, 80);
        Q_EMIT last()->opened();
        last()->finish(0);
        QCOMPARE(session.state(), State::Open); // an engine may say only later that it has ended
        QCOMPARE(m_engine->inspections.size(), std::size_t(1));
        answerInspection(docker::ContainerState::Running, 0);
        QTRY_COMPARE(m_engine->inspections.size(), std::size_t(2));
        answerInspection(docker::ContainerState::Exited, 9);
        QTRY_COMPARE(session.state(), State::Ended);
        QCOMPARE(session.exitCode().value_or(-1), 9);
    }
    void whatHasNoTerminalGetsLines()
    {
        TerminalChoice chosen = attached();
        chosen.tty = false;
        TerminalSession session(m_engine.get(), chosen);
        session.start(25, 80);
        QCOMPARE(last()->rows, 0);
        QVERIFY(last()->attached->detachKeys.empty());
        Q_EMIT last()->opened();
        QVERIFY(session.type("ls\r"));
        QCOMPARE(last()->sent, std::string("ls\n"));
        last()->write("a\nb");
        QCOMPARE(session.take(), std::string("ls\r\na\r\nb"));
    }

private:
    static TerminalChoice attached()
    {
        TerminalChoice chosen = choice();
        chosen.kind = TerminalKind::Attach;
        return chosen;
    }
    void answerInspection(docker::ContainerState state, int exitCode)
    {
        docker::ContainerDetails details;
        details.state = state;
        details.exitCode = exitCode;
        test::FakeContainerEngine::answer<docker::ContainerDetails>(
            m_engine->inspections.back().promise, details);
    }
    static TerminalChoice choice()
    {
        TerminalChoice chosen;
        chosen.container = {std::string(64, 'a'), "api"};
        return chosen;
    }
    test::FakeConversation *last() { return m_engine->conversations.back(); }

    std::unique_ptr<test::FakeContainerEngine> m_engine;
};

} // namespace tst_terminal_session

ROADSTEAD_GUILESS_TEST(tst_terminal_session::TerminalSessionTest)
#include "tst_terminal_session.moc"
