// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/build/build_trace.h"
#include "engine/build/stage_graph.h"
#include "tests/support/test_program/test_program.h"

#include <QFile>
#include <QTest>

#include <algorithm>
#include <map>

namespace tst_build_trace {

using namespace roadstead::build;
using namespace std::string_literals;

namespace {

/// What buildx 0.13 wrote while it built the Dockerfiles of the same folder.
std::string recorded(const char *name)
{
    QFile file(QStringLiteral(ROADSTEAD_SOURCE_DIR "/tests/data/build/") +
               QString::fromLatin1(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
}

const BuildStep *stepNamed(const BuildTrace &trace, std::string_view stage, int number)
{
    const auto found = std::ranges::find_if(trace.steps(), [&](const BuildStep &step) {
        return step.place.stage == stage && step.place.number == number;
    });
    return found != trace.steps().end() ? &*found : nullptr;
}

} // namespace

/// A build as buildx tells it.
class TestBuildTrace : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void failedBuildIsFollowed();
    void piecesMakeNoDifference();
    void failureStandsOnItsLine();
    void parseErrorsStandOnTheirLine();
    void cachedStepsAreCached();
    void outputComesWithItsStep();
    void stepsFindTheirInstructions();
    void warningsNameTheirLines();
    void stepNamesAreSplit_data();
    void stepNamesAreSplit();
    void vertexMayBeginAgain();
    void whatIsWrongIsPassedOver_data();
    void whatIsWrongIsPassedOver();
};

void TestBuildTrace::failedBuildIsFollowed()
{
    BuildTrace trace;
    trace.feed(recorded("failing_build.rawjson"));
    trace.finish();
    const BuildStep *failed = stepNamed(trace, "other", 2);
    QVERIFY(failed != nullptr);
    QCOMPARE(failed->words, "RUN echo bad >&2; exit 3"s);
    QVERIFY(failed->state == StepState::Failed);
    QVERIFY(failed->error.ends_with("exit code: 3"));
    QVERIFY(*failed->completed > *failed->started);
    QCOMPARE(failed, &trace.steps().at(*trace.failedStep()));
    const BuildStep *other = stepNamed(trace, "build", 2);
    QVERIFY(other != nullptr && other->state == StepState::Cancelled);
    QVERIFY(stepNamed(trace, "build", 3)->state == StepState::Waiting);
    QVERIFY(stepNamed(trace, "base", 2)->state == StepState::Done);
    const auto context = std::ranges::find(trace.steps(), "load build context", &BuildStep::words);
    QVERIFY(context != trace.steps().end() && context->isInternal);
    QVERIFY(!context->progress.empty() && context->progress.front().isDone);
}

void TestBuildTrace::piecesMakeNoDifference()
{
    const std::string all = recorded("failing_build.rawjson");
    QVERIFY(all.size() > 4'000);
    BuildTrace whole;
    whole.feed(all);
    whole.finish();
    for (const std::size_t size : {1UL, 7UL, 4096UL}) {
        BuildTrace trace;
        for (std::size_t at = 0; at < all.size(); at += size) {
            trace.feed(std::string_view(all).substr(at, size));
        }
        trace.finish();
        QVERIFY(trace.steps() == whole.steps());
        QVERIFY(trace.failure() == whole.failure());
        QCOMPARE(trace.words(), whole.words());
    }
}

void TestBuildTrace::failureStandsOnItsLine()
{
    BuildTrace trace;
    trace.feed(recorded("failing_build.rawjson"));
    trace.finish();
    QVERIFY(trace.failure().has_value());
    QCOMPARE(trace.failure()->file, "Dockerfile.bad"s);
    QCOMPARE(trace.failure()->firstLine, 19);
    QCOMPARE(trace.failure()->lastLine, 19);
    QVERIFY(trace.failure()->message.starts_with("process \"/bin/sh -c echo bad"));
    BuildTrace several;
    several.feed("Dockerfile:2\n----\n 1 |     FROM a\n 2 | >>> RUN x \\\n 3 | >>>   y\n----\n"
                 "ERROR: failed to solve: no");
    QVERIFY(!several.failure());
    several.finish();
    QCOMPARE(several.failure()->firstLine, 2);
    QCOMPARE(several.failure()->lastLine, 3);
    QCOMPARE(several.failure()->message, "no"s);
}

void TestBuildTrace::parseErrorsStandOnTheirLine()
{
    BuildTrace trace;
    trace.feed(recorded("unknown_instruction.rawjson"));
    trace.finish();
    QCOMPARE(trace.failure()->firstLine, 18);
    QCOMPARE(trace.failure()->message, "dockerfile parse error on line 18: unknown instruction: "
                                       "WORKDIRR (did you mean WORKDIR?)"s);
    QVERIFY(!trace.failedStep());
}

void TestBuildTrace::cachedStepsAreCached()
{
    BuildTrace trace;
    trace.feed(recorded("cached_build.rawjson"));
    trace.finish();
    QVERIFY(!trace.failure());
    const auto cached = std::ranges::count(trace.steps(), StepState::Cached, &BuildStep::state);
    const auto staged = std::ranges::count_if(
        trace.steps(), [](const BuildStep &step) { return step.place.number > 0; });
    QCOMPARE(staged, 9);
    QCOMPARE(cached, staged);
}

void TestBuildTrace::outputComesWithItsStep()
{
    std::map<std::pair<std::size_t, int>, std::string> printed;
    BuildTrace trace([&](const BuildOutput &output) {
        QVERIFY(output.when.has_value());
        printed[{output.step, output.stream}] += output.bytes;
    });
    trace.feed(recorded("failing_build.rawjson"));
    trace.finish();
    QCOMPARE((printed[{*trace.failedStep(), 2}]), "bad\n"s);
}

void TestBuildTrace::stepsFindTheirInstructions()
{
    const Dockerfile file = readDockerfile(recorded("failing_build.dockerfile"));
    BuildTrace trace;
    trace.feed(recorded("failing_build.rawjson"));
    trace.finish();
    int found = 0;
    for (const BuildStep &step : trace.steps()) {
        const auto place = instructionOf(file, step);
        QCOMPARE(place.has_value(), step.place.number > 0);
        if (place) {
            const Instruction &instruction =
                file.stages.at(place->stage).instructions.at(place->instruction);
            QVERIFY(step.words.starts_with(instruction.keyword));
            ++found;
        }
    }
    QCOMPARE(found, 9);
    const auto failed = instructionOf(file, trace.steps().at(*trace.failedStep()));
    QCOMPARE(file.stages.at(failed->stage).instructions.at(failed->instruction).firstLine,
             trace.failure()->firstLine);
    const BuildStep foreign{.words = "RUN x",
                            .place = {.stage = "nowhere", .number = 1, .count = 1}};
    QVERIFY(!instructionOf(file, foreign));
}

void TestBuildTrace::warningsNameTheirLines()
{
    BuildTrace trace;
    trace.feed(R"({"warnings":[{"vertex":"sha256:1","level":1,"short":"U3RhZ2UgbmFtZXM=",)"
               R"("detail":["RGV0YWls"],"url":"https://example.org/x","sourceInfo":{"filename":)"
               R"("Dockerfile","data":""},"range":[{"start":{"line":4},"end":{"line":5}}]}]})"
               "\n");
    QCOMPARE(trace.warnings().size(), std::size_t(1));
    const BuildWarning &warning = trace.warnings().front();
    QCOMPARE(warning.text, "Stage names"s);
    QCOMPARE(warning.details, std::vector<std::string>{"Detail"});
    QCOMPARE(warning.file, "Dockerfile"s);
    QCOMPARE(warning.firstLine, 4);
    QCOMPARE(warning.lastLine, 5);
}

void TestBuildTrace::stepNamesAreSplit_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("platform");
    QTest::addColumn<QByteArray>("stage");
    QTest::addColumn<int>("number");
    QTest::addColumn<QByteArray>("words");
    QTest::newRow("a stage") << QByteArray("[build 2/3] RUN x") << QByteArray()
                             << QByteArray("build") << 2 << QByteArray("RUN x");
    QTest::newRow("the only one") << QByteArray("[1/2] FROM a") << QByteArray() << QByteArray() << 1
                                  << QByteArray("FROM a");
    QTest::newRow("several platforms")
        << QByteArray("[linux/arm64 build 1/9] FROM a") << QByteArray("linux/arm64")
        << QByteArray("build") << 1 << QByteArray("FROM a");
    QTest::newRow("a platform alone")
        << QByteArray("[linux/arm64 1/9] FROM a") << QByteArray("linux/arm64") << QByteArray() << 1
        << QByteArray("FROM a");
    QTest::newRow("no place") << QByteArray("exporting to image") << QByteArray() << QByteArray()
                              << 0 << QByteArray("exporting to image");
    QTest::newRow("no numbers") << QByteArray("[context x] load") << QByteArray() << QByteArray()
                                << 0 << QByteArray("[context x] load");
    QTest::newRow("more than there are") << QByteArray("[a 3/2] RUN") << QByteArray()
                                         << QByteArray() << 0 << QByteArray("[a 3/2] RUN");
    QTest::newRow("empty brackets")
        << QByteArray("[] x") << QByteArray() << QByteArray() << 0 << QByteArray("[] x");
}

void TestBuildTrace::stepNamesAreSplit()
{
    QFETCH(const QByteArray, name);
    QFETCH(const QByteArray, platform);
    QFETCH(const QByteArray, stage);
    QFETCH(const int, number);
    QFETCH(const QByteArray, words);
    const auto [place, rest] = splitStepName(name.toStdString());
    QCOMPARE(place.platform, platform.toStdString());
    QCOMPARE(place.stage, stage.toStdString());
    QCOMPARE(place.number, number);
    QCOMPARE(rest, words.toStdString());
}

void TestBuildTrace::vertexMayBeginAgain()
{
    BuildTrace trace;
    trace.feed(R"({"vertexes":[{"digest":"d","name":"x","started":"2026-01-01T00:00:01Z",)"
               R"("completed":"2026-01-01T00:00:02Z"}]})"
               "\n");
    QVERIFY(trace.steps().front().state == StepState::Done);
    trace.feed(R"({"vertexes":[{"digest":"d","name":"x","started":"2026-01-01T00:00:03Z"}]})"
               "\n");
    QVERIFY(trace.steps().front().state == StepState::Running);
    QCOMPARE(trace.steps().size(), std::size_t(1));
    QCOMPARE(trace.steps().front().started->seconds() % 60, 1);
}

void TestBuildTrace::whatIsWrongIsPassedOver_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("steps");
    QTest::newRow("no JSON") << QByteArray("{nothing}\n") << 0;
    QTest::newRow("other types")
        << QByteArray(R"({"vertexes":{"digest":"d"},"statuses":7,"logs":[1],"warnings":[[]]})"
                      "\n")
        << 0;
    QTest::newRow("no digest") << QByteArray(R"({"vertexes":[{"name":"x"},{"digest":""}]})"
                                             "\n")
                               << 0;
    QTest::newRow("numbers out of range")
        << QByteArray(R"({"vertexes":[{"digest":"d"}],"logs":[{"vertex":"d","stream":1e99,)"
                      R"("data":"!!"}],"statuses":[{"vertex":"d","id":"i","current":-1,)"
                      R"("total":99999999999999999999}]})"
                      "\n")
        << 1;
    QTest::newRow("cut") << QByteArray("{\n  \"vertexes\": [\n    {\"digest\":\"d\"}") << 0;
    QTest::newRow("longer than the cap")
        << QByteArray("{\n \"x\": \"" + QByteArray(5 << 20, 'x') + "\"\n}\n" +
                      R"({"vertexes":[{"digest":"d"}]})" + "\n")
        << 1;
}

void TestBuildTrace::whatIsWrongIsPassedOver()
{
    QFETCH(const QByteArray, text);
    QFETCH(const int, steps);
    BuildTrace trace([](const BuildOutput &output) { QVERIFY(output.bytes.empty()); });
    trace.feed(text.toStdString());
    trace.finish();
    QCOMPARE(trace.steps().size(), static_cast<std::size_t>(steps));
    QVERIFY(!trace.failure());
}

} // namespace tst_build_trace

ROADSTEAD_APPLESS_TEST(tst_build_trace::TestBuildTrace)
#include "tst_build_trace.moc"
