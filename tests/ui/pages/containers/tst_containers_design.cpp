// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/test_program/test_program.h"
#include "tests/ui/support/page_bench.h"
#include "ui/pages/containers/container_header.h"
#include "ui/pages/containers/details_view.h"
#include "ui/theme/theme.h"
#include "ui/widgets/bulk_bar.h"
#include "ui/widgets/card.h"
#include "ui/widgets/page_header.h"
#include "ui/widgets/tab_bar.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QScopeGuard>
#include <QSettings>
#include <QStandardPaths>

namespace tst_containers_design {

using namespace roadstead;
using namespace roadstead::ui;
using test::Harbour;
using test::nameX;
using Bench = test::PageBench;

/// The page measured against the design: the file of tokens itself, not what is compiled from it.
class ContainersDesign : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init() { QSettings().clear(); }
    void heightsAreThoseOfTheDesign();
    void columnsAreInTheirOrder();
    void narrowListsLoseColumnsInTheirOrder();
    void mirroredRowsArePressedWhereTheyAreDrawn();

private:
    QJsonObject m_size;
};

void ContainersDesign::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
    QCoreApplication::setOrganizationName("roadstead-design-test");
    Theme::instance().install(*qApp);
    Theme::instance().setTextScale(1);
    QFile file(QFINDTESTDATA("../../../../resources/tokens.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    m_size = QJsonDocument::fromJson(file.readAll()).object()["size"].toObject();
    QVERIFY(!m_size.isEmpty());
}

void ContainersDesign::heightsAreThoseOfTheDesign()
{
    Bench bench;
    Harbour harbour(bench.engine);
    const std::string id = harbour.id("shopfront-api-1");
    bench.table->selectIds({id});
    bench.press("paneButton");
    bench.engine.answer<docker::ContainerDetails>(bench.engine.inspections.back().promise,
                                                  test::apiDetails(id));
    QTest::qWait(20);
    const auto token = [this](const char *name) { return m_size[QLatin1StringView(name)].toInt(); };
    const QModelIndex row = bench.page.controller()->tree()->indexOf(id);
    QCOMPARE(bench.table->visualRect(row).height(), token("row"));
    QCOMPARE(bench.table->visualRect(row.parent()).height(), token("row"));
    QCOMPARE(bench.table->containerHeader()->height(), token("table-header"));
    QCOMPARE(bench.window.findChild<PageHeader *>()->height(), token("page-header"));
    QCOMPARE(bench.find("containersFilter")->parentWidget()->height(), token("toolbar"));
    QCOMPARE(bench.find("containersFilter")->height(), token("field"));
    QCOMPARE(bench.find("filterAll")->height(), token("chip"));
    QCOMPARE(bench.window.findChild<BulkBar *>()->height(), token("bulk-bar"));
    QCOMPARE(bench.find("bulkStopButton")->height(), token("button"));
    QCOMPARE(bench.find("paneRestartButton")->height(), token("button"));
    QCOMPARE(bench.find<TabBar>("detailsTabs")->height(), token("tabs"));
    QCOMPARE(bench.find("containerPane")->width(), m_size["details-pane"].toArray()[1].toInt());
}

void ContainersDesign::columnsAreInTheirOrder()
{
    Bench bench;
    Harbour harbour(bench.engine);
    QStringList titles;
    for (int place = 0; place < bench.table->header()->count(); ++place) {
        const int column = bench.table->header()->logicalIndex(place);
        QVERIFY(!bench.table->isColumnHidden(column));
        titles << bench.table->model()->headerData(column, Qt::Horizontal).toString();
    }
    QCOMPARE(titles, QStringList({"Name", "State", "Image", "Ports", "CPU", "Memory", "Uptime"}));
}

void ContainersDesign::narrowListsLoseColumnsInTheirOrder()
{
    Bench bench;
    Harbour harbour(bench.engine);
    QStringList lost;
    for (int width = 1064; width >= 320; width -= 8) {
        bench.window.resize(width, 600);
        bench.page.widget()->resize(bench.window.size());
        Bench::settle();
        int used = 0;
        for (int column = 0; column < ContainerColumnCount; ++column) {
            const QString title =
                bench.table->model()->headerData(column, Qt::Horizontal).toString();
            used += bench.table->isColumnHidden(column) ? 0 : bench.table->columnWidth(column);
            if (bench.table->isColumnHidden(column) && !lost.contains(title)) {
                lost << title;
            }
        }
        QVERIFY2(used <= width, qPrintable(QString("%1 in %2").arg(used).arg(width)));
    }
    QCOMPARE(lost, QStringList({"Ports", "Uptime", "Image", "CPU", "Memory"}));
}

void ContainersDesign::mirroredRowsArePressedWhereTheyAreDrawn()
{
    qApp->setLayoutDirection(Qt::RightToLeft);
    const auto back = qScopeGuard([] { qApp->setLayoutDirection(Qt::LeftToRight); });
    Bench bench;
    Harbour harbour(bench.engine);
    Bench::settle();
    const std::string id = harbour.id("shopfront-db-1");
    const auto place = [&](int column, int fromStart) {
        return bench.at(id, column, bench.table->columnWidth(column) - 1 - fromStart);
    };
    QVERIFY(place(NameColumn, 0).x() > place(UptimeColumn, 0).x());
    bench.click(place(NameColumn, test::checkX));
    QCOMPARE(bench.table->selectedIds(), std::vector{id});
    bench.click(place(NameColumn, test::checkX));
    QVERIFY(bench.table->selectedIds().empty());
    bench.click(place(PortsColumn, 8));
    QCOMPARE(bench.opened, QList{QUrl("http://localhost:5432")});
    const int width = bench.table->columnWidth(UptimeColumn);
    bench.click(place(UptimeColumn, width - 68));
    QCOMPARE(bench.engine.line(0), QString("docker stop shopfront-db-1"));
    bench.hover(place(NameColumn, nameX));
    QCOMPARE(bench.engine.sent.size(), std::size_t(1));
}

} // namespace tst_containers_design

ROADSTEAD_WIDGET_TEST(tst_containers_design::ContainersDesign)
#include "tst_containers_design.moc"
