// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/test_program/test_program.h"
#include "tests/ui/support/page_bench.h"
#include "ui/pages/containers/container_actions.h"
#include "ui/pages/containers/containers_view.h"
#include "ui/pages/containers/details_pane.h"
#include "ui/pages/containers/details_view.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"
#include "ui/widgets/side_pane.h"
#include "ui/widgets/tab_bar.h"

#include <QLineEdit>
#include <QScopeGuard>
#include <QScrollArea>
#include <QScrollBar>
#include <QSettings>
#include <QStandardPaths>

namespace tst_details_pane {

using namespace roadstead;
using namespace roadstead::ui;
using test::Harbour;
using test::nameX;
using Bench = test::PageBench;

/// The details beside the list, as a person uses them.
class DetailsPaneTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init() { QSettings().clear(); }
    void opensForTheCurrentRowAndCloses();
    void followsTheCurrentRowAndAsksForItAlone();
    void figuresThatComeBeforeDetailsWait();
    void asksNothingWhileHidden();
    void isRemembered();
    void isAsWideAsAllowed();
    void staysReadable_data();
    void staysReadable();
    void keysActOnWhatItShows();
    void enlargesToAPageAndComesBack();
    void isAPaneOfItsOwnAndSearches();
    void figuresIncludeWhatItShows();

private:
    static void openFor(Bench &bench, const std::string &id);
    static void answerAll(Bench &bench);
};

void DetailsPaneTest::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
    QCoreApplication::setOrganizationName("roadstead-pane-test");
    Theme::instance().install(*qApp);
}

void DetailsPaneTest::openFor(Bench &bench, const std::string &id)
{
    bench.table->setFocus(Qt::TabFocusReason);
    bench.table->setCurrentId(id);
    QTest::keyClick(bench.table, Qt::Key_Return, Qt::AltModifier);
    Bench::settle();
}

void DetailsPaneTest::answerAll(Bench &bench)
{
    for (auto &question : bench.engine.inspections) {
        if (!question.promise->future().isFinished()) {
            bench.engine.answer<docker::ContainerDetails>(question.promise,
                                                          test::apiDetails(question.id));
        }
    }
    Bench::settle();
}

void DetailsPaneTest::opensForTheCurrentRowAndCloses()
{
    Bench bench;
    Harbour harbour(bench.engine);
    openFor(bench, harbour.id("shopfront-api-1"));
    auto *pane = bench.find<DetailsPane>("containerPane");
    QVERIFY(pane);
    QVERIFY(bench.table->isVisible());
    QVERIFY(bench.table->hasFocus()); // so that the arrows go on
    QCOMPARE(pane->view()->containerId(), harbour.id("shopfront-api-1"));
    QVERIFY(!bench.page.canGoBack());
    QVERIFY(bench.find<QAbstractButton>("paneButton")->isChecked());
    const auto background = [&bench](const std::string &id) {
        const QPoint place = bench.at(id, StateColumn, bench.table->columnWidth(StateColumn) - 6);
        return bench.table->viewport()->grab().toImage().pixelColor(place);
    };
    QCOMPARE(background(harbour.id("shopfront-api-1")), color(Color::BgSelected));
    QCOMPARE(background(harbour.id("shopfront-db-1")), color(Color::BgSurface));
    QTest::keyClick(bench.table, Qt::Key_Return, Qt::AltModifier);
    QVERIFY(!bench.find("containerPane"));
    bench.press("paneButton");
    QVERIFY(bench.find("containerPane"));
    bench.press("paneClose");
    QVERIFY(!bench.find("containerPane"));
    QVERIFY(!bench.find<QAbstractButton>("paneButton")->isChecked());
    openFor(bench, harbour.id("gitea"));
    bench.find<TabBar>("detailsTabs")->setFocus();
    QTest::keyClick(bench.find<TabBar>("detailsTabs"), Qt::Key_Escape);
    QVERIFY(!bench.find("containerPane"));
    QVERIFY(bench.table->hasFocus());
    openFor(bench, harbour.id("gitea"));
    bench.table->selectIds({harbour.id("gitea")});
    QTest::keyClick(bench.table, Qt::Key_Escape);
    QVERIFY(bench.find("containerPane")); // one thing for each press
    QTest::keyClick(bench.table, Qt::Key_Escape);
    QVERIFY(!bench.find("containerPane"));
}

void DetailsPaneTest::followsTheCurrentRowAndAsksForItAlone()
{
    Bench bench;
    Harbour harbour(bench.engine);
    openFor(bench, harbour.id("shopfront-api-1"));
    QCOMPARE(bench.engine.inspections.size(), std::size_t(1));
    for (int i = 0; i < 20; ++i) {
        QTest::keyClick(bench.table, Qt::Key_Down); // held down
    }
    auto *pane = bench.find<DetailsPane>("containerPane");
    const std::string last = bench.table->currentId();
    QTRY_COMPARE(pane->view()->containerId(), last);
    QVERIFY2(bench.engine.inspections.size() <= 10,
             qPrintable(QString::number(bench.engine.inspections.size())));
    QCOMPARE(bench.engine.inspections.back().id, last);
    bench.click(bench.at(harbour.id("mailpit"), NameColumn, nameX));
    QTRY_COMPARE(pane->view()->containerId(), harbour.id("mailpit"));
    const QModelIndex group = bench.page.controller()->tree()->indexOfGroup("shopfront");
    bench.table->selectionModel()->setCurrentIndex(group, QItemSelectionModel::NoUpdate);
    QTRY_VERIFY(bench.find("paneEmpty"));
    QCOMPARE(pane->view()->containerId(), std::string());
}

void DetailsPaneTest::figuresThatComeBeforeDetailsWait()
{
    Bench bench;
    Harbour harbour(bench.engine);
    openFor(bench, harbour.id("shopfront-api-1"));
    bench.engine.answer<docker::ContainerDetails>(bench.engine.inspections.back().promise,
                                                  test::apiDetails(harbour.id("shopfront-api-1")));
    QTRY_VERIFY(bench.find<QLabel>("usageNow"));
    const std::string next = harbour.id("mailpit");
    bench.click(bench.at(next, NameColumn, nameX));
    QTRY_COMPARE(bench.engine.inspections.back().id, next);
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    bench.engine.figures[next].cpuPercent = 77;
    Q_EMIT bench.engine.statsChanged();
    Bench::settle();
    bench.engine.answer<docker::ContainerDetails>(bench.engine.inspections.back().promise,
                                                  test::apiDetails(next));
    QTRY_VERIFY(bench.find<QLabel>("usageNow"));
    QVERIFY(bench.find<QLabel>("usageNow")->text().contains("77"));
}

void DetailsPaneTest::asksNothingWhileHidden()
{
    Bench bench;
    Harbour harbour(bench.engine);
    openFor(bench, harbour.id("shopfront-api-1"));
    QTest::keyClick(bench.table, Qt::Key_Return, Qt::AltModifier);
    const std::size_t asked = bench.engine.inspections.size();
    bench.table->setCurrentId(harbour.id("gitea"));
    harbour.change("gitea", docker::ContainerState::Paused, "Up 12 days (Paused)");
    QTest::qWait(200);
    QCOMPARE(bench.engine.inspections.size(), asked);
    bench.page.showDetails(harbour.id("mailpit"));
    QTest::keyClick(bench.find("containerDetails"), Qt::Key_Return, Qt::AltModifier);
    QVERIFY(!bench.page.canGoBack());
    QCOMPARE(bench.find<DetailsPane>("containerPane")->view()->containerId(),
             harbour.id("mailpit"));
    bench.window.hide();
    const std::size_t before = bench.engine.inspections.size();
    harbour.change("mailpit", docker::ContainerState::Paused, "Up 12 days (Paused)");
    QCOMPARE(bench.engine.inspections.size(), before);
}

void DetailsPaneTest::isRemembered()
{
    {
        Bench bench;
        Harbour harbour(bench.engine);
        openFor(bench, harbour.id("gitea"));
        auto *side = bench.window.findChild<SidePane *>("containersSplit");
        QWidget *handle = side->handle(1);
        const int before = bench.find("containerPane")->width();
        QTest::keyClick(handle, Qt::Key_Left);
        QVERIFY(bench.find("containerPane")->width() > before);
        QTest::keyClick(handle, Qt::Key_Left);
        QCOMPARE(QSettings().value("containers/paneWidth").toInt(),
                 bench.find("containerPane")->width());
    }
    const int width = QSettings().value("containers/paneWidth").toInt();
    Bench bench;
    Harbour harbour(bench.engine);
    Bench::settle();
    QVERIFY(bench.find("containerPane"));
    QCOMPARE(bench.find("containerPane")->width(), width);
}

void DetailsPaneTest::isAsWideAsAllowed()
{
    for (const int wanted : {10, 5000}) {
        QSettings().setValue("containers/paneWidth", wanted);
        QSettings().setValue("containers/paneOpen", true);
        Bench bench;
        Harbour harbour(bench.engine);
        bench.window.resize(1704, 900);
        bench.page.widget()->resize(bench.window.size());
        Bench::settle();
        QCOMPARE(bench.find("containerPane")->width(), wanted == 10 ? 360 : 720);
        auto *side = bench.window.findChild<SidePane *>("containersSplit");
        for (int i = 0; i < 80; ++i) {
            QTest::keyClick(side->handle(1), wanted == 10 ? Qt::Key_Right : Qt::Key_Left);
        }
        QCOMPARE(bench.find("containerPane")->width(), wanted == 10 ? 360 : 720);
    }
}

void DetailsPaneTest::staysReadable_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<double>("text");
    QTest::addColumn<bool>("both");
    QTest::newRow("smallest window") << 744 << 1.0 << true;
    QTest::newRow("usual window") << 1064 << 1.0 << true;
    QTest::newRow("large window") << 1704 << 1.0 << true;
    QTest::newRow("smallest window, text 200 %") << 744 << 2.0 << false;
    QTest::newRow("usual window, text 200 %") << 1064 << 2.0 << false;
    QTest::newRow("large window, text 200 %") << 1704 << 2.0 << true;
}

void DetailsPaneTest::staysReadable()
{
    QFETCH(const int, width);
    QFETCH(const double, text);
    QFETCH(const bool, both);
    Theme::instance().setTextScale(text);
    const auto back = qScopeGuard([] { Theme::instance().setTextScale(1); });
    Bench bench;
    Harbour harbour(bench.engine);
    bench.window.resize(width, 522);
    bench.page.widget()->resize(bench.window.size());
    openFor(bench, harbour.id("shopfront-api-1"));
    answerAll(bench);
    QTest::qWait(20);
    QCOMPARE(bench.table->isVisible(), both);
    auto *pane = bench.find("containerPane");
    QVERIFY(pane->width() >= std::min(scaled(360), width - 2));
    QVERIFY(bench.page.widget()->width() <= width);
    auto *scroll = bench.find<QScrollArea>("overviewScroll");
    QCOMPARE(scroll->horizontalScrollBar()->maximum(), 0);
    for (const char *name : {"paneClose", "paneEnlarge", "paneRestartButton", "detailsMore"}) {
        auto *button = pane->findChild<QWidget *>(name);
        QVERIFY2(button->isVisible() && button->width() >= button->minimumSizeHint().width() &&
                     pane->rect().contains(QRect(button->mapTo(pane, QPoint()), button->size())),
                 name);
    }
    // A dot parts two facts of one line, and ends none.
    QList<QWidget *> facts;
    for (const char *name : {"factImage", "factId", "factAge", "factPorts", "factNetwork"}) {
        auto *fact = pane->findChild<QWidget *>(name);
        if (fact->isVisible()) {
            facts << fact;
        }
    }
    QVERIFY(facts.size() > 2);
    for (qsizetype i = 0; i < facts.size(); ++i) {
        const bool parts = i + 1 < facts.size() && facts[i]->y() == facts[i + 1]->y();
        QCOMPARE(facts[i]->findChild<QWidget *>("dot")->isVisible(), parts);
    }
    if (!both) {
        QVERIFY(bench.find<TabBar>("detailsTabs")->hasFocus());
        QTest::keyClick(bench.find<TabBar>("detailsTabs"), Qt::Key_Escape);
        QVERIFY(bench.table->isVisible() && bench.table->hasFocus());
    }
}

void DetailsPaneTest::keysActOnWhatItShows()
{
    Bench bench;
    Harbour harbour(bench.engine);
    bench.table->selectIds({harbour.id("gitea"), harbour.id("mailpit")});
    openFor(bench, harbour.id("shopfront-api-1"));
    answerAll(bench);
    auto *tabs = bench.find<TabBar>("detailsTabs");
    tabs->setFocus();
    QTest::keyClick(tabs, Qt::Key_R, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(bench.engine.line(0), QString("docker restart shopfront-api-1"));
    bench.engine.succeed(0);
    Bench::settle();
    bench.press("panePauseButton");
    QCOMPARE(bench.engine.line(1), QString("docker pause shopfront-api-1"));
    QCOMPARE(bench.engine.sent.size(), std::size_t(2));
}

void DetailsPaneTest::enlargesToAPageAndComesBack()
{
    Bench bench;
    Harbour harbour(bench.engine);
    openFor(bench, harbour.id("shopfront-api-1"));
    bench.press("paneEnlarge");
    QVERIFY(bench.page.canGoBack());
    QCOMPARE(bench.find<DetailsView>("containerDetails")->containerId(),
             harbour.id("shopfront-api-1"));
    bench.page.goBack();
    QVERIFY(bench.find("containerPane"));
    QTest::keyClick(bench.table, Qt::Key_Return);
    QVERIFY(bench.page.canGoBack());
}

void DetailsPaneTest::isAPaneOfItsOwnAndSearches()
{
    Bench bench;
    Harbour harbour(bench.engine);
    QVERIFY(bench.page.panes().isEmpty());
    openFor(bench, harbour.id("shopfront-api-1"));
    answerAll(bench);
    QCOMPARE(bench.page.panes().size(), 2);
    QCOMPARE(bench.page.panes().back(), bench.find("containerPane"));
    QCOMPARE(bench.page.filterField()->objectName(), QString("containersFilter"));
    bench.find<TabBar>("detailsTabs")->setFocus();
    QCOMPARE(bench.page.filterField()->objectName(), QString("inspectSearch"));
    // The tab stays when the pane goes on to the next container.
    bench.table->setCurrentId(harbour.id("gitea"));
    answerAll(bench);
    QTRY_VERIFY(bench.find("inspectView"));
}

void DetailsPaneTest::figuresIncludeWhatItShows()
{
    Bench bench;
    Harbour harbour(bench.engine);
    bench.window.resize(1064, 420);
    bench.page.widget()->resize(bench.window.size());
    openFor(bench, harbour.id("media-lab-index-1"));
    bench.table->verticalScrollBar()->setValue(bench.table->verticalScrollBar()->maximum());
    Q_EMIT bench.engine.statsChanged();
    QVERIFY(std::ranges::contains(bench.engine.statsVisible, harbour.id("media-lab-index-1")));
}

} // namespace tst_details_pane

ROADSTEAD_WIDGET_TEST(tst_details_pane::DetailsPaneTest)
#include "tst_details_pane.moc"
