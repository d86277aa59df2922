// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/embedded/lifecycle.h"
#include "tests/support/test_program/test_program.h"

#include <QPointer>
#include <QPromise>
#include <QSignalSpy>
#include <QTest>

#include <list>

namespace tst_lifecycle {

using namespace Qt::StringLiterals;
using namespace roadstead;
using namespace roadstead::embedded;
using privilege::Outcome;
using privilege::Verb;
using Phase = LauncherState::Phase;

namespace {

class FakeClock : public Clock
{
public:
    std::chrono::steady_clock::time_point steadyNow() const override { return m_now; }
    std::chrono::system_clock::time_point wallNow() const override { return {}; }
    void advance(std::chrono::milliseconds by) { m_now += by; }

private:
    std::chrono::steady_clock::time_point m_now;
};

/// A machine that the test arranges.
class FakeHost : public Host
{
public:
    Observation observe() override { return seen; }
    void probe() override { ++probes; }
    service::Operation<privilege::Reply>
    request(Verb verb, const std::optional<EngineOptions> &options) override
    {
        asked.append(verb);
        wished = options;
        promises.emplace_back();
        promises.back().start();
        return {promises.back().future(), {}};
    }
    QStringList logTail() override { return {u"level=fatal msg=\"no\""_s}; }

    QString optionsMark() override { return mark; }

    void reply(Result<privilege::Reply> result)
    {
        promises.back().addResult(std::move(result));
        promises.back().finish();
    }

    Observation seen{.installed = true};
    int probes = 0;
    QList<Verb> asked;
    std::optional<EngineOptions> wished;
    QString mark; ///< of the file
    std::list<QPromise<Result<privilege::Reply>>> promises;
};

Observation at(Phase phase, qint64 dockerd, bool launcher = true)
{
    LauncherState file;
    file.phase = phase;
    file.since = 100;
    return {.installed = true, .file = file, .launcherAlive = launcher, .dockerdPid = dockerd};
}

const Observation nothing{.installed = true};

const EngineOptions wanted{.insecureRegistries = {"registry.example:5000"}};
const QString wantedMark = QString::fromStdString(engineOptionsMark(serialize(wanted)));

/// A running engine that was given them.
Observation configured(qint64 dockerd)
{
    Observation seen = at(Phase::Running, dockerd);
    seen.file->options = wantedMark;
    return seen;
}

struct Stage
{
    explicit Stage(const Observation &first = nothing)
    {
        host->seen = first;
        life = std::make_unique<Lifecycle>(std::unique_ptr<Host>(host), clock);
    }

    /// The machine changes, and it is looked at.
    void become(const Observation &seen)
    {
        host->seen = seen;
        life->tick();
    }
    void accept(Outcome outcome = Outcome::Accepted)
    {
        host->reply(privilege::Reply{u"n"_s, outcome, {}});
        QCoreApplication::processEvents();
    }
    void refuse(ErrorKind kind)
    {
        host->reply(failure(kind, "engine.start"));
        QCoreApplication::processEvents();
    }
    /// An engine that runs and answers.
    void run(qint64 dockerd = 7)
    {
        become(at(Phase::Running, dockerd));
        Q_EMIT host->probed(true);
    }

    FakeClock clock;
    FakeHost *host = new FakeHost;
    std::unique_ptr<Lifecycle> life;
};

using Answer = QFuture<Result<service::Done>>;

bool isDone(const Answer &answer)
{
    return answer.isFinished() && answer.result().has_value();
}

ErrorKind kindOf(const Answer &answer)
{
    return answer.isFinished() && !answer.result() ? answer.result().error().kind
                                                   : ErrorKind::Internal;
}

} // namespace

/// The life of an engine over a machine that is arranged, with a clock that is moved by hand.
class TestLifecycle : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void whatIsSeenMakesTheState_data();
    void whatIsSeenMakesTheState();
    void anEngineRunsOnceItAnswers();
    void anEngineThatFallsSilentIsUnreachableUntilItAnswers();
    void anEngineThatStartsIsNotAskedYet();
    void startingIsDoneWhenTheEngineAnswers();
    void startingAfterAFailureIsNotThatFailure();
    void aStartThatFailsSaysWhy();
    void aStartThatNobodySeesFails();
    void aLostReplyIsSettledByWhatIsSeen();
    void aLostReplyWithNothingSeenStaysUnknown();
    void whatIsSoAlreadyNeedsNoConsent();
    void restartingWhatDoesNotRunIsAConflict();
    void restartingIsDoneWhenAnotherDockerdAnswers();
    void stoppingIsDoneWhenNothingRuns();
    void stoppingWhatFailedWaitsForTheCleaning();
    void stoppingWhereNothingIsLeftIsDoneAtOnce();
    void aStartDuringAStopIsRefusedAtOnce();
    void aStartOfWhatThenStopsFails();
    void aStartThatSomebodyStopsFails();
    void aStopTakesThePlaceOfAStartThatHangs();
    void aProbesAnswerIsOfTheDockerdThatWasAsked();
    void aNoteIsToldWhileItRuns();
    void optionsAreSetOnceTheEngineHasThem();
    void optionsOfWhatDoesNotRunAreSetOnceTheyAreWritten();
    void optionsThatTheEngineIgnoresAreNotSet();
    void aRestartForOptionsThatFailsSaysSo();
    void aRefusalChangesNothing_data();
    void aRefusalChangesNothing();
    void onlyOneThingAtATime();
    void cancellingEndsTheWaitOnly();
    void anOldCancelDoesNotReachTheNextRequest();
    void everyChangeIsSaidOnce();
};

void TestLifecycle::whatIsSeenMakesTheState_data()
{
    QTest::addColumn<Observation>("seen");
    QTest::addColumn<State>("state");
    QTest::newRow("nothing installed") << Observation{} << State::NotInstalled;
    QTest::newRow("nothing running") << nothing << State::Stopped;
    QTest::newRow("launcher without a file yet")
        << Observation{.installed = true, .launcherAlive = true} << State::Starting;
    QTest::newRow("starting") << at(Phase::Starting, 0) << State::Starting;
    QTest::newRow("running, not asked yet") << at(Phase::Running, 7) << State::Starting;
    QTest::newRow("stopping") << at(Phase::Stopping, 7) << State::Stopping;
    QTest::newRow("stopping, and gone") << at(Phase::Stopping, 0, false) << State::Stopped;
    QTest::newRow("failed") << at(Phase::Failed, 0, false) << State::Failed;
    QTest::newRow("killed while running") << at(Phase::Running, 0, false) << State::Failed;
    QTest::newRow("killed while starting") << at(Phase::Starting, 0, false) << State::Failed;
    QTest::newRow("removed while running")
        << Observation{.file = at(Phase::Running, 7).file, .launcherAlive = true, .dockerdPid = 7}
        << State::Starting;
}

void TestLifecycle::whatIsSeenMakesTheState()
{
    QFETCH(Observation, seen);
    QFETCH(State, state);
    const Stage first(seen);
    QCOMPARE(first.life->state(), state);
    QCOMPARE(first.life->failure().has_value(), state == State::Failed);
    Stage later;
    later.become(seen);
    QCOMPARE(later.life->state(), state);
}

void TestLifecycle::anEngineRunsOnceItAnswers()
{
    Stage stage(at(Phase::Running, 7));
    stage.life->tick();
    QCOMPARE(stage.host->probes, 1);
    QCOMPARE(stage.life->state(), State::Starting);
    Q_EMIT stage.host->probed(true);
    QCOMPARE(stage.life->state(), State::Running);
}

void TestLifecycle::anEngineThatFallsSilentIsUnreachableUntilItAnswers()
{
    Stage stage;
    stage.run();
    stage.life->tick();
    QCOMPARE(stage.life->state(), State::Running); // asked, not yet silent
    Q_EMIT stage.host->probed(false);
    QCOMPARE(stage.life->state(), State::Unreachable);
    stage.life->tick();
    Q_EMIT stage.host->probed(true);
    QCOMPARE(stage.life->state(), State::Running);
}

void TestLifecycle::anEngineThatStartsIsNotAskedYet()
{
    Stage stage;
    stage.become(at(Phase::Starting, 7));
    QCOMPARE(stage.host->probes, 0);
    stage.become(at(Phase::Running, 7));
    QCOMPARE(stage.host->probes, 1);
    QCOMPARE(stage.life->state(), State::Starting);
}

void TestLifecycle::startingIsDoneWhenTheEngineAnswers()
{
    Stage stage;
    QSignalSpy confirmed(stage.life.get(), &Lifecycle::confirmed);
    const Answer answer = stage.life->ask(Verb::EngineStart).future();
    QCOMPARE(stage.host->asked, QList{Verb::EngineStart});
    QCOMPARE(stage.life->state(), State::Stopped); // nobody has consented yet
    stage.accept();
    QCOMPARE(stage.life->state(), State::Starting);
    QVERIFY(stage.life->isMoving());
    stage.become(at(Phase::Starting, 0));
    stage.become(at(Phase::Running, 7));
    QVERIFY(!answer.isFinished());
    Q_EMIT stage.host->probed(true);
    QVERIFY(isDone(answer));
    QCOMPARE(stage.life->state(), State::Running);
    QCOMPARE(confirmed.size(), 1);
    QVERIFY(!stage.life->isMoving());
}

void TestLifecycle::startingAfterAFailureIsNotThatFailure()
{
    Stage stage(at(Phase::Failed, 0, false));
    const Answer answer = stage.life->ask(Verb::EngineStart).future();
    stage.accept();
    stage.life->tick();
    QCOMPARE(stage.life->state(), State::Starting);
    QVERIFY(!answer.isFinished());
    stage.become(at(Phase::Starting, 0));
    stage.run();
    QVERIFY(isDone(answer));
}

void TestLifecycle::aStartThatFailsSaysWhy()
{
    Stage stage;
    const Answer answer = stage.life->ask(Verb::EngineStart).future();
    stage.accept();
    stage.become(at(Phase::Starting, 0));
    Observation failed = at(Phase::Failed, 0, false);
    failed.file->cause = FailureCause::PortTaken;
    failed.file->subject = u"2375"_s;
    stage.become(failed);
    QCOMPARE(kindOf(answer), ErrorKind::EngineFailed);
    QCOMPARE(stage.life->state(), State::Failed);
    QCOMPARE(stage.life->failure()->cause, FailureCause::PortTaken);
    QCOMPARE(stage.life->failure()->subject, u"2375"_s);
    QCOMPARE(stage.life->failure()->logLines.size(), 1);
}

void TestLifecycle::aStartThatNobodySeesFails()
{
    Stage stage;
    const Answer answer = stage.life->ask(Verb::EngineStart).future();
    stage.accept();
    stage.clock.advance(Lifecycle::untilSeen - std::chrono::milliseconds(1));
    stage.life->tick();
    QVERIFY(!answer.isFinished());
    stage.clock.advance(std::chrono::milliseconds(1));
    stage.life->tick();
    QCOMPARE(kindOf(answer), ErrorKind::EngineFailed);
    QCOMPARE(stage.life->state(), State::Stopped);
}

void TestLifecycle::aLostReplyIsSettledByWhatIsSeen()
{
    Stage stage;
    const Answer answer = stage.life->ask(Verb::EngineStart).future();
    stage.refuse(ErrorKind::OutcomeUnknown);
    QVERIFY(!answer.isFinished());
    QCOMPARE(stage.life->state(), State::Stopped); // nothing is claimed that is not seen
    stage.become(at(Phase::Starting, 0));
    QCOMPARE(stage.life->state(), State::Starting);
    stage.run();
    QVERIFY(isDone(answer));
}

void TestLifecycle::aLostReplyWithNothingSeenStaysUnknown()
{
    Stage stage;
    const Answer answer = stage.life->ask(Verb::EngineStart).future();
    stage.refuse(ErrorKind::OutcomeUnknown);
    stage.clock.advance(Lifecycle::untilSeen);
    stage.life->tick();
    QCOMPARE(kindOf(answer), ErrorKind::OutcomeUnknown);
}

void TestLifecycle::whatIsSoAlreadyNeedsNoConsent()
{
    Stage stage;
    QVERIFY(isDone(stage.life->ask(Verb::EngineStop).future()));
    stage.run();
    QVERIFY(isDone(stage.life->ask(Verb::EngineStart).future()));
    QVERIFY(stage.host->asked.isEmpty());
}

void TestLifecycle::restartingWhatDoesNotRunIsAConflict()
{
    Stage stage;
    QCOMPARE(kindOf(stage.life->ask(Verb::EngineRestart).future()), ErrorKind::Conflict);
    QVERIFY(stage.host->asked.isEmpty());
}

void TestLifecycle::restartingIsDoneWhenAnotherDockerdAnswers()
{
    Stage stage;
    stage.run(7);
    const Answer answer = stage.life->ask(Verb::EngineRestart).future();
    stage.accept();
    QCOMPARE(stage.life->state(), State::Starting);
    Q_EMIT stage.host->probed(true); // the old one still answers
    QVERIFY(!answer.isFinished());
    stage.become(at(Phase::Starting, 0));
    stage.run(8);
    QVERIFY(isDone(answer));
    QCOMPARE(stage.life->state(), State::Running);
}

void TestLifecycle::stoppingIsDoneWhenNothingRuns()
{
    Stage stage;
    stage.run();
    const Answer answer = stage.life->ask(Verb::EngineStop).future();
    stage.accept();
    QCOMPARE(stage.life->state(), State::Stopping);
    stage.become(at(Phase::Stopping, 7));
    QVERIFY(!answer.isFinished());
    stage.become(nothing);
    QVERIFY(isDone(answer));
    QCOMPARE(stage.life->state(), State::Stopped);
}

void TestLifecycle::stoppingWhatFailedWaitsForTheCleaning()
{
    Stage stage(at(Phase::Running, 0, false)); // its launcher was killed
    QCOMPARE(stage.life->state(), State::Failed);
    const Answer answer = stage.life->ask(Verb::EngineStop).future();
    stage.accept();
    QVERIFY(!answer.isFinished());
    QCOMPARE(stage.life->state(), State::Stopping);
    stage.become(nothing);
    QVERIFY(isDone(answer));
    QCOMPARE(stage.life->state(), State::Stopped);
}

void TestLifecycle::stoppingWhereNothingIsLeftIsDoneAtOnce()
{
    Stage stage(at(Phase::Failed, 0, false));
    const Answer answer = stage.life->ask(Verb::EngineStop).future();
    stage.accept(Outcome::AlreadySo);
    QVERIFY(isDone(answer));
    QCOMPARE(stage.life->state(), State::Failed);
}

void TestLifecycle::aStartDuringAStopIsRefusedAtOnce()
{
    Stage stage(at(Phase::Stopping, 7));
    const Answer answer = stage.life->ask(Verb::EngineStart).future();
    QCOMPARE(kindOf(answer), ErrorKind::Conflict);
    QCOMPARE(privilege::reasonOf(answer.result().error()), privilege::Reason::Stopping);
    QVERIFY(stage.host->asked.isEmpty());
}

void TestLifecycle::aStartOfWhatThenStopsFails()
{
    Stage stage;
    const Answer answer = stage.life->ask(Verb::EngineStart).future();
    // Somebody else had started it, and stops it now: the helper still saw the launcher.
    stage.host->seen = at(Phase::Stopping, 7);
    stage.accept(Outcome::AlreadySo);
    QCOMPARE(stage.life->state(), State::Stopping); // not starting
    QVERIFY(!answer.isFinished());
    stage.become(nothing);
    QCOMPARE(kindOf(answer), ErrorKind::EngineFailed);
    QCOMPARE(privilege::reasonOf(answer.result().error()), privilege::Reason::Ended);
    QCOMPARE(stage.life->state(), State::Stopped);
}

void TestLifecycle::aStartThatSomebodyStopsFails()
{
    Stage stage;
    const Answer answer = stage.life->ask(Verb::EngineStart).future();
    stage.accept();
    stage.life->tick();
    QVERIFY(!answer.isFinished());
    stage.become(at(Phase::Starting, 0));
    stage.become(nothing);
    QCOMPARE(kindOf(answer), ErrorKind::EngineFailed);
    QCOMPARE(stage.life->state(), State::Stopped);
}

void TestLifecycle::aStopTakesThePlaceOfAStartThatHangs()
{
    Stage stage;
    const Answer start = stage.life->ask(Verb::EngineStart).future();
    // While the person is being asked there is nothing to stop.
    QCOMPARE(kindOf(stage.life->ask(Verb::EngineStop).future()), ErrorKind::Busy);
    stage.accept();
    stage.become(at(Phase::Starting, 0));
    const Answer stop = stage.life->ask(Verb::EngineStop).future();
    QCOMPARE(kindOf(start), ErrorKind::Cancelled);
    QCOMPARE(stage.host->asked, (QList{Verb::EngineStart, Verb::EngineStop}));
    QCOMPARE(stage.life->state(), State::Starting); // nobody has consented yet
    stage.accept();
    QCOMPARE(stage.life->state(), State::Stopping);
    stage.become(nothing);
    QVERIFY(isDone(stop));
}

void TestLifecycle::aProbesAnswerIsOfTheDockerdThatWasAsked()
{
    Stage stage;
    stage.become(at(Phase::Running, 7));
    QCOMPARE(stage.host->probes, 1);
    // Another dockerd is there and has been seen before the answer of the first arrives.
    stage.become(at(Phase::Running, 8));
    QCOMPARE(stage.host->probes, 1);
    Q_EMIT stage.host->probed(true);
    QCOMPARE(stage.life->state(), State::Starting);
    stage.life->tick();
    Q_EMIT stage.host->probed(true);
    QCOMPARE(stage.life->state(), State::Running);
}

void TestLifecycle::aNoteIsToldWhileItRuns()
{
    Stage stage;
    stage.run();
    QCOMPARE(stage.life->note(), Note::None);
    QSignalSpy changed(stage.life.get(), &Lifecycle::stateChanged);
    Observation blocked = at(Phase::Running, 7);
    blocked.file->note = Note::ForwardBlocked;
    stage.become(blocked);
    QCOMPARE(stage.life->note(), Note::ForwardBlocked);
    QCOMPARE(changed.size(), 1);
    stage.life->tick();
    QCOMPARE(changed.size(), 1);
    stage.become(at(Phase::Running, 7));
    QCOMPARE(stage.life->note(), Note::None);
    QCOMPARE(changed.size(), 2);
}

void TestLifecycle::optionsAreSetOnceTheEngineHasThem()
{
    Stage stage;
    stage.run();
    const Answer answer = stage.life->ask(Verb::EngineConfigure, wanted).future();
    QCOMPARE(stage.host->wished, std::optional(wanted));
    stage.accept();
    QVERIFY(!answer.isFinished()); // nothing is written yet
    stage.host->mark = wantedMark;
    stage.life->tick();
    QVERIFY(!answer.isFinished()); // the engine was not given them yet
    // It needs another dockerd for them.
    stage.become(at(Phase::Starting, 0));
    stage.become(configured(8));
    Q_EMIT stage.host->probed(true); // of the dockerd before
    stage.life->tick();
    QVERIFY(!answer.isFinished());
    Q_EMIT stage.host->probed(true);
    QCoreApplication::processEvents();
    QVERIFY(isDone(answer));
}

void TestLifecycle::optionsOfWhatDoesNotRunAreSetOnceTheyAreWritten()
{
    Stage stage;
    const Answer answer = stage.life->ask(Verb::EngineConfigure, wanted).future();
    stage.accept();
    QVERIFY(!answer.isFinished());
    stage.host->mark = wantedMark;
    stage.life->tick();
    QVERIFY(isDone(answer));
    QCOMPARE(stage.life->state(), State::Stopped);
}

void TestLifecycle::optionsThatTheEngineIgnoresAreNotSet()
{
    Stage stage;
    stage.run();
    const Answer answer = stage.life->ask(Verb::EngineConfigure, wanted).future();
    stage.accept();
    stage.host->mark = wantedMark; // an older launcher, which does not look for them
    stage.clock.advance(Lifecycle::untilSeen);
    stage.life->tick();
    QCOMPARE(kindOf(answer), ErrorKind::EngineFailed);
    QCOMPARE(stage.life->state(), State::Running);
}

void TestLifecycle::aRestartForOptionsThatFailsSaysSo()
{
    Stage stage;
    stage.run();
    const Answer answer = stage.life->ask(Verb::EngineConfigure, wanted).future();
    stage.accept();
    stage.host->mark = wantedMark;
    stage.become(at(Phase::Failed, 0));
    QCOMPARE(kindOf(answer), ErrorKind::EngineFailed);
    QCOMPARE(stage.life->state(), State::Failed);
}

void TestLifecycle::aRefusalChangesNothing_data()
{
    QTest::addColumn<ErrorKind>("kind");
    QTest::newRow("denied") << ErrorKind::Denied;
    QTest::newRow("closed") << ErrorKind::Cancelled;
    QTest::newRow("busy") << ErrorKind::Busy;
    QTest::newRow("no helper") << ErrorKind::NotInstalled;
}

void TestLifecycle::aRefusalChangesNothing()
{
    QFETCH(ErrorKind, kind);
    Stage stage;
    const Answer answer = stage.life->ask(Verb::EngineStart).future();
    stage.refuse(kind);
    QCOMPARE(kindOf(answer), kind);
    QCOMPARE(stage.life->state(), State::Stopped);
    stage.life->ask(Verb::EngineStart);
    QCOMPARE(stage.host->asked.size(), 2); // and it can be asked again
}

void TestLifecycle::onlyOneThingAtATime()
{
    Stage stage;
    const Answer first = stage.life->ask(Verb::EngineStart).future();
    QCOMPARE(kindOf(stage.life->ask(Verb::EngineStart).future()), ErrorKind::Busy);
    QVERIFY(!first.isFinished());
    QCOMPARE(stage.host->asked.size(), 1);
}

void TestLifecycle::cancellingEndsTheWaitOnly()
{
    Stage stage;
    const auto operation = stage.life->ask(Verb::EngineStart);
    operation.cancel();
    QCOMPARE(kindOf(operation.future()), ErrorKind::Cancelled);
    stage.accept(); // the person consents all the same
    stage.run();
    QCOMPARE(stage.life->state(), State::Running);
}

void TestLifecycle::anOldCancelDoesNotReachTheNextRequest()
{
    Stage stage;
    const auto first = stage.life->ask(Verb::EngineStart);
    stage.refuse(ErrorKind::Denied);
    const auto second = stage.life->ask(Verb::EngineStart);
    first.cancel();
    QVERIFY(!second.future().isFinished());
}

void TestLifecycle::everyChangeIsSaidOnce()
{
    Stage stage;
    QSignalSpy changed(stage.life.get(), &Lifecycle::stateChanged);
    stage.become(at(Phase::Starting, 0));
    stage.life->tick();
    QCOMPARE(changed.size(), 1);
    stage.run();
    QCOMPARE(changed.size(), 2);
}

} // namespace tst_lifecycle

ROADSTEAD_GUILESS_TEST(tst_lifecycle::TestLifecycle)
#include "tst_lifecycle.moc"
