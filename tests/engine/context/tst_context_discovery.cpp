// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/context/discovery.h"
#include "tests/support/stub_system.h"
#include "tests/support/test_program/test_program.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace tst_context_discovery {

using namespace Qt::StringLiterals;
using namespace roadstead::context;
using namespace std::string_literals;
using roadstead::test::StubSystem;

/// Engines found by their sockets.
class TestContextDiscovery : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void nothingIsFoundWhereNothingIs();
    void everyKindIsFound();
    void oneSocketIsOneEngine();
    void dockerThatIsPodmanIsPodman();
    void statesAreTold_data();
    void statesAreTold();
    void aRuntimeFolderIsGuessed();
    void theRealSystemIsLookedAt();
};

void TestContextDiscovery::nothingIsFoundWhereNothingIs()
{
    QVERIFY(findEngines(StubSystem()).empty());
    QVERIFY(searchedPlaces(StubSystem()).size() >= 7);
}

void TestContextDiscovery::everyKindIsFound()
{
    StubSystem system;
    system.addSocket("/run/roadstead/1000/engine.sock", 1000);
    system.addSocket("/run/user/1000/docker.sock", 1000);
    system.addSocket("/run/docker.sock", 0);
    system.addSocket("/home/me/.docker/desktop/docker.sock", 1000);
    system.addSocket("/run/user/1000/podman/podman.sock", 1000);
    system.addSocket("/run/podman/podman.sock", 0, false);
    system.folders["/home/me/.colima"] = {"_lima", "arm", "default", "ssh_config"};
    system.addSocket("/home/me/.colima/default/docker.sock", 1000);
    system.addSocket("/home/me/.colima/arm/docker.sock", 1000);
    system.addSocket("/home/me/.rd/docker.sock", 1000);
    const std::vector<FoundEngine> expected{
        {EngineKind::Embedded, "", "/run/roadstead/1000/engine.sock", SocketState::Usable},
        {EngineKind::RootlessDocker, "", "/run/user/1000/docker.sock", SocketState::Usable},
        {EngineKind::SystemDocker, "", "/run/docker.sock", SocketState::Usable},
        {EngineKind::DockerDesktop, "", "/home/me/.docker/desktop/docker.sock",
         SocketState::Usable},
        {EngineKind::PodmanUser, "", "/run/user/1000/podman/podman.sock", SocketState::Usable},
        {EngineKind::PodmanSystem, "", "/run/podman/podman.sock", SocketState::NotPermitted},
        {EngineKind::Colima, "arm", "/home/me/.colima/arm/docker.sock", SocketState::Usable},
        {EngineKind::Colima, "default", "/home/me/.colima/default/docker.sock",
         SocketState::Usable},
        {EngineKind::RancherDesktop, "", "/home/me/.rd/docker.sock", SocketState::Usable}};
    QVERIFY(findEngines(system) == expected);
}

void TestContextDiscovery::oneSocketIsOneEngine()
{
    StubSystem system;
    system.addSocket("/run/docker.sock", 0);
    system.addSocket("/var/run/docker.sock", 0, true, "/run/docker.sock");
    system.addSocket("/home/me/.rd/docker.sock", 0, true, "/run/docker.sock");
    QCOMPARE(findEngines(system).size(), 1U);
    QCOMPARE(findEngines(system).front().socket, "/run/docker.sock"s);
}

void TestContextDiscovery::dockerThatIsPodmanIsPodman()
{
    StubSystem system;
    system.addSocket("/run/docker.sock", 0, true, "/run/podman/podman.sock");
    system.addSocket("/run/podman/podman.sock", 0);
    const auto found = findEngines(system);
    QCOMPARE(found.size(), 1U);
    QVERIFY(found.front().kind == EngineKind::PodmanSystem);
    QCOMPARE(found.front().socket, "/run/podman/podman.sock"s);
}

void TestContextDiscovery::statesAreTold_data()
{
    QTest::addColumn<int>("type");
    QTest::addColumn<int>("owner");
    QTest::addColumn<bool>("mayOpen");
    QTest::addColumn<int>("state");
    const auto row = [](const char *reason, PathFacts::Type type, int owner, bool mayOpen,
                        SocketState state) {
        QTest::newRow(reason) << int(type) << owner << mayOpen << int(state);
    };
    row("root's, for us too", PathFacts::Type::Socket, 0, true, SocketState::Usable);
    row("root's, not for us", PathFacts::Type::Socket, 0, false, SocketState::NotPermitted);
    row("another user's", PathFacts::Type::Socket, 1001, true, SocketState::Foreign);
    row("a folder", PathFacts::Type::Folder, 1000, true, SocketState::NotASocket);
    row("a file", PathFacts::Type::Other, 1000, true, SocketState::NotASocket);
    row("behind a closed folder", PathFacts::Type::Unknown, 0, false, SocketState::NotPermitted);
}

void TestContextDiscovery::statesAreTold()
{
    QFETCH(int, type);
    QFETCH(int, owner);
    QFETCH(bool, mayOpen);
    QFETCH(int, state);
    StubSystem system;
    system.paths["/run/docker.sock"] = {PathFacts::Type(type), uid_t(owner), mayOpen,
                                        "/run/docker.sock"};
    QCOMPARE(int(findEngines(system).front().state), state);
}

void TestContextDiscovery::aRuntimeFolderIsGuessed()
{
    StubSystem system;
    system.addSocket("/run/user/1000/docker.sock", 1000);
    system.variables.clear();
    QCOMPARE(findEngines(system).size(), 1U);
    system.variables["XDG_RUNTIME_DIR"] = "relative";
    QCOMPARE(findEngines(system).size(), 1U);
}

void TestContextDiscovery::theRealSystemIsLookedAt()
{
    const QTemporaryDir folder;
    const std::string path = folder.filePath(u"s"_s).toStdString();
    const int socket = ::socket(AF_UNIX, SOCK_STREAM, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    QVERIFY(path.size() < sizeof(address.sun_path));
    path.copy(address.sun_path, path.size());
    QCOMPARE(::bind(socket, reinterpret_cast<sockaddr *>(&address), sizeof(address)), 0);
    QVERIFY(QFile::link(u"s"_s, folder.filePath(u"link"_s)));
    const SystemView &system = thisSystem();
    const PathFacts direct = system.look(path);
    QVERIFY(direct.type == PathFacts::Type::Socket && direct.mayOpen);
    QCOMPARE(direct.owner, ::geteuid());
    QVERIFY(system.look(folder.filePath(u"link"_s).toStdString()) == direct);
    QVERIFY(system.look(folder.path().toStdString()).type == PathFacts::Type::Folder);
    QVERIFY(system.look(path + "x") == PathFacts{});
    QCOMPARE(system.list(folder.path().toStdString()), (std::vector<std::string>{"link", "s"}));
    QVERIFY(system.list(path).empty());
    QVERIFY(!system.home().empty());
    ::close(socket);
}

} // namespace tst_context_discovery

ROADSTEAD_GUILESS_TEST(tst_context_discovery::TestContextDiscovery)
#include "tst_context_discovery.moc"
