// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/engine_directory.h"
#include "tests/support/fake_engine/fake_engine.h"
#include "tests/support/test_program/test_program.h"
#include "tests/support/unprivileged.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

namespace tst_engine_directory {

using namespace roadstead;
using namespace roadstead::service;
using namespace Qt::StringLiterals;

namespace {

KnownEngine known(const std::string &id, Result<http::Endpoint> endpoint)
{
    KnownEngine engine;
    engine.id = id;
    engine.endpoint = std::move(endpoint);
    return engine;
}

} // namespace

/// The list of engines with how each was found.
class TestEngineDirectory : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void whatAnswersIsReachable();
    void whatDoesNotAnswerSaysWhy_data();
    void whatDoesNotAnswerSaysWhy();
    void aSilentEngineIsNotWaitedForForEver();
    void anEngineThatSpeaksNoVersionOfOursIsTold();
    void sshFailsInsteadOfAsking();
    void whatIsKnownStaysUntilTheNextAnswer();
    void whileWatchedItLooksAgain();
    void manyAreLookedAtAFewAtATime();

private:
    [[nodiscard]] std::string path(const char *name) const
    {
        return m_folder->filePath(QString::fromLatin1(name)).toStdString();
    }
    [[nodiscard]] const EngineLook &look(const char *id) const
    {
        static const EngineLook none;
        const ListedEngine *listed = m_directory->find(id);
        return listed == nullptr ? none : listed->look;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::shared_ptr<std::vector<KnownEngine>> m_known; ///< not changed while it is read
    std::unique_ptr<EngineDirectory> m_directory;
};

void TestEngineDirectory::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
    QFile::setPermissions(m_folder->path(), QFile::Permissions(0x7755));
    m_known = std::make_shared<std::vector<KnownEngine>>();
    m_directory = std::make_unique<EngineDirectory>([known = m_known] { return *known; });
}

void TestEngineDirectory::whatAnswersIsReachable()
{
    test::FakeEngine engine({.socketPath = path("a"), .containers = 5, .running = 2});
    QVERIFY(engine.start());
    *m_known = {known("a", http::UnixSocket{path("a")})};
    m_directory->refresh();
    QTRY_COMPARE(look("a").reach, Reach::Reachable);
    QCOMPARE(look("a").version.version, "26.1.5");
    QCOMPARE(look("a").info.containers, 5);
    QCOMPARE(look("a").info.containersRunning, 2);
    QVERIFY(look("a").capabilities.buildKit);
    QVERIFY(!look("a").capabilities.podman);
    QVERIFY(!look("a").error);
    QVERIFY(m_directory->find("a")->since.isValid());
    QVERIFY(!m_directory->find("a")->isBeingLookedAt);
}

void TestEngineDirectory::whatDoesNotAnswerSaysWhy_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<Reach>("reach");
    QTest::newRow("no socket") << u"missing"_s << Reach::Stopped;
    QTest::newRow("nothing listens") << u"refused"_s << Reach::Stopped;
    QTest::newRow("not for us") << u"closed"_s << Reach::NoAccess;
    QTest::newRow("a file") << u"file"_s << Reach::Unreachable;
    QTest::newRow("no address") << u"bad"_s << Reach::Unreachable;
    QTest::newRow("nothing there") << u"far"_s << Reach::Unreachable;
}

void TestEngineDirectory::whatDoesNotAnswerSaysWhy()
{
    QFETCH(const QString, name);
    QFETCH(const Reach, reach);
    test::FakeEngine refused({.socketPath = path("refused")});
    QVERIFY(refused.start());
    refused.stop();
    QVERIFY(
        QFile::setPermissions(QString::fromStdString(path("refused")), QFile::Permissions(0x7777)));
    test::FakeEngine closed({.socketPath = path("closed")});
    QVERIFY(closed.start());
    QVERIFY(QFile::setPermissions(QString::fromStdString(path("closed")), {}));
    QFile file(QString::fromStdString(path("file")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    const std::string id = name.toStdString();
    Result<http::Endpoint> endpoint = http::UnixSocket{path(id.c_str())};
    if (id == "bad") {
        endpoint = failure(ErrorKind::InvalidArgument, "test", "no address");
    } else if (id == "far") {
        endpoint = http::TcpAddress{.host = "127.0.0.1", .port = 1};
    }
    *m_known = {known(id, endpoint)};
    const test::Unprivileged nobody;
    QVERIFY(nobody.isActive());
    m_directory->refresh();
    QTRY_COMPARE(look(id.c_str()).reach, reach);
    QVERIFY(look(id.c_str()).error.has_value());
}

void TestEngineDirectory::aSilentEngineIsNotWaitedForForEver()
{
    test::FakeEngine engine({.socketPath = path("a")});
    QVERIFY(engine.start());
    engine.freeze();
    EngineProbe probe(http::UnixSocket{path("a")}, std::chrono::milliseconds(200));
    QSignalSpy finished(&probe, &EngineProbe::finished);
    QVERIFY(finished.wait(2000));
    QCOMPARE(finished.front().front().value<EngineLook>().reach, Reach::NotAnswering);
    engine.thaw();
    QTest::qWait(50);
    QCOMPARE(finished.size(), 1);
}

void TestEngineDirectory::anEngineThatSpeaksNoVersionOfOursIsTold()
{
    test::FakeEngine engine({.socketPath = path("a"), .apiVersion = "1.12"});
    QVERIFY(engine.start());
    *m_known = {known("a", http::UnixSocket{path("a")})};
    m_directory->refresh();
    QTRY_COMPARE(look("a").reach, Reach::WrongVersion);
}

/// Nobody sits before a list of engines: what ssh would ask for counts as no access.
void TestEngineDirectory::sshFailsInsteadOfAsking()
{
    QFile ssh(m_folder->filePath(u"ssh"_s));
    QVERIFY(ssh.open(QIODevice::WriteOnly));
    ssh.write("#!/bin/sh\ncase \"$*\" in *BatchMode=yes*) ;; *) exec sleep 60 ;; esac\n"
              "echo 'me@there: Permission denied (publickey).' >&2\nexit 255\n");
    ssh.close();
    QVERIFY(ssh.setPermissions(QFile::Permissions(0x7755)));
    const QByteArray before = qgetenv("PATH");
    qputenv("PATH", m_folder->path().toUtf8() + ':' + before);
    const auto endpoint = endpointOf("ssh://me@there");
    QVERIFY(endpoint);
    *m_known = {known("far", *endpoint)};
    m_directory->refresh();
    QTRY_COMPARE(look("far").reach, Reach::NoAccess);
    qputenv("PATH", before);
    QVERIFY(look("far").error->detail.contains("Permission denied"));
}

void TestEngineDirectory::whatIsKnownStaysUntilTheNextAnswer()
{
    test::FakeEngine engine({.socketPath = path("a")});
    QVERIFY(engine.start());
    *m_known = {known("a", http::UnixSocket{path("a")})};
    m_directory->refresh();
    QTRY_COMPARE(look("a").reach, Reach::Reachable);
    const QDateTime since = m_directory->find("a")->since;

    engine.freeze();
    QSignalSpy changed(m_directory.get(), &EngineDirectory::changed);
    m_known->push_back(known("b", http::UnixSocket{path("b")}));
    m_directory->refresh();
    QTRY_COMPARE(look("b").reach, Reach::Stopped);
    QCOMPARE(look("a").reach, Reach::Reachable);
    QVERIFY(m_directory->find("a")->isBeingLookedAt);
    QCOMPARE(m_directory->find("a")->since, since);
    engine.thaw();
    QTRY_VERIFY(!m_directory->find("a")->isBeingLookedAt);

    // The same name, another place: nothing of the old one is told of it.
    *m_known = {known("a", http::UnixSocket{path("b")})};
    m_directory->refresh();
    QTRY_COMPARE(m_directory->engines().size(), 1U);
    QVERIFY(look("a").reach != Reach::Reachable);
    QTRY_COMPARE(look("a").reach, Reach::Stopped);
}

void TestEngineDirectory::whileWatchedItLooksAgain()
{
    *m_known = {known("a", http::UnixSocket{path("a")})};
    m_directory->setWatched(true);
    QTRY_COMPARE(look("a").reach, Reach::Stopped);
    test::FakeEngine engine({.socketPath = path("a")});
    QVERIFY(engine.start());
    QTRY_COMPARE_WITH_TIMEOUT(look("a").reach, Reach::Reachable, 10'000);
    m_directory->setWatched(false);
    const auto before = engine.requests().size();
    QTest::qWait(5500);
    QCOMPARE(engine.requests().size(), before);
}

void TestEngineDirectory::manyAreLookedAtAFewAtATime()
{
    test::FakeEngine engine({.socketPath = path("a")});
    QVERIFY(engine.start());
    for (int i = 0; i < 60; ++i) {
        m_known->push_back(known("e" + std::to_string(i), http::UnixSocket{path("a")}));
    }
    m_directory->refresh();
    QTRY_COMPARE(m_directory->engines().size(), 60U);
    QTRY_VERIFY(std::ranges::all_of(m_directory->engines(), [](const ListedEngine &each) {
        return each.look.reach == Reach::Reachable;
    }));
}

} // namespace tst_engine_directory

ROADSTEAD_GUILESS_TEST(tst_engine_directory::TestEngineDirectory)
#include "tst_engine_directory.moc"
