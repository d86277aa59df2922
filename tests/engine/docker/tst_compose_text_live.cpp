// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/docker/client.h"
#include "engine/docker/compose_text.h"
#include "engine/http/client.h"
#include "tests/support/await.h"
#include "tests/support/real_engine.h"
#include "tests/support/test_program/test_program.h"

#include <QProcess>
#include <QTest>

#include <nlohmann/json.hpp>

#include <algorithm>

namespace tst_compose_text_live {

using namespace roadstead;
using namespace roadstead::docker;
using test::await;
using Json = nlohmann::json;

namespace {

/// Without what says nothing: Compose sends null, or nothing, where the CLI sends empty lists.
Json withoutEmpty(const Json &json)
{
    if (json.is_array()) {
        Json rest = Json::array();
        std::ranges::transform(json, std::back_inserter(rest), withoutEmpty);
        return rest;
    }
    if (!json.is_object()) {
        return json;
    }
    Json rest = Json::object();
    for (const auto &[name, value] : json.items()) {
        const Json kept = withoutEmpty(value);
        if (!(kept.is_structured() && kept.empty()) && !kept.is_null() && kept != "") {
            rest[name] = kept;
        }
    }
    return rest;
}

/// `inspect` without what is of each container alone, and what Compose adds of its own.
Json comparable(Json json)
{
    for (const char *name : {"Id", "Created", "ResolvConfPath", "HostnamePath", "HostsPath",
                             "LogPath", "GraphDriver", "State"}) {
        json.erase(name);
    }
    Json &config = json["Config"];
    if (config.value("Hostname", "").size() == 12) { // of its id
        config.erase("Hostname");
    }
    config.erase("AttachStdin"); // Compose attaches when it is told to, not when it creates
    config.erase("StdinOnce");
    std::erase_if(config["Labels"].get_ref<Json::object_t &>(),
                  [](const auto &label) { return label.first.starts_with("com.docker.compose."); });
    // Compose makes mounts of most volumes, and names the service and the network's id.
    Json &host = json["HostConfig"];
    host.erase("Binds");
    if (host["Mounts"].is_array()) {
        std::erase_if(host["Mounts"].get_ref<Json::array_t &>(), [](const Json &mount) {
            return !mount.contains("TmpfsOptions") &&
                   !mount.value("VolumeOptions", Json::object()).contains("NoCopy");
        });
    }
    if (host.value("NetworkMode", "").size() == 64) {
        host["NetworkMode"] = json["NetworkSettings"]["Networks"].begin().key();
    }
    for (Json &network : json["NetworkSettings"]["Networks"]) {
        network.erase("IPAddress"); // what was asked for is in IPAMConfig
        if (network["Aliases"].is_array()) {
            std::erase(network["Aliases"].get_ref<Json::array_t &>(), Json("copy"));
        }
    }
    for (Json &mount : json["Mounts"]) {
        mount.erase("Mode");                        // "ro" is in RW, too
        if (mount.value("Name", "").size() == 64) { // a volume that the engine named
            mount["Name"] = "";
            mount["Source"] = "";
        }
    }
    for (const char *path : {"/Mounts", "/Config/Env", "/HostConfig/Mounts"}) {
        Json &list = json[Json::json_pointer(path)];
        if (list.is_array()) {
            std::sort(list.begin(), list.end());
        }
    }
    return withoutEmpty(json);
}

} // namespace

/// A container that Compose makes of its text is the one that the request makes.
class TestComposeTextLive : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void composeMakesTheSameContainer_data();
    void composeMakesTheSameContainer();

private:
    Result<CommandReply> run(const Command &command)
    {
        return await<CommandReply>([&](auto done) { m_client->run(command, std::move(done)); });
    }
    Json takeAway(const std::string &name);
    QByteArray compose(const std::string &yaml);

    std::unique_ptr<RealEngine> m_engine;
    std::unique_ptr<http::Client> m_http;
    std::unique_ptr<Client> m_client;
};

void TestComposeTextLive::initTestCase()
{
    m_engine = std::make_unique<RealEngine>();
    QVERIFY(m_engine->start());
    QVERIFY(m_engine->importBusybox());
    m_http = std::make_unique<http::Client>();
    m_client = std::make_unique<Client>(*m_http, m_engine->socketPath().toStdString());
    QVERIFY(await<Ping>([&](auto done) { m_client->negotiate(std::move(done)); }).has_value());
    QVERIFY(
        run(CreateNetwork{.name = "back", .pools = {{"10.77.0.0/16", "", "", {}}}}).has_value());
    QVERIFY(run(CreateVolume{.name = "uploads"}).has_value());
    if (m_engine->docker({QStringLiteral("compose"), QStringLiteral("version")}).isEmpty()) {
        QSKIP("no docker compose");
    }
}

void TestComposeTextLive::cleanupTestCase()
{
    m_client.reset();
    m_http.reset();
    m_engine.reset();
}

/// What `inspect` says of it, which is then removed.
Json TestComposeTextLive::takeAway(const std::string &name)
{
    const auto details = await<ContainerDetails>(
        [&](auto done) { m_client->inspectContainer(name, std::move(done)); });
    run(RemoveContainer{{name, name}, true, true});
    return details ? Json::parse(details->raw) : Json();
}

/// Makes, and does not start, what the file describes; yields what went wrong.
QByteArray TestComposeTextLive::compose(const std::string &yaml)
{
    QProcess program;
    program.setProcessChannelMode(QProcess::MergedChannels);
    program.start(QStringLiteral("docker"),
                  {QStringLiteral("--host=unix://") + m_engine->socketPath(),
                   QStringLiteral("compose"), QStringLiteral("-p"), QStringLiteral("copied"),
                   QStringLiteral("-f"), QStringLiteral("-"), QStringLiteral("create")});
    program.write(QByteArray::fromStdString(yaml));
    program.closeWriteChannel();
    const bool ended = program.waitForFinished();
    return ended && program.exitCode() == 0 ? QByteArray() : "refused: " + program.readAll();
}

void TestComposeTextLive::composeMakesTheSameContainer_data()
{
    QTest::addColumn<CreateContainer>("create");
    const auto row = [](const char *why, CreateContainer create) {
        create.image = "busybox";
        create.name = "copy";
        if (create.command.empty()) {
            create.command = {"sleep"};
        }
        QTest::newRow(why) << create;
    };
    row("nothing of its own", {});
    row("texts that YAML and Compose would read otherwise",
        {.command = {"sh", "-c", "echo \"$HOME\" ${X:-y} #no\n: 'two' \\ yes", "", "no", "0x10",
                     "~"},
         .environment = {"A=b c", "PASSWORD=$ecret$$", "EMPTY=", "LINES=a\nb\tc", "WORD=größe ⚓",
                         "TURN=a\u202eb", "NUMBER=010", "COLON=a: b"},
         .labels = {{"a.b/c", "yes"}, {"number", "1"}, {"json", R"({"a":["b"]})"}},
         .hostname = "on",
         .user = "1000:1000",
         .workingFolder = "/tmp/a b"});
    row("process", {.command = {"sleep"},
                    .tty = true,
                    .interactive = true,
                    .entrypoint = "/bin/sh",
                    .stopSignal = "SIGINT",
                    .stopTimeout = 90,
                    .health = {.command = "test -e \"$HOME\"",
                               .interval = std::chrono::seconds(90),
                               .timeout = std::chrono::milliseconds(2500),
                               .startPeriod = std::chrono::seconds(5),
                               .retries = 4},
                    .restart = {"on-failure", 3},
                    .init = true});
    row("no check and no entry point",
        {.command = {"sleep"}, .entrypoint = "", .health = {.isDisabled = true}});
    row("ports and a network",
        {.ports = {{"127.0.0.1", "18080", "80", "tcp"}, {"", "15353", "53", "udp"}},
         .networks = {{.target = "back", .aliases = {"api", "on"}, .ipv4Address = "10.77.3.4"}},
         .exposedPorts = {"9000/tcp"},
         .dnsServers = {"9.9.9.9"},
         .dnsOptions = {"ndots:2"},
         .dnsSearch = {"example.org"},
         .extraHosts = {"db:10.1.2.3"}});
    row("no network", {.networks = {{.target = "none"}}});
    row("storage",
        {.volumes = {"uploads:/srv:ro", "/tmp:/host", "/cache"},
         .mounts = {{.type = "bind", .source = "/usr", .target = "/up", .isReadOnly = true},
                    {.type = "volume",
                     .source = "uploads",
                     .target = "/up2",
                     .volume = reference::VolumeOptions{.withoutCopy = true}},
                    {.type = "tmpfs",
                     .target = "/fast",
                     .tmpfs = reference::TmpfsOptions{.bytes = 1 << 20, .mode = 0700}}},
         .tmpfs = {{"/t", "size=64k"}, {"/u", ""}},
         .isReadOnly = true});
    row("security and namespaces", {.addedCapabilities = {"CAP_NET_ADMIN"},
                                    .droppedCapabilities = {"CAP_CHOWN"},
                                    .securityOptions = {{"no-new-privileges", {}}},
                                    .groups = {"10", "audio"},
                                    .isolation = {.processes = "host",
                                                  .names = "host",
                                                  .controlGroup = "host",
                                                  .communication = "shareable"},
                                    .devices = {{"/dev/null", "/dev/nothing", "rw"}},
                                    .deviceRules = {"c 1:3 rwm"},
                                    .sysctls = {{"net.ipv4.ip_forward", "1"}}});
    row("limits", {.limits = {.memory = 64LL << 20,
                              .memoryReservation = 32LL << 20,
                              .memorySwap = -1,
                              .outOfMemoryScore = 200,
                              .processors = 1'500'000'000,
                              .cpuShares = 512,
                              .cpus = "0",
                              .processes = 100,
                              .ulimits = {{"nofile", 1024, 2048}},
                              .sharedMemory = 8LL << 20}});
    row("logs", {.logDriver = "json-file", .logOptions = {{"max-size", "10m"}, {"max-file", "3"}}});
}

void TestComposeTextLive::composeMakesTheSameContainer()
{
    QFETCH(CreateContainer, create);
    const auto made = run(create);
    QVERIFY2(made.has_value(), made ? "" : made.error().detail.c_str());
    const Json expected = takeAway("copy");
    const ComposeText text = composeText(create);
    QVERIFY(text.unsaid.empty());
    const QByteArray problem = compose(text.yaml);
    QVERIFY2(problem.isEmpty(), (problem + QByteArray::fromStdString(text.yaml)).constData());
    const Json found = takeAway("copy");
    QVERIFY(!found.is_null());
    std::string differences;
    for (const Json &change : Json::diff(comparable(expected), comparable(found))) {
        differences += change.dump() + "\n";
    }
    QVERIFY2(differences.empty(), (differences + text.yaml).c_str());
}

} // namespace tst_compose_text_live

ROADSTEAD_GUILESS_TEST(tst_compose_text_live::TestComposeTextLive)
#include "tst_compose_text_live.moc"
