// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/test_program/test_program.h"
#include "tests/ui/support/page_bench.h"
#include "ui/pages/containers/details_view.h"
#include "ui/pages/containers/logs/log_panel.h"
#include "ui/pages/containers/logs/log_view.h"
#include "ui/pages/containers/logs/merged_logs_view.h"
#include "ui/theme/theme.h"
#include "ui/widgets/command_hint.h"
#include "ui/widgets/label.h"
#include "ui/widgets/tab_bar.h"

#include <QClipboard>
#include <QDir>
#include <QGuiApplication>
#include <QLineEdit>
#include <QMenu>
#include <QSettings>
#include <QStandardPaths>

namespace tst_containers_logs {

using namespace roadstead;
using namespace roadstead::ui;

/// Logs from the list of containers: of one, of several by time, of a project.
class ContainersLogsTest : public QObject
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
        QSettings().clear(); // which pane was open
        m_bench = std::make_unique<test::PageBench>();
        m_harbour = std::make_unique<test::Harbour>(m_bench->engine);
        for (const auto &summary : m_harbour->snapshot()) {
            m_bench->engine.logsOf[summary.id]; // of its own
        }
        m_bench->settle();
    }
    void cleanup()
    {
        m_bench.reset();
        m_harbour.reset();
    }

    void theKeyOpensTheLogOfTheCurrentContainer()
    {
        m_bench->table->setCurrentId(id("gitea"));
        m_bench->table->setFocus();
        QTest::keyClick(m_bench->table, Qt::Key_L, Qt::ControlModifier);
        auto *details = m_bench->find<DetailsView>("containerDetails");
        QVERIFY(details);
        QCOMPARE(details->containerId(), id("gitea"));
        QCOMPARE(details->tabs()->tabText(details->tabs()->currentIndex()), QString("Logs"));
        // There, too.
        details->tabs()->setCurrentIndex(0);
        details->tabs()->setFocus();
        QTest::keyClick(details->tabs(), Qt::Key_L, Qt::ControlModifier);
        QCOMPARE(details->tabs()->currentIndex(), int(DetailsView::logsIndex));
        QCOMPARE(details->containerId(), id("gitea"));
    }

    void theKeyInThePaneStaysThere()
    {
        m_bench->table->setCurrentId(id("gitea"));
        m_bench->table->setFocus();
        QTest::keyClick(m_bench->table, Qt::Key_Return, Qt::AltModifier);
        auto *beside = m_bench->find<DetailsView>("containerPaneDetails");
        QTRY_VERIFY(beside);
        beside->tabs()->setFocus();
        QTest::keyClick(beside->tabs(), Qt::Key_L, Qt::ControlModifier);
        QCOMPARE(beside->tabs()->currentIndex(), int(DetailsView::logsIndex));
        QVERIFY(!m_bench->page.canGoBack());
    }

    void severalAreMergedByTime()
    {
        write("gitea", {0, 20, 40});
        write("mailpit", {10, 30, 50});
        m_bench->table->selectIds({id("gitea"), id("mailpit")});
        m_bench->press("bulkLogsButton");
        QVERIFY(merged());
        QVERIFY(m_bench->page.canGoBack());
        QCOMPARE(title(), QString("Logs of 2 containers"));
        QTRY_COMPARE(view()->rows(), 6);
        QCOMPARE(texts(),
                 QStringList({"gitea | INFO 0", "mailpit | INFO 10", "gitea | INFO 20",
                              "mailpit | INFO 30", "gitea | INFO 40", "mailpit | INFO 50"}));
        // What comes later of either stands where its time is.
        m_bench->engine.logsOf[id("gitea")].write({at(60), "INFO 60"});
        QTRY_COMPARE(texts().last(), QString("gitea | INFO 60"));
        m_bench->press("logsOf_gitea");
        QTRY_COMPARE(view()->rows(), 3);
        QCOMPARE(texts().first(), QString("mailpit | INFO 10"));
        m_bench->press("logsOf_gitea");
        QTRY_COMPARE(view()->rows(), 7);
        QTest::keyClick(view(), Qt::Key_Escape);
        QVERIFY(!merged());
        QVERIFY(!m_bench->page.canGoBack());
        QVERIFY(m_bench->table->isVisible());
    }

    void aFilterThatNoLinePassesIsClearedWithAllItHides()
    {
        write("gitea", {0, 20, 40});
        write("mailpit", {10, 30, 50});
        m_bench->page.showLogs({id("gitea"), id("mailpit")});
        QTRY_COMPARE(view()->rows(), 6);
        m_bench->press("logsOf_gitea");
        m_bench->press("logsErrors");
        QTRY_VERIFY(m_bench->find("logsMessage") && m_bench->find("logsMessage")->isVisible());
        m_bench->press("logsMessagePrimary");
        QCOMPARE(view()->rows(), 6);
        QVERIFY(m_bench->find<QAbstractButton>("logsOf_gitea")->isChecked());
    }

    void aSearchGoesThroughAllOfThem()
    {
        write("gitea", {0, 20, 40});
        write("mailpit", {10, 30, 50});
        m_bench->page.showLogs({id("gitea"), id("mailpit")});
        QTRY_COMPARE(view()->rows(), 6);
        auto *field = m_bench->find<QLineEdit>("logsSearch");
        QCOMPARE(m_bench->page.filterField(), field);
        QTest::keyClicks(field, "0");
        auto *found = merged()->findChild<ElidedLabel *>("logsFound");
        QTRY_COMPARE(found->fullText(), QString("Found: 6"));
        QTest::keyClick(view(), Qt::Key_Home);
        for (int i = 1; i <= 6; ++i) {
            QTest::keyClick(field, Qt::Key_Return);
            QCOMPARE(found->fullText(), QString("%1 of 6").arg(i));
        }
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(found->fullText(), QString("1 of 6"));
        QTest::keyClick(field, Qt::Key_Return, Qt::ShiftModifier);
        QCOMPARE(found->fullText(), QString("6 of 6"));
        m_bench->press("logsOf_mailpit");
        QTRY_COMPARE(found->fullText(), QString("Found: 3"));
    }

    void aProjectTakesInWhatJoinsIt()
    {
        write("shopfront-api-1", {0});
        const QModelIndex api = m_bench->page.controller()->tree()->indexOf(id("shopfront-api-1"));
        m_bench->table->setCurrentIndex(api.parent());
        m_bench->table->setFocus();
        QTest::keyClick(m_bench->table, Qt::Key_L, Qt::ControlModifier);
        QVERIFY(merged());
        QCOMPARE(title(), QString("Logs of shopfront"));
        QTRY_COMPARE(view()->rows(), 1);
        QCOMPARE(commandHint(m_bench->find("logsFollow")),
                 QString("docker compose -p shopfront logs --follow --timestamps --tail 5000"));

        auto snapshot = m_harbour->snapshot();
        snapshot.push_back(test::container(77, "shopfront-mail-1", "shopfront"));
        auto &log = m_bench->engine.logsOf[test::containerId(77)];
        log.lines.push_back({at(5), "INFO joined"});
        m_bench->engine.show(snapshot);
        QTRY_COMPARE(view()->rows(), 2);
        QCOMPARE(texts().last(), QString("shopfront-mail-1 | INFO joined"));
        QTRY_VERIFY(m_bench->find("logsOf_shopfront-mail-1"));
        // One that goes leaves its lines.
        snapshot.pop_back();
        m_bench->engine.show(snapshot);
        m_bench->settle();
        QCOMPARE(view()->rows(), 2);
    }

    void theMenuAndThePaletteLeadThere()
    {
        Q_EMIT m_bench->table->menuWanted({id("gitea")}, {});
        auto *menu = m_bench->page.widget()->findChild<QMenu *>("containerMenu");
        QVERIFY(menu);
        auto *entry = menu->findChild<QAction *>("menuLogs");
        QVERIFY(entry);
        QCOMPARE(commandHint(entry), QString("docker logs -f -t -n 5000 gitea"));
        menu->close();
        const QList<PaletteItem> found = m_bench->page.find("logs gitea", 5);
        QVERIFY(!found.isEmpty());
        QCOMPARE(found.first().text, QString("Logs gitea"));
        found.first().run();
        QVERIFY(m_bench->find<DetailsView>("containerDetails"));
        QVERIFY(!m_bench->page.find("log", 50).isEmpty());
        const QList<QAction *> actions = m_bench->page.actions();
        QVERIFY(std::ranges::any_of(actions, [](const QAction *action) {
            return action->objectName() == "containerLogs" && action->text() == "Logs of gitea";
        }));
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
        const char *const names[] = {"shopfront-api-1", "shopfront-db-1", "shopfront-web-1"};
        for (int i = 0; i < 60; ++i) {
            const char *text = i % 7 == 0   ? "ERROR POST /api/checkout 500 ms=5006 TimeoutError"
                               : i % 5 == 0 ? "WARN slow query ms=1288 table=order_items"
                                            : "INFO GET /api/cart 200 ms=18";
            m_bench->engine.logsOf[id(names[i % 3])].lines.push_back(
                {at(i * 40), text,
                 i % 7 == 0 ? docker::LogStream::Stderr : docker::LogStream::Stdout});
        }
        m_bench->page.showLogs({id(names[0]), id("shopfront-cache-1"), id(names[1]), id(names[2]),
                                id("shopfront-worker-1")});
        QTRY_COMPARE(view()->rows(), 60);
        const QDir folder(QCoreApplication::applicationDirPath() + "/gallery");
        QVERIFY(folder.mkpath("."));
        QVERIFY(m_bench->window.grab().save(
            folder.filePath(QString("logs-merged-%1.png").arg(QTest::currentDataTag()))));
    }

private:
    [[nodiscard]] std::string id(const std::string &name) const { return m_harbour->id(name); }
    static std::int64_t at(int milliseconds)
    {
        return test::fakeDay + 1'000'000'000 + std::int64_t(milliseconds) * 1'000'000;
    }
    void write(const std::string &name, const std::vector<int> &times)
    {
        for (const int time : times) {
            m_bench->engine.logsOf[id(name)].lines.push_back(
                {at(time), "INFO " + std::to_string(time)});
        }
    }
    MergedLogsView *merged() { return m_bench->find<MergedLogsView>("mergedLogs"); }
    LogView *view() { return merged() ? merged()->panel()->view() : nullptr; }
    QString title() { return m_bench->find<ElidedLabel>("mergedLogsTitle")->fullText(); }
    QStringList texts()
    {
        view()->selectAll();
        view()->copy();
        return QGuiApplication::clipboard()->text().split(u'\n', Qt::SkipEmptyParts);
    }

    std::unique_ptr<test::PageBench> m_bench;
    std::unique_ptr<test::Harbour> m_harbour;
};

} // namespace tst_containers_logs

ROADSTEAD_WIDGET_TEST(tst_containers_logs::ContainersLogsTest)
#include "tst_containers_logs.moc"
