// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/support/page_bench.h"
#include "ui/dialogs/output_dialog.h"
#include "ui/dialogs/remove_dialog.h"
#include "ui/pages/containers/container_header.h"
#include "ui/pages/containers/container_table.h"
#include "ui/pages/containers/containers_page.h"
#include "ui/pages/containers/containers_view.h"
#include "ui/pages/containers/details_view.h"
#include "ui/pages/containers/inspect_view.h"
#include "ui/theme/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/command_hint.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/label.h"
#include "ui/widgets/tab_bar.h"
#include "ui/widgets/toast.h"

#include <QAbstractButton>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QScopeGuard>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>

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
    void aBulkStopIsToldOnce();
    void confirmationSendsWhatItShowed();
    void menuOffersWhatMakesSense();
    void keysDoWhatTheMapSays();
    void deleteInTheFilterFieldDeletesText();
    void checkBoxAddsToTheSelection();
    void groupCheckBoxSelectsItsContainers();
    void selectionSurvivesRefreshAndSort();
    void hiddenRowsLeaveTheSelection();
    void chipsFilterAndHideWhenEmpty();
    void chipsAndBarFitTheirWidth_data();
    void chipsAndBarFitTheirWidth();
    void filterWithoutResultCanBeCleared();
    void portOpensInTheBrowser();
    void portOpensWhereItIsBound();
    void theExactNameIsFoundAmongMany();
    void renameSaysWhatIsWrongAtTheField();
    void removalOfSeveralAsksAndOffersVolumes();
    void removalOfOneExitedShowsUndo();
    void killAsksForTheSignal();
    void failureIsShownWithItsRawMessage();
    void layoutIsRemembered();
    void staleListSaysItsAgeAndOffersNoCommands();
    void firstPageIsShownWithoutCommands();
    void helloRunsFromTheEmptyState();
    void helloEndIsToldWhenItsDialogIsClosed_data();
    void helloEndIsToldWhenItsDialogIsClosed();
    void hostileTextStaysText();
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

void ContainersPageTest::aBulkStopIsToldOnce()
{
    Bench bench;
    test::Snapshot snapshot;
    for (unsigned i = 0; i < 2000; ++i) {
        snapshot.push_back(
            test::container(i, "web-" + std::to_string(i), "p" + std::to_string(i / 100)));
    }
    bench.engine.show(snapshot);
    bench.table->selectAllShown();
    Bench::settle();
    auto *stop = bench.page.controller();
    auto *button = bench.find<QAbstractButton>("bulkStopButton");
    QVERIFY(commandHint(button).startsWith("docker stop web-"));
    QSignalSpy changed(stop->tree(), &QAbstractItemModel::dataChanged);
    bench.press("bulkStopButton");
    QVERIFY2(changed.size() <= 2 * 20, qPrintable(QString::number(changed.size())));
    QVERIFY(!button->isEnabled()); // all of them are stopping
}

void ContainersPageTest::confirmationSendsWhatItShowed()
{
    Bench bench;
    Harbour harbour(bench.engine);
    bench.page.controller()->requestRemoval({harbour.id("gitea"), harbour.id("seed-data")});
    const QString shown = bench.find<Dialog>("removeContainers")->command();
    QCOMPARE(shown, QString("docker rm -f gitea; docker rm seed-data"));
    harbour.change("seed-data", ContainerState::Running, "Up 1 second");
    QCOMPARE(bench.find<Dialog>("removeContainers")->command(), shown);
    bench.press("removeContainersVerb");
    QCOMPARE(bench.engine.line(0), QString("docker rm -f gitea"));
    QCOMPARE(bench.engine.line(1), QString("docker rm seed-data")); // fails, and says why
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
    QCOMPARE(names, QStringList({"menuOpen", "menuPane", "menuStop", "menuRestart", "menuUnpause",
                                 "menuKill", "menuRename", "menuRemove", "menuCopyName",
                                 "menuCopyId", "menuCopyImage"}));
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

void ContainersPageTest::deleteInTheFilterFieldDeletesText()
{
    Bench bench;
    Harbour harbour(bench.engine);
    bench.table->setCurrentId(harbour.id("seed-data"));
    auto *filter = qobject_cast<QLineEdit *>(bench.page.filterField());
    filter->setFocus();
    filter->setText("abc");
    filter->setCursorPosition(0);
    QTest::keyClick(filter, Qt::Key_Delete);
    QCOMPARE(filter->text(), QString("bc"));
    QCOMPARE(bench.page.controller()->containers()->find(harbour.id("seed-data"))->pending,
             PendingWork::None);
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

void ContainersPageTest::hiddenRowsLeaveTheSelection()
{
    Bench bench;
    Harbour harbour(bench.engine);
    bench.table->selectIds({harbour.id("gitea"), harbour.id("mailpit")});
    QSignalSpy shrunk(bench.table, &ContainerTable::selectionShrunk);
    bench.page.controller()->tree()->setFilterText("gitea");
    QCOMPARE(bench.table->selectedIds(), std::vector{harbour.id("gitea")});
    QCOMPARE(shrunk.size(), 1);
    QCOMPARE(shrunk[0][0].toInt(), 1);
    bench.page.controller()->tree()->setFilterText("");
    QCOMPARE(bench.table->selectedIds(), std::vector{harbour.id("gitea")});
}

void ContainersPageTest::chipsFilterAndHideWhenEmpty()
{
    Bench bench;
    Harbour harbour(bench.engine);
    QVERIFY(!bench.find("filterCreated"));
    QCOMPARE(bench.find<Chip>("filterExited")->count(), std::optional<qint64>(7));
    bench.press("filterPaused");
    QCOMPARE(bench.page.controller()->tree()->shownCount(), 1);
    harbour.change("pg-scratch", ContainerState::Running, "Up 5 hours");
    QVERIFY(bench.find("filterPaused")); // chosen, so it stays
    QVERIFY(bench.find<EmptyState>("containersNoResult"));
    bench.press("filterAll");
    harbour.change("gitea", ContainerState::Exited, "Exited (0) 1 second ago");
    QVERIFY(!bench.find("filterPaused"));
}

void ContainersPageTest::chipsAndBarFitTheirWidth_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<double>("text");
    QTest::addColumn<bool>("oneLine");
    QTest::newRow("1280") << 1064 << 1.0 << true;
    QTest::newRow("960") << 744 << 1.0 << false;
    QTest::newRow("1280, text 200 %") << 1064 << 2.0 << false;
    QTest::newRow("960, text 200 %") << 744 << 2.0 << false;
}

void ContainersPageTest::chipsAndBarFitTheirWidth()
{
    QFETCH(const int, width);
    QFETCH(const double, text);
    QFETCH(const bool, oneLine);
    Theme::instance().setTextScale(text);
    const auto reset = qScopeGuard([] { Theme::instance().setTextScale(1); });
    Bench bench;
    bench.window.resize(width, 722);
    bench.page.widget()->resize(bench.window.size());
    Harbour harbour(bench.engine);
    bench.table->selectIds({harbour.id("gitea"), harbour.id("mailpit")});
    QTest::qWait(20);
    QCOMPARE(bench.page.widget()->width(), width); // nothing asks for more
    const auto inPage = [&bench](const QWidget *widget) {
        return QRect(widget->mapTo(bench.page.widget(), QPoint()), widget->size());
    };
    const auto *filter = bench.page.filterField();
    for (const char *name : {"filterAll", "filterRunning", "filterExited", "groupByProject",
                             "columnsButton", "clearSelection"}) {
        const QWidget *widget = bench.find(name);
        QVERIFY2(widget, name);
        QVERIFY2(bench.page.widget()->rect().contains(inPage(widget)), name);
        QVERIFY2(widget->width() >= widget->sizeHint().width(), name);
    }
    const QRect exited = inPage(bench.find("filterExited"));
    const QRect field = inPage(filter);
    QCOMPARE(exited.top() < field.bottom() && exited.bottom() > field.top() &&
                 exited.top() == inPage(bench.find("filterAll")).top(),
             oneLine);
    // A bulk action is a button, or it is a line of the menu.
    const bool removeShown = bench.find("bulkRemoveButton");
    QCOMPARE(removeShown, !bench.find("bulkMore"));
    if (!removeShown) {
        bench.press("bulkMore");
        auto *menu = bench.find<QMenu>("bulkMenu");
        QVERIFY(menu);
        QCOMPARE(menu->actions().back()->objectName(), QString("bulkRemove"));
        menu->close();
    }
    // Every column that is shown is as wide as the design has it for this text.
    for (int column = NameColumn; column < ContainerColumnCount; ++column) {
        QVERIFY(bench.table->isColumnHidden(column) || column == NameColumn ||
                column == ImageColumn || bench.table->columnWidth(column) >= int(88 * text));
    }
}

void ContainersPageTest::filterWithoutResultCanBeCleared()
{
    Bench bench;
    Harbour harbour(bench.engine);
    auto *filter = qobject_cast<QLineEdit *>(bench.page.filterField());
    filter->setText("lighthouse");
    QTRY_VERIFY(bench.find<EmptyState>("containersNoResult"));
    Q_EMIT bench.find<EmptyState>("containersNoResult")->primaryPressed();
    QVERIFY(filter->text().isEmpty());
    QVERIFY(bench.table->isVisible());
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

void ContainersPageTest::theExactNameIsFoundAmongMany()
{
    Bench bench;
    test::Snapshot snapshot;
    for (unsigned i = 0; i < 40; ++i) {
        snapshot.push_back(test::container(i, "old-web-" + std::to_string(i)));
    }
    snapshot = test::sorted(snapshot);
    snapshot.back().name = "Web";
    bench.engine.show(snapshot);
    const QList<PaletteItem> found = bench.page.find("web", 12);
    QCOMPARE(found.size(), 12);
    QCOMPARE(found.front().text, QString("Web"));
    QCOMPARE(bench.page.find("sto web", 12).front().text, QString("Stop Web"));
    QCOMPARE(bench.page.find("old 39", 12).front().text, QString("old-web-39"));
    QVERIFY(bench.page.find("lighthouse", 12).isEmpty());
}

void ContainersPageTest::renameSaysWhatIsWrongAtTheField()
{
    Bench bench;
    Harbour harbour(bench.engine);
    bench.table->setFocus();
    bench.table->setCurrentId(harbour.id("gitea"));
    QTest::keyClick(bench.table, Qt::Key_F2);
    auto *field = bench.find<QLineEdit>("newName");
    QVERIFY(field);
    field->setText("no spaces");
    bench.press("renameContainerVerb");
    QVERIFY(!bench.find<QLabel>("dialogProblem")->text().isEmpty());
    field->setText("mailpit");
    QVERIFY(bench.find<QLabel>("dialogProblem")->text().contains("mailpit"));
    field->setText("forge");
    QCOMPARE(bench.find<Dialog>("renameContainer")->command(),
             QString("docker rename gitea forge"));
    bench.press("renameContainerVerb");
    QCOMPARE(bench.engine.line(0), QString("docker rename gitea forge"));
}

void ContainersPageTest::removalOfSeveralAsksAndOffersVolumes()
{
    Bench bench;
    Harbour harbour(bench.engine);
    bench.table->selectIds({harbour.id("gitea"), harbour.id("seed-data")});
    bench.press("bulkRemoveButton");
    auto *dialog = bench.find<RemoveDialog>("removeContainers");
    QVERIFY(dialog);
    QVERIFY(bench.engine.sent.empty());
    QCOMPARE(dialog->command(), QString("docker rm -f gitea; docker rm seed-data"));
    QVERIFY(dialog->cancelButton()->hasFocus());
    QVERIFY(!bench.find("confirmName"));
    bench.find<QCheckBox>("removeVolumes")->setChecked(true);
    QCOMPARE(dialog->command(), QString("docker rm -f -v gitea; docker rm -v seed-data"));
    // What is lost is looked up and named, and the number of containers must be typed.
    QVERIFY(!dialog->verbButton()->isEnabled());
    docker::ContainerDetails details;
    details.mounts = {{"volume", std::string(64, 'c'), "", "/data", true},
                      {"volume", "named", "", "/named", true}};
    QCOMPARE(bench.engine.inspections.size(), std::size_t(2));
    bench.engine.answer<docker::ContainerDetails>(bench.engine.inspections[0].promise, details);
    bench.engine.answer<docker::ContainerDetails>(bench.engine.inspections[1].promise,
                                                  docker::ContainerDetails());
    Bench::settle();
    const auto lines = [dialog] {
        QStringList texts;
        for (const ElidedLabel *label : dialog->findChildren<ElidedLabel *>()) {
            if (label->isVisible()) {
                texts.append(label->fullText());
            }
        }
        return texts;
    };
    QVERIFY(lines().contains("Volume cccccccccccc of gitea, at /data"));
    QVERIFY(lines().filter("named").isEmpty());
    QVERIFY(!dialog->verbButton()->isEnabled());
    bench.find<QCheckBox>("removeVolumes")->setChecked(false);
    QVERIFY(lines().filter("Volume").isEmpty());
    QVERIFY(dialog->verbButton()->isEnabled());
    bench.find<QCheckBox>("removeVolumes")->setChecked(true);
    QVERIFY(!dialog->verbButton()->isEnabled());
    bench.find<QLineEdit>("confirmName")->setText("2");
    bench.press("removeContainersVerb");
    QCOMPARE(bench.engine.line(0), QString("docker rm -f -v gitea"));
    QCOMPARE(bench.engine.line(1), QString("docker rm -v seed-data"));
}

void ContainersPageTest::removalOfOneExitedShowsUndo()
{
    Bench bench;
    Harbour harbour(bench.engine);
    bench.page.controller()->requestRemoval({harbour.id("seed-data")});
    QCOMPARE(bench.toasts.toasts().size(), 1);
    bench.milliseconds += ContainersController::undoMilliseconds - 1;
    bench.toasts.expireAll(); // the program ends: nothing is deleted
    QVERIFY(bench.engine.sent.empty());
    bench.milliseconds += 1;
    bench.page.controller()->sendDueRemovals();
    QCOMPARE(bench.engine.line(0), QString("docker rm seed-data"));
}

void ContainersPageTest::killAsksForTheSignal()
{
    Bench bench;
    Harbour harbour(bench.engine);
    bench.table->selectIds({harbour.id("gitea")});
    bench.press("bulkKillButton");
    auto *signalBox = bench.find<QComboBox>("killSignal");
    QVERIFY(signalBox);
    signalBox->setCurrentText("SIGHUP");
    bench.press("killContainersVerb");
    QCOMPARE(bench.engine.line(0), QString("docker kill -s SIGHUP gitea"));
}

void ContainersPageTest::failureIsShownWithItsRawMessage()
{
    Bench bench;
    Harbour harbour(bench.engine);
    bench.page.controller()->perform(ContainerAction::Start, {harbour.id("ci-runner-7f3")});
    QSignalSpy shown(&bench.toasts, &ToastHost::shown);
    bench.engine.fail(0,
                      {ErrorKind::Conflict, 409, "port is already allocated", "container.start"});
    Bench::settle();
    QCOMPARE(shown.size(), 1);
    const auto content = shown[0][0].value<ToastContent>();
    QCOMPARE(content.kind, ToastKind::Error);
    QCOMPARE(content.title, QString("Could not start ci-runner-7f3"));
    QVERIFY(!content.text.isEmpty());
    QVERIFY(content.details.contains("port is already allocated"));
    content.actions.front().run();
    QVERIFY(QGuiApplication::clipboard()->text().contains("port is already allocated"));
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

void ContainersPageTest::helloRunsFromTheEmptyState()
{
    Bench bench;
    bench.engine.show({});
    auto *empty = bench.find<EmptyState>("containersEmpty");
    QVERIFY(empty);
    QCOMPARE(empty->what(), QString("No containers yet"));
    QVERIFY(commandHint(empty->findChild<QAbstractButton *>("containersEmptyPrimary"))
                .startsWith("docker load -q -i /hello.tar; docker run "));
    Q_EMIT empty->primaryPressed();
    const std::string id = test::containerId(1);
    for (const std::string &reply : {std::string("Loaded"), id}) {
        bench.engine.succeed(bench.engine.sent.size() - 1, reply);
        Bench::settle();
    }
    bench.engine.show({test::container(1, "kind_hopper", {}, ContainerState::Exited)});
    bench.engine.succeed(2);
    Bench::settle();
    bench.engine.answer<std::string>(bench.engine.logs.at(0).promise,
                                     "Hello from Roadstead\n\x1b[31mred\n");
    Bench::settle();
    auto *dialog = bench.find<OutputDialog>("helloDialog");
    QVERIFY(dialog);
    QVERIFY(dialog->outputText().startsWith("Hello from Roadstead\n"));
    QCOMPARE(dialog->outputText(), QString("Hello from Roadstead\nred\n"));
    QVERIFY(bench.find<QLabel>("helloDialogStatus")->text().contains("exit code 0"));
    QVERIFY(bench.table->isVisible());
}

void ContainersPageTest::helloEndIsToldWhenItsDialogIsClosed_data()
{
    QTest::addColumn<int>("exitCode"); // -1: the image cannot be loaded, -2: removed
    QTest::addColumn<bool>("good");
    QTest::addColumn<QString>("says");
    QTest::newRow("works") << 0 << true << "The engine works";
    QTest::newRow("wrong exit code") << 3 << false << "exit code 3";
    QTest::newRow("does not load") << -1 << false << "space";
    QTest::newRow("removed meanwhile") << -2 << false << "was removed";
}

void ContainersPageTest::helloEndIsToldWhenItsDialogIsClosed()
{
    QFETCH(const int, exitCode);
    QFETCH(const bool, good);
    QFETCH(const QString, says);
    Bench bench;
    bench.engine.show({});
    QSignalSpy shown(&bench.toasts, &ToastHost::shown);
    bench.page.runHello();
    bench.find<QDialog>("helloDialog")->reject();
    Bench::settle();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    bench.page.runHello(); // shows it again while it is under way
    QCOMPARE(bench.engine.sent.size(), std::size_t(1));
    QVERIFY(bench.find<OutputDialog>("helloDialog"));
    bench.find<QDialog>("helloDialog")->reject();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    if (exitCode == -1) {
        bench.engine.fail(0, {ErrorKind::EngineFailed, 500, "no space left on device", "x"});
    } else {
        bench.engine.succeed(0);
        Bench::settle();
        bench.engine.succeed(1, test::containerId(1));
        Bench::settle();
        bench.engine.show({test::container(1, "kind_hopper")});
        bench.engine.succeed(2);
        Bench::settle();
        auto ended = test::container(1, "kind_hopper", {}, ContainerState::Exited);
        ended.exitCode = exitCode;
        bench.engine.show(exitCode == -2 ? test::Snapshot() : test::Snapshot{ended});
        bench.engine.answer<std::string>(bench.engine.logs.at(0).promise, "Hello\n");
    }
    Bench::settle();
    QCOMPARE(shown.size(), 1);
    const auto content = shown[0][0].value<ToastContent>();
    QCOMPARE(content.kind, good ? ToastKind::Done : ToastKind::Error);
    QVERIFY2((content.text + content.details).contains(says), qPrintable(content.text));
    content.actions.front().run();
    QVERIFY(bench.find<OutputDialog>("helloDialog"));
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
    bench.page.showDetails(id);
    bench.engine.answer<docker::ContainerDetails>(bench.engine.inspections[0].promise,
                                                  test::apiDetails(id));
    Bench::settle();
    check();
}

QTEST_MAIN(ContainersPageTest)
#include "tst_containers_page.moc"
