// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/engine/docker/fake_engine_bed.h"
#include "tests/engine/docker/listener.h"
#include "tests/support/reserve.h"
#include "tests/support/test_program/test_program.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QTest>

#include <atomic>
#include <mutex>
#include <thread>

namespace tst_docker_faults {

using namespace roadstead;
using namespace roadstead::docker;
using namespace std::chrono_literals;
using namespace std::string_literals;
using test::await;
using test::FakeEngine;
using test::Fault;
using test::Listener;

/// Rows A1 to A8 and A12 of the fault matrix for list, inspect, start, logs and events.
class TestDockerFaults : public QObject, private test::FakeEngineBed
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void repliesThatAreBrokenFail_data();
    void repliesThatAreBrokenFail();
    void engineKilledBeforeTheRequestIsSaid();
    void frozenEngineIsCancelledAndResumes();
    void socketThatGoesAndComesIsNamed();
    void statusesKeepTheEnginesWords_data();
    void statusesKeepTheEnginesWords();
    void errorInsideA200StreamFails();
    void tricklingReplyArrivesWhole();
    void versionsAreNegotiated_data();
    void versionsAreNegotiated();
    void pingThatIsForbiddenDoesNotStopTheRest();
    void commandsChangeWhatTheyShould();
    void hostileNamesComeThroughUnchanged();
    void cancelBeforeNegotiationEndsTheCall();
    void listsAreDecodedElsewhere();

private:
    Result<ContainerDetails> inspect(const std::string &id)
    {
        return await<ContainerDetails>(
            [&](auto done) { m_client->inspectContainer(id, std::move(done)); });
    }
};

void TestDockerFaults::init()
{
    QVERIFY(restart({.containers = 20, .running = 5, .images = 3}));
}

void TestDockerFaults::cleanup()
{
    end();
}

void TestDockerFaults::repliesThatAreBrokenFail_data()
{
    QTest::addColumn<Fault>("fault");
    using Kind = Fault::Kind;
    QTest::newRow("A1 killed while sending") << Fault{.kind = Kind::Cut, .value = 0};
    QTest::newRow("A1 killed after the head") << Fault{.kind = Kind::CutBody, .value = 0};
    QTest::newRow("A1 killed within the body") << Fault{.kind = Kind::CutBody, .value = 20};
    QTest::newRow("A5 cut at byte 1") << Fault{.kind = Kind::Cut, .value = 1};
    QTest::newRow("A5 cut in the head") << Fault{.kind = Kind::Cut, .value = 30};
    QTest::newRow("garbled") << Fault{.kind = Kind::Garble, .value = 5};
    QTest::newRow("not HTTP") << Fault{.kind = Kind::Raw, .text = "SSH-2.0-x\r\n"};
    QTest::newRow("endless head") << Fault{
        .kind = Kind::Raw, .text = "HTTP/1.1 200 OK\r\nX: " + std::string(300'000, 'a')};
    QTest::newRow("two lengths") << Fault{
        .kind = Kind::Raw,
        .text = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\n[]"};
    QTest::newRow("half a chunk") << Fault{
        .kind = Kind::Raw, .text = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n10\r\n[{"};
    QTest::newRow("chunked without an end")
        << Fault{.kind = Kind::Raw,
                 .text = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n[]\r\n"};
}

void TestDockerFaults::repliesThatAreBrokenFail()
{
    QFETCH(Fault, fault);
    const std::string id = list()->front().id;
    m_engine->addFault(fault);
    const auto broken = [](const auto &result) {
        return !result && (result.error().kind == ErrorKind::ConnectionLost ||
                           result.error().kind == ErrorKind::MalformedReply);
    };
    QVERIFY(broken(list()));
    QVERIFY(broken(inspect(id)));
    QVERIFY(broken(logTail(id)));
    // A reply to a change that has no body may be whole where a list is cut.
    const auto started = run(StartContainer{{"container-9", "container-9"}});
    const bool bodyOnly = fault.kind == Fault::Kind::CutBody || fault.kind == Fault::Kind::Garble;
    const bool wholeHead = fault.kind == Fault::Kind::Raw && fault.text.ends_with("2\r\n[]\r\n");
    if (!bodyOnly || wholeHead) {
        QVERIFY(!started);
        QCOMPARE(started.error().kind, ErrorKind::OutcomeUnknown);
        QCOMPARE(started.error().operation, "container.start"s);
    }
    if (fault.kind == Fault::Kind::Garble) {
        return; // bends bodies that are there at once; garbled streams: tst_stream_faults
    }
    Listener listener;
    m_client->events({}, listener.events());
    if (fault.kind == Fault::Kind::CutBody && fault.value > 0) {
        QTRY_COMPARE(m_engine->eventListeners(), 1);
        m_engine->act("container-1", "stop");
    }
    const auto kind = listener.waitFailure();
    QVERIFY(kind == ErrorKind::ConnectionLost || kind == ErrorKind::MalformedReply);
}

void TestDockerFaults::engineKilledBeforeTheRequestIsSaid()
{
    QVERIFY(list().has_value());
    m_engine->stop();
    QCOMPARE(list().error().kind, ErrorKind::Refused);
    QCOMPARE(run(StartContainer{{"container-9", "x"}}).error().kind, ErrorKind::Refused);
    m_engine->start();
    QCOMPARE(list()->size(), std::size_t(20));
}

void TestDockerFaults::frozenEngineIsCancelledAndResumes()
{
    Listener events;
    m_client->events({}, events.events());
    QVERIFY(events.waitOpen());
    m_engine->freeze();
    std::promise<ErrorKind> promise;
    auto answer = promise.get_future();
    const Call call =
        m_client->listContainers({}, [&](const Result<std::vector<ContainerSummary>> &result) {
            promise.set_value(result ? ErrorKind::Internal : result.error().kind);
        });
    QCOMPARE(answer.wait_for(50ms), std::future_status::timeout);
    call.cancel();
    QCOMPARE(answer.wait_for(test::within(200ms)), std::future_status::ready);
    QCOMPARE(answer.get(), ErrorKind::Cancelled);
    m_engine->thaw();
    QVERIFY(list().has_value());
    m_engine->act("container-1", "pause");
    QVERIFY(events.waitEvents(1));
    QCOMPARE(events.taken().size(), std::size_t(1));
}

void TestDockerFaults::socketThatGoesAndComesIsNamed()
{
    m_engine->stop(true);
    QCOMPARE(list().error().kind, ErrorKind::NoSuchSocket);
    QVERIFY(QDir(m_folder->path()).mkdir(QStringLiteral("engine.sock")));
    QCOMPARE(list().error().kind, ErrorKind::NotASocket);
    QVERIFY(QDir(m_folder->path()).rmdir(QStringLiteral("engine.sock")));
    m_engine->start();
    QVERIFY(list().has_value());
}

void TestDockerFaults::statusesKeepTheEnginesWords_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<std::string>("body");
    QTest::addColumn<ErrorKind>("kind");
    QTest::newRow("400") << 400 << R"({"message":"words"})"s << ErrorKind::BadRequest;
    QTest::newRow("401") << 401 << "words"s << ErrorKind::Unauthorized;
    QTest::newRow("403") << 403 << R"({"message":"words"})"s << ErrorKind::Unauthorized;
    QTest::newRow("404") << 404 << R"({"message":"words"})"s << ErrorKind::NotFound;
    QTest::newRow("409") << 409 << R"({"message":"words"})"s << ErrorKind::Conflict;
    QTest::newRow("500") << 500 << "words"s << ErrorKind::EngineFailed;
    QTest::newRow("503") << 503 << R"({"message":"words"})"s << ErrorKind::EngineFailed;
}

void TestDockerFaults::statusesKeepTheEnginesWords()
{
    QFETCH(int, status);
    QFETCH(std::string, body);
    QFETCH(ErrorKind, kind);
    QVERIFY(list().has_value());
    m_engine->addFault({.kind = Fault::Kind::Status, .value = status, .text = body});
    const auto check = [&](const auto &result) {
        return !result && result.error().kind == kind && result.error().code == status &&
               result.error().detail == "words";
    };
    QVERIFY(check(list()));
    QVERIFY(check(inspect("x")));
    QVERIFY(check(run(StartContainer{{"x", "x"}})));
    QVERIFY(check(logTail("x")));
    Listener events;
    m_client->events({}, events.events());
    QCOMPARE(events.waitFailure(), kind);
    // What is to be removed is gone already: that is what was asked for.
    const auto removed = run(RemoveContainer{{"x", "x"}});
    QCOMPARE(removed.has_value(), status == 404);
}

void TestDockerFaults::errorInsideA200StreamFails()
{
    QFile file(m_folder->filePath(QStringLiteral("image.tar")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(1000, '\0'));
    file.close();
    const LoadImage load{file.fileName().toStdString()};
    QCOMPARE(run(load)->text, "Loaded image: fake:latest\n"s);
    const auto kindWith = [&](const std::string &body) {
        m_engine->clearFaults();
        m_engine->addFault(
            {.kind = Fault::Kind::Status, .path = "/load", .value = 200, .text = body});
        const auto loaded = run(load);
        return loaded ? ErrorKind::Internal : loaded.error().kind;
    };
    QCOMPARE(kindWith(R"({"status":"a"}{"errorDetail":{"message":"bad layer"}})"),
             ErrorKind::EngineFailed);
    // The engine took the whole image and did not say what became of it.
    QCOMPARE(kindWith("{\"status\":"), ErrorKind::OutcomeUnknown);
    QCOMPARE(kindWith(""), ErrorKind::OutcomeUnknown);
    QCOMPARE(kindWith("<html>"), ErrorKind::OutcomeUnknown);
}

void TestDockerFaults::tricklingReplyArrivesWhole()
{
    QVERIFY(list().has_value());
    m_engine->addFault({.kind = Fault::Kind::Trickle, .path = "/json", .value = 20'000});
    QElapsedTimer timer;
    timer.start();
    const auto slow = await<std::vector<ContainerSummary>>(
        [this](auto done) { m_client->listContainers({.limit = 5}, std::move(done)); });
    QCOMPARE(slow->size(), std::size_t(5));
    QVERIFY(timer.elapsed() > 100);
    m_engine->clearFaults();
    m_engine->addFault({.kind = Fault::Kind::Delay, .path = "/json", .value = 300});
    QVERIFY(list().has_value());
}

void TestDockerFaults::versionsAreNegotiated_data()
{
    QTest::addColumn<std::string>("engine");
    QTest::addColumn<int>("spoken");
    QTest::newRow("A12 same") << "1.50"s << 50;
    QTest::newRow("A12 newer speaks our newest") << "1.99"s << 50;
    QTest::newRow("A12 older") << "1.30"s << 30;
    QTest::newRow("A12 names none") << ""s << 24;
    QTest::newRow("A12 too old") << "1.23"s << 0;
    QTest::newRow("A12 garbage") << "latest"s << 0;
    QTest::newRow("A12 path in the version") << "1.45/../../x"s << 0;
}

void TestDockerFaults::versionsAreNegotiated()
{
    QFETCH(std::string, engine);
    QFETCH(int, spoken);
    QVERIFY(restart({.containers = 1, .apiVersion = engine}));
    const auto listed = list();
    if (spoken == 0) {
        QCOMPARE(listed.error().kind, ErrorKind::UnsupportedVersion);
        QCOMPARE(m_engine->requests(), std::vector<std::string>{"GET /_ping"});
        return;
    }
    QVERIFY(listed.has_value());
    QCOMPARE(m_client->api(), ApiVersion{spoken});
    QCOMPARE(m_engine->requests().back(),
             "GET /v1." + std::to_string(spoken) + "/containers/json?all=1");
}

void TestDockerFaults::pingThatIsForbiddenDoesNotStopTheRest()
{
    m_engine->addFault({.kind = Fault::Kind::Raw,
                        .path = "/_ping",
                        .text = "HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno"});
    QVERIFY(list().has_value());
    QCOMPARE(m_client->api(), newestApi);
}

void TestDockerFaults::commandsChangeWhatTheyShould()
{
    const auto created = run(CreateContainer{.image = "nginx", .name = "made"});
    QVERIFY(created.has_value());
    const Target made{created->text, "made"};
    QCOMPARE(inspect("made")->state, ContainerState::Created);
    QVERIFY(run(StartContainer{made}).has_value());
    QVERIFY(run(StartContainer{made})->unchanged);
    QCOMPARE(inspect(made.reference)->state, ContainerState::Running);
    QCOMPARE(run(RemoveContainer{made}).error().kind, ErrorKind::Conflict);
    QVERIFY(run(KillContainer{made, "KILL"}).has_value());
    const auto code = await<int>([&](auto done) {
        m_client->waitContainer(made.reference, WaitCondition::NotRunning, std::move(done));
    });
    QCOMPARE(code.value(), 137);
    const auto one = await<std::vector<ContainerSummary>>([&](auto done) {
        m_client->listContainers({.all = true, .limit = 0, .ids = {made.reference}},
                                 std::move(done));
    });
    QCOMPARE(one->size(), std::size_t(1));
    QCOMPARE(run(CreateContainer{.image = "nginx", .name = "made"}).error().kind,
             ErrorKind::Conflict);
    QVERIFY(run(RemoveContainer{made}).has_value());
    QVERIFY(run(RemoveContainer{made})->unchanged);
    QVERIFY(run(RemoveImage{{"image-0:latest", "image-0:latest"}}).has_value());
    const auto images = await<std::vector<ImageSummary>>(
        [this](auto done) { m_client->listImages(std::move(done)); });
    QCOMPARE(images->size(), std::size_t(2));
}

void TestDockerFaults::hostileNamesComeThroughUnchanged()
{
    QVERIFY(restart({.containers = 8, .running = 8, .hostile = true}));
    const auto listed = list();
    QVERIFY2(listed.has_value(), listed ? "" : listed.error().detail.c_str());
    QCOMPARE(listed->at(1).image, "a\x1b[31mred\x1b]0;title\x07"s);
    QCOMPARE(listed->at(2).name, "container-2gpj.\xE2\x80\xAE"
                                 "exe"s);
}

void TestDockerFaults::cancelBeforeNegotiationEndsTheCall()
{
    m_engine->addFault({.kind = Fault::Kind::Stall, .path = "/_ping"});
    std::promise<ErrorKind> promise;
    auto answer = promise.get_future();
    const Call call = m_client->info([&](const Result<EngineInfo> &result) {
        promise.set_value(result ? ErrorKind::Internal : result.error().kind);
    });
    QTRY_COMPARE(m_engine->connections(), 1);
    call.cancel();
    QCOMPARE(answer.wait_for(test::within(200ms)), std::future_status::ready);
    QCOMPARE(answer.get(), ErrorKind::Cancelled);
    QVERIFY(m_engine->requests().size() == 1);
}

void TestDockerFaults::listsAreDecodedElsewhere()
{
    std::mutex mutex;
    std::vector<std::move_only_function<void()>> work;
    m_client = std::make_unique<Client>(*m_http, m_engine->socketPath(),
                                        [&](std::move_only_function<void()> job) {
                                            const std::scoped_lock lock(mutex);
                                            work.push_back(std::move(job));
                                        });
    std::vector<std::thread::id> threads;
    const auto answered = [&](const auto &result) {
        QVERIFY(result.has_value());
        threads.push_back(std::this_thread::get_id());
    };
    m_client->listContainers({}, answered);
    m_client->listImages(answered);
    m_client->inspectContainer("container-0", answered);
    QTRY_COMPARE(
        [&] {
            const std::scoped_lock lock(mutex);
            return work.size();
        }(),
        std::size_t(3));
    // As long as nobody decodes, everything else goes on.
    QVERIFY(await<EngineInfo>([&](auto done) { m_client->info(std::move(done)); }).has_value());
    QVERIFY(threads.empty());
    for (auto &job : work) {
        job();
    }
    QCOMPARE(threads, std::vector(3, std::this_thread::get_id()));
}

} // namespace tst_docker_faults

ROADSTEAD_GUILESS_TEST(tst_docker_faults::TestDockerFaults)
#include "tst_docker_faults.moc"
