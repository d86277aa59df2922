// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/test_program/test_program.h"
#include "tests/ui/support/page_bench.h"
#include "ui/pages/containers/container_header.h"
#include "ui/pages/containers/container_table.h"
#include "ui/pages/containers/containers_page.h"
#include "ui/pages/containers/stats/stats_tab.h"
#include "ui/theme/theme.h"
#include "ui/widgets/command_hint.h"
#include "ui/widgets/label.h"

#include <QAbstractButton>
#include <QAction>
#include <QDialog>
#include <QLabel>
#include <QMenu>
#include <QSettings>
#include <QStandardPaths>
#include <QTest>

namespace tst_containers_page {

using namespace roadstead;
using namespace roadstead::ui;
using docker::ContainerState;
using test::checkX;
using test::Harbour;
using test::nameX;
using Bench = test::PageBench;

class ContainersPageTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init() { QSettings().clear(); }
    void bulkButtonsSendTheirCommands_data();
    void bulkButtonsSendTheirCommands();
    void hoverActionShowsAndSendsItsCommand();
    void actionIsNotPressedOnARowThatSlidBelowThePointer();
    void menuOffersWhatMakesSense();
    void keysDoWhatTheMapSays();
    void checkBoxAddsToTheSelection();
    void groupCheckBoxSelectsItsContainers();
    void selectionSurvivesRefreshAndSort();
    void portOpensInTheBrowser();
    void portOpensWhereItIsBound();
    void layoutIsRemembered();
    void staleListSaysItsAgeAndOffersNoCommands();
    void firstPageIsShownWithoutCommands();
    void hostileTextStaysText();
    void selectedOnesAreCompared();
    void everythingHasAName();
};

void ContainersPageTest::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
    QCoreApplication::setOrganizationName("roadstead-page-test");
    Theme::instance().install(*qApp);
}

void ContainersPageTest::bulkButtonsSendTheirCommands_data()
{
    QTest::addColumn<QByteArray>("button");
    QTest::addColumn<QStringList>("lines");
    QTest::addColumn<QString>("hint");
    QTest::newRow("stop") << QByteArray("bulkStopButton")
                          << QStringList{"docker stop shopfront-api-1"}
                          << "docker stop shopfront-api-1";
    QTest::newRow("start") << QByteArray("bulkStartButton")
                           << QStringList{"docker start ci-runner-7f3"}
                           << "docker start ci-runner-7f3";
    QTest::newRow("restart") << QByteArray("bulkRestartButton")
                             << QStringList{"docker restart shopfront-api-1",
                                            "docker restart ci-runner-7f3"}
                             << "docker restart shopfront-api-1 ci-runner-7f3";
    QTest::newRow("pause") << QByteArray("bulkPauseButton")
                           << QStringList{"docker pause shopfront-api-1"}
                           << "docker pause shopfront-api-1";
}

void ContainersPageTest::bulkButtonsSendTheirCommands()
{
    QFETCH(const QByteArray, button);
    QFETCH(const QStringList, lines);
    QFETCH(const QString, hint);
    Bench bench;
    Harbour harbour(bench.engine);
    bench.table->selectIds({harbour.id("shopfront-api-1"), harbour.id("ci-runner-7f3")});
    QCOMPARE(commandHint(bench.find<QAbstractButton>(button.constData())), hint);
    bench.press(button.constData());
    QStringList sent;
    for (std::size_t i = 0; i < bench.engine.sent.size(); ++i) {
        sent.append(bench.engine.line(i));
    }
    QCOMPARE(sent, lines);
}

void ContainersPageTest::hoverActionShowsAndSendsItsCommand()
{
    Bench bench;
    Harbour harbour(bench.engine);
    const std::string id = harbour.id("shopfront-db-1");
    const int width = bench.table->columnWidth(UptimeColumn);
    const QPoint stop = bench.at(id, UptimeColumn, width - 68);
    bench.hover(stop);
    QCOMPARE(commandHint(bench.table->viewport()), QString("docker stop shopfront-db-1"));
    bench.click(stop);
    QCOMPARE(bench.engine.line(0), QString("docker stop shopfront-db-1"));
    QVERIFY(bench.table->selectedIds().empty());
    bench.hover(bench.at(id, NameColumn, nameX));
    QCOMPARE(commandHint(bench.table->viewport()), QString());
}

void ContainersPageTest::actionIsNotPressedOnARowThatSlidBelowThePointer()
{
    Bench bench;
    Harbour harbour(bench.engine);
    const std::string id = harbour.id("shopfront-db-1");
    const QPoint stop = bench.at(id, UptimeColumn, bench.table->columnWidth(UptimeColumn) - 68);
    bench.hover(stop);
    test::Snapshot more = harbour.snapshot();
    more.push_back(test::container(99, "shopfront-bus-1", "shopfront"));
    bench.engine.show(more);
    const auto clickThere = [&] {
        QTest::mouseClick(bench.table->viewport(), Qt::LeftButton, {}, stop);
        Bench::settle();
    };
    clickThere();
    QCOMPARE(bench.engine.line(0), QString("(nothing was sent)"));
    bench.hover(stop - QPoint(1, 0));
    clickThere();
    QCOMPARE(bench.engine.line(0), QString("docker stop shopfront-cache-1"));
}

void ContainersPageTest::menuOffersWhatMakesSense()
{
    Bench bench;
    Harbour harbour(bench.engine);
    bench.table->setCurrentId(harbour.id("pg-scratch"));
    QContextMenuEvent event(QContextMenuEvent::Keyboard, {}, {});
    QCoreApplication::sendEvent(bench.table, &event);
    auto *menu = bench.find<QMenu>("containerMenu");
    QVERIFY(menu);
    QStringList names;
    for (const QAction *action : menu->actions()) {
        if (!action->isSeparator()) {
            names.append(action->objectName());
        }
    }
    QCOMPARE(names,
             QStringList({"menuOpen", "menuPane", "menuTerminal", "menuLogs", "menuStop",
                          "menuRestart", "menuUnpause", "menuKill", "menuRename", "menuRemove",
                          "menuExport", "menuWait", "menuCopyName", "menuCopyId", "menuCopyImage",
                          "menuCopyRun", "menuCopyCreate", "menuCopyCompose"}));
    for (QAction *action : menu->actions()) {
        if (action->objectName() == "menuUnpause") {
            QCOMPARE(commandHint(action), QString("docker unpause pg-scratch"));
            action->trigger();
        }
    }
    menu->close();
    QCOMPARE(bench.engine.line(0), QString("docker unpause pg-scratch"));
}

void ContainersPageTest::keysDoWhatTheMapSays()
{
    Bench bench;
    Harbour harbour(bench.engine);
    bench.table->setFocus();
    bench.table->setCurrentId(harbour.id("gitea"));
    QTest::keyClick(bench.table, Qt::Key_Space);
    QCOMPARE(bench.table->selectedIds(), std::vector{harbour.id("gitea")});
    QTest::keyClick(bench.table, Qt::Key_S, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(bench.engine.line(0), QString("docker stop gitea"));
    QTest::keyClick(bench.table, Qt::Key_Escape);
    QVERIFY(bench.table->selectedIds().empty());
    QTest::keyClick(bench.table, Qt::Key_A, Qt::ControlModifier);
    QCOMPARE(bench.table->selectedIds().size(), harbour.snapshot().size());
    QTest::keyClick(bench.table, Qt::Key_Escape);
    bench.table->setCurrentId(harbour.id("mailpit"));
    QTest::keyClick(bench.table, Qt::Key_Down, Qt::ShiftModifier);
    QCOMPARE(bench.table->selectedIds().size(), std::size_t(2));
    QTest::keyClick(bench.table, Qt::Key_Escape);
    bench.table->setCurrentId(harbour.id("mailpit"));
    QTest::keyClick(bench.table, Qt::Key_R, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(bench.engine.line(1), QString("docker restart mailpit"));
    bench.table->setCurrentId(harbour.id("seed-data"));
    QTest::keyClick(bench.table, Qt::Key_Delete);
    QCOMPARE(bench.page.controller()->containers()->find(harbour.id("seed-data"))->pending,
             PendingWork::RemovalWaits);
    bench.table->setCurrentId(harbour.id("gitea"));
    QTest::keyClick(bench.table, Qt::Key_Return);
    QVERIFY(bench.page.canGoBack());
}

void ContainersPageTest::checkBoxAddsToTheSelection()
{
    Bench bench;
    Harbour harbour(bench.engine);
    bench.click(bench.at(harbour.id("gitea"), NameColumn, nameX));
    bench.click(bench.at(harbour.id("mailpit"), NameColumn, checkX));
    QCOMPARE(bench.table->selectedIds(), (std::vector{harbour.id("gitea"), harbour.id("mailpit")}));
    bench.click(bench.at(harbour.id("gitea"), NameColumn, checkX));
    QCOMPARE(bench.table->selectedIds(), std::vector{harbour.id("mailpit")});
    QCOMPARE(bench.table->containerHeader()->check(), Qt::PartiallyChecked);
}

void ContainersPageTest::groupCheckBoxSelectsItsContainers()
{
    Bench bench;
    Harbour harbour(bench.engine);
    const QModelIndex group = bench.page.controller()->tree()->indexOfGroup("media-lab");
    bench.table->collapse(group);
    const QPoint box(checkX, bench.table->visualRect(group).center().y());
    bench.click(box);
    QCOMPARE(bench.table->selectedIds().size(), std::size_t(4));
    bench.engine.show(harbour.snapshot());
    QCOMPARE(bench.table->selectedIds().size(), std::size_t(4));
    bench.click(box);
    QVERIFY(bench.table->selectedIds().empty());
}

void ContainersPageTest::selectionSurvivesRefreshAndSort()
{
    Bench bench;
    Harbour harbour(bench.engine);
    const std::vector chosen{harbour.id("gitea"), harbour.id("mailpit")};
    bench.table->selectIds(chosen);
    harbour.drop("ci-runner-7f3");
    QCOMPARE(bench.table->selectedIds(), chosen);
    bench.table->header()->setSortIndicator(NameColumn, Qt::DescendingOrder);
    QCOMPARE(bench.table->selectedIds(), (std::vector{chosen[1], chosen[0]}));
    harbour.drop("gitea");
    QCOMPARE(bench.table->selectedIds(), std::vector{chosen[1]});
    bench.page.controller()->tree()->setGrouped(false);
    QCOMPARE(bench.table->selectedIds(), std::vector{chosen[1]});
}

void ContainersPageTest::portOpensInTheBrowser()
{
    Bench bench;
    Harbour harbour(bench.engine);
    bench.click(bench.at(harbour.id("shopfront-web-1"), PortsColumn, 5));
    QCOMPARE(bench.opened, QList{QUrl("http://localhost:8080")});
    QVERIFY(bench.table->selectedIds().empty());
    harbour.change("shopfront-web-1", ContainerState::Exited, "Exited (0) 1 second ago");
    bench.click(bench.at(harbour.id("shopfront-web-1"), PortsColumn, 5));
    QCOMPARE(bench.opened.size(), 1);
}

void ContainersPageTest::portOpensWhereItIsBound()
{
    Bench bench;
    auto web = test::container(1, "web");
    web.ports = {{"0.0.0.0", 80, 8080, "tcp"},     {"::", 80, 8080, "tcp"},
                 {"192.168.7.2", 80, 8080, "tcp"}, {"127.0.0.2", 81, 8081, "tcp"},
                 {"fd00::7", 82, 8082, "tcp"},     {"a/../b", 83, 8083, "tcp"}};
    bench.engine.show({web});
    const auto ports = bench.page.controller()->containers()->find(web.id)->ports;
    QCOMPARE(ports.size(), 5);
    for (const PortLink &link : ports) {
        Q_EMIT bench.table->portPressed(web.id, link);
    }
    QCOMPARE(bench.opened, QList({QUrl("http://localhost:8080"), QUrl("http://192.168.7.2:8080"),
                                  QUrl("http://127.0.0.2:8081"), QUrl("http://[fd00::7]:8082")}));
}

void ContainersPageTest::layoutIsRemembered()
{
    {
        Bench bench;
        Harbour harbour(bench.engine);
        bench.table->header()->setSortIndicator(MemoryColumn, Qt::DescendingOrder);
        bench.table->containerHeader()->setWantedHidden({int(ImageColumn)});
        bench.table->collapse(bench.page.controller()->tree()->indexOfGroup("shopfront"));
        bench.table->saveLayout();
        bench.press("groupByProject");
    }
    Bench bench;
    Harbour harbour(bench.engine);
    QVERIFY(!bench.page.controller()->tree()->isGrouped());
    QVERIFY(bench.table->isColumnHidden(ImageColumn));
    QCOMPARE(bench.page.controller()->tree()->order(),
             (ContainerOrder{MemoryColumn, Qt::DescendingOrder}));
    bench.press("groupByProject");
    auto *tree = bench.page.controller()->tree();
    QVERIFY(!bench.table->isExpanded(tree->indexOfGroup("shopfront")));
    QVERIFY(bench.table->isExpanded(tree->indexOfGroup("observability")));
}

void ContainersPageTest::staleListSaysItsAgeAndOffersNoCommands()
{
    Bench bench;
    Harbour harbour(bench.engine);
    QCOMPARE(bench.find<QLabel>("containersAge")->text(), QString("Updated live"));
    bench.table->selectIds({harbour.id("gitea")});
    bench.engine.setListedAt(QDateTime::fromSecsSinceEpoch(Harbour::now - 95));
    bench.engine.setLink(service::Link::Unreachable);
    QCOMPARE(bench.find<QLabel>("containersAge")->text(), QString("As of 1 m ago"));
    QVERIFY(!bench.find<QAbstractButton>("bulkStopButton")->isEnabled());
    QCOMPARE(bench.table->selectedIds(), std::vector{harbour.id("gitea")});
    bench.engine.show(harbour.snapshot());
    QCOMPARE(bench.find<QLabel>("containersAge")->text(), QString("Updated live"));
    QVERIFY(bench.find<QAbstractButton>("bulkStopButton")->isEnabled());
}

void ContainersPageTest::firstPageIsShownWithoutCommands()
{
    Bench bench;
    QVERIFY(!bench.table->isVisible());
    bench.engine.showFirstPage({test::container(1, "web"), test::container(2, "db")});
    Bench::settle();
    QVERIFY(bench.table->isVisible());
    QCOMPARE(bench.page.controller()->tree()->shownCount(), 2);
    QVERIFY(!bench.find<QLabel>("containersAge")->text().isEmpty());
    bench.table->selectIds({test::containerId(1)});
    QVERIFY(!bench.find<QAbstractButton>("bulkStopButton")->isEnabled());
    bench.engine.show({test::container(1, "web"), test::container(2, "db")});
    Bench::settle();
    QVERIFY(bench.find<QAbstractButton>("bulkStopButton")->isEnabled());
    QCOMPARE(bench.find<QLabel>("containersAge")->text(), QString("Updated live"));
}

void ContainersPageTest::selectedOnesAreCompared()
{
    Bench bench;
    bench.engine.show(
        {test::container(1, "web"), test::container(2, "db"), test::container(3, "cache")});
    Bench::settle();
    bench.table->selectIds({test::containerId(1)});
    Bench::settle();
    auto *action = bench.window.findChild<QAction *>("bulkCompare");
    QVERIFY(!action->isVisible()); // with what?
    bench.table->selectIds({test::containerId(1), test::containerId(2)});
    Bench::settle();
    QVERIFY(commandHint(action).startsWith("docker stats "));
    action->trigger(); // its button is in the bar where there is room, else in the bar's menu
    Bench::settle();
    docker::ContainerDetails details;
    details.id = bench.engine.inspections.back().id;
    details.state = docker::ContainerState::Running;
    bench.engine.answer<docker::ContainerDetails>(bench.engine.inspections.back().promise, details);
    Bench::settle();
    auto *tab = bench.find<StatsTab>("statsTab");
    QVERIFY(tab);
    QCOMPARE(tab->compared().size(), 1U);
    QCOMPARE(bench.engine.statsWatched.size(), 2U);
}

void ContainersPageTest::hostileTextStaysText()
{
    Bench bench;
    const std::string evil =
        "<b>x</b>&amp;<img src='file:///etc/passwd'>\u202E\n\x1b[2J&q" + std::string(10'000, 'w');
    auto summary = test::container(1, evil, evil);
    summary.image = evil;
    summary.status = evil;
    summary.networks = {evil};
    bench.engine.show({summary});
    docker::ContainerDetails details = test::apiDetails(summary.id);
    details.name = details.image = details.error = details.user = details.workingDir = evil;
    details.command = details.entrypoint = details.environment = {evil};
    details.labels = {{evil, evil}};
    details.mounts = {{evil, evil, evil, evil, true}};
    details.networks = {{evil, evil, evil, evil, evil, {evil}}};
    details.ports = {{evil, 80, 8080, evil}};
    details.healthLog = {{evil, evil, 1, evil}};
    details.raw = evil;
    bench.page.showDetails(summary.id);
    bench.engine.answer<docker::ContainerDetails>(bench.engine.inspections[0].promise, details);
    bench.engine.answer<std::string>(bench.engine.logs[0].promise, evil);
    bench.page.controller()->perform(ContainerAction::Stop, {summary.id});
    bench.engine.fail(0, {ErrorKind::EngineFailed, 500, evil, "container.stop"});
    Bench::settle();
    const auto isHarmless = [](const QString &text) {
        return text.size() <= 16384 && std::ranges::all_of(text, [](QChar c) {
                   return c != QChar(0x202E) && (c >= u' ' || c == u'\n' || c == u'\t');
               });
    };
    const auto check = [&] {
        int elided = 0;
        for (const QWidget *widget : bench.window.findChildren<QWidget *>()) {
            QVERIFY2(isHarmless(widget->accessibleName()), qPrintable(widget->objectName()));
            QVERIFY2(isHarmless(widget->toolTip()), qPrintable(widget->objectName()));
            QVERIFY2(!widget->toolTip().contains("<img"), qPrintable(widget->toolTip()));
            if (const auto *label = qobject_cast<const QLabel *>(widget)) {
                QCOMPARE(label->textFormat(), Qt::PlainText);
                QVERIFY2(isHarmless(label->text()), qPrintable(label->objectName()));
            }
            if (const auto *label = qobject_cast<const ElidedLabel *>(widget)) {
                ++elided;
                QVERIFY2(isHarmless(label->fullText()), qPrintable(label->objectName()));
            }
        }
        QVERIFY(elided > 0);
        for (const QAction *action : bench.window.findChildren<QAction *>()) {
            QVERIFY2(isHarmless(action->text()), qPrintable(action->objectName()));
        }
        for (const QAction *action : bench.page.actions()) {
            QVERIFY2(isHarmless(action->text()), qPrintable(action->objectName()));
        }
    };
    check();
    for (const ContainerAction action :
         {ContainerAction::Kill, ContainerAction::Rename, ContainerAction::Remove}) {
        for (QAction *one : bench.page.actions()) {
            if (one->objectName().toLower() == "page" + actionIdentifier(action)) {
                one->trigger();
            }
        }
        check();
        auto *dialog = bench.window.findChild<QDialog *>();
        QVERIFY(dialog && isHarmless(dialog->windowTitle()));
        dialog->reject();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }
    bench.page.goBack();
    bench.table->setCurrentId(summary.id);
    QContextMenuEvent event(QContextMenuEvent::Keyboard, {}, {});
    QCoreApplication::sendEvent(bench.table, &event);
    QVERIFY(bench.find<QMenu>("containerMenu"));
    check();
    bench.find<QMenu>("containerMenu")->close();
    QVERIFY(bench.window.width() <= 1064);
}

void ContainersPageTest::everythingHasAName()
{
    Bench bench;
    Harbour harbour(bench.engine);
    bench.table->selectIds({harbour.id("gitea")});
    const std::string id = harbour.id("shopfront-api-1");
    const auto check = [&bench] {
        for (const QWidget *widget : bench.window.findChildren<QWidget *>()) {
            const bool interactive = (widget->focusPolicy() & Qt::TabFocus) && widget->isVisible();
            const bool isPart = widget->objectName().startsWith("qt_");
            if (interactive && !isPart) {
                QVERIFY2(!widget->objectName().isEmpty(), widget->metaObject()->className());
                QVERIFY2(!widget->accessibleName().isEmpty(), qPrintable(widget->objectName()));
            }
        }
    };
    check();
    bench.table->setCurrentId(id);
    bench.press("paneButton");
    bench.engine.answer<docker::ContainerDetails>(bench.engine.inspections.back().promise,
                                                  test::apiDetails(id));
    Bench::settle();
    check();
    bench.page.showDetails(id);
    bench.engine.answer<docker::ContainerDetails>(bench.engine.inspections.back().promise,
                                                  test::apiDetails(id));
    Bench::settle();
    check();
}

} // namespace tst_containers_page

ROADSTEAD_WIDGET_TEST(tst_containers_page::ContainersPageTest)
#include "tst_containers_page.moc"
