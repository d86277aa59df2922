// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/engine_session.h"
#include "tests/support/real_engine.h"
#include "tests/support/test_program/test_program.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QPointer>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>

namespace tst_engine_session_live {

using namespace roadstead;
using namespace roadstead::service;
using namespace Qt::StringLiterals;

namespace {

const docker::ContainerSummary *byName(const EngineSession &session, const std::string &name)
{
    const auto &list = *session.containers();
    const auto found = std::ranges::find(list, name, &docker::ContainerSummary::name);
    return found == list.end() ? nullptr : &*found;
}

bool isIn(const EngineSession &session, const std::string &name, docker::ContainerState state)
{
    const auto *container = byName(session, name);
    return container != nullptr && container->state == state;
}

int entriesOf(const QString &folder)
{
    return static_cast<int>(
        QDir(folder).entryList(QDir::AllEntries | QDir::System | QDir::NoDotAndDotDot).size());
}

/// Runs a command and waits for its result with the event loop turning.
Result<std::string> finished(EngineSession &session, const docker::Command &command)
{
    std::optional<Result<std::string>> result;
    session.run(command).then(&session, [&](Result<std::string> r) { result = std::move(r); });
    [&] { QTRY_VERIFY_WITH_TIMEOUT(result.has_value(), 20'000); }();
    return result.value_or(failure(ErrorKind::Internal, "test"));
}

} // namespace

/// A whole session against a real dockerd: what a terminal does, what faults do.
class TestEngineSessionLive : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_engine.start());
        QVERIFY(m_engine.importBusybox());
    }

    void init()
    {
        m_session = std::make_unique<EngineSession>(m_engine.socketPath());
        m_session->open();
        QTRY_COMPARE(m_session->link(), Link::Live);
        QVERIFY(m_session->listed());
    }
    void cleanup() { m_session.reset(); }

    void whatATerminalDoesAppears()
    {
        const QByteArray id = m_engine.docker({u"create"_s, u"--name"_s, u"one"_s, u"busybox"_s,
                                               u"/bin/busybox"_s, u"sleep"_s, u"1000"_s});
        QTRY_VERIFY_WITH_TIMEOUT(byName(*m_session, "one"), 5000);
        QCOMPARE(byName(*m_session, "one")->id, id.trimmed().toStdString());
        QCOMPARE(byName(*m_session, "one")->state, docker::ContainerState::Created);
        m_engine.docker({u"start"_s, u"one"_s});
        QTRY_VERIFY_WITH_TIMEOUT(isIn(*m_session, "one", docker::ContainerState::Running), 5000);
        m_engine.docker({u"pause"_s, u"one"_s});
        QTRY_VERIFY_WITH_TIMEOUT(isIn(*m_session, "one", docker::ContainerState::Paused), 5000);
        m_engine.docker({u"rename"_s, u"one"_s, u"two"_s});
        QTRY_VERIFY_WITH_TIMEOUT(byName(*m_session, "two"), 5000);
        m_engine.docker({u"rm"_s, u"-f"_s, u"two"_s});
        QTRY_VERIFY_WITH_TIMEOUT(!byName(*m_session, "two"), 5000);
    }

    void aFinishedCommandIsAlreadyInTheList()
    {
        docker::CreateContainer create;
        create.image = "busybox";
        create.name = "mine";
        create.command = {"/bin/busybox", "sleep", "1000"};
        create.environment = {"DB_PASSWORD=canary-7", "PLAIN=yes"};
        const auto id = finished(*m_session, create);
        QVERIFY(id);
        QVERIFY(isIn(*m_session, "mine", docker::ContainerState::Created));
        const docker::Target mine{*id, "mine"};

        QVERIFY(finished(*m_session, docker::StartContainer{mine}));
        QVERIFY(isIn(*m_session, "mine", docker::ContainerState::Running));
        QVERIFY(finished(*m_session, docker::StopContainer{mine, 0}));
        QVERIFY(isIn(*m_session, "mine", docker::ContainerState::Exited));
        QVERIFY(finished(*m_session, docker::RemoveContainer{mine}));
        QVERIFY(!byName(*m_session, "mine"));

        const auto again = finished(*m_session, docker::StartContainer{mine});
        QVERIFY(!again);
        QCOMPARE(again.error().kind, ErrorKind::NotFound);

        const auto &history = m_session->history();
        QCOMPARE(history.size(), 5);
        QVERIFY(history[0].line.contains(u"DB_PASSWORD"));
        QVERIFY(history[0].line.contains(u"PLAIN=yes"));
        for (const auto &record : history) {
            QVERIFY(!record.line.contains(u"canary-7"));
            QVERIFY(record.milliseconds);
        }
        QCOMPARE(history[2].operation, u"container.stop"_s);
        QCOMPARE(history[2].subject, u"mine"_s);
        QVERIFY(history[4].error);
        QVERIFY(m_session->running().isEmpty());
    }

    void inspectAndLogsAreRead()
    {
        const QByteArray id =
            m_engine.docker({u"run"_s, u"-d"_s, u"--name"_s, u"talker"_s, u"--network"_s, u"none"_s,
                             u"busybox"_s, u"/bin/busybox"_s, u"echo"_s, u"ahoy"_s});
        QTRY_VERIFY(isIn(*m_session, "talker", docker::ContainerState::Exited));
        std::optional<Result<std::string>> log;
        m_session->logTail(id.trimmed().toStdString(), 10).then(this, [&](Result<std::string> r) {
            log = std::move(r);
        });
        QTRY_VERIFY(log.has_value());
        QVERIFY(*log);
        QCOMPARE(QString::fromStdString(**log).trimmed(), u"ahoy"_s);
        std::optional<Result<docker::ContainerDetails>> details;
        m_session->inspect(id.trimmed().toStdString())
            .then(this, [&](Result<docker::ContainerDetails> r) { details = std::move(r); });
        QTRY_VERIFY(details.has_value());
        QVERIFY(*details);
        QCOMPARE((*details)->name, "talker");
        m_engine.docker({u"rm"_s, u"talker"_s});
    }

    void theCommandBehindAContainerIsToldWithoutItsImage()
    {
        // busybox gives PATH and nothing else; what was given here is all that is told.
        m_engine.docker({u"create"_s, u"--name"_s, u"told"_s, u"-e"_s, u"A=b c"_s, u"-p"_s,
                         u"127.0.0.1:8081:80"_s, u"--memory"_s, u"64m"_s, u"--restart"_s,
                         u"always"_s, u"busybox"_s, u"/bin/busybox"_s, u"sleep"_s, u"9"_s});
        QTRY_VERIFY_WITH_TIMEOUT(byName(*m_session, "told"), 5000);
        QTRY_VERIFY(m_session->info());
        std::optional<Result<docker::CreateContainer>> told;
        const auto tell = [&told](Result<docker::CreateContainer> result) { told = result; };
        const std::string id = byName(*m_session, "told")->id;
        m_session->commandBehind(id).then(m_session.get(), tell);
        QTRY_VERIFY(told);
        QVERIFY(told->has_value());
        QCOMPARE(docker::commandLine(docker::arguments(docker::Command(**told))),
                 "docker create --name told -e 'A=b c' -p 127.0.0.1:8081:80 --restart always "
                 "--memory 64m busybox /bin/busybox sleep 9");
        told.reset();
        m_engine.docker({u"rm"_s, u"told"_s});
        m_session->commandBehind(id).then(m_session.get(), tell);
        QTRY_VERIFY(told);
        QCOMPARE(told->error().kind, ErrorKind::NotFound);
        // One that nobody answers any more ends with the session.
        const auto open = m_session->commandBehind(id);
        m_session.reset();
        QVERIFY(open.future().isFinished());
    }

    void aFrozenEngineIsNotAnsweringAndComesBack()
    {
        m_engine.docker({u"create"_s, u"--name"_s, u"kept"_s, u"busybox"_s, u"/bin/sh"_s});
        QTRY_VERIFY(byName(*m_session, "kept"));
        m_engine.freeze();
        QTRY_COMPARE_WITH_TIMEOUT(m_session->link(), Link::NotAnswering, 7000);
        QCOMPARE(m_session->lastError()->kind, ErrorKind::NotAnswering);
        QVERIFY(byName(*m_session, "kept"));

        // A command that hangs can be ended.
        std::optional<Result<std::string>> result;
        const auto operation =
            m_session->run(docker::StartContainer{{byName(*m_session, "kept")->id, "kept"}});
        operation.then(this, [&](Result<std::string> r) { result = std::move(r); });
        QCOMPARE(m_session->running().size(), 1);
        m_session->cancelCommand(m_session->running().constFirst().id);
        m_engine.thaw();
        QTRY_COMPARE_WITH_TIMEOUT(m_session->link(), Link::Live, 5000);
        QTRY_VERIFY(result.has_value());
        QVERIFY(m_session->running().isEmpty());
        m_engine.docker({u"rm"_s, u"-f"_s, u"kept"_s});
        QTRY_VERIFY(!byName(*m_session, "kept"));
    }

    void aKilledEngineLeavesItsListsAndIsFoundAgain()
    {
        m_engine.docker({u"create"_s, u"--name"_s, u"survivor"_s, u"busybox"_s, u"/bin/sh"_s});
        QTRY_VERIFY(byName(*m_session, "survivor"));
        m_engine.kill();
        QTRY_COMPARE_WITH_TIMEOUT(m_session->link(), Link::Unreachable, 5000);
        QVERIFY(byName(*m_session, "survivor"));
        QVERIFY(m_session->listedAt().isValid());
        const auto refused =
            finished(*m_session, docker::StartContainer{{byName(*m_session, "survivor")->id, "s"}});
        QVERIFY(!refused);
        QVERIFY(m_engine.start());
        QTRY_COMPARE_WITH_TIMEOUT(m_session->link(), Link::Live, 5000);
        m_engine.docker({u"rm"_s, u"survivor"_s});
        QTRY_VERIFY(!byName(*m_session, "survivor"));
    }

    void aRemovedSocketIsNoticedAtOnceAndItsReturnToo()
    {
        const QString aside = m_engine.socketPath() + u".aside"_s;
        QVERIFY(QFile::rename(m_engine.socketPath(), aside));
        QTRY_COMPARE_WITH_TIMEOUT(m_session->link(), Link::Unreachable, 5000);
        QCOMPARE(m_session->lastError()->kind, ErrorKind::NoSuchSocket);
        QVERIFY(QFile::rename(aside, m_engine.socketPath()));
        QTRY_COMPARE_WITH_TIMEOUT(m_session->link(), Link::Live, 5000);
    }

    void statsAreThoseOfTheDockerCommand()
    {
        m_engine.docker({u"run"_s, u"-d"_s, u"--name"_s, u"busy"_s, u"--network"_s, u"none"_s,
                         u"--memory"_s, u"64m"_s, u"busybox"_s, u"/bin/sh"_s, u"-c"_s,
                         u"while :; do :; done"_s});
        QTRY_VERIFY(isIn(*m_session, "busy", docker::ContainerState::Running));
        const std::string id = byName(*m_session, "busy")->id;
        m_session->setStatsWanted(true);
        QTRY_VERIFY_WITH_TIMEOUT(
            m_session->stats(id) != nullptr && m_session->stats(id)->cpuHistory.size() >= 3, 8000);
        const ContainerStats stats = *m_session->stats(id);
        const QList<QByteArray> reference =
            m_engine
                .docker({u"stats"_s, u"--no-stream"_s, u"--format"_s,
                         u"{{.CPUPerc}} {{.MemUsage}}"_s, u"busy"_s})
                .trimmed()
                .split(' ');
        QVERIFY(reference.size() >= 4);
        const double referenceCpu = QByteArray(reference[0]).chopped(1).toDouble();
        qInfo("cpu %.1f, docker stats %.1f; memory %lld, docker stats %s", stats.cpuPercent,
              referenceCpu, static_cast<long long>(stats.memoryBytes), reference[1].constData());
        // A busy loop has one processor, less what this machine's other work takes.
        QVERIFY(stats.cpuPercent > 20 && stats.cpuPercent < 115);
        QVERIFY(std::abs(stats.cpuPercent - referenceCpu) < 35);
        QCOMPARE(stats.memoryLimit, 64 << 20);
        const bool kibibytes = reference[1].endsWith("KiB");
        const double referenceMemory =
            QByteArray(reference[1]).chopped(3).toDouble() * (kibibytes ? 1024 : 1 << 20);
        QVERIFY(std::abs(static_cast<double>(stats.memoryBytes) - referenceMemory) < 512 * 1024);
        QCOMPARE(m_session->totals().containersRunning, 1);
        QVERIFY(m_session->totals().hostMemory > 0);

        m_engine.docker({u"kill"_s, u"busy"_s});
        QTRY_VERIFY(m_session->stats(id) == nullptr);
        m_engine.docker({u"rm"_s, u"busy"_s});
    }

    void anEndedSessionLeavesNoDescriptorAndNoThread()
    {
        m_session.reset();
        const int descriptors = entriesOf(u"/proc/self/fd"_s);
        const int threads = entriesOf(u"/proc/self/task"_s);
        for (int i = 0; i < 3; ++i) {
            m_session = std::make_unique<EngineSession>(m_engine.socketPath());
            m_session->setStatsWanted(true);
            m_session->open();
            QTRY_COMPARE(m_session->link(), Link::Live);
            m_session.reset();
        }
        QTRY_COMPARE(entriesOf(u"/proc/self/task"_s), threads);
        QTRY_COMPARE(entriesOf(u"/proc/self/fd"_s), descriptors);
    }

private:
    RealEngine m_engine;
    std::unique_ptr<EngineSession> m_session;
};

} // namespace tst_engine_session_live

ROADSTEAD_GUILESS_TEST(tst_engine_session_live::TestEngineSessionLive)
#include "tst_engine_session_live.moc"
