// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/docker/command.h"
#include "engine/docker/existing_container.h"
#include "tests/support/test_program/test_program.h"

#include <QTest>

namespace tst_existing_container {

using namespace roadstead;
using namespace roadstead::docker;

namespace {

const std::string id(64, 'a');

constexpr auto imageReply = R"({"Config":{
    "Env":["PATH=/bin","LANG=C"],"Cmd":["serve"],"Entrypoint":["/entry"],"User":"www",
    "Labels":{"vendor":"harbour","tier":"web"},"ExposedPorts":{"80/tcp":{}},"Volumes":{"/data":{}},
    "WorkingDir":"/srv","StopSignal":"SIGQUIT",
    "Healthcheck":{"Test":["CMD-SHELL","true"],"Interval":1000000000,"Retries":3}}})";

/// A container of that image with nothing of its own, but `config` and `host`: members that follow.
std::string reply(const std::string &config = {}, const std::string &host = {})
{
    // moc takes the quotes of raw strings for those of plain ones, so each of these has an even
    // number of them.
    std::string text = "{\"Id\":\"" + id + "\"," + R"("Name":"/web","Config":{"Image":"shop:1",)" +
                       "\"Hostname\":\"" + id.substr(0, 12) + "\"";
    const auto add = [&](const char *name, const char *value) {
        if (!config.contains(std::string("\"") + name + "\":")) {
            text.append(",\"").append(name).append("\":").append(value);
        }
    };
    add("Env", R"(["PATH=/bin","LANG=C"])");
    add("Cmd", R"(["serve"])");
    add("Entrypoint", R"(["/entry"])");
    add("User", R"("www")");
    add("Labels", R"({"vendor":"harbour","tier":"web"})");
    add("ExposedPorts", R"({"80/tcp":{}})");
    add("Volumes", R"({"/data":{}})");
    add("WorkingDir", R"("/srv")");
    add("StopSignal", R"("SIGQUIT")");
    add("Healthcheck", R"({"Test":["CMD-SHELL","true"],"Interval":1000000000,"Retries":3})");
    text += config.empty() ? "" : "," + config;
    text +=
        R"(},"HostConfig":{"NetworkMode":"bridge","Runtime":"runc","CgroupnsMode":"private",)"
        R"("IpcMode":"private","ShmSize":67108864,"LogConfig":{"Type":"json-file","Config":{}},)"
        R"("RestartPolicy":{"Name":"no","MaximumRetryCount":0},"MemorySwappiness":null)";
    text += host.empty() ? "" : "," + host;
    return text +
           R"(},"NetworkSettings":{"Networks":{"bridge":{"IPAMConfig":null,"Aliases":null}}}})";
}

Result<CreateContainer> like(const std::string &text)
{
    const auto image = decodeImageGiven(imageReply);
    return image ? createLike(text, *image) : std::unexpected(image.error());
}

} // namespace

/// The command behind a container that exists.
class TestExistingContainer : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void onlyItsOwnIsSaid_data();
    void onlyItsOwnIsSaid();
    void networksKeepWhatWasAskedFor();
    void hostileRepliesAreErrors_data();
    void hostileRepliesAreErrors();
};

void TestExistingContainer::onlyItsOwnIsSaid_data()
{
    QTest::addColumn<QByteArray>("config");
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<QByteArray>("line");
    const auto row = [](const char *name, const char *config, const char *host, const char *line) {
        QTest::newRow(name) << QByteArray(config) << QByteArray(host)
                            << "docker create --name web" + QByteArray(line);
    };
    row("nothing", "", "", " shop:1");
    row("a variable more", R"("Env":["PATH=/bin","LANG=C","A=b c"])", "", " -e 'A=b c' shop:1");
    row("a variable changed", R"("Env":["PATH=/x","LANG=C"])", "", " -e PATH=/x shop:1");
    row("a variable taken away", R"("Env":["PATH=/bin"])", "", " -e LANG shop:1");
    row("a command", R"("Cmd":["serve","--fast"])", "", " shop:1 serve --fast");
    row("an entry point", R"("Entrypoint":["sh"],"Cmd":["-c","x"])", "",
        " --entrypoint sh shop:1 -c x");
    row("an entry point of several words", R"("Entrypoint":["sh","-c"],"Cmd":["x"])", "",
        " --entrypoint sh shop:1 -c x");
    row("no entry point", R"("Entrypoint":null,"Cmd":["ls"])", "", " --entrypoint '' shop:1 ls");
    row("labels", R"("Labels":{"vendor":"harbour","tier":"db","x":"1"})", "",
        " -l tier=db -l x=1 shop:1");
    row("a user and a folder", R"("User":"root","WorkingDir":"/tmp")", "",
        " --user root --workdir /tmp shop:1");
    row("a health check of words",
        R"("Healthcheck":{"Test":["CMD","a b","c"],"Interval":1000000000,"Retries":3})", "",
        R"( --health-cmd ''\''a b'\'' c' shop:1)");
    row("another interval",
        R"("Healthcheck":{"Test":["CMD-SHELL","true"],"Interval":2000000000,"Retries":3})", "",
        " --health-interval 2s shop:1");
    row("no health check", R"("Healthcheck":{"Test":["NONE"]})", "", " --no-healthcheck shop:1");
    row("a volume of its own", R"("Volumes":{"/data":{},"/more":{}})", R"("Binds":["x:/y:ro"])",
        " -v x:/y:ro -v /more shop:1");
    row("ports", R"("ExposedPorts":{"80/tcp":{},"81/udp":{},"82/tcp":{}})",
        R"("PortBindings":{"81/udp":[{"HostIp":"127.0.0.1","HostPort":"8081"}]})",
        " -p 127.0.0.1:8081:81/udp --expose 82/tcp shop:1");
    row("memory with the swap it gets", "", R"("Memory":67108864,"MemorySwap":134217728)",
        " --memory 64m shop:1");
    row("swap without a limit", "", R"("Memory":67108864,"MemorySwap":-1)",
        " --memory 64m --memory-swap -1 shop:1");
    row("privileged", "", R"("Privileged":true,"SecurityOpt":["label=disable"])",
        " --privileged shop:1");
    row("a label of its own", "", R"("SecurityOpt":["label=disable"])",
        " --security-opt label=disable shop:1");
    row("a log with options", "", R"("LogConfig":{"Type":"json-file","Config":{"max-size":"1m"}})",
        " --log-driver json-file --log-opt max-size=1m shop:1");
    row("a link", "", R"("Links":["/db:/web/store"])", " --link db:store shop:1");
}

void TestExistingContainer::onlyItsOwnIsSaid()
{
    QFETCH(const QByteArray, config);
    QFETCH(const QByteArray, host);
    const auto create = like(reply(config.toStdString(), host.toStdString()));
    QVERIFY2(create, create ? "" : create.error().detail.c_str());
    QTEST(QByteArray::fromStdString(commandLine(arguments(*create))), "line");
}

void TestExistingContainer::networksKeepWhatWasAskedFor()
{
    const std::string text =
        "{\"Id\":\"" + id +
        "\","
        R"("Name":"/web","Config":{"Image":"shop:1"},)" +
        R"("HostConfig":{"NetworkMode":"0123"},"NetworkSettings":{"Networks":{)" +
        R"("back":{"NetworkID":"0123","Aliases":["api","web",)"
        "\"" +
        id.substr(0, 12) +
        "\""
        R"(],"IPAMConfig":{"IPv4Address":"10.0.0.9"},"IPAddress":"10.0.0.9","MacAddress":"02:42"},)" +
        R"("front":{"NetworkID":"4567","IPAddress":"10.1.0.2"}}}})";
    const auto create = createLike(text, {});
    QVERIFY(create);
    QCOMPARE(create->networks.size(), std::size_t(2));
    QCOMPARE(create->networks[0].target, std::string("0123"));
    QCOMPARE(create->networks[0].aliases, std::vector<std::string>{"api"});
    QCOMPARE(create->networks[0].ipv4Address, std::string("10.0.0.9"));
    QCOMPARE(create->networks[0].macAddress, std::string());
    QCOMPARE(create->networks[1], reference::NetworkAttachment{.target = "front"});
}

void TestExistingContainer::hostileRepliesAreErrors_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("no JSON") << QByteArray("no");
    QTest::newRow("a list") << QByteArray("[]");
    QTest::newRow("text for a number") << QByteArray(R"({"HostConfig":{"Memory":"much"}})");
    QTest::newRow("a weight that does not fit")
        << QByteArray(R"({"HostConfig":{"BlkioWeight":70000}})");
    QTest::newRow("a number for a name") << QByteArray(R"({"Config":{"Image":7}})");
}

void TestExistingContainer::hostileRepliesAreErrors()
{
    QFETCH(const QByteArray, text);
    const auto create = createLike(text.toStdString(), {});
    QVERIFY(!create);
    QCOMPARE(create.error().kind, ErrorKind::MalformedReply);
    QVERIFY(createLike("{}", {}).has_value());
}

} // namespace tst_existing_container

ROADSTEAD_GUILESS_TEST(tst_existing_container::TestExistingContainer)
#include "tst_existing_container.moc"
