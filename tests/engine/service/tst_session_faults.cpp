// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/engine/service/session_bed.h"
#include "tests/support/test_program/test_program.h"
#include "tests/support/unprivileged.h"

#include <QSignalSpy>
#include <QTest>

#include <sys/stat.h>

namespace tst_session_faults {

using namespace roadstead;
using namespace roadstead::service;
using namespace std::chrono_literals;
using docker::ContainerState;
using test::FakeFleet;
using test::Fault;
using test::quick;

/// A session against an engine that goes, comes, hangs or answers wrongly.
class TestSessionFaults : public test::SessionBed
{
    Q_OBJECT

private Q_SLOTS:
    void aKilledEngineLeavesItsListsAndIsFoundAgain()
    {
        start(20);
        open();
        const auto before = m_session->containers();
        m_engine->stop();
        QTRY_COMPARE(m_session->link(), Link::Unreachable);
        QVERIFY(m_session->lastError());
        QCOMPARE(m_session->containers(), before);
        QVERIFY(m_session->listed());
        m_engine->edit([](FakeFleet &fleet) { fleet.remove(fleet.containers().back().id); });
        QVERIFY(m_engine->start());
        QTRY_COMPARE(m_session->link(), Link::Live);
        QCOMPARE(m_session->containers()->size(), 19U);
    }

    void aSocketThatAppearsIsTriedAtOnce()
    {
        SessionTiming timing = quick();
        timing.retryFirst = 60s; // only the file's appearance can be the reason
        timing.retryLast = 60s;
        start(3, timing);
        m_engine->stop(true);
        m_session->open();
        QTRY_COMPARE(m_session->link(), Link::Unreachable);
        QCOMPARE(m_session->lastError()->kind, ErrorKind::NoSuchSocket);
        QVERIFY(m_engine->start());
        QTRY_COMPARE(m_session->link(), Link::Live);
    }

    void aSocketThatMayNotBeOpenedIsTold()
    {
        start(5);
        QCOMPARE(::chmod(m_engine->socketPath().c_str(), 0), 0);
        QCOMPARE(::chmod(folder().toUtf8().constData(), 0711), 0);
        const test::Unprivileged somebody;
        QVERIFY(somebody.isActive());
        m_session->open();
        QTRY_COMPARE(m_session->link(), Link::NoAccess);
        QCOMPARE(m_session->lastError()->kind, ErrorKind::PermissionDenied);
        QTest::qWait(300); // it is tried again, and stays closed
        QCOMPARE(m_session->link(), Link::NoAccess);
    }

    void aSocketThatOpensUpIsUsed()
    {
        start(5);
        QCOMPARE(::chmod(folder().toUtf8().constData(), 0711), 0);
        QCOMPARE(::chmod(m_engine->socketPath().c_str(), 0), 0);
        {
            const test::Unprivileged somebody;
            m_session->open();
            QTRY_COMPARE(m_session->link(), Link::NoAccess);
        }
        QCOMPARE(::chmod(m_engine->socketPath().c_str(), 0666), 0);
        QTRY_COMPARE(m_session->link(), Link::Live);
        QVERIFY(!m_session->lastError());
    }

    void aFrozenEngineIsTold()
    {
        start(5);
        open();
        m_engine->freeze();
        QTRY_COMPARE(m_session->link(), Link::NotAnswering);
        QCOMPARE(m_session->lastError()->kind, ErrorKind::NotAnswering);
        QCOMPARE(m_session->containers()->size(), 5U);
        m_engine->thaw();
        QTRY_COMPARE(m_session->link(), Link::Live);
        QVERIFY(isTrue());
    }

    void anEngineFrozenAtFirstContactIsTold()
    {
        start(5);
        m_engine->freeze();
        m_session->open();
        QCOMPARE(m_session->link(), Link::Connecting);
        QTRY_COMPARE(m_session->link(), Link::NotAnswering);
        m_engine->thaw();
        QTRY_COMPARE(m_session->link(), Link::Live);
    }

    void aCutListKeepsTheOldOne()
    {
        start(30);
        open();
        m_engine->addFault(
            {.kind = Fault::Kind::CutBody, .path = "/containers/json", .value = 100, .times = 1});
        QList<Link> links;
        connect(m_session.get(), &EngineSession::linkChanged, this, [&] {
            links.append(m_session->link());
            QCOMPARE(m_session->containers()->size(), 30U);
        });
        m_session->refresh();
        QTRY_COMPARE(links, (QList<Link>{Link::Unreachable, Link::Live}));
    }

    void imagesThatCannotBeListedLeaveTheRestLive_data()
    {
        QTest::addColumn<int>("kind");
        QTest::newRow("refused") << static_cast<int>(Fault::Kind::Status);
        QTest::newRow("garbled") << static_cast<int>(Fault::Kind::Garble);
    }

    void imagesThatCannotBeListedLeaveTheRestLive()
    {
        QFETCH(int, kind);
        start(10);
        m_engine->addFault({.kind = static_cast<Fault::Kind>(kind),
                            .path = "/images/json",
                            .value = kind == static_cast<int>(Fault::Kind::Status) ? 500 : 1});
        open();
        QSignalSpy changed(m_session.get(), &EngineSession::linkChanged);
        QVERIFY(!changed.wait(1000));
        QCOMPARE(m_session->link(), Link::Live);
        // 20, 40, 80, 160 ms and from then on 200 ms apart.
        QVERIFY2(imageRequests() >= 2 && imageRequests() <= 12,
                 qPrintable(QString::number(imageRequests())));
        m_engine->clearFaults();
        QTRY_COMPARE(m_session->images()->size(), 3U);
        const auto after = imageRequests();
        QTest::qWait(500);
        QCOMPARE(imageRequests(), after);
    }

    void aRefusedListOfImagesHoldsNoCommandBack()
    {
        SessionTiming timing = quick();
        timing.retryFirst = timing.retryLast = 60s;
        start(10, timing);
        m_engine->addFault({.kind = Fault::Kind::Status, .path = "/images/json", .value = 500});
        open();
        QTRY_COMPARE(imageRequests(), 1);
        QVERIFY(finished(docker::RemoveImage{{"image-0:latest", "image-0:latest"}}));
        QCOMPARE(imageRequests(), 2);
    }

    void imagesAreReadOneAtATime()
    {
        start(10);
        m_engine->addFault(
            {.kind = Fault::Kind::Delay, .path = "/containers/json", .value = 100, .times = 1});
        m_engine->addFault(
            {.kind = Fault::Kind::Delay, .path = "/images/json", .value = 400, .times = 1});
        m_session->open();
        QTRY_COMPARE(listRequests(), 1);
        m_session->refresh(); // so that images are being read when the first list arrives
        QTRY_COMPARE(m_session->link(), Link::Live);
        QTest::qWait(50);
        QCOMPARE(imageRequests(), 1);
        QTRY_COMPARE(imageRequests(), 2);
        QTRY_COMPARE(m_session->images()->size(), 3U);
    }

    void anEngineThatEndsEveryStreamIsAskedWithBackOff()
    {
        SessionTiming timing = quick();
        timing.retryLast = 400ms;
        start(10, timing);
        QObject ending; // of each stream as soon as the lists are there
        connect(m_session.get(), &EngineSession::linkChanged, &ending, [&] {
            if (m_session->link() == Link::Live) {
                m_engine->endEventStreams();
            }
        });
        m_session->open();
        QTest::qWait(1500);
        // 20, 40, 80, 160, 320 ms and from then on 400 ms apart.
        const auto pings = requestsWith("/_ping");
        QVERIFY2(pings >= 3 && pings <= 10, qPrintable(QString::number(pings)));
        disconnect(m_session.get(), nullptr, &ending, nullptr);
        QTRY_COMPARE(m_session->link(), Link::Live);
    }

    void anAnswerOfBeforeCloseIsDropped()
    {
        start(10);
        m_engine->addFault(
            {.kind = Fault::Kind::Delay, .path = "/containers/json", .value = 200, .times = 1});
        m_session->open();
        QTRY_COMPARE(listRequests(), 1);
        m_session->close();
        QCOMPARE(m_session->link(), Link::Idle);
        QSignalSpy changed(m_session.get(), &EngineSession::containersChanged);
        QVERIFY(!changed.wait(400));
        QVERIFY(m_session->containers()->empty());
        open();
        QCOMPARE(m_session->containers()->size(), 10U);
    }

    void aGapInTheEventsReadsEverything()
    {
        start(40);
        open();
        m_engine->edit([](FakeFleet &fleet) { // behind the events' back
            fleet.containers().front().state = "paused";
            fleet.touch();
        });
        const std::string id = [&] {
            std::string found;
            m_engine->edit([&](FakeFleet &fleet) { found = fleet.containers().front().id; });
            return found;
        }();
        m_engine->endEventStreams();
        QTRY_COMPARE(row(id)->state, ContainerState::Paused);
        QTRY_COMPARE(m_session->link(), Link::Live);
    }
};

} // namespace tst_session_faults

ROADSTEAD_GUILESS_TEST(tst_session_faults::TestSessionFaults)
#include "tst_session_faults.moc"
