// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/http/client.h"
#include "engine/http/endpoint.h"
#include "tests/support/await.h"
#include "tests/support/test_program/test_program.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

#include <algorithm>
#include <csignal>

namespace tst_http_endpoints {

using namespace roadstead;
using namespace roadstead::http;
using namespace std::chrono_literals;
using test::await;

namespace {

/// A program that answers every request with its own process id.
Program answering(const std::string &body)
{
    return {{"/bin/sh", "-c",
             "while read -r line; do case $line in *HTTP/1.1*) printf "
             "'HTTP/1.1 200 OK\\r\\nContent-Length: %d\\r\\n\\r\\n%s' \"$(printf %s \"" +
                 body + "\" | wc -c)\" \"" + body + "\";; esac; done"},
            {}};
}

} // namespace

/// Engines that are not at a unix socket: in the network, and behind a program.
class TestHttpEndpoints : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void placesThatAreNoneAreRefused_data();
    void placesThatAreNoneAreRefused();
    void requestsGoToAnAddressBelowItsPath();
    void nothingListensThere();
    void namesThatAreUnknownAreSaid();
    void programsCarryRequests();
    void programsAreToldApart();
    void programsGetTheirVariables();
    void programsHaveNoTerminal();
    void whatAProgramSaysIsTheReason();
    void programsThatAreMissingAreSaid();
    void programsEndWithTheClient();
    void upgradesGoThroughPrograms();

private:
    Result<Response> get(const Endpoint &endpoint)
    {
        Request request;
        request.endpoint = endpoint;
        request.target = "/v1.45/info";
        request.operation = "test";
        return await<Response>(
            [&](auto done) { m_client->send(std::move(request), std::move(done)); }, 30s);
    }

    std::unique_ptr<Client> m_client = std::make_unique<Client>();
};

void TestHttpEndpoints::placesThatAreNoneAreRefused_data()
{
    QTest::addColumn<Endpoint>("endpoint");
    QTest::addColumn<bool>("good");
    const auto row = [](const char *name, Endpoint endpoint, bool good) {
        QTest::newRow(name) << std::move(endpoint) << good;
    };
    row("a name", TcpAddress{.host = "engine.example", .port = 2375}, true);
    row("an IPv6 address", TcpAddress{.host = "fe80::1", .port = 2375}, true);
    row("a path", TcpAddress{.host = "h", .port = 1, .basePath = "/a/b"}, true);
    row("no host", TcpAddress{.host = "", .port = 2375}, false);
    row("no port", TcpAddress{.host = "h", .port = 0}, false);
    row("a user in the host", TcpAddress{.host = "me@h", .port = 1}, false);
    row("a path in the host", TcpAddress{.host = "h/x", .port = 1}, false);
    row("a bracket in the host", TcpAddress{.host = "[::1]", .port = 1}, false);
    row("an option for a host", TcpAddress{.host = "-h", .port = 1}, false);
    row("a query in the path", TcpAddress{.host = "h", .port = 1, .basePath = "/a?b"}, false);
    row("a line end in the path", TcpAddress{.host = "h", .port = 1, .basePath = "/a\r\nb"}, false);
    row("a path that begins nowhere", TcpAddress{.host = "h", .port = 1, .basePath = "a"}, false);
    row("a certificate without its key",
        TcpAddress{.host = "h", .port = 1, .tls = TlsFiles{.certificate = "/c"}}, false);
    row("a relative socket", UnixSocket{"run/docker.sock"}, false);
    row("no program", Program{}, false);
    row("a program without a name", Program{{""}, {}}, false);
    row("a word with a zero byte", Program{{"ssh", std::string("a\0b", 3)}, {}}, false);
}

void TestHttpEndpoints::placesThatAreNoneAreRefused()
{
    QFETCH(const Endpoint, endpoint);
    QFETCH(const bool, good);
    QCOMPARE(checkEndpoint(endpoint).has_value(), good);
}

void TestHttpEndpoints::requestsGoToAnAddressBelowItsPath()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    QByteArray seen;
    connect(&server, &QTcpServer::newConnection, this, [&] {
        QTcpSocket *socket = server.nextPendingConnection();
        connect(socket, &QTcpSocket::readyRead, this, [&seen, socket] {
            seen += socket->readAll();
            if (seen.contains("\r\n\r\n")) {
                socket->write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
            }
        });
    });
    const std::uint16_t port = server.serverPort();
    std::promise<Result<Response>> promise;
    Request request;
    request.endpoint = TcpAddress{.host = "127.0.0.1", .port = port, .basePath = "/engine/"};
    request.target = "/v1.45/info";
    m_client->send(std::move(request),
                   [&](Result<Response> reply) { promise.set_value(std::move(reply)); });
    auto future = promise.get_future();
    QTRY_COMPARE(future.wait_for(0s), std::future_status::ready);
    const auto reply = future.get();
    QVERIFY2(reply.has_value(), reply ? "" : reply.error().detail.c_str());
    QCOMPARE(reply->body, "ok");
    QVERIFY2(seen.startsWith("GET /engine/v1.45/info HTTP/1.1\r\n"), seen.constData());
    QVERIFY2(seen.contains("Host: 127.0.0.1:" + QByteArray::number(port) + "\r\n"),
             seen.constData());
}

void TestHttpEndpoints::nothingListensThere()
{
    std::uint16_t port = 0;
    {
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        port = server.serverPort();
    }
    const auto reply = get(TcpAddress{.host = "127.0.0.1", .port = port});
    QVERIFY(!reply.has_value());
    QCOMPARE(reply.error().kind, ErrorKind::Refused);
}

void TestHttpEndpoints::namesThatAreUnknownAreSaid()
{
    const auto reply = get(TcpAddress{.host = "no-such-host.invalid", .port = 2375});
    QVERIFY(!reply.has_value());
    QCOMPARE(reply.error().kind, ErrorKind::NameNotFound);
}

void TestHttpEndpoints::programsCarryRequests()
{
    const auto first = get(answering("$$"));
    QVERIFY2(first.has_value(), first ? "" : first.error().detail.c_str());
    QVERIFY(std::stoi(first->body) > 0);
    // A connection that is kept is the same program.
    const auto second = get(answering("$$"));
    QVERIFY(second.has_value());
    QCOMPARE(second->body, first->body);
}

void TestHttpEndpoints::programsAreToldApart()
{
    const auto one = get(answering("one"));
    const auto other = get(answering("other"));
    QVERIFY(one.has_value() && other.has_value());
    QCOMPARE(one->body, "one");
    QCOMPARE(other->body, "other");
}

void TestHttpEndpoints::programsGetTheirVariables()
{
    qputenv("ROADSTEAD_TEST_VARIABLE", "ours");
    Program program = answering("$ROADSTEAD_TEST_VARIABLE");
    program.environment = {"ROADSTEAD_TEST_VARIABLE=theirs"};
    const auto reply = get(program);
    qunsetenv("ROADSTEAD_TEST_VARIABLE");
    QVERIFY(reply.has_value());
    QCOMPARE(reply->body, "theirs");
}

void TestHttpEndpoints::programsHaveNoTerminal()
{
    const auto reply = get(answering("$( (: </dev/tty) 2>/dev/null && echo asks || echo silent)"));
    QVERIFY(reply.has_value());
    QCOMPARE(reply->body, "silent");
}

void TestHttpEndpoints::whatAProgramSaysIsTheReason()
{
    const auto reply =
        get(Program{{"/bin/sh", "-c", "echo 'No way to get there.' >&2; exit 3"}, {}});
    QVERIFY(!reply.has_value());
    QCOMPARE(reply.error().kind, ErrorKind::ConnectionLost);
    QCOMPARE(reply.error().detail, "No way to get there.");
    QCOMPARE(reply.error().operation, "test");
}

void TestHttpEndpoints::programsThatAreMissingAreSaid()
{
    const auto reply = get(Program{{"roadstead-no-such-program"}, {}});
    QVERIFY(!reply.has_value());
    QCOMPARE(reply.error().kind, ErrorKind::NotInstalled);
}

void TestHttpEndpoints::programsEndWithTheClient()
{
    // One that does not end with its input, nor when it is asked to.
    Program program = answering("$$");
    program.arguments.back() = "trap '' TERM; " + program.arguments.back() + "; sleep 600";
    const auto reply = get(program);
    QVERIFY(reply.has_value());
    const pid_t process = std::stoi(reply->body);
    QCOMPARE(::kill(process, 0), 0);
    m_client = std::make_unique<Client>();
    QCOMPARE(::kill(process, 0), -1);
}

void TestHttpEndpoints::upgradesGoThroughPrograms()
{
    const Program program{{"/bin/sh", "-c",
                           "while read -r line; do [ ${#line} -le 1 ] && break; done; "
                           "printf 'HTTP/1.1 101 UPGRADED\\r\\nConnection: Upgrade\\r\\n"
                           "Upgrade: tcp\\r\\n\\r\\n'; cat"},
                          {}};
    Request request;
    request.endpoint = program;
    request.method = "POST";
    request.target = "/v1.45/exec/x/start";
    std::string heard;
    const auto end = await<Response>(
        [&](auto done) {
            Sink sink;
            sink.data = [&heard](std::string_view bytes) {
                heard.append(bytes);
                return Flow::Continue;
            };
            sink.end = std::move(done);
            const std::string_view said = "said";
            Source once = [said](std::span<char> room) -> Result<Given> {
                std::ranges::copy(said, room.begin());
                return Given{.bytes = said.size(), .ended = true};
            };
            m_client->upgrade(std::move(request), std::move(once), std::move(sink));
        },
        30s);
    QVERIFY2(end.has_value(), end ? "" : end.error().detail.c_str());
    QCOMPARE(heard, "said");
}

} // namespace tst_http_endpoints

ROADSTEAD_GUILESS_TEST(tst_http_endpoints::TestHttpEndpoints)
#include "tst_http_endpoints.moc"
