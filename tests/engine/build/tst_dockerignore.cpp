// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/build/ignore_file.h"
#include "engine/build/path.h"
#include "engine/build/pattern_matcher.h"
#include "tests/support/test_program/test_program.h"

#include <QElapsedTimer>
#include <QTest>

namespace tst_dockerignore {

using namespace roadstead;
using namespace roadstead::build;
using namespace std::string_literals;
using Words = std::vector<std::string>;

/// Patterns of .dockerignore.
class TestDockerignore : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void linesBecomePatterns_data();
    void linesBecomePatterns();
    void endlessLinesAreRefused();
    void patternsMatch_data();
    void patternsMatch();
    void badPatternsAreErrors_data();
    void badPatternsAreErrors();
    void theLastMatchDecides();
    void foldersCarryTheirResultDown();
    void exceptionsOpenFolders();
    void noPatternTakesLong();
    void pathsGetTheirShortestForm();
};

void TestDockerignore::linesBecomePatterns_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("patterns");
    const auto row = [](const char *reason, QByteArray text, const char *patterns) {
        QTest::newRow(reason) << text << QByteArray(patterns);
    };
    row("nothing", "", "");
    row("byte-order mark",
        "\xEF\xBB\xBF"
        "a\n",
        "a");
    row("byte-order mark on a later line",
        "a\n\xEF\xBB\xBF"
        "b",
        "a|\xEF\xBB\xBF"
        "b");
    row("byte-order mark before a comment", "\xEF\xBB\xBF# c\na", "a");
    row("comment", "# c\n#\na", "a");
    row("comment after white space is a pattern", "  # c\n", "# c");
    row("white space of Unicode", "\u00a0a\u3000\n", "a");
    row("carriage returns", "a\r\nb\r\n", "a|b");
    row("shortest form", "./a/../b//c/\n", "b/c");
    row("slash at the front", "/a\n//b\n/\n", "a|b|/");
    row("exception", "!a\n! /b/ \n", "!a|!b");
    row("exception of nothing", "!\n", "!");
    row("two marks", "!!a", "!!a");
    row("out of the context", "../a", "../a");
    row("dot", ".\n", ".");
}

void TestDockerignore::linesBecomePatterns()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, patterns);
    const auto parsed = parseIgnoreFile(text.toStdString());
    QVERIFY(parsed.has_value());
    std::string joined;
    for (const std::string &pattern : *parsed) {
        joined += (joined.empty() ? "" : "|") + pattern;
    }
    QCOMPARE(joined, patterns.toStdString());
}

void TestDockerignore::endlessLinesAreRefused()
{
    QVERIFY(parseIgnoreFile(std::string(65535, 'x') + "\n"));
    QVERIFY(!parseIgnoreFile(std::string(65536, 'x')));
    QVERIFY(!parseIgnoreFile("#" + std::string(65536, 'x')));
}

void TestDockerignore::patternsMatch_data()
{
    QTest::addColumn<QByteArray>("pattern");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<bool>("match");
    const auto row = [](const char *reason, const char *pattern, const char *path, bool match) {
        QTest::newRow(reason) << QByteArray(pattern) << QByteArray(path) << match;
    };
    row("star stays in its folder", "*.o", "a/b.o", false);
    row("below a folder that matches", "a*", "ab/c/d", true);
    row("any depth", "**/b.o", "a/c/b.o", true);
    row("any depth, none", "**/b.o", "b.o", true);
    row("any depth needs a whole name", "**/b.o", "ab.o", false);
    row("without a slash it is a suffix", "**b.o", "a/ab.o", true);
    row("two stars inside", "a/**/b", "a/b", true);
    row("two stars inside, deep", "a/**/b", "a/x/y/b", true);
    row("two stars at the end spare the folder", "a/**", "a", false);
    row("two stars at the end take what is in it", "a/**", "a/x/y", true);
    row("question mark is one character", "a?c", "aüc", true);
    row("question mark is no slash", "a?c", "a/c", false);
    row("dot is a dot", "a.c", "abc", false);
    row("parentheses are characters", "a(b)+c", "a(b)+c", true);
    row("range", "[a-c]", "b", true);
    row("negated range", "[^a-c]", "d", true);
    row("range is one character", "[a-c]", "bb", false);
    row("exclamation mark is a member", "[!a]", "!", true);
    row("escaped star", "a\\*b", "a*b", true);
    row("escaped star is none", "a\\*b", "axb", false);
    row("escaped letter is a control character", "\\a.txt", "a.txt", false);
    row("escaped letter, the character itself", "\\a.txt", "\a.txt", true);
    row("escaped class", "\\d*", "7up", true);
    row("roof at the front means the front", "^a*", "abc", true);
    row("roof elsewhere never matches", "a^*", "a^b", false);
    row("roof without wildcards is a character", "a^b", "a^b", true);
    row("named class", "[[:digit:]]x", "5x", true);
    row("closing bracket alone", "a]*", "a]b", true);
    row("not UTF-8", "caf?", "caf\xe9", true);
    row("white space around", "  a  ", "a", true);
    row("line feed in a name", "a*", "a\nb", true);
    row("two stars stop at a line feed", "**/b*", "a\nc/b", false);
    row("slash at the end of the path", "**", "dir/", true);
}

void TestDockerignore::patternsMatch()
{
    QFETCH(QByteArray, pattern);
    QFETCH(QByteArray, path);
    QFETCH(bool, match);
    const auto matcher = PatternMatcher::make({pattern.toStdString()});
    QVERIFY(matcher.has_value());
    QCOMPARE(matcher->matches(path.toStdString()).value(), match);
}

void TestDockerignore::badPatternsAreErrors_data()
{
    QTest::addColumn<QByteArray>("pattern");
    for (const char *pattern : {"[", "[^", "[]a]", "[-x]", "[x-]", "[a-b-c]", "a[", "[a-", "[^bc",
                                "!", "\\", "a\\", "[\\", "[b-a]", "\\pL", "[[:nope:]]", "\\8"}) {
        QTest::newRow(pattern) << QByteArray(pattern);
    }
}

void TestDockerignore::badPatternsAreErrors()
{
    QFETCH(QByteArray, pattern);
    const auto match = isIgnored({pattern.toStdString()}, "some/path");
    QVERIFY(!match);
    QCOMPARE(match.error().kind, ErrorKind::InvalidArgument);
    QVERIFY(!match.error().detail.empty());
}

void TestDockerignore::theLastMatchDecides()
{
    QVERIFY(*isIgnored({"*", "!a", "a/b"}, "a/b/c"));
    QVERIFY(!*isIgnored({"*", "!a", "a/b"}, "a/c"));
    QVERIFY(!*isIgnored({"a", "!a"}, "a"));
    QVERIFY(*isIgnored({"!a", "a"}, "a"));
    QVERIFY(!*isIgnored({"."}, "a"));
    QVERIFY(!*isIgnored({"*"}, "."));
    QVERIFY(!*isIgnored({}, "a"));
    // An exception that is malformed hurts only where it is asked.
    QVERIFY(!*isIgnored({"!\\8"}, "a"));
    QVERIFY(!isIgnored({"a", "!\\8"}, "a"));
}

void TestDockerignore::foldersCarryTheirResultDown()
{
    const auto matcher = PatternMatcher::make({"a", "!a/b", "a/b/c"});
    ParentMatches a;
    ParentMatches b;
    ParentMatches c;
    QVERIFY(*matcher->matches("a", {}, a));
    QVERIFY(!*matcher->matches("a/b", a, b));
    QVERIFY(*matcher->matches("a/b/c", b, c));
    QVERIFY(!*matcher->matches("a/b/d", b, c));
}

void TestDockerignore::exceptionsOpenFolders()
{
    const auto matcher = PatternMatcher::make({"docs", "!docs/a/b", "!other/**/x"});
    QVERIFY(matcher->hasExceptions());
    QVERIFY(matcher->mayHoldExceptions("docs"));
    QVERIFY(matcher->mayHoldExceptions("docs/a"));
    QVERIFY(matcher->mayHoldExceptions("docs/a/b"));
    QVERIFY(!matcher->mayHoldExceptions("docs/c"));
    QVERIFY(!matcher->mayHoldExceptions("doc"));
    QVERIFY(!matcher->mayHoldExceptions("other/y")); // the reference compares texts only
}

void TestDockerignore::noPatternTakesLong()
{
    std::string pattern;
    for (int i = 0; i < 100; ++i) {
        pattern += "a*?*";
    }
    QElapsedTimer timer;
    timer.start();
    QVERIFY(!*isIgnored({pattern + "b", "**/" + pattern + "/**/c"}, std::string(2000, 'a')));
    QVERIFY(timer.elapsed() < 5000);
}

void TestDockerignore::pathsGetTheirShortestForm()
{
    QCOMPARE(cleanPath(""), "."s);
    QCOMPARE(cleanPath("//a/./b/../c/"), "/a/c"s);
    QCOMPARE(cleanPath("../../a/.."), "../.."s);
    QCOMPARE(cleanPath("/.."), "/"s);
    QCOMPARE(parentPath("a/b"), "a"s);
    QCOMPARE(parentPath("a"), "."s);
    QCOMPARE(parentPath("/a"), "/"s);
    QCOMPARE(parentPath("a/b/"), "a/b"s);
    QCOMPARE(joinedPath("/a", "../b"), "/b"s);
    QCOMPARE(joinedPath("/a", "/b"), "/b"s);
    QCOMPARE(relativePath("/a/b", "/a/b/c/d"), "c/d"s);
    QCOMPARE(relativePath("/a/b", "/a/x"), "../x"s);
    QCOMPARE(relativePath("/", "/x"), "x"s);
    QCOMPARE(relativePath("/a", "/a"), "."s);
}

} // namespace tst_dockerignore

ROADSTEAD_GUILESS_TEST(tst_dockerignore::TestDockerignore)
#include "tst_dockerignore.moc"
