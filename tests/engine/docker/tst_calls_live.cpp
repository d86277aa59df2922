// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/docker/client.h"
#include "engine/http/body_pipe.h"
#include "engine/http/client.h"
#include "tests/support/await.h"
#include "tests/support/real_engine.h"
#include "tests/support/test_program/test_program.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <future>

namespace tst_calls_live {

using namespace roadstead;
using namespace roadstead::docker;
using namespace std::chrono_literals;
using namespace std::string_literals;
using test::await;

namespace {

const std::string image = "busybox";

/// What a process writes, to be waited for.
class Terminal
{
public:
    TerminalSink sink()
    {
        return {.opened = [this](const std::string &) { m_opened.set_value(); },
                .data =
                    [this](LogStream stream, std::string_view bytes) {
                        (stream == LogStream::Stderr ? m_errors : m_text).append(bytes);
                        return Flow::Continue;
                    },
                .end = [this](Result<int> result) { m_end.set_value(std::move(result)); }};
    }
    bool waitOpen() { return m_opened.get_future().wait_for(30s) == std::future_status::ready; }
    Result<int> end()
    {
        auto future = m_end.get_future();
        if (future.wait_for(60s) != std::future_status::ready) {
            return failure(ErrorKind::NotAnswering, "test", "test gave up");
        }
        return future.get();
    }
    const std::string &text() const { return m_text; }     ///< after the end
    const std::string &errors() const { return m_errors; } ///< after the end

private:
    std::promise<void> m_opened;
    std::promise<Result<int>> m_end;
    std::string m_text;
    std::string m_errors;
};

} // namespace

/// The calls beyond a container's life against a real dockerd and a real registry on loopback.
class TestCallsLive : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();

    void networksAreMadeJoinedAndRemoved();
    void volumesAreMadeAndPruned();
    void execSpeaksBothWays();
    void attachSpeaksBothWays();
    void filesGoInAndOut();
    void containersTellAboutThemselves();
    void imagesAreCommittedTaggedAndTold();
    void imagesGoToARegistryAndBack();
    void unusedThingsArePruned();
    void swarmIsMadeAndLeft();

private:
    Result<CommandReply> run(const Command &command)
    {
        return await<CommandReply>([&](auto done) { m_client->run(command, std::move(done)); },
                                   60s);
    }
    template<typename Asked>
    Result<typename Asked::Answer> ask(const Asked &question)
    {
        return await<typename Asked::Answer>(
            [&](auto done) { m_client->ask(question, std::move(done)); }, 60s);
    }
    /// Downloads what the question yields; the number of its bytes.
    template<typename Asked>
    Result<std::string> download(const Asked &question)
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
    Target m_web{"web", "web"};
    RealEngine m_engine;
    std::unique_ptr<http::Client> m_http;
    std::unique_ptr<Client> m_client;
};

/// QVERIFY for a result, with what went wrong; evaluates it once.
#define QVERIFY_RESULT(...)                                                                        \
    do {                                                                                           \
        const auto &verified = (__VA_ARGS__);                                                      \
        QVERIFY2(verified.has_value(), verified ? "" : verified.error().detail.c_str());           \
    } while (false)

void TestCallsLive::initTestCase()
{
    // A swarm's engine cannot keep containers running without itself.
    QVERIFY(m_engine.start({QStringLiteral("--live-restore=false")}));
    QVERIFY(m_engine.importBusybox());
    m_http = std::make_unique<http::Client>();
    m_client = std::make_unique<Client>(*m_http, m_engine.socketPath().toStdString());
    const auto created =
        run(CreateContainer{.image = image,
                            .name = "web",
                            .command = {"/bin/busybox", "sh", "-c",
                                        "trap exit TERM; while :; do busybox sleep 1; done"}});
    QVERIFY_RESULT(created);
    QVERIFY_RESULT(run(StartContainer{m_web}));
}

void TestCallsLive::cleanupTestCase()
{
    m_client.reset();
    m_http.reset();
}

void TestCallsLive::networksAreMadeJoinedAndRemoved()
{
    const CreateNetwork create{.name = "back",
                               .labels = {{"a", "1"}},
                               .pools = {{"10.99.0.0/24", "", "10.99.0.1", {}}},
                               .internal = true};
    const auto made = run(create);
    QVERIFY_RESULT(made);
    const Target network{made->text, "back"};
    QVERIFY_RESULT(run(ConnectNetwork{
        .network = network, .container = m_web, .ipAddress = "10.99.0.9", .aliases = {"db"}}));
    const auto details = ask(InspectNetwork{network});
    QVERIFY_RESULT(details);
    QVERIFY(details->internal);
    QCOMPARE(details->pools.front().gateway, "10.99.0.1"s);
    QCOMPARE(details->labels.at("a"), "1"s);
    QCOMPARE(details->members.size(), std::size_t(1));
    QCOMPARE(details->members.front().name, "web"s);
    QVERIFY(details->members.front().ipAddress.starts_with("10.99.0.9/"));
    QVERIFY(ask(ListNetworks{})->size() >= 4);
    QCOMPARE(run(RemoveNetwork{network}).error().kind, ErrorKind::Unauthorized); // in use: 403
    QVERIFY_RESULT(run(DisconnectNetwork{network, m_web}));
    QVERIFY_RESULT(run(RemoveNetwork{network}));
    // The command line that is shown makes the same.
    QStringList arguments;
    for (const std::string &argument : docker::arguments(create)) {
        arguments.append(QString::fromStdString(argument));
    }
    QVERIFY(!m_engine.docker(arguments).isEmpty());
    auto other = ask(InspectNetwork{{"back", "back"}}).value();
    QCOMPARE(other.pools, details->pools);
    QCOMPARE(other.internal, details->internal);
    QCOMPARE(other.labels, details->labels);
    QVERIFY_RESULT(run(RemoveNetwork{{"back", "back"}}));
}

void TestCallsLive::volumesAreMadeAndPruned()
{
    QCOMPARE(run(CreateVolume{.name = "data", .labels = {{"a", "1"}}})->text, "data"s);
    const auto anonymous = run(CreateVolume{});
    QVERIFY_RESULT(anonymous);
    QCOMPARE(ask(InspectVolume{{"data", "data"}})->labels.at("a"), "1"s);
    QCOMPARE(ask(ListVolumes{})->volumes.size(), std::size_t(2));
    const auto usage = ask(AskDiskUsage{});
    QVERIFY_RESULT(usage);
    QCOMPARE(usage->volumes.size(), std::size_t(2));
    QVERIFY(!usage->images.empty());
    const auto pruned = run(PruneVolumes{});
    QCOMPARE(pruned->removed, std::vector<std::string>{anonymous->text});
    QCOMPARE(run(PruneVolumes{true})->removed, std::vector<std::string>{"data"});
    QVERIFY(run(RemoveVolume{{"data", "data"}})->unchanged);
}

void TestCallsLive::execSpeaksBothWays()
{
    for (const bool tty : {false, true}) {
        Terminal terminal;
        const http::BodyPipe pipe;
        const Call call = m_client->exec(
            {.container = m_web,
             .command = {"/bin/busybox", "sh", "-c", "read a; echo got $a; echo bad >&2; exit 3"},
             .input = true,
             .tty = tty,
             .rows = 24,
             .columns = 80},
            pipe.source(), terminal.sink());
        pipe.setWake([call] { call.supply(); });
        QVERIFY(terminal.waitOpen());
        QVERIFY(pipe.write("words\n"));
        const auto status = terminal.end();
        QVERIFY_RESULT(status);
        QCOMPARE(*status, 3);
        QVERIFY2(terminal.text().contains("got words"), terminal.text().c_str());
        QCOMPARE(terminal.errors(), tty ? ""s : "bad\n"s);
    }
    // The end of the input is what `cat` waits for; much comes back.
    Terminal copy;
    const http::BodyPipe pipe;
    const Call call =
        m_client->exec({.container = m_web, .command = {"/bin/busybox", "cat"}, .input = true},
                       pipe.source(), copy.sink());
    pipe.setWake([call] { call.supply(); });
    std::string expected;
    for (int i = 0; i < 100'000; ++i) {
        expected += std::to_string(i) + "\n";
    }
    QVERIFY(pipe.write(expected));
    pipe.finish();
    QCOMPARE(copy.end().value(), 0);
    QVERIFY(copy.text() == expected);
    const auto detached = run(CreateExec{
        .container = m_web, .command = {"/bin/busybox", "touch", "/made"}, .detached = true});
    QVERIFY_RESULT(detached);
    QTRY_VERIFY(!ask(InspectExec{detached->text})->running);
    QCOMPARE(ask(InspectExec{detached->text})->exitCode, 0);
}

void TestCallsLive::attachSpeaksBothWays()
{
    QVERIFY_RESULT(run(CreateContainer{
        .image = image, .name = "cat", .command = {"/bin/busybox", "cat"}, .interactive = true}));
    const Target cat{"cat", "cat"};
    Terminal terminal;
    const http::BodyPipe pipe;
    QVERIFY_RESULT(run(StartContainer{cat}));
    const Call call =
        m_client->attach({.container = cat, .input = true}, pipe.source(), terminal.sink());
    pipe.setWake([call] { call.supply(); });
    QVERIFY(terminal.waitOpen());
    QVERIFY(pipe.write("over there\n"));
    QTest::qWait(300);
    QVERIFY_RESULT(run(KillContainer{cat, "KILL"}));
    QVERIFY_RESULT(terminal.end());
    QCOMPARE(terminal.text(), "over there\n"s);
    QVERIFY_RESULT(run(RemoveContainer{cat, true}));
}

void TestCallsLive::filesGoInAndOut()
{
    QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("big")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    for (int i = 0; i < 50; ++i) {
        file.write(QByteArray(1'000'000, static_cast<char>('a' + i % 26)));
    }
    file.close();
    const QString tar = folder.filePath(QStringLiteral("t.tar"));
    QCOMPARE(QProcess::execute(QStringLiteral("tar"),
                               {QStringLiteral("-C"), folder.path(), QStringLiteral("-cf"), tar,
                                QStringLiteral("big")}),
             0);
    QFile archive(tar);
    QVERIFY(archive.open(QIODevice::ReadOnly));
    RunOptions options;
    options.body = [&archive](std::span<char> room) -> Result<http::Given> {
        const qint64 got = archive.read(room.data(), static_cast<qint64>(room.size()));
        return http::Given{static_cast<std::size_t>(std::max<qint64>(got, 0)), got <= 0};
    };
    const auto put = await<CommandReply>([&](auto done) {
        m_client->run(PutArchive{m_web, "/"}, std::move(options), std::move(done));
    });
    QVERIFY_RESULT(put);
    const auto stat =
        await<PathStat>([&](auto done) { m_client->statPath({m_web, "/big"}, std::move(done)); });
    QVERIFY_RESULT(stat);
    QCOMPARE(stat->size, 50'000'000);
    QVERIFY(stat->isRegular);
    QVERIFY(await<PathStat>([&](auto done) {
                m_client->statPath({m_web, "/bin"}, std::move(done));
            })->isFolder);
    const auto back = download(GetArchive{m_web, "/big"});
    QVERIFY_RESULT(back);
    QVERIFY(back->size() > 50'000'000);
    QVERIFY(back->contains(std::string(1'000'000, 'b')));
    QCOMPARE(download(GetArchive{m_web, "/nothing"}).error().kind, ErrorKind::NotFound);
    QVERIFY(download(ExportContainer{m_web})->size() > 50'000'000);
    const auto changes = ask(ListChanges{m_web});
    QVERIFY_RESULT(changes);
    QVERIFY(std::ranges::contains(*changes, FileChange{"/big", ChangeKind::Added}));
}

void TestCallsLive::containersTellAboutThemselves()
{
    const auto processes = ask(TopContainer{m_web, {"-o", "pid,args"}});
    QVERIFY_RESULT(processes);
    QCOMPARE(processes->titles.front(), "PID"s);
    QVERIFY(!processes->processes.empty());
    QVERIFY_RESULT(run(UpdateContainer{.container = m_web, .cpuShares = 512}));
    QVERIFY(await<ContainerDetails>([&](auto done) {
                m_client->inspectContainer("web", std::move(done));
            })->raw.contains("\"CpuShares\":512"));
    // One without limits gets some while it runs, and others after that.
    for (const std::int64_t mebibytes : {64, 96}) {
        const std::int64_t memory = mebibytes << 20;
        QVERIFY_RESULT(run(UpdateContainer{.container = m_web,
                                           .memory = memory,
                                           .memorySwap = 2 * memory,
                                           .nanoCpus = mebibytes * 5'000'000,
                                           .pidsLimit = mebibytes}));
        const auto details = await<ContainerDetails>(
            [&](auto done) { m_client->inspectContainer("web", std::move(done)); });
        QVERIFY_RESULT(details);
        QCOMPARE(details->memoryLimit, memory);
        QCOMPARE(details->nanoCpus, mebibytes * 5'000'000);
        QCOMPARE(details->pidsLimit, mebibytes);
    }
    // What filesGoInAndOut() left in it is its own.
    const auto list = await<std::vector<ContainerSummary>>([&](auto done) {
        m_client->listContainers({.all = true, .limit = 0, .ids = {}, .filters = {}, .size = true},
                                 std::move(done));
    });
    QVERIFY_RESULT(list);
    QVERIFY(list->front().size >= 50'000'000);
}

void TestCallsLive::imagesAreCommittedTaggedAndTold()
{
    const auto committed = run(CommitContainer{.container = m_web,
                                               .image = {"docker.io/library/kept", "1", "kept:1"},
                                               .comment = "why not",
                                               .changes = {"ENV A=b"}});
    QVERIFY_RESULT(committed);
    const auto details = ask(InspectImage{{"kept:1", "kept:1"}});
    QVERIFY_RESULT(details);
    QCOMPARE(details->id, committed->text);
    QCOMPARE(details->comment, "why not"s);
    QVERIFY(std::ranges::contains(details->environment, "A=b"s));
    QVERIFY_RESULT(run(TagImage{{"kept:1", "kept:1"}, {"docker.io/library/kept", "2", "kept:2"}}));
    QCOMPARE(ask(InspectImage{{"kept:2", "kept:2"}})->tags.size(), std::size_t(2));
    QVERIFY(ask(ImageHistory{{"kept:1", "kept:1"}})->size() >= 2);
    const auto saved = download(SaveImages{{{"kept:1", "kept:1"}, {"kept:2", "kept:2"}}});
    QVERIFY_RESULT(saved);
    QVERIFY(saved->contains("manifest.json"));
    QVERIFY(run(RemoveImage{{"kept:2", "kept:2"}})->removed.front().contains("kept:2"));
}

void TestCallsLive::imagesGoToARegistryAndBack()
{
    QTemporaryDir folder;
    QFile settings(folder.filePath(QStringLiteral("registry.yml")));
    QVERIFY(settings.open(QIODevice::WriteOnly));
    settings.write("version: 0.1\nstorage:\n  filesystem:\n    rootdirectory: " +
                   folder.path().toUtf8() + "/data\nhttp:\n  addr: 127.0.0.1:5000\n");
    settings.close();
    QProcess registry;
    registry.start(QStringLiteral("docker-registry"),
                   {QStringLiteral("serve"), settings.fileName()});
    QVERIFY(registry.waitForStarted());
    QTest::qWait(1000);
    const ImageName name{"127.0.0.1:5000/kept", "1", "127.0.0.1:5000/kept:1"};
    QVERIFY_RESULT(run(TagImage{{"kept:1", "kept:1"}, name}));
    int lines = 0;
    RunOptions options;
    options.progress = [&lines](const Progress &) { ++lines; };
    const auto pushed = await<CommandReply>(
        [&](auto done) { m_client->run(PushImage{name}, std::move(options), std::move(done)); },
        60s);
    QVERIFY_RESULT(pushed);
    QVERIFY(lines > 2);
    const auto told = ask(InspectDistribution{{name.display, name.display}});
    QVERIFY_RESULT(told);
    QVERIFY(told->digest.starts_with("sha256:"));
    QVERIFY_RESULT(run(RemoveImage{{name.display, name.display}}));
    const auto pulled = run(PullImage{name});
    QVERIFY_RESULT(pulled);
    QVERIFY(ask(InspectImage{{name.display, name.display}}).has_value());
    const auto missing = run(PullImage{{"127.0.0.1:5000/missing", "1", "missing:1"}});
    QVERIFY(!missing);
    QVERIFY(!missing.error().detail.empty());
    registry.kill();
    registry.waitForFinished();
}

void TestCallsLive::unusedThingsArePruned()
{
    QVERIFY_RESULT(run(CreateContainer{.image = image, .name = "gone", .command = {"x"}}));
    QVERIFY_RESULT(run(CreateNetwork{.name = "gone"}));
    QCOMPARE(run(PruneContainers{})->removed.size(), std::size_t(1));
    QCOMPARE(run(PruneNetworks{})->removed, std::vector<std::string>{"gone"});
    QVERIFY_RESULT(run(PruneImages{true}));
    QCOMPARE(ask(InspectImage{{"kept:1", "kept:1"}}).error().kind, ErrorKind::NotFound);
    QVERIFY_RESULT(run(PruneBuildCache{}));
}

void TestCallsLive::swarmIsMadeAndLeft()
{
    const auto node = run(InitSwarm{.advertiseAddress = "127.0.0.1"});
    QVERIFY_RESULT(node);
    const auto swarm = ask(InspectSwarm{});
    QVERIFY_RESULT(swarm);
    QVERIFY(swarm->workerToken.starts_with("SWMTKN-"));
    QVERIFY_RESULT(run(UpdateSwarm{
        .version = swarm->version, .spec = swarm->spec, .settings = {.taskHistoryLimit = 7}}));
    QCOMPARE(ask(InspectSwarm{})->taskHistoryLimit, 7);
    const auto nodes = ask(ListNodes{});
    QVERIFY_RESULT(nodes);
    QCOMPARE(nodes->front().role, "manager"s);
    QVERIFY_RESULT(run(UpdateNode{.node = {nodes->front().id, "self"},
                                  .version = nodes->front().version,
                                  .spec = nodes->front().spec,
                                  .addLabels = {{"zone", "a"}}}));
    QCOMPARE(ask(InspectNode{{nodes->front().id, "self"}}).value().labels.at("zone"), "a"s);
    QVERIFY_RESULT(run(CreateSecret{.name = "s1", .data = "canary"}));
    QVERIFY_RESULT(run(CreateConfig{.name = "c1", .data = "text"}));
    QCOMPARE(ask(InspectConfig{{"c1", "c1"}})->data, "text"s);
    QCOMPARE(ask(ListSecrets{})->front().name, "s1"s);
    const auto created = run(CreateService{{.name = "svc",
                                            .image = image,
                                            .command = {"/bin/busybox", "sleep", "1000"},
                                            .replicas = 0}});
    QVERIFY_RESULT(created);
    const auto service = ask(InspectService{{"svc", "svc"}});
    QVERIFY_RESULT(service);
    QVERIFY_RESULT(run(UpdateService{.service = {"svc", "svc"},
                                     .version = service->version,
                                     .spec = service->spec,
                                     .addEnvironment = {"A=1"},
                                     .addLabels = {{"l", "x"}}}));
    QCOMPARE(ask(InspectService{{"svc", "svc"}})->labels.at("l"), "x"s);
    QVERIFY(ask(ListTasks{}).has_value());
    QVERIFY_RESULT(run(RemoveService{{"svc", "svc"}}));
    QVERIFY_RESULT(run(RemoveSecret{{"s1", "s1"}}));
    QVERIFY_RESULT(run(RemoveConfig{{"c1", "c1"}}));
    QVERIFY_RESULT(run(LeaveSwarm{true}));
}

} // namespace tst_calls_live

ROADSTEAD_GUILESS_TEST(tst_calls_live::TestCallsLive)
#include "tst_calls_live.moc"
