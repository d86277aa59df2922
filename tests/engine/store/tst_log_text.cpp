// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/ansi_text.h"
#include "engine/store/log_level.h"
#include "tests/support/test_program/test_program.h"

#include <QTest>

#include <string>

namespace tst_log_text {

using namespace roadstead::store;

/// What a line says of its level, and its colours.
class TestLogText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsLevels_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<LineLevel>("level");
        QTest::addColumn<QByteArray>("word");
        const auto row = [](const char *name, const char *line, LineLevel level, const char *word) {
            QTest::newRow(name) << QByteArray(line) << level << QByteArray(word);
        };
        using enum LineLevel;
        row("capitals first", "INFO  POST /api 201", Info, "INFO");
        row("with a colon", "ERROR: no space", Error, "ERROR:");
        row("behind a time", "2026-01-02 03:04:05,678 WARN slow query", Warning, "WARN");
        row("Python", "2026-01-02 03:04:05 - app - WARNING - careful", Warning, "WARNING");
        row("in brackets", "[error] 7#7: open() failed", Error, "[error]");
        row("nginx", "2026/01/02 03:04:05 [warn] 1#1: x", Warning, "[warn]");
        row("npm", "error: cannot find module", Error, "error:");
        row("logfmt", "time=\"2026-01-02\" level=debug msg=\"x\"", Debug, "level=debug");
        row("logfmt in quotes", "ts=1 lvl=\"eror\" severity=\"fatal\"", Error, "severity=\"fatal");
        row("JSON", "{\"ts\":1,\"level\":\"warn\",\"msg\":\"ERROR\"}", Warning, "warn");
        row("JSON with blanks", "  {\"severity\" : \"ERROR\"}", Error, "ERROR");
        row("a number of pino", "{\"level\":50,\"msg\":\"x\"}", Error, "50");
        row("klog", "E0102 03:04:05.6 1 main.go:1] x", Error, "E");
        row("syslog", "<4>usb 1-1: reset", Warning, "<4>");
        row("fatal is an error", "FATAL  password authentication failed", Error, "FATAL");
        row("postgres", "2026-01-02 03:04:05 UTC [1] LOG:  ready", Info, "LOG:");
        row("trace is debug", "TRACE enter", Debug, "TRACE");
        row("plain words are none", "no error was found, info follows", None, "");
        row("a path is none", "GET /ERROR/INFO.html 200", None, "");
        row("part of a word is none", "ERRORS 3 INFORMED", None, "");
        row("with a number is none", "SHA1INFO and X_INFO", None, "");
        row("far behind is none", (std::string(120, '.') + " ERROR").c_str(), None, "");
        row("empty", "", None, "");
        row("a broken JSON", "{\"level\":", None, "");
    }
    void findsLevels()
    {
        QFETCH(const QByteArray, line);
        QFETCH(const LineLevel, level);
        QFETCH(const QByteArray, word);
        const std::string_view text(line.constData(), std::size_t(line.size()));
        const FoundLevel found = findLevel(text);
        QCOMPARE(int(found.level), int(level));
        QCOMPARE(QByteArray::fromStdString(
                     std::string(text.substr(found.begin, found.end - found.begin))),
                 word);
        QCOMPARE(int(levelOf("\x1b[31;1m" + std::string(text))), int(level));
    }

    void keepsColoursAlone_data()
    {
        QTest::addColumn<QByteArray>("raw");
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("runs");
        const auto row = [](const char *name, const QByteArray &raw, const char *text, int runs) {
            QTest::newRow(name) << raw << QByteArray(text) << runs;
        };
        row("plain", "a b", "a b", 0);
        row("red", "\x1b[31mred\x1b[0m plain", "red plain", 1);
        row("reset without a number", "\x1b[31mred\x1b[m plain", "red plain", 1);
        row("two", "\x1b[1;32mok\x1b[22;39m \x1b[33mwarn", "ok warn", 2);
        row("256 and true colours", "\x1b[38;5;196ma\x1b[38;2;0;0;255mb\x1b[48;5;22mc", "abc", 3);
        row("a title", "\x1b]0;evil\x07 text", " text", 0);
        row("a link", "\x1b]8;;http://x\x1b\\text\x1b]8;;\x1b\\", "text", 0);
        row("the clipboard", "\x1b]52;c;Zm9v\x07ok", "ok", 0);
        row("a cursor", "\x1b[2J\x1b[1;1H\x1b[?25lok", "ok", 0);
        row("device control", "\x1bP+q544e\x1b\\ok", "ok", 0);
        row("a character set", "\x1b(Bok\x1b=", "ok", 0);
        row("one that does not end", "ok\x1b]0;never", "ok", 0);
        row("one cut in its numbers", "ok\x1b[31", "ok", 0);
        row("an escape alone", "ok\x1b", "ok", 0);
        row("private ones are no colour", "\x1b[>4;2mok", "ok", 0);
        row("too many numbers", QByteArray("\x1b[") + QByteArray(500, ';') + "31mok", "ok", 0);
    }
    void keepsColoursAlone()
    {
        QFETCH(const QByteArray, raw);
        QFETCH(const QByteArray, text);
        QFETCH(const int, runs);
        const AnsiLine line = parseAnsi({raw.constData(), std::size_t(raw.size())});
        QCOMPARE(QByteArray::fromStdString(line.text), text);
        QCOMPARE(int(line.runs.size()), runs);
        std::size_t end = 0;
        for (const AnsiRun &run : line.runs) {
            QVERIFY(run.begin >= end && run.begin < run.end && run.end <= line.text.size());
            end = run.end;
        }
    }

    void namesTheNearestColour()
    {
        const auto color = [](const char *raw) { return parseAnsi(raw).runs.at(0).style.text; };
        QCOMPARE(color("\x1b[91mx"), AnsiColor::Red);
        QCOMPARE(color("\x1b[38;5;46mx"), AnsiColor::Green);
        QCOMPARE(color("\x1b[38;5;240mx"), AnsiColor::Grey);
        QCOMPARE(color("\x1b[38;2;250;240;20mx"), AnsiColor::Yellow);
        QCOMPARE(color("\x1b[30mx"), AnsiColor::Grey);
        QCOMPARE(parseAnsi("\x1b[41mx").runs.at(0).style.background, AnsiColor::Red);
    }
};

} // namespace tst_log_text

ROADSTEAD_GUILESS_TEST(tst_log_text::TestLogText)
#include "tst_log_text.moc"
