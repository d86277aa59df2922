// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/build/build_run.h"
#include "tests/support/shell_script.h"
#include "tests/support/test_program/test_program.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

namespace tst_build_run {

using namespace roadstead;
using namespace roadstead::service;
using namespace Qt::StringLiterals;
using namespace std::string_literals;

/// A build run against programs that stand where the docker CLI would.
class TestBuildRun : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void missingProgramIsSaid();
    void missingBuildxIsSaid();
    void failureHasItsKind_data();
    void failureHasItsKind();
    void secretsAreInTheEnvironmentAlone();
    void stopEndsIt();
    void buildThatIgnoresTheRequestIsEndedWithItsRun();
    void digestIsRead();

private:
    /// A shell script in the place of the docker CLI.
    QString program(const QByteArray &script)
    {
        return test::writeShellScript(m_folder.filePath(u"docker"_s), script);
    }
    static void finish(BuildRun &run)
    {
        QSignalSpy finished(&run, &BuildRun::finished);
        run.start();
        QVERIFY(finished.wait(20'000));
        QVERIFY(run.endedAt() >= run.startedAt());
    }

    QTemporaryDir m_folder;
};

void TestBuildRun::missingProgramIsSaid()
{
    BuildRun run({.context = "."}, {}, m_folder.filePath(u"none"_s));
    finish(run);
    QVERIFY(run.state() == BuildState::Failed);
    QCOMPARE(run.error()->kind, ErrorKind::NotInstalled);
}

void TestBuildRun::missingBuildxIsSaid()
{
    BuildRun run({.context = "."}, {},
                 program("echo \"docker: 'buildx' is not a docker command.\" >&2; exit 1\n"));
    finish(run);
    QCOMPARE(run.error()->kind, ErrorKind::NotInstalled);
    QCOMPARE(run.error()->detail, "buildx"s);
}

void TestBuildRun::failureHasItsKind_data()
{
    QTest::addColumn<QByteArray>("words");
    QTest::addColumn<ErrorKind>("kind");
    QTest::newRow("a step") << QByteArray("ERROR: failed to solve: process did not complete")
                            << ErrorKind::EngineFailed;
    QTest::newRow("disk") << QByteArray("ERROR: failed to solve: write /x: no space left on device")
                          << ErrorKind::DiskFull;
    QTest::newRow("registry") << QByteArray("ERROR: failed to solve: unexpected status from HEAD "
                                            "request to https://r/v2/: 401 Unauthorized")
                              << ErrorKind::Unauthorized;
    QTest::newRow("nothing said") << QByteArray() << ErrorKind::EngineFailed;
}

void TestBuildRun::failureHasItsKind()
{
    QFETCH(const QByteArray, words);
    QFETCH(const ErrorKind, kind);
    BuildRun run({.context = "."}, {}, program("echo '" + words + "' >&2; exit 3\n"));
    finish(run);
    QVERIFY(run.state() == BuildState::Failed);
    QCOMPARE(run.error()->kind, kind);
    QCOMPARE(run.error()->code, 3);
}

void TestBuildRun::secretsAreInTheEnvironmentAlone()
{
    const QString seen = m_folder.filePath(u"seen"_s);
    BuildRun run({.context = "/ctx",
                  .buildArguments = {{"TOKEN", "canary-1", true}, {"PLAIN", "x"}},
                  .secrets = {{.id = "npm", .variable = "SECRET_0", .value = "canary-2"}}},
                 {.context = "there"},
                 program("echo \"$TOKEN $SECRET_0\" >'" + seen.toUtf8() +
                         "'; for a in \"$@\"; do echo \"$a\" >>'" + seen.toUtf8() + "'; done\n"));
    finish(run);
    QVERIFY(run.state() == BuildState::Succeeded);
    QFile file(seen);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArrayList lines = file.readAll().split('\n');
    QCOMPARE(lines.front(), QByteArray("canary-1 canary-2"));
    QCOMPARE(lines.mid(1, 6),
             (QByteArrayList{"--context", "there", "buildx", "build", "--progress", "rawjson"}));
    QVERIFY(lines.contains("TOKEN"));
    QVERIFY(lines.contains("PLAIN=x"));
    QVERIFY(lines.contains("id=npm,env=SECRET_0"));
    for (const std::string &argument : run.build().arguments()) {
        QVERIFY(!argument.contains("canary"));
    }
}

void TestBuildRun::stopEndsIt()
{
    BuildRun run({.context = "."}, {},
                 program("trap 'exit 130' TERM\necho started >&2\nwhile :; do sleep 0.05; done\n"));
    QSignalSpy changed(&run, &BuildRun::changed);
    QSignalSpy finished(&run, &BuildRun::finished);
    run.start();
    QVERIFY(changed.wait(20'000)); // the trap is set
    run.stop();
    QVERIFY(finished.wait(20'000));
    QVERIFY(run.state() == BuildState::Stopped);
    QCOMPARE(run.error()->kind, ErrorKind::Cancelled);
}

void TestBuildRun::buildThatIgnoresTheRequestIsEndedWithItsRun()
{
    const QString pidFile = m_folder.filePath(u"pid"_s);
    {
        BuildRun run({.context = "."}, {},
                     program("trap '' TERM\necho $$ >'" + pidFile.toUtf8() +
                             "'\necho started >&2\nwhile :; do sleep 0.05; done\n"));
        QSignalSpy changed(&run, &BuildRun::changed);
        run.start();
        QVERIFY(changed.wait(20'000));
    }
    QFile file(pidFile);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QString process = u"/proc/"_s + QString::fromUtf8(file.readAll().trimmed());
    QTRY_VERIFY(!QFile::exists(process));
}

void TestBuildRun::digestIsRead()
{
    BuildRun run({.context = "."}, {},
                 program("while [ $# -gt 0 ]; do [ \"$1\" != --metadata-file ] || "
                         "echo '{\"containerimage.digest\":\"sha256:abc\"}' >\"$2\"; shift; "
                         "done\n"));
    finish(run);
    QVERIFY(run.state() == BuildState::Succeeded);
    QCOMPARE(run.imageDigest(), "sha256:abc"s);
}

} // namespace tst_build_run

ROADSTEAD_GUILESS_TEST(tst_build_run::TestBuildRun)
#include "tst_build_run.moc"
