// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/http/body_pipe.h"
#include "tests/engine/http/collector.h"
#include "tests/engine/http/fake_engine_http_bed.h"
#include "tests/support/test_program/test_program.h"

#include <QDir>
#include <QTest>

#include <atomic>
#include <future>

namespace tst_http_upgrade {

using namespace roadstead;
using namespace roadstead::http;
using namespace std::chrono_literals;
using namespace std::string_literals;
using test::Collector;
using test::FakeEngine;
using test::Fault;

/// Connections that stop speaking HTTP, and bodies that come piece by piece.
class TestHttpUpgrade : public QObject, private test::FakeEngineHttpBed
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void bytesGoBothWays_data();
    void bytesGoBothWays();
    void refusalsComeWithTheirBody();
    void brokenAnswersFail_data();
    void brokenAnswersFail();
    void silenceBeforeTheSwitchEnds();
    void pausedReceiverStopsTheEngine();
    void receiverStopsTheConnection();
    void engineThatDiesIsSaid();
    void cancelAndDestructionEndIt();
    void chunkedBodyIsSentAsItComes();
    void chunkedBodyWaitsForTheEngine();
    void sourceThatFailsGivesTheRequestUp();

private:
    [[nodiscard]] Request attach() const
    {
        return post("/v1.45/containers/container-0/attach?stream=1");
    }
    /// The id of an exec of that command, with a terminal.
    std::string exec(const std::string &command);
};

void TestHttpUpgrade::init()
{
    QVERIFY(restart({.containers = 2, .running = 2}));
}

void TestHttpUpgrade::cleanup()
{
    end();
}

std::string TestHttpUpgrade::exec(const std::string &command)
{
    Request request = post("/v1.45/containers/container-0/exec");
    request.contentType = "application/json";
    request.body = R"({"Tty":true,"Cmd":[)" + command + "]}";
    const auto made = send(std::move(request));
    const std::string body = made ? made->body : std::string();
    return body.substr(std::min(body.size(), "{\"Id\":\""s.size()), 64);
}

void TestHttpUpgrade::bytesGoBothWays_data()
{
    QTest::addColumn<bool>("old");
    QTest::newRow("101") << false;
    QTest::newRow("200") << true;
}

void TestHttpUpgrade::bytesGoBothWays()
{
    QFETCH(bool, old);
    QVERIFY(restart({.containers = 2, .running = 2, .upgradesWith200 = old}));
    Request start = post("/v1.45/exec/" + exec("\"cat\"") + "/start");
    start.contentType = "application/json";
    start.body = R"({"Detach":false,"Tty":true})";
    Collector collector;
    const BodyPipe pipe;
    const Handle handle = m_client->upgrade(std::move(start), pipe.source(), collector.sink());
    pipe.setWake([handle] { handle.supply(); });
    QVERIFY(pipe.write("first "));
    QVERIFY(collector.waitData(6));
    QCOMPARE(collector.status(), old ? 200 : 101);
    QVERIFY(pipe.write("second "));
    QVERIFY(collector.waitData(13));
    // The end of the input is told; what the process still says arrives.
    pipe.finish();
    QVERIFY(collector.waitEnd()->has_value());
    QCOMPARE(collector.size(), "first second end\n"s.size());
    QVERIFY(pipe.isClosed());
}

void TestHttpUpgrade::refusalsComeWithTheirBody()
{
    Collector collector;
    m_client->upgrade(post("/v1.45/exec/nothing/start"), {}, collector.sink());
    const auto end = collector.waitEnd();
    QVERIFY(end && end->has_value());
    QCOMPARE((*end)->status, 404);
    QVERIFY((*end)->body.contains("No such exec instance"));
    QCOMPARE(collector.size(), std::size_t(0));
    QCOMPARE(collector.status(), 0); // it was never opened
}

void TestHttpUpgrade::brokenAnswersFail_data()
{
    QTest::addColumn<Fault>("fault");
    QTest::addColumn<ErrorKind>("kind");
    using Kind = Fault::Kind;
    QTest::newRow("killed at once")
        << Fault{.kind = Kind::Cut, .value = 0} << ErrorKind::ConnectionLost;
    QTest::newRow("cut in the head")
        << Fault{.kind = Kind::Cut, .value = 20} << ErrorKind::ConnectionLost;
    QTest::newRow("not HTTP") << Fault{.kind = Kind::Raw, .text = "SSH-2.0-x\r\n"}
                              << ErrorKind::MalformedReply;
    QTest::newRow("endless head") << Fault{.kind = Kind::Raw,
                                           .text =
                                               "HTTP/1.1 101 X\r\nA: " + std::string(300'000, 'a')}
                                  << ErrorKind::MalformedReply;
    QTest::newRow("answer cut in its body")
        << Fault{.kind = Kind::Raw, .text = "HTTP/1.1 500 X\r\nContent-Length: 9\r\n\r\nwo"}
        << ErrorKind::ConnectionLost;
}

void TestHttpUpgrade::brokenAnswersFail()
{
    QFETCH(Fault, fault);
    QFETCH(ErrorKind, kind);
    m_engine->addFault(fault);
    Collector collector;
    m_client->upgrade(attach(), {}, collector.sink());
    const auto end = collector.waitEnd();
    QVERIFY(end && !end->has_value());
    QCOMPARE(end->error().kind, kind);
    QCOMPARE(end->error().operation, "test"s);
    // A socket that is not there is said as for any request.
    m_engine->stop(true);
    Collector other;
    m_client->upgrade(attach(), {}, other.sink());
    QCOMPARE(other.waitEnd()->error().kind, ErrorKind::NoSuchSocket);
}

void TestHttpUpgrade::silenceBeforeTheSwitchEnds()
{
    m_engine->addFault({.kind = Fault::Kind::Stall});
    Request request = attach();
    request.limits.firstByte = 50ms;
    Collector collector;
    m_client->upgrade(std::move(request), {}, collector.sink());
    QCOMPARE(collector.waitEnd()->error().kind, ErrorKind::NotAnswering);
}

void TestHttpUpgrade::pausedReceiverStopsTheEngine()
{
    constexpr std::size_t flood = 20'000'000;
    Request start = post("/v1.45/exec/" + exec("\"flood\",\"20000000\"") + "/start");
    Collector collector;
    collector.setPausing(true);
    const Handle handle = m_client->upgrade(std::move(start), {}, collector.sink());
    QVERIFY(collector.waitData(1));
    QTest::qWait(100);
    QVERIFY(collector.size() < 200'000);
    QVERIFY(m_engine->queuedBytes() > flood / 2);
    collector.setPausing(false);
    handle.resume();
    QVERIFY(collector.waitEnd()->has_value());
    QCOMPARE(collector.size(), flood);
}

void TestHttpUpgrade::receiverStopsTheConnection()
{
    Sink sink;
    std::promise<ErrorKind> promise;
    auto ended = promise.get_future();
    sink.data = [](std::string_view) { return Flow::Stop; };
    sink.end = [&](const Result<Response> &result) {
        promise.set_value(result ? ErrorKind::Internal : result.error().kind);
    };
    m_client->upgrade(post("/v1.45/exec/" + exec("\"flood\",\"100\"") + "/start"), {},
                      std::move(sink));
    QCOMPARE(ended.get(), ErrorKind::Cancelled);
}

void TestHttpUpgrade::engineThatDiesIsSaid()
{
    Collector collector;
    const BodyPipe pipe;
    const Handle handle = m_client->upgrade(attach(), pipe.source(), collector.sink());
    pipe.setWake([handle] { handle.supply(); });
    QVERIFY(pipe.write("x"));
    QVERIFY(collector.waitData(9)); // a frame of one byte
    m_engine->stop();
    QVERIFY(collector.waitEnd().has_value());
    QVERIFY(pipe.isClosed());
    QVERIFY(!pipe.write("y"));
}

void TestHttpUpgrade::cancelAndDestructionEndIt()
{
    const int before = static_cast<int>(QDir(QStringLiteral("/proc/self/fd")).count());
    for (const bool destroyed : {false, true}) {
        Collector collector;
        const BodyPipe pipe;
        auto client = std::make_unique<Client>();
        const Handle handle = client->upgrade(attach(), pipe.source(), collector.sink());
        pipe.setWake([handle] { handle.supply(); });
        QVERIFY(pipe.write("x"));
        QVERIFY(collector.waitData(9));
        if (destroyed) {
            client.reset();
        } else {
            handle.cancel();
        }
        QCOMPARE(collector.waitEnd()->error().kind, ErrorKind::Cancelled);
        pipe.finish();
    }
    QTRY_COMPARE(m_engine->connections(), 0);
    QVERIFY(static_cast<int>(QDir(QStringLiteral("/proc/self/fd")).count()) <= before);
}

void TestHttpUpgrade::chunkedBodyIsSentAsItComes()
{
    Request put = post("/v1.45/containers/container-0/archive?path=/a");
    put.method = "PUT";
    put.contentType = "application/x-tar";
    const BodyPipe pipe(1000);
    put.source = pipe.source();
    std::promise<Result<Response>> promise;
    auto answered = promise.get_future();
    const Handle handle = m_client->send(
        std::move(put), [&](Result<Response> result) { promise.set_value(std::move(result)); });
    pipe.setWake([handle] { handle.supply(); });
    constexpr std::size_t size = 3'000'000;
    for (std::size_t sent = 0; sent < size; sent += 10'000) {
        QVERIFY(pipe.write(std::string(10'000, 'a')));
    }
    QCOMPARE(answered.wait_for(20ms), std::future_status::timeout);
    pipe.finish();
    const auto result = answered.get();
    QVERIFY2(result.has_value(), result ? "" : result.error().detail.c_str());
    QCOMPARE(result->status, 200);
    QCOMPARE(m_engine->uploadedBytes(), std::uint64_t(size));
    // An early refusal ends a body that is still under way.
    Request again = post("/v1.45/containers/nothing/archive?path=/a");
    again.source = [](std::span<char>) -> Result<Given> { return Given{0, true}; };
    const auto refused = send(std::move(again));
    QCOMPARE(refused->status, 404);
}

void TestHttpUpgrade::chunkedBodyWaitsForTheEngine()
{
    m_engine->freeze();
    Request put = post("/v1.45/containers/container-0/archive?path=/a");
    put.method = "PUT";
    std::atomic<std::size_t> given = 0;
    constexpr std::size_t size = 20'000'000;
    put.source = [&given](std::span<char> room) -> Result<Given> {
        const std::size_t bytes = std::min(room.size(), size - given);
        std::fill_n(room.begin(), bytes, 'a');
        given += bytes;
        return Given{bytes, given == size};
    };
    std::promise<Result<Response>> promise;
    auto answered = promise.get_future();
    m_client->send(std::move(put),
                   [&](Result<Response> result) { promise.set_value(std::move(result)); });
    QCOMPARE(answered.wait_for(200ms), std::future_status::timeout);
    QVERIFY(given < size / 4); // what the kernel holds, and no more
    m_engine->thaw();
    QCOMPARE(answered.get()->status, 200);
    QCOMPARE(m_engine->uploadedBytes(), std::uint64_t(size));
}

void TestHttpUpgrade::sourceThatFailsGivesTheRequestUp()
{
    Request put = post("/v1.45/containers/container-0/archive?path=/a");
    put.method = "PUT";
    put.source = [](std::span<char>) -> Result<Given> {
        return failure(ErrorKind::DiskFull, "reading", "/file");
    };
    const auto result = send(std::move(put));
    QCOMPARE(result.error().kind, ErrorKind::DiskFull);
    QCOMPARE(result.error().operation, "test"s);
}

} // namespace tst_http_upgrade

ROADSTEAD_GUILESS_TEST(tst_http_upgrade::TestHttpUpgrade)
#include "tst_http_upgrade.moc"
