// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/docker/client.h"
#include "engine/http/client.h"
#include "tests/engine/matrix/gaps.h"
#include "tests/engine/matrix/scenario.h"
#include "tests/support/await.h"
#include "tests/support/real_engine.h"
#include "tests/support/test_program/test_program.h"

#include <QTest>
#include <QVersionNumber>

namespace tst_engine_matrix_live {

using namespace roadstead;
using namespace roadstead::docker;

/// One engine, named by ROADSTEAD_ENGINE as kind and version ("docker-20.10"), through the whole
/// scenario. The script "run" gets it and starts this.
class TestEngineMatrixLive : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();

    void engineIsTheOneThatIsMeant();
    void scenario_data();
    void scenario();

private:
    QString m_name;
    std::unique_ptr<RealEngine> m_engine;
    std::unique_ptr<http::Client> m_http;
    std::unique_ptr<Client> m_client;
    std::unique_ptr<test::Scenario> m_scenario;
};

void TestEngineMatrixLive::initTestCase()
{
    m_name = qEnvironmentVariable("ROADSTEAD_ENGINE");
    QVERIFY(!m_name.isEmpty());
    m_engine = std::make_unique<RealEngine>(RealEngine::kindMeant(), RealEngine::enteringMeant());
    QVERIFY(m_engine->start());
    m_http = std::make_unique<http::Client>();
    m_client = std::make_unique<Client>(*m_http, m_engine->socketPath().toStdString());
    m_scenario = std::make_unique<test::Scenario>(*m_client);
}

void TestEngineMatrixLive::cleanupTestCase()
{
    m_scenario.reset();
    m_client.reset();
    m_http.reset();
    m_engine.reset();
}

void TestEngineMatrixLive::engineIsTheOneThatIsMeant()
{
    const auto version =
        test::await<EngineVersion>([&](auto done) { m_client->version(std::move(done)); });
    QVERIFY2(version.has_value(), version ? "" : version.error().detail.c_str());
    qInfo("%s, API 1.%d", version->version.c_str(), m_client->api().minor);
    QCOMPARE(version->podman, m_name.startsWith(QLatin1String("podman")));
    const auto wanted = QVersionNumber::fromString(m_name.section(QLatin1Char('-'), 1));
    const auto is = QVersionNumber::fromString(QString::fromStdString(version->version));
    // A distribution may go on to a newer one.
    QVERIFY2(is >= wanted, version->version.c_str());
    const auto info = test::await<EngineInfo>([&](auto done) { m_client->info(std::move(done)); });
    QVERIFY2(info.has_value(), info ? "" : info.error().detail.c_str());
    QVERIFY(info->cpus > 0);
    QVERIFY(info->memory > 0);
}

void TestEngineMatrixLive::scenario_data()
{
    QTest::addColumn<int>("step");
    int number = 0;
    for (const auto &step : test::Scenario::steps()) {
        QTest::newRow(step.name.data()) << number++;
    }
}

void TestEngineMatrixLive::scenario()
{
    QFETCH(int, step);
    const auto &entry = test::Scenario::steps()[static_cast<std::size_t>(step)];
    const std::string problem = (*m_scenario.*entry.run)();
    const test::Gap *gap = test::findGap(m_name.toStdString(), entry.name);
    if (!gap) {
        QVERIFY2(problem.empty(), problem.c_str());
        return;
    }
    qInfo("gap: %s", gap->reason);
    QVERIFY2(!problem.empty(), "This gap is none any more: take it out of the table.");
    QVERIFY2(problem.contains(gap->words), problem.c_str());
}

} // namespace tst_engine_matrix_live

ROADSTEAD_GUILESS_TEST(tst_engine_matrix_live::TestEngineMatrixLive)
#include "tst_engine_matrix_live.moc"
