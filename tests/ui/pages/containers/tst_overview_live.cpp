// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/real_engine.h"
#include "tests/support/test_program/test_program.h"
#include "ui/pages/containers/tab/session_container_engine.h"

#include <QTest>

#include <algorithm>
#include <optional>

namespace tst_overview_live {

using namespace roadstead;
using namespace roadstead::ui;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int overviewPatience = 30'000;

} // namespace

/// What the Overview asks of real engines.
class OverviewLiveTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_engine.start());
        QVERIFY(m_engine.importBusybox());
        m_session = std::make_unique<service::EngineSession>(m_engine.socketPath());
        m_session->open();
        QTRY_COMPARE_WITH_TIMEOUT(m_session->link(), service::Link::Live, overviewPatience);
        m_containers = std::make_unique<SessionContainerEngine>(m_session.get());
        m_id = m_engine
                   .docker({u"run"_s, u"-d"_s, u"--name"_s, u"full"_s, u"-v"_s, u"stock:/data"_s,
                            u"--health-cmd"_s, u"test -e /data/big"_s, u"--health-interval"_s,
                            u"7s"_s, u"--health-retries"_s, u"4"_s, u"--health-start-period"_s,
                            u"2s"_s, u"busybox"_s, u"/bin/busybox"_s, u"sh"_s, u"-c"_s,
                            u"head -c 2000000 /dev/zero > /data/big; sleep 3600"_s})
                   .trimmed()
                   .toStdString();
        QVERIFY(!m_id.empty());
    }
    void cleanupTestCase()
    {
        m_containers.reset();
        m_session.reset();
    }

    void theHealthCheckIsTold()
    {
        const auto details = resultOf(m_containers->inspect(m_id));
        QVERIFY(details && *details);
        const docker::HealthOptions &check = (*details)->healthCheck;
        QVERIFY2(check.command.find("test -e /data/big") != std::string::npos,
                 check.command.c_str());
        QCOMPARE(check.interval, 7s);
        QCOMPARE(check.startPeriod, 2s);
        QCOMPARE(check.retries, 4);
        QVERIFY(!check.isDisabled);
    }

    void volumesAreMeasuredWhereTheEngineCan()
    {
        const auto listed = [this]() -> std::optional<std::int64_t> {
            const auto volumes = resultOf(m_containers->volumeSizes());
            if (!volumes || !*volumes) {
                return std::nullopt;
            }
            const auto stock =
                std::ranges::find((*volumes).value(), "stock", &docker::Volume::name);
            return stock == (*volumes)->end() ? std::nullopt : std::optional(stock->size);
        };
        if (qEnvironmentVariable("ROADSTEAD_ENGINE") == u"docker-20.10"_s) {
            const auto volumes = resultOf(m_containers->volumeSizes());
            QVERIFY(volumes && !*volumes);
            QCOMPARE(volumes->error().kind, ErrorKind::InvalidArgument);
            return;
        }
        QTRY_VERIFY_WITH_TIMEOUT(listed().value_or(-1) >= 2'000'000, overviewPatience);
    }

private:
    template<typename T>
    std::optional<Result<T>> resultOf(const service::Operation<T> &operation)
    {
        std::optional<Result<T>> result;
        operation.then(this, [&](Result<T> told) { result = std::move(told); });
        [[maybe_unused]] const bool came =
            QTest::qWaitFor([&] { return result.has_value(); }, overviewPatience);
        return result;
    }

    RealEngine m_engine{RealEngine::kindMeant(), RealEngine::enteringMeant()};
    std::unique_ptr<service::EngineSession> m_session;
    std::unique_ptr<SessionContainerEngine> m_containers;
    std::string m_id;
};

} // namespace tst_overview_live

ROADSTEAD_GUILESS_TEST(tst_overview_live::OverviewLiveTest)
#include "tst_overview_live.moc"
