// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/engine_session.h"
#include "tests/support/real_engine.h"
#include "tests/support/real_registry.h"
#include "tests/support/shell_script.h"
#include "tests/support/test_program/test_program.h"
#include "ui/pages/builds/build_comparison.h"
#include "ui/pages/builds/builds_page.h"
#include "ui/theme/theme.h"

#include <QDirIterator>
#include <QFile>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <memory>

namespace tst_builds_live {

using namespace roadstead;
using namespace roadstead::ui;
using namespace Qt::StringLiterals;
using namespace std::string_literals;
using Step = BuildController::Step;

namespace {

constexpr int patience = 60'000;

/// A machine whose docker command has no buildx: the engine's classic builder builds.
struct WithoutBuildx : SessionBuildEngine
{
    using SessionBuildEngine::SessionBuildEngine;
    [[nodiscard]] QString program() const override { return script; }
    QString script;
};

} // namespace

/// The page "Builds" with a real dockerd, its BuildKit and the real buildx.
class TestBuildsLive : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        Theme::instance().install(*qApp);
        qputenv("BUILDX_CONFIG", m_folder.filePath(u"buildx"_s).toLocal8Bit());
        QVERIFY(m_engine.start());
        QVERIFY(m_engine.importBusybox());
        m_session = std::make_unique<service::EngineSession>(m_engine.socketPath());
        m_session->setCliEngine({.host = "unix://" + m_engine.socketPath().toStdString()});
        m_buildEngine = std::make_unique<SessionBuildEngine>(m_session.get());
        m_page = std::make_unique<BuildsPage>(BuildsPage::Parts{
            .engine = m_buildEngine.get(), .history = m_folder.filePath(u"kept/builds.json"_s)});
        m_session->open();
        QTRY_COMPARE_WITH_TIMEOUT(m_session->link(), service::Link::Live, patience);
        QTRY_VERIFY(m_page->history()->isLoaded());
    }
    void cleanupTestCase()
    {
        m_page.reset();
        m_buildEngine.reset();
        m_session.reset();
    }

    void buildsAreKeptWithTheirSteps()
    {
        write(u"context/word.txt"_s, "first\n");
        write(u"context/Dockerfile"_s, "FROM busybox\nARG API_TOKEN\nCOPY word.txt /word\n"
                                       "RUN echo token $API_TOKEN; cat /word\nRUN touch /last\n");
        build();
        build();
        QCOMPARE(list()->rowCount(), 2);
        const BuildRecord second = list()->rowAt(0)->record;
        const BuildRecord first = list()->rowAt(1)->record;
        QCOMPARE(second.outcome, BuildRecord::Outcome::Built);
        QVERIFY2(second.cached > first.cached, qPrintable(QString::number(second.cached)));
        QVERIFY(!second.ref.isEmpty());
        QCOMPARE(second.builder, u"default"_s);
        QTRY_VERIFY_WITH_TIMEOUT(!m_page->history()->imageOf(second).empty(), patience);

        const auto kept = steps(first.id);
        QVERIFY(kept.has_value());
        const auto printed = std::ranges::find_if(
            kept->steps, [](const auto &step) { return step.words.starts_with("RUN echo"); });
        QVERIFY(printed != kept->steps.end());
        QCOMPARE(printed->lines, (std::vector{"token •••"s, "first"s}));
        QDirIterator files(m_folder.filePath(u"kept"_s), QDir::Files, QDirIterator::Subdirectories);
        int count = 0;
        while (files.hasNext()) {
            QFile file(files.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            QVERIFY2(!file.readAll().contains("canary"), qPrintable(file.fileName()));
            ++count;
        }
        QVERIFY(count >= 3);
    }
    void changedFileIsWhereTheCacheParts()
    {
        write(u"context/word.txt"_s, "second\n");
        build();
        const BuildRecord third = list()->rowAt(0)->record;
        const BuildRecord second = list()->rowAt(1)->record;
        const auto after = steps(third.id);
        const auto before = steps(second.id);
        QVERIFY(after && before);
        const BuildComparison compared = comparisonOf(second, *before, third, *after);
        QVERIFY(compared.firstMiss.has_value());
        const StepPair &miss = compared.steps[*compared.firstMiss];
        QVERIFY2(miss.after->words.starts_with("COPY"), miss.after->words.c_str());
        QVERIFY(compared.options.isEmpty());
    }
    void failureIsKeptWithItsLine()
    {
        write(u"context/Dockerfile"_s, "FROM busybox\nRUN echo sorry; exit 3\n");
        build();
        const BuildRecord failed = list()->rowAt(0)->record;
        QCOMPARE(failed.outcome, BuildRecord::Outcome::Failed);
        const auto kept = steps(failed.id);
        QVERIFY(kept && kept->failure);
        QCOMPARE(kept->failure->firstLine, 2);
        QCOMPARE(kept->excerpt.front(), "FROM busybox"s);
    }

    void cacheIsListedAndRemovedByRecord()
    {
        CacheController *cache = m_page->cache();
        cache->refresh();
        QTRY_COMPARE_WITH_TIMEOUT(cache->state(), ListState::Rows, patience);
        const CacheRecords before = cache->records();
        // One that others were made from: they go with it.
        const auto parent = std::ranges::find_if(before, [&](const auto &record) {
            return std::ranges::any_of(before, [&](const auto &other) {
                return std::ranges::contains(other.parents, record.id);
            });
        });
        QVERIFY2(parent != before.end(), "no engine tells parents");
        const CacheRemoval removal = removalOf(before, {parent->id});
        QVERIFY(removal.doomed.size() > 1);
        QSignalSpy freed(cache, &CacheController::freed);
        cache->remove({parent->id});
        QTRY_COMPARE_WITH_TIMEOUT(freed.size(), 1, patience);
        QCOMPARE(freed.front().front().toInt(), int(removal.doomed.size()));
        QCOMPARE(cache->records().size(), before.size() - removal.doomed.size());
        const QByteArray told = m_engine.docker({u"builder"_s, u"du"_s, u"--verbose"_s});
        QVERIFY(!told.contains(parent->id.c_str()));
        for (const docker::BuildCacheRecord &record : cache->records()) {
            QVERIFY2(told.contains(record.id.c_str()), record.id.c_str());
        }
        QVERIFY(m_session->history().back().line.contains(u"--filter id="_s +
                                                          QString::fromStdString(parent->id)));
    }
    /// The engine would take a part of an id for it, too.
    void oneChosenByHandGoesAlone()
    {
        CacheController *cache = m_page->cache();
        const CacheRecords before = cache->records();
        const auto chosen = std::ranges::find_if(before, [&](const auto &record) {
            return !record.inUse && std::ranges::none_of(before, [&](const auto &other) {
                return std::ranges::contains(other.parents, record.id);
            });
        });
        QVERIFY(chosen != before.end() && before.size() > 2);
        QSignalSpy freed(cache, &CacheController::freed);
        cache->remove({chosen->id});
        QTRY_COMPARE_WITH_TIMEOUT(freed.size(), 1, patience);
        QCOMPARE(freed.front().front().toInt(), 1);
        QCOMPARE(m_session->history().back().line,
                 u"docker builder prune -f -a --filter id="_s + QString::fromStdString(chosen->id));
        const QByteArray told = m_engine.docker({u"builder"_s, u"du"_s, u"--verbose"_s});
        for (const docker::BuildCacheRecord &record : before) {
            QVERIFY2(told.contains(record.id.c_str()) == (record.id != chosen->id),
                     record.id.c_str());
        }
    }
    void pruningTakesWhatWasPreviewed()
    {
        CacheController *cache = m_page->cache();
        const PruneWish wish{.shared = true};
        const CacheRemoval preview =
            previewOf(cache->records(), wish, QDateTime::currentSecsSinceEpoch());
        QVERIFY(!preview.doomed.empty());
        QSignalSpy freed(cache, &CacheController::freed);
        cache->prune(wish);
        QTRY_COMPARE_WITH_TIMEOUT(freed.size(), 1, patience);
        QCOMPARE(freed.front().front().toInt(), int(preview.doomed.size()));
        QCOMPARE(cache->state(), ListState::Empty);
    }

    /// The engine pushes for buildx, and BuildKit reads base images itself.
    void aRegistryInTheWayIsNamed_data()
    {
        QTest::addColumn<bool>("isPush");
        QTest::addColumn<bool>("isClassic");
        QTest::newRow("pushed") << true << false;
        QTest::newRow("based on") << false << false;
        QTest::newRow("based on, by the classic builder") << false << true;
    }
    void aRegistryInTheWayIsNamed()
    {
        QFETCH(const bool, isPush);
        QFETCH(const bool, isClassic);
        RealRegistry registry;
        QVERIFY(registry.start(RealRegistry::Auth::Basic));
        const QByteArray name = QByteArray::fromStdString(registry.name());
        write(u"context/Dockerfile"_s,
              "FROM " + (isPush ? "busybox" : name + "/mara/base:1") + "\nRUN true\n");
        qputenv("DOCKER_CONFIG", m_folder.filePath(u"no account"_s).toUtf8());
        WithoutBuildx classic(m_session.get());
        classic.script = test::writeShellScript(
            m_folder.filePath(u"docker"_s),
            "echo \"docker: 'buildx' is not a docker command.\" >&2\nexit 1\n");
        BuildController builds(isClassic ? &classic : m_buildEngine.get());
        builds.begin({.context = m_folder.filePath(u"context"_s).toStdString(),
                      .tags = {registry.name() + "/mara/ship:1"},
                      .network = "none",
                      .destination = isPush ? docker::BuildDestination::Registry
                                            : docker::BuildDestination::Engine});
        QTRY_VERIFY(!builds.isLooking());
        QTRY_COMPARE(builds.builder(), isClassic ? BuildController::Builder::Classic
                                                 : BuildController::Builder::Buildx);
        QVERIFY(builds.build());
        QTRY_COMPARE_WITH_TIMEOUT(builds.step(), Step::Result, patience);
        const auto trouble = builds.registryTrouble();
        QVERIFY2(trouble, qPrintable(builds.failure() ? builds.failure()->body() : QString()));
        QCOMPARE(trouble->registry, registry.name());
        QCOMPARE(trouble->act, isPush ? RegistryAct::Push : RegistryAct::Pull);
        QCOMPARE(builds.remedy(), RegistryRemedy::SignIn);
    }

    void builderIsCreatedUsedAndRemoved()
    {
        BuildersController *builders = m_page->builders();
        builders->refresh();
        QTRY_COMPARE_WITH_TIMEOUT(builders->current(), "default"s, patience);
        QCOMPARE(stateOf(*builders->builder("default")), BuilderState::Running);
        QSignalSpy created(builders, &BuildersController::created);
        QSignalSpy failed(builders, &BuildersController::failed);
        // Nothing is started, so that nothing is pulled.
        builders->create({.name = "mine",
                          .driver = "docker-container",
                          .platforms = {"linux/arm64"},
                          .options = {"network=host"}});
        QTRY_COMPARE_WITH_TIMEOUT(created.size(), 1, patience);
        QTRY_VERIFY_WITH_TIMEOUT(builders->builder("mine") != nullptr, patience);
        const build::Builder mine = *builders->builder("mine");
        QCOMPARE(mine.driver, "docker-container"s);
        QCOMPARE(mine.nodes.front().platforms, std::vector{"linux/arm64"s});
        QCOMPARE(mine.nodes.front().options, (std::vector{std::pair("network"s, "host"s)}));
        QCOMPARE(stateOf(mine), BuilderState::Inactive);

        builders->perform(docker::BuilderVerb::Use, "mine");
        QTRY_COMPARE_WITH_TIMEOUT(builders->current(), "mine"s, patience);
        auto inspected = builders->inspect("mine").future();
        QTRY_VERIFY_WITH_TIMEOUT(inspected.isFinished(), patience);
        QVERIFY(inspected.result()->printed.contains("docker-container"));
        builders->perform(docker::BuilderVerb::Stop, "mine");
        builders->create({.name = "mine", .driver = "docker-container"}); // is there already
        QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, patience);
        QCOMPARE(failed.front().at(1).value<Error>().kind, ErrorKind::Conflict);
        QSignalSpy removed(builders, &BuildersController::removed);
        builders->perform(docker::BuilderVerb::Remove, "mine");
        QTRY_COMPARE_WITH_TIMEOUT(removed.size(), 1, patience);
        QTRY_VERIFY_WITH_TIMEOUT(builders->builder("mine") == nullptr, patience);
        QTRY_COMPARE_WITH_TIMEOUT(builders->current(), "default"s, patience);
        builders->perform(docker::BuilderVerb::Remove, "nowhere");
        QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 2, patience);
        QCOMPARE(failed.back().at(1).value<Error>().kind, ErrorKind::NotFound);
    }
    void everyChangeStandsInTheHistory()
    {
        QStringList lines;
        for (const service::CommandRecord &record : m_session->history()) {
            lines.append(record.line);
        }
        for (const QString &wanted :
             {u"docker buildx create --name mine"_s, u"docker buildx use mine"_s,
              u"docker buildx stop mine"_s, u"docker buildx rm mine"_s,
              u"docker builder prune -f -a"_s, u"docker buildx build "_s}) {
            QVERIFY2(std::ranges::any_of(
                         lines, [&](const QString &line) { return line.startsWith(wanted); }),
                     qPrintable(wanted));
        }
        QVERIFY(!lines.join(u'\n').contains(u"canary"_s));
    }

private:
    void write(const QString &name, const QByteArray &text)
    {
        QDir(m_folder.path()).mkpath(u"context"_s);
        QFile file(m_folder.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }
    [[nodiscard]] BuildList *list() const { return m_page->history()->list(); }
    void build()
    {
        BuildForm form;
        form.context = m_folder.filePath(u"context"_s).toStdString();
        form.tags = {"shop:1"};
        form.arguments = {"API_TOKEN=canary"};
        form.network = "none";
        m_page->build(form);
        QTRY_VERIFY(!m_page->controller()->isLooking());
        QVERIFY(m_page->controller()->build());
        QTRY_COMPARE_WITH_TIMEOUT(m_page->controller()->step(), Step::Result, patience);
    }
    [[nodiscard]] std::optional<service::KeptBuild> steps(const std::string &id) const
    {
        auto future = m_page->history()->steps(id).future();
        (void)QTest::qWaitFor([&future] { return future.isFinished(); });
        const auto kept = future.result();
        return kept ? std::optional(*kept) : std::nullopt;
    }

    RealEngine m_engine;
    QTemporaryDir m_folder;
    std::unique_ptr<service::EngineSession> m_session;
    std::unique_ptr<SessionBuildEngine> m_buildEngine;
    std::unique_ptr<BuildsPage> m_page;
};

} // namespace tst_builds_live

ROADSTEAD_WIDGET_TEST(tst_builds_live::TestBuildsLive)
#include "tst_builds_live.moc"
