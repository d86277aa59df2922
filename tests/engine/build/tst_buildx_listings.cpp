// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/build/buildx_listings.h"
#include "tests/support/test_program/test_program.h"

#include <QTest>

#include <string>

namespace tst_buildx_listings {

using namespace roadstead;
using namespace roadstead::build;
using namespace std::string_literals;

namespace {

/// As buildx 0.13.1 prints it with one builder of a person and the engine's own: each once for each
/// of its nodes and once more.
constexpr auto printedBy13 =
    R"({"Name":"tst1","Driver":"docker-container","LastActivity":"2026-11-27T23:04:55Z","Dynamic":false,"Nodes":[{"Name":"tst10","Endpoint":"roadstead","Flags":["--allow-insecure-entitlement=network.host"],"DriverOpts":{"network":"host"},"Status":"inactive","Platforms":["linux/arm64"]}]}
{"Name":"tst1","Driver":"docker-container","LastActivity":"2026-11-27T23:04:55Z","Dynamic":false,"Nodes":[]}
{"Name":"default","Driver":"docker","Nodes":[{"Name":"default","Endpoint":"default","Status":"running","Version":"v0.12.5","Platforms":["linux/amd64","linux/386"],"Labels":{"a":"b"}}]}
)";

} // namespace

/// What buildx prints of builders and of builds that they remember.
class TestBuildxListings : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void buildersAreTheirsOnce()
    {
        const std::vector<Builder> builders = readBuilders(printedBy13);
        QCOMPARE(builders.size(), 2U);
        const Builder &own = builders.front();
        QCOMPARE(own.name, "tst1"s);
        QCOMPARE(own.driver, "docker-container"s);
        QVERIFY(own.lastUsed.has_value());
        QVERIFY(!own.isCurrent.has_value()); // that version does not say it
        QCOMPARE(own.nodes.size(), 1U);
        QCOMPARE(own.nodes.front().endpoint, "roadstead"s);
        QCOMPARE(own.nodes.front().status, "inactive"s);
        QCOMPARE(own.nodes.front().options, (std::vector{std::pair("network"s, "host"s)}));
        QCOMPARE(own.nodes.front().flags.size(), 1U);
        QCOMPARE(builders.back().nodes.front().version, "v0.12.5"s);
        QCOMPARE(builders.back().nodes.front().platforms.size(), 2U);
    }
    void newerVersionsSayWhichIsInUse()
    {
        const auto builders = readBuilders(R"({"Name":"a","Current":true}
{"Name":"b","Current":false,"Err":"no such host"})");
        QCOMPARE(builders.size(), 2U);
        QVERIFY(builders.front().isCurrent.value());
        QVERIFY(!builders.back().isCurrent.value());
        QCOMPARE(builders.back().error, "no such host"s);
    }
    void damageIsPassedOver_data()
    {
        QTest::addColumn<QByteArray>("printed");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("words") << QByteArray("Cannot load builder default: no daemon\n");
        QTest::newRow("no object") << QByteArray("[1,2]\n\"x\"\nnull\n");
        QTest::newRow("no name") << QByteArray(R"({"Driver":"docker"})");
        QTest::newRow("other types") << QByteArray(R"({"Name":5,"Nodes":"x"})");
        QTest::newRow("cut off") << QByteArray(R"({"Name":"a","Nod)");
        QTest::newRow("deep") << QByteArray(200, '[');
    }
    void damageIsPassedOver()
    {
        QFETCH(const QByteArray, printed);
        QVERIFY(readBuilders(printed.toStdString()).empty());
        QVERIFY(readEngineBuilds(printed.toStdString()).empty());
    }
    void wrongPartsLeaveTheRest()
    {
        const auto builders = readBuilders(
            R"({"Name":"a","Nodes":[7,{"Name":1,"Platforms":[1,"linux/amd64"],"DriverOpts":{"x":3}}],"LastActivity":"x"})");
        QCOMPARE(builders.size(), 1U);
        QCOMPARE(builders.front().nodes.size(), 1U);
        QCOMPARE(builders.front().nodes.front().platforms, std::vector{"linux/amd64"s});
        QVERIFY(builders.front().nodes.front().options.empty());
    }
    void tooManyAreCut()
    {
        std::string printed;
        for (std::size_t i = 0; i < builderCap + 10; ++i) {
            printed += "{\"Name\":\"b" + std::to_string(i) + "\"}\n";
        }
        QCOMPARE(readBuilders(printed).size(), builderCap);
    }
    void inspectedNameIsTheFirstLine()
    {
        QCOMPARE(inspectedName("Name:          default\nDriver:        docker\n"), "default"s);
        QCOMPARE(inspectedName("Name: x"), "x"s);
        QCOMPARE(inspectedName("Name:\nDriver: docker"), ""s);
        QCOMPARE(inspectedName("ERROR: no builder"), ""s);
    }
    void buildsOfABuilderAreRead()
    {
        const std::string printed =
            R"({"cached_steps":3,"completed_at":"2026-01-02T03:04:15Z","created_at":"2026-01-02T03:04:05.5Z","name":"shop","ref":"default/default/abc","status":"Completed","total_steps":5})"
            "\n"
            R"({"created_at":"2026-01-02T04:00:00Z","name":"","ref":"b/b0/def","status":"Running","total_steps":-4})"
            "\n"
            R"({"created_at":"yesterday","ref":"b/b0/ghi"})";
        const auto builds = readEngineBuilds(printed);
        QCOMPARE(builds.size(), 2U);
        QCOMPARE(builds.front().builder(), "default"s);
        QCOMPARE(builds.front().id(), "abc"s);
        QCOMPARE(builds.front().steps, 5);
        QCOMPARE(builds.front().cached, 3);
        QCOMPARE((builds.front().completed->nanoseconds - builds.front().started.nanoseconds) /
                     1'000'000,
                 9500);
        QVERIFY(!builds.back().completed.has_value());
        QCOMPARE(builds.back().steps, 0);
    }
};

} // namespace tst_buildx_listings

ROADSTEAD_APPLESS_TEST(tst_buildx_listings::TestBuildxListings)
#include "tst_buildx_listings.moc"
