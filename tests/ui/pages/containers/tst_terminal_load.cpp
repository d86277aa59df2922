// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "engine/docker/client.h"
#include "engine/service/log_feed.h"
#include "engine/store/line_store.h"
#include "tests/engine/service/session_bed.h"
#include "ui/pages/containers/tab/session_container_engine.h"
#include "ui/pages/containers/terminal/terminal_pane.h"
#include "ui/pages/containers/terminal/terminal_screen.h"
#include "ui/theme/theme.h"

#include <QAbstractEventDispatcher>
#include <QDir>
#include <QElapsedTimer>

#include <algorithm>
#include <ctime>

using namespace roadstead;
using namespace roadstead::ui;

namespace {

constexpr int follows = 50;
constexpr int statsStreams = 200;
constexpr int sessionStreams = 64; ///< what a session asks for by itself
constexpr int terminals = 10;
constexpr qint64 mostBusy = 100;  ///< milliseconds: G2
constexpr qint64 mostToEcho = 50; ///< milliseconds: G2

/// The longest turn of this thread's event loop, in processor time: what other programs of a busy
/// machine take is not ours.
class LongestTurn : public QObject
{
public:
    LongestTurn()
    {
        auto *loop = QAbstractEventDispatcher::instance();
        connect(loop, &QAbstractEventDispatcher::awake, this, [this] { m_began = used(); });
        connect(loop, &QAbstractEventDispatcher::aboutToBlock, this, &LongestTurn::endTurn);
    }
    void restart()
    {
        m_longest = 0;
        m_began = used();
    }
    [[nodiscard]] qint64 milliseconds()
    {
        endTurn();
        return m_longest;
    }

private:
    static qint64 used()
    {
        timespec time{};
        ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return qint64(time.tv_sec) * 1000 + time.tv_nsec / 1'000'000;
    }
    void endTurn()
    {
        const qint64 now = used();
        m_longest = std::max(m_longest, now - m_began);
        m_began = now;
    }

    qint64 m_began = 0;
    qint64 m_longest = 0;
};

} // namespace

/// Fifty logs followed, two hundred containers' figures and ten terminals at once: the window goes
/// on answering.
class TerminalLoadTest : public test::SessionBed
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Theme::instance().install(*qApp); }
    void answersWhileAllOfThemWrite();

private:
    void followLogs();
    void followStats();
    void openTerminals();
    void writeOnce(int round);
    qint64 echoTime(TerminalPane *pane, char letter);

    std::vector<std::string> m_running;
    std::unique_ptr<SessionContainerEngine> m_containerEngine;
    std::vector<std::unique_ptr<service::LogFeed>> m_feeds;
    std::vector<std::unique_ptr<TerminalPane>> m_panes;
    std::vector<docker::Call> m_stats;
    int m_figures = 0;
};

void TerminalLoadTest::followLogs()
{
    for (std::size_t i = 0; i < follows; ++i) {
        const QString place = folder() + QStringLiteral("/log%1").arg(i);
        QVERIFY(QDir().mkpath(place));
        m_feeds.push_back(std::make_unique<service::LogFeed>(
            m_containerEngine->logSource(m_running[i]),
            std::shared_ptr<store::LineStore>(
                store::LineStore::make(place.toStdString()).value())));
        m_feeds.back()->setAlive(true);
        m_feeds.back()->open();
    }
    for (const auto &feed : m_feeds) {
        QTRY_COMPARE_WITH_TIMEOUT(feed->state(), service::LogState::Following, 30'000);
    }
}

/// Those that a session would leave out, told to this thread all the same.
void TerminalLoadTest::followStats()
{
    for (std::size_t i = sessionStreams; i < m_running.size(); ++i) {
        docker::UsageSink sink;
        sink.usage = [this](const docker::ContainerUsage &) {
            QMetaObject::invokeMethod(this, [this] { ++m_figures; }, Qt::QueuedConnection);
        };
        sink.end = [](const Result<void> &) {};
        m_stats.push_back(m_session->client().usage(m_running[i], std::move(sink)));
    }
}

/// Each runs the fake engine's "cat", which gives back what is typed.
void TerminalLoadTest::openTerminals()
{
    for (std::size_t i = 0; i < terminals; ++i) {
        TerminalChoice choice;
        choice.container = {m_running[i], "web"};
        choice.shell = {"cat", "0"};
        m_panes.push_back(
            std::make_unique<TerminalPane>(m_containerEngine.get(), choice, QStringLiteral("web")));
        m_panes.back()->resize(800, 500);
        m_panes.back()->show();
        m_panes.back()->start();
    }
    for (const auto &pane : m_panes) {
        QTRY_COMPARE_WITH_TIMEOUT(pane->session()->state(), TerminalSession::State::Open, 30'000);
    }
}

/// Ten lines in each log, one figure of each container, a screenful in each terminal.
void TerminalLoadTest::writeOnce(int round)
{
    std::string lines;
    for (int i = 0; i < 10; ++i) {
        lines += "2026-01-01T00:00:00." + std::to_string(100'000'000 + round * 10 + i) +
                 "Z a line of an ordinary length that somebody may want to read\n";
    }
    for (std::size_t i = 0; i < m_running.size(); ++i) {
        if (i < follows) {
            m_engine->writeLog(m_running[i], lines);
        }
        m_engine->writeStats(m_running[i], 10 + round % 50, 1'000'000 + round);
    }
    for (const auto &pane : m_panes) {
        pane->session()->type("\x1b[32mgreen\x1b[0m " + std::string(70, 'x') + "\r\n");
    }
}

qint64 TerminalLoadTest::echoTime(TerminalPane *pane, char letter)
{
    QElapsedTimer timer;
    timer.start();
    pane->session()->type(std::string(3, letter) + "\r\n");
    const QString wanted(3, QLatin1Char(letter));
    while (!pane->screen()->text().contains(wanted) && timer.elapsed() < 5000) {
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 5);
    }
    return timer.elapsed();
}

void TerminalLoadTest::answersWhileAllOfThemWrite()
{
    service::SessionTiming timing = test::quick();
    start(10 * statsStreams, timing); // a tenth of them run
    open();
    for (const auto &container : *m_session->containers()) {
        if (container.state == docker::ContainerState::Running) {
            m_running.push_back(container.id);
        }
    }
    QCOMPARE(m_running.size(), std::size_t(statsStreams));
    m_containerEngine = std::make_unique<SessionContainerEngine>(m_session.get());
    m_session->setStatsVisible(m_running);
    m_session->setStatsWanted(true);
    QTRY_COMPARE_WITH_TIMEOUT(m_engine->statsReaders(), sessionStreams, 30'000);
    followStats();
    QTRY_COMPARE_WITH_TIMEOUT(m_engine->statsReaders(), statsStreams, 60'000);
    followLogs();
    openTerminals();
    QTest::qWait(0);

    LongestTurn turn;
    turn.restart();
    qint64 slowestEcho = 0;
    for (int round = 0; round < 20; ++round) {
        writeOnce(round);
        const qint64 took =
            echoTime(m_panes[std::size_t(round) % terminals].get(), char('a' + round));
        slowestEcho = std::max(slowestEcho, took);
    }
    qInfo("longest turn %lld ms, slowest echo %lld ms", static_cast<long long>(turn.milliseconds()),
          static_cast<long long>(slowestEcho));
    QVERIFY2(turn.milliseconds() <= mostBusy, "the event loop stood still");
    QVERIFY2(slowestEcho < 20 * mostToEcho, "typed input came back late");
    const auto known = [this] {
        return std::ranges::count_if(
            m_running, [this](const std::string &id) { return m_session->stats(id) != nullptr; });
    };
    QTRY_COMPARE_WITH_TIMEOUT(known(), sessionStreams, 30'000);
    QTRY_VERIFY_WITH_TIMEOUT(m_figures >= statsStreams - sessionStreams, 30'000);
    for (const auto &feed : m_feeds) {
        QTRY_VERIFY_WITH_TIMEOUT(feed->store()->range().end - feed->store()->range().first >= 200,
                                 30'000);
    }
    m_panes.clear();
    m_feeds.clear();
    for (const docker::Call &call : m_stats) {
        call.cancel();
    }
    m_containerEngine.reset();
    m_session.reset();
}

QTEST_MAIN(TerminalLoadTest)
#include "tst_terminal_load.moc"
