// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/test_program/test_program.h"
#include "tests/ui/support/logs_test.h"
#include "ui/pages/containers/logs/log_scroll_bar.h"

#include <QImage>
#include <QTemporaryDir>

namespace tst_logs_search {

using namespace roadstead;
using namespace roadstead::ui;

/// What is searched for in a log, and where the matches are shown.
class LogsSearchTest : public LogsTest
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { LogsTest::initTestCase(); }
    void init() { LogsTest::init(); }
    void cleanup() { LogsTest::cleanup(); }

    void searchesAndGoesFromMatchToMatch()
    {
        write(90);
        m_tab->setShown(true);
        QTRY_COMPARE(view()->rows(), 90);
        type("error GET");
        QTRY_COMPARE_WITH_TIMEOUT(found(), QString("Found: 30"), patience);
        QTest::keyClick(view(), Qt::Key_Home);
        QTest::keyClick(field(), Qt::Key_Return);
        QCOMPARE(found(), QString("1 of 30"));
        QVERIFY(!view()->isFollowing());
        button("logsNext")->click();
        QCOMPARE(found(), QString("2 of 30"));
        button("logsPrevious")->click();
        button("logsPrevious")->click();
        QCOMPARE(found(), QString("30 of 30"));
        QVERIFY(view()->shownLines().second >= 88);
        write(3);
        QTRY_COMPARE_WITH_TIMEOUT(found(), QString("30 of 31"), patience);
        button("logsCase")->click();
        QTRY_COMPARE_WITH_TIMEOUT(found(), QString("No match"), patience);
        button("logsCase")->click();
        button("logsStdout")->click();
        QTRY_COMPARE_WITH_TIMEOUT(found(), QString("No match"), patience);
        QVERIFY(!button("logsNext")->isEnabled());
        QTest::keyClick(field(), Qt::Key_Escape);
        QVERIFY(found().isEmpty());
    }

    void theKeysOfTheSearchGoUpAndDownOnce()
    {
        write(90);
        m_tab->setShown(true);
        QTRY_COMPARE(view()->rows(), 90);
        m_tab->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_tab.get()));
        field()->setFocus();
        type("ERROR");
        QTRY_COMPARE_WITH_TIMEOUT(found(), QString("Found: 30"), patience);
        QTest::keyClick(view(), Qt::Key_Home);
        QTest::keyClick(field(), Qt::Key_Return);
        QCOMPARE(found(), QString("1 of 30"));
        QTest::keyClick(field(), Qt::Key_F3);
        QCOMPARE(found(), QString("2 of 30"));
        QTest::keyClick(view(), Qt::Key_F3); // wherever the keyboard is
        QCOMPARE(found(), QString("3 of 30"));
        QTest::keyClick(view(), Qt::Key_F3, Qt::ShiftModifier);
        QCOMPARE(found(), QString("2 of 30"));
        QTest::keyClick(field(), Qt::Key_Return, Qt::ShiftModifier);
        QCOMPARE(found(), QString("1 of 30"));
        QCOMPARE(m_tab->searchField(), field()); // where Ctrl+F goes
    }

    void searchesByExpressionAndSaysWhatIsWrongWithOne()
    {
        write(90);
        m_tab->setShown(true);
        QTRY_COMPARE(view()->rows(), 90);
        type("ms=8[0-4]$");
        QTRY_COMPARE_WITH_TIMEOUT(found(), QString("No match"), patience);
        button("logsRegex")->click();
        QTRY_COMPARE_WITH_TIMEOUT(found(), QString("Found: 5"), patience);
        type("(ms");
        auto *fault = m_tab->findChild<ElidedLabel *>("logsFault");
        QTRY_VERIFY_WITH_TIMEOUT(fault->fullText().startsWith("Not a regular expression"),
                                 patience);
        QVERIFY(fault->isVisible() && found().isEmpty());
        type("ms");
        QTRY_VERIFY_WITH_TIMEOUT(!fault->isVisible(), patience);
        QVERIFY2(m_tab->minimumSizeHint().width() < 480,
                 qPrintable(QString::number(m_tab->minimumSizeHint().width())));
    }

    void aMatchIsMarkedInItsLine()
    {
        write(3);
        m_tab->setShown(true);
        QTRY_COMPARE(view()->rows(), 3);
        QVERIFY(!drawn(Color::Hit));
        type("health");
        QTRY_VERIFY_WITH_TIMEOUT(drawn(Color::Hit), patience);
        QVERIFY(!drawn(Color::HitCurrent));
        QTRY_VERIFY(button("logsNext")->isEnabled());
        button("logsNext")->click();
        QVERIFY(drawn(Color::HitCurrent));
    }

    void marksArePixelsHoweverManyLinesMatch()
    {
        QTemporaryDir folder;
        const auto store = store::LineStore::make(folder.path().toStdString()).value();
        store::LineMatches matches;
        store::LineMatches::Bits all;
        all.set();
        for (int i = 0; i < 40'960; ++i) {
            QVERIFY(store->append({.text = "x"}));
        }
        QVERIFY(store->flush());
        const store::MergedLines lines({store});
        QList<int> pixels;
        addMatchPixels(pixels, lines, 0, matches, 100);
        QVERIFY(pixels.isEmpty());
        matches.add(5, all);
        addMatchPixels(pixels, lines, 0, matches, 100);
        QCOMPARE(pixels.size(), 10);
        QCOMPARE(pixels.first(), 50);
        QCOMPARE(pixels.last(), 59);
    }

    /// They are found out piece by piece, and again when there are more.
    void marksComeToTheScrollBar()
    {
        QTemporaryDir folder;
        const auto store = store::LineStore::make(folder.path().toStdString()).value();
        for (int i = 0; i < 4096; ++i) {
            QVERIFY(store->append({.text = "x"}));
        }
        QVERIFY(store->flush());
        const store::MergedLines lines({store});
        store::LineMatches matches;
        LogScrollBar bar;
        bar.resize(14, 400);
        const auto marked = [&bar] {
            const QImage image = bar.grab().toImage();
            int rows = 0;
            for (int y = 0; y < image.height(); ++y) {
                rows += image.pixelColor(image.width() / 2, y) == color(Color::WarnMark) ? 1 : 0;
            }
            return rows;
        };
        bar.setMarked(&lines, {&matches});
        QTest::qWait(50);
        QCOMPARE(marked(), 0);
        store::LineMatches::Bits one;
        one.set(100);
        matches.add(0, one);
        bar.refreshMarks();
        QTRY_VERIFY(marked() > 0);
        bar.setMarked(nullptr, {});
        QCOMPARE(marked(), 0);
    }
};

} // namespace tst_logs_search

ROADSTEAD_WIDGET_TEST(tst_logs_search::LogsSearchTest)
#include "tst_logs_search.moc"
