// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/engine/http/collector.h"
#include "tests/engine/http/fake_engine_http_bed.h"
#include "tests/support/test_program/test_program.h"

#include <QTest>

namespace tst_http_streams {

using namespace roadstead;
using namespace roadstead::http;
using namespace std::chrono_literals;
using namespace std::string_literals;
using test::Collector;
using test::FakeEngine;
using test::Fault;

/// Long answers: back-pressure, silence and who ends them.
class TestHttpStreams : public QObject, private test::FakeEngineHttpBed
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void pausedStreamStopsTheEngine();
    void failedStreamGivesItsBody();
    void silenceOfAStreamEndsWhereItIsTrouble();
    void receiverStopsItsStream();
};

void TestHttpStreams::init()
{
    QVERIFY(restart({.containers = 20, .running = 5}));
}

void TestHttpStreams::cleanup()
{
    end();
}

void TestHttpStreams::pausedStreamStopsTheEngine()
{
    const std::string line(1'000'000, 'x');
    m_engine->edit([](test::FakeFleet &fleet) {
        fleet.containers().front().tty = true;
        fleet.containers().front().log.clear();
    });
    Collector collector;
    collector.setPausing(true);
    const Handle handle = m_client->stream(
        get("/v1.45/containers/container-0/logs?stdout=1&follow=1"), collector.sink());
    for (int i = 0; i < 20; ++i) {
        m_engine->writeLog("container-0", line);
    }
    QVERIFY(collector.waitData(1));
    // One request later, all that could arrive without asking has arrived.
    for (int i = 0; i < 20; ++i) {
        QVERIFY(send(get("/_ping")).has_value());
    }
    QVERIFY2(collector.size() < 1'000'000, qPrintable(QString::number(collector.size())));
    QVERIFY(m_engine->queuedBytes() > 15'000'000);
    collector.setPausing(false);
    handle.resume();
    QVERIFY(collector.waitData(20'000'000));
    QCOMPARE(collector.size(), std::size_t(20'000'000));
    m_engine->stop();
    QCOMPARE(collector.waitEnd()->error().kind, ErrorKind::ConnectionLost);
}

void TestHttpStreams::failedStreamGivesItsBody()
{
    Collector collector;
    m_client->stream(get("/v1.45/containers/nothing/logs"), collector.sink());
    const auto end = collector.waitEnd();
    QCOMPARE((*end)->status, 404);
    QVERIFY((*end)->body.contains("No such container"));
    QCOMPARE(collector.status(), 404);
    QCOMPARE(collector.size(), std::size_t(0));
}

void TestHttpStreams::silenceOfAStreamEndsWhereItIsTrouble()
{
    const auto endWith = [this](const std::string &target, const Limits &limits) {
        Collector collector;
        Request request = get(target);
        request.limits = limits;
        const Handle handle = m_client->stream(std::move(request), collector.sink());
        collector.waitEnd(1s);
        handle.cancel();
        return collector.waitEnd()->error().kind;
    };
    constexpr std::int64_t withinHead = 20; // the status line is there
    m_engine->addFault({.kind = Fault::Kind::Hang, .path = "/events", .value = withinHead});
    QCOMPARE(endWith("/v1.45/events", {.firstByte = 0ms, .silence = 100ms}),
             ErrorKind::NotAnswering);
    m_engine->clearFaults();
    // Nothing happens: that is no trouble, unless an end was to be expected.
    QCOMPARE(endWith("/v1.45/events", {.firstByte = 100ms, .silence = 100ms}),
             ErrorKind::Cancelled);
    QCOMPARE(endWith("/v1.45/events", {.streamSilence = 100ms}), ErrorKind::NotAnswering);
}

void TestHttpStreams::receiverStopsItsStream()
{
    m_engine->edit(
        [](test::FakeFleet &fleet) { fleet.containers().front().log = std::string(1000, 'x'); });
    int pieces = 0;
    std::promise<Result<Response>> promise;
    auto end = promise.get_future();
    Sink sink{.head = {},
              .data =
                  [&](std::string_view) {
                      ++pieces;
                      return Flow::Stop;
                  },
              .end = [&](Result<Response> result) { promise.set_value(std::move(result)); }};
    m_client->stream(get("/v1.45/containers/container-0/logs?stdout=1&follow=1"), std::move(sink));
    QCOMPARE(end.wait_for(10s), std::future_status::ready);
    QCOMPARE(end.get().error().kind, ErrorKind::Cancelled);
    QCOMPARE(pieces, 1);
    QTRY_COMPARE(m_engine->connections(), 0);
}

} // namespace tst_http_streams

ROADSTEAD_GUILESS_TEST(tst_http_streams::TestHttpStreams)
#include "tst_http_streams.moc"
