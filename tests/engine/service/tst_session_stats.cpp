// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/session_stats.h"
#include "tests/engine/service/session_bed.h"

#include "engine/http/client.h"
#include "tests/support/test_program/test_program.h"

#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <thread>

namespace tst_session_stats {

using namespace roadstead;
using namespace roadstead::service;
using namespace std::chrono_literals;
using docker::ContainerState;
using test::quick;

namespace {

SessionTiming quickStats()
{
    SessionTiming timing = quick();
    timing.stats = 50ms;
    return timing;
}

} // namespace

/// Figures of an engine whose containers are not this machine's: from its stats streams.
class TestSessionStats : public test::SessionBed
{
    Q_OBJECT

private Q_SLOTS:
    void onlyWhatIsOnScreenIsFollowed()
    {
        start(100, quickStats()); // ten of them run
        open();
        std::vector<std::string> running;
        for (const auto &container : *m_session->containers()) {
            if (container.state == ContainerState::Running) {
                running.push_back(container.id);
            }
        }
        QCOMPARE(running.size(), 10U);
        m_session->setStatsVisible({running[2], running[7]});
        m_session->setStatsWanted(true);
        QTRY_COMPARE(m_engine->statsReaders(), 2);
        QVERIFY(!m_session->stats(running[2]));
        m_engine->writeStats(running[2], 50, 1'000'000);
        m_engine->writeStats(running[2], 50, 1'000'000);
        QTRY_VERIFY(m_session->stats(running[2]) &&
                    m_session->stats(running[2])->cpuPercent == 50.0);
        QCOMPARE(m_session->stats(running[2])->memoryBytes, 1'000'000);
        QTRY_COMPARE(m_session->totals().memoryBytes, 1'000'000);

        m_session->setStatsVisible({running[7]});
        QTRY_COMPARE(m_engine->statsReaders(), 1);
        m_session->setStatsWanted(false);
        QTRY_COMPARE(m_engine->statsReaders(), 0);
    }

    void whatIsOnScreenDoesNotWaitForTheOthers()
    {
        start(1000, quickStats()); // a hundred of them run
        open();
        std::vector<std::string> running;
        for (const auto &container : *m_session->containers()) {
            if (container.state == ContainerState::Running) {
                running.push_back(container.id);
            }
        }
        QCOMPARE(running.size(), 100U);
        m_session->setStatsVisible({running.end() - 20, running.end()});
        m_session->setStatsWanted(true);
        QTRY_COMPARE(m_engine->statsReaders(), 20);
        const auto isInspection = [](const std::string &request) {
            return request.ends_with("/json") && !request.ends_with("/containers/json") &&
                   request.contains("/containers/");
        };
        QVERIFY(std::ranges::count_if(m_engine->requests(), isInspection) < 10);
    }

    void aLateSampleBringsNothingBack()
    {
        start(10, quickStats());
        docker::ContainerSummary container;
        m_engine->edit(
            [&](test::FakeFleet &fleet) { container.id = fleet.containers().front().id; });
        container.state = ContainerState::Running;
        http::Client transport;
        docker::Client client(transport, m_engine->socketPath());
        SessionTiming timing = quickStats();
        SessionStats stats(client, timing);
        stats.setContainers(
            std::make_shared<const std::vector<docker::ContainerSummary>>(std::vector{container}));
        stats.setVisible({container.id});
        stats.setLive(true);
        stats.setWanted(true);
        QTRY_COMPARE(m_engine->statsReaders(), 1);
        m_engine->writeStats(container.id, 50, 1000);
        QTRY_VERIFY(stats.find(container.id));
        m_engine->writeStats(container.id, 50, 1000);
        std::this_thread::sleep_for(200ms); // it arrives, and waits for this thread
        stats.setContainers(std::make_shared<const std::vector<docker::ContainerSummary>>());
        QVERIFY(!stats.find(container.id));
        QTest::qWait(100);
        QVERIFY(!stats.find(container.id));
    }
};

} // namespace tst_session_stats

ROADSTEAD_GUILESS_TEST(tst_session_stats::TestSessionStats)
#include "tst_session_stats.moc"
