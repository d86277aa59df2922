// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/build/stage_graph.h"
#include "engine/docker/client.h"
#include "engine/service/build/build_run.h"
#include "engine/service/build/classic_work.h"
#include "engine/service/engine_session.h"
#include "tests/support/git_daemon.h"
#include "tests/support/real_engine.h"
#include "tests/support/test_program/test_program.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <memory>

namespace tst_classic_build_live {

using namespace roadstead;
using namespace roadstead::service;
using namespace Qt::StringLiterals;
using namespace std::string_literals;

namespace {

constexpr int patience = 90'000;

constexpr auto sample = R"(ARG BASE=busybox
FROM $BASE AS first
ARG WHO=nobody
ENV LEVEL=info
RUN echo "for $WHO" > /word

FROM busybox
COPY --from=first /word /word
COPY . /all
RUN %1
CMD ["sh"]
)";

} // namespace

/// Builds by the classic builder of the real engine, with our own archive of the context.
class TestClassicBuildLive : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_engine.start());
        QVERIFY(m_engine.importBusybox());
        m_session = std::make_unique<EngineSession>(m_engine.socketPath());
        m_session->open();
        QTRY_COMPARE_WITH_TIMEOUT(m_session->link(), Link::Live, patience);
        write(u"word.txt"_s, "word\n");
        write(u"left.log"_s, "left out\n");
        write(u".dockerignore"_s, "*.log\n");
    }
    void cleanupTestCase() { m_session.reset(); }
    void init() { write(u"Dockerfile"_s, dockerfileWith(u"true"_s)); }

    void builtImageHasWhatWasAskedFor()
    {
        const auto run = built("classic:1");
        QVERIFY2(run->state() == BuildState::Succeeded,
                 run->error() ? run->error()->detail.c_str() : "");
        QCOMPARE(m_engine.docker({u"inspect"_s, u"-f"_s, u"{{.Id}}"_s, u"classic:1"_s}).trimmed(),
                 QByteArray::fromStdString(run->imageDigest()));
        QCOMPARE(inside(u"classic:1"_s, {u"cat"_s, u"/word"_s}), "for me\n"_ba);
        QCOMPARE(inside(u"classic:1"_s, {u"ls"_s, u"/all"_s}), "Dockerfile\nword.txt\n"_ba);
        // The steps are those of the Dockerfile that make layers, on their lines.
        std::vector<int> lines;
        for (const build::BuildStep &step : run->snapshot().steps) {
            const auto place = build::instructionOf(dockerfile(), step);
            QVERIFY2(place.has_value(), step.words.c_str());
            lines.push_back(
                dockerfile().stages[place->stage].instructions[place->instruction].firstLine);
        }
        QCOMPARE(lines, (std::vector<int>{2, 5, 7, 8, 9, 10}));
    }

    void theSecondTimeIsCached()
    {
        QVERIFY(built("classic:2")->state() == BuildState::Succeeded);
        const auto again = built("classic:2");
        const auto cached = std::ranges::count(again->snapshot().steps, build::StepState::Cached,
                                               &build::BuildStep::state);
        QCOMPARE(cached, 4); // all but FROM
    }

    void failureStandsOnItsLine()
    {
        write(u"Dockerfile"_s, dockerfileWith(u"echo sorry; exit 3"_s));
        const auto run = built("classic:3");
        QVERIFY(run->state() == BuildState::Failed);
        QCOMPARE(run->error()->kind, ErrorKind::EngineFailed);
        QCOMPARE(run->snapshot().failure->firstLine, 10);
        const std::size_t failed = run->snapshot().failedStep.value();
        const auto lines = run->lines().lines(failed, 0, 99);
        QVERIFY(std::ranges::contains(lines, "sorry"s, &BuildLine::text));
    }

    void aFaultOfTheParserStandsOnItsLine()
    {
        write(u"Dockerfile"_s, "FROM busybox\nRUNN true\n");
        const auto run = built("classic:4");
        QVERIFY(run->state() == BuildState::Failed);
        QVERIFY(run->snapshot().failure.has_value());
        QVERIFY2(run->snapshot().failure->message.contains("RUNN"),
                 run->snapshot().failure->message.c_str());
        QCOMPARE(run->snapshot().failure->firstLine, 2);
    }

    void stoppingEndsTheBuild()
    {
        write(u"Dockerfile"_s, dockerfileWith(u"echo begun && sleep 60"_s));
        const auto run = begun("classic:5");
        QTRY_VERIFY_WITH_TIMEOUT(run->snapshot().steps.size() == 6, 20'000);
        QElapsedTimer clock;
        clock.start();
        run->stop();
        QTRY_VERIFY_WITH_TIMEOUT(run->state() == BuildState::Stopped, patience);
        QVERIFY(clock.elapsed() < 20'000);
        QCOMPARE(run->snapshot().steps.back().state, build::StepState::Cancelled);
    }

    void aLargeContextIsSent()
    {
        QFile file(m_context.filePath(u"large"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QVERIFY(file.resize(64'000'000));
        file.close();
        const auto run = built("classic:6");
        QVERIFY(run->state() == BuildState::Succeeded);
        QCOMPARE(inside(u"classic:6"_s, {u"stat"_s, u"-c"_s, u"%s"_s, u"/all/large"_s}),
                 "64000000\n"_ba);
        QVERIFY(QFile::remove(file.fileName()));
    }

    void contextsAreFetchedFromGit()
    {
        if (RealEngine::kindMeant() == RealEngine::Kind::Podman) {
            QSKIP("its builder looks for the Dockerfile outside of what it fetched");
        }
        const QTemporaryDir folder;
        QVERIFY(test::makeRepository(folder.filePath(u"shop.git"_s)));
        QVERIFY(m_git.serve(folder.path()));
        const std::string place = "git://127.0.0.1:9418/shop.git/.git";
        const auto fetched = [this](const std::string &context, const std::string &tag) {
            ClassicBuild classic = classicBuild(tag);
            classic.command.remote = context;
            classic.dockerfile = {};
            auto run = std::make_unique<BuildRun>(docker::BuildxBuild{}, std::move(classic));
            run->start();
            [[maybe_unused]] const bool ended =
                QTest::qWaitFor([&run] { return run->state() != BuildState::Running; }, patience);
            return run;
        };
        for (const auto &[context, word] :
             {std::pair(place + "#main", "main\n"_ba), // it takes "master" for granted
              std::pair(place + "#main:sub", "below\n"_ba)}) {
            const auto run = fetched(context, "classic:8");
            QVERIFY2(run->state() == BuildState::Succeeded,
                     run->error() ? run->error()->detail.c_str() : "");
            QCOMPARE(inside(u"classic:8"_s, {u"cat"_s, u"/word"_s}), word);
            QCOMPARE(run->snapshot().steps.size(), std::size_t(3));
        }
        const auto broken = fetched(place + "#broken", "classic:9");
        QVERIFY(broken->state() == BuildState::Failed);
        QVERIFY(broken->snapshot().failedStep.has_value());
        m_git.stop();
    }
    void aContextThatIsNotThereIsAnError()
    {
        ClassicBuild classic = classicBuild("classic:7");
        classic.context.context = "/nowhere";
        BuildRun run({}, std::move(classic));
        run.start();
        QTRY_VERIFY_WITH_TIMEOUT(run.state() == BuildState::Failed, patience);
    }

private:
    static QByteArray dockerfileWith(const QString &command)
    {
        return QString::fromLatin1(sample).arg(command).toUtf8();
    }
    void write(const QString &name, const QByteArray &text)
    {
        QFile file(m_context.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }
    [[nodiscard]] build::Dockerfile dockerfile() const
    {
        QFile file(m_context.filePath(u"Dockerfile"_s));
        return file.open(QIODevice::ReadOnly) ? build::readDockerfile(file.readAll().toStdString())
                                              : build::Dockerfile();
    }
    [[nodiscard]] ClassicBuild classicBuild(const std::string &tag)
    {
        ClassicBuild classic;
        classic.command.tags = {tag};
        classic.command.buildArguments = {{"WHO", "me"}};
        classic.context = {
            .context = m_context.path().toStdString(), .dockerfile = {}, .currentFolder = "/"};
        classic.dockerfile = dockerfile();
        docker::Client *client = &m_session->client();
        classic.run = [client](const docker::Command &command, docker::RunOptions options,
                               docker::Callback<docker::CommandReply> callback) {
            return client->run(command, std::move(options), std::move(callback));
        };
        classic.inspect = [client](const docker::InspectImage &question,
                                   docker::Callback<docker::ImageDetails> callback) {
            return client->ask(question, std::move(callback));
        };
        return classic;
    }
    std::unique_ptr<BuildRun> begun(const std::string &tag)
    {
        auto run = std::make_unique<BuildRun>(docker::BuildxBuild{}, classicBuild(tag));
        run->start();
        return run;
    }
    std::unique_ptr<BuildRun> built(const std::string &tag)
    {
        auto run = begun(tag);
        QSignalSpy finished(run.get(), &BuildRun::finished);
        [[maybe_unused]] const bool ended =
            QTest::qWaitFor([&finished] { return !finished.isEmpty(); }, patience);
        return run;
    }
    QByteArray inside(const QString &image, const QStringList &command)
    {
        return m_engine.docker(QStringList{u"run"_s, u"--rm"_s, image, u"/bin/busybox"_s} +
                               command);
    }

    test::GitDaemon m_git;
    RealEngine m_engine{RealEngine::kindMeant(), RealEngine::enteringMeant()};
    QTemporaryDir m_context;
    std::unique_ptr<EngineSession> m_session;
};

} // namespace tst_classic_build_live

ROADSTEAD_GUILESS_TEST(tst_classic_build_live::TestClassicBuildLive)
#include "tst_classic_build_live.moc"
