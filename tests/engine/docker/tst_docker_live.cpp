// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/docker/client.h"
#include "engine/http/client.h"
#include "tests/support/await.h"
#include "tests/support/test_program/test_program.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

#include <condition_variable>
#include <mutex>

#include <signal.h>

namespace tst_docker_live {

using namespace roadstead;
using namespace roadstead::docker;
using namespace std::chrono_literals;
using namespace std::string_literals;
using test::await;

namespace {

const std::string image = "roadstead-test:latest";

/// Events as they come, to be waited for.
class EventLog
{
public:
    EventSink sink()
    {
        return {.opened =
                    [this] {
                        const std::scoped_lock lock(m_mutex);
                        m_open = true;
                        m_changed.notify_all();
                    },
                .event =
                    [this](const Event &event) {
                        const std::scoped_lock lock(m_mutex);
                        m_events.push_back(event);
                        m_changed.notify_all();
                        return Flow::Continue;
                    },
                .end =
                    [this](const Result<void> &result) {
                        const std::scoped_lock lock(m_mutex);
                        m_end = result;
                        m_changed.notify_all();
                    }};
    }

    bool waitOpen()
    {
        std::unique_lock lock(m_mutex);
        return m_changed.wait_for(lock, 10s, [this] { return m_open; });
    }
    bool waitFor(const std::string &action, const std::string &actor)
    {
        std::unique_lock lock(m_mutex);
        return m_changed.wait_for(lock, 10s, [&] {
            return std::ranges::any_of(m_events, [&](const Event &event) {
                return event.action == action && event.actor == actor;
            });
        });
    }
    std::optional<Result<void>> waitEnd()
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait_for(lock, 10s, [this] { return m_end.has_value(); });
        return m_end;
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::vector<Event> m_events;
    std::optional<Result<void>> m_end;
    bool m_open = false;
};

} // namespace

/// The client against a real dockerd, with an image of busybox that is made here.
class TestDockerLive : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void cleanup();

    void engineTellsAboutItself();
    void containerLivesThroughEveryCommand();
    void createdOptionsAreSeenByInspect();
    void logsComeWithAndWithoutTerminal();
    void errorsCarryTheEnginesWords();
    void imageIsLoadedAndRemoved();
    void fileThatIsNoImageFailsToLoad();
    void eventsEndWhenTheEngineStops();

private:
    void startEngine();
    Result<CommandReply> run(const Command &command)
    {
        return await<CommandReply>([&](auto done) { m_client->run(command, std::move(done)); });
    }
    Result<std::vector<ContainerSummary>> list()
    {
        return await<std::vector<ContainerSummary>>(
            [&](auto done) { m_client->listContainers({}, std::move(done)); });
    }
    Result<ContainerDetails> inspect(const std::string &id)
    {
        return await<ContainerDetails>(
            [&](auto done) { m_client->inspectContainer(id, std::move(done)); });
    }
    QByteArray docker(const QStringList &arguments);

    QTemporaryDir m_folder;
    QProcess m_engine;
    std::unique_ptr<http::Client> m_http;
    std::unique_ptr<Client> m_client;
};

void TestDockerLive::startEngine()
{
    QVERIFY(m_folder.isValid());
    const QString socket = m_folder.filePath(QStringLiteral("engine.sock"));
    m_engine.setProcessChannelMode(QProcess::MergedChannels);
    m_engine.setStandardOutputFile(m_folder.filePath(QStringLiteral("engine.log")));
    m_engine.start(QStringLiteral("dockerd"),
                   {QStringLiteral("--host"), QStringLiteral("unix://") + socket,
                    QStringLiteral("--data-root"), QStringLiteral("/var/lib/docker/test"),
                    QStringLiteral("--exec-root"), m_folder.filePath(QStringLiteral("exec")),
                    QStringLiteral("--pidfile"), m_folder.filePath(QStringLiteral("pid")),
                    QStringLiteral("--bridge=none"), QStringLiteral("--iptables=false"),
                    QStringLiteral("--ip6tables=false")});
    QVERIFY(m_engine.waitForStarted());
    m_client = std::make_unique<Client>(*m_http, socket.toStdString());
    const auto answers = [this] {
        return await<Ping>([&](auto done) { m_client->negotiate(std::move(done)); }).has_value();
    };
    QVERIFY(QTest::qWaitFor(answers, 60000));
}

QByteArray TestDockerLive::docker(const QStringList &arguments)
{
    QProcess cli;
    cli.start(
        QStringLiteral("docker"),
        QStringList{QStringLiteral("--host"),
                    QStringLiteral("unix://") + m_folder.filePath(QStringLiteral("engine.sock"))} +
            arguments);
    if (!cli.waitForFinished(60000) || cli.exitCode() != 0) {
        qWarning() << arguments << cli.readAllStandardError();
    }
    return cli.readAllStandardOutput().trimmed();
}

void TestDockerLive::initTestCase()
{
    m_http = std::make_unique<http::Client>();
    startEngine();
    // A root file system of one program and its names.
    QDir root(m_folder.filePath(QStringLiteral("root")));
    QVERIFY(root.mkpath(QStringLiteral("bin")));
    const QString busybox = QStandardPaths::findExecutable(QStringLiteral("busybox"));
    QVERIFY(QFile::copy(busybox, root.filePath(QStringLiteral("bin/busybox"))));
    for (const QString &name :
         {QStringLiteral("sh"), QStringLiteral("sleep"), QStringLiteral("echo")}) {
        QVERIFY(
            QFile::link(QStringLiteral("busybox"), root.filePath(QStringLiteral("bin/") + name)));
    }
    const QString tar = m_folder.filePath(QStringLiteral("root.tar"));
    QCOMPARE(
        QProcess::execute(QStringLiteral("tar"), {QStringLiteral("-C"), root.path(),
                                                  QStringLiteral("-cf"), tar, QStringLiteral(".")}),
        0);
    QVERIFY(docker({QStringLiteral("import"), tar, QString::fromStdString(image)})
                .startsWith("sha256:"));
}

void TestDockerLive::cleanupTestCase()
{
    m_client.reset();
    m_http.reset();
    m_engine.terminate();
    if (!m_engine.waitForFinished(30000)) {
        m_engine.kill();
        m_engine.waitForFinished();
    }
}

void TestDockerLive::cleanup()
{
    const auto containers = list();
    if (!containers) {
        return;
    }
    for (const ContainerSummary &container : *containers) {
        run(RemoveContainer{{container.id, container.name}, true, true});
    }
}

void TestDockerLive::engineTellsAboutItself()
{
    const auto version =
        await<EngineVersion>([&](auto done) { m_client->version(std::move(done)); });
    QVERIFY2(version.has_value(), version ? "" : version.error().detail.c_str());
    QVERIFY(!version->version.empty());
    QVERIFY(version->api >= m_client->api());
    QCOMPARE(version->os, "linux"s);
    QVERIFY(!version->podman);
    const auto info = await<EngineInfo>([&](auto done) { m_client->info(std::move(done)); });
    QVERIFY2(info.has_value(), info ? "" : info.error().detail.c_str());
    QCOMPARE(info->dataRoot, "/var/lib/docker/test"s);
    QVERIFY(info->cpus > 0);
    QVERIFY(info->memory > 0);
    QCOMPARE(info->images, 1);
}

void TestDockerLive::containerLivesThroughEveryCommand()
{
    EventLog events;
    const Call eventCall = m_client->events({}, events.sink());
    QVERIFY(events.waitOpen());

    const auto created = run(CreateContainer{.image = image,
                                             .name = "web",
                                             .command = {"sleep", "1000"},
                                             .environment = {},
                                             .labels = {},
                                             .ports = {},
                                             .networks = {{.target = "none"}}});
    QVERIFY2(created.has_value(), created ? "" : created.error().detail.c_str());
    const Target target{created->text, "web"};
    QVERIFY(events.waitFor("create", target.reference));
    QCOMPARE(inspect("web")->state, ContainerState::Created);

    QVERIFY(!run(StartContainer{target})->unchanged);
    QVERIFY(events.waitFor("start", target.reference));
    QVERIFY(run(StartContainer{target})->unchanged);
    auto containers = list();
    QCOMPARE(containers->size(), std::size_t(1));
    QCOMPARE(containers->front().id, target.reference);
    QCOMPARE(containers->front().name, "web"s);
    QCOMPARE(containers->front().image, image);
    QCOMPARE(containers->front().state, ContainerState::Running);
    QVERIFY(inspect(target.reference)->pid > 0);

    QVERIFY(run(PauseContainer{target}).has_value());
    QCOMPARE(inspect(target.reference)->state, ContainerState::Paused);
    QVERIFY(run(UnpauseContainer{target}).has_value());
    QVERIFY(run(RestartContainer{target, 0}).has_value());
    QVERIFY(events.waitFor("restart", target.reference));
    QVERIFY(run(RenameContainer{target, "shop"}).has_value());
    QCOMPARE(inspect(target.reference)->name, "shop"s);

    QVERIFY(run(KillContainer{target, "KILL"}).has_value());
    const auto exitCode = await<int>([&](auto done) {
        m_client->waitContainer(target.reference, WaitCondition::NotRunning, std::move(done));
    });
    QCOMPARE(exitCode.value(), 137);
    QVERIFY(events.waitFor("die", target.reference));
    containers = list();
    QCOMPARE(containers->front().state, ContainerState::Exited);
    QCOMPARE(containers->front().exitCode, std::optional<int>(137));
    QVERIFY(run(StopContainer{target, 1})->unchanged);

    QVERIFY(run(RemoveContainer{target}).has_value());
    QVERIFY(events.waitFor("destroy", target.reference));
    QVERIFY(run(RemoveContainer{target})->unchanged);
    QVERIFY(list()->empty());

    eventCall.cancel();
    const auto end = events.waitEnd();
    QVERIFY(end.has_value());
    QCOMPARE(end->error().kind, ErrorKind::Cancelled);
}

void TestDockerLive::createdOptionsAreSeenByInspect()
{
    const CreateContainer create{.image = image,
                                 .name = "options",
                                 .command = {"sleep", "a b", "$c", "d'e"},
                                 .environment = {"A=b c", "EMPTY="},
                                 .labels = {{"com.example", "x=y"}, {"empty", ""}},
                                 .ports = {},
                                 .networks = {{.target = "none"}},
                                 .tty = true};
    const auto byRequest = run(create);
    QVERIFY2(byRequest.has_value(), byRequest ? "" : byRequest.error().detail.c_str());
    const auto first = inspect("options").value();
    QCOMPARE(first.command, create.command);
    QVERIFY(std::ranges::contains(first.environment, "A=b c"s));
    QCOMPARE(first.labels.at("com.example"), "x=y"s);
    QVERIFY(first.tty);
    QVERIFY(run(RemoveContainer{{byRequest->text, "options"}, true}).has_value());

    // The command line that is shown does the same.
    QProcess shell;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("DOCKER_HOST"),
                       QStringLiteral("unix://") +
                           m_folder.filePath(QStringLiteral("engine.sock")));
    shell.setProcessEnvironment(environment);
    shell.start(QStringLiteral("sh"),
                {QStringLiteral("-c"), QString::fromStdString(commandLine(arguments(create)))});
    QVERIFY(shell.waitForFinished());
    QVERIFY2(shell.exitCode() == 0, shell.readAllStandardError().constData());
    const auto second = inspect("options").value();
    QCOMPARE(second.command, first.command);
    QVERIFY(std::ranges::is_permutation(second.environment, first.environment)); // in any order
    QCOMPARE(second.labels, first.labels);
    QCOMPARE(second.tty, first.tty);
    QCOMPARE(second.restartPolicy, first.restartPolicy);
}

void TestDockerLive::logsComeWithAndWithoutTerminal()
{
    for (const bool tty : {false, true}) {
        const auto created = run(CreateContainer{.image = image,
                                                 .name = {},
                                                 .command = {"sh", "-c", "echo out; echo err >&2"},
                                                 .environment = {},
                                                 .labels = {},
                                                 .ports = {},
                                                 .networks = {{.target = "none"}},
                                                 .tty = tty});
        const Target target{created->text, created->text};
        QVERIFY(run(StartContainer{target}).has_value());
        const auto code = await<int>([&](auto done) {
            m_client->waitContainer(target.reference, WaitCondition::NotRunning, std::move(done));
        });
        QCOMPARE(code.value(), 0);
        const auto text = await<std::string>(
            [&](auto done) { m_client->logTail(target.reference, 10, std::move(done)); });
        // Without a terminal the two streams are two pipes, and which is read first is chance.
        const bool turned = !tty && text.value().starts_with("err");
        QCOMPARE(text.value(), tty ? "out\r\nerr\r\n"s : turned ? "err\nout\n"s : "out\nerr\n"s);
    }
}

void TestDockerLive::errorsCarryTheEnginesWords()
{
    const auto missing = inspect("nothing");
    QCOMPARE(missing.error().kind, ErrorKind::NotFound);
    QCOMPARE(missing.error().operation, "container.inspect"s);
    QVERIFY(missing.error().detail.contains("No such container"));
    const auto noImage = run(CreateContainer{.image = "no-such-image:1"});
    QCOMPARE(noImage.error().kind, ErrorKind::NotFound);
    QVERIFY(
        run(CreateContainer{.image = image, .name = "twice", .command = {"sleep"}}).has_value());
    const auto taken = run(CreateContainer{.image = image, .name = "twice", .command = {"sleep"}});
    QCOMPARE(taken.error().kind, ErrorKind::Conflict);
}

void TestDockerLive::imageIsLoadedAndRemoved()
{
    const QString archive = m_folder.filePath(QStringLiteral("image.tar"));
    docker(
        {QStringLiteral("tag"), QString::fromStdString(image), QStringLiteral("loaded/again:1")});
    docker(
        {QStringLiteral("save"), QStringLiteral("-o"), archive, QStringLiteral("loaded/again:1")});
    const auto removed = run(RemoveImage{{"loaded/again:1", "loaded/again:1"}});
    QVERIFY2(removed.has_value(), removed ? "" : removed.error().detail.c_str());
    qint64 reported = 0;
    const auto loaded = await<CommandReply>([&](auto done) {
        m_client->run(LoadImage{archive.toStdString()}, std::move(done),
                      [&reported](const Progress &progress) { reported = progress.current; });
    });
    QVERIFY2(loaded.has_value(), loaded ? "" : loaded.error().detail.c_str());
    QVERIFY2(loaded->text.contains("loaded/again:1"), loaded->text.c_str());
    QCOMPARE(reported, QFile(archive).size());
    const auto images =
        await<std::vector<ImageSummary>>([&](auto done) { m_client->listImages(std::move(done)); });
    QVERIFY(std::ranges::any_of(*images, [](const ImageSummary &summary) {
        return std::ranges::contains(summary.tags, "loaded/again:1"s) && summary.size > 0;
    }));
}

void TestDockerLive::fileThatIsNoImageFailsToLoad()
{
    const QString rubbish = m_folder.filePath(QStringLiteral("rubbish.tar"));
    QFile file(rubbish);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(100'000, 'x'));
    file.close();
    const auto loaded = run(LoadImage{rubbish.toStdString()});
    QVERIFY(!loaded.has_value());
    QVERIFY(!loaded.error().detail.empty());
    QCOMPARE(run(LoadImage{"/nonexistent"}).error().kind, ErrorKind::Io);
}

void TestDockerLive::eventsEndWhenTheEngineStops()
{
    EventLog events;
    m_client->events({}, events.sink());
    QVERIFY(events.waitOpen());
    m_engine.kill();
    QVERIFY(m_engine.waitForFinished());
    const auto end = events.waitEnd();
    QVERIFY(end.has_value());
    QCOMPARE(end->error().kind, ErrorKind::ConnectionLost);
    QCOMPARE(list().error().kind, ErrorKind::Refused);
}

} // namespace tst_docker_live

ROADSTEAD_GUILESS_TEST(tst_docker_live::TestDockerLive)
#include "tst_docker_live.moc"
