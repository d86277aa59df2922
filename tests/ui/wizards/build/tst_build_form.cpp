// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_program/test_program.h"
#include "ui/wizards/build/build_form.h"

#include <QTemporaryFile>
#include <QTest>

namespace tst_build_form {

using namespace roadstead;
using namespace roadstead::ui;
using Words = std::vector<std::string>;

/// The build that a form asks for, and what is wrong with it.
class TestBuildForm : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyFieldIsAnOption()
    {
        BuildForm form{.context = "/src/shop",
                       .dockerfile = "/src/shop/Dockerfile.dev",
                       .tags = {" shop:1 ", "", "shop:latest"},
                       .target = "run",
                       .arguments = {"A=b c", "API_TOKEN=canary"},
                       .secrets = {"npm=/home/me/.npmrc"},
                       .platforms = "linux/amd64, linux/arm64",
                       .labels = {"team=shop"},
                       .cacheFrom = {"type=local,src=/c"},
                       .cacheTo = {"type=local,dest=/c"},
                       .ssh = {"default"},
                       .hosts = {"db:10.0.0.1"},
                       .network = "none",
                       .builder = "harbour",
                       .noCache = true,
                       .pull = true,
                       .destination = docker::BuildDestination::Archive,
                       .path = "/out, here/x.tar"};
        const Words expected{"buildx",       "build",
                             "--builder",    "harbour",
                             "--tag",        "shop:1",
                             "--tag",        "shop:latest",
                             "--file",       "/src/shop/Dockerfile.dev",
                             "--target",     "run",
                             "--platform",   "linux/amd64,linux/arm64",
                             "--build-arg",  "A=b c",
                             "--build-arg",  "API_TOKEN",
                             "--secret",     "id=npm,src=/home/me/.npmrc",
                             "--ssh",        "default",
                             "--cache-from", "type=local,src=/c",
                             "--cache-to",   "type=local,dest=/c",
                             "--label",      "team=shop",
                             "--add-host",   "db:10.0.0.1",
                             "--network",    "none",
                             "--no-cache",   "--pull",
                             "--output",     "type=oci,\"dest=/out, here/x.tar\"",
                             "/src/shop"};
        QCOMPARE(buildOf(form).arguments(), expected);
        const auto environment = buildOf(form).environment();
        QCOMPARE(environment.size(), std::size_t(1));
        QCOMPARE(environment.front().first, std::string("API_TOKEN"));
        QCOMPARE(environment.front().second, std::string("canary"));
    }
    void contextThatLooksLikeAnOptionIsNone()
    {
        const Words words = buildOf({.context = "-x"}).arguments();
        QCOMPARE(words.at(words.size() - 2), std::string("--"));
    }
    void problemsStandAtTheirFields_data()
    {
        QTest::addColumn<int>("problem");
        const auto row = [](const char *name, BuildField field) {
            QTest::newRow(name) << int(field);
        };
        row("no context", BuildField::Context);
        row("no FROM", BuildField::Dockerfile);
        row("name in capitals", BuildField::Tags);
        row("argument without a name", BuildField::Arguments);
        row("secret without a file", BuildField::Secrets);
        row("label without a name", BuildField::Labels);
        row("platform without a system", BuildField::Platforms);
        row("no path", BuildField::Path);
    }
    void problemsStandAtTheirFields()
    {
        QFETCH(const int, problem);
        BuildForm form = good();
        auto dockerfile = build::readDockerfile("FROM a\n");
        switch (BuildField(problem)) {
        case BuildField::Context:
            form.context.clear();
            break;
        case BuildField::Dockerfile:
            dockerfile = {};
            break;
        case BuildField::Tags:
            form.tags = {"Shop:1"};
            break;
        case BuildField::Arguments:
            form.arguments = {"=x"};
            break;
        case BuildField::Secrets:
            form.secrets = {"npm=/nowhere/at/all"};
            break;
        case BuildField::Labels:
            form.labels = {"=x"};
            break;
        case BuildField::Platforms:
            form.platforms = "arm64";
            break;
        case BuildField::Path:
            form.destination = docker::BuildDestination::Folder;
            break;
        }
        const auto problems = problemsOf(form, dockerfile);
        QCOMPARE(problems.size(), 1);
        QCOMPARE(int(problems.front().field), problem);
        QVERIFY(problems.front().text.endsWith(u'.'));
    }
    void goodFormHasNone()
    {
        QVERIFY(problemsOf(good(), build::readDockerfile("FROM a\n")).isEmpty());
        QTemporaryFile secret;
        QVERIFY(secret.open());
        BuildForm form = good();
        form.secrets = {"npm=" + secret.fileName().toStdString()};
        QVERIFY(problemsOf(form, build::readDockerfile("FROM a\n")).isEmpty());
        // What the builder fetches has a Dockerfile of its own.
        form.context = "https://example.org/shop.git";
        QVERIFY(problemsOf(form, {}).isEmpty());
    }
    void pushNeedsAName()
    {
        BuildForm form = good();
        form.tags.clear();
        form.destination = docker::BuildDestination::Registry;
        const auto problems = problemsOf(form, build::readDockerfile("FROM a\n"));
        QCOMPARE(int(problems.front().field), int(BuildField::Tags));
    }

    void anAddressWithAPasswordIsRefused_data()
    {
        QTest::addColumn<QByteArray>("address");
        QTest::addColumn<bool>("isRefused");
        QTest::newRow("password") << QByteArray("https://me:pw@host/r.git") << true;
        QTest::newRow("token") << QByteArray("https://ghp_abc@host/r.git#main") << true;
        QTest::newRow("ssh user") << QByteArray("ssh://git@host/r.git") << false;
        QTest::newRow("scp form") << QByteArray("git@host:r.git") << false;
        QTest::newRow("plain") << QByteArray("https://host/r.git#a@b") << false;
        QTest::newRow("git") << QByteArray("git://host:9418/r.git") << false;
    }
    void anAddressWithAPasswordIsRefused()
    {
        QFETCH(QByteArray, address);
        QFETCH(bool, isRefused);
        BuildForm form;
        form.context = address.toStdString();
        const auto problems = problemsOf(form, {});
        QCOMPARE(!problems.isEmpty(), isRefused);
        if (isRefused) {
            QCOMPARE(problems.first().field, BuildField::Context);
        }
    }

private:
    static BuildForm good() { return {.context = "/src", .tags = {"shop:1"}}; }
};

} // namespace tst_build_form

ROADSTEAD_APPLESS_TEST(tst_build_form::TestBuildForm)
#include "tst_build_form.moc"
