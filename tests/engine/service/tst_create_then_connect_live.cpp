// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/docker/client.h"
#include "engine/docker/command.h"
#include "engine/service/create_then_connect.h"
#include "engine/service/engine_session.h"
#include "tests/support/real_engine.h"
#include "tests/support/test_program/test_program.h"

#include <QTest>

#include <memory>
#include <optional>

namespace tst_create_then_connect_live {

using namespace roadstead;
using namespace roadstead::service;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 60'000;

} // namespace

/// A container of several networks on engines that take them all at once, and on one that does not.
class TestCreateThenConnectLive : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_engine.start());
        QVERIFY(m_engine.importBusybox());
        for (const auto &[name, subnet] :
             {std::pair(u"front"_s, u"10.77.1.0/24"_s), std::pair(u"back"_s, u"10.77.2.0/24"_s)}) {
            m_engine.docker({u"network"_s, u"create"_s, u"--subnet"_s, subnet, name});
        }
        m_engine.docker({u"network"_s, u"create"_s, u"loose"_s});
        m_session = std::make_unique<EngineSession>(m_engine.socketPath());
        m_session->open();
        QTRY_COMPARE_WITH_TIMEOUT(m_session->link(), Link::Live, patience);
    }
    void cleanupTestCase() { m_session.reset(); }

    void itIsInAllOfThemAndStarts()
    {
        const auto id = run(joined("10.77.2.9"));
        QVERIFY2(id.has_value(), id ? "" : id.error().detail.c_str());
        QCOMPARE(told("{{with .NetworkSettings.Networks.front}}{{.IPAMConfig.IPv4Address}}{{end}}"),
                 "10.77.1.9");
        QCOMPARE(told("{{with .NetworkSettings.Networks.back}}{{.IPAMConfig.IPv4Address}}{{end}}"),
                 "10.77.2.9");
        const QByteArray aliases = told("{{json .NetworkSettings.Networks.back.Aliases}}");
        QVERIFY2(aliases.contains("\"store\"") && aliases.contains("\"db\""), aliases.constData());
        const bool stepByStep = needsConnects(joined("10.77.2.9"), m_session->client().api());
        const QString last = m_session->history().back().line;
        QCOMPARE(last.startsWith(u"docker network connect"_s), stepByStep);
        QVERIFY(run(docker::StartContainer{{*id, "joined"}}).has_value());
        QCOMPARE(told("{{.NetworkSettings.Networks.back.IPAddress}}"), "10.77.2.9");
        m_engine.docker({u"rm"_s, u"-f"_s, u"joined"_s});
    }

    void whereOneOfThemRefusesNothingIsLeft()
    {
        docker::CreateContainer create = joined("10.77.2.9");
        create.networks.back().target = "loose"; // which has no subnet of ours to choose from
        const auto id = run(create);
        if (needsConnects(create, m_session->client().api())) {
            QVERIFY(!id.has_value());
            QVERIFY2(id.error().detail.contains("subnets"), id.error().detail.c_str());
            QVERIFY(m_session->history().back().line.startsWith(u"docker rm -f -v"_s));
        }
        QCOMPARE(m_engine.docker({u"ps"_s, u"-aq"_s}).isEmpty(), !id.has_value());
        m_engine.docker({u"rm"_s, u"-f"_s, u"joined"_s});
    }

    void whatDoesNotGoTogetherIsRefusedBeforeAnythingIsMade()
    {
        docker::CreateContainer create = joined("10.77.2.9");
        create.networks.back().target = "host";
        const auto before = m_session->history().size();
        const auto id = run(create);
        QVERIFY(!id.has_value());
        if (needsConnects(create, m_session->client().api())) {
            QCOMPARE(id.error().kind, ErrorKind::InvalidArgument);
        }
        QVERIFY(m_session->history().size() <= before + 1);
        QVERIFY(m_engine.docker({u"ps"_s, u"-aq"_s}).isEmpty());
    }

private:
    static docker::CreateContainer joined(const std::string &backAddress)
    {
        docker::CreateContainer create;
        create.image = "busybox";
        create.name = "joined";
        create.command = {"/bin/busybox", "sleep", "1000"};
        create.networks.resize(2);
        create.networks[0].target = "front";
        create.networks[0].ipv4Address = "10.77.1.9";
        create.networks[1].target = "back";
        create.networks[1].aliases = {"db", "store"};
        create.networks[1].ipv4Address = backAddress;
        return create;
    }
    Result<std::string> run(const docker::Command &command)
    {
        std::optional<Result<std::string>> result;
        m_session->run(command).then(this, [&](const Result<std::string> &told) { result = told; });
        [[maybe_unused]] const bool came =
            QTest::qWaitFor([&] { return result.has_value(); }, patience);
        return *result;
    }
    [[nodiscard]] QByteArray told(const char *format) const
    {
        return m_engine
            .docker({u"inspect"_s, u"--format"_s, QString::fromLatin1(format), u"joined"_s})
            .trimmed();
    }

    RealEngine m_engine{RealEngine::kindMeant(), RealEngine::enteringMeant()};
    std::unique_ptr<EngineSession> m_session;
};

} // namespace tst_create_then_connect_live

ROADSTEAD_GUILESS_TEST(tst_create_then_connect_live::TestCreateThenConnectLive)
#include "tst_create_then_connect_live.moc"
