// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "engine/service/engine_session.h"
#include "tests/support/reserve.h"
#include "tests/support/test_program/test_program.h"
#include "tests/ui/support/containers.h"
#include "ui/models/container_tree_model.h"
#include "ui/models/containers_model.h"
#include "ui/pages/containers/container_table.h"
#include "ui/theme/theme.h"

#include <QElapsedTimer>
#include <QPainter>
#include <QScrollBar>
#include <QTest>

namespace tst_container_table_frames {

using namespace roadstead;
using namespace roadstead::ui;
using test::container;

namespace {

constexpr unsigned containers = 10'000;
constexpr unsigned perProject = 20;

/// Runs `step` and paints what it left to paint; milliseconds of each run, sorted.
template<typename Step>
std::vector<double> frames(ContainerTable &table, int count, Step step)
{
    QImage screen(table.size(), QImage::Format_ARGB32_Premultiplied);
    std::vector<double> times;
    for (int i = 0; i < count; ++i) {
        QElapsedTimer timer;
        timer.start();
        step(i);
        table.render(&screen);
        times.push_back(double(timer.nsecsElapsed()) / 1e6);
    }
    std::ranges::sort(times);
    return times;
}

void report(const char *what, const std::vector<double> &times)
{
    qInfo("%s at %u containers: median %.1f ms, p99 %.1f ms", what, containers,
          times[times.size() / 2], times[times.size() * 99 / 100]);
}

} // namespace

/// Prints how long the frames of a very long list take. Times depend on the machine, so they are
/// reported; what is checked is that each step shows what it should.
class ContainerTableFrames : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void filterKeystroke_data();
    void filterKeystroke();
    void sorting_data() { filterKeystroke_data(); }
    void sorting();
    void scrolling();
    void figures();

private:
    ContainersModel m_containers{[] { return std::int64_t(1'800'000'000); }};
    ContainerTreeModel m_tree{&m_containers};
    std::unique_ptr<ContainerTable> m_table;
};

void ContainerTableFrames::initTestCase()
{
    Theme::instance().install(*qApp);
    test::Snapshot snapshot;
    for (unsigned i = 0; i < containers; ++i) {
        snapshot.push_back(container(i, "service-" + std::to_string(i * 7919 % containers),
                                     "project-" + std::to_string(i / perProject)));
        snapshot.back().ports = {{"0.0.0.0", 80, std::uint16_t(1024 + i), "tcp"}};
    }
    snapshot = test::sorted(std::move(snapshot));
    QElapsedTimer timer;
    timer.start();
    m_containers.applySnapshot(snapshot, 1'800'000'000);
    qInfo("first list of %u containers into the models: %lld ms", containers, timer.elapsed());
    timer.restart();
    m_containers.applySnapshot(snapshot, 1'800'000'000);
    qInfo("the same list again: %lld ms", timer.elapsed());
    m_table = std::make_unique<ContainerTable>(&m_tree);
    m_table->resize(1064, 640);
    m_table->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_table.get()));
}

void ContainerTableFrames::filterKeystroke_data()
{
    QTest::addColumn<bool>("grouped");
    QTest::newRow("grouped") << true;
    QTest::newRow("flat") << false;
}

void ContainerTableFrames::filterKeystroke()
{
    QFETCH(const bool, grouped);
    m_tree.setGrouped(grouped);
    const QStringList typed{"s",          "se", "service-1", "service-12", "service-123",
                            "service-12", "7",  "72",        "7",          ""};
    const auto times = frames(*m_table, test::amount(100),
                              [&](int i) { m_tree.setFilterText(typed[i % typed.size()]); });
    report(grouped ? "filter keystroke, grouped" : "filter keystroke, flat", times);
    m_tree.setFilterText("service-123");
    QCOMPARE(m_tree.shownCount(), 11); // 123 and 1230 to 1239
    m_tree.setFilterText("");
    QCOMPARE(m_tree.shownCount(), int(containers));
}

void ContainerTableFrames::sorting()
{
    QFETCH(const bool, grouped);
    m_tree.setGrouped(grouped);
    const auto times = frames(*m_table, test::amount(60), [&](int i) {
        m_tree.sort(i % 3 == 0 ? PortsColumn : NameColumn,
                    i % 2 == 0 ? Qt::AscendingOrder : Qt::DescendingOrder);
    });
    report(grouped ? "sort, grouped" : "sort, flat", times);
    m_tree.sort(NameColumn, Qt::AscendingOrder);
    const QModelIndex first = grouped ? m_tree.index(0, 0, m_tree.index(0, 0)) : m_tree.index(0, 0);
    QVERIFY(first.isValid());
    QCOMPARE(m_tree.shownCount(), int(containers));
}

void ContainerTableFrames::scrolling()
{
    m_tree.setGrouped(true);
    QScrollBar *bar = m_table->verticalScrollBar();
    constexpr int steps = test::amount(300);
    const auto times = frames(
        *m_table, steps, [&](int i) { bar->setValue(int(qint64(bar->maximum()) * i / steps)); });
    report("scroll", times);
    QVERIFY(bar->maximum() > int(containers));
}

void ContainerTableFrames::figures()
{
    service::ContainerStats stats;
    stats.memoryLimit = 512LL << 20;
    stats.cpuHistory.assign(60, 2.F);
    const auto times =
        frames(*m_table, 50, [&](int i) { // what the last one shows is asked for below
            stats.cpuPercent = i;
            stats.memoryBytes = (i + 1LL) << 20;
            m_containers.applyStats([&stats](const std::string &) { return &stats; });
        });
    report("a second's figures of all", times);
    QCOMPARE(m_tree.index(0, CpuColumn).data().toString(), QString("980.0 %"));
}

} // namespace tst_container_table_frames

ROADSTEAD_WIDGET_TEST(tst_container_table_frames::ContainerTableFrames)
#include "tst_container_table_frames.moc"
