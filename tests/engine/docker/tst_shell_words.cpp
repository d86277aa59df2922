// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/docker/shell_words.h"
#include "tests/support/test_program/test_program.h"

#include <QProcess>
#include <QTest>

namespace tst_shell_words {

using namespace roadstead::docker;
using namespace std::string_literals;
using Kind = LineProblem::Kind;

class TestShellWords : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void linesBecomeWords_data();
    void linesBecomeWords();
    void aShellReadsTheSame_data() { linesBecomeWords_data(); }
    void aShellReadsTheSame();
    void whatAShellWouldDoIsAProblem_data();
    void whatAShellWouldDoIsAProblem();
    void wordsKnowTheirPlace();
    void lengthsAreCapped();
};

void TestShellWords::linesBecomeWords_data()
{
    QTest::addColumn<std::string>("line");
    QTest::addColumn<std::vector<std::string>>("words");
    const auto row = [](const char *reason, const char *line,
                        const std::vector<std::string> &words) {
        QTest::newRow(reason) << std::string(line) << words;
    };
    row("blanks", " a \t b ", {"a", "b"});
    row("nothing", "  ", {});
    row("single quotes", "'a b'\"c\"d", {"a bcd"});
    row("nothing in quotes is a word", "'' \"\"", {"", ""});
    row("backslash", "a\\ b\\'\\\"", {"a b'\""});
    row("backslash in double quotes", "\"a\\\"b\\c\\\\d\"", {"a\"b\\c\\d"});
    row("backslash in single quotes", "'a\\'", {"a\\"});
    row("line goes on", "a \\\nb\\\nc", {"a", "bc"});
    row("line goes on in quotes", "\"a\\\nb\"", {"ab"});
    row("line break in quotes", "'a\nb'", {"a\nb"});
    row("comment", "a # b 'c", {"a"});
    row("no comment within a word", "a#b", {"a#b"});
    row("comment before", "# first\na", {"a"});
    row("blank lines around", "\n\na\n\n", {"a"});
    row("lone dollar", "a$ \"$ \"", {"a$", "$ "});
    row("dollar before a closing quote", "\"a$\"", {"a$"});
    row("escaped dollar", "\\$A \"\\$A\" '$A'", {"$A", "$A", "$A"});
    row("tilde within a word", "a~b", {"a~b"});
    row("braces", "{a,b}", {"{a,b}"});
}

void TestShellWords::linesBecomeWords()
{
    QFETCH(std::string, line);
    QFETCH(std::vector<std::string>, words);
    const auto read = shellWords(line);
    QVERIFY(read.has_value());
    std::vector<std::string> texts;
    for (const ShellWord &word : *read) {
        texts.push_back(word.text);
    }
    QVERIFY(texts == words);
}

void TestShellWords::aShellReadsTheSame()
{
    QFETCH(std::string, line);
    QFETCH(std::vector<std::string>, words);
    QProcess shell;
    // The line is the arguments of a function: comments and breaks before it would end that.
    if (line.find_first_not_of(" \t\n") == std::string::npos || line.starts_with("#") ||
        line.starts_with("\n")) {
        QSKIP("has nothing on its first line");
    }
    const std::string script = "f() { for a; do printf '<%s>' \"$a\"; done; }; f " + line;
    shell.start(QStringLiteral("/bin/sh"), {QStringLiteral("-c"), QString::fromStdString(script)});
    QVERIFY(shell.waitForFinished());
    std::string expected;
    for (const std::string &word : words) {
        expected += "<" + word + ">";
    }
    QCOMPARE(shell.readAllStandardOutput().toStdString(), expected);
}

void TestShellWords::whatAShellWouldDoIsAProblem_data()
{
    QTest::addColumn<std::string>("line");
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<int>("word");
    QTest::addColumn<std::string>("marked");
    const auto row = [](const char *line, Kind kind, int word, const char *marked) {
        QTest::newRow(line) << std::string(line) << kind << word << std::string(marked);
    };
    row("a $HOME/b", Kind::Expansion, 1, "$HOME/b");
    row("a \"x${B}\"", Kind::Expansion, 1, "${B}");
    row("a $(pwd)/x c", Kind::Expansion, 1, "$(pwd)/x");
    row("a `pwd`", Kind::Expansion, 1, "`pwd`");
    row("a \"`pwd`\"", Kind::Expansion, 1, "`pwd`");
    row("a $'x'", Kind::Expansion, 1, "$");
    row("a $1", Kind::Expansion, 1, "$1");
    row("a ~/x", Kind::Expansion, 1, "~");
    row("a | b", Kind::Operator, 1, "|");
    row("a && b", Kind::Operator, 1, "&&");
    row("a b; c", Kind::Operator, 2, ";");
    row("a >b", Kind::Operator, 1, ">");
    row("a 2>>b", Kind::Operator, 2, ">>");
    row("(a)", Kind::Operator, 0, "(");
    row("a\nb", Kind::Operator, 1, "b");
    row("a 'b", Kind::UnclosedQuote, 1, "'b");
    row("a \"b", Kind::UnclosedQuote, 1, "\"b");
    row("a \\", Kind::UnclosedQuote, 1, "\\");
    row("a \x01", Kind::Control, 1, "\x01");
}

void TestShellWords::whatAShellWouldDoIsAProblem()
{
    QFETCH(std::string, line);
    QFETCH(Kind, kind);
    QFETCH(int, word);
    QFETCH(std::string, marked);
    const auto read = shellWords(line);
    QVERIFY(!read.has_value());
    const LineProblem &problem = read.error();
    QCOMPARE(problem.kind, kind);
    QCOMPARE(problem.word, static_cast<std::size_t>(word));
    QCOMPARE(line.substr(problem.begin, problem.end - problem.begin), marked);
}

void TestShellWords::wordsKnowTheirPlace()
{
    const std::string line = "  'a b'c  \\d\"\"  e";
    const auto read = shellWords(line);
    QVERIFY(read.has_value());
    std::vector<std::string> places;
    for (const ShellWord &word : *read) {
        places.push_back(line.substr(word.begin, word.end - word.begin));
    }
    QVERIFY(places == (std::vector{"'a b'c"s, "\\d\"\""s, "e"s}));
}

void TestShellWords::lengthsAreCapped()
{
    QCOMPARE(shellWords(std::string(200'000, 'a')).error().kind, Kind::TooLong);
    std::string many;
    for (int i = 0; i < 4097; ++i) {
        many += "a ";
    }
    QCOMPARE(shellWords(many).error().kind, Kind::TooLong);
    QCOMPARE(shellWords(many.substr(2))->size(), std::size_t(4096));
}

} // namespace tst_shell_words

ROADSTEAD_GUILESS_TEST(tst_shell_words::TestShellWords)
#include "tst_shell_words.moc"
