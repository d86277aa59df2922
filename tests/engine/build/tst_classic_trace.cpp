// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/build/classic_trace.h"
#include "engine/build/stage_graph.h"
#include "tests/support/test_program/test_program.h"

#include <QTest>

#include <string>
#include <vector>

namespace tst_classic_trace {

using namespace roadstead;
using namespace roadstead::build;
using namespace std::string_literals;

namespace {

constexpr auto text = "ARG BASE=busybox\n"
                      "FROM $BASE AS left\n"
                      "ENV LEVEL=info\n"
                      "RUN echo one \\\n"
                      "    && echo two\n"
                      "FROM busybox\n"
                      "COPY --from=left /a /b\n"
                      "CMD [\"sh\"]\n";

struct Followed
{
    std::vector<std::string> printed;
    std::int64_t seconds = 0;
    Dockerfile dockerfile;
    ClassicTrace trace;

    explicit Followed(const char *file = text)
        : dockerfile(readDockerfile(file))
        , trace(
              dockerfile,
              [this](const BuildOutput &output) {
                  printed.push_back(std::to_string(output.step) + ":" + output.bytes);
              },
              [this] { return Timestamp{++seconds}; })
    {
    }
    /// "left 2/2 Cached line 4"
    [[nodiscard]] QStringList steps() const
    {
        static constexpr const char *states[] = {"Waiting", "Running", "Done",
                                                 "Cached",  "Failed",  "Cancelled"};
        QStringList lines;
        for (const BuildStep &step : trace.steps()) {
            const auto place = instructionOf(dockerfile, step);
            lines.append(QStringLiteral("%1 %2/%3 %4 line %5")
                             .arg(QString::fromStdString(step.place.stage))
                             .arg(step.place.number)
                             .arg(step.place.count)
                             .arg(QLatin1StringView(states[int(step.state)]))
                             .arg(place ? dockerfile.stages[place->stage]
                                              .instructions[place->instruction]
                                              .firstLine
                                        : 0));
        }
        return lines;
    }
};

} // namespace

class TestClassicTrace : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void stepsOfDockerStandOnTheirLines()
    {
        Followed build;
        build.trace.print("Step 1/7 : ARG BASE");
        build.trace.print("=busybox");
        build.trace.print("\n");
        build.trace.print("Step 2/7 : FROM $BASE AS left\n ---> 0123456789ab\n");
        build.trace.print("Step 3/7 : ENV LEVEL=info\n ---> Running in 1122334455aa\n");
        build.trace.print(
            "Step 4/7 : RUN echo one     && echo two\n ---> Running in 1122334455ab\n");
        build.trace.print("one\ntw");
        build.trace.print("o\nStep 1/1 : not a step\n");
        build.trace.print("Removing intermediate container 1122334455ab\n ---> 00ff00ff00ff\n");
        QCOMPARE(build.steps(), (QStringList{QStringLiteral("left 1/2 Done line 2"),
                                             QStringLiteral("left 2/2 Running line 4")}));
        build.trace.print("Step 5/7 : FROM busybox\n ---> 0123456789ab\n");
        build.trace.print("Step 6/7 : COPY --from=left /a /b\n ---> Using cache\n ---> aabb\n");
        build.trace.print("Step 7/7 : CMD [\"sh\"]\n ---> Running in 1122334455ac\n");
        build.trace.print("Successfully built aabbccddeeff\nSuccessfully tagged made:1\n");
        build.trace.succeed();
        QCOMPARE(build.steps(), (QStringList{QStringLiteral("left 1/2 Done line 2"),
                                             QStringLiteral("left 2/2 Done line 4"),
                                             QStringLiteral("stage-1 1/2 Done line 6"),
                                             QStringLiteral("stage-1 2/2 Cached line 7")}));
        QCOMPARE(build.trace.imageId(), "aabbccddeeff"s);
        QCOMPARE(build.printed, (std::vector<std::string>{"1:one\n", "1:tw", "1:o\n",
                                                          "1:Step 1/1 : not a step\n"}));
    }

    void stepsOfPodmanStandOnTheirLines()
    {
        Followed build;
        build.trace.print("[1/2] STEP 1/3: FROM busybox AS left\n");
        build.trace.print("[1/2] STEP 2/3: ENV LEVEL=info\n--> 0a0b0c0d0e0f\n");
        build.trace.print("[1/2] STEP 3/3: RUN echo one     && echo two\none\n");
        build.trace.print("[2/2] STEP 1/3: FROM busybox\n");
        build.trace.print("[2/2] STEP 2/3: COPY --from=left /a /b\n--> Using cache 0a0b\n");
        build.trace.print("[2/2] STEP 3/3: CMD [\"sh\"]\nCOMMIT made:1\n");
        const std::string id(64, 'c');
        build.trace.print("Successfully tagged localhost/made:1\n" + id + "\n");
        build.trace.succeed();
        QCOMPARE(build.steps(), (QStringList{QStringLiteral("left 1/2 Done line 2"),
                                             QStringLiteral("left 2/2 Done line 4"),
                                             QStringLiteral("stage-1 1/2 Done line 6"),
                                             QStringLiteral("stage-1 2/2 Cached line 7")}));
        QCOMPARE(build.trace.imageId(), id);
    }

    void aFailureStandsOnTheLineOfItsInstruction()
    {
        Followed build;
        build.trace.print("Step 2/7 : FROM $BASE AS left\n");
        build.trace.print("Step 4/7 : RUN echo one     && echo two\nsorry\n");
        build.trace.fail("The command returned a non-zero code: 3", false);
        QCOMPARE(build.trace.failure()->firstLine, 4);
        QCOMPARE(build.trace.failure()->lastLine, 5);
        QCOMPARE(build.trace.failedStep(), std::optional<std::size_t>(1));
        QCOMPARE(build.trace.steps()[1].state, StepState::Failed);
    }

    void afailureOfASettingStandsOnItsLineToo()
    {
        Followed build;
        build.trace.print("Step 2/7 : FROM $BASE AS left\nStep 3/7 : ENV LEVEL=info\n");
        build.trace.fail("no", false);
        QCOMPARE(build.trace.failure()->firstLine, 3);
        QVERIFY(!build.trace.failedStep());
    }

    void aFaultOfTheParserNamesItsLine()
    {
        Followed build;
        build.trace.fail("dockerfile parse error on line 5: unknown instruction: RUNN", false);
        QCOMPARE(build.trace.failure()->firstLine, 5);
    }

    void whatIsStoppedIsCancelled()
    {
        Followed build;
        build.trace.print("Step 2/7 : FROM $BASE AS left\n");
        build.trace.fail("", true);
        QVERIFY(!build.trace.failure());
        QCOMPARE(build.trace.steps()[0].state, StepState::Cancelled);
    }

    void layersOfTheBaseImageAreProgress()
    {
        Followed build;
        build.trace.progress("abc", "Downloading", 1, 2); // of no step
        build.trace.print("Step 2/7 : FROM $BASE AS left\n");
        build.trace.progress("abc", "Downloading", 10, 20);
        build.trace.progress("abc", "Pull complete", 20, 20);
        QCOMPARE(build.trace.steps()[0].progress.size(), std::size_t(1));
        QVERIFY(build.trace.steps()[0].progress[0].isDone);
    }

    void wordsThatDoNotFitAreNoSteps_data()
    {
        QTest::addColumn<QByteArray>("line");
        for (const char *line : {"Step 0/7 : RUN x", "Step 8/7 : RUN x", "Step 99999999999/1 : x",
                                 "Step : x", "[1/2 STEP 1/2: RUN", "[x/2] STEP 1/2: RUN", "Step 7",
                                 "STEP 1/7 : x", "Step 9/9 : RUN x"}) {
            QTest::newRow(line) << QByteArray(line);
        }
    }
    void wordsThatDoNotFitAreNoSteps()
    {
        QFETCH(QByteArray, line);
        Followed build;
        build.trace.print(line.toStdString() + "\n");
        QVERIFY(build.trace.steps().empty());
    }
};

} // namespace tst_classic_trace

ROADSTEAD_GUILESS_TEST(tst_classic_trace::TestClassicTrace)
#include "tst_classic_trace.moc"
