// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/embedded/docker_context.h"
#include "engine/embedded/local_host.h"
#include "engine/embedded/log_tail.h"
#include "engine/embedded/process_look.h"
#include "engine/embedded/state_file.h"
#include "tests/support/test_program/test_program.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <QThreadPool>

#include <sys/stat.h>

namespace tst_embedded_files {

using namespace Qt::StringLiterals;
using namespace roadstead;
using namespace roadstead::embedded;

namespace {

const QString socketPath = QStringLiteral("/run/roadstead/1001/engine.sock");

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void put(const QString &path, const QByteArray &bytes)
{
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

int modeOf(const QString &path)
{
    struct stat status{};
    ::lstat(QFile::encodeName(path).constData(), &status);
    return int(status.st_mode & 07777);
}

/// Runs the docker CLI with a configuration folder of the test's own.
QByteArray docker(const QString &folder, const QStringList &arguments)
{
    QProcess process;
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"DOCKER_CONFIG"_s, folder);
    environment.remove(u"DOCKER_HOST"_s);
    environment.remove(u"DOCKER_CONTEXT"_s);
    process.setProcessEnvironment(environment);
    process.start(u"docker"_s, arguments);
    const bool ended = process.waitForFinished() && process.exitCode() == 0;
    return ended ? process.readAllStandardOutput() : "failed: " + process.readAllStandardError();
}

/// This machine, on which the test says what is installed.
class ArrangedHost : public LocalHost
{
public:
    Observation observe() override { return seen; }
    Observation seen;
};

/// Every file below a folder with its contents.
QMap<QString, QByteArray> tree(const QString &folder)
{
    QMap<QString, QByteArray> files;
    const auto entries =
        QDir(folder).entryInfoList(QDir::NoDotAndDotDot | QDir::AllEntries | QDir::Hidden);
    for (const QFileInfo &entry : entries) {
        if (entry.isDir()) {
            files.insert(tree(entry.filePath()));
        } else {
            files.insert(entry.filePath(), contents(entry.filePath()));
        }
    }
    return files;
}

} // namespace

/// What is read from and written to files for the embedded engine.
class TestEmbeddedFiles : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void theStateFileIsRead();
    void aStateFileThatSaysNothingIsNoState_data();
    void aStateFileThatSaysNothingIsNoState();
    void notesHaveTheirEnumerators();
    void everyCauseHasItsEnumerator_data();
    void everyCauseHasItsEnumerator();
    void theLogTailIsTheLastTwentyLines();
    void theLogTailIsCapped();
    void theDockerCliSeesTheContext();
    void theContextIsPrivate();
    void theContextIsWrittenOnceAndRemovedWhole();
    void aContextThatLeadsElsewhereStays();
    void otherContextsStay();
    void theCliIsNotLeftWithoutItsContext();
    void aConfigurationThatIsNoneStaysAsItIs();
    void anUninstalledEngineLosesItsContext_data();
    void anUninstalledEngineLosesItsContext();
    void aNumberOfAnotherProgramIsNoSignOfLife();
    void aFolderThatCannotBeWrittenIsAnError();
    void theConfigurationFolderIsTheCliS();
};

void TestEmbeddedFiles::theStateFileIsRead()
{
    const auto state = parseState("state=failed\nsince=1700000000\nrestarts=5\nexit=SIGKILL\n"
                                  "cause=crash-loop\nsubject=10.0.0.0/8\nfuture=key\n");
    QVERIFY(state.has_value());
    QCOMPARE(state->phase, LauncherState::Phase::Failed);
    QCOMPARE(state->since, 1700000000);
    QCOMPARE(state->restarts, 5);
    QCOMPARE(state->cause, FailureCause::CrashLoop);
    QCOMPARE(state->subject, u"10.0.0.0/8"_s);
}

void TestEmbeddedFiles::aStateFileThatSaysNothingIsNoState_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("cut in the key") << QByteArray("sta");
    QTest::newRow("cut in the value") << QByteArray("state=runn");
    QTest::newRow("unknown phase") << QByteArray("state=sleeping\nsince=1\n");
    QTest::newRow("only others") << QByteArray("since=1\nrestarts=0\n");
    QTest::newRow("binary") << QByteArray("\0\1\2=\xff", 5);
}

void TestEmbeddedFiles::aStateFileThatSaysNothingIsNoState()
{
    QFETCH(QByteArray, text);
    QVERIFY(!parseState(text));
}

void TestEmbeddedFiles::notesHaveTheirEnumerators()
{
    QCOMPARE(parseState("state=running\n")->note, Note::None);
    QCOMPARE(parseState("state=running\nnote=forward-blocked\n")->note, Note::ForwardBlocked);
    QCOMPARE(parseState("note=network-incomplete\nstate=running\n")->note, Note::NetworkIncomplete);
    QCOMPARE(parseState("note=certificates-hidden\nstate=running\n")->note,
             Note::CertificatesHidden);
    QCOMPARE(parseState("options=0123456789abcdef\nstate=running\n")->options,
             QStringLiteral("0123456789abcdef"));
    QCOMPARE(parseState("state=running\nnote=of-a-later-version\n")->note, Note::None);
}

void TestEmbeddedFiles::everyCauseHasItsEnumerator_data()
{
    QTest::addColumn<QByteArray>("identifier");
    QTest::addColumn<FailureCause>("cause");
    QTest::newRow("missing") << QByteArray("dockerd-missing") << FailureCause::DockerdMissing;
    QTest::newRow("too old") << QByteArray("dockerd-too-old") << FailureCause::DockerdTooOld;
    QTest::newRow("port") << QByteArray("port-taken") << FailureCause::PortTaken;
    QTest::newRow("bridge") << QByteArray("bridge-clash") << FailureCause::BridgeClash;
    QTest::newRow("pool") << QByteArray("address-pool-clash") << FailureCause::AddressPoolClash;
    QTest::newRow("cgroups") << QByteArray("no-cgroups") << FailureCause::NoCgroups;
    QTest::newRow("iptables") << QByteArray("no-iptables") << FailureCause::NoIptables;
    QTest::newRow("disk") << QByteArray("disk-full") << FailureCause::DiskFull;
    QTest::newRow("loop") << QByteArray("crash-loop") << FailureCause::CrashLoop;
    QTest::newRow("data") << QByteArray("data-root-unusable") << FailureCause::DataRootUnusable;
    QTest::newRow("timeout") << QByteArray("start-timeout") << FailureCause::StartTimeout;
    QTest::newRow("said to be unknown") << QByteArray("unknown") << FailureCause::Unknown;
    QTest::newRow("of a later version") << QByteArray("moon-phase") << FailureCause::Unknown;
}

void TestEmbeddedFiles::everyCauseHasItsEnumerator()
{
    QFETCH(QByteArray, identifier);
    QFETCH(FailureCause, cause);
    QCOMPARE(causeOf(identifier), cause);
}

void TestEmbeddedFiles::theLogTailIsTheLastTwentyLines()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"engine.log"_s);
    QByteArray log;
    for (int line = 1; line <= 100; ++line) {
        log += "line " + QByteArray::number(line) + "\r\n\n";
    }
    put(path, log);
    const QStringList lines = lastLines(path);
    QCOMPARE(lines.size(), 20);
    QCOMPARE(lines.constFirst(), u"line 81"_s);
    QCOMPARE(lines.constLast(), u"line 100"_s);
    QVERIFY(lastLines(folder.filePath(u"none"_s)).isEmpty());
}

void TestEmbeddedFiles::theLogTailIsCapped()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"engine.log"_s);
    put(path, QByteArray(1'000'000, 'a') + "\nx\xffy\n" + QByteArray(5000, 'b'));
    const QStringList lines = lastLines(path);
    QCOMPARE(lines.size(), 2); // the endless line began before the window
    QCOMPARE(lines.constFirst(), u"x\ufffdy"_s);
    QCOMPARE(lines.constLast().size(), 1001);
}

void TestEmbeddedFiles::theDockerCliSeesTheContext()
{
    const QTemporaryDir folder;
    QVERIFY(DockerContext(folder.path(), socketPath).write());
    const QByteArray listed =
        docker(folder.path(), {u"context"_s, u"ls"_s, u"--format"_s, u"{{.Name}} {{.Error}}"_s});
    QVERIFY2(listed.contains("roadstead \n"), listed.constData());
    const QByteArray text = docker(folder.path(), {u"context"_s, u"inspect"_s, u"roadstead"_s});
    const QJsonObject seen = QJsonDocument::fromJson(text).array().at(0).toObject();
    const QJsonObject endpoint = seen[u"Endpoints"_s][u"docker"_s].toObject();
    QCOMPARE(endpoint[u"Host"_s].toString(), u"unix://"_s + socketPath);
    QCOMPARE(endpoint[u"SkipTLSVerify"_s].toBool(true), false);

    // The same file that the CLI itself would write, but for the description.
    const QTemporaryDir own;
    docker(own.path(), {u"context"_s, u"create"_s, u"roadstead"_s, u"--docker"_s,
                        u"host=unix://"_s + socketPath});
    const auto ours = tree(folder.path());
    const auto theirs = tree(own.path());
    QCOMPARE(ours.size(), 1);
    QVERIFY(theirs.contains(QString(ours.firstKey()).replace(folder.path(), own.path())));
    QJsonObject mine = QJsonDocument::fromJson(ours.first()).object();
    QJsonObject reference =
        QJsonDocument::fromJson(
            theirs.value(QString(ours.firstKey()).replace(folder.path(), own.path())))
            .object();
    mine.remove(u"Metadata"_s);
    reference.remove(u"Metadata"_s);
    QCOMPARE(mine, reference);
}

void TestEmbeddedFiles::theContextIsPrivate()
{
    const QTemporaryDir folder;
    const QString config = folder.filePath(u"deep/.docker"_s);
    QVERIFY(DockerContext(config, socketPath).write());
    QCOMPARE(modeOf(config), 0700);
    QCOMPARE(modeOf(config + u"/contexts/meta"_s), 0700);
    QCOMPARE(modeOf(tree(config).firstKey()), 0600);
}

void TestEmbeddedFiles::theContextIsWrittenOnceAndRemovedWhole()
{
    const QTemporaryDir folder;
    DockerContext context(folder.path(), socketPath);
    QVERIFY(context.remove()); // nothing there
    QVERIFY(context.write());
    const auto first = tree(folder.path());
    QVERIFY(context.write());
    QCOMPARE(tree(folder.path()), first);
    QVERIFY(context.remove());
    QVERIFY(tree(folder.path()).isEmpty());
    QVERIFY(QDir(folder.filePath(u"contexts/meta"_s)).isEmpty());
}

void TestEmbeddedFiles::aContextThatLeadsElsewhereStays()
{
    const QTemporaryDir folder;
    docker(folder.path(), {u"context"_s, u"create"_s, u"roadstead"_s, u"--docker"_s,
                           u"host=tcp://10.0.0.1:2375"_s});
    const auto before = tree(folder.path());
    QVERIFY(!before.isEmpty());
    DockerContext context(folder.path(), socketPath);
    const auto written = context.write();
    QVERIFY(!written);
    QCOMPARE(written.error().kind, ErrorKind::Conflict);
    QVERIFY(context.remove());
    QCOMPARE(tree(folder.path()), before);

    const QTemporaryDir broken;
    put(QString(before.firstKey()).replace(folder.path(), broken.path()), "no context");
    const auto unreadable = tree(broken.path());
    QVERIFY(!DockerContext(broken.path(), socketPath).write());
    QVERIFY(DockerContext(broken.path(), socketPath).remove());
    QCOMPARE(tree(broken.path()), unreadable);
}

void TestEmbeddedFiles::otherContextsStay()
{
    const QTemporaryDir folder;
    docker(folder.path(), {u"context"_s, u"create"_s, u"other"_s, u"--docker"_s,
                           u"host=unix:///tmp/other.sock"_s});
    put(folder.filePath(u"config.json"_s), R"({"currentContext":"other"})");
    const auto before = tree(folder.path());
    DockerContext context(folder.path(), socketPath);
    QVERIFY(context.write());
    QVERIFY(context.remove());
    QCOMPARE(tree(folder.path()), before);
}

void TestEmbeddedFiles::theCliIsNotLeftWithoutItsContext()
{
    const QTemporaryDir folder;
    DockerContext context(folder.path(), socketPath);
    QVERIFY(context.write());
    const QString config = folder.filePath(u"config.json"_s);
    put(config, R"({"psFormat":"x","currentContext":"roadstead","auths":{"b":{},"a":{}}})");
    QFile::setPermissions(config, QFile::ReadOwner | QFile::WriteOwner);
    QVERIFY(context.remove());
    QCOMPARE(contents(config).simplified().replace(' ', ""),
             R"({"psFormat":"x","auths":{"b":{},"a":{}}})");
    QCOMPARE(modeOf(config), 0600);
    QCOMPARE(docker(folder.path(), {u"context"_s, u"show"_s}), "default\n");
}

void TestEmbeddedFiles::aConfigurationThatIsNoneStaysAsItIs()
{
    const QTemporaryDir folder;
    DockerContext context(folder.path(), socketPath);
    QVERIFY(context.write());
    put(folder.filePath(u"config.json"_s), "no JSON \"roadstead\"");
    QVERIFY(context.remove());
    QCOMPARE(contents(folder.filePath(u"config.json"_s)), "no JSON \"roadstead\"");
}

void TestEmbeddedFiles::anUninstalledEngineLosesItsContext_data()
{
    QTest::addColumn<bool>("isInstalledFirst");
    QTest::newRow("while the program runs") << true;
    QTest::newRow("while it did not") << false;
}

void TestEmbeddedFiles::anUninstalledEngineLosesItsContext()
{
    QFETCH(bool, isInstalledFirst);
    const QTemporaryDir folder;
    qputenv("DOCKER_CONFIG", QFile::encodeName(folder.path()));
    auto machine = std::make_unique<ArrangedHost>();
    ArrangedHost *host = machine.get();
    QVERIFY(DockerContext(folder.path(), host->places().socket).write());
    host->seen.installed = isInstalledFirst;
    EmbeddedEngine engine(std::move(machine));
    if (isInstalledFirst) {
        QCOMPARE(engine.state(), State::Stopped);
        QThreadPool::globalInstance()->waitForDone();
        QCOMPARE(tree(folder.path()).size(), 1);
        host->seen.installed = false;
        engine.lookAgain();
    }
    QCOMPARE(engine.state(), State::NotInstalled);
    QTRY_VERIFY(tree(folder.path()).isEmpty());
    qunsetenv("DOCKER_CONFIG");
}

void TestEmbeddedFiles::aNumberOfAnotherProgramIsNoSignOfLife()
{
    const QTemporaryDir folder;
    const QString pidFile = folder.filePath(u"launcher.pid"_s);
    QProcess process;
    process.start(u"sleep"_s, {u"1001"_s});
    QVERIFY(process.waitForStarted());
    put(pidFile, QByteArray::number(process.processId()) + "\n");
    QCOMPARE(livingProcess(pidFile, "sleep", "1001"), process.processId());
    QCOMPARE(livingProcess(pidFile, "sleep"), process.processId());
    QCOMPARE(livingProcess(pidFile, "sleep", "100"), 0);
    QCOMPARE(livingProcess(pidFile, "roadstead-launcher", "1001"), 0);
    QCOMPARE(livingProcess(pidFile, "slee"), 0);
    process.kill();
    process.waitForFinished();
    QCOMPARE(livingProcess(pidFile, "sleep"), 0);
    put(pidFile, "1\n");
    QCOMPARE(livingProcess(pidFile, "init"), 0);
    put(pidFile, "-1\n");
    QCOMPARE(livingProcess(pidFile, "sleep"), 0);
    QCOMPARE(livingProcess(folder.filePath(u"none"_s), "sleep"), 0);
}

void TestEmbeddedFiles::aFolderThatCannotBeWrittenIsAnError()
{
    const QTemporaryDir folder;
    put(folder.filePath(u"contexts"_s), "a file where a folder should be");
    const auto written = DockerContext(folder.path(), socketPath).write();
    QVERIFY(!written);
    QCOMPARE(written.error().kind, ErrorKind::Io);
    QCOMPARE(contents(folder.filePath(u"contexts"_s)), "a file where a folder should be");
}

void TestEmbeddedFiles::theConfigurationFolderIsTheCliS()
{
    qputenv("DOCKER_CONFIG", "/somewhere/else");
    QCOMPARE(DockerContext::defaultConfigFolder(), u"/somewhere/else"_s);
    qunsetenv("DOCKER_CONFIG");
    QCOMPARE(DockerContext::defaultConfigFolder(), QDir::homePath() + u"/.docker"_s);
}

} // namespace tst_embedded_files

ROADSTEAD_GUILESS_TEST(tst_embedded_files::TestEmbeddedFiles)
#include "tst_embedded_files.moc"
