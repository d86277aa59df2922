// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/build/build_check.h"
#include "tests/support/test_program/test_program.h"

#include <QTest>

namespace tst_build_check {

using namespace roadstead;
using namespace roadstead::build;

class TestBuildCheck : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void warningsStandOnTheirLines()
    {
        const auto check = readBuildCheck(
            R"({"warnings":[)"
            R"({"ruleName":"StageNameCasing","description":"Stage names should be lowercase",)"
            R"("url":"https://docs.docker.com/go/dockerfile/rule/stage-name-casing/",)"
            R"("detail":"Stage name 'Base' should be lowercase",)"
            R"("location":{"sourceIndex":0,"ranges":[{"start":{"line":2},"end":{"line":3}}]}},)"
            R"({"ruleName":"Other","description":"Described","location":{}},)"
            R"({"ruleName":"Third","detail":7,"location":{"ranges":[{"start":{"line":-1}}]}}],)"
            R"("sources":[{"filename":"Dockerfile","language":"Dockerfile","data":"RlJPTQ=="}]})");
        QVERIFY(check);
        QVERIFY(!check->failure);
        QCOMPARE(check->warnings.size(), std::size_t(3));
        QCOMPARE(check->warnings[0].text, std::string("Stage name 'Base' should be lowercase"));
        QCOMPARE(check->warnings[0].details.front(), std::string("StageNameCasing"));
        QCOMPARE(check->warnings[0].firstLine, 2);
        QCOMPARE(check->warnings[0].lastLine, 3);
        QCOMPARE(check->warnings[1].text, std::string("Described"));
        QCOMPARE(check->warnings[1].firstLine, 0);
        QCOMPARE(check->warnings[2].firstLine, 0);
    }
    void whyItCannotBeBuiltIsTold()
    {
        const auto check = readBuildCheck(
            R"({"warnings":[],"sources":[],"buildError":{"message":"unknown instruction: RUNN",)"
            R"("location":{"ranges":[{"start":{"line":4},"end":{"line":4}}]}}})");
        QVERIFY(check && check->failure);
        QCOMPARE(check->failure->message, std::string("unknown instruction: RUNN"));
        QCOMPARE(check->failure->firstLine, 4);
    }
    void wordsAreNoAnswer()
    {
        QVERIFY(!readBuildCheck("Check complete, no warnings found.\n"));
        QVERIFY(!readBuildCheck(""));
        QVERIFY(!readBuildCheck("[]"));
        const auto empty = readBuildCheck(R"({"warnings":null})");
        QVERIFY(empty);
        QCOMPARE(*empty, BuildCheck());
    }
};

} // namespace tst_build_check

ROADSTEAD_GUILESS_TEST(tst_build_check::TestBuildCheck)
#include "tst_build_check.moc"
