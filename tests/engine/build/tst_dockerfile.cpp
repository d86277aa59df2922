// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/build/dockerfile.h"
#include "engine/build/stage_graph.h"
#include "tests/support/test_program/test_program.h"

#include <QTest>

#include <string>

namespace tst_dockerfile {

using namespace roadstead::build;
using namespace std::string_literals;

namespace {

constexpr std::string_view threeStages = R"(# syntax=docker/dockerfile:1
ARG BASE=alpine

FROM $BASE AS Deps
WORKDIR /app
# a comment
RUN npm ci \
    # a comment within

    --omit=dev

FROM deps as build
ENV A=1
COPY . .
RUN --mount=type=bind,from=tools,target=/t make
FROM busybox AS tools
FROM scratch
COPY --from=build --chmod=755 /app/dist /dist
COPY --from=0 /app/x /x
COPY --from=nginx /etc/nginx /n
CMD ["x"]
)";

} // namespace

/// What is read of a Dockerfile to draw it and to find a step's line.
class TestDockerfile : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void instructionsKnowTheirLines();
    void stagesAreNamedAsTheBuilderNamesThem();
    void stagesKnowWhatTheyAreMadeFrom();
    void targetLeavesOutTheOthers();
    void hereDocumentsArePassed_data();
    void hereDocumentsArePassed();
    void escapeAndDirectives();
    void anyTextIsRead_data();
    void anyTextIsRead();
};

void TestDockerfile::instructionsKnowTheirLines()
{
    const Dockerfile file = readDockerfile(threeStages);
    QCOMPARE(file.syntax, "docker/dockerfile:1"s);
    QCOMPARE(file.arguments.size(), std::size_t(1));
    QCOMPARE(file.arguments.front().text, "BASE=alpine"s);
    QCOMPARE(file.stages.size(), std::size_t(4));
    const Instruction &run = file.stages.front().instructions.at(2);
    QCOMPARE(run.keyword, "RUN"s);
    QCOMPARE(run.text, "npm ci  --omit=dev"s);
    QCOMPARE(run.firstLine, 7);
    QCOMPARE(run.lastLine, 10);
    QVERIFY(!makesStep(file, file.stages.at(1).instructions.at(0))); // FROM an earlier stage
    QVERIFY(makesStep(file, file.stages.at(0).instructions.at(0)));
    QVERIFY(!makesStep(file, file.stages.at(3).instructions.at(0))); // FROM scratch
    QVERIFY(!makesStep(file, file.stages.at(1).instructions.at(1))); // ENV
    QVERIFY(makesStep(file, file.stages.at(1).instructions.at(2)));
}

void TestDockerfile::stagesAreNamedAsTheBuilderNamesThem()
{
    const Dockerfile file = readDockerfile(threeStages);
    QCOMPARE(file.stages.at(0).name, "deps"s);
    QCOMPARE(file.stages.at(0).base, "$BASE"s);
    QCOMPARE(file.stages.at(1).base, "deps"s);
    QCOMPARE(file.stages.at(3).name, "stage-3"s);
    QVERIFY(!file.stages.at(3).isNamed);
    QCOMPARE(*file.stageNamed("DEPS"), std::size_t(0));
    QCOMPARE(*file.stageNamed("2"), std::size_t(2));
    QVERIFY(!file.stageNamed("4"));
    QVERIFY(!file.stageNamed("stage-3")); // a name that the builder gave cannot be asked for
    QVERIFY(!file.stageNamed(""));
}

void TestDockerfile::stagesKnowWhatTheyAreMadeFrom()
{
    const auto graph = stageGraph(readDockerfile(threeStages));
    using Inputs = std::vector<std::size_t>;
    QCOMPARE(graph.at(0).inputs, Inputs{});
    QCOMPARE(graph.at(1).inputs, Inputs{0}); // "tools" comes later: it is an image here
    QCOMPARE(graph.at(3).inputs, (Inputs{1, 0}));
    QCOMPARE(graph.at(3).depth, 2);
    QVERIFY(graph.at(0).isNeeded && graph.at(1).isNeeded && graph.at(3).isNeeded);
    QVERIFY(!graph.at(2).isNeeded);
}

void TestDockerfile::targetLeavesOutTheOthers()
{
    const auto graph = stageGraph(readDockerfile(threeStages), "Build");
    QVERIFY(graph.at(0).isNeeded && graph.at(1).isNeeded);
    QVERIFY(!graph.at(2).isNeeded && !graph.at(3).isNeeded);
    QVERIFY(stageGraph(readDockerfile("ARG X\n")).empty());
}

void TestDockerfile::hereDocumentsArePassed_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("lastLine");
    QTest::newRow("plain") << QByteArray("FROM a\nRUN <<EOF\nFROM b\nEOF\nCMD x\n") << 4;
    QTest::newRow("quoted, and a descriptor")
        << QByteArray("FROM a\nRUN 3<<'E'\n\nE\nCMD x\n") << 4;
    QTest::newRow("tabs are stripped") << QByteArray("FROM a\nRUN <<-E\n\tx\n\t\tE\nCMD x\n") << 4;
    QTest::newRow("two") << QByteArray("FROM a\nCOPY <<A <<B /d/\na\nA\nb\nB\nCMD x\n") << 6;
    QTest::newRow("by ONBUILD") << QByteArray("FROM a\nONBUILD RUN <<E\nFROM b\nE\nCMD x\n") << 4;
    QTest::newRow("a here-string is none") << QByteArray("FROM a\nRUN cat <<<E\nCMD x\n") << 2;
    QTest::newRow("not for ENV") << QByteArray("FROM a\nENV X=<<E\nCMD x\n") << 2;
    QTest::newRow("windows line ends")
        << QByteArray("FROM a\r\nRUN <<E\r\nx\r\nE\r\nCMD x\r\n") << 4;
}

void TestDockerfile::hereDocumentsArePassed()
{
    QFETCH(const QByteArray, text);
    QFETCH(const int, lastLine);
    const Dockerfile file = readDockerfile(text.toStdString());
    QCOMPARE(file.stages.size(), std::size_t(1));
    const auto &instructions = file.stages.front().instructions;
    QCOMPARE(instructions.size(), std::size_t(3));
    QCOMPARE(instructions.at(1).lastLine, lastLine);
    QCOMPARE(instructions.at(2).keyword, "CMD"s);
    QCOMPARE(instructions.at(2).firstLine, lastLine + 1);
}

void TestDockerfile::escapeAndDirectives()
{
    const Dockerfile file =
        readDockerfile("# Escape = `\n# syntax=x\nFROM a\nRUN a`\n b\\\nCMD c\n");
    QCOMPARE(file.escape, '`');
    QCOMPARE(file.syntax, "x"s);
    QCOMPARE(file.stages.front().instructions.at(1).text, R"(a b\)"s);
    QCOMPARE(file.stages.front().instructions.size(), std::size_t(3));
    // After anything else a directive is a comment.
    QCOMPARE(readDockerfile("# note\n# escape=`\nFROM a\n").escape, '\\');
}

void TestDockerfile::anyTextIsRead_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("no stage") << QByteArray("RUN x\nCOPY a b");
    QTest::newRow("FROM alone") << QByteArray("FROM");
    QTest::newRow("options without an image") << QByteArray("FROM --platform=x --y");
    QTest::newRow("goes on at the end") << QByteArray("FROM a\nRUN b \\");
    QTest::newRow("a here-document without end") << QByteArray("FROM a\nRUN <<E\nb");
    QTest::newRow("zero bytes") << QByteArray("FROM a\0b\nRUN \0\n", 15);
    QTest::newRow("not UTF-8") << QByteArray("FROM \xff\xfe\nRUN \xc0\x80");
}

void TestDockerfile::anyTextIsRead()
{
    QFETCH(const QByteArray, text);
    const Dockerfile file = readDockerfile(text.toStdString());
    for (const Stage &stage : file.stages) {
        for (const Instruction &instruction : stage.instructions) {
            QVERIFY(instruction.firstLine >= 1);
            QVERIFY(instruction.lastLine >= instruction.firstLine);
            QVERIFY(instruction.lastLine <= text.count('\n') + 1);
        }
    }
    QCOMPARE(stageGraph(file).size(), file.stages.size());
}

} // namespace tst_dockerfile

ROADSTEAD_APPLESS_TEST(tst_dockerfile::TestDockerfile)
#include "tst_dockerfile.moc"
