// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/build/stage_graph.h"
#include "engine/service/build/build_run.h"
#include "tests/support/git_daemon.h"
#include "tests/support/real_engine.h"
#include "tests/support/test_program/test_program.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

namespace tst_build_live {

using namespace roadstead;
using namespace roadstead::service;
using namespace Qt::StringLiterals;
using namespace std::string_literals;

namespace {

constexpr auto sample = R"(FROM busybox AS base
RUN echo base > /base

FROM base AS left
ARG WHO
RUN --mount=type=secret,id=key echo "for $WHO" && cat /run/secrets/key > /dev/null

FROM base AS right
COPY word.txt /word
RUN %1

FROM base
COPY --from=left /base /left
COPY --from=right /word /right
)";

} // namespace

/// Builds by the real buildx and the BuildKit of the real engine.
class TestBuildLive : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_engine.start());
        QVERIFY(m_engine.importBusybox());
        write(u"word.txt"_s, "word\n");
    }
    void init() { write(u"Dockerfile"_s, QString::fromLatin1(sample).arg(u"true"_s).toUtf8()); }

    void failureStandsOnItsLine()
    {
        write(u"Dockerfile"_s,
              QString::fromLatin1(sample).arg(u"echo sorry >&2; exit 3"_s).toUtf8());
        const auto run = built(build());
        QVERIFY(run->state() == BuildState::Failed);
        QCOMPARE(run->error()->kind, ErrorKind::EngineFailed);
        QCOMPARE(run->snapshot().failure->firstLine, 10);
        const std::size_t failed = run->snapshot().failedStep.value();
        QCOMPARE(run->lines().lines(failed, 0, 9).front().text, "sorry"s);
        const auto place = build::instructionOf(dockerfile(), run->snapshot().steps.at(failed));
        QVERIFY(place.has_value());
        QCOMPARE(dockerfile().stages.at(place->stage).name, "right"s);
    }
    void builtImageIsThereAndTheSecondTimeIsCached()
    {
        const auto run = built(build());
        QVERIFY2(run->state() == BuildState::Succeeded,
                 run->error() ? run->error()->detail.c_str() : "");
        QCOMPARE(m_engine.docker({u"inspect"_s, u"-f"_s, u"{{.Id}}"_s, u"sample:1"_s}).trimmed(),
                 QByteArray::fromStdString(run->imageDigest()));
        int staged = 0;
        for (const build::BuildStep &step : run->snapshot().steps) {
            QCOMPARE(build::instructionOf(dockerfile(), step).has_value(), step.place.number > 0);
            staged += step.place.number > 0 ? 1 : 0;
        }
        QCOMPARE(staged, 7); // FROM, two RUN and two COPY of stages, two COPY of the last
        const auto again = built(build());
        const auto cached = std::ranges::count(again->snapshot().steps, build::StepState::Cached,
                                               &build::BuildStep::state);
        QVERIFY2(cached >= 6, qPrintable(QString::number(cached)));
    }
    void targetAndArchive()
    {
        docker::BuildxBuild wanted = build();
        wanted.target = "left";
        wanted.tags.clear();
        wanted.destination = docker::BuildDestination::Folder;
        wanted.path = m_folder.filePath(u"out, here"_s).toStdString();
        const auto run = built(wanted);
        QVERIFY2(run->state() == BuildState::Succeeded,
                 run->error() ? run->error()->detail.c_str() : "");
        QVERIFY(QFile::exists(m_folder.filePath(u"out, here/base"_s)));
    }
    void contextsAreFetchedFromGit()
    {
        const QTemporaryDir folder;
        QVERIFY(test::makeRepository(folder.filePath(u"shop.git"_s)));
        QVERIFY(m_git.serve(folder.path()));
        const std::string place = "git://127.0.0.1:9418/shop.git/.git";
        for (const auto &[context, word] :
             {std::pair(place, "main\n"_ba), std::pair(place + "#main", "main\n"_ba),
              std::pair(place + "#main:sub", "below\n"_ba)}) {
            const auto run = built({.context = context, .tags = {"fetched:1"}});
            QVERIFY2(run->state() == BuildState::Succeeded,
                     run->error() ? run->error()->detail.c_str() : "");
            QCOMPARE(m_engine.docker({u"run"_s, u"--rm"_s, u"fetched:1"_s, u"/bin/busybox"_s,
                                      u"cat"_s, u"/word"_s}),
                     word);
        }
        const auto broken = built({.context = place + "#broken", .tags = {"fetched:2"}});
        QVERIFY(broken->state() == BuildState::Failed);
        QCOMPARE(broken->snapshot().failure->firstLine, 2);
        const auto missing = built({.context = place + "#nowhere", .tags = {"fetched:3"}});
        QVERIFY(missing->state() == BuildState::Failed);
        QVERIFY(!missing->error()->detail.empty());
        m_git.stop();
    }
    void stopEndsTheBuild()
    {
        write(u"Dockerfile"_s, QString::fromLatin1(sample).arg(u"sleep 600"_s).toUtf8());
        BuildRun run(build(), engine(), u"docker"_s);
        QSignalSpy finished(&run, &BuildRun::finished);
        run.start();
        const auto sleeps = [&run] {
            return std::ranges::any_of(run.snapshot().steps, [](const build::BuildStep &step) {
                return step.words == "RUN sleep 600" && step.state == build::StepState::Running;
            });
        };
        QTRY_VERIFY_WITH_TIMEOUT(sleeps(), 60'000);
        run.stop();
        QVERIFY(finished.wait(30'000));
        QVERIFY(run.state() == BuildState::Stopped);
    }

private:
    void write(const QString &name, const QByteArray &text)
    {
        QFile file(m_folder.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }
    [[nodiscard]] build::Dockerfile dockerfile() const
    {
        QFile file(m_folder.filePath(u"Dockerfile"_s));
        return file.open(QIODevice::ReadOnly) ? build::readDockerfile(file.readAll().toStdString())
                                              : build::Dockerfile();
    }
    [[nodiscard]] docker::CliEngine engine() const
    {
        return {.host = "unix://" + m_engine.socketPath().toStdString()};
    }
    [[nodiscard]] docker::BuildxBuild build() const
    {
        return {.context = m_folder.path().toStdString(),
                .tags = {"sample:1"},
                .buildArguments = {{"WHO", "me"}},
                .secrets = {{.id = "key", .variable = "KEY_OF_TEST", .value = "canary"}},
                .network = "none"};
    }
    [[nodiscard]] std::unique_ptr<BuildRun> built(const docker::BuildxBuild &wanted) const
    {
        auto run = std::make_unique<BuildRun>(wanted, engine(), u"docker"_s);
        QSignalSpy finished(run.get(), &BuildRun::finished);
        run->start();
        finished.wait(120'000);
        return run;
    }

    test::GitDaemon m_git;
    RealEngine m_engine;
    QTemporaryDir m_folder;
};

} // namespace tst_build_live

ROADSTEAD_GUILESS_TEST(tst_build_live::TestBuildLive)
#include "tst_build_live.moc"
