// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/http/body_pipe.h"
#include "engine/http/upgrade_reader.h"
#include "tests/support/test_program/test_program.h"

#include <QTest>

#include <array>
#include <thread>

namespace tst_upgrade_reader {

using namespace roadstead;
using namespace roadstead::http;
using namespace std::string_literals;

namespace {

/// What a reader makes of bytes that come in pieces: "open:…" with what followed, "answer:STATUS:…"
/// with the body, or "refused" and "cut".
std::string readIn(const std::string &bytes, std::size_t piece)
{
    UpgradeReader reader;
    std::string taken;
    int opened = 0;
    for (std::size_t at = 0; at < bytes.size(); at += piece) {
        const auto fed = reader.feed(
            std::string_view(bytes).substr(at, piece), [&](const Response &) { ++opened; },
            [&](std::string_view data) { taken.append(data); });
        if (!fed) {
            return "refused";
        }
    }
    if (opened > 0) {
        return opened == 1 ? "open:" + taken : "opened twice";
    }
    const auto answer = reader.finish();
    return answer ? "answer:" + std::to_string(answer->status) + ":" + answer->body : "cut";
}

} // namespace

class TestUpgradeReader : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void answersAreUnderstood_data();
    void answersAreUnderstood();
    void longBodiesAreCapped();
    void pipeHandsOverInOrder();
    void pipeTakesNoMoreThanItHolds();
    void pipeEndsWithItsReader();
    void pipeGivesTheErrorOfItsWriter();
};

void TestUpgradeReader::answersAreUnderstood_data()
{
    QTest::addColumn<std::string>("bytes");
    QTest::addColumn<std::string>("expected");
    QTest::newRow("101") << "HTTP/1.1 101 UPGRADED\r\nUpgrade: tcp\r\n\r\nhello\r\n\r\nyou"s
                         << "open:hello\r\n\r\nyou"s;
    QTest::newRow("101 and nothing yet") << "HTTP/1.1 101 UPGRADED\r\n\r\n"s << "open:"s;
    QTest::newRow("200 of an older engine")
        << "HTTP/1.1 200 OK\r\nContent-Type: application/vnd.docker.raw-stream\r\n\r\nhello"s
        << "open:hello"s;
    QTest::newRow("an interim answer before")
        << "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 101 UPGRADED\r\n\r\nhello"s << "open:hello"s;
    QTest::newRow("200 with a length did not switch")
        << "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"s << "answer:200:{}"s;
    QTest::newRow("404 with a length")
        << "HTTP/1.1 404 Not Found\r\nContent-Length: 5\r\n\r\nwords"s << "answer:404:words"s;
    QTest::newRow("404 until the end") << "HTTP/1.1 404 Not Found\r\n\r\nwords"s
                                       << "answer:404:words"s;
    QTest::newRow("409 in chunks") << "HTTP/1.1 409 Conflict\r\nTransfer-Encoding: "
                                      "chunked\r\n\r\n3;x=y\r\nwor\r\n2 \r\nds\r\n0\r\n"
                                      "T: x\r\n\r\n"s
                                   << "answer:409:words"s;
    QTest::newRow("nothing") << ""s << "cut"s;
    QTest::newRow("cut in the head") << "HTTP/1.1 101 UPGRADED\r\nUpgr"s << "cut"s;
    QTest::newRow("cut in the body") << "HTTP/1.1 404 X\r\nContent-Length: 5\r\n\r\nwo"s << "cut"s;
    QTest::newRow("cut in a chunk")
        << "HTTP/1.1 404 X\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nwo"s << "cut"s;
    QTest::newRow("no last chunk")
        << "HTTP/1.1 404 X\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nwords\r\n"s << "cut"s;
    QTest::newRow("not HTTP") << "SSH-2.0-x\r\n"s << "refused"s;
    QTest::newRow("two lengths")
        << "HTTP/1.1 404 X\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\na"s << "refused"s;
    QTest::newRow("chunk size that is none")
        << "HTTP/1.1 404 X\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\nwords\r\n"s << "refused"s;
    QTest::newRow("chunk size beyond 64 bits")
        << "HTTP/1.1 404 X\r\nTransfer-Encoding: chunked\r\n\r\n10000000000000000\r\n"s
        << "refused"s;
    QTest::newRow("chunk that is longer than it says")
        << "HTTP/1.1 404 X\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nwords\r\n"s << "refused"s;
    QTest::newRow("endless head") << "HTTP/1.1 101 X\r\nA: " + std::string(300'000, 'a')
                                  << "refused"s;
    QTest::newRow("endless chunk line")
        << "HTTP/1.1 404 X\r\nTransfer-Encoding: chunked\r\n\r\n" + std::string(10'000, '0')
        << "refused"s;
}

void TestUpgradeReader::answersAreUnderstood()
{
    QFETCH(std::string, bytes);
    QFETCH(std::string, expected);
    for (const std::size_t piece : {std::size_t(1), std::size_t(3), std::size_t(1'000'000)}) {
        QCOMPARE(readIn(bytes, piece), expected);
    }
}

void TestUpgradeReader::longBodiesAreCapped()
{
    const std::string answer =
        readIn("HTTP/1.1 500 X\r\n\r\n" + std::string(3 * UpgradeReader::bodyCap, 'a'), 65536);
    QCOMPARE(answer.size(), "answer:500:"s.size() + UpgradeReader::bodyCap);
}

void TestUpgradeReader::pipeHandsOverInOrder()
{
    const BodyPipe pipe(7);
    std::string expected;
    for (int i = 0; i < 2000; ++i) {
        expected += std::to_string(i) + ",";
    }
    std::thread writer([&] {
        for (std::size_t at = 0; at < expected.size(); at += 11) {
            static_cast<void>(pipe.write(std::string_view(expected).substr(at, 11)));
        }
        pipe.finish();
    });
    Source source = pipe.source();
    std::string got;
    std::array<char, 5> room{};
    for (bool ended = false; !ended;) {
        const auto given = source(room);
        if (!given) {
            break;
        }
        got.append(room.data(), given->bytes);
        ended = given->ended;
        std::this_thread::yield();
    }
    writer.join();
    QCOMPARE(got, expected);
}

void TestUpgradeReader::pipeTakesNoMoreThanItHolds()
{
    const BodyPipe pipe(4);
    int woken = 0;
    int rooms = 0;
    pipe.setWake([&] { ++woken; });
    pipe.setRoom([&] { ++rooms; });
    Source source = pipe.source();
    std::array<char, 8> room{};
    QCOMPARE(source(room)->bytes, std::size_t(0)); // nothing yet, and no end
    QVERIFY(!source(room)->ended);
    QCOMPARE(pipe.offer("abcdef"), std::size_t(4));
    QCOMPARE(pipe.offer("ef"), std::size_t(0));
    QCOMPARE(woken, 2);
    QCOMPARE(source(room)->bytes, std::size_t(4));
    QCOMPARE(rooms, 1);
    QCOMPARE(pipe.offer("ef"), std::size_t(2));
    pipe.finish();
    QCOMPARE(pipe.offer("g"), std::size_t(0));
    const auto last = source(room);
    QCOMPARE(last->bytes, std::size_t(2));
    QVERIFY(last->ended);
}

void TestUpgradeReader::pipeEndsWithItsReader()
{
    const BodyPipe pipe(4);
    {
        const Source source = pipe.source();
        QVERIFY(!pipe.isClosed());
    }
    QVERIFY(pipe.isClosed());
    QVERIFY(!pipe.write("anything at all"));
    QCOMPARE(pipe.offer("x"), std::size_t(0));
}

void TestUpgradeReader::pipeGivesTheErrorOfItsWriter()
{
    const BodyPipe pipe(4);
    Source source = pipe.source();
    pipe.fail(Error{ErrorKind::Io, 5, "/file", "read"});
    std::array<char, 8> room{};
    QCOMPARE(source(room).error().kind, ErrorKind::Io);
    QVERIFY(!pipe.write("x"));
}

} // namespace tst_upgrade_reader

ROADSTEAD_APPLESS_TEST(tst_upgrade_reader::TestUpgradeReader)
#include "tst_upgrade_reader.moc"
