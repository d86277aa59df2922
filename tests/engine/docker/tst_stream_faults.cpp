// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/engine/docker/fake_engine_bed.h"
#include "tests/engine/docker/listener.h"
#include "tests/support/reserve.h"
#include "tests/support/test_program/test_program.h"

#include <QTest>

#include <algorithm>

namespace tst_stream_faults {

using namespace roadstead;
using namespace roadstead::docker;
using namespace std::chrono_literals;
using namespace std::string_literals;
using test::await;
using test::FakeEngine;
using test::Fault;
using test::Listener;

/// Rows A1 and A3 of the fault matrix for streams (events, logs and stats), and what a stream can
/// say that is wrong.
class TestStreamFaults : public QObject, private test::FakeEngineBed
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void engineKilledWhileStreamsRun();
    void hundredThousandEventsArriveInOrder();
    void faultyStreamsEndWhoeverHoldsTheCall_data();
    void faultyStreamsEndWhoeverHoldsTheCall();
    void endlessLogIsTakenUpToItsCap();

private:
};

void TestStreamFaults::init()
{
    QVERIFY(restart({.containers = 20, .running = 5}));
}

void TestStreamFaults::cleanup()
{
    end();
}

void TestStreamFaults::engineKilledWhileStreamsRun()
{
    Listener events;
    Listener logs;
    m_client->events({}, events.events());
    m_client->logs("container-0", {.follow = true}, logs.logs());
    QVERIFY(events.waitOpen());
    QVERIFY(logs.waitText("ready\n"));
    m_engine->act("container-1", "pause");
    m_engine->writeLog("container-0", "more\n");
    QVERIFY(events.waitEvents(1));
    QVERIFY(logs.waitText("ready\nmore\n"));
    QCOMPARE(events.taken().front().action, "pause"s);
    m_engine->stop();
    QCOMPARE(events.waitFailure(), ErrorKind::ConnectionLost);
    QCOMPARE(logs.waitFailure(), ErrorKind::ConnectionLost);

    // A3: an engine that ends the stream properly has ended it all the same.
    m_engine->start();
    Listener again;
    m_client->events({}, again.events());
    QVERIFY(again.waitOpen());
    m_engine->endEventStreams();
    QCOMPARE(again.waitFailure(), ErrorKind::ConnectionLost);
}

void TestStreamFaults::hundredThousandEventsArriveInOrder()
{
    Listener events;
    m_client->events({}, events.events());
    QVERIFY(events.waitOpen());
    constexpr int count = test::amount(100'000);
    m_engine->burst(count, 0ms);
    QVERIFY(events.waitEvents(count));
    const auto taken = events.taken();
    QCOMPARE(taken.size(), std::size_t(count));
    QVERIFY(std::ranges::is_sorted(taken, {}, &Event::timeNano));
    QVERIFY(list().has_value());
}

void TestStreamFaults::faultyStreamsEndWhoeverHoldsTheCall_data()
{
    QTest::addColumn<std::string>("path");
    QTest::addColumn<std::string>("body");
    QTest::addColumn<ErrorKind>("kind");
    const auto frame = [](char type, const std::string &payload) {
        return std::string{type, 0, 0, 0, 0, 0, 0, static_cast<char>(payload.size())} + payload;
    };
    const std::string good = frame(1, "ready\n");
    QTest::newRow("log frame of unknown type")
        << "/logs"s << good + frame(9, "x") << ErrorKind::MalformedReply;
    QTest::newRow("log error of the engine")
        << "/logs"s << good + frame(3, "boom") << ErrorKind::EngineFailed;
    QTest::newRow("events that are none")
        << "/events"s << R"({"Type":"container"}<html>)"s << ErrorKind::MalformedReply;
    QTest::newRow("usage that is none")
        << "/stats"s << R"({"memory_stats":5})"s << ErrorKind::MalformedReply;
}

/// The connection stays open after the fault, and nobody keeps what the call returned.
void TestStreamFaults::faultyStreamsEndWhoeverHoldsTheCall()
{
    QFETCH(std::string, path);
    QFETCH(std::string, body);
    QFETCH(ErrorKind, kind);
    const std::string head = "HTTP/1.1 200 OK\r\n\r\n";
    m_engine->addFault({.kind = Fault::Kind::RawOpen, .path = path, .text = head + body});
    Listener listener;
    if (path == "/logs") {
        QCOMPARE(logTail("container-0").error().kind, kind);
        m_client->logs("container-0", {.follow = true}, listener.logs());
    } else if (path == "/events") {
        m_client->events({}, listener.events());
    } else {
        m_client->usage("container-0", listener.usage());
    }
    QCOMPARE(listener.waitFailure(), kind);
}

void TestStreamFaults::endlessLogIsTakenUpToItsCap()
{
    m_engine->edit([](test::FakeFleet &fleet) {
        fleet.containers().front().tty = true;
        fleet.containers().front().log = std::string(20'000'000, 'x');
    });
    const auto text = logTail("container-0");
    QVERIFY(text.has_value());
    QCOMPARE(text->size(), http::objectCap);
}

} // namespace tst_stream_faults

ROADSTEAD_GUILESS_TEST(tst_stream_faults::TestStreamFaults)
#include "tst_stream_faults.moc"
