// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/docker/command.h"
#include "engine/docker/question.h"
#include "tests/support/test_program/test_program.h"

#include <QJsonDocument>
#include <QTest>

namespace tst_calls {

using namespace roadstead;
using namespace roadstead::docker;
using namespace std::string_literals;

namespace {

constexpr ApiVersion newest{50};

std::string sent(const ApiRequest &request)
{
    std::string text = request.method + " " + request.path;
    for (const auto &[name, value] : request.query) {
        text += " " + name + "=" + value;
    }
    return request.body.empty() ? text : text + " " + request.body;
}

} // namespace

/// The request and the command line of each call beyond a container's life, side by side, and what
/// an older engine is asked.
class TestCalls : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void commandsRenderRequestAndLine_data();
    void commandsRenderRequestAndLine();
    void questionsRenderRequestAndLine_data();
    void questionsRenderRequestAndLine();
    void olderEnginesAreNotAsked_data();
    void olderEnginesAreNotAsked();
    void fieldsComeAndGoByVersion();
    void specsGoBackAsTheyCame();
    void poolsFindTheirSubnets_data();
    void poolsFindTheirSubnets();
    void secretsAreNotKept();
    void subjectsAreNamed();
};

void TestCalls::commandsRenderRequestAndLine_data()
{
    QTest::addColumn<Command>("command");
    QTest::addColumn<std::string>("expected");
    QTest::addColumn<std::string>("line");
    const Target web{"0123abc", "web"};
    const Target net{"n1id", "n1"};
    const auto row = [](const char *reason, const Command &command, const std::string &expected,
                        const std::string &line) {
        QTest::newRow(reason) << command << expected << line;
    };
    row("stop for ever with a signal", StopContainer{web, -1, "HUP"},
        "POST /containers/0123abc/stop t=-1 signal=HUP", "docker stop -s HUP -t -1 web");
    row("update", UpdateContainer{.container = web, .memory = 1024, .nanoCpus = 1'500'000'000},
        R"(POST /containers/0123abc/update {"Memory":1024,"NanoCpus":1500000000})",
        "docker update -m 1k --cpus 1.5 web");
    row("update of the restart policy",
        UpdateContainer{.container = web, .restartPolicy = "on-failure", .restartMaximum = 3},
        R"(POST /containers/0123abc/update {"RestartPolicy":{"Name":"on-failure","MaximumRetryCount":3}})",
        "docker update --restart on-failure:3 web");
    row("commit",
        CommitContainer{.container = web,
                        .image = {"docker.io/library/a", "1", "a:1"},
                        .comment = "why",
                        .changes = {"CMD x"},
                        .pause = false},
        "POST /commit container=0123abc repo=docker.io/library/a tag=1 comment=why author= "
        "changes=CMD x pause=0",
        "docker commit -m why -c 'CMD x' -p=false web a:1");
    row("put an archive", PutArchive{web, "/tmp", false, true},
        "PUT /containers/0123abc/archive path=/tmp noOverwriteDirNonDir=true copyUIDGID=true",
        "docker cp -a - web:/tmp");
    row("exec", CreateExec{.container = web, .command = {"ls", "-l"}, .user = "0", .tty = true},
        R"(POST /containers/0123abc/exec {"User":"0","Privileged":false,"Tty":true,"AttachStdin":false,"AttachStderr":true,"AttachStdout":true,"Detach":false,"DetachKeys":"","WorkingDir":"","Cmd":["ls","-l"],"ConsoleSize":[0,0]})",
        "docker exec -t -u 0 web ls -l");
    row("pull", PullImage{{"docker.io/library/nginx", "1.27", "nginx:1.27"}},
        "POST /images/create fromImage=docker.io/library/nginx tag=1.27", "docker pull nginx:1.27");
    row("pull all of another platform",
        PullImage{{"docker.io/library/nginx", "", "nginx"}, true, "Linux/ARM64"},
        "POST /images/create fromImage=docker.io/library/nginx platform=linux/arm64",
        "docker pull -a --platform Linux/ARM64 nginx");
    row("push", PushImage{{"localhost:5000/a/b", "1", "localhost:5000/a/b:1"}},
        "POST /images/localhost:5000/a/b/push tag=1", "docker push localhost:5000/a/b:1");
    row("tag", TagImage{{"sha256:a", "nginx"}, {"docker.io/x/y", "", "x/y"}},
        "POST /images/sha256:a/tag repo=docker.io/x/y tag=latest", "docker tag nginx x/y");
    row("import a file", ImportImage{"/tmp/x.tar", "a:1", "m"},
        "POST /images/create fromSrc=- repo=a:1 message=m", "docker import -m m /tmp/x.tar a:1");
    row("import from elsewhere", ImportImage{"https://x/y.tar"},
        "POST /images/create fromSrc=https://x/y.tar", "docker import https://x/y.tar");
    row("prune images", PruneImages{true, {{"until", "24h"}}},
        R"(POST /images/prune filters={"dangling":{"false":true},"until":{"24h":true}})",
        "docker image prune -f -a --filter until=24h");
    row("build",
        BuildImage{
            .context = ".", .tags = {"a", "b"}, .buildArguments = {{"A", "1"}}, .network = "host"},
        R"(POST /build t=a t=b networkmode=host buildargs={"A":"1"} version=1)",
        "docker build -t a -t b --build-arg A=1 --network host .");
    row("prune the build cache", PruneBuildCache{true, 5},
        "POST /build/prune all=1 keep-storage=5 filters=",
        "docker builder prune -f -a --keep-storage 5");
    row("disconnect", DisconnectNetwork{net, web, true},
        R"(POST /networks/n1id/disconnect {"Container":"0123abc","Force":true})",
        "docker network disconnect -f n1 web");
    row("connect", ConnectNetwork{.network = net, .container = web, .aliases = {"db"}},
        R"(POST /networks/n1id/connect {"Container":"0123abc","EndpointConfig":{"IPAMConfig":{},"Aliases":["db"]}})",
        "docker network connect --alias db n1 web");
    row("volume", CreateVolume{.name = "v", .options = {{"type", "tmpfs"}}},
        R"(POST /volumes/create {"Driver":"local","Name":"v","DriverOpts":{"type":"tmpfs"}})",
        "docker volume create -o type=tmpfs v");
    row("prune a record of the build cache", PruneBuildCache{true, 0, {{"id", "q1z"}}},
        R"(POST /build/prune all=1 filters={"id":{"q1z":true}})",
        "docker builder prune -f -a --filter id=q1z");
    row("prune all volumes", PruneVolumes{true},
        R"(POST /volumes/prune filters={"all":{"true":true}})", "docker volume prune -f -a");
    row("name of a volume that is no path", RemoveVolume{{"../x", "-x"}, true},
        "DELETE /volumes/..%2Fx force=1", "docker volume rm -f -- -x");
    row("install a plugin", InstallPlugin{"vieux/sshfs", "ssh", {{"network", "", {"host"}}}},
        R"(POST /plugins/pull remote=vieux/sshfs name=ssh [{"Name":"network","Description":"","Value":["host"]}])",
        "docker plugin install --grant-all-permissions --disable --alias ssh vieux/sshfs");
    row("configure a plugin", ConfigurePlugin{{"vieux/sshfs:latest", "sshfs"}, {"DEBUG=1"}},
        R"(POST /plugins/vieux/sshfs:latest/set ["DEBUG=1"])", "docker plugin set sshfs DEBUG=1");
    row("leave", LeaveSwarm{true}, "POST /swarm/leave force=1", "docker swarm leave -f");
    row("join", JoinSwarm{.managers = {"10.0.0.1:2377"}, .token = "SECRET"},
        R"(POST /swarm/join {"ListenAddr":"0.0.0.0:2377","AdvertiseAddr":"","RemoteAddrs":["10.0.0.1:2377"],"JoinToken":"SECRET","Availability":""})",
        "docker swarm join --token TOKEN 10.0.0.1:2377");
    row("secret", CreateSecret{.name = "s", .data = "\x01x"},
        R"(POST /secrets/create {"Name":"s","Labels":{},"Data":"AXg="})",
        "docker secret create s -");
    row("config with a template",
        CreateConfig{.name = "c", .data = "x", .templateDriver = "golang"},
        R"(POST /configs/create {"Name":"c","Labels":{},"Data":"eA==","Templating":{"Name":"golang"}})",
        "docker config create --template-driver golang c -");
    row("service",
        CreateService{{.name = "s",
                       .image = "nginx",
                       .command = {"-x"},
                       .replicas = 3,
                       .ports = {{80, 8080}}}},
        R"(POST /services/create {"Name":"s","Labels":{},"TaskTemplate":{"ContainerSpec":{"Image":"nginx","Args":["-x"]}},"Mode":{"Replicated":{"Replicas":3}},"EndpointSpec":{"Ports":[{"Protocol":"tcp","TargetPort":80,"PublishMode":"ingress","PublishedPort":8080}]}})",
        "docker service create -d --name s --replicas 3 -p "
        "target=80,published=8080,protocol=tcp,mode=ingress nginx -x");
    row("remove a node", RemoveNode{{"id", "node-1"}, true}, "DELETE /nodes/id force=1",
        "docker node rm -f node-1");
}

void TestCalls::commandsRenderRequestAndLine()
{
    QFETCH(Command, command);
    QFETCH(std::string, expected);
    QFETCH(std::string, line);
    QCOMPARE(sent(request(command, newest)), expected);
    QCOMPARE(commandLine(arguments(command)), line);
    QVERIFY(checkVersion(command, newest));
    QVERIFY(!operationName(command).empty());
}

void TestCalls::questionsRenderRequestAndLine_data()
{
    QTest::addColumn<Question>("question");
    QTest::addColumn<std::string>("expected");
    QTest::addColumn<std::string>("line");
    const Target web{"0123abc", "web"};
    const auto row = [](const char *reason, const Question &question, const std::string &expected,
                        const std::string &line) {
        QTest::newRow(reason) << question << expected << line;
    };
    row("top", TopContainer{web, {"-o", "pid"}}, "GET /containers/0123abc/top ps_args=-o pid",
        "docker top web -o pid");
    row("wait", WaitContainer{web, WaitCondition::Removed},
        "POST /containers/0123abc/wait condition=removed", "docker wait web");
    row("get an archive", GetArchive{web, "/a b"}, "GET /containers/0123abc/archive path=/a b",
        "docker cp 'web:/a b' -");
    row("attach", AttachContainer{.container = web, .input = true},
        "POST /containers/0123abc/attach stream=1 stdin=1 stdout=1 stderr=1", "docker attach web");
    row("save", SaveImages{{{"a", "a"}, {"sha256:b", "b"}}},
        "GET /images/get names=a names=sha256:b", "docker save a b");
    row("inspect an image of a platform",
        InspectImage{{"nginx", "nginx"}, true, {"linux", "arm64", ""}},
        R"(GET /images/nginx/json manifests=1 platform={"architecture":"arm64","os":"linux"})",
        "docker image inspect --platform linux/arm64 nginx");
    row("events", EventOptions{"2024-01-02T03:04:05Z", "1", {{"type", "image"}}},
        R"(GET /events since=1704164645.000000000 until=1 filters={"type":{"image":true}})",
        "docker events --since 2024-01-02T03:04:05Z --until 1 --filter type=image");
    row("tasks of a service", ListTasks{{{"service", "web"}, {"desired-state", "running"}}},
        R"(GET /tasks filters={"desired-state":{"running":true},"service":{"web":true}})",
        "docker service ps --filter desired-state=running web");
    row("logs of a service", ReadServiceLogs{{"id", "web"}, {.tail = 5, .follow = true}},
        "GET /services/id/logs stdout=1 stderr=1 tail=5 follow=1",
        "docker service logs -f -n 5 web");
    row("disk usage", AskDiskUsage{{"volume"}}, "GET /system/df type=volume",
        "docker system df -v");
}

void TestCalls::questionsRenderRequestAndLine()
{
    QFETCH(Question, question);
    QFETCH(std::string, expected);
    QFETCH(std::string, line);
    QCOMPARE(sent(request(question, newest)), expected);
    QCOMPARE(commandLine(arguments(question)), line);
    QVERIFY(checkVersion(question, newest));
}

void TestCalls::olderEnginesAreNotAsked_data()
{
    QTest::addColumn<Command>("command");
    QTest::addColumn<int>("since");
    QTest::newRow("prune") << Command(PruneContainers{}) << 25;
    QTest::newRow("platform of a pull") << Command(PullImage{{}, false, "linux/arm64"}) << 32;
    QTest::newRow("pids limit") << Command(UpdateContainer{.pidsLimit = 5}) << 40;
    QTest::newRow("gateway priority") << Command(ConnectNetwork{.gatewayPriority = 1}) << 48;
    QTest::newRow("IPv4 off") << Command(CreateNetwork{.ipv4 = false}) << 48;
    QTest::newRow("working folder of an exec")
        << Command(CreateExec{.workingDirectory = "/"}) << 35;
    QTest::newRow("configs") << Command(CreateConfig{}) << 30;
    QTest::newRow("template of a secret")
        << Command(CreateSecret{.templateDriver = "golang"}) << 37;
    QTest::newRow("signal of a stop") << Command(StopContainer{{}, {}, "HUP"}) << 42;
    QTest::newRow("job") << Command(CreateService{{.mode = ServiceMode::GlobalJob}}) << 41;
    QTest::newRow("cluster volume") << Command(CreateVolume{.cluster = {{}}}) << 42;
}

void TestCalls::olderEnginesAreNotAsked()
{
    QFETCH(Command, command);
    QFETCH(int, since);
    QVERIFY(checkVersion(command, {since}));
    const auto refused = checkVersion(command, {since - 1});
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::InvalidArgument);
    QVERIFY(refused.error().detail.contains("1." + std::to_string(since)));
}

void TestCalls::fieldsComeAndGoByVersion()
{
    QVERIFY(CreateNetwork{}.request({43}).body.contains("CheckDuplicate"));
    QVERIFY(!CreateNetwork{}.request({44}).body.contains("CheckDuplicate"));
    const CreateExec exec{.tty = true, .rows = 24, .columns = 80};
    QVERIFY(!exec.request({41}).body.contains("ConsoleSize"));
    QVERIFY(exec.request({42}).body.contains(R"("ConsoleSize":[24,80])"));
    QVERIFY(PruneVolumes{true}.request({41}).query.empty());
    QVERIFY(!PruneVolumes{true}.request({42}).query.empty());
    const Question images = ListImages{.filters = {{"reference", "nginx"}}};
    QCOMPARE(sent(request(images, {24})), "GET /images/json filter=nginx"s);
    QCOMPARE(sent(request(images, {25})),
             R"(GET /images/json filters={"reference":{"nginx":true}})"s);
    QVERIFY(AskDiskUsage{{"image"}}.request({41}).query.empty());
    QVERIFY(ListServices{}.request({40}).query.empty());
    QVERIFY(RemoveVolume({"v", "v"}, true).request({24}).query.empty());
}

void TestCalls::specsGoBackAsTheyCame()
{
    const std::string spec =
        R"({"Name":"s","Future":{"x":[1]},"TaskTemplate":{"ContainerSpec":{"Image":"a","Env":["A=1","B=2"]},"ForceUpdate":4},"Mode":{"Replicated":{"Replicas":1}}})";
    UpdateService update{.service = {"id", "s"}, .version = 19, .spec = spec};
    update.image = "b";
    update.replicas = 3;
    update.addEnvironment = {"A=5"};
    update.removeEnvironment = {"B"};
    update.force = true;
    const ApiRequest rendered = update.request({45});
    QCOMPARE(rendered.query, (Labels{{"version", "19"}}));
    QCOMPARE(
        QJsonDocument::fromJson(QByteArray::fromStdString(rendered.body)),
        QJsonDocument::fromJson(
            R"({"Name":"s","Labels":{},"Future":{"x":[1]},"TaskTemplate":{"ContainerSpec":{"Image":"b","Env":["A=5"]},"ForceUpdate":5},"Mode":{"Replicated":{"Replicas":3}}})"));
    const UpdateNode node{{"id", "n"}, 8,       R"({"Role":"worker","Labels":{"a":"1","b":"2"}})",
                          {},          "drain", {{"c", "3"}},
                          {"a"}};
    QCOMPARE(node.request({45}).body,
             R"({"Role":"worker","Labels":{"b":"2","c":"3"},"Availability":"drain"})"s);
    // A spec that is none must not become one with holes silently.
    const UpdateSwarm garbage{.version = 1, .spec = "garbage"};
    QCOMPARE(garbage.request({45}).body, "{}"s);
}

void TestCalls::poolsFindTheirSubnets_data()
{
    QTest::addColumn<std::vector<std::string>>("subnets");
    QTest::addColumn<std::vector<std::string>>("gateways");
    QTest::addColumn<std::string>("reason");
    using List = std::vector<std::string>;
    QTest::newRow("gateway within")
        << List{"10.1.0.0/16", "fd00::/64"} << List{"fd00::1", "10.1.0.1"} << ""s;
    QTest::newRow("gateway outside")
        << List{"10.1.0.0/16"} << List{"10.2.0.1"} << "no matching subnet for gateway 10.2.0.1"s;
    QTest::newRow("gateway that is none")
        << List{"10.1.0.0/16"} << List{"x"} << "no matching subnet for gateway x"s;
    QTest::newRow("gateway without a subnet")
        << List{} << List{"10.2.0.1"}
        << "every ip-range or gateway must have a corresponding subnet"s;
    QTest::newRow("subnets that overlap")
        << List{"10.0.0.0/8", "10.1.0.0/16"} << List{}
        << "multiple overlapping subnet configuration is not supported"s;
    QTest::newRow("subnet that is none, alone") << List{"bogus"} << List{} << ""s;
    QTest::newRow("subnet that is none, of two")
        << List{"bogus", "10.0.0.0/8"} << List{} << "invalid subnet: invalid CIDR address: bogus"s;
    QTest::newRow("prefix that is too long")
        << List{"10.0.0.0/33", "11.0.0.0/8"} << List{}
        << "invalid subnet: invalid CIDR address: 10.0.0.0/33"s;
    QTest::newRow("two gateways in one")
        << List{"10.0.0.0/8", "11.0.0.0/8"} << List{"10.0.0.1", "10.0.0.2"}
        << "cannot configure multiple gateways (10.0.0.2, 10.0.0.1) for the same subnet (10.0.0.0/8)"s;
}

void TestCalls::poolsFindTheirSubnets()
{
    QFETCH(std::vector<std::string>, subnets);
    QFETCH(std::vector<std::string>, gateways);
    QFETCH(std::string, reason);
    const auto pools = poolsOf(subnets, {}, gateways, {});
    QCOMPARE(pools ? std::string() : pools.error().detail, reason);
    if (pools && gateways.size() == 2) {
        QCOMPARE(pools->front().gateway, "10.1.0.1"s);
        QCOMPARE(pools->back().gateway, "fd00::1"s);
    }
}

void TestCalls::secretsAreNotKept()
{
    for (const Command &command : {Command(CreateSecret{.name = "s", .data = "canary"}),
                                   Command(JoinSwarm{.managers = {"x"}, .token = "canary"}),
                                   Command(UnlockSwarm{"canary"})}) {
        QVERIFY(!commandLine(arguments(command)).contains("canary"));
        QVERIFY(!request(withoutSecrets(command), {45}).body.contains("canary"));
    }
}

void TestCalls::subjectsAreNamed()
{
    QCOMPARE(subjectOf(ConnectNetwork{.network = {"a", "net"}, .container = {"b", "web"}}), "net"s);
    QCOMPARE(subjectOf(StartContainer{{"b", "web"}}), "web"s);
    QCOMPARE(subjectOf(PullImage{{"docker.io/library/a", "1", "a:1"}}), "a:1"s);
    QCOMPARE(subjectOf(CreateService{{.image = "nginx"}}), "nginx"s);
    QCOMPARE(subjectOf(RemoveSecret{{"id", "s"}}), "s"s);
    QCOMPARE(subjectOf(PruneImages{}), ""s);
}

} // namespace tst_calls

ROADSTEAD_APPLESS_TEST(tst_calls::TestCalls)
#include "tst_calls.moc"
