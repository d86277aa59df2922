// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_program/test_program.h"
#include "tests/ui/support/fake_run_engine.h"
#include "ui/wizards/run/run_controller.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

namespace tst_run_controller {

using namespace roadstead;
using namespace roadstead::ui;
using Step = RunController::Step;

namespace {

const std::string id(64, '7');

void settle()
{
    QCoreApplication::processEvents();
}

} // namespace

class TestRunController : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void anImageThatIsThereIsRunAtOnce()
    {
        test::FakeRunEngine engine;
        engine.showImages({"nginx:latest"});
        RunController controller(&engine);
        controller.setForm({.image = "nginx", .name = "web"});
        QVERIFY(controller.run());
        QVERIFY(!controller.pulls());
        QCOMPARE(engine.line(0), QString("docker create --name web nginx"));
        engine.succeed(0, id);
        settle();
        QCOMPARE(controller.step(), Step::Starting);
        QCOMPARE(engine.line(1), QString("docker start web"));
        engine.succeed(1);
        settle();
        QCOMPARE(controller.step(), Step::Done);
        QCOMPARE(controller.containerId(), id);
        QCOMPARE(controller.containerName(), QString("web"));
    }

    void aMissingImageIsPulledWithProgress()
    {
        test::FakeRunEngine engine;
        RunController controller(&engine);
        controller.setForm({.image = "nginx"});
        QVERIFY(controller.run());
        QCOMPARE(controller.step(), Step::Pulling);
        QCOMPARE(engine.line(0), QString("docker pull nginx:latest"));
        const QSignalSpy progress(&controller, &RunController::progressChanged);
        engine.sent[0].progress({{"a", "Downloading", 10, 100}, {"b", "Waiting", 0, 0}});
        engine.sent[0].progress({{"b", "Downloading", 50, 100}});
        QTRY_COMPARE(progress.count(), 1);
        QCOMPARE(controller.pullLayers().layers().size(), std::size_t(2));
        QCOMPARE(controller.pullLayers().share().value(), 0.3);
        engine.sent[0].progress({{"b", "Pull complete", 0, 0}});
        QCOMPARE(controller.pullLayers().share().value(), 0.55);
        engine.succeed(0);
        settle();
        QCOMPARE(controller.step(), Step::Creating);
    }

    void aPullIsCancelled()
    {
        test::FakeRunEngine engine;
        RunController controller(&engine);
        const RunForm form{.image = "nginx", .name = "web"};
        controller.setForm(form);
        QVERIFY(controller.run());
        controller.cancel();
        settle();
        QVERIFY(*engine.sent[0].cancelled);
        QCOMPARE(controller.step(), Step::Editing);
        QVERIFY(controller.wasCancelled());
        QVERIFY(controller.form() == form);
        QCOMPARE(engine.sent.size(), std::size_t(1));
    }

    void whatIsCreatedWhenOneCancelsIsRemoved()
    {
        test::FakeRunEngine engine;
        engine.showImages({"nginx:latest"});
        RunController controller(&engine);
        controller.setForm({.image = "nginx"});
        QVERIFY(controller.run());
        controller.cancel();
        engine.succeed(0, id);
        settle();
        QCOMPARE(engine.line(1), QString("docker rm -f -v 777777777777"));
        engine.succeed(1);
        settle();
        QCOMPARE(controller.step(), Step::Editing);
    }

    void aPortThatIsTakenComesBackToItsField()
    {
        test::FakeRunEngine engine;
        engine.showImages({"nginx:latest"});
        RunController controller(&engine);
        controller.setForm(
            {.image = "nginx", .name = "web", .ports = {{"", "3000", "80"}, {"", "8080", "81"}}});
        QVERIFY(controller.run());
        engine.succeed(0, id);
        settle();
        engine.fail(1, ErrorKind::EngineFailed,
                    "driver failed programming external connectivity on endpoint web: failed to "
                    "bind host port for 0.0.0.0:8080:172.17.0.2:81/tcp: Error starting userland "
                    "proxy: listen tcp4 0.0.0.0:8080: bind: address already in use");
        settle();
        QCOMPARE(controller.step(), Step::Undoing);
        QCOMPARE(engine.line(2), QString("docker rm -f -v web"));
        engine.succeed(2);
        settle();
        QCOMPARE(controller.step(), Step::Editing);
        QVERIFY(controller.failure()->advice.contains("removed again"));
        const RunCheck *problem = controller.problemAt({"publish", 1});
        QVERIFY(problem != nullptr);
        QCOMPARE(problem->fixText, QString("Use 8081"));
        const RunCheck copy = *problem;
        controller.apply(copy);
        QCOMPARE(controller.form().ports[1].hostPort, std::string("8081"));
        QVERIFY(controller.problemAt({"publish", 1}) == nullptr);
        QVERIFY(!controller.failure());
    }

    void whatMendsAPullIsSaid()
    {
        test::FakeRunEngine engine;
        RunController controller(&engine);
        controller.setForm({.image = "pier.lan:5000/web:1", .name = "web"});
        QVERIFY(controller.run());
        QCOMPARE(engine.line(0), QString("docker pull pier.lan:5000/web:1"));
        engine.fail(0, ErrorKind::EngineFailed,
                    "Get \"https://pier.lan:5000/v2/\": tls: failed to verify certificate: x509: "
                    "certificate signed by unknown authority");
        settle();
        QCOMPARE(controller.remedy(), RegistryRemedy::Trust);
        QCOMPARE(controller.registry(), std::string("pier.lan:5000"));
        QVERIFY(controller.failure()->reason.contains("nobody who is trusted"));
        QVERIFY(controller.run());
        engine.fail(1, ErrorKind::NotFound, "manifest for pier.lan:5000/web:1 not found");
        settle();
        QCOMPARE(controller.remedy(), RegistryRemedy::None);
    }

    void failuresComeBackToTheirFields_data()
    {
        QTest::addColumn<int>("command");
        QTest::addColumn<int>("kind");
        QTest::addColumn<QByteArray>("detail");
        QTest::addColumn<QByteArray>("operation");
        QTest::addColumn<RunPlace>("place");
        const auto row = [](const char *reason, int command, ErrorKind kind, const char *detail,
                            const char *operation, const RunPlace &place) {
            QTest::newRow(reason) << command << int(kind) << QByteArray(detail)
                                  << QByteArray(operation) << place;
        };
        row("name", 0, ErrorKind::Conflict,
            "Conflict. The container name \"/web\" is already in use by container \"ab\".",
            "container.create", {"name"});
        row("image", 0, ErrorKind::NotFound, "No such image: nginx:latest", "container.create",
            {"image"});
        row("network", 1, ErrorKind::NotFound, "network shop not found", "container.start",
            {"network", 0});
        row("command", 1, ErrorKind::BadRequest,
            "exec: \"nope\": executable file not found in $PATH", "container.start", {"command"});
        row("folder", 0, ErrorKind::BadRequest,
            "invalid mount config for type \"bind\": bind source path does not exist: /gone",
            "container.create", {"mount", 0});
    }
    void failuresComeBackToTheirFields()
    {
        QFETCH(const int, command);
        QFETCH(const int, kind);
        QFETCH(const QByteArray, detail);
        QFETCH(const QByteArray, operation);
        QFETCH(const RunPlace, place);
        test::FakeRunEngine engine;
        engine.showImages({"nginx:latest"});
        RunController controller(&engine);
        const RunForm form{
            .image = "nginx", .name = "web", .mounts = {{RunMount::Kind::Folder, "/gone", "/x"}}};
        controller.setForm(form);
        QVERIFY(controller.run());
        for (int i = 0; i < command; ++i) {
            engine.succeed(std::size_t(i), id);
            settle();
        }
        engine.fail(std::size_t(command), ErrorKind(kind), detail.toStdString(),
                    operation.toStdString());
        settle();
        if (command > 0) {
            engine.succeed(std::size_t(command + 1));
            settle();
        }
        QCOMPARE(controller.step(), Step::Editing);
        QVERIFY(controller.failure().has_value());
        QVERIFY(controller.problemAt(place) != nullptr);
        QVERIFY(controller.form() == form);
    }

    void whatIsWrongIsNotSent()
    {
        test::FakeRunEngine engine;
        RunController controller(&engine);
        QCOMPARE(controller.problemCount(), 0);
        QVERIFY(!controller.run());
        QCOMPARE(controller.problemCount(), 1);
        QVERIFY(controller.problemAt({"image"}) != nullptr);
        QVERIFY(engine.sent.empty());
    }

    void onlyCreated()
    {
        test::FakeRunEngine engine;
        engine.showImages({"nginx:latest"});
        RunController controller(&engine);
        controller.setForm({.image = "nginx"});
        QVERIFY(controller.run(RunController::Deed::CreateOnly));
        engine.succeed(0, id);
        settle();
        QCOMPARE(controller.step(), Step::Done);
        QCOMPARE(engine.sent.size(), std::size_t(1));
    }

    void secretsAreSentButNotShown()
    {
        test::FakeRunEngine engine;
        engine.showImages({"nginx:latest"});
        RunController controller(&engine);
        controller.setForm({.image = "nginx", .environment = {{"API_KEY", "canary-7"}}});
        QVERIFY(!controller.line().contains("canary-7"));
        QVERIFY(controller.run());
        const auto &create = std::get<docker::CreateContainer>(engine.sent[0].command);
        QCOMPARE(create.environment.front(), std::string("API_KEY=canary-7"));
    }

    void aPastedLineFillsTheForm()
    {
        test::FakeRunEngine engine;
        RunController controller(&engine);
        QVERIFY(RunController::looksLikeRunLine("  $ sudo docker run -it x"));
        QVERIFY(RunController::looksLikeRunLine("docker container create x"));
        QVERIFY(!RunController::looksLikeRunLine("docker"));
        QVERIFY(!RunController::looksLikeRunLine("docker/whalesay run it"));
        QVERIFY(!controller.paste("docker run -d \\\n  -p 8080:80 nginx"));
        QCOMPARE(controller.form().ports.size(), std::size_t(1));
        const RunForm before = controller.form();
        const QString line = QStringLiteral("docker run -e ä=1 --memory much nginx");
        const auto problem = controller.paste(line);
        QVERIFY(problem.has_value());
        QCOMPARE(line.mid(problem->begin, problem->end - problem->begin), QString("much"));
        QVERIFY(!problem->text.isEmpty());
        QVERIFY(controller.form() == before);
    }

    void aHistoryLineAsksForItsSecretsAgain()
    {
        test::FakeRunEngine engine;
        engine.showImages({"nginx:latest"});
        RunController controller(&engine);
        QVERIFY(!controller.paste("docker create -e ROADSTEAD_NO_SUCH_TOKEN nginx"));
        QVERIFY(controller.problemAt({"env", 0}) != nullptr);
        QVERIFY(!controller.run());
        RunForm form = controller.form();
        form.environment[0] = {"ROADSTEAD_NO_SUCH_TOKEN", "x"};
        controller.setForm(form);
        QVERIFY(controller.run());
    }

    void variablesComeFromAFile()
    {
        const QTemporaryDir folder;
        QFile file(folder.filePath(".env"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("# of the shop\nLOG=debug\nAPI_KEY=k\n");
        file.close();
        test::FakeRunEngine engine;
        RunController controller(&engine);
        controller.setForm({.image = "i", .environment = {{"LOG", "info"}, {}}});
        QCOMPARE(controller.importVariables(file.fileName()).value(), 2);
        const std::vector<RunVariable> expected{{"LOG", "debug"}, {"API_KEY", "k"}};
        QVERIFY(controller.form().environment == expected);
        QVERIFY(!controller.importVariables(folder.filePath("none")));
        QVERIFY(!controller.importVariables(folder.path()));
    }

    void theIdIsWrittenToItsFile()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath("web.cid");
        test::FakeRunEngine engine;
        engine.showImages({"nginx:latest"});
        RunController controller(&engine);
        RunForm form{.image = "nginx"};
        form.setOption("cidfile", path.toStdString());
        controller.setForm(form);
        QVERIFY(controller.run());
        engine.succeed(0, id);
        settle();
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll().toStdString(), id);
    }

    void foldersAreLookedAt()
    {
        const QTemporaryDir folder;
        test::FakeRunEngine engine;
        RunController controller(&engine);
        controller.setForm({.image = "i",
                            .mounts = {{RunMount::Kind::Folder, folder.path().toStdString(), "/a"},
                                       {RunMount::Kind::Folder, "/nonexistent/x", "/b"}}});
        QTRY_COMPARE(controller.facts().folders.size(), std::size_t(2));
        QCOMPARE(controller.checkAt({"mount", 0})->verdict, RunCheck::Verdict::Fine);
        QCOMPARE(controller.checkAt({"mount", 1})->verdict, RunCheck::Verdict::Note);
    }

    void aControllerThatGoesMeanwhileIsNotCalled()
    {
        test::FakeRunEngine engine;
        {
            RunController controller(&engine);
            controller.readFacts();
            controller.setForm(
                {.image = "nginx", .mounts = {{RunMount::Kind::Folder, "/a", "/b"}}});
            QVERIFY(controller.run());
        }
        engine.sent[0].progress({{"a", "Downloading", 10, 100}});
        engine.succeed(0);
        settle();
        QCOMPARE(engine.sent.size(), std::size_t(1));
    }
};

} // namespace tst_run_controller

ROADSTEAD_GUILESS_TEST(tst_run_controller::TestRunController)
#include "tst_run_controller.moc"
