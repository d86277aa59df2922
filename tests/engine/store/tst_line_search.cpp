// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/text.h"
#include "engine/store/ansi_text.h"
#include "engine/store/block_pattern.h"
#include "engine/store/line_search.h"
#include "tests/engine/store/pattern_maker.h"
#include "tests/support/test_program/test_program.h"

#include <QElapsedTimer>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <array>
#include <atomic>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <vector>

namespace tst_line_search {

using namespace roadstead;
using namespace roadstead::store;
using namespace std::string_literals;

namespace {

using Letters = LineExpression::Letters;

/// Whether QRegularExpression finds something in the line alone; nothing when it gives up.
std::optional<bool> isFoundAlone(const QRegularExpression &expression, std::string_view raw)
{
    const std::string text = repairUtf8(parseAnsi(raw).text);
    const QString line = QString::fromUtf8(text.data(), qsizetype(text.size()));
    qsizetype at = 0;
    for (int i = 0; i < 32 && at <= line.size(); ++i) {
        const QRegularExpressionMatch match = expression.match(line, at);
        if (!match.isValid()) {
            return {};
        }
        if (!match.hasMatch()) {
            return false;
        }
        if (match.capturedLength() > 0) {
            return true;
        }
        at = std::max(match.capturedEnd(), at + 1);
    }
    return false;
}

/// What logs are not expected to have.
std::vector<std::string> hostileLines()
{
    std::vector<std::string> lines{"",
                                   "foo",
                                   "  bar",
                                   "foo ",
                                   "",
                                   "",
                                   "bar\r",
                                   "\r",
                                   "foo\rbar",
                                   "a\0b"s,
                                   "\0"s,
                                   "x",
                                   "y",
                                   " ",
                                   "\t",
                                   "\x0b\x0c",
                                   "x y",
                                   "ERROR: it failed",
                                   "error",
                                   "\x1b[31mERROR\x1b[0m: fa\x1b[1mil",
                                   "fail\x1b",
                                   "\x1b]0;title without an end fail",
                                   "\xff\xfe fail \xc3",
                                   "\xe2\x82",
                                   "\xed\xa0\x80 surrogate",
                                   "\xc0\x80 overlong",
                                   "\xEF\xBB\xBF"
                                   "foo after a mark",
                                   "foo \xEF\xBB\xBF inside",
                                   "caf\xc3\xa9 \xc3\x89T\xc3\x89",
                                   "mas\xe2\x84\xaa and \xc5\xbfum",
                                   "\xe2\x80\xa8"
                                   "foo\xe2\x80\xa9",
                                   "next\xc2\x85line",
                                   "\xf0\x9f\x90\xb3 whale 7",
                                   "\xc2\xa0",
                                   R"({"level":"error","ms":1234,"path":"/cart"})",
                                   "10.0.0.1 - - [x] \"GET /cart?a=1 HTTP/1.1\" 500 12",
                                   "[a-z] (x) {y} a.b*c+d? ^$ |\\",
                                   "foo",
                                   "x"};
    lines.push_back(std::string(65'536, 'a'));
    lines.push_back(std::string(65'535, 'b') + 'y');
    lines.emplace_back("b");
    std::string words;
    while (words.size() < 40'000) {
        words += "word \xc3\xa9 12\t";
    }
    lines.push_back(words);
    lines.push_back(words + "fail");
    lines.emplace_back("");
    return lines;
}

} // namespace

/// Looking for expressions in many lines at once: what is found is what is found in each alone.
class TestLineSearch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_store = LineStore::make(m_folder.path().toStdString()).value(); }

    void findsInHostileLinesWhatIsInEachAlone_data()
    {
        QTest::addColumn<QString>("pattern");
        for (const char *pattern : {"foo",
                                    "fail",
                                    "a",
                                    "y",
                                    "x|y",
                                    "^foo",
                                    "foo$",
                                    "^foo$",
                                    "^$",
                                    "^",
                                    "$",
                                    "o$",
                                    "^ ",
                                    "foo\\s+bar",
                                    "foo\\s*$",
                                    "x\\s+y",
                                    "x\\Wy",
                                    "x[^a]y",
                                    "x[^a]*y",
                                    "foo[^x]*bar",
                                    "\\s",
                                    "\\S+",
                                    "\\W",
                                    "\\w+$",
                                    "\\d{3,}",
                                    "\\D+",
                                    "[^\"]*\"",
                                    "[\\s,]+",
                                    "\\bfoo\\b",
                                    "\\Boo",
                                    "(?<!\\s)foo",
                                    "(?<=\\s)bar",
                                    "foo(?!\\s)",
                                    "foo(?=$)",
                                    "\\s*+bar",
                                    "(?>\\s*)bar",
                                    "(a)\\1{10}",
                                    "(foo|bar)\\r?$",
                                    "\\r",
                                    "\\t",
                                    "\\x66oo",
                                    "\\x{66}oo",
                                    "\\n",
                                    "\\R",
                                    "\\v",
                                    "\\X",
                                    "\\N+",
                                    "\\H+",
                                    "\\h",
                                    "[[:space:]]",
                                    "[^[:space:]]+$",
                                    "[[:cntrl:]]",
                                    "\\p{L}+",
                                    "\\P{L}+$",
                                    "\xc3\xa9",
                                    "\xc3\x89",
                                    "mask",
                                    "sum",
                                    "caf.",
                                    "\xef\xbf\xbd",
                                    "^.{2} fail",
                                    "ERROR: fail",
                                    "31m",
                                    "title",
                                    "b+y",
                                    "a{1000}",
                                    "(?i)ERROR",
                                    "(?s)foo.bar",
                                    "(?m)^bar",
                                    "(?x)f o o",
                                    "\\Afoo",
                                    "foo\\z",
                                    "foo\\Z",
                                    "\\Gfoo",
                                    "f\\Koo",
                                    "(?|(f)|(b))(oo|ar)",
                                    "(?<n>f)oo",
                                    "\\Qa.b*\\E",
                                    "z*",
                                    "(|foo)",
                                    "a?b?",
                                    "word.*fail",
                                    ".*fail",
                                    "[a-z]+ .*12\\tfail",
                                    "\\w+ail",
                                    "12.{3}fail",
                                    "\"level\":\"(error|warn)\"",
                                    "\" [45]\\d\\d ",
                                    "HTTP/1\\.[01]\" 5",
                                    "\\{y\\}",
                                    "{y}",
                                    "\\^\\$ \\|",
                                    "whale",
                                    ". whale",
                                    "\xf0\x9f\x90\xb3",
                                    "(*UTF)foo",
                                    "(?:foo|^bar)",
                                    "[\\x00-\\x1f]",
                                    "\\0",
                                    "\\x00",
                                    "\\cJ",
                                    "\\012",
                                    "next.line",
                                    "^.foo.$"}) {
            QTest::newRow(pattern) << QString::fromUtf8(pattern);
        }
    }
    void findsInHostileLinesWhatIsInEachAlone()
    {
        QFETCH(const QString, pattern);
        for (const Letters letters : {Letters::InTheirCase, Letters::InAnyCase}) {
            compare(pattern, letters, hostileLines());
        }
    }

    void findsWithAnyPatternWhatIsInEachLineAlone()
    {
        std::minstd_rand random(5);
        std::vector<std::string> lines;
        const std::array<std::string, 13> parts{"a",  "b", "c",  "1",        " ",        "ab",  "A",
                                                "\t", ".", "\r", "\xc3\xa9", "\x1b[31m", "\xff"};
        for (int i = 0; i < 400; ++i) {
            std::string line;
            for (auto size = (random() >> 8U) % 14; size > 0; --size) {
                // Most lines are ASCII: others are not searched as they stand.
                line += parts.at((random() >> 8U) % (i % 200 < 150 ? 10 : parts.size()));
            }
            lines.push_back(line);
        }
        test::PatternMaker maker(17);
        int compared = 0;
        int inBlocks = 0;
        for (int i = 0; i < 2000; ++i) {
            const QString pattern = maker.make();
            if (QRegularExpression(pattern).isValid()) {
                compare(pattern, i % 2 == 0 ? Letters::InTheirCase : Letters::InAnyCase, lines);
                if (QTest::currentTestFailed()) {
                    return;
                }
                ++compared;
                inBlocks += blockPattern(pattern.toStdString()) ? 1 : 0;
            }
        }
        QVERIFY2(compared > 1000, qPrintable(QString::number(compared)));
        QVERIFY2(inBlocks > 500, qPrintable(QString::number(inBlocks)));
    }

    void knowsWhatCanBeLookedForInManyLines_data()
    {
        QTest::addColumn<QString>("pattern");
        QTest::addColumn<QString>("block");
        QTest::addColumn<QString>("literal");
        const auto row = [](const char *why, const char *pattern, const char *block,
                            const char *literal = "") {
            QTest::newRow(why) << QString(pattern) << QString(block) << QString(literal);
        };
        row("a text is looked for itself", "a text", "a text");
        row("what would match a line feed does not", R"(\s+\W*[^x])", R"([^\S\n]+[^\w\n]*[^\nx])");
        row("a bracket first in a class", "[^]a]", R"([^\n\]a])");
        row("a dash first in a class", "[^-a]", R"([^\n\-a])");
        row("blanks in a class", R"([\s,])", R"([\t\x0b\x0c\r ,])");
        row("a text in each match", "[0-9]+ ms elapsed", "[0-9]+ ms elapsed", " ms elapsed");
        row("the last character may be missing", ".*colou?r", ".*colou?r", "colo");
        row("repeated once at least", ".*go+al", ".*go+al", "go");
        row("repeated as often as is said", ".*ab{2}cd", ".*ab{2}cd", "cd");
        row("quoted", R"(\d+ \[x\])", R"(\d+ \[x\])", " [x]");
        row("texts of groups are none", ".*(abcdef|x) ab", ".*(abcdef|x) ab", " ab");
        row("nor those of alternatives", ".*abc|.*def", ".*abc|.*def");
        row("nor those in another case", "(?i).*abc", "(?i).*abc");
        for (const char *unknown :
             {R"(a\nb)",   R"([\n])",     R"(\R)",          R"(\v)",       R"(\X)",     R"(\C)",
              R"(\K)",     R"(\A)",       R"(\z)",          R"(\p{L})",    R"(\x0a)",   R"(\x{0a})",
              R"(\012)",   R"(\cJ)",      R"(\Qa\E)",       "(?s).",       "(?R)?",     "(*CRLF)a",
              R"([\t-a])", R"([\W])",     R"([[:cntrl:]])", R"([\x00-a])", R"([\s-a])", "(?#x)a",
              "(?(1)a|b)", R"([^\Qa\E])", "a\nb",           "[\n]"}) {
            QTest::newRow(unknown) << QString(unknown) << QString() << QString();
        }
    }
    void knowsWhatCanBeLookedForInManyLines()
    {
        QFETCH(const QString, pattern);
        QFETCH(const QString, block);
        QFETCH(const QString, literal);
        const auto made = blockPattern(pattern.toStdString());
        QCOMPARE(made.has_value(), !block.isNull());
        if (made) {
            QCOMPARE(QString::fromStdString(made->pattern), block);
            QCOMPARE(QString::fromStdString(made->literal), literal);
        }
    }

    void findsInAStoreLinesOfWantedClasses()
    {
        std::vector<LineRecord> older;
        for (int i = 0; i < 20'000; ++i) {
            older.push_back(m_store->stage(numbered(i - 20'000)).value());
        }
        QVERIFY(m_store->prepend(older));
        for (int i = 0; i < 30'000; ++i) {
            QVERIFY(m_store->append(numbered(i)));
        }
        QVERIFY(m_store->flush());
        const auto onlyErrors = ClassMask(1U << classOf(LineStream::Stderr, LineLevel::Error));
        for (const ClassMask wanted : {allClasses, onlyErrors}) {
            LineMatcher matcher(LineExpression::make("[0-9]7 of", Letters::InTheirCase).value());
            LineNumber expected = -20'000;
            const auto goOn = [&] {
                do {
                    ++expected;
                } while (expected < 30'000 &&
                         (std::abs(expected) < 10 || std::abs(expected) % 10 != 7 ||
                          (wanted == onlyErrors && expected % 3 != 0)));
            };
            goOn();
            bool same = true;
            const auto end = searchLines(*m_store, m_store->range(), wanted, matcher, m_cancelled,
                                         [&](LineNumber line) {
                                             same = same && line == expected;
                                             goOn();
                                         });
            QVERIFY(end && *end == LineMatcher::End::Done);
            QVERIFY(same);
            QCOMPARE(expected, 30'000);
        }
    }

    void aLineThatTakesTooLongEndsIt_data()
    {
        QTest::addColumn<QString>("pattern");
        QTest::newRow("in many lines") << "(a+a+)+(b|c)";
        QTest::newRow("in lines alone") << "(a+a+)+\\n?(b|c)";
        QTest::newRow("few steps at each of many places") << "a[^b]*a[^b]*a[^b]*[cd]";
    }
    void aLineThatTakesTooLongEndsIt()
    {
        QFETCH(const QString, pattern);
        std::vector<std::string> lines(2000, "fine");
        lines[1500] = std::string(60'000, 'a');
        QElapsedTimer timer;
        timer.start();
        const auto [end, found] = find(pattern, Letters::InTheirCase, lines);
        QCOMPARE(end, LineMatcher::End::TooCostly);
        QVERIFY2(timer.elapsed() < 20'000, qPrintable(QString::number(timer.elapsed())));
    }

    void aSearchIsGivenUpWithinALine()
    {
        m_cancelled = true;
        const auto [end, found] =
            find("(a+a+)+(b|c)", Letters::InTheirCase, std::vector<std::string>(100, "aaaa"));
        m_cancelled = false;
        QCOMPARE(end, LineMatcher::End::Cancelled);
        QVERIFY(found.empty());
    }

    void tellsWhereTheMatchesAre()
    {
        LineMatcher matcher(LineExpression::make("\\d*", Letters::InTheirCase).value());
        QVERIFY(matcher.matches("").empty());
        const std::vector<MatchSpan> expected{{2, 4}, {7, 8}};
        QCOMPARE(matcher.matches("ab12 \xc3\xa9"
                                 "7"),
                 expected);
        QCOMPARE(matcher.matches(std::string(100, 'x') + '7').size(), 0U); // the 101st
        QElapsedTimer timer;
        timer.start();
        LineMatcher dear(LineExpression::make("(x+x+)+y", Letters::InTheirCase).value());
        QVERIFY(dear.matches(std::string(4096, 'x')).empty());
        QVERIFY2(timer.elapsed() < 2000, qPrintable(QString::number(timer.elapsed())));
    }

    void whatIsNoExpressionIsAnError()
    {
        const auto made = LineExpression::make("(a", Letters::InTheirCase);
        QVERIFY(!made);
        QCOMPARE(made.error().kind, ErrorKind::InvalidArgument);
    }

private:
    struct Looked
    {
        LineMatcher::End end = LineMatcher::End::Done;
        std::vector<LineNumber> found;
    };
    Looked find(const QString &pattern, Letters letters, const std::vector<std::string> &lines)
    {
        Looked looked;
        auto store = LineStore::make(m_folder.path().toStdString()).value();
        for (const std::string &line : lines) {
            (void)store->append({.text = line});
        }
        (void)store->flush();
        LineMatcher matcher(LineExpression::make(pattern.toStdString(), letters).value());
        looked.end = searchLines(*store, store->range(), allClasses, matcher, m_cancelled,
                                 [&](LineNumber line) { looked.found.push_back(line); })
                         .value();
        return looked;
    }
    void compare(const QString &pattern, Letters letters, const std::vector<std::string> &lines)
    {
        QRegularExpression expression(pattern);
        if (letters == Letters::InAnyCase) {
            expression.setPatternOptions(QRegularExpression::CaseInsensitiveOption);
        }
        std::vector<LineNumber> expected;
        for (std::size_t i = 0; i < lines.size(); ++i) {
            const auto isFound = isFoundAlone(expression, lines[i]);
            if (!isFound) {
                return; // it backtracks too much
            }
            if (*isFound) {
                expected.push_back(LineNumber(i));
            }
        }
        const Looked looked = find(pattern, letters, lines);
        QVERIFY2(looked.end == LineMatcher::End::Done, qPrintable(pattern));
        QVERIFY2(looked.found == expected,
                 qPrintable(QStringLiteral("%1: %2 found, %3 expected, the first other one: %4")
                                .arg(pattern)
                                .arg(looked.found.size())
                                .arg(expected.size())
                                .arg(firstOther(looked.found, expected))));
    }
    static qint64 firstOther(const std::vector<LineNumber> &found,
                             const std::vector<LineNumber> &expected)
    {
        const auto [left, right] = std::ranges::mismatch(found, expected);
        const LineNumber none = 1'000'000;
        return std::min(left == found.end() ? none : *left,
                        right == expected.end() ? none : *right);
    }
    static NewLine numbered(int number)
    {
        static std::string text;
        text = "line " + std::to_string(number) + " of many";
        return {.stream = number % 3 == 0 ? LineStream::Stderr : LineStream::Stdout,
                .level = number % 3 == 0 ? LineLevel::Error : LineLevel::None,
                .text = text};
    }

    QTemporaryDir m_folder;
    std::shared_ptr<LineStore> m_store;
    std::atomic<bool> m_cancelled = false;
};

} // namespace tst_line_search

ROADSTEAD_GUILESS_TEST(tst_line_search::TestLineSearch)
#include "tst_line_search.moc"
