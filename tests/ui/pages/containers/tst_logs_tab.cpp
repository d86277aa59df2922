// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/support/fake_container_engine.h"
#include "ui/pages/containers/logs/log_scroll_bar.h"
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

using namespace roadstead;
using namespace roadstead::ui;

namespace {

constexpr int patience = 60'000;

} // namespace

/// The log of a container, as a person reads it.
class LogsTabTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        Theme::instance().install(*qApp);
    }
    void init()
    {
        m_engine = std::make_unique<test::FakeContainerEngine>();
        docker::ContainerSummary summary;
        summary.id = std::string(64, 'a');
        summary.name = "api";
        summary.state = docker::ContainerState::Running;
        m_engine->show({summary});
        m_tab = std::make_unique<LogsTab>(m_engine.get());
        m_tab->resize(1064, 560);
        m_tab->setContainer(ContainerRow(summary));
        m_tab->show();
    }
    void cleanup()
    {
        m_tab.reset();
        m_engine.reset();
    }

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
        QTRY_VERIFY_WITH_TIMEOUT(found().startsWith("Not a regular expression"), patience);
        QVERIFY(!button("logsNext")->isEnabled());
        QVERIFY2(m_tab->minimumSizeHint().width() < 480,
                 qPrintable(QString::number(m_tab->minimumSizeHint().width())));
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

    void aMatchIsMarkedInItsLine()
    {
        write(3);
        m_tab->setShown(true);
        QTRY_COMPARE(view()->rows(), 3);
        QVERIFY(!drawn(Color::Hit));
        type("health");
        QTRY_VERIFY_WITH_TIMEOUT(drawn(Color::Hit), patience);
        QVERIFY(!drawn(Color::HitCurrent));
        button("logsNext")->click();
        QVERIFY(drawn(Color::HitCurrent));
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
        const store::LineView lines(store);
        QVERIFY(matchPixels(lines, matches, 100).isEmpty());
        matches.add(5, all);
        const QList<int> pixels = matchPixels(lines, matches, 100);
        QCOMPARE(pixels.size(), 10);
        QCOMPARE(pixels.first(), 50);
        QCOMPARE(pixels.last(), 59);
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

private:
    LogView *view() { return m_tab->view(); }
    QAbstractButton *button(const char *name)
    {
        return m_tab->findChild<QAbstractButton *>(QLatin1StringView(name));
    }
    QLineEdit *field() { return m_tab->findChild<QLineEdit *>("logsSearch"); }
    QString found() { return m_tab->findChild<ElidedLabel *>("logsFound")->fullText(); }
    void type(const char *text)
    {
        field()->clear();
        QTest::keyClicks(field(), QLatin1StringView(text));
    }
    bool drawn(Color wanted)
    {
        const QImage image = view()->viewport()->grab().toImage();
        const QRgb rgb = color(wanted).rgb();
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x) {
                if (image.pixel(x, y) == rgb) {
                    return true;
                }
            }
        }
        return false;
    }
    void write(int count)
    {
        for (int i = 0; i < count; ++i) {
            const auto number = std::int64_t(m_engine->log.lines.size());
            const char *level = number % 3 == 0 ? "ERROR" : number % 3 == 1 ? "INFO" : "WARN";
            m_engine->log.write(
                {test::fakeDay + 1'000'000'000 + number * 77'000'000,
                 std::string(level) + " GET /health 200 ms=" + std::to_string(number),
                 number % 3 == 0 ? docker::LogStream::Stderr : docker::LogStream::Stdout});
        }
    }

    std::unique_ptr<test::FakeContainerEngine> m_engine;
    std::unique_ptr<LogsTab> m_tab;
};

QTEST_MAIN(LogsTabTest)
#include "tst_logs_tab.moc"
