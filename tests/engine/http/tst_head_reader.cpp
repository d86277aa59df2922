// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/http/head_reader.h"
#include "tests/support/test_program/test_program.h"

#include <QTest>

namespace tst_head_reader {

using namespace roadstead::http;
using namespace std::string_literals;

class TestHeadReader : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void headsAreReadOrRefused_data();
    void headsAreReadOrRefused();
    void headersAreFoundByLowerCaseName();
    void capHoldsOverAllLines();
    void trailersAreReadOver();
    void delimitedTellsWhetherTheEndIsAnnounced();
};

namespace {

/// Feeds line by line, as curl does.
bool read(HeadReader &reader, std::string_view text)
{
    while (!text.empty()) {
        const std::size_t newline = text.find('\n');
        const std::size_t length = newline == std::string_view::npos ? text.size() : newline + 1;
        if (!reader.line(text.substr(0, length))) {
            return false;
        }
        text.remove_prefix(length);
    }
    return true;
}

} // namespace

void TestHeadReader::headsAreReadOrRefused_data()
{
    QTest::addColumn<std::string>("head");
    QTest::addColumn<bool>("accepted");
    const auto row = [](const char *reason, const std::string &head, bool accepted) {
        QTest::newRow(reason) << head << accepted;
    };
    const std::string ok = "HTTP/1.1 200 OK\r\n";
    row("plain", ok + "Content-Length: 2\r\n\r\n", true);
    row("no reason phrase", "HTTP/1.1 200\r\n\r\n", true);
    row("empty reason phrase", "HTTP/1.1 200 \r\n\r\n", true);
    row("HTTP/1.0", "HTTP/1.0 200 OK\r\n\r\n", true);
    row("line feeds only", "HTTP/1.1 200 OK\nContent-Length: 2\n\n", true);
    row("interim first", "HTTP/1.1 100 Continue\r\n\r\n" + ok + "\r\n", true);
    row("value with bytes above ASCII", ok + "X: \xC3\xA9\r\n\r\n", true);
    row("two equal lengths", ok + "Content-Length: 2\r\nContent-Length: 2\r\n\r\n", false);
    row("length and chunked", ok + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n",
        false);
    row("chunked and length", ok + "Transfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n",
        false);
    row("chunked twice", ok + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n",
        false);
    row("coding that is unknown", ok + "Transfer-Encoding: gzip, chunked\r\n\r\n", false);
    row("negative length", ok + "Content-Length: -1\r\n\r\n", false);
    row("length with a plus", ok + "Content-Length: +1\r\n\r\n", false);
    row("length in a list", ok + "Content-Length: 1, 1\r\n\r\n", false);
    row("length beyond 64 bits", ok + "Content-Length: 99999999999999999999\r\n\r\n", false);
    row("empty length", ok + "Content-Length:\r\n\r\n", false);
    row("continued line", ok + "X: a\r\n b\r\n\r\n", false);
    row("space before the colon", ok + "Content-Length : 2\r\n\r\n", false);
    row("no colon", ok + "Content-Le\r\n\r\n", false);
    row("no name", ok + ": x\r\n\r\n", false);
    row("NUL in a value", ok + "X: a\0b\r\n\r\n"s, false);
    row("carriage return in a value", ok + "X: a\rb\r\n\r\n", false);
    row("HTTP/2 in clear", "HTTP/2 200 OK\r\n\r\n", false);
    row("HTTP/1.2", "HTTP/1.2 200 OK\r\n\r\n", false);
    row("two digits", "HTTP/1.1 20 OK\r\n\r\n", false);
    row("four digits", "HTTP/1.1 2000 OK\r\n\r\n", false);
    row("status 600", "HTTP/1.1 600 X\r\n\r\n", false);
    row("status 099", "HTTP/1.1 099 X\r\n\r\n", false);
    row("another protocol", "ICY 200 OK\r\n\r\n", false);
    row("switched without being asked", "HTTP/1.1 101 Switching\r\n\r\n", false);
    row("cut inside a line", ok + "Content-Le", false);
    std::string many;
    for (int i = 0; i < 101; ++i) {
        many += "HTTP/1.1 100 Continue\r\n\r\n";
    }
    row("endless interim answers", many + ok + "\r\n", false);
}

void TestHeadReader::headsAreReadOrRefused()
{
    QFETCH(std::string, head);
    QFETCH(bool, accepted);
    HeadReader reader;
    const bool whole = read(reader, head) && reader.complete();
    QCOMPARE(whole, accepted);
    QCOMPARE(reader.fault().empty(), accepted);
    if (accepted) {
        QCOMPARE(reader.response().status, 200);
    }
}

void TestHeadReader::headersAreFoundByLowerCaseName()
{
    HeadReader reader;
    QVERIFY(read(reader, "HTTP/1.1 200 OK\r\nAPI-Version: \t1.45 \r\nX:\r\n\r\n"));
    QCOMPARE(reader.response().header("api-version"), std::string_view("1.45"));
    QCOMPARE(reader.response().header("x"), std::string_view());
    QCOMPARE(reader.response().header("y"), std::string_view());
}

void TestHeadReader::capHoldsOverAllLines()
{
    HeadReader reader;
    QVERIFY(read(reader, "HTTP/1.1 200 OK\r\n"));
    const std::string line = "X: " + std::string(995, 'a') + "\r\n";
    std::size_t taken = 0;
    while (taken <= headCap && reader.line(line)) {
        taken += line.size();
    }
    QVERIFY(taken < headCap);
    QVERIFY(!reader.fault().empty());
}

void TestHeadReader::trailersAreReadOver()
{
    HeadReader reader;
    QVERIFY(read(reader, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"));
    QVERIFY(read(reader, "Content-Length: 5\r\nX: y\r\n\r\n"));
    QCOMPARE(reader.response().headers.size(), std::size_t(1));
}

void TestHeadReader::delimitedTellsWhetherTheEndIsAnnounced()
{
    const auto delimited = [](std::string_view head) {
        HeadReader reader;
        return read(reader, head) && reader.response().delimited;
    };
    QVERIFY(delimited("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
    QVERIFY(delimited("HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n"));
    QVERIFY(delimited("HTTP/1.1 304 Not Modified\r\n\r\n"));
    QVERIFY(!delimited("HTTP/1.1 200 OK\r\n\r\n"));
}

} // namespace tst_head_reader

ROADSTEAD_APPLESS_TEST(tst_head_reader::TestHeadReader)
#include "tst_head_reader.moc"
