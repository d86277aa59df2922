// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_program/test_program.h"
#include "tests/ui/support/fake_build_engine.h"
#include "ui/pages/builds/builders_controller.h"
#include "ui/pages/builds/cache_controller.h"

#include <QAbstractItemModelTester>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <memory>

namespace tst_build_tools {

using namespace roadstead;
using namespace roadstead::ui;
using namespace Qt::StringLiterals;
using namespace std::string_literals;

namespace {

constexpr std::int64_t hour = 3'600;
constexpr std::int64_t pruneTime = 1'767'225'600; // 2026-01-01T00:00:00Z

docker::BuildCacheRecord cached(const std::string &id, std::vector<std::string> parents = {},
                                std::int64_t size = 100)
{
    return {.id = id,
            .parents = std::move(parents),
            .type = "regular",
            .description = "RUN " + id,
            .size = size,
            .created = "2025-12-01T00:00:00Z",
            .lastUsed = "2025-12-31T23:00:00Z"};
}

std::vector<std::string> idsOf(const CacheRemoval &removal)
{
    std::vector<std::string> ids;
    for (const docker::BuildCacheRecord &record : removal.doomed) {
        ids.push_back(record.id);
    }
    return ids;
}

} // namespace

/// Builders and the build cache, without widgets.
class TestBuildTools : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void whatWasMadeFromItGoesFirst()
    {
        const CacheRecords records{cached("base"), cached("mid", {"base"}), cached("leaf", {"mid"}),
                                   cached("other")};
        QCOMPARE(idsOf(removalOf(records, {"leaf"})), std::vector{"leaf"s});
        const CacheRemoval all = removalOf(records, {"base"});
        QCOMPARE(idsOf(all), (std::vector{"leaf"s, "mid"s, "base"s}));
        QCOMPARE(all.dependent, 2);
        QCOMPARE(all.bytes, 300);
        const auto commands = commandsFor(all);
        QCOMPARE(commands.size(), 3U);
        QCOMPARE(docker::arguments(docker::Command(commands.front())),
                 (docker::Arguments{"builder", "prune", "-f", "-a", "--filter", "id=leaf"}));
    }
    void whatABuildUsesStaysWithWhatItNeeds()
    {
        CacheRecords records{cached("base"), cached("mid", {"base"}), cached("leaf", {"mid"}),
                             cached("side", {"base"})};
        records[2].inUse = true;
        const CacheRemoval removal = removalOf(records, {"base"});
        QCOMPARE(idsOf(removal), std::vector{"side"s});
        QCOMPARE(removal.inUse, 1);
    }
    void sharedOnesFreeNothing()
    {
        CacheRecords records{cached("a", {}, 1'000), cached("b", {}, 50), cached("c", {}, 7)};
        records[0].shared = true;
        records[2].inUse = true;
        QCOMPARE(removalOf(records, {"a", "b"}).bytes, 50);
        const CacheTotals totals = totalsOf(records);
        QCOMPARE(totals.all, 1'057);
        QCOMPARE(totals.shared, 1'000);
        QCOMPARE(totals.inUse, 7);
        QCOMPARE(totals.reclaimable(), 50);
    }
    void circlesAndUnknownIdsEnd()
    {
        const CacheRecords records{cached("a", {"b"}), cached("b", {"a"}), cached("c", {"gone"})};
        QCOMPARE(removalOf(records, {"a"}).doomed.size(), 2U);
        QVERIFY(removalOf(records, {"nowhere"}).doomed.empty());
    }
    void longChainsAreNoRecursion()
    {
        CacheRecords records;
        for (int i = 0; i < 50'000; ++i) {
            records.push_back(
                cached("r" + std::to_string(i), i == 0 ? std::vector<std::string>()
                                                       : std::vector{"r" + std::to_string(i - 1)}));
        }
        const CacheRemoval removal = removalOf(records, {"r0"});
        QCOMPARE(removal.doomed.size(), records.size());
        QCOMPARE(removal.doomed.back().id, "r0"s);
    }
    void previewIsWhatPruningTakes()
    {
        CacheRecords records{cached("new"),    cached("old"),
                             cached("parent"), cached("child", {"parent"}),
                             cached("shared"), cached("used")};
        records[1].lastUsed = "2025-12-20T00:00:00Z";
        records[2].lastUsed = "2025-12-20T00:00:00Z"; // older, but its child is not
        records[4].shared = true;
        records[5].inUse = true;
        const PruneWish week{.unusedSeconds = 7 * 24 * hour};
        QCOMPARE(idsOf(previewOf(records, week, pruneTime)), std::vector{"old"s});
        QCOMPARE(docker::arguments(docker::Command(commandFor(week))),
                 (docker::Arguments{"builder", "prune", "-f", "--filter", "until=168h"}));
        QCOMPARE(previewOf(records, {}, pruneTime).doomed.size(), 4U);
        QCOMPARE(previewOf(records, {.shared = true}, pruneTime).doomed.size(), 5U);
        const CacheRemoval kept = previewOf(records, {.keepBytes = 550}, pruneTime);
        QCOMPARE(kept.bytes, 50);
        QVERIFY(previewOf(records, {.keepBytes = 5'000}, pruneTime).doomed.empty());
    }

    void cacheIsListedBySize()
    {
        m_engine.cache->buildCache = {cached("a", {}, 5), cached("b", {}, 50), cached("c", {}, 20)};
        CacheController cache(&m_engine);
        QAbstractItemModelTester one(cache.model(),
                                     QAbstractItemModelTester::FailureReportingMode::QtTest);
        QAbstractItemModelTester two(cache.list(),
                                     QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(cache.state(), ListState::Loading);
        cache.refresh();
        QTRY_COMPARE(cache.state(), ListState::Rows);
        QCOMPARE(cache.list()->keyAt(0), "b"s);
        QCOMPARE(cache.list()->keyAt(2), "a"s);
        cache.list()->setFilterText(u"nothing"_s);
        QCOMPARE(cache.state(), ListState::NoResult);
    }
    void whatWentIsWhatIsNoLongerThere()
    {
        m_engine.cache->buildCache = {cached("base"), cached("leaf", {"base"}), cached("other")};
        CacheController cache(&m_engine);
        cache.refresh();
        QTRY_COMPARE(cache.state(), ListState::Rows);
        QSignalSpy freed(&cache, &CacheController::freed);
        cache.remove({"base"});
        QTRY_COMPARE(freed.size(), 1);
        QCOMPARE(freed.front().at(0).toInt(), 2);
        QCOMPARE(freed.front().at(1).toLongLong(), 200);
        QCOMPARE(m_engine.lines, (QStringList{u"docker builder prune -f -a --filter id=leaf"_s,
                                              u"docker builder prune -f -a --filter id=base"_s}));
        QCOMPARE(cache.list()->rowCount(), 1);
        QVERIFY(!cache.isWorking());
    }
    void failureEndsTheRestAndIsTold()
    {
        m_engine.cache->buildCache = {cached("base"), cached("leaf", {"base"})};
        CacheController cache(&m_engine);
        cache.refresh();
        QTRY_COMPARE(cache.state(), ListState::Rows);
        m_engine.runError = Error{ErrorKind::EngineFailed, 500, "busy", "build.prune"};
        QSignalSpy failed(&cache, &CacheController::failed);
        cache.remove({"base"});
        QTRY_COMPARE(failed.size(), 1);
        QCOMPARE(m_engine.lines.size(), 1);
        QVERIFY(!cache.isWorking());
    }
    void engineThatIsAwayIsSaidAndRowsStay()
    {
        CacheController cache(&m_engine);
        m_engine.cache =
            std::unexpected(Error{ErrorKind::Refused, 0, "/run/x", "engine.diskusage"});
        cache.refresh();
        QTRY_COMPARE(cache.state(), ListState::Away);
        docker::DiskUsage usage;
        usage.buildCache = {cached("a")};
        m_engine.cache = usage;
        cache.refresh();
        QTRY_COMPARE(cache.state(), ListState::Rows);
        m_engine.cache =
            std::unexpected(Error{ErrorKind::Refused, 0, "/run/x", "engine.diskusage"});
        cache.refresh();
        QTRY_VERIFY(cache.problem().has_value());
        QCOMPARE(cache.state(), ListState::Rows);
    }

    void currentBuilderIsAskedOfOldVersions()
    {
        m_engine.setScript("if [ \"$2\" = ls ]; then\n"
                           "echo '{\"Name\":\"default\",\"Driver\":\"docker\"}'\n"
                           "echo '{\"Name\":\"mine\",\"Driver\":\"docker-container\"}'\n"
                           "else echo 'Name:   mine'; fi\n");
        service::BuildxTool tool(m_engine.program());
        BuildersController builders(&m_engine, &tool);
        QAbstractItemModelTester one(builders.list(),
                                     QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(builders.state(), ListState::Loading);
        builders.refresh();
        QTRY_COMPARE(builders.current(), "mine"s);
        QCOMPARE(builders.list()->rowCount(), 2);
        QVERIFY(isRemovable(*builders.builder("mine")));
        QVERIFY(!isRemovable(*builders.builder("default")));
    }
    void oneThatCannotBeHadLeavesTheOthers()
    {
        m_engine.setScript(
            "echo '{\"Name\":\"a\",\"Current\":true,\"Nodes\":[{\"Status\":\"running\"}]}'\n"
            "echo '{\"Name\":\"b\",\"Current\":false,\"Err\":\"no such host\"}'\n"
            "echo 'Cannot load builder b: no such host' >&2; exit 1\n");
        service::BuildxTool tool(m_engine.program());
        BuildersController builders(&m_engine, &tool);
        builders.refresh();
        QTRY_COMPARE(builders.state(), ListState::Rows);
        QCOMPARE(stateOf(*builders.builder("a")), BuilderState::Running);
        QCOMPARE(stateOf(*builders.builder("b")), BuilderState::Failed);
    }
    void missingBuildxIsTheReason()
    {
        m_engine.setScript("echo \"docker: 'buildx' is not a docker command.\" >&2; exit 1\n");
        service::BuildxTool tool(m_engine.program());
        BuildersController builders(&m_engine, &tool);
        builders.refresh();
        QTRY_COMPARE(builders.state(), ListState::Away);
        QCOMPARE(builders.problem()->kind, ErrorKind::NotInstalled);
    }
    void changesAreRecordedAndReadAgain()
    {
        m_engine.setScript(
            "if [ \"$2\" = ls ]; then echo '{\"Name\":\"mine\",\"Current\":true}'\n"
            "elif [ \"$2\" = rm ]; then echo 'ERROR: no builder \"x\" found' >&2; exit 1\n"
            "fi\n");
        service::BuildxTool tool(m_engine.program());
        BuildersController builders(&m_engine, &tool);
        QSignalSpy created(&builders, &BuildersController::created);
        builders.create({.name = "mine", .driver = "docker-container", .use = true});
        QTRY_COMPARE(created.size(), 1);
        QCOMPARE(m_engine.lines.back(),
                 u"docker buildx create --name mine --driver docker-container --use"_s);
        QTRY_VERIFY(builders.builder("mine") != nullptr);
        QCOMPARE(m_engine.ended, 1);
        QSignalSpy failed(&builders, &BuildersController::failed);
        builders.perform(docker::BuilderVerb::Remove, "mine");
        QVERIFY(builders.model()->find("mine")->source.isPending);
        QTRY_COMPARE(failed.size(), 1);
        QCOMPARE(m_engine.lastError->kind, ErrorKind::NotFound);
        QTRY_VERIFY(!builders.model()->find("mine")->source.isPending);
    }
    void cleanup()
    {
        m_engine.lines.clear();
        m_engine.ended = 0;
        m_engine.runError.reset();
        m_engine.cache = docker::DiskUsage();
    }

private:
    test::FakeBuildEngine m_engine;
};

} // namespace tst_build_tools

ROADSTEAD_GUILESS_TEST(tst_build_tools::TestBuildTools)
#include "tst_build_tools.moc"
