// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/test_program/test_program.h"
#include "ui/pages/containers/details_text.h"
#include "ui/pages/pretty_json.h"

#include <QTest>

namespace tst_details_text {

using namespace roadstead::ui;

class DetailsTextTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void secretsAreKnownByNameOrValue_data();
    void secretsAreKnownByNameOrValue();
    void exposureFollowsTheAddress();
    void exitsNameTheirSignal();
    void jsonKeepsOrderNumbersAndStrings();
    void brokenJsonIsShownAsItIs();
    void longJsonIsCut();
};

void DetailsTextTest::secretsAreKnownByNameOrValue_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<bool>("secret");
    const auto row = [](const char *why, const char *name, const char *value, bool secret) {
        QTest::newRow(why) << QByteArray(name) << QByteArray(value) << secret;
    };
    row("key", "API_KEY", "x", true);
    row("lower case", "db_password", "x", true);
    row("secret", "JWT_SECRET", "x", true);
    row("token", "GH_TOKEN", "", true);
    row("url with password", "DATABASE_URL", "postgres://u:p@db/x", true);
    row("url without password", "BASE_URL", "https://example.org/a:b@c", false);
    row("url with user only", "REMOTE", "ssh://git@host/x", false);
    row("key in the middle", "KEYBOARD", "us", false);
    row("plain", "NODE_ENV", "production", false);
}

void DetailsTextTest::secretsAreKnownByNameOrValue()
{
    QFETCH(const QByteArray, name);
    QFETCH(const QByteArray, value);
    QFETCH(const bool, secret);
    QCOMPARE(looksSecret(name.toStdString(), value.toStdString()), secret);
}

void DetailsTextTest::exposureFollowsTheAddress()
{
    QCOMPARE(exposureOf({"0.0.0.0", 80, 8080, "tcp"}), Exposure::OtherComputers);
    QCOMPARE(exposureOf({"::", 80, 8080, "tcp"}), Exposure::OtherComputers);
    QCOMPARE(exposureOf({"", 80, 8080, "tcp"}), Exposure::OtherComputers);
    QCOMPARE(exposureOf({"127.0.0.1", 80, 8080, "tcp"}), Exposure::ThisComputerOnly);
    QCOMPARE(exposureOf({"::1", 80, 8080, "tcp"}), Exposure::ThisComputerOnly);
    QCOMPARE(exposureOf({"", 80, 0, "tcp"}), Exposure::ItsNetworksOnly);
}

void DetailsTextTest::exitsNameTheirSignal()
{
    QCOMPARE(exitText(0, false), QString("0"));
    QCOMPARE(exitText(137, false), QString("137, by SIGKILL"));
    QCOMPARE(exitText(137, true), QString("137, out of memory"));
    QCOMPARE(exitText(143, false), QString("143, by SIGTERM"));
    QCOMPARE(exitText(250, false), QString("250"));
}

void DetailsTextTest::jsonKeepsOrderNumbersAndStrings()
{
    const std::string json = "{\"b\":1.0e400,\"a\":[\"x, {y}\",{}, []],\"s\":\"q\\\"\"}";
    const std::string pretty = "{\n  \"b\": 1.0e400,\n  \"a\": [\n    \"x, {y}\",\n    {},\n"
                               "    []\n  ],\n  \"s\": \"q\\\"\"\n}";
    QCOMPARE(prettyJson(json, 1000), pretty);
}

void DetailsTextTest::brokenJsonIsShownAsItIs()
{
    QCOMPARE(prettyJson("", 100), std::string());
    QCOMPARE(prettyJson("]]}", 100), std::string("\n]\n]\n}"));
    QCOMPARE(prettyJson("\"open", 100), std::string("\"open"));
}

void DetailsTextTest::longJsonIsCut()
{
    const std::string deep(100'000, '[');
    const std::string pretty = prettyJson(deep, 5000);
    QVERIFY(pretty.size() < 5300);
    QVERIFY(pretty.ends_with("\n…"));
}

} // namespace tst_details_text

ROADSTEAD_GUILESS_TEST(tst_details_text::DetailsTextTest)
#include "tst_details_text.moc"
