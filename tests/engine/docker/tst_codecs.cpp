// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/docker/api_version.h"
#include "engine/docker/capabilities.h"
#include "engine/docker/client.h"
#include "engine/docker/codecs.h"
#include "engine/docker/display.h"
#include "tests/support/test_program/test_program.h"

#include <QTest>

namespace tst_codecs {

using namespace roadstead;
using namespace roadstead::docker;
using namespace std::string_literals;

class TestCodecs : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void versionsAreReadStrictly();
    void containerListIsDecoded();
    void containerListRefuses_data();
    void containerListRefuses();
    void theHealthCheckOfAContainerIsRead_data();
    void theHealthCheckOfAContainerIsRead();
    void statusTextTellsHealthAndExit_data();
    void statusTextTellsHealthAndExit();
    void detailsAreDecoded();
    void whatAnEngineCanDoIsToldFromWhatItSays();
    void depthIsLimitedEverywhere();
    void errorRepliesBecomeKinds_data();
    void errorRepliesBecomeKinds();
    void agesAreShownWhateverTheEngineSays();
    void portsAreShownAsTheCliShowsThem();
};

void TestCodecs::versionsAreReadStrictly()
{
    QCOMPARE(parseApiVersion("1.45"), ApiVersion{45});
    QCOMPARE(parseApiVersion("1.999"), ApiVersion{999});
    for (const char *refused : {"", "1", "1.", "1.a", "v1.45", "01.45", "1.45 ", "2.0", "1.1000",
                                "1.-5", "1.4.5", "1.45/../x"}) {
        QVERIFY2(!parseApiVersion(refused), refused);
    }
    QCOMPARE(negotiatedVersion("").value(), oldestApi);
    QCOMPARE(negotiatedVersion("1.30").value(), ApiVersion{30});
    QCOMPARE(negotiatedVersion("1.99").value(), newestApi);
    QCOMPARE(negotiatedVersion("1.23").error().kind, ErrorKind::UnsupportedVersion);
    QCOMPARE(negotiatedVersion("garbage").error().kind, ErrorKind::UnsupportedVersion);
}

void TestCodecs::containerListIsDecoded()
{
    const auto list = decodeContainerList(R"json([
      {"Id":"a1","Names":["/other/alias","/web"],"Image":"nginx","ImageID":"sha256:b","Command":"run",
       "Created":1700000000,"State":"running","Status":"Up 2 hours (unhealthy)","SizeRw":15,"SizeRootFs":150,"Weight":1.5,
       "Ports":[{"IP":"0.0.0.0","PrivatePort":80,"PublicPort":8080,"Type":"tcp"},
                {"PrivatePort":65535,"Type":"udp"}],
       "Labels":{"a":"1","b":""},"HostConfig":{"NetworkMode":"default","Annotations":{"Id":5}},
       "NetworkSettings":{"Networks":{"front":{"IPAddress":"1.2.3.4","DriverOpts":null},"back":null}},
       "Mounts":[{"Type":"volume","Id":7}],"Future":[[{"Id":1}]]},
      {"Id":"a2","Names":null,"Labels":null,"Ports":null,"NetworkSettings":null,"State":"exited",
       "Status":"Exited (137) 3 days ago"}])json");
    QVERIFY2(list.has_value(), list ? "" : list.error().detail.c_str());
    QCOMPARE(list->size(), std::size_t(2));
    const ContainerSummary &web = list->front();
    QCOMPARE(web.name, "web"s);
    QCOMPARE(web.created, 1'700'000'000);
    QCOMPARE(web.size, 15);
    QCOMPARE(web.rootFsSize, 150);
    QCOMPARE(web.state, ContainerState::Running);
    QCOMPARE(web.health, Health::Unhealthy);
    QCOMPARE(web.ports, (std::vector<Port>{{"0.0.0.0", 80, 8080, "tcp"}, {"", 65535, 0, "udp"}}));
    QCOMPARE(web.labels, (std::map<std::string, std::string>{{"a", "1"}, {"b", ""}}));
    QCOMPARE(web.networks, (std::vector<std::string>{"front", "back"}));
    QCOMPARE(list->back().exitCode, std::optional<int>(137));
    QVERIFY(list->back().ports.empty());
    QCOMPARE(list->back().size, -1);
    QVERIFY(decodeContainerList("null")->empty());
    QVERIFY(decodeContainerList(" [] \n")->empty());
    QCOMPARE(decodeContainerList("[{\"Id\":\"x\",\"Image\":\"\xff\"}]")->front().image, "\uFFFD"s);
}

void TestCodecs::containerListRefuses_data()
{
    QTest::addColumn<std::string>("json");
    QTest::newRow("nothing") << ""s;
    QTest::newRow("an object") << "{}"s;
    QTest::newRow("cut") << R"([{"Id":"a"})"s;
    QTest::newRow("two documents") << R"([{"Id":"a"}][])"s;
    QTest::newRow("something behind a NUL") << R"([{"Id":"a"}])"s + '\0' + "[";
    QTest::newRow("a NUL at the end") << R"([{"Id":"a"}])"s + '\0';
    QTest::newRow("no id") << R"([{"Names":["/a"]}])"s;
    QTest::newRow("a null container") << "[null]"s;
    QTest::newRow("a number for a container") << "[5]"s;
    QTest::newRow("id of a wrong type") << R"([{"Id":5}])"s;
    QTest::newRow("names of a wrong type") << R"([{"Id":"a","Names":"x"}])"s;
    QTest::newRow("name of a wrong type") << R"([{"Id":"a","Names":[5]}])"s;
    QTest::newRow("label of a wrong type") << R"([{"Id":"a","Labels":{"x":1}}])"s;
    QTest::newRow("port out of range") << R"([{"Id":"a","Ports":[{"PrivatePort":65536}]}])"s;
    QTest::newRow("negative port") << R"([{"Id":"a","Ports":[{"PublicPort":-1}]}])"s;
    QTest::newRow("port that is a number") << R"([{"Id":"a","Ports":[80]}])"s;
    QTest::newRow("fraction for an integer") << R"([{"Id":"a","Created":1.5}])"s;
    QTest::newRow("integer beyond 64 bits") << R"([{"Id":"a","Created":18446744073709551615}])"s;
    QTest::newRow("networks of a wrong type") << R"([{"Id":"a","NetworkSettings":[]}])"s;
}

void TestCodecs::containerListRefuses()
{
    QFETCH(std::string, json);
    const auto list = decodeContainerList(json);
    QVERIFY(!list.has_value());
    QCOMPARE(list.error().kind, ErrorKind::MalformedReply);
    QVERIFY(!list.error().detail.empty());
}

void TestCodecs::theHealthCheckOfAContainerIsRead_data()
{
    using namespace std::chrono_literals;
    QTest::addColumn<std::string>("health");
    QTest::addColumn<HealthOptions>("expected");
    QTest::newRow("none") << "null"s << HealthOptions{};
    QTest::newRow("switched off") << R"({"Test":["NONE"]})"s << HealthOptions{.isDisabled = true};
    QTest::newRow("for the shell, with times")
        << R"({"Test":["CMD-SHELL","curl -f http://x || exit 1"],"Interval":10000000000,
               "Timeout":3000000000,"StartPeriod":2000000000,"StartInterval":500000000,"Retries":5})"s
        << HealthOptions{.command = "curl -f http://x || exit 1",
                         .interval = 10s,
                         .timeout = 3s,
                         .startPeriod = 2s,
                         .startInterval = 500ms,
                         .retries = 5};
    QTest::newRow("words") << R"({"Test":["CMD","test","-f","/a b"]})"s
                           << HealthOptions{.command = "test -f '/a b'"};
    QTest::newRow("the image's, with other times")
        << R"({"Test":[],"Retries":1})"s << HealthOptions{.retries = 1};
}

void TestCodecs::theHealthCheckOfAContainerIsRead()
{
    QFETCH(std::string, health);
    QFETCH(HealthOptions, expected);
    const auto details =
        decodeContainerDetails(R"({"Id":"a","Config":{"Healthcheck":)" + health + "}}");
    QVERIFY2(details.has_value(), details ? "" : details.error().detail.c_str());
    QCOMPARE(details->healthCheck, expected);
}

void TestCodecs::statusTextTellsHealthAndExit_data()
{
    QTest::addColumn<std::string>("status");
    QTest::addColumn<Health>("health");
    QTest::addColumn<std::optional<int>>("exitCode");
    const std::optional<int> none;
    QTest::newRow("running") << "Up 3 hours"s << Health::None << none;
    QTest::newRow("healthy") << "Up 3 hours (healthy)"s << Health::Healthy << none;
    QTest::newRow("unhealthy") << "Up 3 hours (unhealthy)"s << Health::Unhealthy << none;
    QTest::newRow("starting") << "Up 1 second (health: starting)"s << Health::Starting << none;
    QTest::newRow("exited") << "Exited (0) 2 days ago"s << Health::None << std::optional<int>(0);
    QTest::newRow("number too long") << "Exited (99999999999) ago"s << Health::None << none;
    QTest::newRow("no number") << "Exited () ago"s << Health::None << none;
    QTest::newRow("cut") << "Exited (13"s << Health::None << none;
}

void TestCodecs::statusTextTellsHealthAndExit()
{
    QFETCH(std::string, status);
    QFETCH(Health, health);
    QFETCH(std::optional<int>, exitCode);
    ContainerSummary container;
    container.status = status;
    readStatusText(container);
    QCOMPARE(container.health, health);
    QCOMPARE(container.exitCode, exitCode);
}

void TestCodecs::detailsAreDecoded()
{
    const std::string json = R"({"Id":"a1","Name":"/web","Created":"2024-01-02T03:04:05Z",
      "State":{"Status":"exited","ExitCode":137,"OOMKilled":true,"Error":"boom","Pid":0,
        "Health":{"Status":"unhealthy","FailingStreak":3,"Log":[
          {"Start":"s","End":"e","ExitCode":1,"Output":"no"}]}},
      "Config":{"Image":"nginx","Entrypoint":"/run","Cmd":["a","b"],"Env":["A=1"],"Tty":true,"Labels":null},
      "HostConfig":{"Memory":1024,"CpuQuota":50000,"CpuPeriod":100000,"PidsLimit":null,
        "RestartPolicy":{"Name":"on-failure","MaximumRetryCount":3}},
      "Mounts":[{"Type":"volume","Name":"v","Source":"/s","Destination":"/d","RW":true}],
      "NetworkSettings":{"Ports":{"80/tcp":[{"HostIp":"::","HostPort":"8080"}],"443/tcp":null},
        "Networks":{"front":{"IPAddress":"1.2.3.4","Aliases":["w"]}}}})";
    const auto details = decodeContainerDetails(json);
    QVERIFY2(details.has_value(), details ? "" : details.error().detail.c_str());
    QCOMPARE(details->name, "web"s);
    QCOMPARE(details->state, ContainerState::Exited);
    QVERIFY(details->oomKilled);
    QCOMPARE(details->health, Health::Unhealthy);
    QCOMPARE(details->healthLog.front().output, "no"s);
    QCOMPARE(details->entrypoint, std::vector<std::string>{"/run"});
    QCOMPARE(details->nanoCpus, 500'000'000);
    QCOMPARE(details->restartMaximum, 3);
    QCOMPARE(details->ports, (std::vector<Port>{{"", 443, 0, "tcp"}, {"::", 80, 8080, "tcp"}}));
    QCOMPARE(details->mounts.front(), (Mount{"volume", "v", "/s", "/d", true}));
    QCOMPARE(details->networks.front().aliases, std::vector<std::string>{"w"});
    QCOMPARE(details->raw, json);
    QVERIFY(!decodeContainerDetails("{}").has_value());
    QVERIFY(!decodeContainerDetails(R"({"Id":"a","State":[]})").has_value());
    QVERIFY(!decodeContainerDetails(R"({"Id":"a","Config":{"Env":[1]}})").has_value());
}

void TestCodecs::whatAnEngineCanDoIsToldFromWhatItSays()
{
    const auto of = [](std::string_view versionJson, std::string_view infoJson) {
        const auto version = decodeVersion(versionJson);
        const auto info = decodeInfo(infoJson);
        return version && info ? capabilitiesOf(*version, *info) : Capabilities{.podman = true};
    };
    const Capabilities system =
        of(R"({"ApiVersion":"1.45","Os":"linux"})",
           R"({"Swarm":{"LocalNodeState":"active","ControlAvailable":true},"ExperimentalBuild":true,
               "SecurityOptions":["name=seccomp,profile=builtin","name=cgroupns"]})");
    QCOMPARE(system, (Capabilities{.buildKit = true,
                                   .swarm = true,
                                   .swarmManager = true,
                                   .checkpoint = true,
                                   .plugins = true}));
    const Capabilities rootless = of(
        R"({"ApiVersion":"1.45","Os":"linux"})",
        R"({"Swarm":{"LocalNodeState":"inactive"},"SecurityOptions":["name=seccomp","name=rootless"]})");
    QCOMPARE(rootless,
             (Capabilities{.buildKit = true, .swarm = true, .plugins = true, .rootless = true}));
    const Capabilities old = of(R"({"ApiVersion":"1.28","Os":"linux"})",
                                R"({"SecurityOptions":[{"Key":"Name","Value":"seccomp"}]})");
    QCOMPARE(old, (Capabilities{.swarm = true, .plugins = true}));
    const Capabilities podman =
        of(R"({"ApiVersion":"1.41","Os":"linux","Components":[{"Name":"Podman Engine"}]})",
           R"({"ExperimentalBuild":true,"SecurityOptions":["name=rootless"]})");
    QCOMPARE(podman, (Capabilities{.rootless = true, .podman = true}));
}

void TestCodecs::depthIsLimitedEverywhere()
{
    const auto nested = [](int depth) {
        const auto count = static_cast<std::size_t>(depth);
        return std::string(count, '[') + std::string(count, ']');
    };
    const auto container = [&](int depth) { return R"([{"Id":"a","X":)" + nested(depth) + "}]"; };
    QVERIFY(decodeContainerList(container(62)).has_value());
    QVERIFY(!decodeContainerList(container(63)).has_value());
    QVERIFY(!decodeContainerList(std::string(100'000, '[')).has_value());
    QVERIFY(!decodeContainerDetails(R"({"Id":"a"})"s + '\0' + "}").has_value());
    QVERIFY(!decodeImageList(std::string(100'000, '[')).has_value());
    QVERIFY(!decodeInfo(R"({"X":)" + nested(64) + "}").has_value());
    QVERIFY(decodeInfo(R"({"X":"[[[[","Y":)" + nested(63) + "}").has_value());
    QCOMPARE(decodeErrorMessage(std::string(100'000, '[')).size(), std::size_t(16384));
}

void TestCodecs::errorRepliesBecomeKinds_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<std::string>("body");
    QTest::addColumn<ErrorKind>("kind");
    QTest::addColumn<std::string>("detail");
    const auto row = [](const char *reason, int status, const std::string &body, ErrorKind kind,
                        const std::string &detail) {
        QTest::newRow(reason) << status << body << kind << detail;
    };
    row("JSON", 409, R"({"message":"name in use"})", ErrorKind::Conflict, "name in use");
    row("text", 500, "boom\n", ErrorKind::EngineFailed, "boom");
    row("HTML stays text", 502, "<html>x</html>", ErrorKind::EngineFailed, "<html>x</html>");
    row("empty", 500, "", ErrorKind::EngineFailed, "");
    row("message that is an object", 500, R"({"message":{"a":1}})", ErrorKind::EngineFailed, "");
    row("null", 404, "null", ErrorKind::NotFound, "");
    row("Podman's cause", 404, R"({"cause":"no such container","message":"","response":404})",
        ErrorKind::NotFound, "no such container");
    row("bad request", 400, R"({"message":"invalid"})", ErrorKind::BadRequest, "invalid");
    row("client too old", 400, R"({"message":"client version 1.24 is too old."})",
        ErrorKind::UnsupportedVersion, "client version 1.24 is too old.");
    row("forbidden", 403, "", ErrorKind::Unauthorized, "");
    row("unavailable", 503, "", ErrorKind::EngineFailed, "");
    row("full disk", 500, R"({"message":"write /x: no space left on device"})", ErrorKind::DiskFull,
        "write /x: no space left on device");
    row("redirect", 301, "", ErrorKind::MalformedReply, "");
    row("bytes that are no text", 500, "\xff\xfe", ErrorKind::EngineFailed, "\uFFFD\uFFFD");
}

void TestCodecs::errorRepliesBecomeKinds()
{
    QFETCH(int, status);
    QFETCH(std::string, body);
    QFETCH(ErrorKind, kind);
    QFETCH(std::string, detail);
    const Error error = errorOfStatus(status, body, "op");
    QCOMPARE(error, (Error{kind, status, detail, "op"}));
}

void TestCodecs::agesAreShownWhateverTheEngineSays()
{
    QCOMPARE(runningForText(100, 190), "About a minute ago"s);
    QCOMPARE(runningForText(200, 100), "Less than a second ago"s);
    QCOMPARE(runningForText(INT64_MAX, INT64_MIN), "Less than a second ago"s);
    QCOMPARE(runningForText(INT64_MIN, INT64_MAX), "292 years ago"s);
}

void TestCodecs::portsAreShownAsTheCliShowsThem()
{
    QCOMPARE(portsText({}), ""s);
    QCOMPARE(portsText({{"", 81, 0, "tcp"}, {"", 80, 0, "tcp"}, {"", 90, 0, "tcp"}}),
             "80-81/tcp, 90/tcp"s);
    QCOMPARE(portsText({{"::", 81, 81, "tcp"}, {"::", 80, 80, "tcp"}}), "[::]:80-81->80-81/tcp"s);
    QCOMPARE(
        portsText({{"0.0.0.0", 81, 8081, "tcp"}, {"0.0.0.0", 80, 8080, "tcp"}, {"", 99, 0, "udp"}}),
        "99/udp, 0.0.0.0:8080->80/tcp, 0.0.0.0:8081->81/tcp"s);
}

} // namespace tst_codecs

ROADSTEAD_APPLESS_TEST(tst_codecs::TestCodecs)
#include "tst_codecs.moc"
