// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/test_program/test_program.h"
#include "tests/ui/support/logs_test.h"
#include "ui/pages/containers/logs/log_line_text.h"
#include "ui/pages/containers/logs/log_panel.h"
#include "ui/pages/containers/logs/log_rate.h"
#include "ui/pages/containers/logs/log_save_dialog.h"
#include "ui/pages/containers/logs/log_time_field.h"
#include "ui/pages/containers/logs/log_view.h"
#include "ui/pages/containers/logs/logs_tab.h"
#include "ui/theme/theme.h"
#include "ui/widgets/label.h"

#include <QAbstractButton>
#include <QClipboard>
#include <QDir>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QScrollBar>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

namespace tst_logs_tab {

using namespace roadstead;
using namespace roadstead::ui;

/// The log of a container, as a person reads it.
class LogsTabTest : public LogsTest
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { LogsTest::initTestCase(); }
    void init() { LogsTest::init(); }
    void cleanup() { LogsTest::cleanup(); }

    void asksNothingBeforeItIsShown()
    {
        QVERIFY(m_engine->log.asked.empty());
        m_tab->setShown(true);
        QTRY_COMPARE(int(m_engine->log.readers.size()), 1);
    }

    void showsTheNewestLinesAndFollows()
    {
        write(100);
        m_tab->setShown(true);
        QTRY_COMPARE(view()->rows(), 100);
        QCOMPARE(view()->shownLines().second, 100);
        QTRY_COMPARE(int(m_engine->log.readers.size()), 1);
        write(10);
        QTRY_COMPARE(view()->shownLines().second, 110);

        QTest::keyClick(view(), Qt::Key_Home);
        QVERIFY(!view()->isFollowing());
        QVERIFY(!button("logsFollow")->isChecked());
        write(5);
        QTRY_COMPARE(view()->rows(), 115);
        QCOMPARE(view()->shownLines().first, 1);
        QTRY_VERIFY(button("logsNewLines")->isVisible());
        QTest::keyClick(view(), Qt::Key_End);
        QVERIFY(view()->isFollowing());
        QVERIFY(!button("logsNewLines")->isVisible());
    }

    void filtersAndCopies()
    {
        write(90);
        m_tab->setShown(true);
        QTRY_COMPARE(view()->rows(), 90);
        button("logsErrors")->click();
        QCOMPARE(view()->rows(), 30);
        button("logsAllLevels")->click();
        QCOMPARE(view()->rows(), 90);
        button("logsErrors")->click();
        view()->selectAll();
        view()->copy();
        QCOMPARE(QGuiApplication::clipboard()->text().count(u'\n'), 30);
        button("logsStdout")->click();
        QTRY_COMPARE(view()->rows(), 0);
        QVERIFY(m_tab->findChild<QWidget *>("logsMessage")->isVisible());
    }

    void longLinesAreBrokenToTheWidth()
    {
        for (int i = 0; i < 400; ++i) {
            m_engine->log.write(
                {test::fakeDay + i * 1'000'000LL,
                 i % 2 == 0 ? "short " + std::to_string(i) : std::string(600, 'x') + " end"});
        }
        m_tab->setShown(true);
        QTRY_COMPARE(view()->rows(), 400);
        const auto [first, last] = view()->shownLines();
        QVERIFY(last - first > 15);
        QTRY_VERIFY(view()->horizontalScrollBar()->maximum() > 0);
        button("logsWrap")->click();
        QTRY_COMPARE(view()->horizontalScrollBar()->maximum(), 0);
        QCOMPARE(view()->shownLines().second, 400); // the newest stays in sight
        const auto [wrappedFirst, wrappedLast] = view()->shownLines();
        QVERIFY2(wrappedLast - wrappedFirst < (last - first) / 2,
                 qPrintable(QString("%1 to %2").arg(wrappedFirst).arg(wrappedLast)));
        QVERIFY(view()->isFollowing());

        // By keyboard every line comes into sight, one after the other.
        for (int i = 0; i < 60; ++i) {
            QTest::keyClick(view(), Qt::Key_Up);
        }
        QVERIFY(!view()->isFollowing());
        QVERIFY(view()->shownLines().first <= 341 && view()->shownLines().second >= 341);
        // By wheel no line is left out: up and down again is where it began.
        const std::int64_t top = view()->topRow();
        wheel(+4);
        QVERIFY(view()->topRow() < top);
        wheel(-4);
        QCOMPARE(view()->topRow(), top);
        wheel(-400);
        QCOMPARE(view()->shownLines().second, 400);
        QVERIFY(view()->isFollowing());
        button("logsWrap")->click();
        QCOMPARE(view()->shownLines().second, 400);
    }

    void theLevelIsShownOnce()
    {
        LogLineText line = logLineText("\x1b[31mERROR\x1b[0m GET /health", false);
        dropLevel(line);
        QCOMPARE(line.text, QString("GET /health"));
        QVERIFY(line.formats.isEmpty());
        for (const auto &[raw, shown] :
             {std::pair("[warn] low", "low"), std::pair("error: no", "no"),
              std::pair("E0102 15:04 x", "E0102 15:04 x"), std::pair("<3>usb", "usb"),
              std::pair("informed INFO", "informed INFO"),
              std::pair("{\"level\":\"info\"}", "{\"level\":\"info\"}"),
              std::pair("INFO", "INFO")}) {
            line = logLineText(raw, false);
            dropLevel(line);
            QCOMPARE(line.text, QString(shown));
        }
        line = logLineText("ERROR GET /health", false);
        markMatches(line, {{2, 3}}, false);
        dropLevel(line); // what was found in it is seen
        QCOMPARE(line.text, QString("ERROR GET /health"));
    }

    void saysHowFastLinesCome()
    {
        LogRate rate;
        QCOMPARE(rate.perSecond(0), 0.0);
        rate.add(0, 100'000); // read at once
        rate.add(500, 100'010);
        QCOMPARE(rate.perSecond(500), 0.0);
        for (int i = 1; i <= 10; ++i) {
            rate.add(500 + i * 1000, 100'010 + i * 34);
        }
        QCOMPARE(rate.perSecond(10'500), 34.0);
        QVERIFY(rate.perSecond(100'000) < 3);
    }

    void savesTheWholeLogAndSaysTheCommand()
    {
        write(90);
        m_tab->setShown(true);
        QTRY_COMPARE(view()->rows(), 90);
        button("logsSave")->click();
        auto *dialog = m_tab->findChild<LogSaveDialog *>();
        QTRY_VERIFY(dialog && dialog->isVisible());
        QCOMPARE(dialog->command(), QString("docker logs api > FILE 2>&1"));
        dialog->findChild<QAbstractButton *>("logsSaveTimestamps")->click();
        QCOMPARE(dialog->command(), QString("docker logs -t api > FILE 2>&1"));
        QVERIFY(dialog->findChild<QAbstractButton *>("logsSaveAll")->isChecked());
        QVERIFY(!dialog->findChild<QAbstractButton *>("logsSaveShown"));
        dialog->reject();

        const QTemporaryDir folder;
        const QString path = folder.filePath("a b.log");
        m_tab->panel()->saveAs({}, path);
        QTRY_VERIFY(saveText().startsWith("Saved 90 lines"));
        QCOMPARE(linesIn(path), 90);
        QCOMPARE(int(m_engine->records.size()), 1);
        QCOMPARE(m_engine->records[0].line, QString("docker logs api > '%1' 2>&1").arg(path));
        QVERIFY(m_engine->records[0].isOver && !m_engine->records[0].error);
        button("logsSaveEnd")->click();
        QVERIFY(!m_tab->findChild<QWidget *>("logsSaveStrip")->isVisible());
    }

    void savesWhatTheFilterAndTheSearchShow()
    {
        write(90);
        m_tab->setShown(true);
        QTRY_COMPARE(view()->rows(), 90);
        const QTemporaryDir folder;
        const QString path = folder.filePath("out.log");
        type("ms=1");
        QTRY_COMPARE_WITH_TIMEOUT(found(), QString("Found: 11"), patience);
        button("logsSave")->click();
        auto *dialog = m_tab->findChild<LogSaveDialog *>();
        QTRY_VERIFY(dialog && dialog->isVisible());
        QVERIFY(dialog->findChild<QAbstractButton *>("logsSaveMatching")->isChecked());
        QCOMPARE(dialog->command(), QString("docker logs api 2>&1 | grep -Fi -e ms=1 > FILE"));
        dialog->reject();
        m_tab->panel()->saveAs({LogSaveChoice::What::Matching, false}, path);
        QTRY_VERIFY(saveText().startsWith("Saved 11 lines"));
        QCOMPARE(linesIn(path), 11);
        button("logsErrors")->click();
        QTRY_COMPARE(view()->rows(), 30);
        m_tab->panel()->saveAs({LogSaveChoice::What::Shown, false}, path);
        QTRY_VERIFY(saveText().startsWith("Saved 30 lines"));
        QCOMPARE(linesIn(path), 30);
        QCOMPARE(int(m_engine->records.size()), 1); // docker knows no levels
        button("logsAllLevels")->click();
        button("logsStderr")->click();
        m_tab->panel()->saveAs({LogSaveChoice::What::Shown, false}, path);
        QTRY_COMPARE(int(m_engine->records.size()), 2);
        QCOMPARE(m_engine->records[1].line, QString("docker logs api 2> %1 >/dev/null").arg(path));
    }

    void aSaveThatFailsSaysWhyAndLeavesNothing()
    {
        write(9);
        m_tab->setShown(true);
        QTRY_COMPARE(view()->rows(), 9);
        const QTemporaryDir folder;
        m_tab->panel()->saveAs({}, folder.filePath("none/out.log"));
        QTRY_VERIFY(saveText().startsWith("Not saved."));
        QVERIFY(m_engine->records[0].error);
        m_engine->log.fault = {ErrorKind::ConnectionLost, 0, "x", "container.logs"};
        m_tab->panel()->saveAs({}, folder.filePath("out.log"));
        QTRY_VERIFY(int(m_engine->records.size()) == 2 && m_engine->records[1].isOver);
        QVERIFY(QDir(folder.path()).isEmpty());
    }

    void readsAllOfALongLogWhenAsked()
    {
        write(6000); // more than are read first
        m_tab->setShown(true);
        QTRY_COMPARE_WITH_TIMEOUT(view()->rows(), 5000, patience);
        QTRY_VERIFY(button("logsReadAll")->isVisible());
        button("logsReadAll")->click();
        QTRY_COMPARE_WITH_TIMEOUT(view()->rows(), 6000, patience);
        QTRY_VERIFY(!button("logsReadAll")->isVisible());
        QCOMPARE(view()->shownLines().second, 6000);
    }

    void keepsTheLinesOfARemovedContainer()
    {
        write(20);
        m_tab->setShown(true);
        QTRY_COMPARE(int(m_engine->log.readers.size()), 1);
        m_engine->log.fault.kind = ErrorKind::NotFound;
        m_engine->log.end({});
        auto *status = m_tab->findChild<QLabel *>("logsStatus");
        QTRY_COMPARE_WITH_TIMEOUT(status->text(), QString("The container was removed"), patience);
        m_tab->setGone();
        QCOMPARE(view()->rows(), 20);
        QVERIFY(view()->isVisible());
    }

    void goesToATime()
    {
        write(300); // 77 ms apart
        m_tab->setShown(true);
        QTRY_COMPARE(view()->rows(), 300);
        const QDateTime wanted =
            QDateTime::fromMSecsSinceEpoch(test::fakeDay / 1'000'000 + 1000 + 77 * 150);
        auto *time = m_tab->findChild<QLineEdit *>("logsTime");
        QTest::keyClicks(time, wanted.toString("HH:mm:ss.zzz"));
        QTest::keyClick(time, Qt::Key_Return);
        const auto [first, last] = view()->shownLines();
        QVERIFY(first < 151 && last > 151);
        QVERIFY(std::abs((first + last) / 2 - 151) <= 1);
        QVERIFY(!view()->isFollowing());

        time->clear();
        QTest::keyClicks(time, "25:99");
        QTest::keyClick(time, Qt::Key_Return);
        QVERIFY(m_tab->findChild<QLabel *>("logsStatus")->text().startsWith("Not a time"));
        QCOMPARE(view()->shownLines().first, first);
    }

    void takesTimesAsTheyAreTyped()
    {
        const QDate day(2026, 3, 4);
        QCOMPARE(typedTime("7:05", day), QDateTime(day, QTime(7, 5)));
        QCOMPARE(typedTime(" 14:31:38 ", day), QDateTime(day, QTime(14, 31, 38)));
        QCOMPARE(typedTime("2025-12-31 23:59", day), QDateTime(QDate(2025, 12, 31), QTime(23, 59)));
        QVERIFY(!typedTime("", day));
        QVERIFY(!typedTime("2025-13-31 23:59", day));
        QVERIFY(!typedTime("noon", day));
    }

    void picture_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }
    void picture()
    {
        QFETCH(const bool, dark);
        Theme::instance().setAppearance(dark ? Appearance::Dark : Appearance::Light);
        write(60);
        m_engine->log.write(
            {test::fakeDay + 900'000'000'000,
             "\x1b[32mgreen\x1b[0m \x1b[1;31mred\x1b[0m \x1b]0;title\x07 rtl\u202E x"});
        m_tab->setShown(true);
        QTRY_COMPARE(view()->rows(), 61);
        type("/health");
        QTRY_COMPARE_WITH_TIMEOUT(found(), QString("Found: 60"), patience);
        QTest::keyClick(field(), Qt::Key_Return);
        const QDir folder(QCoreApplication::applicationDirPath() + "/gallery");
        QVERIFY(folder.mkpath("."));
        QVERIFY(m_tab->grab().save(
            folder.filePath(QString("logs-%1.png").arg(QTest::currentDataTag()))));
    }
};

} // namespace tst_logs_tab

ROADSTEAD_WIDGET_TEST(tst_logs_tab::LogsTabTest)
#include "tst_logs_tab.moc"
