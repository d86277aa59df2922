// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/docker/client.h"
#include "engine/docker/command.h"
#include "tests/support/test_program/test_program.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

namespace tst_create_container {

using namespace roadstead;
using namespace roadstead::docker;
using namespace std::string_literals;

class TestCreateContainer : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void versionsHaveTheirOwnMembers();
    void linksBelongToAUserDefinedNetwork();
    void securityOptionsAreFiltered();
    void capabilitiesAreNormalised();
    void optionsThatDoNotGoTogether_data();
    void optionsThatDoNotGoTogether();
    void newOptionsNeedANewEngine_data();
    void newOptionsNeedANewEngine();
    void bytesThatAreNotTextStayWithinJson();
};

namespace {

QJsonObject body(const CreateContainer &create, ApiVersion version = newestApi)
{
    const ApiRequest made = request(create, version);
    return QJsonDocument::fromJson(QByteArray::fromStdString(made.body)).object();
}

QJsonObject host(const CreateContainer &create, ApiVersion version = newestApi)
{
    return body(create, version)[QStringLiteral("HostConfig")].toObject();
}

QJsonObject endpoints(const CreateContainer &create, ApiVersion version = newestApi)
{
    return body(create, version)[QStringLiteral("NetworkingConfig")]
        .toObject()[QStringLiteral("EndpointsConfig")]
        .toObject();
}

} // namespace

void TestCreateContainer::versionsHaveTheirOwnMembers()
{
    CreateContainer create{.image = "i",
                           .networks = {{.target = "n", .macAddress = "92:d0:c6:0a:29:33"}},
                           .autoRemove = true,
                           .limits = {.kernelMemory = 5},
                           .platform = "linux/x86_64"};
    QVERIFY(!host(create, {24})[QStringLiteral("AutoRemove")].toBool());
    QVERIFY(host(create, {25})[QStringLiteral("AutoRemove")].toBool());
    QVERIFY(!host(create, {39}).contains(QStringLiteral("KernelMemory")));
    QVERIFY(host(create, {41}).contains(QStringLiteral("KernelMemory")));
    QVERIFY(!host(create, {42}).contains(QStringLiteral("KernelMemory")));
    QVERIFY(body(create, {43}).contains(QStringLiteral("MacAddress")));
    QVERIFY(!body(create, {44}).contains(QStringLiteral("MacAddress")));
    QVERIFY(endpoints(create, {44})[QStringLiteral("n")].toObject().contains(
        QStringLiteral("MacAddress")));
    QVERIFY(request(create, {40}).query.empty());
    QCOMPARE(request(create, {41}).query.front().second, "linux/amd64"s);
}

void TestCreateContainer::linksBelongToAUserDefinedNetwork()
{
    CreateContainer create{.image = "i", .links = {"a:b"}};
    const auto linksOf = [&create](const char *network) -> QJsonValue {
        return endpoints(create)[QLatin1StringView(network)].toObject()[QStringLiteral("Links")];
    };
    QVERIFY(linksOf("default").isNull());
    create.networks = {{.target = "bridge"}};
    QVERIFY(endpoints(create).isEmpty());
    create.networks = {{.target = "mine"}};
    QCOMPARE(linksOf("mine").toArray(), QJsonArray{QStringLiteral("a:b")});
    create.networks = {{.target = "mine"}, {.target = "other"}};
    QVERIFY(linksOf("other").isNull());
    QCOMPARE(host(create)[QStringLiteral("Links")].toArray().size(), 1);
}

void TestCreateContainer::securityOptionsAreFiltered()
{
    CreateContainer create{.image = "i"};
    QVERIFY(host(create)[QStringLiteral("SecurityOpt")].isNull());
    create.securityOptions = {{"systempaths=unconfined", {}}, {"seccomp=/p", "{}"}};
    QCOMPARE(host(create)[QStringLiteral("SecurityOpt")].toArray(),
             QJsonArray{QStringLiteral("seccomp={}")});
    QVERIFY(host(create)[QStringLiteral("MaskedPaths")].isArray());
    QCOMPARE(arguments(create),
             (std::vector{"create"s, "--security-opt"s, "systempaths=unconfined"s,
                          "--security-opt"s, "seccomp=/p"s, "i"s}));
}

void TestCreateContainer::capabilitiesAreNormalised()
{
    const CreateContainer create{.image = "i",
                                 .addedCapabilities = {"sys_admin", "CAP_KILL", "kill", "all"}};
    QCOMPARE(host(create)[QStringLiteral("CapAdd")].toArray(),
             (QJsonArray{QStringLiteral("ALL"), QStringLiteral("CAP_KILL"),
                         QStringLiteral("CAP_SYS_ADMIN")}));
}

void TestCreateContainer::optionsThatDoNotGoTogether_data()
{
    QTest::addColumn<CreateContainer>("create");
    QTest::addColumn<std::string>("option");
    const auto row = [](const char *reason, const CreateContainer &create, const char *option) {
        QTest::newRow(reason) << create << std::string(option);
    };
    row("nothing wrong", {.image = "i", .autoRemove = true}, "");
    row("restart and remove", {.autoRemove = true, .restart = {"always", 0}}, "--restart: ");
    row("no log, but options", {.logDriver = "none", .logOptions = {{"a", "b"}}}, "--log-opt: ");
    row("health", {.health = {.isDisabled = true, .retries = 1}}, "--no-healthcheck: ");
    row("negative interval", {.health = {.interval = std::chrono::nanoseconds(-1)}},
        "--health-interval: ");
    row("swappiness", {.limits = {.memorySwappiness = 101}}, "--memory-swappiness: ");
    row("both kinds of networks", {.networks = {{.target = "mine"}, {.target = "host"}}},
        "--network: ");
    row("one network twice", {.networks = {{.target = "a"}, {.target = "a"}}}, "--network: ");
    row("blank network", {.networks = {{.target = " "}}}, "--network: ");
    row("alias on the default network", {.networks = {{.target = "bridge", .aliases = {"x"}}}},
        "--network-alias: ");
    row("hardware address", {.networks = {{.target = "a", .macAddress = "zz"}}}, "--mac-address: ");
    row("process namespace", {.isolation = {.processes = "container:"}}, "--pid: ");
}

void TestCreateContainer::optionsThatDoNotGoTogether()
{
    QFETCH(CreateContainer, create);
    QFETCH(std::string, option);
    const auto fine = checkOptions(create);
    QCOMPARE(fine.has_value(), option.empty());
    if (!fine) {
        QCOMPARE(fine.error().kind, ErrorKind::InvalidArgument);
        QVERIFY2(fine.error().detail.starts_with(option), fine.error().detail.c_str());
    }
}

void TestCreateContainer::newOptionsNeedANewEngine_data()
{
    QTest::addColumn<CreateContainer>("create");
    QTest::addColumn<int>("since");
    QTest::newRow("nothing new") << CreateContainer{.image = "i"} << 0;
    QTest::newRow("processors graphics") << CreateContainer{.gpus = {{.count = 1}}} << 40;
    QTest::newRow("annotations") << CreateContainer{.annotations = {{"a", "b"}}} << 43;
    QTest::newRow("address of the first network")
        << CreateContainer{.networks = {{.target = "a", .macAddress = "92:d0:c6:0a:29:33"}}} << 0;
    QTest::newRow("address of the second network")
        << CreateContainer{.networks = {{.target = "a"},
                                        {.target = "b", .macAddress = "92:d0:c6:0a:29:33"}}}
        << 44;
    QTest::newRow("recursively read-only")
        << CreateContainer{.mounts = {{.type = "bind",
                                       .target = "/c",
                                       .isReadOnly = true,
                                       .bind =
                                           reference::BindOptions{.isReadOnlyAllTheWay = true}}}}
        << 44;
}

void TestCreateContainer::newOptionsNeedANewEngine()
{
    QFETCH(CreateContainer, create);
    QFETCH(int, since);
    QVERIFY(checkVersion(create, newestApi).has_value());
    QVERIFY(checkVersion(create, {since}).has_value());
    if (since > 0) {
        const auto old = checkVersion(create, {since - 1});
        QCOMPARE(old.error().kind, ErrorKind::UnsupportedVersion);
        QVERIFY(old.error().detail.contains("1." + std::to_string(since)));
    }
}

void TestCreateContainer::bytesThatAreNotTextStayWithinJson()
{
    const CreateContainer create{
        .image = "i\xff", .environment = {"A=\xc3"}, .labels = {{"\x80", "\n"}}};
    QVERIFY(!body(create).isEmpty());
}

} // namespace tst_create_container

ROADSTEAD_GUILESS_TEST(tst_create_container::TestCreateContainer)
#include "tst_create_container.moc"
