// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/engine/service/session_bed.h"
#include "tests/support/reserve.h"
#include "tests/support/test_program/test_program.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <algorithm>
#include <chrono>
#include <fstream>

namespace tst_engine_session {

using namespace roadstead;
using namespace roadstead::service;
using namespace std::chrono_literals;
using docker::ContainerState;
using test::FakeContainer;
using test::FakeFleet;
using test::Fault;
using test::quick;

namespace {

/// The clock, less what this thread waited for a processor: what lies between two looks is work or
/// blocking of its own, whatever else the machine does.
std::chrono::nanoseconds ownTime()
{
    std::int64_t ran = 0;
    std::int64_t waited = 0;
    std::ifstream("/proc/thread-self/schedstat") >> ran >> waited;
    return std::chrono::steady_clock::now().time_since_epoch() - std::chrono::nanoseconds(waited);
}

} // namespace

/// A whole session against an engine that behaves, or not.
class TestEngineSession : public test::SessionBed
{
    Q_OBJECT

private Q_SLOTS:
    void aSmallListIsCompleteAtOnce()
    {
        start(7);
        QCOMPARE(m_session->link(), Link::Idle);
        QVERIFY(m_session->containers());
        QVERIFY(m_session->images());
        open();
        QVERIFY(m_session->listed());
        QCOMPARE(m_session->containers()->size(), 7U);
        QVERIFY(
            std::ranges::is_sorted(*m_session->containers(), {}, &docker::ContainerSummary::id));
        QCOMPARE(listRequests(), 1);
        QTRY_COMPARE(m_session->images()->size(), 3U);
        QTRY_VERIFY(m_session->version() && m_session->info());
        QVERIFY(!m_session->lastError());
        QVERIFY(m_session->listedAt().isValid());
    }

    void aLargeListShowsItsFirstPageFirst()
    {
        start(3000, SessionTiming());
        QList<std::pair<std::size_t, bool>> seen;
        connect(m_session.get(), &EngineSession::containersChanged, this,
                [&] { seen.append({m_session->containers()->size(), m_session->listed()}); });
        open();
        QTRY_COMPARE_WITH_TIMEOUT(m_session->containers()->size(), 3000U, 30'000);
        QVERIFY(!seen.isEmpty());
        QCOMPARE(seen.constFirst(), std::pair(std::size_t(50), false));
        QTRY_COMPARE(seen.constLast(), std::pair(std::size_t(3000), true));
    }

    void eventsAreSubscribedBeforeTheListIsAskedFor()
    {
        start(2);
        open();
        const auto requests = m_engine->requests();
        const auto at = [&](const char *part) {
            return std::ranges::find_if(requests, [&](auto &r) { return r.contains(part); });
        };
        QVERIFY(at("/events") != requests.end());
        QVERIFY(at("/events") < at("/containers/json"));
    }

    void oneContainersEventReadsThatContainer()
    {
        start(500);
        open();
        const std::string id = idOf(400);
        QVERIFY(row(id));
        const bool runs = row(id)->state == ContainerState::Running;
        const auto before = m_session->containers();
        const auto lists = listRequests();
        m_engine->act(id, runs ? "die" : "start");
        QTRY_COMPARE(row(id)->state == ContainerState::Running, !runs);
        QCOMPARE(listRequests(), lists + 1);
        // Heartbeats and the engine's facts are asked for whenever it is their time.
        const auto requests = m_engine->requests();
        const auto last = std::ranges::find_if(
            requests.rbegin(), requests.rend(),
            [](const std::string &request) { return request.contains("/containers/json"); });
        QVERIFY(last != requests.rend());
        QVERIFY(last->contains("filters"));
        // The list that somebody holds is still the old one.
        QVERIFY(m_session->containers() != before);
    }

    void createdAndRemovedContainersComeAndGo()
    {
        start(60);
        open();
        m_engine->edit([](FakeFleet &fleet) {
            FakeContainer added;
            added.id = FakeFleet::idOf(100'000);
            added.name = "newcomer";
            fleet.add(added);
        });
        m_engine->act(FakeFleet::idOf(100'000), "create");
        QTRY_COMPARE(m_session->containers()->size(), 61U);
        m_session->run(docker::RemoveContainer{{FakeFleet::idOf(100'000), "newcomer"}});
        QTRY_COMPARE(m_session->containers()->size(), 60U);
    }

    void execEventsOfHealthChecksCostNothing()
    {
        start(5);
        open();
        QTRY_VERIFY(m_session->info());
        const auto requests = listRequests();
        for (const char *action : {"exec_create: check", "exec_start: check", "exec_die", "top"}) {
            m_engine->act(idOf(1), action);
        }
        // One that does count marks the end: the others came before it.
        m_engine->act(idOf(2), "start");
        QTRY_COMPARE(listRequests(), requests + 1);
    }

    void nothingHappensWhileNothingChanges()
    {
        start(40);
        QSignalSpy changed(m_session.get(), &EngineSession::containersChanged);
        open();
        QTRY_VERIFY(m_session->info());
        const auto lists = listRequests();
        changed.clear();
        QVERIFY(!changed.wait(600)); // six heartbeats
        QCOMPARE(listRequests(), lists);
    }

    void aHundredThousandEventsStallNothingAndEndInTheTruth()
    {
        start(1000, SessionTiming());
        open();
        int turns = 0;
        std::chrono::nanoseconds longest{0};
        auto last = ownTime();
        QTimer turn;
        connect(&turn, &QTimer::timeout, this, [&] {
            const auto now = ownTime();
            longest = std::max(longest, now - last);
            last = now;
            ++turns;
        });
        QSignalSpy changed(m_session.get(), &EngineSession::containersChanged);
        turn.start(5ms);
        QElapsedTimer timer;
        timer.start();
        m_engine->burst(test::amount(100'000), 10s);
        // Ten seconds where the engine keeps up; a busy machine's takes longer, and until then what
        // is true changes.
        QTRY_COMPARE_WITH_TIMEOUT(m_engine->burstLeft(), 0, 150'000);
        const qint64 burstOver = timer.elapsed();
        turn.stop();                                // isTrue() waits for the engine's thread
        QTRY_VERIFY_WITH_TIMEOUT(isTrue(), 30'000); // sanitizers and busy machines are slow
        qInfo("right %lld ms after the burst; longest turn %lld us; %lld signals in %lld ms",
              static_cast<long long>(timer.elapsed() - burstOver),
              static_cast<long long>(longest.count() / 1000),
              static_cast<long long>(changed.size()), static_cast<long long>(timer.elapsed()));
        QVERIFY(turns > 100);
        QVERIFY(longest < test::within(100ms));
        QVERIFY(changed.size() <= 20 * (timer.elapsed() / 1000 + 1));
    }

    void aCommandEndsAfterItsContainerWasReadAgain()
    {
        start(30);
        open();
        std::string id;
        m_engine->edit([&](FakeFleet &fleet) {
            id = std::ranges::find(fleet.containers(), "exited", &FakeContainer::state)->id;
        });
        QVERIFY(finished(docker::StartContainer{{id, "x"}}));
        QCOMPARE(row(id)->state, ContainerState::Running);
        QVERIFY(finished(docker::RemoveContainer{{id, "x"}, true, false}));
        QVERIFY(!row(id));
        QCOMPARE(m_session->history().size(), 2);
        QVERIFY(m_session->history()[1].milliseconds);
    }

    void warningsOfTheEngineAreKept()
    {
        start(3);
        open();
        m_engine->addFault(
            {.kind = Fault::Kind::Status,
             .path = "/containers/create",
             .value = 201,
             .text = R"({"Id":"0123","Warnings":["no swap limit here","no such platform"]})"});
        QVERIFY(finished(docker::CreateContainer{.image = "nginx", .name = "made"}));
        QCOMPARE(m_session->history().constLast().warnings,
                 (QStringList{QStringLiteral("no swap limit here"),
                              QStringLiteral("no such platform")}));
    }

    void manyCommandsAtOnceKeepToTheRates()
    {
        start(400, SessionTiming());
        open();
        std::vector<std::string> stopped;
        m_engine->edit([&](FakeFleet &fleet) {
            for (const FakeContainer &container : fleet.containers()) {
                if (container.state == "exited" && stopped.size() < 300) {
                    stopped.push_back(container.id);
                }
            }
        });
        QTest::qWait(1000); // all quick reads are there again
        const auto lists = listRequests();
        QSignalSpy changed(m_session.get(), &EngineSession::containersChanged);
        std::size_t done = 0;
        std::size_t shown = 0;
        QElapsedTimer timer;
        timer.start();
        const auto sendOne = [&](const std::string &id) {
            m_session->run(docker::StartContainer{{id, "x"}})
                .then(this, [&, id](const Result<std::string> &result) {
                    ++done;
                    shown += result && row(id)->state == ContainerState::Running ? 1U : 0U;
                });
        };
        // Some at once, the rest one by one: neither may become a signal or a list for each.
        for (std::size_t i = 0; i < stopped.size(); ++i) {
            sendOne(stopped[i]);
            if (i > 100) {
                QTest::qWait(3);
            }
        }
        QTRY_COMPARE_WITH_TIMEOUT(done, stopped.size(), 30'000);
        const qint64 elapsed = timer.elapsed();
        QCOMPARE(shown, stopped.size());
        QVERIFY2(changed.size() <= 20 * elapsed / 1000 + 2,
                 qPrintable(QStringLiteral("%1 in %2 ms").arg(changed.size()).arg(elapsed)));
        const auto read = listRequests() - lists;
        QVERIFY2(read <= SessionTiming().quickReads + elapsed / 50 + 2,
                 qPrintable(QStringLiteral("%1 in %2 ms").arg(read).arg(elapsed)));
    }

    void anOpenOutcomeIsToldAndThenTheTruthShown()
    {
        start(30);
        open();
        std::string id;
        m_engine->edit([&](FakeFleet &fleet) {
            id = std::ranges::find(fleet.containers(), "exited", &FakeContainer::state)->id;
        });
        m_engine->addFault({.kind = Fault::Kind::Cut, .path = "/start", .value = 5, .times = 1});
        const auto result = finished(docker::StartContainer{{id, "x"}});
        QVERIFY(!result);
        QCOMPARE(result.error().kind, ErrorKind::OutcomeUnknown);
        QVERIFY(isTrue()); // it was read again before the answer came
        QCOMPARE(m_session->history().constLast().error->kind, ErrorKind::OutcomeUnknown);
    }

    void aHangingCommandIsCancelledFromActivity()
    {
        start(30);
        open();
        m_engine->addFault({.kind = Fault::Kind::Stall, .path = "/stop"});
        std::optional<Result<std::string>> result;
        m_session->run(docker::StopContainer{{idOf(1), "x"}})
            .then(this, [&](Result<std::string> r) { result = std::move(r); });
        QCOMPARE(m_session->running().size(), 1);
        QVERIFY(m_session->running()[0].isCancellable);
        m_session->cancelCommand(m_session->running()[0].id);
        QTRY_VERIFY(result.has_value());
        QVERIFY(!*result);
        QVERIFY(m_session->running().isEmpty());
    }

    void aSessionThatGoesEndsItsOperations()
    {
        start(3);
        open();
        m_engine->addFault({.kind = Fault::Kind::Stall, .path = "/json"});
        std::optional<ErrorKind> first;
        std::optional<ErrorKind> second;
        m_session->inspect(idOf(1)).then(
            this, [&](const Result<docker::ContainerDetails> &r) { first = r.error().kind; });
        m_engine->addFault({.kind = Fault::Kind::Stall, .path = "/stop"});
        m_session->run(docker::StopContainer{{idOf(1), "x"}})
            .then(this, [&](const Result<std::string> &r) { second = r.error().kind; });
        m_session.reset();
        QTRY_COMPARE(first, ErrorKind::Cancelled);
        QTRY_VERIFY(second.has_value());
    }

    void recordedLinesAreHistoryToo()
    {
        start(0);
        QSignalSpy changed(m_session.get(), &EngineSession::historyChanged);
        const auto id = m_session->recordStarted(QStringLiteral("systemctl start x.service"));
        QCOMPARE(m_session->running().size(), 1);
        QCOMPARE(m_session->running()[0].isCancellable, false);
        m_session->recordFinished(id, Error{ErrorKind::Denied, 0, {}, "engine.start"});
        m_session->recordFinished(id, {}); // once is enough
        QVERIFY(m_session->running().isEmpty());
        QCOMPARE(m_session->history()[0].error->kind, ErrorKind::Denied);
        QTRY_VERIFY(changed.size() >= 2);
    }

    void theHistoryGoesOnWithAnotherEngineAndKnowsWhichIsWhich()
    {
        start(3);
        open();
        m_session->setCliEngine({.context = "first"});
        QVERIFY(finished(docker::StartContainer{{idOf(0), "x"}}));
        m_session->recordStarted(QStringLiteral("systemctl start x.service"));
        m_engine->addFault({.kind = Fault::Kind::Stall, .path = "/restart"});
        const auto restart = m_session->run(docker::RestartContainer{{idOf(1), "y"}});

        EngineSession next(folder() + QStringLiteral("/another.sock"), quick());
        next.setCliEngine({.host = "unix:///another.sock"});
        next.continueHistory(*m_session);
        const auto added = next.recordStarted(QStringLiteral("docker context use second"));
        QCOMPARE(next.history().size(), 4);
        QVERIFY(next.history()[0].milliseconds);
        QVERIFY2(!next.history()[1].milliseconds, "an administrator's action goes on");
        QCOMPARE(next.history()[2].error->kind, ErrorKind::Cancelled);
        QCOMPARE(next.history()[2].engine, (docker::CliEngine{.context = "first"}));
        QCOMPARE(next.history()[3].id, added);
        QCOMPARE(next.history()[3].engine, (docker::CliEngine{.host = "unix:///another.sock"}));
    }
};

} // namespace tst_engine_session

ROADSTEAD_GUILESS_TEST(tst_engine_session::TestEngineSession)
#include "tst_engine_session.moc"
