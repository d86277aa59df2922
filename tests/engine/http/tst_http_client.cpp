// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/engine/http/collector.h"
#include "tests/engine/http/fake_engine_http_bed.h"
#include "tests/support/reserve.h"
#include "tests/support/test_program/test_program.h"
#include "tests/support/unprivileged.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QTest>

#include <atomic>

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace tst_http_client {

using namespace roadstead;
using namespace roadstead::http;
using namespace std::chrono_literals;
using namespace std::string_literals;
using test::Collector;
using test::FakeEngine;
using test::Fault;

namespace {

int openDescriptors()
{
    return static_cast<int>(QDir(QStringLiteral("/proc/self/fd")).count());
}

} // namespace

/// The HTTP client against an engine that behaves, and one that does not.
class TestHttpClient : public QObject, private test::FakeEngineHttpBed
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void answersCarryStatusHeadersAndBody();
    void unusableSocketsEachHaveTheirKind();
    void foreignSocketIsNeverSpokenTo();
    void requestsThatWouldBreakTheProtocolAreRefused();
    void cutAnswersFailAtEveryByte();
    void answersOverTheCapAreRefused();
    void silenceBeforeTheFirstByteEnds();
    void silenceInsideAnAnswerEnds();
    void cancelActsWithin200Milliseconds();
    void slowAnswerDisturbsNoOther();
    void fileIsSentPieceByPiece();
    void fileThatCannotBeSentFails();
    void deadConnectionIsReplacedForQuestionsOnly();
    void callbacksMaySendAndCancel();
    void destructorEndsEverythingOnce();
    void requestsOfCallbacksAreEndedToo();
    void manyRequestsAtOnceLeaveNothingBehind();
};

void TestHttpClient::init()
{
    QVERIFY(restart({.containers = 20, .running = 5}));
}

void TestHttpClient::cleanup()
{
    end();
}

void TestHttpClient::answersCarryStatusHeadersAndBody()
{
    const auto ping = send(get("/_ping"));
    QVERIFY2(ping.has_value(), ping ? "" : ping.error().detail.c_str());
    QCOMPARE(ping->status, 200);
    QCOMPARE(ping->header("api-version"), std::string_view("1.45"));
    QCOMPARE(ping->body, "OK"s);
    QVERIFY(ping->delimited);
    QCOMPARE(send(get("/v1.45/containers/nothing/json"))->status, 404);
    Request post = get("/v1.45/containers/create?name=made");
    post.method = "POST";
    post.body = R"({"Image":"x"})";
    post.contentType = "application/json";
    QCOMPARE(send(std::move(post))->status, 201);
    Request remove = get("/v1.45/containers/made");
    remove.method = "DELETE";
    QCOMPARE(send(std::move(remove))->status, 204);
    Request head = get("/_ping");
    head.method = "HEAD";
    QCOMPARE(send(std::move(head))->body, ""s);
}

void TestHttpClient::unusableSocketsEachHaveTheirKind()
{
    const auto kindAt = [this](const std::string &socketPath) {
        Request request = get("/_ping");
        request.endpoint = http::UnixSocket{socketPath};
        const auto answer = send(std::move(request));
        return answer ? ErrorKind::Internal : answer.error().kind;
    };
    QCOMPARE(kindAt(path("none.sock")), ErrorKind::NoSuchSocket);
    QCOMPARE(kindAt(path("engine.sock") + "/x"), ErrorKind::NoSuchSocket);
    QCOMPARE(kindAt(m_folder->path().toStdString()), ErrorKind::NotASocket);
    QFile file(m_folder->filePath(QStringLiteral("file")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(kindAt(path("file")), ErrorKind::NotASocket);
    QCOMPARE(kindAt("relative.sock"), ErrorKind::InvalidArgument);
    QCOMPARE(kindAt("/" + std::string(200, 'x')), ErrorKind::InvalidArgument);
    {
        QCOMPARE(::chmod(path("engine.sock").c_str(), 0), 0);
        QCOMPARE(::chmod(m_folder->path().toUtf8().constData(), 0711), 0);
        const test::Unprivileged somebody;
        QVERIFY(somebody.isActive());
        QCOMPARE(kindAt(path("engine.sock")), ErrorKind::PermissionDenied);
    }
    m_engine->stop();
    QCOMPARE(::chmod(path("engine.sock").c_str(), 0600), 0);
    QCOMPARE(kindAt(path("engine.sock")), ErrorKind::Refused);
}

void TestHttpClient::foreignSocketIsNeverSpokenTo()
{
    QVERIFY(mayTrustOwner(0));
    QVERIFY(mayTrustOwner(::geteuid()));
    QVERIFY(!mayTrustOwner(::geteuid() + 12345));
    if (::geteuid() != 0) {
        return; // giving a socket away takes root; the machine tests run as root
    }
    QCOMPARE(::chown(path("engine.sock").c_str(), 1, 1), 0);
    QCOMPARE(send(get("/_ping")).error().kind, ErrorKind::ForeignSocket);
    QCOMPARE(m_engine->connections(), 0);
}

void TestHttpClient::requestsThatWouldBreakTheProtocolAreRefused()
{
    for (const char *target : {"", "x", "/a b", "/a\r\nHost: x", "/\xC3\xA9"}) {
        QCOMPARE(send(get(target)).error().kind, ErrorKind::InvalidArgument);
    }
    Request header = get("/_ping");
    header.headers.emplace_back("X-A", "b\r\nX-B: c");
    QCOMPARE(send(std::move(header)).error().kind, ErrorKind::InvalidArgument);
    QCOMPARE(percentEncode("a/b c%\xC3\xA9", "/"), "a/b%20c%25%C3%A9"s);
}

void TestHttpClient::cutAnswersFailAtEveryByte()
{
    const std::size_t length =
        send(get("/v1.45/images/json"))->body.size() +
        "HTTP/1.1 200 Fake\r\nApi-Version: 1.45\r\nContent-Type: application/json\r\n"
        "Content-Length: 3\r\n\r\n"s.size();
    for (std::size_t cut = 0; cut < length; ++cut) {
        m_engine->clearFaults();
        m_engine->addFault({.kind = Fault::Kind::Cut, .value = static_cast<std::int64_t>(cut)});
        const auto answer = send(get("/v1.45/images/json"));
        QVERIFY2(!answer.has_value(), qPrintable(QString::number(cut)));
        const ErrorKind kind = answer.error().kind;
        QVERIFY2(kind == ErrorKind::ConnectionLost || kind == ErrorKind::MalformedReply,
                 qPrintable(QString::number(cut)));
        QCOMPARE(answer.error().operation, "test"s);
    }
    m_engine->clearFaults();
    m_engine->addFault({.kind = Fault::Kind::Cut, .value = static_cast<std::int64_t>(length)});
    QVERIFY(send(get("/v1.45/images/json")).has_value());
}

void TestHttpClient::answersOverTheCapAreRefused()
{
    Request list = get("/v1.45/containers/json?all=1");
    list.limits.bodyBytes = 1000;
    QCOMPARE(send(std::move(list)).error().kind, ErrorKind::MalformedReply);
    m_engine->addFault(
        {.kind = Fault::Kind::Raw, .text = "HTTP/1.1 200 OK\r\n\r\n" + std::string(2000, 'x')});
    Request endless = get("/v1.45/info");
    endless.limits.bodyBytes = 1000;
    QCOMPARE(send(std::move(endless)).error().kind, ErrorKind::MalformedReply);
}

void TestHttpClient::silenceBeforeTheFirstByteEnds()
{
    m_engine->addFault({.kind = Fault::Kind::Stall, .path = "/info"});
    Request request = get("/v1.45/info");
    request.limits.firstByte = 100ms;
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(send(std::move(request)).error().kind, ErrorKind::NotAnswering);
    QVERIFY(timer.elapsed() >= 100);
    QVERIFY2(timer.elapsed() < 2000, qPrintable(QString::number(timer.elapsed())));
}

void TestHttpClient::silenceInsideAnAnswerEnds()
{
    m_engine->addFault({.kind = Fault::Kind::Hang, .path = "/info", .value = 150});
    Request request = get("/v1.45/info");
    request.limits.silence = 100ms;
    QCOMPARE(send(std::move(request)).error().kind, ErrorKind::NotAnswering);
}

void TestHttpClient::cancelActsWithin200Milliseconds()
{
    m_engine->addFault({.kind = Fault::Kind::Stall, .path = "/info"});
    std::promise<Result<Response>> promise;
    auto answer = promise.get_future();
    const Handle handle = m_client->send(
        get("/v1.45/info"), [&](Result<Response> result) { promise.set_value(std::move(result)); });
    QTRY_COMPARE(m_engine->connections(), 1);
    handle.cancel();
    QCOMPARE(answer.wait_for(test::within(200ms)), std::future_status::ready);
    QCOMPARE(answer.get().error().kind, ErrorKind::Cancelled);
    handle.cancel();
    QTRY_COMPARE(m_engine->connections(), 0);

    Collector collector;
    const Handle stream = m_client->stream(get("/v1.45/events"), collector.sink());
    QTRY_COMPARE(m_engine->eventListeners(), 1);
    QElapsedTimer timer;
    timer.start();
    stream.cancel();
    QCOMPARE(collector.waitEnd()->error().kind, ErrorKind::Cancelled);
    QVERIFY(timer.durationElapsed() < test::within(200ms));
}

void TestHttpClient::slowAnswerDisturbsNoOther()
{
    m_engine->addFault({.kind = Fault::Kind::Trickle, .path = "/info", .value = 1});
    std::atomic<bool> finished = false;
    const Handle slow =
        m_client->send(get("/v1.45/info"), [&](const Result<Response> &) { finished = true; });
    for (int i = 0; i < 50; ++i) {
        QVERIFY(send(get("/v1.45/containers/json?all=1")).has_value());
    }
    QVERIFY(!finished);
    slow.cancel();
    QTRY_VERIFY(finished);
}

void TestHttpClient::fileIsSentPieceByPiece()
{
    QFile file(m_folder->filePath(QStringLiteral("image.tar")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    constexpr qint64 size = 30'000'000;
    QVERIFY(file.resize(size));
    Request load = get("/v1.45/images/load");
    load.method = "POST";
    load.bodyFile = path("image.tar");
    load.contentType = "application/x-tar";
    int reports = 0;
    std::uint64_t last = 0;
    load.uploaded = [&](std::uint64_t sent, std::uint64_t total) {
        ++reports;
        last = sent == total ? sent : 0;
    };
    const auto answer = send(std::move(load));
    QVERIFY2(answer.has_value(), answer ? "" : answer.error().detail.c_str());
    QCOMPARE(answer->status, 200);
    QCOMPARE(m_engine->uploadedBytes(), std::uint64_t(size));
    QVERIFY(reports > 10);
    QCOMPARE(last, std::uint64_t(size));
}

void TestHttpClient::fileThatCannotBeSentFails()
{
    const auto kindOf = [this](const std::string &name) {
        Request load = get("/v1.45/images/load");
        load.method = "POST";
        load.bodyFile = name;
        return send(std::move(load)).error().kind;
    };
    QCOMPARE(kindOf(path("missing.tar")), ErrorKind::Io);
    QCOMPARE(kindOf(m_folder->path().toStdString()), ErrorKind::InvalidArgument);
    QCOMPARE(::mkfifo(path("pipe").c_str(), 0600), 0);
    QCOMPARE(kindOf(path("pipe")), ErrorKind::InvalidArgument);
    QVERIFY(m_engine->requests().empty());
}

void TestHttpClient::deadConnectionIsReplacedForQuestionsOnly()
{
    QVERIFY(send(get("/_ping")).has_value());
    m_engine->stop();
    QVERIFY(m_engine->start());
    QVERIFY(send(get("/_ping")).has_value());

    // An engine that dies over a change gets it once.
    m_engine->addFault({.kind = Fault::Kind::Cut, .path = "/start", .value = 0});
    Request start = get("/v1.45/containers/container-9/start");
    start.method = "POST";
    QCOMPARE(send(std::move(start)).error().kind, ErrorKind::ConnectionLost);
    const auto requests = m_engine->requests();
    QCOMPARE(std::ranges::count_if(
                 requests, [](const std::string &line) { return line.starts_with("POST"); }),
             1);
}

void TestHttpClient::callbacksMaySendAndCancel()
{
    std::promise<Result<Response>> promise;
    auto answer = promise.get_future();
    m_client->send(get("/_ping"), [&](const Result<Response> &first) {
        m_client->send(get("/v1.45/info"), [&, ok = first.has_value()](Result<Response> second) {
            const Handle third = m_client->send(get("/v1.45/events"), [&](Result<Response> result) {
                promise.set_value(std::move(result));
            });
            third.cancel();
            QVERIFY(ok && second.has_value());
        });
    });
    QCOMPARE(answer.wait_for(10s), std::future_status::ready);
    QCOMPARE(answer.get().error().kind, ErrorKind::Cancelled);
}

void TestHttpClient::destructorEndsEverythingOnce()
{
    m_engine->addFault({.kind = Fault::Kind::Stall, .path = "/info"});
    std::atomic<int> cancelled = 0;
    Handle handle;
    for (int i = 0; i < 20; ++i) {
        handle = m_client->send(get("/v1.45/info"), [&](const Result<Response> &result) {
            cancelled += !result && result.error().kind == ErrorKind::Cancelled ? 1 : 0;
        });
    }
    m_client.reset();
    QCOMPARE(cancelled.load(), 20);
    handle.cancel();
    handle.resume();
}

void TestHttpClient::requestsOfCallbacksAreEndedToo()
{
    m_engine->addFault({.kind = Fault::Kind::Stall, .path = "/info"});
    Client &client = *m_client; // reset() forgets it first
    std::vector<ErrorKind> ends;
    const auto keep = [&](const Result<Response> &result) {
        ends.push_back(result ? ErrorKind::Internal : result.error().kind);
    };
    // Cancelled by the destructor, it sends one that cannot be sent, and that one sends another.
    client.send(get("/v1.45/info"), [&](const Result<Response> &first) {
        keep(first);
        client.send(get("no path"), [&](const Result<Response> &second) {
            keep(second);
            client.send(get("/_ping"), keep);
        });
    });
    QTRY_COMPARE(m_engine->connections(), 1);
    m_client.reset();
    QCOMPARE(ends,
             (std::vector{ErrorKind::Cancelled, ErrorKind::InvalidArgument, ErrorKind::Cancelled}));
}

void TestHttpClient::manyRequestsAtOnceLeaveNothingBehind()
{
    const int before = openDescriptors();
    constexpr int count = 300;
    std::atomic<int> answered = 0;
    {
        Client client;
        for (int i = 0; i < count; ++i) {
            client.send(get("/v1.45/containers/json?all=1"), [&](const Result<Response> &result) {
                answered += result && result->status == 200 ? 1 : 0;
            });
        }
        QTRY_COMPARE(answered.load(), count);
    }
    QTRY_COMPARE(m_engine->connections(), 0);
    QCOMPARE(openDescriptors(), before);
}

} // namespace tst_http_client

ROADSTEAD_GUILESS_TEST(tst_http_client::TestHttpClient)
#include "tst_http_client.moc"
