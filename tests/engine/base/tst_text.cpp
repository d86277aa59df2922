// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/text.h"
#include "tests/support/test_program/test_program.h"

#include <QTest>

namespace tst_text {

using namespace roadstead;
using namespace std::string_literals;

class TestText : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void safeTextShowsWhatIsHostile_data();
    void safeTextShowsWhatIsHostile();
    void lineBreaksStayOnlyWhenAskedFor();
    void lengthIsCappedWithTheMarkersCounted();
    void everyCodePointComesOutValidAndHarmless();
    void middleElisionKeepsTheEndOfHugeTexts();
    void invalidBytesAreReplaced_data();
    void invalidBytesAreReplaced();
};

void TestText::safeTextShowsWhatIsHostile_data()
{
    QTest::addColumn<std::string>("hostile");
    QTest::addColumn<std::string>("shown");
    QTest::newRow("plain text stays") << "web-1 <b>&amp;</b>"s << "web-1 <b>&amp;</b>"s;
    QTest::newRow("escape sequence") << "\x1b[31mred"s << "␛[31mred"s;
    QTest::newRow("line breaks and tab") << "a\r\nb\tc"s << "a␍␊b␉c"s;
    QTest::newRow("NUL inside") << "a\0b"s << "a␀b"s;
    QTest::newRow("delete") << "a\x7f"s << "a␡"s;
    QTest::newRow("right-to-left override") << "gpj\u202Eexe"s << "gpj⟨U+202E⟩exe"s;
    QTest::newRow("isolates") << "\u2066x\u2069"s << "⟨U+2066⟩x⟨U+2069⟩"s;
    QTest::newRow("zero-width space") << "ad\u200Bmin"s << "ad⟨U+200B⟩min"s;
    QTest::newRow("byte order mark") << "\uFEFFx"s << "⟨U+FEFF⟩x"s;
    QTest::newRow("C1 control") << "\u009Bm"s << "⟨U+009B⟩m"s;
    QTest::newRow("line separator") << "a\u2028b"s << "a⟨U+2028⟩b"s;
    QTest::newRow("tag character") << "\U000E0041"s << "⟨U+E0041⟩"s;
    QTest::newRow("noncharacter") << "\uFFFF"s << "⟨U+FFFF⟩"s;
    QTest::newRow("letters of other scripts") << "日本語 العربية \u0915\u094D\u200D"s
                                              << "日本語 العربية \u0915\u094D\u200D"s;
    QTest::newRow("emoji with joiner") << "👩\u200D💻"s << "👩\u200D💻"s;
    QTest::newRow("not UTF-8") << "a\xff\xc3"s << "a\uFFFD\uFFFD"s;
}

void TestText::safeTextShowsWhatIsHostile()
{
    QFETCH(std::string, hostile);
    QFETCH(std::string, shown);
    QCOMPARE(safeText(hostile), shown);
}

void TestText::lineBreaksStayOnlyWhenAskedFor()
{
    QCOMPARE(safeText("a\r\nb\tc\rd", {.keepLineBreaks = true}), "a\nb\tc␍d"s);
}

void TestText::lengthIsCappedWithTheMarkersCounted()
{
    QCOMPARE(safeText("0123456789", {.maxCharacters = 10}), "0123456789"s);
    QCOMPARE(safeText("0123456789a", {.maxCharacters = 10}), "012345678…"s);
    QCOMPARE(safeText("0123456789a", {.maxCharacters = 7, .elision = Elision::Middle}), "012…89a"s);
    QCOMPARE(safeText("日本語日本語", {.maxCharacters = 3}), "日本…"s);
    // A marker is eight characters and never cut.
    QCOMPARE(safeText("\u202Ex\u202E", {.maxCharacters = 10}), "⟨U+202E⟩x…"s);
    QCOMPARE(safeText("abc", {.maxCharacters = 1}), "…"s);
    QCOMPARE(safeText("abc", {.maxCharacters = 0}), ""s);
}

void TestText::everyCodePointComesOutValidAndHarmless()
{
    const QList<QChar::Direction> turningDirections{QChar::DirLRE, QChar::DirLRO, QChar::DirRLE,
                                                    QChar::DirRLO, QChar::DirPDF, QChar::DirLRI,
                                                    QChar::DirRLI, QChar::DirFSI, QChar::DirPDI};
    for (char32_t c = 0; c <= 0x10FFFF; ++c) {
        if (c >= 0xD800 && c <= 0xDFFF) {
            continue;
        }
        const QString original{QChar::fromUcs4(c)};
        const std::string shown = safeText(original.toStdString());
        const QString drawn = QString::fromStdString(shown);
        if (!isValidUtf8(shown) || drawn.isEmpty()) {
            QFAIL(qPrintable(QStringLiteral("U+%1").arg(static_cast<uint>(c), 4, 16)));
        }
        for (const QChar unit : drawn) {
            const bool turning = turningDirections.contains(unit.direction());
            if (unit.category() == QChar::Other_Control || turning) {
                QFAIL(qPrintable(QStringLiteral("U+%1").arg(static_cast<uint>(c), 4, 16)));
            }
        }
    }
}

void TestText::middleElisionKeepsTheEndOfHugeTexts()
{
    const std::string huge = "first" + std::string(1'000'000, 'x') + "\xE6\x97\xA5:tag";
    const std::string shown = safeText(huge, {.maxCharacters = 11, .elision = Elision::Middle});
    QCOMPARE(shown, "first…日:tag"s);
}

void TestText::invalidBytesAreReplaced_data()
{
    QTest::addColumn<std::string>("bytes");
    QTest::addColumn<std::string>("repaired");
    QTest::newRow("overlong slash") << "\xC0\xAF"s << "\uFFFD\uFFFD"s;
    QTest::newRow("surrogate") << "\xED\xA0\x80"s << "\uFFFD\uFFFD\uFFFD"s;
    QTest::newRow("above the last code point")
        << "\xF4\x90\x80\x80"s << "\uFFFD\uFFFD\uFFFD\uFFFD"s;
    QTest::newRow("cut at the end") << "a\xE6\x97"s << "a\uFFFD"s;
    QTest::newRow("valid") << "a\xE6\x97\xA5"s << "a日"s;
}

void TestText::invalidBytesAreReplaced()
{
    QFETCH(std::string, bytes);
    QFETCH(std::string, repaired);
    QCOMPARE(repairUtf8(bytes), repaired);
    QCOMPARE(isValidUtf8(bytes), bytes == repaired);
}

} // namespace tst_text

ROADSTEAD_APPLESS_TEST(tst_text::TestText)
#include "tst_text.moc"
