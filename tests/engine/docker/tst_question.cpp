// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/docker/question.h"
#include "tests/support/test_program/test_program.h"

#include <QTest>

namespace tst_question {

using namespace roadstead::docker;
using namespace std::string_literals;

class TestQuestion : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void questionsRenderRequestAndLine_data();
    void questionsRenderRequestAndLine();
};

void TestQuestion::questionsRenderRequestAndLine_data()
{
    QTest::addColumn<Question>("question");
    QTest::addColumn<std::string>("sent");
    QTest::addColumn<std::string>("line");
    QTest::addColumn<std::string>("name");
    const Target web{"0123abc", "web"};
    const auto row = [](const char *reason, const Question &question, const std::string &sent,
                        const std::string &line, const std::string &name) {
        QTest::newRow(reason) << question << sent << line << name;
    };
    row("ping", AskPing{}, "/_ping", "docker version --format '{{.Server.APIVersion}}'",
        "engine.ping");
    row("version", AskVersion{}, "/version", "docker version", "engine.version");
    row("info", AskInfo{}, "/info", "docker info", "engine.info");
    row("events", EventOptions{}, "/events", "docker events", "engine.events");
    row("events of a time", EventOptions{"1.5", "2024-01-02T03:04:05Z"},
        "/events since=1.5 until=1704164645.000000000",
        "docker events --since 1.5 --until 2024-01-02T03:04:05Z", "engine.events");
    row("all containers", ListContainers{}, "/containers/json all=1", "docker ps -a",
        "container.list");
    row("running containers", ListContainers{.all = false}, "/containers/json", "docker ps",
        "container.list");
    row("newest containers", ListContainers{.limit = 50}, "/containers/json all=1 limit=50",
        "docker ps -n 50", "container.list");
    row("some containers", ListContainers{.ids = {"b", "a\""}},
        R"(/containers/json all=1 filters={"id":{"a\"":true,"b":true}})",
        "docker ps -a -f id=b -f 'id=a\"'", "container.list");
    row("inspect", InspectContainer{web}, "/containers/0123abc/json",
        "docker container inspect web", "container.inspect");
    row("reference that is no id", InspectContainer{{"a/../b?c", "-x"}},
        "/containers/a%2F..%2Fb%3Fc/json", "docker container inspect -- -x", "container.inspect");
    row("whole log", ReadLogs{web}, "/containers/0123abc/logs stdout=1 stderr=1 tail=all",
        "docker logs web", "container.logs");
    row("log of nothing yet", ReadLogs{web, {.tail = 0, .follow = true}},
        "/containers/0123abc/logs stdout=1 stderr=1 tail=0 follow=1", "docker logs -f -n 0 web",
        "container.logs");
    row("log with all options",
        ReadLogs{web, {.tail = 9, .timestamps = true, .since = "1", .until = "2"}},
        "/containers/0123abc/logs stdout=1 stderr=1 tail=9 timestamps=1 since=1 until=2",
        "docker logs -t -n 9 --since 1 --until 2 web", "container.logs");
    row("images", ListImages{}, "/images/json", "docker images", "image.list");
}

void TestQuestion::questionsRenderRequestAndLine()
{
    QFETCH(Question, question);
    QFETCH(std::string, sent);
    QFETCH(std::string, line);
    QFETCH(std::string, name);
    const ApiRequest rendered = request(question, ApiVersion{45});
    QCOMPARE(rendered.method, "GET"s);
    std::string text = rendered.path;
    for (const auto &[key, value] : rendered.query) {
        text += " " + key + "=" + value;
    }
    QCOMPARE(text, sent);
    QCOMPARE(commandLine(arguments(question)), line);
    QCOMPARE(std::string(operationName(question)), name);
    QVERIFY(rendered.body.empty());
}

} // namespace tst_question

ROADSTEAD_GUILESS_TEST(tst_question::TestQuestion)
#include "tst_question.moc"
