// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/reference/numbers.h"
#include "tests/support/test_program/test_program.h"

#include <QTest>

namespace tst_numbers {

using namespace roadstead;
using namespace roadstead::reference;
using namespace std::chrono_literals;
using namespace std::string_literals;

class TestNumbers : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void integersAreRead_data();
    void integersAreRead();
    void durationsAreRead_data();
    void durationsAreRead();
    void durationsAreWrittenShort_data();
    void durationsAreWrittenShort();
    void processorsAreRead_data();
    void processorsAreRead();
    void writtenProcessorsReadBack();
};

void TestNumbers::integersAreRead_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<bool>("isDecimal");
    QTest::addColumn<bool>("isAnyBase");
    QTest::addColumn<qint64>("value");
    const auto row = [](const char *text, bool decimal, bool any, qint64 value) {
        QTest::newRow(text) << std::string(text) << decimal << any << value;
    };
    row("0", true, true, 0);
    row("-9223372036854775808", true, true, INT64_MIN);
    row("9223372036854775807", true, true, INT64_MAX);
    row("9223372036854775808", false, false, 0);
    row("-9223372036854775809", false, false, 0);
    row("+5", true, true, 5);
    row("--5", false, false, 0);
    row("0x1F", false, true, 31);
    row("0b11", false, true, 3);
    row("0o17", false, true, 15);
    row("017", true, true, 15);
    row("1_000", false, true, 1000);
    row("_1", false, false, 0);
    row("1_", false, false, 0);
    row("0x", false, false, 0);
    row("0x-1", false, false, 0);
    row(" 1", false, false, 0);
    row("", false, false, 0);
}

void TestNumbers::integersAreRead()
{
    QFETCH(std::string, text);
    QFETCH(bool, isDecimal);
    QFETCH(bool, isAnyBase);
    QFETCH(qint64, value);
    QCOMPARE(parseInteger(text).has_value(), isDecimal);
    QCOMPARE(parseAnyBase(text).has_value(), isAnyBase);
    if (isAnyBase) {
        QCOMPARE(*parseAnyBase(text), value);
    }
}

void TestNumbers::durationsAreRead_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<bool>("isTaken");
    QTest::addColumn<qint64>("nanoseconds");
    const auto row = [](const char *text, bool taken, qint64 nanoseconds) {
        QTest::newRow(text) << std::string(text) << taken << nanoseconds;
    };
    row("0", true, 0);
    row("1h30m", true, 5'400'000'000'000);
    row("1.5s", true, 1'500'000'000);
    row(".5s", true, 500'000'000);
    row("1.s", true, 1'000'000'000);
    row("-2ms", true, -2'000'000);
    row("+2us", true, 2'000);
    row("3\u00b5s", true, 3'000);
    row("0.1s", true, 100'000'000);
    row("0.3ns", true, 0);
    row("2562047h47m16.854775807s", true, INT64_MAX);
    row("2562048h", false, 0);
    row("99999999999999999999s", false, 0);
    row("1", false, 0);
    row("s", false, 0);
    row(".s", false, 0);
    row("1d", false, 0);
    row("1 s", false, 0);
    row("", false, 0);
    row("-", false, 0);
}

void TestNumbers::durationsAreRead()
{
    QFETCH(std::string, text);
    QFETCH(bool, isTaken);
    QFETCH(qint64, nanoseconds);
    const auto read = parseDuration(text);
    QCOMPARE(read.has_value(), isTaken);
    if (isTaken) {
        QCOMPARE(qint64(read->count()), nanoseconds);
        QCOMPARE(parseDuration(durationText(*read)), read);
    }
}

void TestNumbers::durationsAreWrittenShort_data()
{
    QTest::addColumn<qint64>("nanoseconds");
    QTest::addColumn<std::string>("text");
    QTest::newRow("nothing") << qint64(0) << "0s"s;
    QTest::newRow("nanoseconds") << qint64(7) << "7ns"s;
    QTest::newRow("microseconds") << qint64(1'500) << "1.5us"s;
    QTest::newRow("milliseconds") << qint64(250'000'000) << "250ms"s;
    QTest::newRow("seconds") << qint64(90'500'000'000) << "1m30.5s"s;
    QTest::newRow("hours") << qint64(5'400'000'000'000) << "1h30m0s"s;
    QTest::newRow("below zero") << qint64(-1'000'000'000) << "-1s"s;
    QTest::newRow("the smallest") << qint64(INT64_MIN) << "-2562047h47m16.854775808s"s;
}

void TestNumbers::durationsAreWrittenShort()
{
    QFETCH(qint64, nanoseconds);
    QFETCH(std::string, text);
    QCOMPARE(durationText(std::chrono::nanoseconds(nanoseconds)), text);
    QCOMPARE(parseDuration(text)->count(), nanoseconds);
}

void TestNumbers::processorsAreRead_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<bool>("isTaken");
    QTest::addColumn<qint64>("billionths");
    const auto row = [](const char *text, bool taken, qint64 billionths) {
        QTest::newRow(text) << std::string(text) << taken << billionths;
    };
    row("1", true, 1'000'000'000);
    row("1.5", true, 1'500'000'000);
    row(".5", true, 500'000'000);
    row("0.000000001", true, 1);
    row("0.0000000001", false, 0);
    row("1e-3", true, 1'000'000);
    row("1E1", true, 10'000'000'000);
    row("3/2", true, 1'500'000'000);
    row("1/3", false, 0);
    row("1/0", false, 0);
    row("-1", true, -1'000'000'000);
    row("9223372036", true, 9'223'372'036'000'000'000);
    row("9223372037", false, 0);
    row("1e99", false, 0);
    row("1e-99", false, 0);
    row("0e99", true, 0);
    row("1e", false, 0);
    row(".", false, 0);
    row("abc", false, 0);
    row("", false, 0);
    row("99999999999999999999999999999999999999999999", false, 0);
}

void TestNumbers::processorsAreRead()
{
    QFETCH(std::string, text);
    QFETCH(bool, isTaken);
    QFETCH(qint64, billionths);
    const auto read = parseProcessors(text);
    QCOMPARE(read.has_value(), isTaken);
    if (isTaken) {
        QCOMPARE(qint64(*read), billionths);
    }
}

void TestNumbers::writtenProcessorsReadBack()
{
    for (const std::int64_t value :
         {std::int64_t(1), std::int64_t(1'500'000'000), INT64_MAX, -INT64_MAX, std::int64_t(0)}) {
        QCOMPARE(parseProcessors(processorsText(value)), Result<std::int64_t>(value));
    }
}

} // namespace tst_numbers

ROADSTEAD_GUILESS_TEST(tst_numbers::TestNumbers)
#include "tst_numbers.moc"
