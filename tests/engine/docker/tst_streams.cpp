// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/docker/log_decoder.h"
#include "engine/docker/object_stream.h"
#include "engine/docker/progress.h"
#include "tests/support/test_program/test_program.h"

#include <QTest>

namespace tst_streams {

using namespace roadstead;
using namespace roadstead::docker;
using namespace std::string_literals;

namespace {

std::string frame(char type, const std::string &payload, std::size_t announced)
{
    std::string bytes{type, '\0', '\0', '\0'};
    for (const unsigned shift : {24U, 16U, 8U, 0U}) {
        bytes.push_back(static_cast<char>((announced >> shift) & 0xFFU));
    }
    return bytes + payload;
}

std::string frame(char type, const std::string &payload)
{
    return frame(type, payload, payload.size());
}

/// What came out, streams marked with 'o' and 'e'.
struct Decoded
{
    std::string text;
    std::size_t largest = 0;
    std::optional<Error> error;
};

Decoded decode(const std::string &bytes, std::size_t chunk, bool tty = false)
{
    Decoded decoded;
    LogDecoder decoder(tty);
    const auto receive = [&](LogStream stream, std::string_view payload) {
        decoded.text += stream == LogStream::Stderr ? 'e' : 'o';
        decoded.text += payload;
        decoded.largest = std::max(decoded.largest, payload.size());
    };
    for (std::size_t at = 0; at < bytes.size(); at += chunk) {
        if (const auto fed = decoder.feed(std::string_view(bytes).substr(at, chunk), receive);
            !fed) {
            decoded.error = fed.error();
            return decoded;
        }
    }
    if (const auto whole = decoder.finish(); !whole) {
        decoded.error = whole.error();
    }
    return decoded;
}

} // namespace

/// The streams that are taken apart: logs, events, progress.
class TestStreams : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void framesComeOutInEveryChunking();
    void faultyFramesAreSaid();
    void announcedLengthDoesNotGrowMemory();
    void terminalStreamIsPassedThrough();
    void objectsAreCutOutInEveryChunking();
    void objectStreamRefusesWhatIsNoObject();
    void progressThatFailedIsAFailure_data();
    void progressThatFailedIsAFailure();
};

void TestStreams::framesComeOutInEveryChunking()
{
    const std::string bytes = frame(1, "out\n") + frame(2, "err\n") + frame(1, "") + frame(0, "in");
    for (const std::size_t chunk : {1UL, 2UL, 3UL, 7UL, 8UL, 9UL, 1000UL}) {
        const Decoded decoded = decode(bytes, chunk);
        QCOMPARE(decoded.text, "oout\neerr\noin"s);
        QVERIFY(!decoded.error);
    }
}

void TestStreams::faultyFramesAreSaid()
{
    for (const std::size_t chunk : {1UL, 5UL, 1000UL}) {
        QCOMPARE(decode(frame(1, "a") + frame(4, "x"), chunk).error->kind,
                 ErrorKind::MalformedReply);
        const Decoded failed = decode(frame(3, "engine says"), chunk);
        QCOMPARE(failed.error->kind, ErrorKind::EngineFailed);
        QCOMPARE(failed.error->detail, "engine says"s);
        const Decoded cut = decode(frame(1, "whole") + frame(1, "abc", 0xffffffffU), chunk);
        QCOMPARE(cut.text, "owhole"s);
        QCOMPARE(cut.error->kind, ErrorKind::ConnectionLost);
        QCOMPARE(decode(std::string(7, '\x01'), chunk).error->kind, ErrorKind::ConnectionLost);
    }
}

void TestStreams::announcedLengthDoesNotGrowMemory()
{
    const std::string payload(300'000, 'x');
    for (const std::size_t chunk : {1000UL, 65'536UL, 400'000UL}) {
        const Decoded decoded = decode(frame(1, payload), chunk);
        QVERIFY(!decoded.error);
        QCOMPARE(decoded.largest, std::size_t(65'536));
        QCOMPARE(std::ranges::count(decoded.text, 'x'), 300'000);
    }
}

void TestStreams::terminalStreamIsPassedThrough()
{
    QCOMPARE(decode("\x01\x02 raw", 100, true).text, "o\x01\x02 raw"s);
}

void TestStreams::objectsAreCutOutInEveryChunking()
{
    const std::string bytes = "{\"a\":\"}{\\\"\"}\r\n{}{\"b\":{\"c\":[1]}}\n\n";
    for (std::size_t chunk = 1; chunk <= bytes.size(); ++chunk) {
        ObjectStream stream;
        std::vector<std::string> objects;
        for (std::size_t at = 0; at < bytes.size(); at += chunk) {
            QVERIFY(stream.feed(std::string_view(bytes).substr(at, chunk), [&](std::string_view o) {
                objects.emplace_back(o);
                return true;
            }));
        }
        QVERIFY(stream.finish());
        QCOMPARE(objects,
                 (std::vector<std::string>{"{\"a\":\"}{\\\"\"}", "{}", "{\"b\":{\"c\":[1]}}"}));
    }
}

void TestStreams::objectStreamRefusesWhatIsNoObject()
{
    const auto take = [](std::string_view) { return true; };
    for (const char *text : {"[1]", "hello", "{}x", "5"}) {
        ObjectStream stream;
        QVERIFY2(!stream.feed(text, take), text);
    }
    ObjectStream endless;
    QVERIFY(endless.feed("{\"a\":\"", take));
    const std::string piece(1'000'000, 'x');
    int taken = 0;
    while (taken < 10 && endless.feed(piece, take)) {
        ++taken;
    }
    QCOMPARE(taken, 4);
    ObjectStream cut;
    QVERIFY(cut.feed("{} {\"a\":", take));
    QCOMPARE(cut.finish().error().kind, ErrorKind::ConnectionLost);
}

void TestStreams::progressThatFailedIsAFailure_data()
{
    QTest::addColumn<std::string>("body");
    QTest::addColumn<std::optional<ErrorKind>>("fault");
    QTest::addColumn<std::string>("text");
    const std::optional<ErrorKind> none;
    const auto row = [](const char *reason, const std::string &body,
                        const std::optional<ErrorKind> &fault, const std::string &text) {
        QTest::newRow(reason) << body << fault << text;
    };
    row("printed lines", R"({"stream":"Loaded image: a\n"}{"stream":"b\n"})", none,
        "Loaded image: a\nb\n");
    row("last status", R"({"status":"one"}{"status":"two","id":"x"})", none, "two");
    row("nothing", "", ErrorKind::ConnectionLost, "the engine said nothing");
    row("only space", "\r\n", ErrorKind::ConnectionLost, "the engine said nothing");
    row("error", R"({"status":"a"}{"error":"boom"})", ErrorKind::EngineFailed, "boom");
    row("error detail", R"({"errorDetail":{"message":"boom"},"error":"x"})",
        ErrorKind::EngineFailed, "boom");
    row("empty error detail", R"({"errorDetail":{}})", ErrorKind::EngineFailed, "");
    row("good after error", R"({"error":"boom"}{"status":"fine"})", ErrorKind::EngineFailed,
        "boom");
    row("full disk", R"({"error":"x: no space left on device"})", ErrorKind::DiskFull,
        "x: no space left on device");
    row("unauthorised", R"({"errorDetail":{"code":401,"message":"who"}})", ErrorKind::Unauthorized,
        "who");
    row("garbage", "<html>", ErrorKind::MalformedReply, "the stream is not one of objects");
    row("cut", R"({"status":"a"}{"sta)", ErrorKind::ConnectionLost,
        "the stream was cut inside an object");
}

void TestStreams::progressThatFailedIsAFailure()
{
    QFETCH(std::string, body);
    QFETCH(std::optional<ErrorKind>, fault);
    QFETCH(std::string, text);
    for (const std::size_t chunk : {1UL, 3UL, 1000UL}) {
        ProgressReader reader;
        for (std::size_t at = 0; at < body.size(); at += chunk) {
            reader.feed(std::string_view(body).substr(at, chunk), {});
        }
        const auto verdict = reader.finish();
        QCOMPARE(verdict.has_value(), !fault.has_value());
        if (verdict) {
            QCOMPARE(*verdict, text);
        } else {
            QCOMPARE(verdict.error().kind, *fault);
            QCOMPARE(verdict.error().detail, text);
        }
    }
}

} // namespace tst_streams

ROADSTEAD_APPLESS_TEST(tst_streams::TestStreams)
#include "tst_streams.moc"
