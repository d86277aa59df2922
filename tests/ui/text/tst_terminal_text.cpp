// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/test_program/test_program.h"
#include "ui/text/terminal_text.h"

#include <QTest>

namespace tst_terminal_text {

using namespace roadstead::ui;

class TerminalTextTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void showsWhatATerminalWould_data();
    void showsWhatATerminalWould();
    void theEndSurvivesTheCap();
};

void TerminalTextTest::showsWhatATerminalWould_data()
{
    QTest::addColumn<QByteArray>("written");
    QTest::addColumn<QString>("shown");
    const auto row = [](const char *name, const char *written, const char *shown) {
        QTest::newRow(name) << QByteArray(written) << QString::fromUtf8(shown);
    };
    row("plain lines", "a\n\tb\n", "a\n\tb\n");
    row("colour", "\x1b[1;31mred\x1b[0m\n", "red\n");
    row("colour with colons", "\x1b[38:2:1:2:3mx", "x");
    row("cursor and private mode", "\x1b[?25l\x1b[2K\x1b[10;5Hx", "x");
    row("title ended by bell", "\x1b]0;title\x07x", "x");
    row("link ended by string terminator", "\x1b]8;;http://a\x1b\\text\x1b]8;;\x1b\\", "text");
    row("string that never ends", "\x1b]0;title\nnext\n", "\nnext\n");
    row("string cut by another sequence", "\x1bPabc\x1b[31mx", "x");
    row("character set", "\x1b(Bx", "x");
    row("cut in a sequence", "x\x1b[3", "x");
    row("escape at the end", "x\x1b", "x");
    row("windows line ends", "a\r\nb\r\n", "a\nb\n");
    row("two carriage returns", "a\r\r\nb", "a\nb");
    row("progress written over", "10 %\r20 %\r100 %\n", "100 %\n");
    row("progress at the end", "10 %\r", "10 %");
    QTest::newRow("nothing") << QByteArray() << QString();
}

void TerminalTextTest::showsWhatATerminalWould()
{
    QFETCH(const QByteArray, written);
    QFETCH(const QString, shown);
    QCOMPARE(terminalText(written.toStdString()), shown);
}

void TerminalTextTest::theEndSurvivesTheCap()
{
    std::string lines;
    for (int i = 0; i < 1000; ++i) {
        lines += "line " + std::to_string(i) + "\n";
    }
    const QString shown = terminalText(lines, 1000);
    QVERIFY(shown.startsWith(QString("…\nline ")));
    QVERIFY(shown.endsWith("line 999\n"));
    QVERIFY(shown.size() <= 1002);
    // No line break to cut at: at least no half character.
    std::string wide;
    for (int i = 0; i < 500; ++i) {
        wide += "\xc3\xa9";
    }
    QCOMPARE(terminalText(wide, 101), QString("…\n") + QString(50, QChar(0xe9)));
}

} // namespace tst_terminal_text

ROADSTEAD_GUILESS_TEST(tst_terminal_text::TerminalTextTest)
#include "tst_terminal_text.moc"
