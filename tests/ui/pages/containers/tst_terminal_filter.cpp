// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/test_program/test_program.h"
#include "ui/pages/containers/terminal/terminal_filter.h"

#include <QTest>

namespace tst_terminal_filter {

using namespace roadstead::ui;

/// What reaches the terminal emulator of what a container writes.
class TerminalFilterTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void passesOrTakesOut_data()
    {
        QTest::addColumn<QByteArray>("written");
        QTest::addColumn<QByteArray>("drawn");
        const auto same = [](const char *name, const QByteArray &bytes) {
            QTest::newRow(name) << bytes << bytes;
        };
        same("text and ends of lines", "a\r\nb\tc\b\a");
        same("colours", "\x1b[1;38;5;196mred\x1b[0m");
        same("cursor", "\x1b[2J\x1b[9999;9999H\x1b"
                       "7\x1b"
                       "8");
        same("alternate screen, mouse, bracketed paste", "\x1b[?1049h\x1b[?1000;1006h\x1b[?2004h");
        same("reports", "\x1b[6n\x1b[c");
        same("character sets", "\x1b(0lqk\x1b(B");
        same("accents and wide characters",
             "\xc3\xa9\xe2\x82\xac\xe4\xbd\xa0\xf0\x9f\x9a\xa2\xc2\xb0");
        same("U+00C5 whose last byte looks like a control",
             "\xc3\x85 \xe2\x80\x9d \xf0\x9f\x80\x9b");
        QTest::newRow("title, ended by a bell")
            << QByteArray("a\x1b]0;title\ab") << QByteArray("ab");
        QTest::newRow("title, ended by ST") << QByteArray("a\x1b]2;t\x1b\\b") << QByteArray("ab");
        QTest::newRow("clipboard") << QByteArray("\x1b]52;c;cm0gLXJm\a.") << QByteArray(".");
        QTest::newRow("link") << QByteArray("\x1b]8;;file:///x\x1b\\x\x1b]8;;\x1b\\")
                              << QByteArray("x");
        QTest::newRow("device string") << QByteArray("\x1bP+q544e\x1b\\x") << QByteArray("x");
        QTest::newRow("APC, PM, SOS")
            << QByteArray("\x1b_a\x1b\\\x1b^b\x1b\\\x1bXc\x1b\\d") << QByteArray("d");
        QTest::newRow("title of screen") << QByteArray("\x1bkname\x1b\\d") << QByteArray("d");
        QTest::newRow("window operations") << QByteArray("\x1b[21t\x1b[8;1;1tx") << QByteArray("x");
        QTest::newRow("printing") << QByteArray("\x1b[5ix") << QByteArray("x");
        QTest::newRow("answerback") << QByteArray("\x05x\x1b[\x05"
                                                  "1mx")
                                    << QByteArray("x\x1b[1mx");
        QTest::newRow("C1 in UTF-8") << QByteArray("\xc2\x9b"
                                                   "6nx\xc2\x90")
                                     << QByteArray("6nx");
        QTest::newRow("C1 as a byte") << QByteArray("\x9b"
                                                    "6nx")
                                      << QByteArray("6nx");
        QTest::newRow("numbers that take for ever")
            << QByteArray("\x1b[99999999@x") << QByteArray("x");
        QTest::newRow("a sequence without end")
            << QByteArray("\x1b[" + QByteArray(5000, ';') + "mx") << QByteArray("x");
        QTest::newRow("a cancelled sequence") << QByteArray("\x1b[12\x18mx") << QByteArray("mx");
        QTest::newRow("a sequence begun anew")
            << QByteArray("\x1b[12\x1b[1mx") << QByteArray("\x1b[1mx");
        QTest::newRow("a string begun anew")
            << QByteArray("\x1b]0;a\x1b[1mx") << QByteArray("\x1b[1mx");
    }
    void passesOrTakesOut()
    {
        QFETCH(QByteArray, written);
        QFETCH(QByteArray, drawn);
        QCOMPARE(QByteArray::fromStdString(TerminalFilter().pass(written.toStdString())), drawn);
        TerminalFilter filter;
        QByteArray inPieces;
        for (const char c : std::as_const(written)) {
            inPieces += QByteArray::fromStdString(filter.pass(std::string(1, c)));
        }
        QCOMPARE(inPieces, drawn);
    }
    void aStringThatNeverEndsDoesNotHideTheRest()
    {
        TerminalFilter filter;
        static_cast<void>(filter.pass("\x1b]0;" + std::string(2U << 20, 'a')));
        QVERIFY(filter.pass("seen").ends_with("seen"));
    }
};

} // namespace tst_terminal_filter

ROADSTEAD_APPLESS_TEST(tst_terminal_filter::TerminalFilterTest)
#include "tst_terminal_filter.moc"
