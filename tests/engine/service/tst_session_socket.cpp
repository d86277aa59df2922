// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/engine_session.h"
#include "tests/support/fake_engine/fake_engine.h"
#include "tests/support/test_program/test_program.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <vector>

namespace tst_session_socket {

using namespace roadstead;
using namespace roadstead::service;
using namespace roadstead::test;

/// The path of a socket is what a person means; a connection that was made before is not.
class TestSessionSocket : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_path = m_folder->filePath(QStringLiteral("engine.sock"));
    }

    void aRemovedSocketIsNotReachedByOldConnections()
    {
        FakeEngine engine({.socketPath = m_path.toStdString(), .containers = 3});
        QVERIFY(engine.start());
        EngineSession session(m_path);
        session.open();
        QTRY_COMPARE(session.link(), Link::Live);
        QTRY_VERIFY(session.info() && session.version()); // connections that are kept
        const auto before = engine.requests().size();
        QVERIFY(QFile::remove(m_path));
        QTRY_COMPARE(session.link(), Link::Unreachable);
        QVERIFY(session.lastError());
        QCOMPARE(session.lastError()->kind, ErrorKind::NoSuchSocket);
        QTest::qWait(600); // some attempts
        QCOMPARE(session.link(), Link::Unreachable);
        QCOMPARE(engine.requests().size(), before);
        QCOMPARE(session.containers()->size(), 3U);
    }

    void aReplacedSocketShowsTheOtherEngine()
    {
        FakeEngine first({.socketPath = m_path.toStdString(), .containers = 3});
        QVERIFY(first.start());
        EngineSession session(m_path);
        session.open();
        QTRY_COMPARE(session.link(), Link::Live);
        QTRY_VERIFY(session.info() && session.version());
        QVERIFY(QFile::remove(m_path));
        FakeEngine second({.socketPath = m_path.toStdString(), .containers = 5});
        QVERIFY(second.start());
        const auto before = first.requests().size();
        QTRY_COMPARE(session.containers()->size(), 5U);
        QTRY_COMPARE(session.link(), Link::Live);
        QCOMPARE(first.requests().size(), before);
    }

    void aSocketThatSomethingElseReplacesIsNotSaidToBeMissing()
    {
        FakeEngine engine({.socketPath = m_path.toStdString(), .containers = 3});
        QVERIFY(engine.start());
        EngineSession session(m_path);
        session.open();
        QTRY_COMPARE(session.link(), Link::Live);
        std::vector<ErrorKind> said;
        connect(&session, &EngineSession::linkChanged, this, [&] {
            if (session.lastError()) {
                said.push_back(session.lastError()->kind);
            }
        });
        const QString other = m_folder->filePath(QStringLiteral("other"));
        QVERIFY(QFile(other).open(QIODevice::WriteOnly));
        QCOMPARE(
            ::rename(QFile::encodeName(other).constData(), QFile::encodeName(m_path).constData()),
            0);
        QTRY_VERIFY(session.lastError() && session.lastError()->kind == ErrorKind::NotASocket);
        QVERIFY(!std::ranges::contains(said, ErrorKind::NoSuchSocket));
        QCOMPARE(session.link(), Link::Unreachable);
    }

    /// A pass phrase that was not given is not asked for again until somebody wants that.
    void aWayThatWasRefusedIsNotTriedAgainByItself()
    {
        const QString tries = m_folder->filePath(QStringLiteral("tries"));
        const std::string script =
            "echo once >> " + tries.toStdString() +
            "; echo 'me@there: Permission denied (publickey).' >&2; exit 255";
        SessionTiming timing;
        timing.retryFirst = std::chrono::milliseconds(20);
        EngineSession session(http::Program{{"sh", "-c", script}, {}}, timing);
        const auto made = [&tries] {
            QFile file(tries);
            return file.open(QIODevice::ReadOnly) ? file.readAll().count('\n') : 0;
        };
        session.open();
        QTRY_COMPARE(session.link(), Link::NoAccess);
        const auto first = made();
        QVERIFY(first >= 1);
        QTest::qWait(500);
        QCOMPARE(made(), first);
        session.refresh();
        QTRY_VERIFY(made() > first);
        QTRY_COMPARE(session.link(), Link::NoAccess);
        const auto second = made();
        QTest::qWait(500);
        QCOMPARE(made(), second);
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;
};

} // namespace tst_session_socket

ROADSTEAD_GUILESS_TEST(tst_session_socket::TestSessionSocket)
#include "tst_session_socket.moc"
