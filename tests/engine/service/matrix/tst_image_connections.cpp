// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/engine/service/matrix/image_fault_bed.h"
#include "tests/support/test_program/test_program.h"
#include "tests/support/unprivileged.h"

#include <sys/stat.h>
#include <unistd.h>

namespace tst_image_connections {

using namespace roadstead;
using namespace roadstead::service;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using namespace roadstead::test;

/// Pull, push, build, load and save when the engine goes, is another or is not to be reached.
class TestImageConnections : public test::ImageFaultBed
{
    Q_OBJECT

private Q_SLOTS:
    /// A1 and A3: the engine is killed at any moment, and may come back.
    void theEngineIsKilled_data()
    {
        QTest::addColumn<ImageAction>("action");
        QTest::addColumn<QByteArray>("answered");
        QTest::addColumn<ErrorKind>("kind");
        constexpr std::array changes{ImageAction::Pull, ImageAction::Push, ImageAction::Build,
                                     ImageAction::Load};
        constexpr std::array sending{ImageAction::Build, ImageAction::Load};
        const auto add = [](const char *name, const auto &actions, const QByteArray &answered,
                            std::optional<ErrorKind> kind = {}) {
            forEach(name, actions, [&](QTestData &row, ImageAction action) {
                row << action << answered << kind.value_or(lost(action));
            });
        };
        const auto &all = test::imageActions;
        add("A1 before the request", all, "before", ErrorKind::Refused);
        add("A1 while it is sent", sending, "sending");
        add("A1 before the answer", changes, "");
        add("A1 before the answer", std::array{ImageAction::Save}, "",
            ErrorKind::Refused); // what only reads is asked again at once
        add("A1 after the headers", all, streamHead);
        add("A1 in the stream", all, QByteArray(streamHead) + oneChunk);
    }
    void theEngineIsKilled()
    {
        QFETCH(ImageAction, action);
        QFETCH(QByteArray, answered);
        QFETCH(ErrorKind, kind);
        ImageWork work(action, m_session.get(), folder());
        if (answered == "before") {
            m_engine->stop();
            work.begin();
        } else if (answered == "sending") {
            m_engine->freeze(); // so that it does not take it all
            work.begin();
            QTest::qWait(100);
            m_engine->stop();
        } else {
            m_engine->addFault(
                {.kind = answered.isEmpty() ? Fault::Kind::Stall : Fault::Kind::RawOpen,
                 .path = pathOf(action),
                 .text = answered.toStdString(),
                 .times = 1});
            work.begin();
            QTRY_COMPARE_WITH_TIMEOUT(requestsWith(pathOf(action)), 1, patience);
            QTest::qWait(50); // for the answer's first bytes
            m_engine->stop();
        }
        QVERIFY(isToldAs(work, kind));
        QTRY_COMPARE(m_session->link(), Link::Unreachable);
        QVERIFY(m_engine->start());
        worksAgain(action);
    }

    /// A4: what stands where the socket was.
    void theSocketIsAnother_data()
    {
        QTest::addColumn<ImageAction>("action");
        QTest::addColumn<QByteArray>("what");
        QTest::addColumn<ErrorKind>("kind");
        const auto add = [](const char *name, const char *what, ErrorKind kind) {
            forEach(name, test::imageActions, [&](QTestData &row, ImageAction action) {
                row << action << QByteArray(what) << kind;
            });
        };
        add("A4 removed", "nothing", ErrorKind::NoSuchSocket);
        add("A4 a folder", "folder", ErrorKind::NotASocket);
        add("A4 not permitted", "closed", ErrorKind::PermissionDenied);
        add("A4 of another owner", "foreign", ErrorKind::ForeignSocket);
    }
    void theSocketIsAnother()
    {
        QFETCH(ImageAction, action);
        QFETCH(QByteArray, what);
        QFETCH(ErrorKind, kind);
        const QByteArray path = QByteArray::fromStdString(m_engine->socketPath());
        if (::geteuid() != 0 && what == "foreign") {
            QSKIP("only root gives files away");
        }
        ImageWork work(action, m_session.get(), folder());
        if (what == "closed" || what == "foreign") { // connections of before would go on
            m_session->close();
        }
        if (what == "closed") {
            QCOMPARE(::chmod(path.constData(), 0), 0);
            QVERIFY(openFolder());
            {
                const test::Unprivileged somebody;
                m_session->open();
                QTRY_COMPARE_WITH_TIMEOUT(m_session->link(), Link::NoAccess, patience);
                work.begin();
                QTRY_VERIFY_WITH_TIMEOUT(work.isOver(), patience);
            }
            QVERIFY(isToldAs(work, kind));
        } else {
            if (what == "foreign") {
                QCOMPARE(::chown(path.constData(), 12345, 12345), 0);
                m_session->open();
            } else {
                m_engine->stop(true);
                QVERIFY(what != "folder" || ::mkdir(path.constData(), 0700) == 0);
            }
            QTRY_VERIFY_WITH_TIMEOUT(m_session->lastError().has_value(), patience);
            work.begin();
            QVERIFY(isToldAs(work, kind));
        }
        if (what == "closed" || what == "foreign") {
            QCOMPARE(::chown(path.constData(), ::geteuid(), ::getegid()), 0);
            QCOMPARE(::chmod(path.constData(), 0666), 0);
        } else {
            QVERIFY(what != "folder" || ::rmdir(path.constData()) == 0);
            QVERIFY(m_engine->start());
        }
        worksAgain(action);
    }

    /// A11: the way to the engine.
    void theWayFails_data()
    {
        QTest::addColumn<ImageAction>("action");
        QTest::addColumn<bool>("ssh");
        QTest::addColumn<ErrorKind>("kind");
        const auto add = [](const char *name, bool ssh, ErrorKind kind) {
            forEach(name, test::imageActions, [&](QTestData &row, ImageAction action) {
                row << action << ssh << (ssh ? lost(action, kind) : kind);
            });
        };
        add("A11 name not found", false, ErrorKind::NameNotFound);
        add("A11 ssh dies", true, ErrorKind::ConnectionLost); // it may have handed the request on
    }
    void theWayFails()
    {
        QFETCH(ImageAction, action);
        QFETCH(bool, ssh);
        QFETCH(ErrorKind, kind);
        const http::Endpoint place =
            ssh ? http::Endpoint(http::Program{{"sh", "-c", "exit 255"}, {}})
                : http::Endpoint(http::TcpAddress{.host = "harbour.invalid", .port = 2375});
        EngineSession session(place, test::quick());
        session.open();
        QTRY_VERIFY_WITH_TIMEOUT(session.link() != Link::Connecting, patience);
        ImageWork work(action, &session, folder());
        work.begin();
        QTRY_VERIFY_WITH_TIMEOUT(work.isOver(), patience);
        QVERIFY(work.error().has_value());
        QCOMPARE(work.error()->kind, kind);
        QCOMPARE(savedText(), "of before");
    }

    /// A12: what the engine speaks.
    void theVersionIsAnother_data()
    {
        QTest::addColumn<ImageAction>("action");
        QTest::addColumn<QByteArray>("version");
        QTest::addColumn<bool>("works");
        const auto add = [](const char *name, const char *version, bool works) {
            forEach(name, test::imageActions, [&](QTestData &row, ImageAction action) {
                row << action << QByteArray(version) << works;
            });
        };
        add("A12 too old", "1.12", false);
        add("A12 newer than we", "1.99", true);
        add("A12 none", "", true);
        add("A12 garbage", "latest", false);
    }
    void theVersionIsAnother()
    {
        QFETCH(ImageAction, action);
        QFETCH(QByteArray, version);
        QFETCH(bool, works);
        const QString path = QDir(folder()).filePath(u"other.sock"_s);
        test::FakeEngine engine(
            {.socketPath = path.toStdString(), .images = 1, .apiVersion = version.toStdString()});
        QVERIFY(engine.start());
        EngineSession session(path, test::quick());
        session.open();
        QTRY_COMPARE_WITH_TIMEOUT(session.link(), works ? Link::Live : Link::Unreachable, patience);
        ImageWork work(action, &session, folder());
        work.begin();
        QTRY_VERIFY_WITH_TIMEOUT(work.isOver(), patience);
        QCOMPARE(!work.error().has_value(), works);
        if (!works) {
            QCOMPARE(work.error()->kind, ErrorKind::UnsupportedVersion);
            QCOMPARE(savedText(), "of before");
        }
    }
};

} // namespace tst_image_connections

ROADSTEAD_GUILESS_TEST(tst_image_connections::TestImageConnections)
#include "tst_image_connections.moc"
