// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/docker/command.h"
#include "tests/support/test_program/test_program.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QProcessEnvironment>
#include <QTest>

namespace tst_command {

using namespace roadstead::docker;
using namespace std::string_literals;

class TestCommand : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void commandsRenderRequestAndLine_data();
    void commandsRenderRequestAndLine();
    void createRendersItsBody();
    void shellReadsTheLineBackAsTheSameVector();
    void aScriptSpeaksToTheEngineItNames();
};

void TestCommand::commandsRenderRequestAndLine_data()
{
    QTest::addColumn<Command>("command");
    QTest::addColumn<std::string>("sent");
    QTest::addColumn<std::string>("line");
    QTest::addColumn<std::string>("name");
    const Target web{"0123abc", "web"};
    const auto row = [](const char *reason, const Command &command, const std::string &sent,
                        const std::string &line, const std::string &name) {
        QTest::newRow(reason) << command << sent << line << name;
    };
    row("start", StartContainer{web}, "POST /containers/0123abc/start", "docker start web",
        "container.start");
    row("stop", StopContainer{web}, "POST /containers/0123abc/stop", "docker stop web",
        "container.stop");
    row("stop at once", StopContainer{web, 0}, "POST /containers/0123abc/stop t=0",
        "docker stop -t 0 web", "container.stop");
    row("restart", RestartContainer{web, 5}, "POST /containers/0123abc/restart t=5",
        "docker restart -t 5 web", "container.restart");
    row("pause", PauseContainer{web}, "POST /containers/0123abc/pause", "docker pause web",
        "container.pause");
    row("unpause", UnpauseContainer{web}, "POST /containers/0123abc/unpause", "docker unpause web",
        "container.unpause");
    row("kill", KillContainer{web, {}}, "POST /containers/0123abc/kill", "docker kill web",
        "container.kill");
    row("kill with a signal", KillContainer{web, "HUP"}, "POST /containers/0123abc/kill signal=HUP",
        "docker kill -s HUP web", "container.kill");
    row("rename", RenameContainer{web, "shop"}, "POST /containers/0123abc/rename name=shop",
        "docker rename web shop", "container.rename");
    row("remove", RemoveContainer{web}, "DELETE /containers/0123abc", "docker rm web",
        "container.remove");
    row("remove with all", RemoveContainer{web, true, true},
        "DELETE /containers/0123abc v=1 force=1", "docker rm -f -v web", "container.remove");
    row("load", LoadImage{"/tmp/a b.tar"}, "POST /images/load quiet=1",
        "docker load -q -i '/tmp/a b.tar'", "image.load");
    row("remove an image", RemoveImage{{"localhost:5000/a/b:1", "localhost:5000/a/b:1"}, true},
        "DELETE /images/localhost:5000/a/b:1 force=1", "docker rmi -f localhost:5000/a/b:1",
        "image.remove");
    row("reference that is no id", StartContainer{{"a/../b?c", "x"}},
        "POST /containers/a%2F..%2Fb%3Fc/start", "docker start x", "container.start");
    row("name that looks like an option", StartContainer{{"x", "-rf"}}, "POST /containers/x/start",
        "docker start -- -rf", "container.start");
}

void TestCommand::commandsRenderRequestAndLine()
{
    QFETCH(Command, command);
    QFETCH(std::string, sent);
    QFETCH(std::string, line);
    QFETCH(std::string, name);
    const ApiRequest rendered = request(command, ApiVersion{45});
    std::string text = rendered.method + " " + rendered.path;
    for (const auto &[key, value] : rendered.query) {
        text += " " + key + "=" + value;
    }
    QCOMPARE(text, sent);
    QCOMPARE(commandLine(arguments(command)), line);
    QCOMPARE(std::string(operationName(command)), name);
    QVERIFY(rendered.body.empty());
}

void TestCommand::createRendersItsBody()
{
    const CreateContainer create{.image = "nginx",
                                 .name = "web",
                                 .command = {"sh", "-c", "a; b"},
                                 .environment = {"A=1"},
                                 .labels = {{"k", "v"}},
                                 .ports = {{"127.0.0.1", "8080", "80", "tcp"},
                                           {"::1", "", "53", "udp"},
                                           {"", "", "443", "tcp"},
                                           {"", "9000", "90", "tcp"}},
                                 .networks = {{.target = "back"}},
                                 .autoRemove = true,
                                 .tty = true};
    const ApiRequest rendered = request(create, ApiVersion{45});
    QCOMPARE(rendered.path, "/containers/create"s);
    QCOMPARE(rendered.contentType, "application/json"s);
    QCOMPARE(rendered.query.front().second, "web"s);
    const QByteArray expected =
        R"({"Image":"nginx","Tty":true,"Cmd":["sh","-c","a; b"],"Env":["A=1"],"Labels":{"k":"v"},
            "ExposedPorts":{"80/tcp":{},"53/udp":{},"443/tcp":{},"90/tcp":{}},
            "HostConfig":{"AutoRemove":true,"NetworkMode":"back","PortBindings":{
                "80/tcp":[{"HostIp":"127.0.0.1","HostPort":"8080"}],
                "53/udp":[{"HostIp":"::1","HostPort":""}],
                "443/tcp":[{"HostIp":"","HostPort":""}],
                "90/tcp":[{"HostIp":"","HostPort":"9000"}]}}})";
    const auto containsAll = [](const QJsonObject &whole, const QJsonObject &part) {
        for (auto member = part.begin(); member != part.end(); ++member) {
            if (member.key() != QStringLiteral("HostConfig")) {
                QCOMPARE(whole[member.key()], member.value());
            }
        }
    };
    const QJsonObject body =
        QJsonDocument::fromJson(QByteArray::fromStdString(rendered.body)).object();
    const QJsonObject wanted = QJsonDocument::fromJson(expected).object();
    containsAll(body, wanted);
    containsAll(body[QStringLiteral("HostConfig")].toObject(),
                wanted[QStringLiteral("HostConfig")].toObject());
    QCOMPARE(commandLine(arguments(create)),
             "docker create --name web -e A=1 -l k=v -p 127.0.0.1:8080:80 -p '[::1]::53/udp' "
             "-p 443 -p 9000:90 --network back --rm -t nginx sh -c 'a; b'"s);
}

void TestCommand::shellReadsTheLineBackAsTheSameVector()
{
    const std::vector<std::string> vectors{
        "plain", "",     "a b", "it's", "\"$HOME`x`\\", "*?[]{}~#!&", "new\nline",
        "-rf",   "日本", "a=b", "'",    "\t",           "\x01\x7f"};
    QProcess shell;
    // Prints each argument between markers that no argument has.
    const std::string script =
        "docker() { for a; do printf '<%s>\\036' \"$a\"; done; }; " + commandLine(vectors);
    shell.start(QStringLiteral("/bin/sh"), {QStringLiteral("-c"), QString::fromStdString(script)});
    QVERIFY(shell.waitForFinished());
    std::string expected;
    for (const std::string &argument : vectors) {
        expected += "<" + argument + ">\036";
    }
    QCOMPARE(shell.readAllStandardOutput().toStdString(), expected);
}

void TestCommand::aScriptSpeaksToTheEngineItNames()
{
    const auto read = [](const CliEngine &engine) {
        QProcess shell;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("DOCKER_HOST"), QStringLiteral("before"));
        environment.remove(QStringLiteral("DOCKER_CONTEXT"));
        shell.setProcessEnvironment(environment);
        shell.start(QStringLiteral("/bin/sh"),
                    {QStringLiteral("-ec"),
                     QString::fromStdString(scriptLines(engine)) +
                         QStringLiteral("sh -c 'printf %s \"$DOCKER_HOST|$DOCKER_CONTEXT\"'")});
        return shell.waitForFinished() && shell.exitCode() == 0
                   ? shell.readAllStandardOutput().toStdString()
                   : "failed: " + shell.readAllStandardError().toStdString();
    };
    QCOMPARE(read({.context = "it's; a `context`"}), "|it's; a `context`"s);
    QCOMPARE(read({.host = "ssh://me@there $HOME"}), "ssh://me@there $HOME|"s);
    QCOMPARE(read({}), "before|"s);
}

} // namespace tst_command

ROADSTEAD_GUILESS_TEST(tst_command::TestCommand)
#include "tst_command.moc"
