// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_program/test_program.h"
#include "tests/ui/support/fake_build_engine.h"
#include "ui/pages/builds/build_comparison.h"
#include "ui/pages/builds/history_controller.h"

#include <QAbstractItemModelTester>
#include <QFile>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

namespace tst_builds_history {

using namespace roadstead;
using namespace roadstead::ui;
using namespace Qt::StringLiterals;
using namespace std::string_literals;
using build::StepState;

namespace {

const QDateTime noon = QDateTime(QDate(2026, 3, 4), QTime(12, 0), QTimeZone::UTC);

BuildRecord builtAt(const QString &name, int minute)
{
    return {.name = name, .startedAt = noon.addSecs(60 * minute), .milliseconds = 10'000};
}

build::EngineBuild remembered(const std::string &ref, int minute, const char *status = "Completed")
{
    const Timestamp begin{noon.addSecs(60 * minute).toMSecsSinceEpoch() * 1'000'000};
    return {.ref = ref,
            .name = "there",
            .status = status,
            .started = begin,
            .completed = Timestamp{begin.nanoseconds + 4'000'000'000},
            .steps = 6,
            .cached = 2};
}

service::KeptStep step(const char *words, int number, StepState state, std::int64_t time = -1)
{
    return {.words = words,
            .place = {.stage = "base", .number = number, .count = 4},
            .state = state,
            .milliseconds = time};
}

} // namespace

/// What is kept of builds, what builders remember, and what two builds have apart.
class TestBuildsHistory : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_engine.versionScript = "echo github.com/docker/buildx v0.13.1 abc";
        m_engine.setScript("exit 0\n");
    }

    void newestStay()
    {
        BuildHistory history({});
        BuildsModel model;
        BuildList list(&model);
        QAbstractItemModelTester one(&model,
                                     QAbstractItemModelTester::FailureReportingMode::QtTest);
        QAbstractItemModelTester two(&list, QAbstractItemModelTester::FailureReportingMode::QtTest);
        connect(&history, &BuildHistory::changed, &model,
                [&] { model.applyRecords(mergedBuilds(history.records(), {})); });
        for (int i = 0; i < BuildHistory::mostRecords + 5; ++i) {
            history.add(builtAt(QString::number(i), i));
        }
        QCOMPARE(list.rowCount(), BuildHistory::mostRecords);
        QCOMPARE(list.rowAt(0)->record.name, QString::number(BuildHistory::mostRecords + 4));
        history.remove(list.rowAt(1)->record.id);
        QCOMPARE(list.rowCount(), BuildHistory::mostRecords - 1);
        QCOMPARE(list.rowAt(1)->record.name, QString::number(BuildHistory::mostRecords + 2));
    }
    void listSurvivesAnySnapshot()
    {
        BuildsModel model;
        BuildList list(&model);
        QAbstractItemModelTester one(&model,
                                     QAbstractItemModelTester::FailureReportingMode::QtTest);
        QAbstractItemModelTester two(&list, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QRandomGenerator random(7);
        for (int round = 0; round < 80; ++round) {
            std::vector<BuildRecord> records;
            for (int i = 0; i < 40; ++i) {
                if (random.bounded(3) > 0) {
                    BuildRecord record =
                        builtAt(u"n"_s + QString::number(random.bounded(5)), random.bounded(9));
                    record.id = "id" + std::to_string(i);
                    record.outcome = BuildRecord::Outcome(random.bounded(4));
                    record.cached = random.bounded(4);
                    records.push_back(record);
                }
            }
            list.sort(random.bounded(int(BuildColumn::Count)), Qt::SortOrder(random.bounded(2)));
            list.setResultFilter(BuildFilter(random.bounded(5)));
            model.applyRecords(records);
            QCOMPARE(model.rowCount(), int(records.size()));
        }
    }
    void filterFindsTagsAndResults()
    {
        BuildsModel model;
        BuildList list(&model);
        BuildRecord shop = builtAt(u"shop:1"_s, 1);
        shop.id = "a";
        shop.form.tags = {"shop:1", "registry.example/shop:latest"};
        BuildRecord other = builtAt(u"other"_s, 2);
        other.id = "b";
        other.outcome = BuildRecord::Outcome::Failed;
        model.applyRecords({shop, other});
        list.setFilterText(u"Registry.Example"_s);
        QCOMPARE(list.rowCount(), 1);
        list.setFilterText(u"failed"_s);
        QCOMPARE(list.rowAt(0)->record.name, u"other"_s);
        list.setFilterText({});
        list.setResultFilter(BuildFilter::Built);
        QCOMPARE(list.rowAt(0)->record.name, u"shop:1"_s);
        QCOMPARE(list.counts(), (BuildList::Counts{2, 1, 1, 0, 0}));
    }
    void whatIsKeptIsReadAgain()
    {
        std::string id;
        {
            BuildHistory history(path());
            history.add({.name = u"early"_s, .startedAt = noon},
                        {.steps = {step("RUN x", 1, StepState::Done, 5)}}); // before it is read
            QTRY_VERIFY(history.isLoaded());
            id = history.records().front().id;
        }
        BuildHistory history(path());
        QVERIFY(!history.isLoaded());
        QTRY_VERIFY(history.isLoaded());
        QCOMPARE(history.records().size(), 1);
        QCOMPARE(history.records().front().name, u"early"_s);
        QCOMPARE(history.records().front().startedAt, noon);
        auto steps = history.steps(id).future();
        QTRY_VERIFY(steps.isFinished());
        QCOMPARE(steps.result()->steps.size(), 1U);
        history.remove(id);
        auto gone = history.steps(id).future();
        QTRY_VERIFY(gone.isFinished());
        QCOMPARE(gone.result().error().kind, ErrorKind::NotFound);
    }
    void unreadableFileIsPutAside_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("no JSON") << "{{{"_ba;
        QTest::newRow("newer") << R"({"version":2,"builds":[]})"_ba;
        QTest::newRow("other") << "[]"_ba;
    }
    void unreadableFileIsPutAside()
    {
        QFETCH(const QByteArray, text);
        QFile file(path());
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
        file.close();
        {
            BuildHistory history(path());
            QTRY_VERIFY(history.isLoaded());
            history.add(builtAt(u"next"_s, 1));
        }
        QFile aside(path() + u".unread"_s);
        QVERIFY(aside.open(QIODevice::ReadOnly));
        QCOMPARE(aside.readAll(), text);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(file.readAll().contains("next"));
    }
    void hostileRecordsDoNoHarm()
    {
        QFile file(path());
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(R"({"version":1,"builds":[1,{"id":5},{"id":"x","startedAt":"never"},
            {"id":"../../etc/passwd","name":"a\u202eb","startedAt":"2026-01-01T00:00:00Z",
             "steps":-4,"outcome":77,"form":{"destination":99,"tags":[1,null,"t"]}}]})");
        file.close();
        BuildHistory history(path());
        QTRY_VERIFY(history.isLoaded());
        QCOMPARE(history.records().size(), 1);
        const BuildRecord &record = history.records().front();
        QCOMPARE(record.steps, 0);
        QVERIFY(!record.shownName().contains(QChar(0x202e)));
        auto steps = history.steps(record.id).future();
        QTRY_VERIFY(steps.isFinished());
        QCOMPARE(steps.result().error().kind, ErrorKind::NotFound);
    }

    void buildersBuildsAreMergedOnce()
    {
        QList<BuildRecord> own{builtAt(u"by ref"_s, 1), builtAt(u"by time"_s, 10),
                               builtAt(u"elsewhere"_s, 20)};
        own[0].ref = u"default/default/one"_s;
        own[2].ref = u"default/default/gone"_s;
        const auto all = mergedBuilds(own, {remembered("default/default/one", 90),
                                            remembered("default/default/two", 10),
                                            remembered("default/default/three", 20, "Error")});
        QCOMPARE(all.size(), 4U);
        QVERIFY(all.back().isAway);
        QCOMPARE(all.back().ref, u"default/default/three"_s);
        QCOMPARE(all.back().outcome, BuildRecord::Outcome::Failed);
        QCOMPARE(all.back().milliseconds, 4'000);
        QCOMPARE(all.back().steps, 6);
        QCOMPARE(all.back().builder, u"default"_s);
    }
    void oldBuildxIsSaidQuietly()
    {
        const auto controller = make();
        controller->refresh();
        QTRY_VERIFY(controller->note().contains(u"0.13"_s));
        QCOMPARE(controller->builds()->rowCount(), 0);
    }
    void missingBuildxIsSaid()
    {
        m_engine.versionScript = "echo \"docker: 'buildx' is not a docker command.\" >&2; false";
        m_engine.setScript("exit 1\n");
        const auto controller = make();
        controller->refresh();
        QTRY_VERIFY(controller->note().contains(u"not installed"_s));
    }
    void newBuildxTellsItsBuildsAndTheirLogs()
    {
        m_engine.versionScript = "echo github.com/docker/buildx v0.21.1 abc";
        m_engine.setScript(R"(case "$3" in
ls) echo '{"ref":"default/default/abc","name":"shop","status":"Completed","created_at":"2026-03-04T10:00:00Z","completed_at":"2026-03-04T10:00:07Z","total_steps":3,"cached_steps":1}';;
logs) [ "$*" = "buildx history logs --builder default --progress rawjson abc" ] || exit 9
echo '{"vertexes":[{"digest":"sha256:1","name":"[1/1] RUN make","started":"2026-03-04T10:00:00Z","completed":"2026-03-04T10:00:02Z"}]}' >&2
echo '{"logs":[{"vertex":"sha256:1","stream":1,"data":"aGVsbG8K","timestamp":"2026-03-04T10:00:01Z"}]}' >&2;;
rm) [ "$6" = abc ] || exit 9;;
esac
)");
        const auto controller = make();
        controller->refresh();
        QTRY_COMPARE(controller->builds()->rowCount(), 1);
        QCOMPARE(controller->note(), QString());
        const BuildRecord record = controller->list()->rowAt(0)->record;
        QCOMPARE(record.name, u"shop"_s);
        QVERIFY(record.isAway);
        auto steps = controller->steps(record.id).future();
        QTRY_VERIFY(steps.isFinished());
        QVERIFY2(steps.result().has_value(),
                 steps.result() ? "" : steps.result().error().detail.c_str());
        QCOMPARE(steps.result()->steps.size(), 1U);
        QCOMPARE(steps.result()->steps[0].words, "RUN make"s);
        QCOMPARE(steps.result()->steps[0].lines, std::vector{"hello"s});
        QCOMPARE(steps.result()->steps[0].milliseconds, 2'000);
        controller->remove({record.id});
        QTRY_COMPARE(controller->builds()->rowCount(), 0);
        QCOMPARE(m_engine.lines.back(), u"docker buildx history rm --builder default abc"_s);
        QVERIFY(!m_engine.lastError);
    }
    void aBuilderThatCannotTellIsSaid()
    {
        m_engine.versionScript = "echo github.com/docker/buildx v0.21.1 abc";
        m_engine.setScript("echo 'ERROR: no builder \"x\" found' >&2; exit 1\n");
        const auto controller = make();
        controller->refresh();
        QTRY_VERIFY(controller->note().contains(u"no builder"_s, Qt::CaseInsensitive));
    }

    void optionsThatDifferAreNamed()
    {
        BuildRecord before = builtAt(u"a"_s, 1);
        BuildRecord after = builtAt(u"a"_s, 9);
        before.form.arguments = {"A=1", "B=2", "API_TOKEN="};
        after.form.arguments = {"B=2", "A=7", "API_TOKEN="};
        after.form.noCache = true;
        after.form.target = "prod";
        after.milliseconds = 25'000;
        // The order of the two does not matter.
        const BuildComparison compared = comparisonOf(after, {}, before, {});
        QCOMPARE(compared.before.startedAt, before.startedAt);
        QStringList names;
        for (const OptionDifference &each : compared.options) {
            names.append(each.name + u'|' + each.before + u'|' + each.after);
        }
        QCOMPARE(names, (QStringList{u"Target||prod"_s, u"Argument A|1|7"_s,
                                     u"Without the cache||yes"_s}));
        QVERIFY(!compared.hasSteps);
        QVERIFY(compared.verdict.contains(u"longer"_s));
    }
    void firstMissIsExplained_data()
    {
        QTest::addColumn<QByteArray>("was");
        QTest::addColumn<QByteArray>("is");
        QTest::addColumn<bool>("argument");
        QTest::addColumn<bool>("noCache");
        QTest::addColumn<QString>("word");
        QTest::newRow("files") << "COPY . /src"_ba << "COPY . /src"_ba << false << false
                               << u"copies"_s;
        QTest::newRow("instruction")
            << "RUN make"_ba << "RUN make all"_ba << false << false << u"RUN make”"_s;
        QTest::newRow("argument") << "RUN make"_ba << "RUN make"_ba << true << false
                                  << u"argument"_s;
        QTest::newRow("no cache") << "RUN make"_ba << "RUN make"_ba << false << true
                                  << u"--no-cache"_s;
        QTest::newRow("pruned") << "RUN make"_ba << "RUN make"_ba << false << false << u"pruned"_s;
        QTest::newRow("base") << "FROM busybox@sha256:a"_ba << "FROM busybox@sha256:b"_ba << false
                              << false << u"sha256:a”"_s;
    }
    void firstMissIsExplained()
    {
        QFETCH(const QByteArray, was);
        QFETCH(const QByteArray, is);
        QFETCH(const bool, argument);
        QFETCH(const bool, noCache);
        QFETCH(const QString, word);
        BuildRecord before = builtAt(u"a"_s, 1);
        BuildRecord after = builtAt(u"a"_s, 9);
        after.form.noCache = noCache;
        after.form.arguments = argument ? std::vector{"A=1"s} : std::vector<std::string>();
        const service::KeptBuild first{.steps = {step("FROM x", 1, StepState::Cached),
                                                 step(was, 2, StepState::Cached),
                                                 step("RUN after", 3, StepState::Cached),
                                                 step("RUN only then", 4, StepState::Cached)}};
        const service::KeptBuild second{.steps = {step("FROM x", 1, StepState::Cached),
                                                  step(is, 2, StepState::Done, 1'000),
                                                  step("RUN after", 3, StepState::Done, 500)}};
        const BuildComparison compared = comparisonOf(before, first, after, second);
        QVERIFY(compared.hasSteps);
        QCOMPARE(compared.steps.size(), 4);
        QCOMPARE(compared.firstMiss.value(), 1);
        QVERIFY2(compared.steps[1].reason.contains(word), qPrintable(compared.steps[1].reason));
        QVERIFY2(compared.steps[2].reason.contains(u"before it"_s),
                 qPrintable(compared.steps[2].reason));
        QVERIFY(!compared.steps[3].after);
        QVERIFY(compared.verdict.contains(compared.steps[1].reason));
    }
    void whatTheNewerTookFromTheCacheIsNoRiddle()
    {
        const service::KeptBuild first{.steps = {step("RUN a", 1, StepState::Done, 900),
                                                 step("RUN false", 2, StepState::Failed, 10)}};
        const service::KeptBuild second{.steps = {step("RUN a", 1, StepState::Cached),
                                                  step("RUN true", 2, StepState::Done, 20)}};
        BuildRecord before = builtAt({}, 1);
        BuildRecord after = builtAt({}, 2);
        before.builder = {}; // a build that failed does not tell it
        after.builder = u"default"_s;
        BuildComparison compared = comparisonOf(before, first, after, second);
        QVERIFY(compared.options.isEmpty());
        QVERIFY2(compared.steps[0].reason.contains(u"took it from the cache"_s),
                 qPrintable(compared.steps[0].reason));
        before.builder = u"another"_s;
        compared = comparisonOf(before, first, after, second);
        QCOMPARE(compared.options.size(), 1);
        QVERIFY(compared.steps[0].reason.contains(u"Another builder"_s));
    }
    void loadedBaseIsNoMiss()
    {
        const service::KeptBuild first{.steps = {step("FROM x", 1, StepState::Cached),
                                                 step("COPY a /", 2, StepState::Cached)}};
        service::KeptBuild second{.steps = {step("FROM x", 1, StepState::Done, 20),
                                            step("COPY a /", 2, StepState::Done, 40)}};
        const BuildRecord before = builtAt({}, 1);
        const BuildRecord after = builtAt({}, 2);
        QCOMPARE(comparisonOf(before, first, after, second).firstMiss.value(), 1);
        // Fetched from a registry, and still not the reason.
        second.steps[0].milliseconds = 9'000;
        const BuildComparison fetched = comparisonOf(before, first, after, second);
        QCOMPARE(fetched.firstMiss.value(), 1);
        QVERIFY(!fetched.steps[0].reason.isEmpty());
        QVERIFY(fetched.steps[1].reason.contains(u"copies"_s));
        second.steps[1] = first.steps[1];
        QCOMPARE(comparisonOf(before, first, after, second).firstMiss.value(), 0);
    }
    void timesAreComparedWhereBothRan()
    {
        const service::KeptBuild first{.steps = {step("RUN a", 1, StepState::Done, 4'000)}};
        const service::KeptBuild second{.steps = {step("RUN a", 1, StepState::Done, 1'000)}};
        const BuildComparison compared =
            comparisonOf(builtAt({}, 1), first, builtAt({}, 2), second);
        QCOMPARE(compared.steps[0].longer(), std::optional<qint64>(-3'000));
        QVERIFY(!compared.firstMiss);
        QVERIFY(compared.verdict.contains(u"same steps"_s));
    }

private:
    static service::KeptStep step(const QByteArray &words, int number, StepState state,
                                  std::int64_t time = -1)
    {
        return tst_builds_history::step(words.constData(), number, state, time);
    }
    static service::KeptStep step(const char *words, int number, StepState state,
                                  std::int64_t time = -1)
    {
        return tst_builds_history::step(words, number, state, time);
    }
    [[nodiscard]] QString path() const { return m_folder->filePath(u"builds.json"_s); }
    std::unique_ptr<HistoryController> make()
    {
        m_history = std::make_unique<BuildHistory>(QString());
        m_tool = std::make_unique<service::BuildxTool>(m_engine.program());
        return std::make_unique<HistoryController>(HistoryController::Parts{
            .engine = &m_engine, .history = m_history.get(), .tool = m_tool.get()});
    }

    test::FakeBuildEngine m_engine;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<BuildHistory> m_history;
    std::unique_ptr<service::BuildxTool> m_tool;
};

} // namespace tst_builds_history

ROADSTEAD_GUILESS_TEST(tst_builds_history::TestBuildsHistory)
#include "tst_builds_history.moc"
