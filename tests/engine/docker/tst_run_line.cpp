// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/docker/client.h"
#include "engine/docker/command.h"
#include "engine/docker/run_line.h"
#include "tests/engine/docker/random_container.h"
#include "tests/support/reserve.h"
#include "tests/support/test_program/test_program.h"

#include <QTest>

namespace tst_run_line {

using namespace roadstead;
using namespace roadstead::docker;
using namespace std::string_literals;
using Kind = LineProblem::Kind;

class TestRunLine : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void shownLinesReadBackAsTheSameValue();
    void optionsAreWrittenInManyWays_data();
    void optionsAreWrittenInManyWays();
    void optionsEndAtTheImage();
    void prefixesOfALine_data();
    void prefixesOfALine();
    void theLastOfANameCounts();
    void filesAndVariablesComeFromTheContext();
    void optionsOfTheFirstNetworkAreJoined();
    void problemsAreAtTheirWord_data();
    void problemsAreAtTheirWord();
    void rangesOfPortsAreCapped();
    void runHasItsOwnOptions();
};

void TestRunLine::shownLinesReadBackAsTheSameValue()
{
    constexpr std::uint32_t values = test::amount(1000);
    const RunLineContext context{.engineSystem = "windows"};
    for (std::uint32_t seed = 0; seed < values; ++seed) {
        const CreateContainer create = test::randomContainer(seed);
        const std::string line = commandLine(arguments(create));
        const auto words = parseRunArguments(arguments(create), context);
        QVERIFY2(words.has_value(), (words ? "" : words.error().detail + " in " + line).c_str());
        QVERIFY2(words->create == create, line.c_str());
        const auto whole = parseRunLine(line, context);
        QVERIFY2(whole.has_value() && *whole == *words, line.c_str());
        QCOMPARE(request(whole->create, newestApi).body, request(create, newestApi).body);
    }
}

void TestRunLine::optionsAreWrittenInManyWays_data()
{
    QTest::addColumn<std::string>("line");
    QTest::addColumn<CreateContainer>("create");
    const auto row = [](const char *reason, const char *line, const CreateContainer &create) {
        QTest::newRow(reason) << std::string(line) << create;
    };
    const CreateContainer terminal{.image = "i", .tty = true, .interactive = true};
    row("letters together", "docker run -it i", terminal);
    row("letters the other way", "docker run -ti i", terminal);
    row("letters apart", "docker run -i -t i", terminal);
    row("long flags", "docker run --interactive --tty=true i", terminal);
    const CreateContainer port{.image = "i", .ports = {{"", "8080", "80", "tcp"}}};
    row("value next", "docker run -p 8080:80 i", port);
    row("value at once", "docker run -p8080:80 i", port);
    row("value behind =", "docker run -p=8080:80 i", port);
    row("long value", "docker run --publish=8080:80 i", port);
    row("quoted in part", "docker run --publish=\"8080:80\" i", port);
    row("flags and a value", "docker run -itp8080:80 i",
        {.image = "i", .ports = {{"", "8080", "80", "tcp"}}, .tty = true, .interactive = true});
    row("flag taken back", "docker run --rm --rm=false i", {.image = "i"});
    row("old names", "docker run --net=n --net-alias=a --dns-opt=x i",
        {.image = "i", .networks = {{.target = "n", .aliases = {"a"}}}, .dnsOptions = {"x"}});
    row("value that looks like an option", "docker run --name -x i", {.image = "i", .name = "-x"});
    row("lines that go on", "docker run \\\n  --name x \\\n  i", {.image = "i", .name = "x"});
    row("numbers in another base", "docker create --cpu-shares 0x10 i",
        {.image = "i", .limits = {.cpuShares = 16}});
}

void TestRunLine::optionsAreWrittenInManyWays()
{
    QFETCH(std::string, line);
    QFETCH(CreateContainer, create);
    const auto read = parseRunLine(line, {});
    QVERIFY2(read.has_value(), (read ? "" : read.error().detail).c_str());
    QVERIFY(read->create == create);
}

void TestRunLine::optionsEndAtTheImage()
{
    const auto read = parseRunLine("docker run i -it --rm", {});
    QVERIFY(read->create.command == (std::vector{"-it"s, "--rm"s}));
    QVERIFY(!read->create.tty);
    const auto behind = parseRunLine("docker run -- i -x", {});
    QVERIFY(behind->create.command == std::vector{"-x"s});
    QVERIFY(parseRunLine("docker run -t - ", {}).error().kind == Kind::BadValue);
}

void TestRunLine::prefixesOfALine_data()
{
    QTest::addColumn<std::string>("line");
    QTest::addColumn<bool>("starts");
    QTest::newRow("create") << "docker create i"s << false;
    QTest::newRow("noun") << "docker container run i"s << true;
    QTest::newRow("prompt") << "$ docker run i"s << true;
    QTest::newRow("sudo") << "$ sudo docker run i"s << true;
    QTest::newRow("path") << "/usr/bin/docker run i"s << true;
}

void TestRunLine::prefixesOfALine()
{
    QFETCH(std::string, line);
    QFETCH(bool, starts);
    const auto read = parseRunLine(line, {});
    QVERIFY(read.has_value());
    QCOMPARE(read->starts, starts);
    QCOMPARE(read->create.image, "i"s);
}

void TestRunLine::theLastOfANameCounts()
{
    const auto read =
        parseRunLine("docker run -e A=1 -e B=1 -e A=2 -l a=1 -l a=2 --name x --name y "
                     "--ulimit core=1 --ulimit core=2 -v /a -v /a i",
                     {});
    QVERIFY(read->create.environment == (std::vector{"A=2"s, "B=1"s}));
    QVERIFY(read->create.labels == (Pairs{{"a", "2"}}));
    QCOMPARE(read->create.name, "y"s);
    QCOMPARE(read->create.limits.ulimits.size(), std::size_t(1));
    QCOMPARE(read->create.volumes.size(), std::size_t(1));
}

void TestRunLine::filesAndVariablesComeFromTheContext()
{
    RunLineContext context;
    context.currentFolder = "/home/x";
    context.apiSocket = "/run/engine.sock";
    context.variable = [](const std::string &name) {
        return name == "SET" ? std::optional("s"s) : std::nullopt;
    };
    context.readFile = [](const std::string &path) -> Result<std::string> {
        if (path == "vars") {
            return "A=1\nSET\nUNSET\n";
        }
        if (path == "labels") {
            return "l=1\n";
        }
        if (path == "profile") {
            return "{ \"a\" : [ 1.0 , \" \\\" \" ] }\n";
        }
        return path == "broken" ? Result<std::string>("{") : failure(ErrorKind::Io, "read", path);
    };
    const auto read = parseRunLine("docker run --env-file vars -e SET -e UNSET --label-file labels "
                                   "-l l=2 --security-opt seccomp=profile -v ./d:/d "
                                   "--mount type=bind,src=../e,dst=/e --use-api-socket i",
                                   context);
    QVERIFY2(read.has_value(), (read ? "" : read.error().detail).c_str());
    const CreateContainer &create = read->create;
    QVERIFY(create.environment == (std::vector{"A=1"s, "SET=s"s, "SET=s"s, "UNSET"s}));
    QVERIFY(create.labels == (Pairs{{"l", "2"}}));
    QCOMPARE(create.securityOptions.front().profile, "{\"a\":[1.0,\" \\\" \"]}"s);
    QVERIFY(create.volumes == std::vector{"/home/x/d:/d"s});
    QCOMPARE(create.mounts.front().source, "/home/e"s);
    QCOMPARE(create.apiSocket, "/run/engine.sock"s);
    for (const char *line : {"docker run --cidfile vars i", "docker run --env-file nowhere i",
                             "docker run --security-opt seccomp=broken i"}) {
        const auto refused = parseRunLine(line, context);
        QCOMPARE(refused.error().kind, Kind::BadValue);
        QCOMPARE(refused.error().word, std::size_t(3));
    }
    QCOMPARE(parseRunLine("docker run --env-file vars i", {}).error().kind, Kind::BadValue);
}

void TestRunLine::optionsOfTheFirstNetworkAreJoined()
{
    const auto read = parseRunLine("docker run --ip 10.0.0.5 --network name=a,alias=x --network b "
                                   "--mac-address 92:D0:C6:0A:29:33 i",
                                   {});
    const std::vector<reference::NetworkAttachment> networks{{.target = "a",
                                                              .aliases = {"x"},
                                                              .ipv4Address = "10.0.0.5",
                                                              .macAddress = "92:D0:C6:0A:29:33"},
                                                             {.target = "b"}};
    QVERIFY(read->create.networks == networks);
    QCOMPARE(parseRunLine("docker run --ip 10.0.0.5 i", {})->create.networks.front().target,
             "default"s);
}

void TestRunLine::problemsAreAtTheirWord_data()
{
    QTest::addColumn<std::string>("line");
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<std::string>("marked");
    const auto row = [](const char *line, Kind kind, const char *marked) {
        QTest::newRow(line) << std::string(line) << kind << std::string(marked);
    };
    row("", Kind::NoCommand, "");
    row("ls", Kind::NoCommand, "ls");
    row("docker", Kind::NoCommand, "docker");
    row("docker ps", Kind::UnknownCommand, "ps");
    row("docker -H x run i", Kind::NotSupported, "-H");
    row("docker run", Kind::MissingImage, "");
    row("docker run -t", Kind::MissingImage, "");
    row("docker run --bogus i", Kind::UnknownOption, "--bogus");
    row("docker run ---x i", Kind::UnknownOption, "---x");
    row("docker run --=x i", Kind::UnknownOption, "--=x");
    row("docker run -tX i", Kind::UnknownOption, "-tX");
    row("docker create -d i", Kind::UnknownOption, "-d");
    row("docker run i2 && ls", Kind::Operator, "&&");
    row("docker run -v $PWD:/x i", Kind::Expansion, "$PWD:/x");
    row("docker run --name", Kind::MissingValue, "--name");
    row("docker run -p", Kind::MissingValue, "-p");
    row("docker run -p 80:x i", Kind::BadValue, "80:x");
    row("docker run --publish=80:x i", Kind::BadValue, "--publish=80:x");
    row("docker run -tp80:x i", Kind::BadValue, "-tp80:x");
    row("docker run --tty=maybe i", Kind::BadValue, "--tty=maybe");
    row("docker run -m lots i", Kind::BadValue, "lots");
    row("docker run --rm UPPER", Kind::BadValue, "UPPER");
    row("docker run --restart always --rm i", Kind::Conflict, "always");
    row("docker run --network a --network a i", Kind::Conflict, "a");
    row("docker run --network name=a,ip=1.1.1.1 --ip 1.1.1.2 i", Kind::Conflict, "1.1.1.2");
    row("docker run --network-alias x i", Kind::Conflict, "x");
    row("docker run --no-healthcheck --health-cmd x i", Kind::Conflict, "--no-healthcheck");
    row("docker run -d -a stdin i", Kind::Conflict, "stdin");
    row("docker run --mac-address zz i", Kind::Conflict, "zz");
    row("docker run --cpu-count 2 i", Kind::NotSupported, "--cpu-count");
    row("docker run --help", Kind::NotSupported, "--help");
    row("docker run --disable-content-trust=false i", Kind::BadValue,
        "--disable-content-trust=false");
}

void TestRunLine::problemsAreAtTheirWord()
{
    QFETCH(std::string, line);
    QFETCH(Kind, kind);
    QFETCH(std::string, marked);
    const auto read = parseRunLine(line, {});
    QVERIFY(!read.has_value());
    const LineProblem &problem = read.error();
    QCOMPARE(problem.kind, kind);
    QCOMPARE(line.substr(problem.begin, problem.end - problem.begin), marked);
}

void TestRunLine::rangesOfPortsAreCapped()
{
    std::string line = "docker run";
    for (int i = 0; i < 4; ++i) {
        line += " -p 1-65535";
    }
    QCOMPARE(parseRunLine(line + " i", {}).error().kind, Kind::BadValue);
    const auto whole = parseRunLine("docker run -p 1-65535:1-65535 --expose 1-65535 i", {});
    QCOMPARE(whole->create.ports.size(), std::size_t(65535));
    QVERIFY(!request(whole->create, newestApi).body.empty());
}

void TestRunLine::runHasItsOwnOptions()
{
    const auto read = parseRunLine("docker run -d --sig-proxy=false --detach-keys ctrl-x i", {});
    QVERIFY(read->starts && read->isDetached && !read->proxiesSignals);
    QCOMPARE(read->detachKeys, "ctrl-x"s);
}

} // namespace tst_run_line

ROADSTEAD_GUILESS_TEST(tst_run_line::TestRunLine)
#include "tst_run_line.moc"
