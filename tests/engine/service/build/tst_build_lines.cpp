// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/build/build_output.h"
#include "tests/support/test_program/test_program.h"

#include <QTest>

namespace tst_build_lines {

using namespace roadstead::service;
using namespace std::string_literals;

/// What the steps of a build print.
class TestBuildLines : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void piecesBecomeLines();
    void lineDrawnOverKeepsItsLastState();
    void onlyTheLinesAskedForAreGiven();
    void stepThatPrintsTooMuchIsClipped();
    void stepsThatPrintedNothingHaveNoLines();

private:
    static std::vector<std::string> texts(const BuildLines &lines, std::size_t step)
    {
        std::vector<std::string> texts;
        for (const BuildLine &line : lines.lines(step, 0, lines.count(step))) {
            texts.push_back(line.text);
        }
        return texts;
    }
};

void TestBuildLines::piecesBecomeLines()
{
    BuildLines lines;
    lines.append({.step = 1, .stream = 1, .bytes = "one\ntw"});
    lines.append({.step = 1, .stream = 1, .bytes = "o\r\n\n"});
    lines.append({.step = 1, .stream = 2, .bytes = "end"});
    QCOMPARE(texts(lines, 1), (std::vector<std::string>{"one", "two", "", "end"}));
    QCOMPARE(lines.lines(1, 3, 1).front().stream, 2);
}

void TestBuildLines::lineDrawnOverKeepsItsLastState()
{
    BuildLines lines;
    lines.append({.step = 0, .bytes = "10 %\r50 %\r"});
    lines.append({.step = 0, .bytes = "\r100 %\ndone\n"});
    QCOMPARE(texts(lines, 0), (std::vector<std::string>{"100 %", "done"}));
}

void TestBuildLines::onlyTheLinesAskedForAreGiven()
{
    BuildLines lines;
    lines.append({.step = 0, .bytes = "a\nb\nc\nd\n"});
    const auto two = lines.lines(0, 1, 2);
    QCOMPARE(two.size(), std::size_t(2));
    QCOMPARE(two.front().text, "b"s);
    QCOMPARE(lines.lines(0, 3, 100).size(), std::size_t(1));
    QVERIFY(lines.lines(0, 4, 1).empty());
}

void TestBuildLines::stepThatPrintsTooMuchIsClipped()
{
    BuildLines lines;
    const std::string line(1'000'000, 'x');
    for (int i = 0; i < 6; ++i) {
        lines.append({.step = 0, .bytes = line + "\n"});
    }
    lines.append({.step = 1, .bytes = "y\n"});
    QCOMPARE(lines.count(0), std::size_t(4));
    QVERIFY(lines.isClipped(0));
    QVERIFY(!lines.isClipped(1));
    QCOMPARE(lines.count(1), std::size_t(1));
}

void TestBuildLines::stepsThatPrintedNothingHaveNoLines()
{
    BuildLines lines;
    lines.append({.step = 3, .bytes = "x"});
    QCOMPARE(lines.count(2), std::size_t(0));
    QCOMPARE(lines.count(7), std::size_t(0));
    QVERIFY(lines.lines(7, 0, 1).empty());
    QVERIFY(!lines.isClipped(7));
}

} // namespace tst_build_lines

ROADSTEAD_APPLESS_TEST(tst_build_lines::TestBuildLines)
#include "tst_build_lines.moc"
