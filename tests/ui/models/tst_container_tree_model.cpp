// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "engine/service/engine_session.h"
#include "tests/support/reserve.h"
#include "tests/support/test_program/test_program.h"
#include "tests/ui/support/containers.h"
#include "ui/models/container_text.h"
#include "ui/models/container_tree_model.h"
#include "ui/models/containers_model.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

#include <map>
#include <random>

namespace tst_container_tree_model {

using namespace roadstead;
using namespace roadstead::ui;
using docker::ContainerState;
using test::container;
using test::containerId;
using test::Snapshot;
using test::sorted;

namespace {

constexpr std::int64_t testNow = 1'800'000'000;

/// The models of a page, with the model tester watching both.
struct Models
{
    ContainersModel containers{[] { return testNow; }};
    ContainerTreeModel tree{&containers};
    QAbstractItemModelTester containersTester{
        &containers, QAbstractItemModelTester::FailureReportingMode::QtTest};
    QAbstractItemModelTester treeTester{&tree,
                                        QAbstractItemModelTester::FailureReportingMode::QtTest};

    void show(Snapshot snapshot) { containers.applySnapshot(sorted(std::move(snapshot)), testNow); }
};

/// What is seen, one line a row: "group" and "  container".
QStringList seen(const ContainerTreeModel &tree)
{
    QStringList lines;
    for (int row = 0; row < tree.rowCount(); ++row) {
        const QModelIndex index = tree.index(row, 0);
        lines.append(index.data().toString());
        for (int child = 0; child < tree.rowCount(index); ++child) {
            lines.append("  " + tree.index(child, 0, index).data().toString());
        }
    }
    return lines;
}

Snapshot harbour()
{
    return {container(1, "shop-web-10", "shop"), container(2, "shop-web-2", "shop"),
            container(3, "lab-job-1", "lab", ContainerState::Exited), container(4, "gitea"),
            container(5, "Mailpit", {}, ContainerState::Paused)};
}

} // namespace

class ContainerTreeModelTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void groupsByProjectWithTheRestLast();
    void flatListHasNoGroups();
    void wordsAndStateFilterTogether();
    void descendingNamesTurnGroupsToo();
    void rowsWithoutAValueComeLast();
    void persistentIndexesFollowARow();
    void heldOrderKeepsRowsInPlace();
    void newRowsComeInWhereTheyBelongWhileHeld();
    void pausedAndUnhealthyAreCountedApart();
    void groupSumsCoverHiddenRows();
    void sentencesAreWhatAScreenReaderSays();
    void hostileTextIsDrawnHarmless();
    void figuresRepaintNoOtherColumn();
    void pendingWorkReplacesTheState();
    void manyPendingRowsAreOneChangeAGroup();
    void largeFilterChangeIsTwoSteps();
    void randomUseEndsInWhatItShould();
};

void ContainerTreeModelTest::groupsByProjectWithTheRestLast()
{
    Models models;
    models.show(harbour());
    QCOMPARE(seen(models.tree),
             QStringList({"lab", "  lab-job-1", "shop", "  shop-web-2", "  shop-web-10",
                          "No project", "  gitea", "  Mailpit"}));
}

void ContainerTreeModelTest::flatListHasNoGroups()
{
    Models models;
    models.show(harbour());
    models.tree.setGrouped(false);
    QCOMPARE(seen(models.tree),
             QStringList({"gitea", "lab-job-1", "Mailpit", "shop-web-2", "shop-web-10"}));
    models.tree.setGrouped(true);
    QCOMPARE(models.tree.rowCount(), 3);
}

void ContainerTreeModelTest::wordsAndStateFilterTogether()
{
    Models models;
    models.show(harbour());
    models.tree.setFilterText("WEB 1");
    QCOMPARE(seen(models.tree), QStringList({"shop", "  shop-web-2", "  shop-web-10"}));
    models.tree.setFilterText("web-1");
    QCOMPARE(seen(models.tree), QStringList({"shop", "  shop-web-10"}));
    models.tree.setStateFilter(StateFilter::Paused);
    QCOMPARE(seen(models.tree), QStringList());
    QVERIFY(models.tree.isFiltered());
    models.tree.setFilterText("");
    QCOMPARE(seen(models.tree), QStringList({"No project", "  Mailpit"}));
    models.tree.setGrouped(false);
    QCOMPARE(seen(models.tree), QStringList({"Mailpit"}));
}

void ContainerTreeModelTest::descendingNamesTurnGroupsToo()
{
    Models models;
    models.show(harbour());
    models.tree.sort(NameColumn, Qt::DescendingOrder);
    QCOMPARE(seen(models.tree), QStringList({"shop", "  shop-web-10", "  shop-web-2", "lab",
                                             "  lab-job-1", "No project", "  Mailpit", "  gitea"}));
}

void ContainerTreeModelTest::rowsWithoutAValueComeLast()
{
    Models models;
    Snapshot snapshot{container(1, "a"), container(2, "b"), container(3, "c")};
    snapshot[1].ports = {{"0.0.0.0", 80, 9000, "tcp"}};
    snapshot[2].ports = {{"0.0.0.0", 80, 8000, "tcp"}};
    models.show(snapshot);
    models.tree.setGrouped(false);
    models.tree.sort(PortsColumn, Qt::AscendingOrder);
    QCOMPARE(seen(models.tree), QStringList({"c", "b", "a"}));
    models.tree.sort(PortsColumn, Qt::DescendingOrder);
    QCOMPARE(seen(models.tree), QStringList({"b", "c", "a"}));
}

void ContainerTreeModelTest::persistentIndexesFollowARow()
{
    Models models;
    models.show(harbour());
    const QPersistentModelIndex group = models.tree.indexOfGroup("shop");
    const QPersistentModelIndex row = models.tree.indexOf(containerId(2));
    models.tree.sort(NameColumn, Qt::DescendingOrder);
    QCOMPARE(row.data().toString(), QString("shop-web-2"));
    QCOMPARE(row.row(), 1);
    QCOMPARE(group.data().toString(), QString("shop"));
    QCOMPARE(QModelIndex(row).parent(), QModelIndex(group));

    Snapshot renamed = harbour();
    renamed[1].name = "zebra";
    models.show(renamed);
    QCOMPARE(row.data().toString(), QString("zebra"));
    QCOMPARE(row.row(), 0);
}

void ContainerTreeModelTest::heldOrderKeepsRowsInPlace()
{
    Models models;
    models.show({container(1, "a"), container(2, "b")});
    models.tree.setGrouped(false);
    models.tree.sort(CpuColumn, Qt::DescendingOrder);
    std::map<std::string, service::ContainerStats> stats;
    const auto source = [&stats](const std::string &id) -> const service::ContainerStats * {
        const auto found = stats.find(id);
        return found == stats.end() ? nullptr : &found->second;
    };
    stats[containerId(1)].cpuPercent = 1;
    stats[containerId(2)].cpuPercent = 2;
    models.containers.applyStats(source);
    QCOMPARE(seen(models.tree), QStringList({"b", "a"}));

    models.tree.setOrderHeld(true);
    stats[containerId(1)].cpuPercent = 50;
    models.containers.applyStats(source);
    QCOMPARE(seen(models.tree), QStringList({"b", "a"}));
    models.tree.setOrderHeld(false);
    QCOMPARE(seen(models.tree), QStringList({"a", "b"}));
}

void ContainerTreeModelTest::newRowsComeInWhereTheyBelongWhileHeld()
{
    Models models;
    models.show({container(1, "a"), container(3, "c")});
    models.tree.setOrderHeld(true);
    models.show({container(1, "a"), container(2, "b"), container(3, "c")});
    QCOMPARE(seen(models.tree), QStringList({"No project", "  a", "  b", "  c"}));
    models.show({container(1, "zz"), container(2, "b"), container(3, "c")});
    QCOMPARE(seen(models.tree), QStringList({"No project", "  zz", "  b", "  c"}));
    models.tree.setOrderHeld(false);
    QCOMPARE(seen(models.tree), QStringList({"No project", "  b", "  c", "  zz"}));
}

void ContainerTreeModelTest::pausedAndUnhealthyAreCountedApart()
{
    Models models;
    Snapshot snapshot = harbour();
    snapshot[3].health = docker::Health::Unhealthy;
    QSignalSpy counts(&models.tree, &ContainerTreeModel::countsChanged);
    models.show(snapshot);
    QCOMPARE(counts.size(), 1);
    QCOMPARE(models.tree.counts(), StateCounts({5, 2, 1, 0, 1, 0, 1}));
    models.tree.setFilterText("gitea");
    QCOMPARE(models.tree.counts(), StateCounts({5, 2, 1, 0, 1, 0, 1}));
    QCOMPARE(models.tree.shownCount(), 1);
}

void ContainerTreeModelTest::groupSumsCoverHiddenRows()
{
    Models models;
    Snapshot snapshot = harbour();
    snapshot[0].health = docker::Health::Unhealthy;
    models.show(snapshot);
    service::ContainerStats stats;
    stats.cpuPercent = 1.5;
    stats.memoryBytes = 300LL << 20;
    models.containers.applyStats([&stats](const std::string &) { return &stats; });
    models.tree.setFilterText("web-2");
    const QModelIndex group = models.tree.index(0, 0);
    QCOMPARE(groupSummary(*models.tree.groupAt(group)), QString("1 of 2 running, 1 unhealthy"));
    QCOMPARE(group.siblingAtColumn(CpuColumn).data().toString(), QString("3.0 %"));
    QCOMPARE(group.siblingAtColumn(MemoryColumn).data().toString(), QString("600 MiB"));
    models.tree.setFilterText("");
    QCOMPARE(groupSummary(*models.tree.groupAt(models.tree.index(0, 0))), QString("1 exited"));
    QCOMPARE(models.tree.index(0, UptimeColumn).data().toString(), QString("2 d ago"));
}

void ContainerTreeModelTest::sentencesAreWhatAScreenReaderSays()
{
    Models models;
    models.show({container(1, "shopfront-api-1", "shopfront")});
    service::ContainerStats stats;
    stats.cpuPercent = 13.8;
    stats.memoryBytes = 412LL << 20;
    stats.memoryLimit = 512LL << 20;
    models.containers.applyStats([&stats](const std::string &) { return &stats; });
    QCOMPARE(models.tree.indexOf(containerId(1)).data(Qt::AccessibleTextRole).toString(),
             QString("shopfront-api-1, running, CPU 13.8 percent, memory 412 of 512 mebibytes"));
    QCOMPARE(models.tree.index(0, 0).data(Qt::AccessibleTextRole).toString(),
             QString("Project shopfront, 1 running, CPU 13.8 percent, memory 412 MiB"));
}

void ContainerTreeModelTest::hostileTextIsDrawnHarmless()
{
    Models models;
    Snapshot snapshot{container(1, "a\nb\x1b[31m\u202Egnp", "\u2066pro\tject")};
    snapshot[0].image = std::string(10'000, 'x') + ":tag";
    models.show(snapshot);
    const QStringList lines = seen(models.tree);
    for (const QString &line : lines) {
        for (const QChar c : line.trimmed()) {
            QVERIFY(c.isPrint());
        }
    }
    const QString image =
        models.tree.indexOf(containerId(1)).siblingAtColumn(ImageColumn).data().toString();
    QVERIFY(image.size() <= 256);
    QVERIFY(image.endsWith(":tag"));
    QCOMPARE(models.containers.find(containerId(1))->rawName, snapshot[0].name);
}

void ContainerTreeModelTest::figuresRepaintNoOtherColumn()
{
    Models models;
    models.show(harbour());
    QSignalSpy changed(&models.tree, &QAbstractItemModel::dataChanged);
    service::ContainerStats stats;
    stats.cpuPercent = 1;
    models.containers.applyStats([&stats](const std::string &) { return &stats; });
    QVERIFY(!changed.isEmpty());
    for (const QList<QVariant> &signal : changed) {
        QCOMPARE(signal[0].toModelIndex().column(), int(CpuColumn));
        QCOMPARE(signal[1].toModelIndex().column(), int(MemoryColumn));
    }
}

void ContainerTreeModelTest::pendingWorkReplacesTheState()
{
    Models models;
    models.show(harbour());
    const QModelIndex state = models.tree.indexOf(containerId(4)).siblingAtColumn(StateColumn);
    models.containers.setPending(containerId(4), PendingWork::Stopping);
    QCOMPARE(state.data().toString(), QString("Stopping"));
    Snapshot after = harbour();
    after[3] = container(4, "gitea", {}, ContainerState::Exited);
    models.show(after);
    QCOMPARE(state.data().toString(), QString("Stopping"));
    models.containers.setPending(containerId(4), PendingWork::None);
    QCOMPARE(state.data().toString(), QString("Exited"));
}

void ContainerTreeModelTest::manyPendingRowsAreOneChangeAGroup()
{
    ContainersModel containers{[] { return testNow; }};
    ContainerTreeModel tree{&containers};
    Snapshot snapshot;
    std::vector<std::string> ids;
    for (unsigned i = 0; i < 10'000; ++i) {
        snapshot.push_back(container(i, "web-" + std::to_string(i), "p" + std::to_string(i / 100)));
        if (i / 100 < 20 && i % 2 == 0) {
            ids.push_back(containerId(i));
        }
    }
    containers.applySnapshot(sorted(snapshot), testNow);
    QCOMPARE(ids.size(), std::size_t(1000)); // in 20 of 100 groups
    QSignalSpy changed(&tree, &QAbstractItemModel::dataChanged);
    containers.setPending(ids, PendingWork::Stopping);
    QVERIFY2(!changed.isEmpty() && changed.size() <= 2 * 20,
             qPrintable(QString::number(changed.size())));
    changed.clear();
    containers.setPending(ids[0], PendingWork::None);
    QCOMPARE(changed.size(), 1);
    QCOMPARE(changed[0][0].toModelIndex(), tree.indexOf(ids[0]));
    QCOMPARE(changed[0][1].toModelIndex().row(), tree.indexOf(ids[0]).row());
}

void ContainerTreeModelTest::largeFilterChangeIsTwoSteps()
{
    Models models;
    Snapshot snapshot;
    for (unsigned i = 0; i < 1000; ++i) {
        snapshot.push_back(container(i, (i % 2 == 0 ? "even-" : "odd-") + std::to_string(i / 2),
                                     "p" + std::to_string(i / 10)));
    }
    models.show(snapshot);
    QSignalSpy removed(&models.tree, &QAbstractItemModel::rowsRemoved);
    QSignalSpy inserted(&models.tree, &QAbstractItemModel::rowsInserted);
    QSignalSpy reset(&models.tree, &QAbstractItemModel::modelReset);
    models.tree.setFilterText("odd");
    QCOMPARE(models.tree.shownCount(), 500);
    QCOMPARE(removed.size() + inserted.size(), 2);
    QCOMPARE(reset.size(), 0);
}

namespace {

/// The same as ContainerTreeModel shows, worked out the slow and obvious way.
QStringList expected(const Models &models, bool grouped, const QString &text, StateFilter state,
                     ContainerOrder order)
{
    std::map<std::pair<bool, QString>, std::vector<ContainerRowPointer>> groups;
    for (std::size_t i = 0; i < models.containers.size(); ++i) {
        const ContainerRowPointer row = models.containers.rowAt(i);
        if (row->haystack.contains(text) && (state == StateFilter::All || row->filter() == state)) {
            groups[grouped ? std::pair(row->project.isEmpty(), row->project)
                           : std::pair(true, QString())]
                .push_back(row);
        }
    }
    QStringList lines;
    for (auto &[key, rows] : groups) {
        std::ranges::sort(rows, [order](const auto &l, const auto &r) { return order(*l, *r); });
        if (grouped) {
            lines.append(key.first ? "No project" : key.second);
        }
        for (const ContainerRowPointer &row : rows) {
            lines.append((grouped ? "  " : "") + row->name);
        }
    }
    return lines;
}

/// Numbers below a bound, the same in every run.
class Dice
{
public:
    unsigned operator()(unsigned bound) { return static_cast<unsigned>(m_engine() % bound); }

private:
    std::mt19937 m_engine{7};
};

docker::ContainerSummary randomContainer(unsigned number, Dice &roll)
{
    static constexpr ContainerState states[] = {ContainerState::Running, ContainerState::Exited,
                                                ContainerState::Paused, ContainerState::Restarting,
                                                ContainerState::Created};
    const unsigned project = number % 7;
    auto made = container(number, "c" + std::to_string(number + roll(2) * 1000),
                          project == 0 ? "" : "p" + std::to_string(project), states[roll(5)]);
    if (roll(2) == 0) {
        made.ports = {{"0.0.0.0", 80, static_cast<std::uint16_t>(8000 + roll(5)), "tcp"}};
    }
    return made;
}

} // namespace

void ContainerTreeModelTest::randomUseEndsInWhatItShould()
{
    Dice roll;
    Models models;
    std::map<unsigned, docker::ContainerSummary> present;
    bool grouped = true;
    QString text;
    auto state = StateFilter::All;
    ContainerOrder order;
    for (unsigned round = 0; round < roadstead::test::amount(400); ++round) {
        switch (roll(8)) {
        case 0:
            models.tree.setGrouped(grouped = !grouped);
            break;
        case 1:
            models.tree.setFilterText(
                text = QString::number(roll(30)).left(static_cast<qsizetype>(roll(3))));
            break;
        case 2:
            models.tree.setStateFilter(state = static_cast<StateFilter>(roll(7)));
            break;
        case 3: {
            static constexpr int columns[] = {StateColumn, ImageColumn, PortsColumn, UptimeColumn};
            order = {columns[roll(4)], roll(2) == 0 ? Qt::AscendingOrder : Qt::DescendingOrder};
            models.tree.sort(order.column, order.direction);
            break;
        }
        default:
            for (unsigned i = 0, churn = roll(round % 20 == 0 ? 300U : 10U); i < churn; ++i) {
                const unsigned number = roll(300);
                if (roll(3) == 0) {
                    present.erase(number);
                } else {
                    present[number] = randomContainer(number, roll);
                }
            }
            Snapshot snapshot;
            for (const auto &[number, summary] : present) {
                snapshot.push_back(summary);
            }
            models.show(std::move(snapshot));
        }
        QCOMPARE(seen(models.tree), expected(models, grouped, text, state, order));
    }
}

} // namespace tst_container_tree_model

ROADSTEAD_GUILESS_TEST(tst_container_tree_model::ContainerTreeModelTest)
#include "tst_container_tree_model.moc"
