// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/json/tree.h"
#include "tests/support/test_program/test_program.h"

#include <QTest>

namespace tst_json_tree {

using namespace roadstead;
using namespace std::string_literals;

/// Reading and writing JSON files of other programs.
class TestJsonTree : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void whatIsReadIsWrittenBack_data();
    void whatIsReadIsWrittenBack();
    void whatIsNoJsonIsRefused_data();
    void whatIsNoJsonIsRefused();
    void theRestCanBeLeft();
    void namesAreFoundLikeGoDoes();
    void wholeNumbersAreRead();
    void textIsEscapedLikeGoDoes();
    void linesAreIndentedByTabs();
    void depthIsLimited();
};

void TestJsonTree::whatIsReadIsWrittenBack_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("scalars") << QByteArray(R"([null,true,false,"x",0,-1,18446744073709551615])");
    QTest::newRow("a number's own form") << QByteArray("[1.50,1e5,0.1]");
    QTest::newRow("a name twice") << QByteArray(R"({"a":1,"b":2,"a":3})");
    QTest::newRow("empty") << QByteArray(R"({"a":{},"b":[],"":""})");
    QTest::newRow("nested") << QByteArray(R"({"a":[{"b":[[]]},{}],"c":{"d":{"e":"f"}}})");
}

void TestJsonTree::whatIsReadIsWrittenBack()
{
    QFETCH(QByteArray, text);
    const auto value = json::parse(text.toStdString(), "test");
    QVERIFY(value.has_value());
    QCOMPARE(json::compact(*value), text.toStdString());
}

void TestJsonTree::whatIsNoJsonIsRefused_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("byte-order mark") << QByteArray("\xEF\xBB\xBF{}");
    QTest::newRow("comment") << QByteArray("// c\n{}");
    QTest::newRow("more than one value") << QByteArray("{} {}");
    QTest::newRow("cut") << QByteArray(R"({"a":[1)");
    QTest::newRow("comma at the end") << QByteArray("[1,]");
    QTest::newRow("single quotes") << QByteArray("{'a':1}");
    QTest::newRow("zero") << QByteArray("{}\0", 3);
}

void TestJsonTree::whatIsNoJsonIsRefused()
{
    QFETCH(QByteArray, text);
    const auto value = json::parse(text.toStdString(), "the file");
    QVERIFY(!value);
    QCOMPARE(value.error().kind, ErrorKind::MalformedReply);
    QVERIFY(value.error().detail.starts_with("the file"));
}

void TestJsonTree::theRestCanBeLeft()
{
    QVERIFY(!json::parse("{} rubbish", "test"));
    QVERIFY(json::parse("{} rubbish", "test", json::Rest::Ignored));
    QVERIFY(!json::parse("rubbish {}", "test", json::Rest::Ignored));
}

void TestJsonTree::namesAreFoundLikeGoDoes()
{
    const auto value = json::parse(R"({"Auths":1,"auths":2,"AUTHS":3,"other":4})", "test");
    std::string seen;
    value->forEachNamed("auths", [&seen](const json::Value &one) { seen += one.characters(); });
    QCOMPARE(seen, "123"s);
    QCOMPARE(value->find("auths")->characters(), "2"s);
    QVERIFY(value->find("others") == nullptr);
    QVERIFY(value->find("other")->find("x") == nullptr); // no object: nothing found in it
}

void TestJsonTree::wholeNumbersAreRead()
{
    const auto integer = [](const char *text) { return json::parse(text, "test")->integer(); };
    QCOMPARE(integer("12"), 12);
    QCOMPARE(integer("-9223372036854775808"), std::numeric_limits<std::int64_t>::min());
    QCOMPARE(integer("2.0"), 2);
    QCOMPARE(integer("1e3"), 1000);
    QVERIFY(!integer("9223372036854775808"));
    QVERIFY(!integer("1.5"));
    QVERIFY(!integer("1e300"));
    QVERIFY(!integer("\"12\""));
}

void TestJsonTree::textIsEscapedLikeGoDoes()
{
    QCOMPARE(json::quotedText("a\"\\/\n\r\t\b\f\x01<>&"),
             R"("a\"\\/\n\r\t\b\f\u0001\u003c\u003e\u0026")"s);
    QCOMPARE(json::quotedText("ü\u2028\u2029\u2030"), "\"ü\\u2028\\u2029\u2030\""s);
    QCOMPARE(json::quotedText("\xE2"), "\"\xE2\""s);
}

void TestJsonTree::linesAreIndentedByTabs()
{
    const auto value = json::parse(R"({"a":{"b":[1,2],"c":{}},"d":[]})", "test");
    QCOMPARE(
        json::indented(*value),
        "{\n\t\"a\": {\n\t\t\"b\": [\n\t\t\t1,\n\t\t\t2\n\t\t],\n\t\t\"c\": {}\n\t},\n\t\"d\": []\n}"s);
}

void TestJsonTree::depthIsLimited()
{
    const auto nested = [](std::size_t depth) {
        return json::parse(std::string(depth, '[') + std::string(depth, ']'), "test").has_value();
    };
    QVERIFY(nested(64));
    QVERIFY(!nested(65));
    QVERIFY(!nested(1'000'000));
}

} // namespace tst_json_tree

ROADSTEAD_GUILESS_TEST(tst_json_tree::TestJsonTree)
#include "tst_json_tree.moc"
