// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/privilege/client/client.h"
#include "engine/privilege/client/reason.h"
#include "tests/support/test_program/test_program.h"

#include <QTest>

#include <unistd.h>

namespace tst_privilege_client {

using namespace Qt::StringLiterals;
using namespace roadstead;
using namespace roadstead::privilege;

namespace {

/// A helper that does what the test tells it, and nothing by itself.
class FakeTransport : public Transport
{
public:
    void send(Verb verb, const Request &request, quintptr windowId) override
    {
        isUnderWay = true;
        ++sent;
        lastVerb = verb;
        lastRequest = request;
        lastWindow = windowId;
        if (isQuick) {
            Q_EMIT Transport::sent();
        }
    }
    void abandon() override { isUnderWay = false; }

    void progress(Stage stage, uint uid = ::getuid())
    {
        Q_EMIT progressed(encode(Progress{stage, uid}));
    }
    void answer(Outcome outcome, const QString &detail = {})
    {
        Q_EMIT answered(encode(Reply{lastRequest.nonce, outcome, detail}));
    }

    bool isQuick = true; ///< the helper is up at once
    bool isUnderWay = false;
    int sent = 0;
    Verb lastVerb = Verb::EngineStop;
    Request lastRequest;
    quintptr lastWindow = 0;
};

/// A client over a fake transport.
struct Desk
{
    explicit Desk(Patience patience = {})
        : client(std::unique_ptr<Transport>(transport), patience)
    {
    }

    /// Asks, and waits until it has been sent.
    QFuture<Result<Reply>> ask(Verb verb = Verb::EngineStart)
    {
        const int before = transport->sent;
        const auto future = client.request(verb).future();
        if (!QTest::qWaitFor([&] { return transport->sent > before; })) {
            qFatal("not sent");
        }
        return future;
    }

    FakeTransport *transport = new FakeTransport;
    Client client;
};

ErrorKind kindOf(const QFuture<Result<Reply>> &future)
{
    if (!QTest::qWaitFor([&] { return future.isFinished(); }) || future.result().has_value()) {
        return ErrorKind::Internal;
    }
    return future.result().error().kind;
}

} // namespace

/// The queue in front of the helper, over a transport without a bus.
class TestPrivilegeClient : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aRequestCarriesAFreshNonceAndTheVersion();
    void anAcceptedRequestSucceeds();
    void outcomesBecomeErrors_data();
    void outcomesBecomeErrors();
    void aReplyToSomebodyElseIsNoReply();
    void aReplyThatBreaksTheContractIsNoReply();
    void refusalsAreToldApart_data();
    void refusalsAreToldApart();
    void aRefusalOfAnotherUserIsNotOurs();
    void aHelperThatEndsBecauseOfPolkitHasDoneNothing();
    void aHelperThatDiesLeavesTheOutcomeUnknown();
    void silenceAfterAskingEndsAsUnknown();
    void aHelperThatNeverAsksIsBusy();
    void aHelperThatIsSlowToComeUpIsNotBusy();
    void tooManyRequestsAreSaidToBeThat();
    void onlyOneIsInFlightAndOneWaits();
    void cancellingAWaitingRequestNeverSendsIt();
    void cancellingASentRequestKeepsTheQueueClosed();
    void lateAnswersAreDropped();
    void theWindowOfThePromptIsPassedOn();
    void destroyingTheClientEndsEveryWait();
};

void TestPrivilegeClient::aRequestCarriesAFreshNonceAndTheVersion()
{
    Desk desk;
    auto first = desk.ask(Verb::EngineRestart);
    const Request request = desk.transport->lastRequest;
    QCOMPARE(desk.transport->lastVerb, Verb::EngineRestart);
    QCOMPARE(request.version, contractVersion);
    QVERIFY(isPlainWord(request.nonce));
    desk.transport->answer(Outcome::Accepted);
    QTRY_VERIFY(first.isFinished());
    desk.ask();
    QVERIFY(desk.transport->lastRequest.nonce != request.nonce);
}

void TestPrivilegeClient::anAcceptedRequestSucceeds()
{
    Desk desk;
    const auto future = desk.ask();
    desk.transport->progress(Stage::Asked);
    desk.transport->answer(Outcome::Accepted);
    QTRY_VERIFY(future.isFinished());
    QVERIFY(future.result().has_value());
    QCOMPARE(future.result()->outcome, Outcome::Accepted);
    QVERIFY(!desk.transport->isUnderWay);
}

void TestPrivilegeClient::outcomesBecomeErrors_data()
{
    QTest::addColumn<Outcome>("outcome");
    QTest::addColumn<ErrorKind>("kind");
    QTest::newRow("refused arguments") << Outcome::Refused << ErrorKind::InvalidArgument;
    QTest::newRow("another version") << Outcome::OtherVersion << ErrorKind::UnsupportedVersion;
    QTest::newRow("no dockerd") << Outcome::NoDockerd << ErrorKind::NotInstalled;
    QTest::newRow("no launcher") << Outcome::NoLauncher << ErrorKind::NotInstalled;
    QTest::newRow("not running") << Outcome::NotRunning << ErrorKind::Conflict;
    QTest::newRow("on its way down") << Outcome::Stopping << ErrorKind::Conflict;
    QTest::newRow("masked unit") << Outcome::Masked << ErrorKind::EngineFailed;
    QTest::newRow("failed") << Outcome::Failed << ErrorKind::EngineFailed;
}

void TestPrivilegeClient::outcomesBecomeErrors()
{
    QFETCH(Outcome, outcome);
    QFETCH(ErrorKind, kind);
    Desk desk;
    const auto future = desk.ask();
    desk.transport->answer(outcome);
    QCOMPARE(kindOf(future), kind);
    QCOMPARE(future.result().error().operation, "engine.start");
}

void TestPrivilegeClient::aReplyToSomebodyElseIsNoReply()
{
    Desk desk;
    const auto future = desk.ask();
    Q_EMIT desk.transport->answered(encode(Reply{newNonce(), Outcome::Accepted, {}}));
    QCOMPARE(kindOf(future), ErrorKind::OutcomeUnknown);
}

void TestPrivilegeClient::aReplyThatBreaksTheContractIsNoReply()
{
    Desk desk;
    const auto future = desk.ask();
    Q_EMIT desk.transport->answered({{u"nonce"_s, desk.transport->lastRequest.nonce}});
    QCOMPARE(kindOf(future), ErrorKind::OutcomeUnknown);
}

void TestPrivilegeClient::refusalsAreToldApart_data()
{
    QTest::addColumn<Stage>("stage");
    QTest::addColumn<ErrorKind>("kind");
    QTest::addColumn<QByteArray>("detail");
    QTest::newRow("closed prompt") << Stage::Dismissed << ErrorKind::Cancelled << QByteArray();
    QTest::newRow("wrong password") << Stage::Denied << ErrorKind::Denied << QByteArray();
    QTest::newRow("nobody to ask") << Stage::NoAgent << ErrorKind::Denied << QByteArray("noagent");
}

void TestPrivilegeClient::refusalsAreToldApart()
{
    QFETCH(Stage, stage);
    QFETCH(ErrorKind, kind);
    QFETCH(QByteArray, detail);
    Desk desk;
    const auto future = desk.ask();
    desk.transport->progress(Stage::Asked);
    desk.transport->progress(stage);
    Q_EMIT desk.transport->refused();
    QCOMPARE(kindOf(future), kind);
    QCOMPARE(future.result().error().detail, detail.toStdString());
}

void TestPrivilegeClient::aRefusalOfAnotherUserIsNotOurs()
{
    Desk desk;
    const auto future = desk.ask();
    desk.transport->progress(Stage::Asked, ::getuid() + 1);
    desk.transport->progress(Stage::Denied, ::getuid() + 1);
    Q_EMIT desk.transport->refused();
    QCOMPARE(kindOf(future), ErrorKind::OutcomeUnknown);
}

void TestPrivilegeClient::aHelperThatEndsBecauseOfPolkitHasDoneNothing()
{
    Desk desk;
    const auto future = desk.ask();
    desk.transport->progress(Stage::Asked);
    desk.transport->progress(Stage::NoAnswer);
    Q_EMIT desk.transport->failed(Error{ErrorKind::OutcomeUnknown, 0, "gone", {}});
    QCOMPARE(kindOf(future), ErrorKind::NotAnswering);
    QCOMPARE(future.result().error().detail, "polkit");
}

void TestPrivilegeClient::aHelperThatDiesLeavesTheOutcomeUnknown()
{
    Desk desk;
    const auto future = desk.ask();
    desk.transport->progress(Stage::Asked);
    Q_EMIT desk.transport->failed(Error{ErrorKind::OutcomeUnknown, 0, "gone", {}});
    QCOMPARE(kindOf(future), ErrorKind::OutcomeUnknown);
}

void TestPrivilegeClient::silenceAfterAskingEndsAsUnknown()
{
    using namespace std::chrono_literals;
    Desk desk(Patience{10s, 0ms, 20ms});
    const auto future = desk.ask();
    desk.transport->progress(Stage::Asked);
    QCOMPARE(kindOf(future), ErrorKind::OutcomeUnknown);
    QVERIFY(!desk.transport->isUnderWay);
}

void TestPrivilegeClient::aHelperThatNeverAsksIsBusy()
{
    using namespace std::chrono_literals;
    Desk desk(Patience{20ms, 0ms, 10s});
    const auto future = desk.ask();
    desk.transport->progress(Stage::Asked, ::getuid() + 1);
    QCOMPARE(kindOf(future), ErrorKind::Busy);
}

void TestPrivilegeClient::aHelperThatIsSlowToComeUpIsNotBusy()
{
    using namespace std::chrono_literals;
    Desk desk(Patience{20ms, 0ms, 10s});
    desk.transport->isQuick = false;
    const auto future = desk.ask();
    QTest::qWait(100);
    QVERIFY(!future.isFinished());
    Q_EMIT desk.transport->Transport::sent();
    QCOMPARE(kindOf(future), ErrorKind::Busy);
}

void TestPrivilegeClient::tooManyRequestsAreSaidToBeThat()
{
    Desk desk;
    const auto future = desk.ask();
    desk.transport->progress(Stage::TooOften);
    Q_EMIT desk.transport->failed(Error{ErrorKind::OutcomeUnknown, 0, "gone", {}});
    QCOMPARE(kindOf(future), ErrorKind::Busy);
    QCOMPARE(reasonOf(future.result().error()), Reason::Rate);
}

void TestPrivilegeClient::onlyOneIsInFlightAndOneWaits()
{
    Desk desk;
    const auto first = desk.ask(Verb::EngineStart);
    const auto second = desk.client.request(Verb::EngineStop).future();
    const auto third = desk.client.request(Verb::EngineRestart).future();
    QCOMPARE(kindOf(third), ErrorKind::Busy);
    QCOMPARE(desk.transport->sent, 1);
    desk.transport->answer(Outcome::Accepted);
    QTRY_COMPARE(desk.transport->sent, 2);
    QVERIFY(first.isFinished());
    QVERIFY(!second.isFinished());
    QCOMPARE(desk.transport->lastVerb, Verb::EngineStop);
}

void TestPrivilegeClient::cancellingAWaitingRequestNeverSendsIt()
{
    Desk desk;
    const auto first = desk.ask();
    const auto second = desk.client.request(Verb::EngineStop);
    second.cancel();
    QCOMPARE(kindOf(second.future()), ErrorKind::Cancelled);
    desk.transport->answer(Outcome::Accepted);
    QTRY_VERIFY(first.isFinished());
    QCoreApplication::processEvents();
    QCOMPARE(desk.transport->sent, 1);
}

void TestPrivilegeClient::cancellingASentRequestKeepsTheQueueClosed()
{
    Desk desk;
    const auto operation = desk.client.request(Verb::EngineStart);
    QTRY_COMPARE(desk.transport->sent, 1);
    operation.cancel();
    QCOMPARE(kindOf(operation.future()), ErrorKind::Cancelled);
    const auto next = desk.client.request(Verb::EngineStop).future();
    QCoreApplication::processEvents();
    QCOMPARE(desk.transport->sent, 1); // the prompt may still be open
    desk.transport->answer(Outcome::Accepted);
    QTRY_COMPARE(desk.transport->sent, 2);
    QVERIFY(!next.isFinished());
}

void TestPrivilegeClient::lateAnswersAreDropped()
{
    Desk desk;
    const auto first = desk.ask();
    desk.transport->answer(Outcome::Accepted);
    QTRY_VERIFY(first.isFinished());
    desk.transport->answer(Outcome::Failed);
    Q_EMIT desk.transport->refused();
    QVERIFY(first.result().has_value());
}

void TestPrivilegeClient::theWindowOfThePromptIsPassedOn()
{
    Desk desk;
    desk.client.setParentWindow(42);
    desk.ask();
    QCOMPARE(desk.transport->lastWindow, quintptr(42));
}

void TestPrivilegeClient::destroyingTheClientEndsEveryWait()
{
    auto desk = std::make_unique<Desk>();
    const auto first = desk->ask();
    const auto second = desk->client.request(Verb::EngineStop).future();
    desk.reset();
    QCOMPARE(kindOf(first), ErrorKind::Cancelled);
    QCOMPARE(kindOf(second), ErrorKind::Cancelled);
}

} // namespace tst_privilege_client

ROADSTEAD_GUILESS_TEST(tst_privilege_client::TestPrivilegeClient)
#include "tst_privilege_client.moc"
