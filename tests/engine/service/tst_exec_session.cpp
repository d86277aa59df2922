// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/exec_session.h"

#include "engine/service/attach_session.h"
#include "tests/engine/service/session_bed.h"
#include "tests/support/test_program/test_program.h"

#include <QSignalSpy>

namespace tst_exec_session {

using namespace roadstead;
using namespace roadstead::service;

/// A command in a container, seen from the GUI thread. `cat` of the fake engine gives back what it
/// reads; its exit status is its last word.
class TestExecSession : public test::SessionBed
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        start(20);
        open();
    }
    void cleanup() { stop(); }

    void whatIsSentComesBack();
    void endTellsTheExitStatus();
    void historyHasTheLine();
    void probesStayOutOfTheHistory();
    void missingContainerIsAnError();
    void goesWhileItRuns();
    void untakenOutputStopsTheEngine();
    void attachedProcessAnswersAndIsToldASizeThatChanges();
    void attachmentIsInTheHistoryUntilItGoes();

private:
    [[nodiscard]] std::vector<std::string> sizes() const
    {
        std::vector<std::string> told;
        for (const std::string &request : m_engine->requests()) {
            if (const auto at = request.find("/resize"); at != std::string::npos) {
                told.push_back(request.substr(at));
            }
        }
        return told;
    }
    void stop() { m_session.reset(); }
    static docker::CreateExec cat(bool input = true)
    {
        return {.container = {"container-0", "web"},
                .command = {"cat", "7"},
                .input = input,
                .tty = true,
                .rows = 25,
                .columns = 80};
    }
};

void TestExecSession::whatIsSentComesBack()
{
    ExecSession exec(m_session.get(), cat(), Recorded::Yes);
    QSignalSpy opened(&exec, &Conversation::opened);
    QTRY_COMPARE(opened.size(), 1);
    std::string said;
    connect(&exec, &Conversation::readable, this, [&] { said += exec.take(); });
    QVERIFY(exec.send("hello\n"));
    QTRY_COMPARE(said, std::string("hello\n"));
    exec.resize(40, 120);
    QVERIFY(exec.send("again"));
    QTRY_COMPARE(said, std::string("hello\nagain"));
    QVERIFY(!exec.end());
    disconnect(&exec, nullptr, this, nullptr);
}

void TestExecSession::endTellsTheExitStatus()
{
    ExecSession exec(m_session.get(), cat(false), Recorded::Yes);
    QTRY_VERIFY(exec.end());
    QVERIFY(exec.end()->has_value());
    QCOMPARE(exec.end()->value(), 7);
    QVERIFY(!exec.send("too late"));
}

void TestExecSession::historyHasTheLine()
{
    {
        ExecSession exec(m_session.get(), cat(), Recorded::Yes);
        QCOMPARE(m_session->running().size(), 1);
        QCOMPARE(m_session->running().constFirst().line,
                 QStringLiteral("docker exec -i -t web cat 7"));
    }
    QVERIFY(m_session->running().isEmpty());
    QCOMPARE(m_session->history().size(), 1);
}

void TestExecSession::probesStayOutOfTheHistory()
{
    ExecSession exec(m_session.get(), cat(false), Recorded::No);
    QTRY_VERIFY(exec.end());
    QVERIFY(m_session->history().isEmpty());
}

void TestExecSession::missingContainerIsAnError()
{
    docker::CreateExec command = cat();
    command.container.reference = "nobody";
    ExecSession exec(m_session.get(), command, Recorded::Yes);
    QTRY_VERIFY(exec.end());
    QVERIFY(!exec.end()->has_value());
    QCOMPARE(exec.end()->error().kind, ErrorKind::NotFound);
    QVERIFY(m_session->history().constFirst().error.has_value());
}

void TestExecSession::goesWhileItRuns()
{
    auto exec = std::make_unique<ExecSession>(m_session.get(), cat(), Recorded::Yes);
    QSignalSpy opened(exec.get(), &Conversation::opened);
    QTRY_COMPARE(opened.size(), 1);
    exec->send("x");
    m_session.reset(); // before the conversation, as when another engine is chosen
    exec->resize(10, 10);
    exec.reset();
}

void TestExecSession::untakenOutputStopsTheEngine()
{
    ExecSession exec(m_session.get(), cat(), Recorded::Yes);
    QSignalSpy opened(&exec, &Conversation::opened);
    QTRY_COMPARE(opened.size(), 1);
    const std::string much(700'000, 'x');
    QVERIFY(exec.send(much));
    QVERIFY(!exec.send(much)); // more than may wait
    std::size_t taken = 0;
    QTRY_VERIFY_WITH_TIMEOUT((taken += exec.take().size()) == much.size(), 20'000);
}

void TestExecSession::attachedProcessAnswersAndIsToldASizeThatChanges()
{
    AttachSession attached(m_session.get(), {.container = {"container-0", "web"}, .input = true},
                           25, 80, Recorded::Yes);
    QSignalSpy opened(&attached, &Conversation::opened);
    QTRY_COMPARE(opened.size(), 1);
    std::string said;
    connect(&attached, &Conversation::readable, this, [&] { said += attached.take(); });
    QVERIFY(attached.send("hello"));
    QTRY_COMPARE(said, std::string("hello"));
    // A process draws its screen again when its size is another one.
    QTRY_COMPARE(sizes(), (std::vector<std::string>{"/resize?h=26&w=81", "/resize?h=25&w=80"}));
    disconnect(&attached, nullptr, this, nullptr);
}

void TestExecSession::attachmentIsInTheHistoryUntilItGoes()
{
    {
        const AttachSession attached(
            m_session.get(),
            {.container = {"container-0", "web"}, .input = true, .detachKeys = "ctrl-p,ctrl-q"}, 0,
            0, Recorded::Yes);
        QCOMPARE(m_session->running().size(), 1);
        QCOMPARE(m_session->running().constFirst().line,
                 QStringLiteral("docker attach --detach-keys ctrl-p,ctrl-q web"));
    }
    QVERIFY(m_session->running().isEmpty());
}

} // namespace tst_exec_session

ROADSTEAD_GUILESS_TEST(tst_exec_session::TestExecSession)
#include "tst_exec_session.moc"
