// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/engine_session.h"
#include "tests/support/fake_engine/fake_engine.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <algorithm>
#include <ctime>

using namespace roadstead;
using namespace roadstead::service;
using namespace std::chrono_literals;
using docker::ContainerState;
using test::FakeContainer;
using test::FakeEngine;
using test::FakeFleet;
using test::Fault;

namespace {

SessionTiming quick()
{
    SessionTiming timing;
    timing.notAnswering = 1s; // a busy machine with sanitizers answers within it
    timing.heartbeat = 100ms;
    timing.retryFirst = 20ms;
    timing.retryLast = 200ms;
    return timing;
}

/// CPU time of this thread: what the event loop's work takes, whatever else the machine does.
std::chrono::nanoseconds threadTime()
{
    timespec time = {};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

} // namespace

/// A whole session against an engine that behaves, or not.
class TestEngineSession : public QObject
{
    Q_OBJECT

private:
    void start(int containers, const SessionTiming &timing = quick())
    {
        test::FakeEngineOptions options;
        options.socketPath = m_folder.filePath(QStringLiteral("engine.sock")).toStdString();
        options.containers = containers;
        options.running = containers / 10;
        options.images = 3;
        m_engine = std::make_unique<FakeEngine>(options);
        QVERIFY(m_engine->start());
        m_session =
            std::make_unique<EngineSession>(QString::fromStdString(options.socketPath), timing);
    }
    void open()
    {
        m_session->open();
        QTRY_COMPARE_WITH_TIMEOUT(m_session->link(), Link::Live, 30'000);
    }
    [[nodiscard]] const docker::ContainerSummary *row(const std::string &id) const
    {
        const auto &list = *m_session->containers();
        const auto found = std::ranges::find(list, id, &docker::ContainerSummary::id);
        return found == list.end() ? nullptr : &*found;
    }
    /// The id of a container that the fake engine was filled with.
    static std::string idOf(std::uint64_t number) { return FakeFleet::idOf(1000 + number); }
    [[nodiscard]] long listRequests() const
    {
        return std::ranges::count_if(m_engine->requests(), [](const std::string &request) {
            return request.contains("/containers/json");
        });
    }
    /// Whether the session shows what the engine holds.
    [[nodiscard]] bool isTrue() const
    {
        bool same = false;
        m_engine->edit([&](FakeFleet &fleet) {
            const auto &list = *m_session->containers();
            same = list.size() == fleet.containers().size() &&
                   std::ranges::all_of(list, [&](const docker::ContainerSummary &shown) {
                       const FakeContainer *real = fleet.find(shown.id);
                       return real != nullptr && (real->state == "running") ==
                                                     (shown.state == ContainerState::Running);
                   });
        });
        return same;
    }
    Result<std::string> finished(const docker::Command &command)
    {
        std::optional<Result<std::string>> result;
        m_session->run(command).then(this, [&](Result<std::string> r) { result = std::move(r); });
        [&] { QTRY_VERIFY(result.has_value()); }();
        return result.value_or(failure(ErrorKind::Internal, "test"));
    }

private Q_SLOTS:
    void cleanup()
    {
        m_session.reset();
        m_engine.reset();
    }

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
        QVERIFY(m_engine->requests().back().contains("filters"));
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

    void aGapInTheEventsReadsEverything()
    {
        start(40);
        open();
        m_engine->edit([](FakeFleet &fleet) { // behind the events' back
            fleet.containers().front().state = "paused";
            fleet.touch();
        });
        const std::string id = [&] {
            std::string found;
            m_engine->edit([&](FakeFleet &fleet) { found = fleet.containers().front().id; });
            return found;
        }();
        m_engine->endEventStreams();
        QTRY_COMPARE(row(id)->state, ContainerState::Paused);
        QTRY_COMPARE(m_session->link(), Link::Live);
    }

    void aHundredThousandEventsStallNothingAndEndInTheTruth()
    {
        start(1000, SessionTiming());
        open();
        int turns = 0;
        std::chrono::nanoseconds longest{0};
        auto last = threadTime();
        QTimer turn;
        connect(&turn, &QTimer::timeout, this, [&] {
            const auto now = threadTime();
            longest = std::max(longest, now - last);
            last = now;
            ++turns;
        });
        QSignalSpy changed(m_session.get(), &EngineSession::containersChanged);
        turn.start(5ms);
        QElapsedTimer timer;
        timer.start();
        m_engine->burst(100'000, 10s);
        QTest::qWait(int(std::max<qint64>(0, 10'000 - timer.elapsed()))); // the burst's own time
        const qint64 burstOver = timer.elapsed();
        QTRY_VERIFY_WITH_TIMEOUT(isTrue(), 3000);
        qInfo("right %lld ms after the burst; longest turn %lld us; %lld signals in %lld ms",
              static_cast<long long>(timer.elapsed() - burstOver),
              static_cast<long long>(longest.count() / 1000),
              static_cast<long long>(changed.size()), static_cast<long long>(timer.elapsed()));
        QVERIFY(turns > 100);
        QVERIFY(longest < 100ms);
        QVERIFY(changed.size() <= 20 * (timer.elapsed() / 1000 + 1));
    }

    void aKilledEngineLeavesItsListsAndIsFoundAgain()
    {
        start(20);
        open();
        const auto before = m_session->containers();
        m_engine->stop();
        QTRY_COMPARE(m_session->link(), Link::Unreachable);
        QVERIFY(m_session->lastError());
        QCOMPARE(m_session->containers(), before);
        QVERIFY(m_session->listed());
        m_engine->edit([](FakeFleet &fleet) { fleet.remove(fleet.containers().back().id); });
        QVERIFY(m_engine->start());
        QTRY_COMPARE(m_session->link(), Link::Live);
        QCOMPARE(m_session->containers()->size(), 19U);
    }

    void aSocketThatAppearsIsTriedAtOnce()
    {
        SessionTiming timing = quick();
        timing.retryFirst = 60s; // only the file's appearance can be the reason
        timing.retryLast = 60s;
        start(3, timing);
        m_engine->stop(true);
        m_session->open();
        QTRY_COMPARE(m_session->link(), Link::Unreachable);
        QCOMPARE(m_session->lastError()->kind, ErrorKind::NoSuchSocket);
        QVERIFY(m_engine->start());
        QTRY_COMPARE(m_session->link(), Link::Live);
    }

    void aFrozenEngineIsTold()
    {
        start(5);
        open();
        m_engine->freeze();
        QTRY_COMPARE(m_session->link(), Link::NotAnswering);
        QCOMPARE(m_session->lastError()->kind, ErrorKind::NotAnswering);
        QCOMPARE(m_session->containers()->size(), 5U);
        m_engine->thaw();
        QTRY_COMPARE(m_session->link(), Link::Live);
        QVERIFY(isTrue());
    }

    void anEngineFrozenAtFirstContactIsTold()
    {
        start(5);
        m_engine->freeze();
        m_session->open();
        QCOMPARE(m_session->link(), Link::Connecting);
        QTRY_COMPARE(m_session->link(), Link::NotAnswering);
        m_engine->thaw();
        QTRY_COMPARE(m_session->link(), Link::Live);
    }

    void aCutListKeepsTheOldOne()
    {
        start(30);
        open();
        m_engine->addFault(
            {.kind = Fault::Kind::CutBody, .path = "/containers/json", .value = 100, .times = 1});
        QList<Link> links;
        connect(m_session.get(), &EngineSession::linkChanged, this, [&] {
            links.append(m_session->link());
            QCOMPARE(m_session->containers()->size(), 30U);
        });
        m_session->refresh();
        QTRY_COMPARE(links, (QList<Link>{Link::Unreachable, Link::Live}));
    }

    void anAnswerOfBeforeCloseIsDropped()
    {
        start(10);
        m_engine->addFault(
            {.kind = Fault::Kind::Delay, .path = "/containers/json", .value = 200, .times = 1});
        m_session->open();
        QTRY_COMPARE(listRequests(), 1);
        m_session->close();
        QCOMPARE(m_session->link(), Link::Idle);
        QSignalSpy changed(m_session.get(), &EngineSession::containersChanged);
        QVERIFY(!changed.wait(400));
        QVERIFY(m_session->containers()->empty());
        open();
        QCOMPARE(m_session->containers()->size(), 10U);
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

private:
    QTemporaryDir m_folder;
    std::unique_ptr<FakeEngine> m_engine;
    std::unique_ptr<EngineSession> m_session;
};

QTEST_GUILESS_MAIN(TestEngineSession)
#include "tst_engine_session.moc"
