// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/recreate/kept_containers.h"
#include "engine/service/recreate/session_swap_engine.h"
#include "tests/support/real_engine.h"
#include "tests/support/test_program/test_program.h"

#include <QTest>

#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>

namespace tst_recreate_live {

using namespace roadstead;
using namespace roadstead::service;
using namespace Qt::StringLiterals;

/// Containers of a real engine, replaced and put back.
class TestRecreateLive : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_engine.start());
        QVERIFY(m_engine.importBusybox());
        openSession();
        m_engine.docker({u"network"_s, u"create"_s, u"back"_s});
    }
    void cleanupTestCase()
    {
        m_swapEngine.reset();
        m_session.reset();
    }
    void init()
    {
        m_engine.docker({u"run"_s,
                         u"-d"_s,
                         u"--name"_s,
                         u"web"_s,
                         u"--restart"_s,
                         u"always"_s,
                         u"--network"_s,
                         u"back"_s,
                         u"--network-alias"_s,
                         u"site"_s,
                         u"-v"_s,
                         u"/data"_s,
                         u"-v"_s,
                         u"mine:/kept"_s,
                         u"--stop-timeout"_s,
                         u"1"_s,
                         u"busybox"_s,
                         u"sh"_s,
                         u"-c"_s,
                         u"echo 1 > /data/one; sleep 1000"_s});
        m_id = told("web", u"{{.Id}}"_s);
        QVERIFY(!m_id.isEmpty());
        m_truth = truth();
    }
    void cleanup()
    {
        for (const auto &name : {u"web"_s, u"web-before"_s, u"web-undone"_s, u"web-next"_s}) {
            m_engine.docker({u"rm"_s, u"-f"_s, name});
        }
    }

    void theNewOneHasVolumesAndNetworksAndUndoBringsTheOldOneBack()
    {
        const QByteArray mounts = u"{{range .Mounts}}{{.Name}} {{end}}"_s.toUtf8();
        const SwapResult result = replaced([](docker::CreateContainer &after) {
            after.environment.emplace_back("LEVEL=info");
            after.command = {"sh", "-c", "sleep 1000"};
        });
        QCOMPARE(result.outcome, SwapOutcome::Swapped);
        QVERIFY(told("web", u"{{.Config.Env}}"_s).contains("LEVEL=info"));
        QCOMPARE(sorted(told("web", QString::fromUtf8(mounts))),
                 sorted(told("web-before", QString::fromUtf8(mounts))));
        QVERIFY(
            told("web", u"{{json .NetworkSettings.Networks.back.Aliases}}"_s).contains("\"site\""));
        QCOMPARE(
            m_engine.docker({u"exec"_s, u"web"_s, u"sh"_s, u"-c"_s, u"cat /data/one"_s}).trimmed(),
            "1");
        QCOMPARE(told("web-before", u"{{.HostConfig.RestartPolicy.Name}}"_s), "no");

        openSession(); // as the program does when it is started again
        QTRY_COMPARE(keptName(), "web-before");
        const auto kept = keptContainers(*m_session->containers());
        QCOMPARE(kept.front().holder, result.id);
        QVERIFY(kept.front().canReturn);
        std::optional<SwapResult> undone;
        SwapContainers undo(*m_swapEngine);
        connect(&undo, &SwapContainers::finished, this,
                [&](const SwapResult &one) { undone = one; });
        undo.undo(result.id);
        QTRY_VERIFY_WITH_TIMEOUT(undone, 120'000);
        QCOMPARE(undone->outcome, SwapOutcome::Swapped);
        QCOMPARE(truth(), m_truth);
        QCOMPARE(told("web-undone", u"{{.State.Status}}"_s), "exited");
        QTRY_COMPARE(keptName(), "web-undone");
    }
    void anImageThatIsNotThereIsFoundBeforeAnythingIsTouched()
    {
        const QByteArray started = told("web", u"{{.State.StartedAt}}"_s);
        const auto result =
            replaced([](docker::CreateContainer &after) { after.image = "nowhere:1"; });
        QCOMPARE(result.outcome, SwapOutcome::Refused);
        QCOMPARE(result.error->kind, ErrorKind::NotFound);
        QCOMPARE(truth(), m_truth);
        QCOMPARE(told("web", u"{{.State.StartedAt}}"_s), started);
    }
    void whatCannotStartIsTakenBack_data()
    {
        QTest::addColumn<QString>("fault");
        QTest::addColumn<QString>("operation");
        QTest::newRow("port taken") << u"port taken"_s << u"container.start"_s;
        QTest::newRow("bad command") << u"bad command"_s << u"container.start"_s;
        QTest::newRow("ends at once") << u"ends at once"_s << u"container.start"_s;
        QTest::newRow("unhealthy") << u"unhealthy"_s << u"container.health"_s;
    }
    void whatCannotStartIsTakenBack()
    {
        QFETCH(const QString, fault);
        QFETCH(const QString, operation);
        if (fault == u"port taken") {
            m_engine.docker({u"run"_s, u"-d"_s, u"--name"_s, u"holder"_s, u"-p"_s, u"18080:80"_s,
                             u"busybox"_s, u"sh"_s, u"-c"_s, u"sleep 1000"_s});
        }
        const SwapResult result = replaced([&](docker::CreateContainer &after) {
            after.ports = {{.hostPort = "18080", .containerPort = "80"}};
            after.command = {"sh", "-c", "sleep 1000"};
            if (fault == u"bad command") {
                after.command = {"/no/such/program"};
            } else if (fault == u"ends at once") {
                after.command = {"sh", "-c", "exit 3"};
            } else if (fault == u"unhealthy") {
                after.health.command = "exit 1";
                after.health.interval = std::chrono::seconds(1);
                after.health.retries = 1;
            }
        });
        m_engine.docker({u"rm"_s, u"-f"_s, u"holder"_s});
        QCOMPARE(result.outcome, SwapOutcome::AsItWas);
        QVERIFY(result.error.has_value());
        QCOMPARE(QString::fromStdString(result.error->operation), operation);
        QCOMPARE(truth(), m_truth);
        QVERIFY(told("web-next", u"{{.Id}}"_s).isEmpty());
        QVERIFY(told("web-before", u"{{.Id}}"_s).isEmpty());
    }

private:
    QByteArray told(const char *container, const QString &format) const
    {
        return m_engine
            .docker({u"inspect"_s, u"--type"_s, u"container"_s, u"--format"_s, format,
                     QString::fromLatin1(container)})
            .trimmed();
    }
    static QList<QByteArray> sorted(const QByteArray &words)
    {
        QList<QByteArray> list = words.split(' ');
        std::ranges::sort(list);
        return list;
    }
    void openSession()
    {
        m_swapEngine.reset();
        m_session = std::make_unique<EngineSession>(m_engine.socketPath());
        m_session->open();
        QTRY_COMPARE_WITH_TIMEOUT(m_session->link(), Link::Live, 60'000);
        m_swapEngine = std::make_unique<SessionSwapEngine>(*m_session);
    }
    /// Of the only one that a swap has left behind, as the list tells it.
    [[nodiscard]] std::string keptName() const
    {
        const auto list = m_session->containers();
        const auto kept = keptContainers(*list);
        return kept.size() != 1
                   ? std::string()
                   : std::ranges::find(*list, kept.front().id, &docker::ContainerSummary::id)->name;
    }
    /// What must be the same after a way back.
    QByteArray truth() const
    {
        const QByteArray mounts =
            told("web", u"{{range .Mounts}}{{.Type}}:{{.Name}}:{{.Destination}}:{{.RW}} {{end}}"_s);
        return told("web", u"{{.Id}} {{.Name}} {{.State.Status}} {{json .HostConfig}} "
                           "{{json .Config}} "_s) +
               sorted(mounts).join(' '); // told in any order
    }
    template<typename Change>
    SwapResult replaced(Change change)
    {
        std::optional<Result<docker::CreateContainer>> before;
        m_session->commandBehind(m_id.toStdString())
            .then(this, [&](const Result<docker::CreateContainer> &command) { before = command; });
        (void)QTest::qWaitFor([&] { return before.has_value(); }, 60'000);
        if (!before || !*before) {
            return {.outcome = SwapOutcome::NotRestored};
        }
        docker::CreateContainer after = **before;
        change(after);
        std::optional<SwapResult> result;
        SwapContainers swap(*m_swapEngine);
        connect(&swap, &SwapContainers::finished, this,
                [&](const SwapResult &one) { result = one; });
        swap.replace(m_id.toStdString(), **before, after);
        (void)QTest::qWaitFor([&] { return result.has_value(); }, 120'000);
        return result.value_or(SwapResult{.outcome = SwapOutcome::NotRestored});
    }

    RealEngine m_engine;
    std::unique_ptr<EngineSession> m_session;
    std::unique_ptr<SessionSwapEngine> m_swapEngine;
    QByteArray m_id;
    QByteArray m_truth;
};

} // namespace tst_recreate_live

ROADSTEAD_GUILESS_TEST(tst_recreate_live::TestRecreateLive)
#include "tst_recreate_live.moc"
