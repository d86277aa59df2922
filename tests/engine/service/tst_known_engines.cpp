// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/context/context_store.h"
#include "engine/context/current_context.h"
#include "engine/service/known_engines.h"
#include "tests/support/stub_system.h"
#include "tests/support/test_program/test_program.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

namespace tst_known_engines {

using namespace roadstead;
using namespace roadstead::service;
using namespace Qt::StringLiterals;
using context::EngineKind;

/// Sockets, contexts and DOCKER_HOST as one list of engines.
class TestKnownEngines : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void socketsAndContextsAreListed();
    void theCurrentOneIsMarked_data();
    void theCurrentOneIsMarked();
    void theEnvironmentIsOneOfThem();
    void whatCannotBeReachedSaysWhy();
    void addressesBecomeEndpoints_data();
    void addressesBecomeEndpoints();

private:
    [[nodiscard]] std::vector<std::string> ids() const
    {
        std::vector<std::string> found;
        for (const KnownEngine &engine : knownEngines(*m_system)) {
            found.push_back(engine.id);
        }
        return found;
    }
    [[nodiscard]] KnownEngine engine(const std::string &id) const
    {
        const auto all = knownEngines(*m_system);
        const auto found = std::ranges::find(all, id, &KnownEngine::id);
        return found == all.end() ? KnownEngine() : *found;
    }
    [[nodiscard]] std::string folder() const { return m_folder->path().toStdString(); }
    void addContext(const std::string &name, const std::string &host,
                    const context::TlsTexts &tls = {})
    {
        const auto created = context::ContextStore(folder()).create(
            {.name = name, .description = "about " + name, .host = host}, tls);
        QVERIFY2(created.has_value(), created ? "" : created.error().detail.c_str());
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<test::StubSystem> m_system;
};

void TestKnownEngines::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_system = std::make_unique<test::StubSystem>();
    m_system->variables["DOCKER_CONFIG"] = folder();
    m_system->addSocket("/var/run/docker.sock", 0, true, "/run/docker.sock");
    m_system->addSocket("/run/docker.sock", 0);
    m_system->addSocket("/run/user/1000/docker.sock", 1000);
}

void TestKnownEngines::socketsAndContextsAreListed()
{
    addContext("far10", "ssh://me@far.example");
    addContext("far2", "tcp://far.example:2376");
    addContext("near", "unix:///run/user/1000/docker.sock");
    addContext("roadstead", "unix:///run/roadstead/1000/engine.sock");
    const auto all = knownEngines(*m_system);
    QCOMPARE(ids(), (std::vector<std::string>{"socket:/run/user/1000/docker.sock", all[1].id,
                                              "context:far2", "context:far10", "context:near"}));
    QCOMPARE(all[1].kind, EngineKind::SystemDocker);
    QVERIFY(!engine("context:far2").isOnThisComputer);
    QVERIFY(!engine("context:far10").isOnThisComputer);
    QVERIFY(engine("context:near").isOnThisComputer);
    QCOMPARE(engine("context:near").kind, EngineKind::RootlessDocker);
    QCOMPARE(engine("context:far2").description, "about far2");
}

void TestKnownEngines::theCurrentOneIsMarked_data()
{
    QTest::addColumn<QString>("configured");
    QTest::addColumn<QString>("host");
    QTest::addColumn<QString>("variable");
    QTest::addColumn<QString>("current");
    QTest::newRow("nothing is said") << QString() << QString() << QString() << u"SystemDocker"_s;
    QTest::newRow("the configuration names one")
        << u"far"_s << QString() << QString() << u"context:far"_s;
    QTest::newRow("the environment names one")
        << QString() << QString() << u"far"_s << u"context:far"_s;
    QTest::newRow("the environment has a host")
        << u"far"_s << u"tcp://h:1"_s << QString() << u"environment"_s;
    QTest::newRow("a context that is gone") << u"gone"_s << QString() << QString() << QString();
}

void TestKnownEngines::theCurrentOneIsMarked()
{
    QFETCH(const QString, configured);
    QFETCH(const QString, host);
    QFETCH(const QString, variable);
    QFETCH(const QString, current);
    addContext("far", "ssh://far.example");
    QVERIFY(context::setCurrentContext(folder(), configured.toStdString()).has_value());
    if (!host.isEmpty()) {
        m_system->variables["DOCKER_HOST"] = host.toStdString();
    }
    if (!variable.isEmpty()) {
        m_system->variables["DOCKER_CONTEXT"] = variable.toStdString();
    }
    QStringList marked;
    for (const KnownEngine &known : knownEngines(*m_system)) {
        if (known.isCurrent) {
            marked += known.kind == EngineKind::SystemDocker ? u"SystemDocker"_s
                                                             : QString::fromStdString(known.id);
        }
    }
    QCOMPARE(marked, current.isEmpty() ? QStringList() : QStringList(current));
}

void TestKnownEngines::theEnvironmentIsOneOfThem()
{
    m_system->variables["DOCKER_HOST"] = "tcp://far.example:2376";
    m_system->variables["DOCKER_TLS_VERIFY"] = "1";
    QFile authority(m_folder->filePath(u"ca.pem"_s));
    QVERIFY(authority.open(QIODevice::WriteOnly));
    const KnownEngine known = engine("environment");
    QVERIFY(known.endpoint.has_value());
    const auto &address = std::get<http::TcpAddress>(*known.endpoint);
    QCOMPARE(address.host, "far.example");
    QVERIFY(address.tls.has_value());
    QVERIFY(address.tls->verify);
    QCOMPARE(address.tls->authority, folder() + "/ca.pem");
}

void TestKnownEngines::whatCannotBeReachedSaysWhy()
{
    m_system->addSocket("/run/user/1000/podman/podman.sock", 1001);
    QDir().mkpath(m_folder->filePath(u"contexts/meta/broken"_s));
    QFile file(m_folder->filePath(u"contexts/meta/broken/meta.json"_s));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("{") == 1);
    file.close();
    const auto all = knownEngines(*m_system);
    const auto foreign =
        std::ranges::find(all, "socket:/run/user/1000/podman/podman.sock", &KnownEngine::id);
    QVERIFY(foreign != all.end());
    QCOMPARE(foreign->endpoint.error().kind, ErrorKind::ForeignSocket);
    QCOMPARE(all.back().origin, EngineOrigin::Context);
    QCOMPARE(all.back().endpoint.error().kind, ErrorKind::MalformedReply);
}

void TestKnownEngines::addressesBecomeEndpoints_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<bool>("usesTls");
    QTest::addColumn<QString>("url"); // empty = refused
    QTest::newRow("a socket") << u"unix:///run/a.sock"_s << false << u"http://epoch-0/info"_s;
    QTest::newRow("an address") << u"tcp://h:2375/base"_s << false << u"http://h:2375/base/info"_s;
    QTest::newRow("an encrypted address") << u"tcp://h:2376"_s << true << u"https://h:2376/info"_s;
    QTest::newRow("a pipe of Windows") << u"npipe:////./pipe/x"_s << false << QString();
    QTest::newRow("an option for a host") << u"ssh://-oProxyCommand=x"_s << false << QString();
}

void TestKnownEngines::addressesBecomeEndpoints()
{
    QFETCH(const QString, host);
    QFETCH(const bool, usesTls);
    QFETCH(const QString, url);
    const auto endpoint = endpointOf(host.toStdString(), {}, usesTls);
    QCOMPARE(endpoint.has_value(), !url.isEmpty());
    if (endpoint) {
        QCOMPARE(http::endpointUrl(*endpoint, "/info", 0), url.toStdString());
    } else {
        QCOMPARE(endpoint.error().kind, ErrorKind::InvalidArgument);
    }
}

} // namespace tst_known_engines

ROADSTEAD_GUILESS_TEST(tst_known_engines::TestKnownEngines)
#include "tst_known_engines.moc"
