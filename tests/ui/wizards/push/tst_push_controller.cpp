// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_program/test_program.h"
#include "tests/ui/support/push_bench.h"
#include "ui/text/registry_text.h"

#include <QTest>

namespace tst_push_controller {

using namespace roadstead;
using namespace roadstead::ui;
using namespace Qt::StringLiterals;
using test::FakeRegistryDesk;
using test::PushBench;
using Step = PushController::Step;

/// What the push wizard decides.
class TestPushController : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void namesFollowRegistryAndAccount()
    {
        PushBench bench;
        bench.controller.setImage("shopfront-api:1.8.3");
        QCOMPARE(bench.controller.form().registry, "docker.io");
        QCOMPARE(bench.controller.form().repository, "mara-lind/shopfront-api");
        bench.controller.setRegistry("ghcr.io");
        QCOMPARE(bench.controller.form().repository, "harbourlabs/shopfront-api");
        bench.controller.setRegistry("registry.example:5000");
        QCOMPARE(bench.controller.form().repository, "shopfront-api");
        bench.controller.setRepository("own/name");
        bench.controller.setRegistry("ghcr.io");
        QCOMPARE(bench.controller.form().repository, "own/name"); // typed names stay
        bench.controller.setImage("127.0.0.1:5000/team/web:1");
        QCOMPARE(bench.controller.form().tags.front().tag, "1");
    }

    void aRegistrysImageStaysThere()
    {
        PushBench bench;
        bench.controller.setImage("127.0.0.1:5000/team/web:1");
        QCOMPARE(bench.controller.form().registry, "127.0.0.1:5000");
        QCOMPARE(bench.controller.form().repository, "team/web");
        QCOMPARE(bench.controller.line(), u"docker push 127.0.0.1:5000/team/web:1"_s);
    }

    void untaggedImagesGetATag()
    {
        PushBench bench;
        bench.controller.setImage(test::imageId(3));
        QCOMPARE(bench.controller.form().chosenTags(), (std::vector<std::string>{"latest"}));
        bench.controller.setRepository("mara-lind/tool");
        QVERIFY(bench.controller.line().startsWith(u"docker tag sha256:"_s));
    }

    void problemsAreSaidAtTheirFields_data()
    {
        QTest::addColumn<QString>("registry");
        QTest::addColumn<QString>("repository");
        QTest::addColumn<QString>("tag");
        QTest::addColumn<int>("field");
        QTest::newRow("no registry") << "" << "a" << "1" << int(PushField::Registry);
        QTest::newRow("a word") << "quay" << "a" << "1" << int(PushField::Registry);
        QTest::newRow("a url") << "https://quay.io" << "a" << "1" << int(PushField::Registry);
        QTest::newRow("no name") << "quay.io" << "" << "1" << int(PushField::Repository);
        QTest::newRow("large") << "quay.io" << "Team/web" << "1" << int(PushField::Repository);
        QTest::newRow("no account") << "docker.io" << "web" << "1" << int(PushField::Repository);
        QTest::newRow("climbing") << "quay.io" << "../web" << "1" << int(PushField::Repository);
        QTest::newRow("a bad tag") << "quay.io" << "a" << "a/b" << int(PushField::Tags);
    }

    void problemsAreSaidAtTheirFields()
    {
        QFETCH(const QString, registry);
        QFETCH(const QString, repository);
        QFETCH(const QString, tag);
        PushBench bench;
        bench.controller.setImage("shopfront-api:1.8.3");
        bench.controller.setRegistry(registry.toStdString());
        bench.controller.setRepository(repository.toStdString());
        bench.controller.addTag(tag.toStdString());
        const auto problems = bench.controller.problems();
        QCOMPARE(problems.size(), std::size_t(1));
        QTEST(int(problems.front().field), "field");
        QVERIFY(bench.controller.line().isEmpty());
        QVERIFY(!bench.controller.push());
        QVERIFY(bench.desk.checks.empty());
    }

    void rightsAreCheckedBeforeAnythingIsSent()
    {
        PushBench bench;
        bench.controller.setImage("shopfront-api:1.8.3");
        bench.controller.setRegistry("ghcr.io");
        QVERIFY(bench.controller.push());
        QCOMPARE(bench.controller.step(), Step::Checking);
        QCOMPARE(bench.desk.checks.back().asked,
                 (std::vector<std::string>{"ghcr.io", "harbourlabs/shopfront-api"}));
        QVERIFY(bench.engine.sent.empty());
        bench.refuse(FakeRegistryDesk::refusal(403));
        QCOMPARE(bench.controller.step(), Step::Editing);
        QVERIFY(bench.engine.sent.empty());
        QVERIFY(bench.controller.failure()->body().contains(u"write:packages"_s));
        QCOMPARE(remedyOf(bench.controller.failureCause()), RegistryRemedy::SignIn);
    }

    void whatIsNotReachedFromHereIsTriedAllTheSame()
    {
        PushBench bench;
        bench.controller.setImage("shopfront-api:1.8.3");
        QVERIFY(bench.controller.push());
        bench.refuse({ErrorKind::Refused, 7, "connection refused", "registry.checkpush"});
        QCOMPARE(bench.controller.step(), Step::Pushing);
        QVERIFY(!bench.controller.remark().isEmpty());
    }

    void tagsAreTaggedAndPushedInTurn()
    {
        PushBench bench;
        bench.controller.setImage("shopfront-api:1.8.3");
        bench.controller.setRegistry("ghcr.io");
        bench.controller.setTagChosen("latest", true);
        QCOMPARE(bench.controller.line(),
                 u"docker tag shopfront-api:1.8.3 ghcr.io/harbourlabs/shopfront-api:1.8.3; "
                 "docker push ghcr.io/harbourlabs/shopfront-api:1.8.3; "
                 "docker tag shopfront-api:1.8.3 ghcr.io/harbourlabs/shopfront-api:latest; "
                 "docker push ghcr.io/harbourlabs/shopfront-api:latest"_s);
        QVERIFY(bench.controller.push());
        bench.letIn();
        QVERIFY(bench.lastLine().startsWith(u"docker tag"_s));
        bench.succeed();
        QCOMPARE(bench.lastLine(), u"docker push ghcr.io/harbourlabs/shopfront-api:1.8.3"_s);
        bench.progress(
            {{"c1d8f0e7b2a9", "Pushing", 40, 100}, {"a3ed95caeb02", "Layer already exists"}});
        QCOMPARE(bench.controller.layers().sent(), 40);
        bench.progress({{"c1d8f0e7b2a9", "Pushed"}});
        bench.pushed(PushBench::digest('a'));
        QVERIFY(bench.lastLine().startsWith(u"docker tag"_s));
        bench.succeed();
        bench.pushed(PushBench::digest('a'));
        QCOMPARE(bench.controller.step(), Step::Done);
        QCOMPARE(bench.controller.tags().front().digest, PushBench::digest('a'));
        QCOMPARE(bench.controller.bytesSent(), 100);
        QCOMPARE(bench.controller.layersThere(), 1);
        bench.controller.setImage("127.0.0.1:5000/team/web:1"); // the next one begins a form
        QCOMPARE(bench.controller.step(), Step::Editing);
        QVERIFY(bench.controller.tags().empty());
    }

    void aRetryGoesOnWhereItStopped()
    {
        PushBench bench;
        bench.controller.setImage("shopfront-api:1.8.3");
        bench.controller.setTagChosen("latest", true);
        QVERIFY(bench.controller.push());
        bench.letIn();
        bench.succeed();
        bench.pushed(PushBench::digest('a'));
        bench.succeed();
        bench.fail({ErrorKind::EngineFailed, 0, "write tcp: broken pipe", "image.push"});
        QCOMPARE(bench.controller.step(), Step::Editing);
        QVERIFY(bench.controller.failure().has_value());
        const std::size_t before = bench.engine.sent.size();
        QVERIFY(bench.controller.push());
        bench.letIn();
        QCOMPARE(bench.engine.sent.size(),
                 before + 1); // only the second tag, tagged already or not
        QVERIFY(bench.lastLine().endsWith(u":latest"_s));
        if (bench.lastLine().startsWith(u"docker tag"_s)) {
            bench.succeed();
        }
        bench.pushed(PushBench::digest('a'));
        QCOMPARE(bench.controller.step(), Step::Done);
        QCOMPARE(bench.controller.tags().size(), std::size_t(2));
    }

    void stoppingIsNoFailure()
    {
        PushBench bench;
        bench.controller.setImage("shopfront-api:1.8.3");
        QVERIFY(bench.controller.push());
        bench.controller.cancel();
        PushBench::settle();
        QVERIFY(*bench.desk.checks.back().isCancelled);
        QCOMPARE(bench.controller.step(), Step::Editing);
        QVERIFY(!bench.controller.failure());
    }

    void whatMovedIsTold()
    {
        PushBench bench;
        bench.controller.setImage("127.0.0.1:5000/team/web:1");
        QVERIFY(bench.controller.push());
        FakeRegistryDesk::answer<service::Done>(bench.desk.checks.back().promise, service::Done{});
        PushBench::settle();
        FakeRegistryDesk::answer<std::string>(bench.desk.digestQuestions.back().promise,
                                              PushBench::digest('b'));
        PushBench::settle();
        bench.pushed(PushBench::digest('a'));
        QCOMPARE(bench.controller.tags().front().before, PushBench::digest('b'));
        QVERIFY(bench.controller.tags().front().isBeforeKnown);
    }

    void missingDigestsAreLookedUp()
    {
        PushBench bench;
        bench.controller.setImage("127.0.0.1:5000/team/web:1");
        QVERIFY(bench.controller.push());
        bench.letIn();
        bench.engine.succeed(bench.engine.sent.size() - 1, "done");
        PushBench::settle();
        docker::ImageDetails details;
        details.digests = {"nginx@" + PushBench::digest('c'),
                           "127.0.0.1:5000/team/web@" + PushBench::digest('d')};
        test::FakeImageEngine::answer<docker::ImageDetails>(bench.engine.inspections.back().promise,
                                                            details);
        PushBench::settle();
        QCOMPARE(bench.controller.step(), Step::Done);
        QCOMPARE(bench.controller.tags().front().digest, PushBench::digest('d'));
    }

    void everyRefusalHasCauseAndNextStep_data()
    {
        QTest::addColumn<Error>("error");
        QTest::addColumn<QString>("part");
        const auto engine = [](const char *row, const char *words, const char *part) {
            QTest::newRow(row) << Error{ErrorKind::EngineFailed, 0, words, "image.push"}
                               << QString::fromUtf8(part);
        };
        engine("401", "unauthorized: authentication required", "Sign in");
        engine("403", "denied: requested access to the resource is denied", "may not push");
        engine("404", "name unknown: no such repository", "make the repository");
        engine("413", "received unexpected HTTP status: 413 Request Entity Too Large",
               "client_max_body_size");
        engine("429", "toomanyrequests: slow down", "Try again in a while");
        engine("not trusted", "x509: certificate signed by unknown authority", "certs.d");
        engine("expired", "x509: certificate has expired or is not yet valid", "renew");
        engine("other host", "x509: certificate is valid for a, not b", "another name");
        engine("plain", "http: server gave HTTP response to HTTPS client", "insecure-registries");
        engine("no name", "dial tcp: lookup x: no such host", "Check the name");
        engine("refused", "dial tcp 1.2.3.4:5000: connect: connection refused", "Check the port");
        engine("5xx", "received unexpected HTTP status: 502 Bad Gateway", "Try again");
        QTest::newRow("429 with a time")
            << Error{ErrorKind::Busy, 429, registry::withRetryAfter("x", std::chrono::seconds(90)),
                     "registry.checkpush"}
            << u"1 m 30 s"_s;
    }

    void everyRefusalHasCauseAndNextStep()
    {
        QFETCH(const Error, error);
        QFETCH(const QString, part);
        const Explanation words = explainRegistry(error, RegistryAct::Push,
                                                  {.registry = "registry.example:5000",
                                                   .repository = "team/web",
                                                   .user = "mara",
                                                   .hasAccount = true});
        QVERIFY2(words.body().contains(part), qPrintable(words.body()));
        QVERIFY(!words.title.isEmpty());
        QVERIFY(!words.reason.isEmpty());
        QVERIFY(!words.advice.isEmpty());
    }

    void hostileWordsAreMadeSafe()
    {
        const Error error{ErrorKind::EngineFailed, 0, "strange \x1b[31m\u202ewords", "image.push"};
        const Explanation words = explainRegistry(
            error, RegistryAct::Push, {.registry = "r.example\x1b", .repository = "a\u202e"});
        QVERIFY(!words.title.contains(u'\u202e'));
        QVERIFY(!words.body().contains(u'\x1b'));
    }

    void layersKeepTheirSizes()
    {
        PushLayers layers;
        layers.take({{"a", "Preparing"}, {"b", "Waiting"}});
        QCOMPARE(layers.share(), std::optional(0.0));
        layers.take({{"a", "Pushing", 50, 100}});
        QCOMPARE(layers.share(), std::optional(0.25));
        layers.take({{"a", "Pushing", 120, 100}}); // engines count headers, too
        QCOMPARE(layers.total(), 120);
        layers.take({{"a", "Pushed"}, {"b", "Mounted from library/x"}, {"", "1: digest: x"}});
        QCOMPARE(layers.share(), std::optional(1.0));
        QCOMPARE(layers.sent(), 120);
        QCOMPARE(layers.count(PushState::Mounted), 1);
    }

    void makersAreLaidBesideLayers()
    {
        const std::vector<std::string> diffs{PushBench::digest('a'), PushBench::digest('b')};
        const auto makers = layerMakers(diffs, {{"ADD", 5}, {"CMD", 0}, {"COPY", 7}});
        QCOMPARE(makers.at("bbbbbbbbbbbb"), "COPY");
        QVERIFY(layerMakers(diffs, {{"ADD", 5}}).empty());
        QCOMPARE(layerMakers(diffs, {{"ADD", 5}, {"RUN true", 0}}).at("bbbbbbbbbbbb"), "RUN true");
    }

    void digestsAreReadOfTheLastWord()
    {
        QCOMPARE(digestOfPush("1.0: digest: " + PushBench::digest('e') + " size: 528"),
                 PushBench::digest('e'));
        QCOMPARE(digestOfPush("1.0: digest: sha256:short size: 5"), "");
        QCOMPARE(digestOfPush(""), "");
    }
};

} // namespace tst_push_controller

ROADSTEAD_GUILESS_TEST(tst_push_controller::TestPushController)
#include "tst_push_controller.moc"
