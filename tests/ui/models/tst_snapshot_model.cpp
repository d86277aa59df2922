// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/reserve.h"
#include "tests/support/test_program/test_program.h"
#include "ui/models/snapshot_model.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

#include <map>
#include <random>

namespace tst_snapshot_model {

using roadstead::ui::SnapshotModel;

namespace {

struct Item
{
    using Source = std::pair<std::string, int>;

    explicit Item(const Source &source)
        : name(source.first)
        , value(source.second)
    {
    }
    Item(const Source &source, const Item &before)
        : name(source.first)
        , value(source.second)
        , kept(before.kept)
    {
    }
    static std::string_view keyOf(const Source &source) { return source.first; }
    [[nodiscard]] std::string_view key() const { return name; }
    [[nodiscard]] bool matches(const Source &source) const { return value == source.second; }

    std::string name;
    int value = 0;
    int kept = 0; ///< not part of a snapshot
};

class ItemModel : public SnapshotModel<Item>
{
public:
    using SnapshotModel<Item>::SnapshotModel;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override
    {
        return parent.isValid() ? 0 : 2;
    }
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override
    {
        const auto item = rowAt(static_cast<std::size_t>(index.row()));
        return role == Qt::DisplayRole ? QVariant(item->value) : QVariant();
    }
};

using Items = std::vector<Item::Source>;

Items contents(const ItemModel &model)
{
    Items items;
    for (std::size_t i = 0; i < model.size(); ++i) {
        items.emplace_back(model.rowAt(i)->name, model.rowAt(i)->value);
    }
    return items;
}

} // namespace

class SnapshotModelTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void equalSnapshotIsSilent();
    void removedRangeIsRemovedInOneStep();
    void changedNeighboursAreOneRange();
    void changedRowKeepsWhatIsNotInASnapshot();
    void rowsMayBeReadAfterTheyWereRemoved();
    void patchAnnouncesOnlyWhatChanged();
    void scatteredChangeReplacesItsSpanOnly();
    void randomSnapshotsEndInTheSnapshot();
};

void SnapshotModelTest::equalSnapshotIsSilent()
{
    ItemModel model;
    const Items items{{"a", 1}, {"b", 2}};
    model.apply(items);
    QSignalSpy applied(&model, &ItemModel::snapshotApplied);
    QSignalSpy changed(&model, &ItemModel::dataChanged);
    model.apply(items);
    QCOMPARE(applied.size(), 0);
    QCOMPARE(changed.size(), 0);
}

void SnapshotModelTest::removedRangeIsRemovedInOneStep()
{
    ItemModel model;
    model.apply(Items{{"a", 1}, {"b", 2}, {"c", 3}, {"d", 4}});
    QSignalSpy removed(&model, &ItemModel::rowsRemoved);
    QSignalSpy reset(&model, &ItemModel::modelReset);
    model.apply(Items{{"a", 1}, {"d", 4}});
    QCOMPARE(removed.size(), 1);
    QCOMPARE(removed[0][1].toInt(), 1);
    QCOMPARE(removed[0][2].toInt(), 2);
    QCOMPARE(reset.size(), 0);
}

void SnapshotModelTest::changedNeighboursAreOneRange()
{
    ItemModel model;
    model.apply(Items{{"a", 1}, {"b", 2}, {"c", 3}, {"d", 4}});
    QSignalSpy changed(&model, &ItemModel::dataChanged);
    model.apply(Items{{"a", 1}, {"b", 7}, {"c", 8}, {"d", 4}});
    QCOMPARE(changed.size(), 1);
    QCOMPARE(changed[0][0].toModelIndex().row(), 1);
    QCOMPARE(changed[0][1].toModelIndex().row(), 2);
}

void SnapshotModelTest::changedRowKeepsWhatIsNotInASnapshot()
{
    ItemModel model;
    model.apply(Items{{"a", 1}});
    model.patchRows(std::vector<std::string>{"a"}, [](Item &item) {
        item.kept = 5;
        return true;
    });
    model.apply(Items{{"a", 2}});
    QCOMPARE(model.find("a")->kept, 5);
    QCOMPARE(model.find("a")->value, 2);
}

void SnapshotModelTest::rowsMayBeReadAfterTheyWereRemoved()
{
    ItemModel model;
    model.apply(Items{{"a", 1}});
    const ItemModel::RowPointer row = model.find("a");
    model.apply(Items{});
    QCOMPARE(row->name, std::string("a"));
    QVERIFY(!model.find("a"));
}

void SnapshotModelTest::patchAnnouncesOnlyWhatChanged()
{
    ItemModel model;
    model.apply(Items{{"a", 1}, {"b", 2}, {"c", 3}});
    QSignalSpy changed(&model, &ItemModel::dataChanged);
    QSignalSpy patched(&model, &ItemModel::rowsPatched);
    model.patch(1, 1, [](Item &item) { return item.name == "b" && ++item.kept > 0; });
    QCOMPARE(changed.size(), 1);
    QCOMPARE(changed[0][0].toModelIndex(), model.index(1, 1));
    QCOMPARE(changed[0][1].toModelIndex(), model.index(1, 1));
    QCOMPARE(patched.size(), 1);
    model.patch(1, 1, [](Item &) { return false; });
    QCOMPARE(patched.size(), 1);
}

void SnapshotModelTest::scatteredChangeReplacesItsSpanOnly()
{
    Items before;
    Items after;
    for (int i = 1000; i < 3000; ++i) {
        before.emplace_back(std::to_string(i), i);
        if (i < 1200 || i >= 2800 || i % 2 == 0) {
            after.emplace_back(std::to_string(i), i);
        }
    }
    ItemModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.apply(before);
    const QPersistentModelIndex first = model.index(10, 0);
    QSignalSpy removed(&model, &ItemModel::rowsRemoved);
    model.apply(after);
    QCOMPARE(contents(model), after);
    QCOMPARE(removed.size(), 1);
    QVERIFY(first.isValid());
}

void SnapshotModelTest::randomSnapshotsEndInTheSnapshot()
{
    std::mt19937 random(20);
    ItemModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    std::map<std::string, int> present;
    for (int round = 0; round < roadstead::test::amount(300); ++round) {
        const int churn = round % 10 == 9 ? 400 : static_cast<int>(random() % 12);
        for (int i = 0; i < churn; ++i) {
            const std::string key = std::to_string(random() % 600);
            if (random() % 3 == 0) {
                present.erase(key);
            } else {
                present[key] = static_cast<int>(random() % 4);
            }
        }
        const Items snapshot(present.begin(), present.end());
        model.apply(snapshot);
        QCOMPARE(contents(model), snapshot);
    }
}

} // namespace tst_snapshot_model

ROADSTEAD_GUILESS_TEST(tst_snapshot_model::SnapshotModelTest)
#include "tst_snapshot_model.moc"
