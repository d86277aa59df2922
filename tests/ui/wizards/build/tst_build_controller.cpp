// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_program/test_program.h"
#include "tests/ui/support/fake_build_engine.h"
#include "ui/wizards/build/build_controller.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

namespace tst_build_controller {

using namespace roadstead;
using namespace roadstead::ui;
using namespace Qt::StringLiterals;
using Step = BuildController::Step;

/// What the build wizard decides and does, against a docker command of the test's own.
class TestBuildController : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_engine = std::make_unique<test::FakeBuildEngine>();
        m_engine->listing = R"({"Name":"default","Current":true,"Driver":"docker"})";
        m_engine->setScript("exit 0\n");
        m_controller = std::make_unique<BuildController>(m_engine.get());
        write(u"Dockerfile"_s, "FROM busybox\nRUN true\n");
        write(u"data"_s, QByteArray(1'000, 'x'));
    }
    void cleanup() { m_controller.reset(); }

    void contextIsLookedAt()
    {
        open();
        const auto &facts = m_controller->facts();
        QVERIFY(!facts.problem);
        QCOMPARE(facts.size->files, std::uint64_t(2));
        QCOMPARE(facts.dockerfiles, std::vector<std::string>{"Dockerfile"});
        QCOMPARE(m_controller->dockerfile().stages.size(), std::size_t(1));
        QCOMPARE(m_controller->dockerfilePath(), m_folder->filePath(u"Dockerfile"_s));
        QVERIFY(m_controller->line().endsWith(m_folder->path()));
    }
    void folderThatIsNotThereIsSaid()
    {
        m_controller->setContext(u"/nowhere/at/all"_s);
        QTRY_VERIFY(!m_controller->isLooking());
        QVERIFY(m_controller->facts().problem.has_value());
        QVERIFY(!m_controller->facts().problem->body().isEmpty());
    }
    void onlyTheLastLookCounts()
    {
        m_controller->setContext(u"/nowhere/at/all"_s);
        open();
        QVERIFY(!m_controller->facts().problem);
    }
    void folderWithoutADockerfileCanGetOne()
    {
        QVERIFY(QFile::remove(m_folder->filePath(u"Dockerfile"_s)));
        open();
        QVERIFY(!m_controller->facts().problem);
        m_controller->setText(u"FROM scratch\n"_s);
        QVERIFY(m_controller->isTextChanged());
        QVERIFY(!m_controller->saveText());
        QCOMPARE(read(u"Dockerfile"_s), QByteArray("FROM scratch\n"));
        QVERIFY(!m_controller->isTextChanged());
    }
    void anotherDockerfileIsTaken()
    {
        write(u"Dockerfile.dev"_s, "FROM busybox AS dev\n");
        open();
        m_controller->chooseDockerfile(u"Dockerfile.dev"_s);
        QTRY_VERIFY(!m_controller->isLooking());
        QCOMPARE(m_controller->dockerfile().stages.front().name, std::string("dev"));
        QVERIFY(m_controller->line().contains(u"Dockerfile.dev"_s));
    }
    void buildSavesTheTextAndIsRecorded()
    {
        open();
        m_controller->setText(u"FROM busybox\nRUN false\n"_s);
        build();
        QCOMPARE(read(u"Dockerfile"_s), QByteArray("FROM busybox\nRUN false\n"));
        QCOMPARE(m_controller->step(), Step::Result);
        QCOMPARE(m_engine->lines, QStringList{m_controller->line()});
        QCOMPARE(m_engine->ended, 1);
        QVERIFY(!m_engine->lastError);
        QVERIFY(!m_controller->failure());
    }
    void problemsKeepItFromBeginning()
    {
        open();
        m_controller->setText(u"RUN true\n"_s);
        QVERIFY(!m_controller->build());
        QVERIFY(m_engine->lines.isEmpty());
        QCOMPARE(read(u"Dockerfile"_s), QByteArray("FROM busybox\nRUN true\n"));
    }
    void failureNamesItsLineAndAWayOut()
    {
        m_engine->setScript("echo 'Dockerfile:2' >&2\n"
                            "echo 'ERROR: failed to solve: process \"x\" did not complete "
                            "successfully: exit code: 127' >&2\nexit 1\n");
        open();
        build();
        QVERIFY(m_controller->failure()->title.contains(u'2'));
        QVERIFY(m_controller->failure()->advice.contains(u"command"_s));
        QCOMPARE(m_engine->lastError->kind, ErrorKind::EngineFailed);
    }
    void missingCommandIsExplained()
    {
        m_engine->setScript("echo \"docker: 'buildx' is not a docker command.\" >&2\nexit 1\n");
        open();
        build();
        QVERIFY(m_controller->failure()->reason.contains(u"buildx"_s));
        QVERIFY(m_controller->failure()->advice.contains(u"docker-buildx"_s));
    }
    void stoppedBuildIsNoFailure()
    {
        m_engine->setScript("trap 'exit 130' TERM\necho x >&2\nwhile :; do sleep 0.05; done\n");
        open();
        QSignalSpy seen(m_controller.get(), &BuildController::runChanged);
        QVERIFY(m_controller->build());
        QTRY_VERIFY(seen.size() > 1); // the script has its trap
        m_engine->cancel();           // as the history does it
        QTRY_COMPARE(m_controller->step(), Step::Result);
        QVERIFY(!m_controller->failure());
        QCOMPARE(m_engine->lastError->kind, ErrorKind::Cancelled);
        m_controller->goTo(Step::Options);
        QCOMPARE(m_controller->step(), Step::Options);
    }
    void buildUnderWayIsNotLeftForAnother()
    {
        m_engine->setScript("while :; do sleep 0.05; done\n");
        open();
        QVERIFY(m_controller->build());
        m_controller->begin({});
        m_controller->goTo(Step::Context);
        QVERIFY(!m_controller->build());
        QCOMPARE(m_controller->step(), Step::Building);
        m_controller.reset();
        QCOMPARE(m_engine->ended, 1); // the history does not wait for ever
    }

    void withoutBuildxTheEngineBuilds()
    {
        m_engine->versionScript = "echo \"docker: 'buildx' is not a docker command.\" >&2; exit 1";
        m_engine->setScript("exit 9\n");
        QSignalSpy facts(m_controller.get(), &BuildController::factsChanged);
        open();
        QTRY_COMPARE(m_controller->builder(), BuildController::Builder::Classic);
        QVERIFY(m_controller->builderNote().contains(u"docker-buildx is not installed"_s));
        BuildForm form = m_controller->form();
        form.tags = {"shop:1"};
        form.arguments = {"LEVEL=info", "NPM_TOKEN=npm_canary"};
        form.secrets = {"key=" + m_folder->filePath(u"data"_s).toStdString()};
        form.platforms = "linux/amd64, linux/arm64";
        m_controller->setForm(form);
        QCOMPARE(m_controller->problems().size(), 2);
        QVERIFY(!m_controller->build());
        form.secrets.clear();
        form.platforms = "linux/arm64";
        m_controller->setForm(form);
        QVERIFY2(m_controller->line().startsWith(u"DOCKER_BUILDKIT=0 docker build -t shop:1 "_s),
                 qPrintable(m_controller->line()));
        QVERIFY(!m_controller->line().contains(u"canary"_s));
        QVERIFY(m_controller->line().contains(u"--build-arg LEVEL=info"_s));
        QVERIFY(m_controller->build());
        const auto isAsked = [this] {
            const std::scoped_lock lock(m_engine->mutex);
            return !m_engine->commands.empty();
        };
        QTRY_VERIFY(isAsked());
        const auto asked = std::get<docker::BuildImage>(m_engine->commands.front());
        QCOMPARE(asked.dockerfile, std::string("Dockerfile"));
        QCOMPARE(asked.platform, std::string("linux/arm64"));
        QCOMPARE(asked.buildArguments.back().second, std::string("npm_canary"));
        for (const char *line : {"Step 1/2 : FROM busybox\n", "Step 2/2 : RUN true\n", "well\n",
                                 "Successfully built abc\n"}) {
            m_engine->progress({{}, line, 0, 0});
        }
        QTRY_COMPARE(m_controller->run()->snapshot().steps.size(), std::size_t(2));
        m_engine->answer(docker::CommandReply{});
        QTRY_COMPARE(m_controller->step(), Step::Result);
        QVERIFY(m_controller->run()->state() == service::BuildState::Succeeded);
        QCOMPARE(m_controller->run()->imageDigest(), std::string("sha256:abc"));
        QCOMPARE(m_controller->run()->lines().lines(1, 0, 9).front().text, std::string("well"));
    }
    void anEngineWithoutBuildKitBuildsItself()
    {
        m_engine->buildKit = false;
        open();
        QCOMPARE(m_controller->builder(), BuildController::Builder::Classic);
        QVERIFY(m_controller->builderNote().startsWith(u"This engine has no BuildKit"_s));
        QVERIFY(m_controller->build());
        const auto isAsked = [this] {
            const std::scoped_lock lock(m_engine->mutex);
            return !m_engine->commands.empty();
        };
        QTRY_VERIFY(isAsked());
        m_engine->progress({{}, "STEP 1/2: FROM busybox\n", 0, 0});
        m_engine->progress({{}, "STEP 2/2: RUN true\n", 0, 0});
        m_engine->answer(
            std::unexpected(Error{ErrorKind::EngineFailed, 0, "exit status 3", "image.build"}));
        QTRY_COMPARE(m_controller->step(), Step::Result);
        QCOMPARE(m_controller->failure()->title, u"The build failed at line 2 of the Dockerfile"_s);
    }

    void whatIsWrittenIsLookedAtByABuilderThatCan()
    {
        m_engine->versionScript = "echo github.com/docker/buildx v0.15.1 abc";
        // Says which line of its standard input has a word, and notes how often it was asked.
        m_engine->setScript("echo \"$*\" >> " + m_folder->filePath(u"asked"_s).toUtf8() +
                            "\nline=$(grep -n wrong | head -1 | cut -d: -f1)\n"
                            "if [ -z \"$line\" ]; then echo '{\"warnings\":[]}'; exit 0; fi\n"
                            "echo '{\"warnings\":[{\"ruleName\":\"Rule\",\"detail\":\"Not so\",'"
                            "'\"location\":{\"ranges\":[{\"start\":{\"line\":'$line'},"
                            "\"end\":{\"line\":'$line'}}]}}]}'\nexit 1\n");
        open();
        QTRY_VERIFY(!read(u"asked"_s).isEmpty());
        QCOMPARE(read(u"asked"_s).count('\n'), 1);
        QVERIFY(
            read(u"asked"_s)
                .startsWith("buildx build --call check,format=json --progress quiet --file - -- "));
        QVERIFY(m_controller->check().warnings.empty());
        QSignalSpy checked(m_controller.get(), &BuildController::checkChanged);
        for (const auto &text :
             {u"FROM a\nRUN w"_s, u"FROM a\nRUN wro"_s, u"FROM a\nRUN wrong\n"_s}) {
            m_controller->setText(text);
        }
        QTRY_COMPARE(m_controller->check().warnings.size(), std::size_t(1));
        QCOMPARE(m_controller->check().warnings[0].firstLine, 2);
        QCOMPARE(read(u"asked"_s).count('\n'), 2); // the last of them only
        QVERIFY(m_controller->isTextChanged());    // nothing was saved for it
        m_controller->setText(u"FROM a\n\nRUN right\n"_s);
        QVERIFY(m_controller->check().warnings.empty()); // its lines are others
    }
    void anOldBuilderIsNotAskedToLook()
    {
        m_engine->versionScript = "echo github.com/docker/buildx 0.13.1+ds1 0.13.1+ds1-3";
        m_engine->setScript("touch " + m_folder->filePath(u"asked"_s).toUtf8() + "\n");
        open();
        QTest::qWait(900);
        QVERIFY(!QFile::exists(m_folder->filePath(u"asked"_s)));
    }
    void aBuilderThatCannotLookIsAskedOnce()
    {
        m_engine->versionScript = "echo github.com/docker/buildx v0.15.1 abc";
        m_engine->setScript("echo x >> " + m_folder->filePath(u"asked"_s).toUtf8() +
                            "\necho 'ERROR: unsupported request frontend.lint' >&2\nexit 1\n");
        open();
        QTRY_VERIFY(!read(u"asked"_s).isEmpty());
        QTest::qWait(100);
        m_controller->setText(u"FROM b\n"_s);
        QTest::qWait(900);
        QCOMPARE(read(u"asked"_s).count('\n'), 1);
    }

    void theDockerfileOfARepositoryIsNotEdited()
    {
        m_controller->setContext(u"git://host/shop.git#main"_s);
        QVERIFY(!m_controller->isLooking());
        m_controller->goTo(Step::Dockerfile);
        QCOMPARE(m_controller->step(), Step::Options);
        m_controller->goTo(Step::Dockerfile); // back
        QCOMPARE(m_controller->step(), Step::Context);
        QVERIFY(m_controller->problems().isEmpty());
        m_engine->buildKit = false;
        QCOMPARE(m_controller->problems().first().field, BuildField::Context);
        m_engine->buildKit = true;
        QVERIFY(m_controller->line().endsWith(u"git://host/shop.git#main"_s) ||
                m_controller->line().endsWith(u"'git://host/shop.git#main'"_s));
        QVERIFY(m_controller->build());
        QTRY_COMPARE(m_controller->step(), Step::Result);
    }

private:
    void write(const QString &name, const QByteArray &text)
    {
        QFile file(m_folder->filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }
    [[nodiscard]] QByteArray read(const QString &name) const
    {
        QFile file(m_folder->filePath(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    void open()
    {
        m_controller->setContext(m_folder->path());
        QTRY_VERIFY(!m_controller->isLooking());
    }
    void build()
    {
        QVERIFY(m_controller->build());
        QTRY_COMPARE_WITH_TIMEOUT(m_controller->step(), Step::Result, 20'000);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<test::FakeBuildEngine> m_engine;
    std::unique_ptr<BuildController> m_controller;
};

} // namespace tst_build_controller

ROADSTEAD_GUILESS_TEST(tst_build_controller::TestBuildController)
#include "tst_build_controller.moc"
