// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/docker/compose_text.h"
#include "tests/support/test_program/test_program.h"

#include <QTest>

namespace tst_compose_text {

using namespace roadstead;
using namespace roadstead::docker;

/// A container as a Compose file. That Compose reads it as meant: tst_compose_text_live.
class TestComposeText : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void theSmallestContainerIsFourLines();
    void networksAndVolumesAreOnesThatAreThere();
    void textsAreReadAsTheyAre_data();
    void textsAreReadAsTheyAre();
    void whatComposeCannotSayIsTold();
    void aServiceHasANameThatComposeTakes_data();
    void aServiceHasANameThatComposeTakes();
};

void TestComposeText::theSmallestContainerIsFourLines()
{
    CreateContainer create;
    create.image = "nginx:1.27";
    create.name = "web";
    QCOMPARE(composeText(create), (ComposeText{"services:\n"
                                               "  web:\n"
                                               "    image: nginx:1.27\n"
                                               "    container_name: web\n"
                                               "    network_mode: bridge\n",
                                               {}}));
}

void TestComposeText::networksAndVolumesAreOnesThatAreThere()
{
    CreateContainer create;
    create.image = "shop";
    create.command = {"serve", "--port", "80"};
    create.ports = {{"127.0.0.1", "8080", "80", "tcp"}};
    create.networks = {{.target = "back", .aliases = {"api"}}, {.target = "front"}};
    create.volumes = {"uploads:/srv:ro", "/etc/shop:/etc/shop", "/cache"};
    create.mounts = {{.type = "bind", .source = "/run/shop", .target = "/run/shop"}};
    create.limits.memory = 512LL << 20;
    create.limits.ulimits = {{"nofile", 1024, 2048}};
    QCOMPARE(QString::fromStdString(composeText(create).yaml), QString(R"(services:
  shop:
    image: shop
    command:
      - serve
      - "--port"
      - "80"
    ports:
      - "127.0.0.1:8080:80"
    networks:
      back:
        aliases:
          - api
      front: {}
    volumes:
      - uploads:/srv:ro
      - /etc/shop:/etc/shop
      - /cache
      - type: bind
        source: /run/shop
        target: /run/shop
        bind:
          create_host_path: false
    mem_limit: 536870912
    ulimits:
      nofile:
        soft: 1024
        hard: 2048
networks:
  back:
    name: back
    external: true
  front:
    name: front
    external: true
volumes:
  uploads:
    name: uploads
    external: true
)"));
}

void TestComposeText::textsAreReadAsTheyAre_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("yaml");
    const auto row = [](const char *why, std::string text, std::string yaml) {
        QTest::newRow(why) << std::move(text) << std::move(yaml);
    };
    row("plain", "/srv/data:ro", "/srv/data:ro");
    row("a number stays a text", "22:22", R"("22:22")");
    row("a truth value, too", "Yes", R"("Yes")");
    row("null, too", "null", R"("null")");
    row("a blank and a colon", "a: b", R"("a: b")");
    row("a colon at the end", "a:", R"("a:")");
    row("a comment", "a #b", R"("a #b")");
    row("quotes and backslashes", R"(say "\n")", R"("say \"\\n\"")");
    row("a variable of Compose", "${HOME} $$", R"("$${HOME} $$$$")");
    row("lines", "a\nb\tc\r", R"("a\nb\tc\u000d")");
    row("other alphabets", "größe", "\"größe\"");
    row("a turn of direction", "a\u202eb", R"("a\u202eb")");
    row("broken bytes", "a\xff", "\"a\\ufffd\"");
    row("beyond the first plane", "⚓ 😀", "\"⚓ 😀\"");
}

void TestComposeText::textsAreReadAsTheyAre()
{
    QFETCH(std::string, text);
    QFETCH(std::string, yaml);
    CreateContainer create;
    create.image = "x";
    create.user = text;
    const std::string all = composeText(create).yaml;
    QVERIFY2(all.contains("    user: " + yaml + "\n"), all.c_str());
}

void TestComposeText::whatComposeCannotSayIsTold()
{
    CreateContainer create;
    create.image = "x";
    create.autoRemove = true;
    create.publishesAll = true;
    create.networks = {{.target = "back"}, {.target = "bridge"}};
    const ComposeText text = composeText(create);
    QCOMPARE(text.unsaid, (std::vector<std::string>{"--network bridge", "--rm", "--publish-all"}));
    QVERIFY2(text.yaml.starts_with("# Compose has no word for --network bridge\n"
                                   "# Compose has no word for --rm\n"
                                   "# Compose has no word for --publish-all\nservices:\n"),
             text.yaml.c_str());
}

void TestComposeText::aServiceHasANameThatComposeTakes_data()
{
    QTest::addColumn<std::string>("name");
    QTest::addColumn<std::string>("image");
    QTest::addColumn<std::string>("service");
    QTest::newRow("the container's")
        << std::string("web_1.a") << std::string("x") << std::string("web_1.a");
    QTest::newRow("the image's") << std::string() << std::string("ghcr.io/harbour/shop:1@sha256:00")
                                 << std::string("shop");
    QTest::newRow("signs") << std::string("a b/c") << std::string("x") << std::string("a-b-c");
    QTest::newRow("none") << std::string() << std::string("sha256:") << std::string("sha256");
    QTest::newRow("a number") << std::string("7") << std::string("x") << std::string("\"7\"");
}

void TestComposeText::aServiceHasANameThatComposeTakes()
{
    QFETCH(std::string, name);
    QFETCH(std::string, image);
    QFETCH(std::string, service);
    CreateContainer create;
    create.image = image;
    create.name = name;
    const std::string all = composeText(create).yaml;
    QVERIFY2(all.starts_with("services:\n  " + service + ":\n"), all.c_str());
}

} // namespace tst_compose_text

ROADSTEAD_GUILESS_TEST(tst_compose_text::TestComposeText)
#include "tst_compose_text.moc"
