// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/http/body_pipe.h"
#include "tests/engine/docker/fake_engine_bed.h"
#include "tests/engine/docker/terminal.h"
#include "tests/support/reserve.h"
#include "tests/support/test_program/test_program.h"

#include <QElapsedTimer>
#include <QTest>

#include <atomic>
#include <future>

namespace tst_exec_pull_faults {

using namespace roadstead;
using namespace roadstead::docker;
using namespace std::chrono_literals;
using namespace std::string_literals;
using test::await;
using test::FakeEngine;
using test::Fault;
using test::Terminal;

/// Rows A1 to A8 and A12 of the fault matrix for the two calls that take long and go both ways:
/// exec, which is three requests and a conversation, and pull, which reports progress.
class TestExecPullFaults : public QObject, private test::FakeEngineBed
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void brokenAnswersAreSaid_data();
    void brokenAnswersAreSaid();
    void engineKilledBeforeTheRequestIsSaid();
    void engineKilledWithinTheConversationIsSaid();
    void engineKilledWithinAPullLeavesTheOutcomeUnknown();
    void frozenConversationGoesOn();
    void frozenEngineIsCancelled();
    void socketThatIsGoneIsNamed();
    void statusesKeepTheEnginesWords_data();
    void statusesKeepTheEnginesWords();
    void whatAConversationSaysWrongEndsIt_data();
    void whatAConversationSaysWrongEndsIt();
    void slowAnswersArriveWhole();
    void oldAndNewEnginesUnderstand_data();
    void oldAndNewEnginesUnderstand();

private:
    /// `cat` of the fake engine, whose exit status is the last word.
    static CreateExec command()
    {
        return {.container = {"container-0", "x"}, .command = {"cat", "7"}, .input = true};
    }
    static PullImage image() { return {{"nginx", "1", "nginx:1"}}; }
    Result<CommandReply> pull() { return run(image()); }
    Result<int> pullEnd()
    {
        return pull().transform([](const CommandReply &) { return 0; });
    }
    /// A conversation without input.
    Result<int> exec()
    {
        Terminal terminal;
        m_client->exec({.container = {"container-0", "x"}, .command = {"cat", "7"}}, {},
                       terminal.sink());
        return terminal.end();
    }
};

void TestExecPullFaults::init()
{
    QVERIFY(restart({.containers = 3, .running = 2}));
    QVERIFY(await<Ping>([this](auto done) { m_client->negotiate(std::move(done)); }).has_value());
}

void TestExecPullFaults::cleanup()
{
    end();
}

void TestExecPullFaults::brokenAnswersAreSaid_data()
{
    QTest::addColumn<Fault>("fault");
    using Kind = Fault::Kind;
    QTest::newRow("A1 killed while sending") << Fault{.kind = Kind::Cut, .value = 0};
    QTest::newRow("A5 cut at byte 1") << Fault{.kind = Kind::Cut, .value = 1};
    QTest::newRow("A5 cut in the head") << Fault{.kind = Kind::Cut, .value = 30};
    QTest::newRow("not HTTP") << Fault{.kind = Kind::Raw, .text = "SSH-2.0-x\r\n"};
    QTest::newRow("A5 half a chunk")
        << Fault{.kind = Kind::Raw,
                 .text = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n10\r\n{\""};
    QTest::newRow("endless head") << Fault{
        .kind = Kind::Raw, .text = "HTTP/1.1 200 OK\r\nX: " + std::string(300'000, 'a')};
}

/// Wherever in the three requests of an exec it happens, and in the one of a pull.
void TestExecPullFaults::brokenAnswersAreSaid()
{
    QFETCH(Fault, fault);
    for (const char *path : {"/containers/container-0/json", "/containers/container-0/exec",
                             "/start", "/images/create"}) {
        m_engine->clearFaults();
        fault.path = path;
        m_engine->addFault(fault);
        const bool isPull = fault.path == "/images/create";
        const Result<int> ended = isPull ? pullEnd() : exec();
        QVERIFY2(!ended, path);
        const ErrorKind kind = ended.error().kind;
        QVERIFY2(kind == ErrorKind::OutcomeUnknown || kind == ErrorKind::ConnectionLost ||
                     kind == ErrorKind::MalformedReply,
                 path);
        QVERIFY2(!isPull || kind == ErrorKind::OutcomeUnknown, path);
    }
    m_engine->clearFaults();
    QCOMPARE(exec().value(), 7);
    QVERIFY(pull().has_value());
}

void TestExecPullFaults::engineKilledBeforeTheRequestIsSaid()
{
    m_engine->stop();
    QCOMPARE(exec().error().kind, ErrorKind::Refused);
    QCOMPARE(pull().error().kind, ErrorKind::Refused);
    m_engine->start();
    QVERIFY(pull().has_value());
}

void TestExecPullFaults::engineKilledWithinTheConversationIsSaid()
{
    Terminal terminal;
    const http::BodyPipe pipe;
    const Call call = m_client->exec(command(), pipe.source(), terminal.sink());
    pipe.setWake([call] { call.supply(); });
    QVERIFY(!terminal.opened().empty());
    QVERIFY(pipe.write("hello\n"));
    QVERIFY(terminal.waitText("hello\n"));
    m_engine->stop();
    const auto end = terminal.end();
    QVERIFY(!end);
    // The conversation is over without a word of the exit status, and there is nobody to ask for
    // it.
    QVERIFY(end.error().kind == ErrorKind::ConnectionLost ||
            end.error().kind == ErrorKind::Refused);
    QCOMPARE(terminal.text(), "hello\n"s);
}

void TestExecPullFaults::engineKilledWithinAPullLeavesTheOutcomeUnknown()
{
    m_engine->addFault({.kind = Fault::Kind::CutBody, .path = "/images/create", .value = 60});
    std::atomic<int> lines = 0;
    RunOptions options;
    options.progress = [&lines](const Progress &) { ++lines; };
    const auto pulled = await<CommandReply>(
        [&](auto done) { m_client->run(image(), std::move(options), std::move(done)); });
    QVERIFY(!pulled);
    QCOMPARE(pulled.error().kind, ErrorKind::OutcomeUnknown);
    QCOMPARE(pulled.error().operation, "image.pull"s);
    QCOMPARE(lines.load(), 1); // what had come was passed on
}

void TestExecPullFaults::frozenConversationGoesOn()
{
    Terminal terminal;
    const http::BodyPipe pipe;
    const Call call = m_client->exec(command(), pipe.source(), terminal.sink());
    pipe.setWake([call] { call.supply(); });
    QVERIFY(!terminal.opened().empty());
    QVERIFY(pipe.write("one\n"));
    QVERIFY(terminal.waitText("one\n"));
    m_engine->freeze();
    QVERIFY(pipe.write("two\n"));
    QTest::qWait(50);
    QVERIFY(!terminal.hasEnded());
    m_engine->thaw();
    QVERIFY(terminal.waitText("one\ntwo\n")); // nothing lost, nothing doubled
    pipe.finish();
    QCOMPARE(terminal.end().value(), 7);
}

void TestExecPullFaults::frozenEngineIsCancelled()
{
    m_engine->freeze();
    Terminal terminal;
    const Call call = m_client->exec(command(), {}, terminal.sink());
    std::promise<ErrorKind> promise;
    auto pulled = promise.get_future();
    const Call pulling = m_client->run(image(), [&](const Result<CommandReply> &reply) {
        promise.set_value(reply ? ErrorKind::Internal : reply.error().kind);
    });
    QCOMPARE(pulled.wait_for(50ms), std::future_status::timeout);
    QVERIFY(!terminal.hasEnded());
    call.cancel();
    pulling.cancel();
    QCOMPARE(pulled.wait_for(test::within(200ms)), std::future_status::ready);
    QCOMPARE(pulled.get(), ErrorKind::Cancelled);
    QCOMPARE(terminal.end().error().kind, ErrorKind::Cancelled);
    m_engine->thaw();
    QCOMPARE(exec().value(), 7);
}

void TestExecPullFaults::socketThatIsGoneIsNamed()
{
    m_engine->stop(true);
    QCOMPARE(exec().error().kind, ErrorKind::NoSuchSocket);
    QCOMPARE(pull().error().kind, ErrorKind::NoSuchSocket);
    QVERIFY(QDir(m_folder->path()).mkdir(QStringLiteral("engine.sock")));
    QCOMPARE(exec().error().kind, ErrorKind::NotASocket);
    QCOMPARE(pull().error().kind, ErrorKind::NotASocket);
}

void TestExecPullFaults::statusesKeepTheEnginesWords_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<std::string>("body");
    QTest::addColumn<ErrorKind>("kind");
    const std::string words = R"({"message":"words"})";
    QTest::newRow("400") << 400 << words << ErrorKind::BadRequest;
    QTest::newRow("401") << 401 << "words"s << ErrorKind::Unauthorized;
    QTest::newRow("404") << 404 << words << ErrorKind::NotFound;
    QTest::newRow("409") << 409 << words << ErrorKind::Conflict;
    QTest::newRow("500") << 500 << words << ErrorKind::EngineFailed;
    QTest::newRow("503") << 503 << "words"s << ErrorKind::EngineFailed;
}

void TestExecPullFaults::statusesKeepTheEnginesWords()
{
    QFETCH(int, status);
    QFETCH(std::string, body);
    QFETCH(ErrorKind, kind);
    for (const char *path : {"/containers/container-0/exec", "/start", "/images/create"}) {
        m_engine->clearFaults();
        m_engine->addFault(
            {.kind = Fault::Kind::Status, .path = path, .value = status, .text = body});
        const Result<int> ended = path == "/images/create"s ? pullEnd() : exec();
        QVERIFY2(!ended, path);
        QCOMPARE(ended.error().kind, kind);
        QCOMPARE(ended.error().detail, "words"s);
    }
}

void TestExecPullFaults::whatAConversationSaysWrongEndsIt_data()
{
    QTest::addColumn<std::string>("after");
    QTest::addColumn<ErrorKind>("kind");
    const auto frame = [](char type, const std::string &payload) {
        return std::string{type, 0, 0, 0, 0, 0, 0, static_cast<char>(payload.size())} + payload;
    };
    QTest::newRow("A7 a frame of no known stream") << frame(9, "x") << ErrorKind::MalformedReply;
    QTest::newRow("A7 an error of the engine") << frame(3, "boom") << ErrorKind::EngineFailed;
}

/// The connection stays open after the fault: the end is not the connection's.
void TestExecPullFaults::whatAConversationSaysWrongEndsIt()
{
    QFETCH(std::string, after);
    QFETCH(ErrorKind, kind);
    m_engine->addFault({.kind = Fault::Kind::RawOpen,
                        .path = "/start",
                        .text = "HTTP/1.1 101 UPGRADED\r\nContent-Type: "
                                "application/vnd.docker.multiplexed-stream\r\nConnection: "
                                "Upgrade\r\nUpgrade: tcp\r\n\r\n" +
                                after});
    QCOMPARE(exec().error().kind, kind);
}

void TestExecPullFaults::slowAnswersArriveWhole()
{
    m_engine->addFault({.kind = Fault::Kind::Trickle, .path = "/images/create", .value = 1000});
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(pull()->text, "Status: Downloaded newer image"s);
    QVERIFY(timer.elapsed() > 100);
    m_engine->clearFaults();
    m_engine->addFault({.kind = Fault::Kind::Delay, .path = "/exec", .value = 200});
    QCOMPARE(exec().value(), 7);
}

void TestExecPullFaults::oldAndNewEnginesUnderstand_data()
{
    QTest::addColumn<std::string>("engine");
    QTest::addColumn<bool>("speaks");
    QTest::newRow("A12 the oldest") << "1.24"s << true;
    QTest::newRow("A12 newer than we know") << "1.99"s << true;
    QTest::newRow("A12 names none") << ""s << true;
    QTest::newRow("A12 too old") << "1.23"s << false;
    QTest::newRow("A12 garbage") << "latest"s << false;
}

void TestExecPullFaults::oldAndNewEnginesUnderstand()
{
    QFETCH(std::string, engine);
    QFETCH(bool, speaks);
    QVERIFY(restart({.containers = 3, .running = 2, .apiVersion = engine}));
    const auto executed = exec();
    const auto pulled = pull();
    QCOMPARE(executed.has_value(), speaks);
    QCOMPARE(pulled.has_value(), speaks);
    if (!speaks) {
        QCOMPARE(executed.error().kind, ErrorKind::UnsupportedVersion);
        QCOMPARE(pulled.error().kind, ErrorKind::UnsupportedVersion);
    }
}

} // namespace tst_exec_pull_faults

ROADSTEAD_GUILESS_TEST(tst_exec_pull_faults::TestExecPullFaults)
#include "tst_exec_pull_faults.moc"
