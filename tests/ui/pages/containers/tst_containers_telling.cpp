// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/test_program/test_program.h"
#include "tests/ui/support/page_bench.h"
#include "ui/pages/inspect_view.h"
#include "ui/theme/theme.h"
#include "ui/widgets/command_hint.h"

#include <QAccessible>
#include <QAccessibleAnnouncementEvent>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QMenu>
#include <QSettings>
#include <QStandardPaths>

namespace tst_containers_telling {

using namespace roadstead;
using namespace roadstead::ui;
using docker::ContainerState;
using test::Harbour;
using Bench = test::PageBench;

/// What the page tells those who do not look at it: screen readers, and the tray.
class ContainersTelling : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void changesInTheListAreAnnounced();
    void manyChangesAreOneSentence();
    void nothingIsAnnouncedWhileHidden();
    void matchesInInspectAreAnnounced();
    void projectsAreInTheTray();
    void waitingRemovalIsUndoneFromTheRow();
    void primaryActionHasItsKey();

private:
    static QStringList said;
    static QList<qint64> moments;
};

QStringList ContainersTelling::said;
QList<qint64> ContainersTelling::moments;

void ContainersTelling::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
    QCoreApplication::setOrganizationName("roadstead-telling-test");
    Theme::instance().install(*qApp);
    QAccessible::installUpdateHandler([](QAccessibleEvent *event) {
        if (event->type() == QAccessible::Announcement) {
            static QElapsedTimer clock = [] {
                QElapsedTimer started;
                started.start();
                return started;
            }();
            said << static_cast<QAccessibleAnnouncementEvent *>(event)->message();
            moments << clock.elapsed();
        }
    });
}

void ContainersTelling::init()
{
    QSettings().clear();
    if (!said.isEmpty()) {
        QTest::qWait(2100); // what an earlier test said is over
    }
    said.clear();
    moments.clear();
}

void ContainersTelling::changesInTheListAreAnnounced()
{
    Bench bench;
    Harbour harbour(bench.engine);
    QTest::qWait(300);
    QVERIFY(said.isEmpty()); // a first list is no news
    harbour.change("gitea", ContainerState::Exited, "Exited (0) 1 second ago");
    QTRY_COMPARE(said, QStringList{"gitea, exited"});
    harbour.change("mailpit", ContainerState::Paused, "Up 12 days (Paused)");
    harbour.drop("seed-data");
    QTRY_COMPARE_WITH_TIMEOUT(said.size(), 2, 4000);
    QCOMPARE(said.last(), QString("mailpit, paused; seed-data, removed"));
    QVERIFY2(moments[1] - moments[0] >= 1990, qPrintable(QString::number(moments[1] - moments[0])));
}

void ContainersTelling::manyChangesAreOneSentence()
{
    Bench bench;
    Harbour harbour(bench.engine);
    for (const char *name :
         {"gitea", "mailpit", "registry-mirror", "shopfront-db-1", "shopfront-web-1"}) {
        harbour.change(name, ContainerState::Exited, "Exited (0) 1 second ago");
    }
    QTRY_COMPARE(said.size(), 1);
    QCOMPARE(said.first(),
             QString("gitea, exited; mailpit, exited; registry-mirror, exited; 2 more changed"));
}

void ContainersTelling::nothingIsAnnouncedWhileHidden()
{
    Bench bench;
    Harbour harbour(bench.engine);
    bench.window.hide();
    harbour.change("gitea", ContainerState::Exited, "Exited (0) 1 second ago");
    bench.window.show();
    harbour.change("mailpit", ContainerState::Exited, "Exited (0) 1 second ago");
    QTest::qWait(400);
    QVERIFY2(said.isEmpty(), qPrintable(said.join(u'|')));
}

void ContainersTelling::matchesInInspectAreAnnounced()
{
    Bench bench;
    Harbour harbour(bench.engine);
    const std::string id = harbour.id("shopfront-api-1");
    bench.page.showDetails(id);
    bench.engine.answer<docker::ContainerDetails>(bench.engine.inspections[0].promise,
                                                  test::apiDetails(id));
    Bench::settle();
    auto *field = qobject_cast<QLineEdit *>(bench.page.filterField());
    QTRY_VERIFY(bench.find<InspectView>("inspectView")->shownText().contains("Running"));
    field->setText("running");
    QTRY_VERIFY(said.contains("2 matches"));
}

void ContainersTelling::projectsAreInTheTray()
{
    Bench bench;
    Harbour harbour(bench.engine);
    const QList<TrayEntry> entries = bench.page.trayEntries();
    QStringList texts;
    for (const TrayEntry &entry : entries) {
        texts << entry.text;
    }
    QCOMPARE(texts, QStringList({"observability, 3 of 3 running", "shopfront, 4 of 5 running",
                                 "media-lab, 0 of 4 running"}));
    const auto deed = [&entries](int project, const char *name) {
        for (const TrayEntry::Deed &one : entries[project].deeds) {
            if (one.name == QLatin1StringView(name)) {
                return one;
            }
        }
        return TrayEntry::Deed();
    };
    QVERIFY(deed(0, "stop").command.startsWith("docker stop observability-"));
    QVERIFY(!deed(2, "stop").run);
    deed(1, "open8443").run();
    QCOMPARE(bench.opened, QList{QUrl("http://localhost:8443")});
    deed(0, "restart").run();
    QCOMPARE(bench.engine.sent.size(), std::size_t(3));
    bench.engine.setLink(service::Link::Unreachable);
    for (const TrayEntry &entry : bench.page.trayEntries()) {
        for (const TrayEntry::Deed &one : entry.deeds) {
            QVERIFY2(one.command.isEmpty(), qPrintable(one.command));
        }
    }
}

void ContainersTelling::waitingRemovalIsUndoneFromTheRow()
{
    Bench bench;
    Harbour harbour(bench.engine);
    const std::string id = harbour.id("media-lab-index-1");
    const auto pending = [&] { return bench.page.controller()->containers()->find(id)->pending; };
    bench.page.controller()->requestRemoval({id});
    QCOMPARE(pending(), PendingWork::RemovalWaits);
    const int width = bench.table->columnWidth(UptimeColumn);
    bench.click(bench.at(id, UptimeColumn, width - 44));
    QCOMPARE(pending(), PendingWork::None);
    bench.page.controller()->requestRemoval({id});
    Q_EMIT bench.table->menuWanted({id}, QPoint(10, 10));
    auto *menu = bench.page.widget()->findChild<QMenu *>("containerMenu");
    auto *undo = menu->findChild<QAction *>("menuUndo");
    QVERIFY(undo);
    QCOMPARE(menu->actions().first(), undo);
    undo->trigger();
    menu->close();
    QCOMPARE(pending(), PendingWork::None);
    bench.milliseconds += 9000;
    bench.page.controller()->sendDueRemovals();
    QVERIFY(bench.engine.sent.empty());
}

void ContainersTelling::primaryActionHasItsKey()
{
    Bench bench;
    Harbour harbour(bench.engine);
    QAction *primary = bench.page.primaryAction();
    QVERIFY(primary);
    QCOMPARE(primary->shortcut(), QKeySequence(Qt::CTRL | Qt::Key_N));
    QVERIFY(commandHint(primary).contains("docker run"));
    bench.table->setFocus();
    QTest::keyClick(bench.table, Qt::Key_N, Qt::ControlModifier);
    Bench::settle();
    QVERIFY(!bench.engine.sent.empty());
}

} // namespace tst_containers_telling

ROADSTEAD_WIDGET_TEST(tst_containers_telling::ContainersTelling)
#include "tst_containers_telling.moc"
