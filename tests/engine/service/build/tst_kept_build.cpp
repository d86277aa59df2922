// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/build/build_output.h"
#include "engine/service/build/build_run.h"
#include "engine/service/build/build_shelf.h"
#include "engine/service/build/kept_build.h"
#include "tests/support/test_program/test_program.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

namespace tst_kept_build {

using namespace roadstead;
using namespace roadstead::service;
using namespace Qt::StringLiterals;
using namespace std::string_literals;
using build::StepState;

namespace {

BuildSnapshot twoSteps()
{
    return {.steps = {{.digest = "sha256:a",
                       .words = "FROM busybox",
                       .place = {.stage = "base", .number = 1, .count = 2},
                       .state = StepState::Cached},
                      {.digest = "sha256:b",
                       .words = "RUN login hunter22",
                       .place = {.stage = "base", .number = 2, .count = 2},
                       .state = StepState::Failed,
                       .started = Timestamp{1'000'000'000},
                       .completed = Timestamp{2'500'000'000},
                       .error = "exit code: 3"}},
            .failure = build::BuildFailure{.message = "login hunter22: exit code: 3",
                                           .file = "Dockerfile",
                                           .firstLine = 4,
                                           .lastLine = 4},
            .failedStep = 1};
}

KeptBuild sized(std::size_t bytes)
{
    return {.steps = {{.words = "RUN x", .lines = {std::string(bytes, 'x')}}}};
}

} // namespace

/// What is kept of a build's steps, and where.
class TestKeptBuild : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void stepsAreKeptWithoutSecrets()
    {
        BuildLines lines;
        lines.append({.step = 1, .bytes = "signing in with hunter22\nhunter22hunter22\n"});
        const KeptBuild kept =
            keptBuildOf(twoSteps(), lines, "A\nB hunter22\nC\nRUN login\nE\nF\nG\n", {"hunter22"});
        QCOMPARE(kept.steps.size(), 2U);
        QCOMPARE(kept.steps[0].state, StepState::Cached);
        QCOMPARE(kept.steps[0].milliseconds, -1);
        QCOMPARE(kept.steps[1].milliseconds, 1'500);
        QCOMPARE(kept.steps[1].lines, (std::vector{"signing in with •••"s, "••••••"s}));
        QCOMPARE(kept.excerptLine, 2);
        QCOMPARE(kept.excerpt, (std::vector{"B •••"s, "C"s, "RUN login"s, "E"s, "F"s}));
        QVERIFY(!textOf(kept).contains("hunter22"));
    }
    void stepsStandInTheOrderOfTheirStage()
    {
        const auto step = [](const char *words, const char *stage, int number) {
            build::BuildStep made;
            made.words = words;
            made.place = {.stage = stage, .number = number, .count = 3};
            return made;
        };
        const BuildSnapshot snapshot{.steps = {step("load", "", 0), step("b3", "b", 3),
                                               step("a2", "a", 2), step("b1", "b", 1),
                                               step("export", "", 0), step("a1", "a", 1)}};
        QStringList words;
        for (const KeptStep &kept : keptBuildOf(snapshot, BuildLines(), {}, {}).steps) {
            words.append(QString::fromStdString(kept.words));
        }
        QCOMPARE(words.join(u' '), u"load b1 b3 a1 a2 export"_s);
    }
    void textsSurvive()
    {
        BuildLines lines;
        lines.append({.step = 1, .bytes = "a\x1b[31mred \"quoted\"\n\n\xff broken\n"});
        KeptBuild kept = keptBuildOf(twoSteps(), lines, {}, {});
        const auto again = keptBuildIn(textOf(kept));
        QVERIFY(again.has_value());
        QCOMPARE(again->steps[1].words, kept.steps[1].words);
        QCOMPARE(again->steps[1].place, kept.steps[1].place);
        QCOMPARE(again->steps[1].lines[0], kept.steps[1].lines[0]);
        QCOMPARE(again->failure, kept.failure);
    }
    void longOutputLosesItsBegin()
    {
        BuildLines lines;
        for (int i = 0; i < 40'000; ++i) {
            lines.append({.step = 1, .bytes = "line " + std::to_string(i) + " of many, many\n"});
        }
        for (int i = 0; i < 40'000; ++i) {
            lines.append({.step = 0, .bytes = std::string(60, 'y') + "\n"});
        }
        const KeptBuild kept = keptBuildOf(twoSteps(), lines, {}, {});
        QVERIFY(kept.steps[1].isClipped);
        QCOMPARE(kept.steps[1].lines.back(), "line 39999 of many, many"s);
        QVERIFY(textOf(kept).size() < 2 * KeptBuild::printedCap);
        QVERIFY(kept.steps[1].lines.size() > 10'000U);
    }
    void damagedTextIsAnError_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("cut") << QByteArray(textOf(sized(40)).c_str()).chopped(9);
        QTest::newRow("no version") << QByteArray(R"({"steps":[]})");
        QTest::newRow("no object") << QByteArray("[]");
    }
    void damagedTextIsAnError()
    {
        QFETCH(const QByteArray, text);
        const auto kept = keptBuildIn(text.toStdString());
        QVERIFY(!kept.has_value());
        QCOMPARE(kept.error().kind, ErrorKind::MalformedReply);
    }
    void wrongTypesAreTolerated()
    {
        const auto kept = keptBuildIn(
            R"({"version":1,"steps":[5,{"words":7,"state":99,"number":-3,"milliseconds":1e30,"lines":"x"}],"failure":[],"excerptLine":"a"})");
        QVERIFY(kept.has_value());
        QCOMPARE(kept->steps.size(), 1U);
        QCOMPARE(kept->steps[0].state, StepState::Cancelled);
        QCOMPARE(kept->steps[0].place.number, 0);
        QCOMPARE(kept->steps[0].milliseconds, -1);
        QVERIFY(!kept->failure);
    }
    void newerVersionIsNotGuessed()
    {
        QCOMPARE(keptBuildIn(R"({"version":2,"steps":[]})").error().kind,
                 ErrorKind::UnsupportedVersion);
    }
    void shelfKeepsReadsAndForgets()
    {
        const QTemporaryDir folder;
        BuildShelf shelf(folder.filePath(u"steps"_s));
        shelf.keep("one-1", sized(10));
        QCOMPARE(read(shelf, "one-1")->steps[0].lines[0].size(), 10U);
        const QFileInfo file(folder.filePath(u"steps/one-1.json"_s));
        QCOMPARE(file.permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
        shelf.remove("one-1");
        QCOMPARE(read(shelf, "one-1").error().kind, ErrorKind::NotFound);
    }
    void shelfDropsTheOldest()
    {
        const QTemporaryDir folder;
        BuildShelf shelf(folder.path(), {.bytes = 3'500, .files = 10});
        for (const char *id : {"a", "b", "c", "d"}) {
            shelf.keep(id, sized(1'000));
            shelf.waitForDone();
            // Times of files are what says which is older.
            QFile file(folder.filePath(QString::fromLatin1(id) + u".json"_s));
            QVERIFY(file.open(QIODevice::ReadWrite));
            file.setFileTime(QDateTime::currentDateTime().addSecs(id[0] - 'z'),
                             QFileDevice::FileModificationTime);
        }
        shelf.keep("e", sized(1'000));
        QVERIFY(read(shelf, "e").has_value());
        QVERIFY(read(shelf, "d").has_value());
        QVERIFY(!read(shelf, "a").has_value());
        QVERIFY(QDir(folder.path()).entryList(QDir::Files).size() <= 3);
    }
    void idsLeadNowhereElse()
    {
        const QTemporaryDir folder;
        QDir(folder.path()).mkdir(u"steps"_s);
        QFile outside(folder.filePath(u"secret.json"_s));
        QVERIFY(outside.open(QIODevice::WriteOnly));
        outside.write("{\"version\":1}");
        outside.close();
        BuildShelf shelf(folder.filePath(u"steps"_s));
        for (const char *id : {"../secret", "", ".", "a/b", "/etc/passwd"}) {
            QCOMPARE(read(shelf, id).error().kind, ErrorKind::NotFound);
            shelf.keep(id, sized(1));
            shelf.remove(id);
        }
        shelf.waitForDone();
        QVERIFY(outside.exists());
        QVERIFY(QDir(folder.filePath(u"steps"_s)).isEmpty());
    }
    void damagedFileIsSaid()
    {
        const QTemporaryDir folder;
        BuildShelf shelf(folder.path());
        QFile file(folder.filePath(u"x.json"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("{{{");
        file.close();
        QCOMPARE(read(shelf, "x").error().kind, ErrorKind::MalformedReply);
    }

private:
    static Result<KeptBuild> read(BuildShelf &shelf, const std::string &id)
    {
        auto future = shelf.read(id).future();
        future.waitForFinished(); // by the shelf's own thread
        return future.result();
    }
};

} // namespace tst_kept_build

ROADSTEAD_GUILESS_TEST(tst_kept_build::TestKeptBuild)
#include "tst_kept_build.moc"
