// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/test_program/test_program.h"
#include "tests/ui/support/page_bench.h"
#include "ui/pages/containers/container_table.h"
#include "ui/pages/containers/containers_page.h"
#include "ui/theme/theme.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/empty_state.h"

#include <QLineEdit>
#include <QMenu>
#include <QScopeGuard>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>

#include <algorithm>

namespace tst_containers_filter {

using namespace roadstead;
using namespace roadstead::ui;
using docker::ContainerState;
using test::Harbour;
using Bench = test::PageBench;

/// Filter, chips, and what is found.
class ContainersFilterTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init() { QSettings().clear(); }
    void hiddenRowsLeaveTheSelection();
    void chipsFilterAndHideWhenEmpty();
    void chipsAndBarFitTheirWidth_data();
    void chipsAndBarFitTheirWidth();
    void filterWithoutResultCanBeCleared();
    void deleteInTheFilterFieldDeletesText();
    void theExactNameIsFoundAmongMany();
};

void ContainersFilterTest::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
    QCoreApplication::setOrganizationName("roadstead-filter-test");
    Theme::instance().install(*qApp);
}

void ContainersFilterTest::hiddenRowsLeaveTheSelection()
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

void ContainersFilterTest::chipsFilterAndHideWhenEmpty()
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

void ContainersFilterTest::chipsAndBarFitTheirWidth_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<double>("text");
    QTest::addColumn<bool>("oneLine");
    QTest::newRow("1280") << 1064 << 1.0 << true;
    QTest::newRow("960") << 744 << 1.0 << false;
    QTest::newRow("1280, text 200 %") << 1064 << 2.0 << false;
    QTest::newRow("960, text 200 %") << 744 << 2.0 << false;
}

void ContainersFilterTest::chipsAndBarFitTheirWidth()
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
    QVERIFY(removeShown || bench.find("bulkMore"));
    if (!removeShown) {
        bench.press("bulkMore");
        auto *menu = bench.find<QMenu>("bulkMenu");
        QVERIFY(menu);
        QVERIFY(std::ranges::any_of(menu->actions(), [](const QAction *action) {
            return action->objectName() == "bulkRemove";
        }));
        menu->close();
    }
    // Every column that is shown is as wide as the design has it for this text.
    for (int column = NameColumn; column < ContainerColumnCount; ++column) {
        QVERIFY(bench.table->isColumnHidden(column) || column == NameColumn ||
                column == ImageColumn || bench.table->columnWidth(column) >= int(88 * text));
    }
}

void ContainersFilterTest::filterWithoutResultCanBeCleared()
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

void ContainersFilterTest::deleteInTheFilterFieldDeletesText()
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

void ContainersFilterTest::theExactNameIsFoundAmongMany()
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

} // namespace tst_containers_filter

ROADSTEAD_WIDGET_TEST(tst_containers_filter::ContainersFilterTest)
#include "tst_containers_filter.moc"
