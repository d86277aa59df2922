// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/test_program/test_program.h"
#include "ui/pages/containers/terminal/terminal_filter.h"
#include "ui/pages/containers/terminal/terminal_screen.h"
#include "ui/theme/theme.h"

#include <QTest>

namespace tst_terminal_sequences {

using namespace roadstead::ui;

/// What the emulator makes of the sequences that programs use, behind the filter.
class TerminalSequencesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Theme::instance().install(*qApp); }
    void draws_data()
    {
        QTest::addColumn<QByteArray>("written");
        QTest::addColumn<QStringList>("lines");
        const auto row = [](const char *name, const QByteArray &written, const QStringList &lines) {
            QTest::newRow(name) << written << lines;
        };
        row("cursor to a place", "\x1b[2;3Hx", {"", "  x"});
        row("cursor up, down, left, right", "\x1b[3;3H\x1b[A\x1b[2Dx\x1b[Cy\x1b[Bz",
            {"", "x y", "   z"});
        row("column and line", "\x1b[5Gx\x1b[3dy", {"    x", "", "     y"});
        row("erase to the end of the line", "abcdef\x1b[3G\x1b[K", {"ab"});
        row("erase to its start", "abcdef\x1b[3G\x1b[1K", {"   def"});
        row("erase below", "a\r\nb\r\nc\x1b[2;1H\x1b[J", {"a"});
        row("erase characters", "abcdef\x1b[2G\x1b[3X", {"a   ef"});
        row("insert characters", "abc\x1b[2G\x1b[2@", {"a  bc"});
        row("delete characters", "abcdef\x1b[2G\x1b[2P", {"adef"});
        row("insert a line", "a\r\nb\x1b[2;1H\x1b[Lx", {"a", "x", "b"});
        row("delete a line", "a\r\nb\r\nc\x1b[2;1H\x1b[M", {"a", "c"});
        row("insert mode", "abc\x1b[1G\x1b[4hx\x1b[4l", {"xabc"});
        row("scroll region", "a\r\nb\r\nc\r\nd\x1b[2;3r\x1b[3;1H\nx\x1b[r", {"a", "c", "x", "d"});
        row("reverse index", "a\r\nb\x1b[1;1H\x1bMx", {"x", "a", "b"});
        row("save and restore the cursor",
            "ab\x1b"
            "7\x1b[5;5H\x1b"
            "8c",
            {"abc"});
        row("tabs", "a\tb\tc", {"a       b       c"});
        row("a tab set", "\x1b[3g\x1b[4G\x1bH\x1b[1Ga\tb", {"a  b"});
        row("colours leave the text", "\x1b[1;4;31ma\x1b[38;2;1;2;3mb\x1b[0mc", {"abc"});
        row("the alternate screen comes and goes", "main\x1b[?1049h\x1b[Hother\x1b[?1049l",
            {"main"});
        row("line drawing", "\x1b(0lqk\x1b(Bx", {QStringLiteral("\u250c\u2500\u2510x")});
        row("wide characters", "\xe4\xbd\xa0\xe5\xa5\xbdx", {QStringLiteral("\u4f60\u597dx")});
        row("backspace and carriage return", "abc\b\bx\ry", {"yxc"});
    }
    void draws()
    {
        QFETCH(QByteArray, written);
        QFETCH(QStringList, lines);
        TerminalScreen screen;
        screen.resize(640, 400);
        screen.show();
        TerminalFilter filter;
        screen.write(filter.pass(written.toStdString()));
        QTRY_COMPARE(textOf(screen), lines);
    }
    void aResetMovesTheScreenIntoTheHistory()
    {
        TerminalScreen screen;
        screen.resize(640, 400);
        screen.show();
        screen.write("abc\x1b"
                     "cx");
        QTRY_COMPARE(textOf(screen).value(0), QStringLiteral("abc"));
        QTRY_COMPARE(textOf(screen).constLast(), QStringLiteral("x"));
    }
    void wrapsAtTheLastColumn()
    {
        TerminalScreen screen;
        screen.resize(640, 400);
        screen.show();
        QTRY_VERIFY(screen.columns() > 20);
        QCoreApplication::processEvents();
        const int columns = screen.columns();
        screen.write("\x1b[?7h" + std::string(std::size_t(columns), 'a') + "b\x1b[1;1Hc");
        QTRY_VERIFY(screen.text().startsWith(u'c'));
        QVERIFY(screen.text().trimmed().endsWith(u'b'));
    }
    void answersWhereTheCursorIs()
    {
        TerminalScreen screen;
        screen.resize(640, 400);
        screen.show();
        QByteArray answer;
        connect(&screen, &TerminalScreen::typed, this,
                [&answer](const QByteArray &bytes) { answer += bytes; });
        screen.write("\x1b[3;7H\x1b[6n");
        QTRY_COMPARE(answer, QByteArray("\x1b[3;7R"));
    }

private:
    /// Without white space at the ends of lines and empty lines at the end.
    static QStringList textOf(const TerminalScreen &screen)
    {
        QStringList lines = screen.text().split(u'\n');
        for (QString &line : lines) {
            while (line.endsWith(u' ') || line.endsWith(QChar(0))) {
                line.chop(1);
            }
        }
        while (!lines.isEmpty() && lines.constLast().isEmpty()) {
            lines.removeLast();
        }
        return lines;
    }
};

} // namespace tst_terminal_sequences

ROADSTEAD_WIDGET_TEST(tst_terminal_sequences::TerminalSequencesTest)
#include "tst_terminal_sequences.moc"
