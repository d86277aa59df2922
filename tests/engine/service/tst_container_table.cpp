// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/container_table.h"
#include "tests/support/test_program/test_program.h"

#include <QRandomGenerator>
#include <QTest>

#include <map>
#include <set>

namespace tst_container_table {

using namespace roadstead;
using namespace roadstead::service;

namespace {

docker::ContainerSummary row(std::string id, std::string name = "n")
{
    docker::ContainerSummary container;
    container.id = std::move(id);
    container.name = std::move(name);
    return container;
}

ContainerList listOf(std::vector<docker::ContainerSummary> rows)
{
    return replaced(nullptr, std::move(rows));
}

std::string idsOf(const ContainerList &list)
{
    std::string ids;
    for (const auto &container : *list) {
        ids += container.id + container.name + ' ';
    }
    return ids;
}

} // namespace

class TestContainerTable : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void listsAreSortedAndHaveOneRowPerId()
    {
        QCOMPARE(idsOf(listOf({row("b"), row("a"), row("b")})), "an bn ");
    }

    void whatDoesNotDifferIsTheSameList()
    {
        const auto before = listOf({row("a"), row("b")});
        QCOMPARE(replaced(before, {row("b"), row("a")}), before);
        QVERIFY(replaced(before, {row("a")}) != before);
        QCOMPARE(merged(before, {"a"}, {row("a")}), before);
        QCOMPARE(merged(before, {"x"}, {}), before);
    }

    void singleAnswersAddChangeAndRemove_data()
    {
        using Rows = std::vector<docker::ContainerSummary>;
        QTest::addColumn<std::vector<std::string>>("asked");
        QTest::addColumn<Rows>("answer");
        QTest::addColumn<QString>("after");
        const auto add = [](const char *name, std::vector<std::string> asked, Rows rows,
                            const char *after) {
            QTest::newRow(name) << std::move(asked) << std::move(rows)
                                << QString::fromLatin1(after);
        };
        add("changed", {"d"}, {row("d", "x")}, "bn dx fn ");
        add("gone", {"d"}, {}, "bn fn ");
        add("new first", {"a"}, {row("a")}, "an bn dn fn ");
        add("new between", {"c"}, {row("c")}, "bn cn dn fn ");
        add("new last", {"g"}, {row("g")}, "bn dn fn gn ");
        add("several", {"a", "b", "f", "g"}, {row("g"), row("f", "x"), row("a")}, "an dn fx gn ");
        add("an id that merely begins alike", {"d"}, {row("d"), row("dd")}, "bn dn fn ");
    }
    void singleAnswersAddChangeAndRemove()
    {
        QFETCH(std::vector<std::string>, asked);
        QFETCH(std::vector<docker::ContainerSummary>, answer);
        QFETCH(QString, after);
        const auto before = listOf({row("b"), row("d"), row("f")});
        QCOMPARE(QString::fromStdString(idsOf(merged(before, asked, answer))), after);
        QCOMPARE(idsOf(before), "bn dn fn "); // snapshots never change
    }

    void randomReadsEndWhereAWholeListWouldBe()
    {
        QRandomGenerator random(7);
        std::map<std::string, docker::ContainerSummary> engine;
        auto list = listOf({});
        for (int round = 0; round < 2000; ++round) {
            std::set<std::string> touched;
            for (quint32 i = random.bounded(5U); i > 0; --i) {
                const std::string id = std::to_string(random.bounded(30));
                touched.insert(id);
                if (random.bounded(3) == 0) {
                    engine.erase(id);
                } else {
                    engine[id] = row(id, std::to_string(round));
                }
            }
            std::vector<docker::ContainerSummary> answer;
            for (const auto &id : touched) {
                if (engine.contains(id)) {
                    answer.push_back(engine[id]);
                }
            }
            list = merged(list, {touched.begin(), touched.end()}, answer);
            std::vector<docker::ContainerSummary> whole;
            for (const auto &[id, container] : engine) {
                whole.push_back(container);
            }
            QCOMPARE(idsOf(list), idsOf(listOf(whole)));
        }
    }
};

} // namespace tst_container_table

ROADSTEAD_GUILESS_TEST(tst_container_table::TestContainerTable)
#include "tst_container_table.moc"
