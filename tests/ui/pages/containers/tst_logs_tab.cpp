// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/support/fake_container_engine.h"
#include "ui/pages/containers/logs/log_view.h"
#include "ui/pages/containers/logs/logs_tab.h"
#include "ui/theme/theme.h"

#include <QAbstractButton>
#include <QClipboard>
#include <QDir>
#include <QGuiApplication>
#include <QLabel>
#include <QScrollBar>
#include <QStandardPaths>
#include <QTest>

using namespace roadstead;
using namespace roadstead::ui;

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
