// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/http/body_pipe.h"
#include "tests/engine/docker/fake_engine_bed.h"
#include "tests/engine/docker/terminal.h"
#include "tests/support/test_program/test_program.h"

#include <QTest>

#include <future>

namespace tst_call_answers {

using namespace roadstead;
using namespace roadstead::docker;
using namespace std::chrono_literals;
using namespace std::string_literals;
using test::await;
using test::FakeEngine;
using test::Fault;
using test::Terminal;

/// The calls beyond a container's life against an engine that behaves, and one that does not.
class TestCallAnswers : public QObject, private test::FakeEngineBed
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void objectsLiveThroughTheirCommands();
    void parentsOfCacheRecordsAreReadHoweverTheyAreSpelt();
    void answersThatAreBrokenFail_data();
    void answersThatAreBrokenFail();
    void progressInA200MayFail();
    void credentialsGoIntoTheHeaderOnly();
    void execSpeaksAndTellsItsStatus_data();
    void execSpeaksAndTellsItsStatus();
    void detachedExecTakesThreeRequests();
    void attachEndsWithTheInput();
    void terminalsOfMissingContainersFail();
    void archivesComeAndGo();
    void cutArchivesFail();
    void olderEngineIsNotAsked();
    void versionIsKnownBeforeTheRequestIsMade();

private:
    template<typename Asked>
    Result<typename Asked::Answer> ask(const Asked &question)
    {
        return await<typename Asked::Answer>(
            [&](auto done) { m_client->ask(question, std::move(done)); });
    }
    Result<std::string> download(const GetArchive &question);
};

void TestCallAnswers::init()
{
    QVERIFY(restart({.containers = 3, .running = 2}));
}

void TestCallAnswers::cleanup()
{
    end();
}

void TestCallAnswers::objectsLiveThroughTheirCommands()
{
    const auto made = run(CreateNetwork{.name = "n1", .internal = true});
    QCOMPARE(made->text.size(), std::size_t(64));
    QCOMPARE(run(CreateNetwork{.name = "n1"}).error().kind, ErrorKind::Conflict);
    QVERIFY(ask(InspectNetwork{{"n1", "n1"}})->internal);
    QCOMPARE(ask(ListNetworks{})->size(), std::size_t(1));
    QVERIFY(run(ConnectNetwork{.network = {"n1", "n1"}, .container = {"x", "x"}}).has_value());
    QVERIFY(!run(RemoveNetwork{{"n1", "n1"}})->unchanged);
    QVERIFY(run(RemoveNetwork{{"n1", "n1"}})->unchanged); // gone is what was asked for
    QCOMPARE(ask(InspectNetwork{{"n1", "n1"}}).error().kind, ErrorKind::NotFound);

    QCOMPARE(run(CreateVolume{.name = "v1"})->text, "v1"s);
    QCOMPARE(ask(ListVolumes{})->volumes.front().name, "v1"s);
    QCOMPARE(ask(AskDiskUsage{})->volumes.size(), std::size_t(1));
    QVERIFY(run(RemoveVolume{{"v1", "v1"}}).has_value());
    const auto pruned = run(PruneVolumes{});
    QCOMPARE(pruned->removed, std::vector<std::string>{"gone"});
    QCOMPARE(pruned->reclaimed, 1000);

    QCOMPARE(run(CreateConfig{.name = "c1", .data = "x"})->text, "c1"s);
    QCOMPARE(ask(InspectConfig{{"c1", "c1"}})->data, "x"s);
    QCOMPARE(ask(InspectConfig{{"c1", "c1"}})->version, std::uint64_t(11));
    QCOMPARE(ask(ListConfigs{})->size(), std::size_t(1));
    QVERIFY(ask(ListSecrets{})->empty());
    QCOMPARE(run(InitSwarm{})->text, "7v2t30z9blmxuhnyo6s4cpenp"s);
    QCOMPARE(run(CreateService{{.image = "x"}})->warnings.size(), std::size_t(1));
    QCOMPARE(ask(AskUnlockKey{}).value(), "SWMKEY-1-x"s);
    QCOMPARE(run(CommitContainer{.container = {"container-0", "x"}})->text, "sha256:committed"s);
    QCOMPARE(ask(SearchImages{"nginx"})->front().stars, 5);
    QCOMPARE(ask(ImageHistory{{"nginx", "nginx"}})->size(), std::size_t(1));
    QCOMPARE(ask(InspectSwarm{}).error().kind, ErrorKind::EngineFailed);
}

/// Engines of 1.42 and some after it put a space in front of the name.
void TestCallAnswers::parentsOfCacheRecordsAreReadHoweverTheyAreSpelt()
{
    for (const char *name : {"Parents", " Parents"}) {
        const auto usage = AskDiskUsage::decode("{\"BuildCache\":[{\"ID\":\"b\",\"" +
                                                std::string(name) + "\":[\"a\"],\"Size\":7}]}");
        QVERIFY2(usage.has_value(), name);
        QCOMPARE(usage->buildCache.at(0).parents, std::vector{"a"s});
        QCOMPARE(usage->buildCache.at(0).size, 7);
    }
}

void TestCallAnswers::answersThatAreBrokenFail_data()
{
    QTest::addColumn<Fault>("fault");
    using Kind = Fault::Kind;
    QTest::newRow("A1 killed while sending") << Fault{.kind = Kind::Cut, .value = 0};
    QTest::newRow("A5 cut in the head") << Fault{.kind = Kind::Cut, .value = 30};
    QTest::newRow("A5 cut in the body") << Fault{.kind = Kind::CutBody, .value = 3};
    QTest::newRow("garbled") << Fault{.kind = Kind::Garble, .value = 3};
    QTest::newRow("not HTTP") << Fault{.kind = Kind::Raw, .text = "SSH-2.0-x\r\n"};
}

void TestCallAnswers::answersThatAreBrokenFail()
{
    QFETCH(Fault, fault);
    QVERIFY(run(CreateVolume{.name = "v1"}).has_value());
    m_engine->addFault(fault);
    const auto question = ask(ListVolumes{});
    QVERIFY(!question);
    QVERIFY(question.error().kind == ErrorKind::ConnectionLost ||
            question.error().kind == ErrorKind::MalformedReply);
    QCOMPARE(question.error().operation, "volume.list"s);
    for (const Command &command :
         {Command(CreateVolume{.name = "v2"}), Command(PruneImages{}), Command(CommitContainer{}),
          Command(PullImage{{"x", "1", "x"}})}) {
        const auto changed = run(command);
        QVERIFY(!changed);
        QCOMPARE(changed.error().kind, ErrorKind::OutcomeUnknown);
        QCOMPARE(changed.error().operation, std::string(operationName(command)));
    }
    Terminal terminal;
    m_client->attach({.container = {"container-0", "x"}}, {}, terminal.sink());
    QVERIFY(!terminal.end());
}

void TestCallAnswers::progressInA200MayFail()
{
    int lines = 0;
    RunOptions options;
    options.progress = [&lines](const Progress &) { ++lines; };
    const auto pulled = await<CommandReply>([&](auto done) {
        m_client->run(PullImage{{"nginx", "1", "nginx:1"}}, std::move(options), std::move(done));
    });
    QCOMPARE(pulled->text, "Status: Downloaded newer image"s);
    QCOMPARE(lines, 3);
    const auto failed = run(PullImage{{"fails", "1", "fails:1"}});
    QCOMPARE(failed.error().kind, ErrorKind::EngineFailed);
    QCOMPARE(failed.error().detail, "manifest unknown"s);
    QVERIFY(!run(PushImage{{"fails", "1", "fails:1"}}));
}

void TestCallAnswers::credentialsGoIntoTheHeaderOnly()
{
    const std::string header = registryAuthHeader({"u", "canary-password", {}, "r.example"});
    QCOMPARE(registryAuthHeader({}), "e30="s);
    RunOptions options;
    options.registryAuth = header;
    QVERIFY(await<CommandReply>([&](auto done) {
                m_client->run(PullImage{{"nginx", "1", "nginx"}}, std::move(options),
                              std::move(done));
            }).has_value());
    for (const std::string &request : m_engine->requests()) {
        QVERIFY(!request.contains(header) && !request.contains("canary"));
    }
    QCOMPARE(ask(CheckCredentials{{"u", "p", {}, "r.example"}})->status, "Login Succeeded"s);
}

void TestCallAnswers::execSpeaksAndTellsItsStatus_data()
{
    QTest::addColumn<bool>("tty");
    QTest::addColumn<bool>("old");
    QTest::newRow("frames") << false << false;
    QTest::newRow("a terminal") << true << false;
    QTest::newRow("frames, 200") << false << true;
    QTest::newRow("a terminal, 200") << true << true;
}

void TestCallAnswers::execSpeaksAndTellsItsStatus()
{
    QFETCH(bool, tty);
    QFETCH(bool, old);
    QVERIFY(restart({.containers = 3, .running = 2, .upgradesWith200 = old}));
    Terminal terminal;
    const http::BodyPipe pipe;
    const Call call = m_client->exec(
        {.container = {"container-0", "x"}, .command = {"cat", "7"}, .input = true, .tty = tty},
        pipe.source(), terminal.sink());
    pipe.setWake([call] { call.supply(); });
    QCOMPARE(terminal.opened().size(), std::size_t(64));
    QVERIFY(pipe.write("hello\n"));
    pipe.finish();
    QCOMPARE(terminal.end().value(), 7);
    QCOMPARE(terminal.text(), "hello\nend\n"s);
}

void TestCallAnswers::detachedExecTakesThreeRequests()
{
    const auto started =
        run(CreateExec{.container = {"container-0", "x"}, .command = {"ls"}, .detached = true});
    QVERIFY2(started.has_value(), started ? "" : started.error().detail.c_str());
    const auto requests = m_engine->requests();
    QCOMPARE(requests.size(), std::size_t(4)); // with the ping
    QVERIFY(requests[1].ends_with("/containers/container-0/json"));
    QVERIFY(requests[2].ends_with("/exec"));
    QVERIFY(requests[3].ends_with("/exec/" + started->text + "/start"));
    QCOMPARE(run(CreateExec{.container = {"nothing", "x"}, .command = {"ls"}}).error().kind,
             ErrorKind::NotFound);
    QCOMPARE(ask(InspectExec{started->text})->pid, 42);
    QVERIFY(await<CommandReply>([&](auto done) {
                m_client->run(ResizeExec{started->text, 24, 80}, std::move(done));
            }).has_value());
}

void TestCallAnswers::attachEndsWithTheInput()
{
    Terminal terminal;
    const http::BodyPipe pipe;
    const Call call = m_client->attach({.container = {"container-0", "x"}, .input = true},
                                       pipe.source(), terminal.sink());
    pipe.setWake([call] { call.supply(); });
    QVERIFY(pipe.write("hello\n"));
    pipe.finish();
    QCOMPARE(terminal.end().value(), 0);
    QCOMPARE(terminal.text(), "hello\nend\n"s);

    Terminal cancelled;
    const Call other = m_client->attach(
        {.container = {"container-0", "x"}},
        [](std::span<char>) -> Result<http::Given> { return http::Given{}; }, cancelled.sink());
    QVERIFY(!cancelled.opened().empty());
    other.cancel();
    QCOMPARE(cancelled.end().error().kind, ErrorKind::Cancelled);
}

void TestCallAnswers::terminalsOfMissingContainersFail()
{
    Terminal attached;
    m_client->attach({.container = {"nothing", "x"}}, {}, attached.sink());
    QCOMPARE(attached.end().error().kind, ErrorKind::NotFound);
    Terminal executed;
    m_client->exec({.container = {"container-2", "x"}, .command = {"ls"}}, {}, executed.sink());
    const auto refused = executed.end();
    QCOMPARE(refused.error().kind, ErrorKind::Conflict);
    QVERIFY(refused.error().detail.contains("not running"));
}

Result<std::string> TestCallAnswers::download(const GetArchive &question)
{
    auto bytes = std::make_shared<std::string>();
    const auto end = await<void>([&](auto done) {
        ByteSink sink;
        sink.data = [bytes](std::string_view piece) {
            bytes->append(piece);
            return Flow::Continue;
        };
        sink.end = std::move(done);
        m_client->download(question, std::move(sink));
    });
    return end ? Result<std::string>(*bytes) : std::unexpected(end.error());
}

void TestCallAnswers::archivesComeAndGo()
{
    const Target container{"container-0", "x"};
    const http::BodyPipe pipe(16);
    RunOptions options;
    options.body = pipe.source();
    std::promise<Result<CommandReply>> promise;
    const Call call =
        m_client->run(PutArchive{container, "/a"}, std::move(options),
                      [&](Result<CommandReply> result) { promise.set_value(std::move(result)); });
    pipe.setWake([call] { call.supply(); });
    QVERIFY(pipe.write(std::string(1000, 't')));
    pipe.finish();
    QVERIFY(promise.get_future().get().has_value());
    QCOMPARE(download({container, "/a"}).value(), std::string(1000, 't'));
    QCOMPARE(download({container, "/b"}).error().kind, ErrorKind::NotFound);
    const auto stat =
        await<PathStat>([&](auto done) { m_client->statPath({container, "/a"}, std::move(done)); });
    QVERIFY2(stat.has_value(), stat ? "" : stat.error().detail.c_str());
    QCOMPARE(stat->name, "x"s);
    QCOMPARE(stat->mode, 0644U);
    QVERIFY(stat->isRegular && !stat->isFolder);
    QCOMPARE(run(PutArchive{container, "/readonly"}).error().kind, ErrorKind::Unauthorized);
}

void TestCallAnswers::cutArchivesFail()
{
    m_engine->addFault({.kind = Fault::Kind::Raw,
                        .path = "/archive",
                        .text = "HTTP/1.1 200 OK\r\nContent-Type: application/x-tar\r\n\r\nhalf"});
    const auto cut = download({{"container-0", "x"}, "/a"});
    QCOMPARE(cut.error().kind, ErrorKind::ConnectionLost);
    QCOMPARE(cut.error().operation, "container.archive.get"s);
}

void TestCallAnswers::olderEngineIsNotAsked()
{
    QVERIFY(restart({.containers = 3, .running = 2, .apiVersion = "1.24"}));
    const auto refused = run(PruneImages{});
    QCOMPARE(refused.error().kind, ErrorKind::InvalidArgument);
    QCOMPARE(refused.error().operation, "image.prune"s);
    QCOMPARE(ask(ListConfigs{}).error().kind, ErrorKind::InvalidArgument);
    QCOMPARE(m_engine->requests(), std::vector<std::string>{"GET /_ping"});
}

void TestCallAnswers::versionIsKnownBeforeTheRequestIsMade()
{
    // The first call of all: what it sends depends on the version that its ping tells.
    QVERIFY(restart({.containers = 3, .running = 2, .apiVersion = "1.50"}));
    QVERIFY(ask(AskDiskUsage{{"image"}}).has_value());
    QCOMPARE(m_engine->requests().back(), "GET /v1.50/system/df?type=image"s);
}

} // namespace tst_call_answers

ROADSTEAD_GUILESS_TEST(tst_call_answers::TestCallAnswers)
#include "tst_call_answers.moc"
