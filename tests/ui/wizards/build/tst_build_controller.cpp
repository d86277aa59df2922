// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/support/fake_build_engine.h"
#include "ui/wizards/build/build_controller.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

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

QTEST_GUILESS_MAIN(TestBuildController)
#include "tst_build_controller.moc"
