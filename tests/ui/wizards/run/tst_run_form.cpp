// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/docker/command.h"
#include "tests/engine/docker/random_container.h"
#include "tests/support/test_program/test_program.h"
#include "ui/wizards/run/run_form.h"
#include "ui/wizards/run/run_network.h"
#include "ui/wizards/run/run_option.h"

#include <QTest>

#include <algorithm>

namespace tst_run_form {

using namespace roadstead;
using namespace roadstead::ui;
using Kind = docker::LineProblem::Kind;

namespace {

const docker::RunLineContext plainContext{};

/// The form of a line as people paste it.
RunForm pasted(const char *text)
{
    const auto line = docker::parseRunLine(text, plainContext);
    return line ? formOf(*line) : RunForm{};
}

} // namespace

class TestRunForm : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aNetworkIsOneWordOrFields_data()
    {
        QTest::addColumn<QString>("word");
        QTest::addColumn<QString>("again");
        const auto row = [](const char *why, const char *word, const char *again = nullptr) {
            QTest::newRow(why) << QString::fromLatin1(word)
                               << QString::fromLatin1(again != nullptr ? again : word);
        };
        row("nothing", "");
        row("a name", "backend");
        row("a mode", "container:web");
        row("all there is",
            "name=backend,alias=a,alias=b,ip=10.0.0.5,ip6=fd00::5,link-local-ip=169.254.1.1,"
            "link-local-ip=169.254.1.2,mac-address=02:42:ac:14:00:0a,driver-opt=a=b,"
            "driver-opt=c=d,gw-priority=-3");
        row("in another order", "alias=web,name=backend", "name=backend,alias=web");
        row("no option of a network", "name=backend,colour=red");
        row("no name", "alias=web");
    }
    void aNetworkIsOneWordOrFields()
    {
        QFETCH(const QString, word);
        QFETCH(const QString, again);
        const RunNetwork network = networkOf(word.toStdString());
        QCOMPARE(QString::fromStdString(networkWord(network)), again);
    }
    void theFirstNetworkIsNamedAndKeepsTheRest()
    {
        RunForm form;
        setFirstNetwork(form, "");
        QVERIFY(form.options.empty());
        setFirstNetwork(form, "shop");
        QCOMPARE(form.options["network"], std::vector<std::string>{"shop"});
        form.options["network"] = {"name=shop,gw-priority=3", "logs"};
        setFirstNetwork(form, "front");
        QCOMPARE(form.options["network"],
                 (std::vector<std::string>{"name=front,gw-priority=3", "logs"}));
        setFirstNetwork(form, "name=a,alias=b");
        QCOMPARE(form.options["network"], (std::vector<std::string>{"name=a,alias=b", "logs"}));
        form.options["network"] = {"shop"};
        setFirstNetwork(form, "");
        QVERIFY(form.options.empty());
    }
    void everyOptionGoesThereAndBack()
    {
        constexpr std::uint32_t values = 1000;
        const docker::RunLineContext windows{.engineSystem = "windows"};
        for (std::uint32_t seed = 0; seed < values; ++seed) {
            docker::RunLine line{.create = test::randomContainer(seed), .starts = true};
            line.isDetached = line.create.attached == docker::AttachedStreams{};
            const std::string shown = docker::commandLine(docker::arguments(line.create));
            const RunForm form = formOf(line);
            const auto back = readForm(form, windows);
            QVERIFY2(back.has_value(), (back ? "" : back.error().detail + " in " + shown).c_str());
            QVERIFY2(*back == line, shown.c_str());
            QVERIFY2(formOf(*back) == form, shown.c_str());
        }
    }

    void everyOptionOfTheTableIsOneOfTheParser()
    {
        for (const RunOption &option : runOptions()) {
            RunForm form{.image = "i"};
            const bool isFlag = option.kind == RunOptionKind::Flag;
            const std::string example = *option.example != '\0'   ? option.example
                                        : *option.choices != '\0' ? std::string(option.choices)
                                                                  : std::string();
            const std::string value = example.substr(
                0, example.find(' ', option.name == "health-cmd" ? example.size() : 0));
            form.options[std::string(option.name)] = {isFlag                     ? "true"
                                                      : option.name == "restart" ? "always"
                                                      : option.name == "network" ? "shop"
                                                      : option.name == "device-cgroup-rule"
                                                          ? "c 42:* rmw"
                                                      : value.empty() ? "web"
                                                                      : value};
            if (option.name.starts_with("ip") || option.name.ends_with("alias") ||
                option.name == "link-local-ip") {
                form.options["network"] = {"shop"};
            }
            form.isDetached = option.name != "attach";
            if (option.name == "ipc") {
                form.options["ipc"] = {"host"};
            }
            const auto line = readForm(form, plainContext);
            QVERIFY2(line.has_value(),
                     (std::string(option.name) + ": " + (line ? "" : line.error().detail)).c_str());
            QVERIFY2(formOf(*line).others.empty(), option.name.data());
        }
    }

    void aLineFillsItsFields()
    {
        const RunForm form = pasted(
            "docker run -d --name web -p 8080:80 -p 127.0.0.1:5353:53/udp -v /srv/x:/x:ro,z "
            "-v data:/data --tmpfs /run:size=1m --mount type=bind,source=/a,target=/b,readonly "
            "-e LOG=debug -e API_KEY=k -it --cpus 1.5 -m 512m --restart on-failure:3 "
            "--network shop --network-alias w --blkio-weight 500 nginx:1.27 sh -c 'echo $HOME'");
        QCOMPARE(form.image, std::string("nginx:1.27"));
        QCOMPARE(form.name, std::string("web"));
        QVERIFY(form.isDetached);
        const std::vector<RunPort> ports{{"", "8080", "80", "tcp"},
                                         {"127.0.0.1", "5353", "53", "udp"}};
        QVERIFY(form.ports == ports);
        using MountKind = RunMount::Kind;
        const std::vector<RunMount> mounts{
            {MountKind::Folder, "/srv/x", "/x", "", true, 'z', false},
            {MountKind::Volume, "data", "/data"},
            {MountKind::Folder, "/a", "/b", "", true, '\0', true},
            {MountKind::Memory, "", "/run", "size=1m"}};
        QVERIFY(form.mounts == mounts);
        QCOMPARE(form.environment.size(), std::size_t(2));
        QVERIFY(!form.environment[0].isSecret());
        QVERIFY(form.environment[1].isSecret());
        QCOMPARE(form.option("cpus"), std::string("1.5"));
        QCOMPARE(form.option("memory"), std::string("512m"));
        QCOMPARE(form.option("restart"), std::string("on-failure:3"));
        QCOMPARE(form.option("network"), std::string("shop"));
        QCOMPARE(form.option("network-alias"), std::string("w"));
        QVERIFY(form.flag("tty") && form.flag("interactive"));
        QVERIFY(form.others == std::vector<std::string>{"--blkio-weight=500"});
        QCOMPARE(form.command, std::string("sh -c 'echo $HOME'"));
    }

    void secretsAreShownByNameOnly()
    {
        const RunForm form{.image = "i",
                           .environment = {{"API_KEY", "canary-7"},
                                           {"URL", "postgres://a:canary-7@db/x"},
                                           {"LOG", "debug"}}};
        const std::string line = runLineOf(form);
        QCOMPARE(line,
                 std::string("docker run --detach --env API_KEY --env URL --env LOG=debug i"));
        const auto read = readForm(form, plainContext);
        QVERIFY(read.has_value());
        QCOMPARE(read->create.environment.front(), std::string("API_KEY=canary-7"));
    }

    void emptyRowsDoNotCount()
    {
        RunForm form{.image = "i"};
        form.ports.resize(2);
        form.mounts.resize(2);
        form.environment.resize(2);
        form.others.resize(1);
        QCOMPARE(runLineOf(form), std::string("docker run --detach i"));
    }

    void problemsAreAtTheirField_data()
    {
        QTest::addColumn<RunForm>("form");
        QTest::addColumn<int>("kind");
        QTest::addColumn<RunPlace>("place");
        const auto row = [](const char *reason, const RunForm &form, Kind kind,
                            const RunPlace &at) {
            QTest::newRow(reason) << form << int(kind) << at;
        };
        row("no image", {}, Kind::MissingImage, {"image"});
        row("not an image", {.image = "No Image"}, Kind::BadValue, {"image"});
        row("a port that is none", {.image = "i", .ports = {{}, {"", "x", "80", "tcp"}}},
            Kind::BadValue, {"publish", 1});
        row("a mount without a target",
            {.image = "i", .mounts = {{RunMount::Kind::Folder, "/a", ""}}}, Kind::BadValue,
            {"mount", 0});
        row("a variable without a name", {.image = "i", .environment = {{"", "x"}}}, Kind::BadValue,
            {"env", 0});
        row("a limit in words", {.image = "i", .options = {{"memory", {"much"}}}}, Kind::BadValue,
            {"memory"});
        row("the second of a list", {.image = "i", .options = {{"dns", {"9.9.9.9", "nine"}}}},
            Kind::BadValue, {"dns", 1});
        row("restarts with removal",
            {.image = "i", .options = {{"rm", {"true"}}, {"restart", {"always"}}}}, Kind::Conflict,
            {"restart"});
        row("another option that there is not", {.image = "i", .others = {"--frobnicate=1"}},
            Kind::UnknownOption, {"other", 0});
        row("another option without its value", {.image = "i", .others = {"--blkio-weight"}},
            Kind::MissingValue, {"other", 0});
        row("more than one command", {.image = "i", .command = "a && b"}, Kind::Operator,
            {"command"});
        row("an open quote", {.image = "i", .command = "sh -c 'x"}, Kind::UnclosedQuote,
            {"command"});
    }
    void problemsAreAtTheirField()
    {
        QFETCH(const RunForm, form);
        QFETCH(const int, kind);
        QFETCH(const RunPlace, place);
        const auto line = readForm(form, plainContext);
        QVERIFY(!line.has_value());
        QCOMPARE(int(line.error().kind), kind);
        QCOMPARE(line.error().place.field, place.field);
        QCOMPARE(line.error().place.row, place.row);
    }
};

} // namespace tst_run_form

ROADSTEAD_GUILESS_TEST(tst_run_form::TestRunForm)
#include "tst_run_form.moc"
