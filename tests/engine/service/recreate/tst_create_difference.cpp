// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/recreate/create_difference.h"
#include "tests/support/test_program/test_program.h"

#include <QTest>

#include <algorithm>

namespace tst_create_difference {

using namespace roadstead;
using namespace roadstead::service;

class TestCreateDifference : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void twoThatAreAlikeDoNotDiffer()
    {
        const docker::CreateContainer one{.image = "web:1", .name = "web", .command = {"run"}};
        QVERIFY(createDifferences(one, one).empty());
    }
    void eachKindIsTold()
    {
        const docker::CreateContainer before{
            .image = "web:1", .name = "web", .environment = {"POOL=10", "GONE=1", "SAME=2"}};
        docker::CreateContainer after = before;
        after.image = "web:2";
        after.environment = {"POOL=20", "SAME=2", "LEVEL=info"};
        after.ports = {{.hostPort = "9229", .containerPort = "9229"}};
        using enum DifferenceKind;
        const auto differences = createDifferences(before, after);
        const auto has = [&](const Difference &difference) {
            return std::ranges::contains(differences, difference);
        };
        QCOMPARE(differences.size(), 5u);
        QVERIFY(has({"image", "", "web:1", "web:2", Changed}));
        QVERIFY(has({"--env", "POOL", "10", "20", Changed}));
        QVERIFY(has({"--env", "LEVEL", "", "info", Added}));
        QVERIFY(has({"--env", "GONE", "1", "", Removed}));
        QVERIFY(std::ranges::any_of(differences, [](const Difference &one) {
            return one.option == "--publish" && one.kind == Added;
        }));
    }
    void switchesAndCommandsAreSettingsToo()
    {
        const docker::CreateContainer before{.image = "web", .command = {"a", "b"}};
        docker::CreateContainer after = before;
        after.isReadOnly = true;
        after.command = {"a", "c d"};
        const auto differences = createDifferences(before, after);
        QCOMPARE(differences.size(), 2u);
        QCOMPARE(differences.back(),
                 (Difference{"command", "", "a b", "a 'c d'", DifferenceKind::Changed}));
        QCOMPARE(differences.front().option, "--read-only");
        QCOMPARE(differences.front().kind, DifferenceKind::Added);
    }
    void ownLabelsAreNotSettings()
    {
        const docker::CreateContainer before{.image = "web"};
        docker::CreateContainer after = before;
        after.labels = {{"io.roadstead.replaces", "id"}};
        QVERIFY(createDifferences(before, after).empty());
    }
};

} // namespace tst_create_difference

ROADSTEAD_GUILESS_TEST(tst_create_difference::TestCreateDifference)
#include "tst_create_difference.moc"
