// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/clock.h"
#include "engine/base/file_descriptor.h"
#include "engine/base/ids.h"
#include "engine/base/random.h"
#include "engine/base/rfc3339.h"
#include "engine/base/units.h"
#include "tests/support/test_program/test_program.h"

#include <QTest>

#include <limits>

#include <fcntl.h>
#include <unistd.h>

namespace tst_base_values {

using namespace roadstead;
using namespace std::chrono_literals;
using namespace std::string_literals;

class TestBaseValues : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void sizesAreWrittenAsTheCliDoes();
    void sizesAreReadAsTheCliDoes();
    void durationsAreWrittenAsTheCliDoes();
    void datesAreRead_data();
    void datesAreRead();
    void idsAreShortened();
    void descriptorIsClosedOnce();
    void randomBytesDiffer();
    void clockGoesForward();
};

void TestBaseValues::sizesAreWrittenAsTheCliDoes()
{
    QCOMPARE(decimalSize(0), "0B"s);
    QCOMPARE(decimalSize(999), "999B"s);
    QCOMPARE(decimalSize(1000), "1kB"s);
    QCOMPARE(decimalSize(133'000'000), "133MB"s);
    QCOMPARE(decimalSize(1'234'567, 3), "1.23MB"s);
    QCOMPARE(binarySize(1536), "1.5KiB"s);
    QCOMPARE(binarySize(1024.0 * 1024 * 1024), "1GiB"s);
    for (const std::int64_t bytes : {0LL, -1LL, 1LL, 1000LL, 1024LL, 1536LL << 20, 3LL << 30}) {
        QCOMPARE(parseBinarySize(exactBinarySize(bytes)).value_or(bytes), bytes);
    }
    QCOMPARE(exactBinarySize(1536LL << 20), "1536m"s);
    QCOMPARE(exactBinarySize(2LL << 30), "2g"s);
    QCOMPARE(exactBinarySize(1000), "1000"s);
}

void TestBaseValues::sizesAreReadAsTheCliDoes()
{
    QCOMPARE(parseBinarySize("512m").value(), 512LL << 20);
    QCOMPARE(parseBinarySize("1.5GiB").value(), 3LL << 29);
    QCOMPARE(parseDecimalSize("32.5 kB").value(), 32'500);
    for (const char *refused : {"", "m", "-1", "1x", "12kk", "1..m", "1mbb", "+-5", "1 2 "}) {
        QVERIFY2(!parseBinarySize(refused), refused);
        QCOMPARE(parseBinarySize(refused).error().kind, ErrorKind::InvalidArgument);
    }
    QVERIFY(parseBinarySize("9999999999g").value() < 0);
}

void TestBaseValues::durationsAreWrittenAsTheCliDoes()
{
    QCOMPARE(durationWords(-1s), "Less than a second"s);
    QCOMPARE(durationWords(999ms), "Less than a second"s);
    QCOMPARE(durationWords(1s), "1 second"s);
    QCOMPARE(durationWords(59s), "59 seconds"s);
    QCOMPARE(durationWords(119s), "About a minute"s);
    QCOMPARE(durationWords(89min), "About an hour"s);
    QCOMPARE(durationWords(90min), "2 hours"s);
    QCOMPARE(durationWords(47h), "47 hours"s);
    QCOMPARE(durationWords(48h), "2 days"s);
    QCOMPARE(durationWords(24h * 14), "2 weeks"s);
    QCOMPARE(durationWords(24h * 60), "2 months"s);
    QCOMPARE(durationWords(24h * 365 * 2 - 1h), "24 months"s);
    QCOMPARE(durationWords(24h * 365 * 2), "2 years"s);
    QCOMPARE(durationWords(std::chrono::nanoseconds::max()), "292 years"s);
}

void TestBaseValues::datesAreRead_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<bool>("valid");
    QTest::addColumn<qint64>("nanoseconds");
    QTest::newRow("whole second") << "1970-01-01T00:00:01Z"s << true << qint64(1'000'000'000);
    QTest::newRow("engine's form")
        << "2024-01-02T03:04:05.123456789Z"s << true << qint64(1'704'164'645'123'456'789);
    QTest::newRow("offset") << "2024-01-02T04:04:05+01:00"s << true
                            << qint64(1'704'164'645'000'000'000);
    QTest::newRow("before the epoch") << "1969-12-31T23:59:59Z"s << true << qint64(-1'000'000'000);
    QTest::newRow("finer than nanoseconds")
        << "1970-01-01T00:00:00.0000000019Z"s << true << qint64(1);
    QTest::newRow("never") << "0001-01-01T00:00:00Z"s << false << qint64(0);
    QTest::newRow("no such day") << "2023-02-29T00:00:00Z"s << false << qint64(0);
    QTest::newRow("no zone") << "2024-01-02T03:04:05"s << false << qint64(0);
    QTest::newRow("rubbish behind") << "2024-01-02T03:04:05Zx"s << false << qint64(0);
    QTest::newRow("empty fraction") << "2024-01-02T03:04:05.Z"s << false << qint64(0);
    QTest::newRow("empty") << ""s << false << qint64(0);
}

void TestBaseValues::datesAreRead()
{
    QFETCH(std::string, text);
    QFETCH(bool, valid);
    QFETCH(qint64, nanoseconds);
    const auto read = parseRfc3339(text);
    QCOMPARE(read.has_value(), valid);
    if (read) {
        QCOMPARE(read->nanoseconds, nanoseconds);
    }
}

void TestBaseValues::idsAreShortened()
{
    QCOMPARE(shortId("sha256:0123456789abcdef"), "0123456789ab"s);
    QCOMPARE(shortId("abc"), "abc"s);
    QVERIFY(isFullId(std::string(64, 'a')));
    QVERIFY(!isFullId(std::string(64, 'A')));
    QVERIFY(!isFullId(std::string(63, 'a')));
}

void TestBaseValues::descriptorIsClosedOnce()
{
    int raw = -1;
    {
        FileDescriptor first(::open("/dev/null", O_RDONLY | O_CLOEXEC));
        raw = first.get();
        QVERIFY(first.isOpen());
        const FileDescriptor second = std::move(first);
        QCOMPARE(second.get(), raw);
        QCOMPARE(::fcntl(raw, F_GETFD), FD_CLOEXEC);
    }
    QCOMPARE(::fcntl(raw, F_GETFD), -1);
}

void TestBaseValues::randomBytesDiffer()
{
    const auto first = randomHex(16);
    const auto second = randomHex(16);
    QVERIFY(first && second);
    QCOMPARE(first->size(), std::size_t(32));
    QVERIFY(*first != *second);
    std::string secret = "hunter2";
    wipe(secret);
    QVERIFY(secret.empty());
}

void TestBaseValues::clockGoesForward()
{
    const auto before = systemClock().steadyNow();
    QVERIFY(systemClock().steadyNow() >= before);
    QVERIFY(systemClock().wallNow().time_since_epoch() > 0s);
}

} // namespace tst_base_values

ROADSTEAD_APPLESS_TEST(tst_base_values::TestBaseValues)
#include "tst_base_values.moc"
