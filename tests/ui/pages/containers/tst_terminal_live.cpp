// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/real_engine.h"
#include "tests/support/test_program/test_program.h"
#include "ui/pages/containers/tab/session_container_engine.h"
#include "ui/pages/containers/terminal/terminal_session.h"

#include <QTest>

namespace tst_terminal_live {

using namespace roadstead;
using namespace roadstead::ui;
using namespace Qt::StringLiterals;
using State = TerminalSession::State;

namespace {
constexpr int terminalPatience = 15'000;
}

/// A shell in a container of a real dockerd.
class TerminalLiveTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_dockerd.start());
        QVERIFY(m_dockerd.importBusybox());
        m_id = m_dockerd
                   .docker({u"run"_s, u"-d"_s, u"--name"_s, u"shell"_s, u"busybox"_s,
                            u"/bin/busybox"_s, u"sleep"_s, u"3600"_s})
                   .trimmed()
                   .toStdString();
        QVERIFY(!m_id.empty());
        m_session = std::make_unique<service::EngineSession>(m_dockerd.socketPath());
        m_session->open();
        QTRY_COMPARE_WITH_TIMEOUT(m_session->link(), service::Link::Live, terminalPatience);
        m_engine = std::make_unique<SessionContainerEngine>(m_session.get());
    }
    void cleanupTestCase()
    {
        m_engine.reset();
        m_session.reset();
    }
    void findsAShellRunsACommandKnowsTheSizeAndShowsTheEnd()
    {
        TerminalSession session(m_engine.get(), choice());
        std::string read;
        connect(&session, &TerminalSession::readable, this, [&] { read += session.take(); });
        session.start(25, 80);
        QTRY_VERIFY_WITH_TIMEOUT(session.state() >= State::Open, terminalPatience);
        QVERIFY2(session.state() == State::Open,
                 (std::to_string(int(session.error().kind)) + ' ' + session.error().operation +
                  ' ' + session.error().detail)
                     .c_str());
        QCOMPARE(session.shell().front(), std::string("sh"));
        QVERIFY(session.isRoot());
        QVERIFY(session.type("echo answer-$((6*7))\r"));
        QTRY_VERIFY_WITH_TIMEOUT(read.contains("answer-42"), terminalPatience);
        session.resize(33, 101);
        QTRY_VERIFY_WITH_TIMEOUT(sizeSeen(session, read), terminalPatience);
        QVERIFY(session.type("exit 5\r"));
        QTRY_COMPARE_WITH_TIMEOUT(session.state(), State::Ended, terminalPatience);
        QCOMPARE(session.exitCode().value_or(-1), 5);
    }
    void closingEndsTheShellInTheContainer()
    {
        TerminalSession session(m_engine.get(), choice());
        session.start(25, 80);
        QTRY_COMPARE_WITH_TIMEOUT(session.state(), State::Open, terminalPatience);
        QTRY_COMPARE_WITH_TIMEOUT(processes(), 2, terminalPatience);
        session.hangUp();
        QTRY_COMPARE_WITH_TIMEOUT(processes(), 1, terminalPatience);
    }
    void attachesToTheContainersProcessAndLeavesItRunning()
    {
        const std::string id = m_dockerd
                                   .docker({u"run"_s, u"-dit"_s, u"--name"_s, u"bell"_s,
                                            u"busybox"_s, u"/bin/busybox"_s, u"sh"_s})
                                   .trimmed()
                                   .toStdString();
        TerminalChoice choice;
        choice.container = {id, "bell"};
        choice.kind = TerminalKind::Attach;
        TerminalSession session(m_engine.get(), choice);
        std::string read;
        connect(&session, &TerminalSession::readable, this, [&] { read += session.take(); });
        session.start(25, 80);
        QTRY_COMPARE_WITH_TIMEOUT(session.state(), State::Open, terminalPatience);
        QVERIFY(session.type("echo answer-$((6*7))\r"));
        QTRY_VERIFY_WITH_TIMEOUT(read.contains("answer-42"), terminalPatience);
        QVERIFY(session.type("\x10\x11"));
        QTRY_COMPARE_WITH_TIMEOUT(session.state(), State::Detached, terminalPatience);
        QCOMPARE(runs(u"bell"_s), QByteArray("true"));
        session.start(25, 80);
        QTRY_COMPARE_WITH_TIMEOUT(session.state(), State::Open, terminalPatience);
        session.hangUp();
        QCOMPARE(runs(u"bell"_s), QByteArray("true"));
        session.start(25, 80);
        QTRY_COMPARE_WITH_TIMEOUT(session.state(), State::Open, terminalPatience);
        QVERIFY(session.type("exit 5\r"));
        QTRY_COMPARE_WITH_TIMEOUT(session.state(), State::Ended, terminalPatience);
        QCOMPARE(session.exitCode().value_or(-1), 5);
    }

private:
    QByteArray runs(const QString &container)
    {
        return m_dockerd.docker({u"inspect"_s, u"--format"_s, u"{{.State.Running}}"_s, container})
            .trimmed();
    }
    /// The size goes another way than what is typed, so it is asked for until it is there.
    static bool sizeSeen(TerminalSession &session, const std::string &read)
    {
        session.type("busybox stty size\r");
        return read.contains("33 101");
    }
    /// How many run in the container, below the line of headings.
    qsizetype processes() { return m_dockerd.docker({u"top"_s, u"shell"_s}).trimmed().count('\n'); }
    TerminalChoice choice() const
    {
        TerminalChoice chosen;
        chosen.container = {m_id, "shell"};
        return chosen;
    }

    RealEngine m_dockerd;
    std::string m_id;
    std::unique_ptr<service::EngineSession> m_session;
    std::unique_ptr<SessionContainerEngine> m_engine;
};

} // namespace tst_terminal_live

ROADSTEAD_GUILESS_TEST(tst_terminal_live::TerminalLiveTest)
#include "tst_terminal_live.moc"
