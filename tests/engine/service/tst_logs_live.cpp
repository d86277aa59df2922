// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/engine_session.h"
#include "engine/service/log_feed.h"
#include "engine/service/log_source.h"
#include "engine/service/logs/log_save.h"
#include "engine/store/ansi_text.h"
#include "tests/support/real_engine.h"
#include "tests/support/test_program/test_program.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace tst_logs_live {

using namespace roadstead;
using namespace roadstead::service;
using namespace Qt::StringLiterals;

namespace {

constexpr int livePatience = 60'000;

struct Seen
{
    std::string text;
    store::LineStream stream;
};

} // namespace

/// Logs of a real dockerd's containers: read, followed, taken up again, saved.
class TestLogsLive : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_engine.start({u"--live-restore"_s}));
        QVERIFY(m_engine.importBusybox());
        m_session = std::make_unique<EngineSession>(m_engine.socketPath());
        m_session->open();
        QTRY_COMPARE_WITH_TIMEOUT(m_session->link(), Link::Live, livePatience);
    }
    void cleanup()
    {
        m_feed.reset();
        m_store.reset();
    }
    void cleanupTestCase() { m_session.reset(); }

    void theNewestComeFirstAndOlderOnesByPages()
    {
        const std::string id = printed(30'000);
        open(id, false);
        QTRY_COMPARE_WITH_TIMEOUT(m_feed->state(), LogState::Ended, livePatience);
        QCOMPARE(int(seen().size()), LogTiming().tail);
        QCOMPARE(seen().back().text, std::string("line 30000"));
        QVERIFY(m_feed->hasOlder());
        for (int page = 0; page < 20 && m_feed->hasOlder(); ++page) {
            m_feed->readOlder();
            QTRY_VERIFY_WITH_TIMEOUT(!m_feed->isReadingOlder(), livePatience);
        }
        checkNumbers(30'000);
        m_whole = id;
    }

    void theWholeLogComesInOneStream()
    {
        open(m_whole, false);
        QTRY_COMPARE_WITH_TIMEOUT(m_feed->state(), LogState::Ended, livePatience);
        m_feed->readAll();
        QTRY_VERIFY_WITH_TIMEOUT(!m_feed->isReadingOlder(), livePatience);
        QVERIFY(!m_feed->olderError());
        checkNumbers(30'000);
    }

    void aSavedLogIsWhatDockerPrints()
    {
        LogSaveOrder order;
        order.path = m_folder.filePath(u"out.log"_s).toStdString();
        order.timestamps = true;
        order.source = logSource(m_session.get(), m_whole);
        LogSave save(std::move(order));
        std::optional<Result<LogSaved>> end;
        connect(&save, &LogSave::finished, this, [&](const auto &result) { end = result; });
        save.start();
        QTRY_VERIFY_WITH_TIMEOUT(end, livePatience);
        QVERIFY(end->has_value());
        QCOMPARE((*end)->lines, 30'000);
        QFile file(m_folder.filePath(u"out.log"_s));
        QVERIFY(file.open(QFile::ReadOnly));
        QVERIFY(file.readAll() ==
                m_engine.docker({u"logs"_s, u"-t"_s, QString::fromStdString(m_whole)}));
    }

    /// While the engine is away the container goes on writing.
    void nothingIsLostAndNothingDoubledAcrossRestartsOfTheEngine()
    {
        const std::string id =
            run({}, u"i=0; while [ $i -lt 3000 ]; do i=$((i+1)); echo \"out $i\"; "
                    "[ $((i%3)) -eq 0 ] && echo \"err $i\" >&2; busybox usleep 4000; done"_s);
        open(id, true);
        connect(m_session.get(), &EngineSession::linkChanged, m_feed.get(),
                [this] { m_feed->setLive(m_session->link() == Link::Live); });
        QTRY_VERIFY_WITH_TIMEOUT(
            m_feed->state() == LogState::Following && m_store->range().end > 50, livePatience);
        for (const bool killed : {true, false}) {
            const store::LineNumber before = m_store->range().end;
            killed ? m_engine.kill() : m_engine.stop();
            QTRY_VERIFY_WITH_TIMEOUT(m_feed->state() == LogState::Interrupted, livePatience);
            QVERIFY(m_engine.start({u"--live-restore"_s}));
            QTRY_VERIFY_WITH_TIMEOUT(m_store->range().end > before + 50, livePatience);
        }
        QVERIFY(!m_engine.docker({u"wait"_s, QString::fromStdString(id)}).isEmpty());
        m_feed->setAlive(false);
        const auto has = [this](std::string_view text) {
            return std::ranges::contains(seen(), text, &Seen::text);
        };
        QTRY_VERIFY_WITH_TIMEOUT(has("out 3000") && has("err 3000"), livePatience);
        // Each once, and in order, as in a log that is read anew. An engine that is killed may have
        // read a line that it does not write any more: nobody has that.
        const std::vector<std::string> out = textsOf(store::LineStream::Stdout);
        const std::vector<std::string> err = textsOf(store::LineStream::Stderr);
        open(id, false);
        QTRY_COMPARE_WITH_TIMEOUT(m_feed->state(), LogState::Ended, livePatience);
        QVERIFY(out == textsOf(store::LineStream::Stdout));
        QVERIFY(err == textsOf(store::LineStream::Stderr));
        QVERIFY2(out.size() >= 2999 && err.size() >= 999,
                 qPrintable(u"%1 and %2"_s.arg(out.size()).arg(err.size())));
        const auto number = [](const std::string &text) { return std::stoi(text.substr(4)); };
        QVERIFY(std::ranges::is_sorted(out, std::ranges::less_equal(), number));
        QVERIFY(std::ranges::is_sorted(err, std::ranges::less_equal(), number));
    }

    void aTerminalsLinesHaveNoCarriageReturnAndKeepTheirColours_data()
    {
        QTest::addColumn<bool>("tty");
        QTest::newRow("with a terminal") << true;
        QTest::newRow("without") << false;
    }
    void aTerminalsLinesHaveNoCarriageReturnAndKeepTheirColours()
    {
        QFETCH(const bool, tty);
        const std::string id =
            run(tty ? QStringList{u"-t"_s} : QStringList{},
                u"printf '\\033[31mred\\033[0m plain\\n\\033[2K\\033]0;t\\007next\\n'; "
                // The engine reads two pipes, in whichever order it comes to them.
                "sleep 0.3; echo bad >&2; sleep 0.3; printf 'no line feed'"_s);
        m_engine.docker({u"wait"_s, QString::fromStdString(id)});
        open(id, false);
        QTRY_COMPARE_WITH_TIMEOUT(m_feed->state(), LogState::Ended, livePatience);
        const std::vector<Seen> lines = seen();
        QCOMPARE(lines.size(), std::size_t(4));
        const store::AnsiLine red = store::parseAnsi(lines[0].text);
        QCOMPARE(red.text, std::string("red plain"));
        QCOMPARE(red.runs.size(), std::size_t(1));
        QCOMPARE(red.runs[0].style.text, store::AnsiColor::Red);
        QCOMPARE(red.runs[0].end, std::size_t(3));
        std::map<std::string, store::LineStream> streams;
        for (const Seen &line : lines) {
            QVERIFY(!line.text.contains('\r'));
            streams[store::parseAnsi(line.text).text] = line.stream;
        }
        QVERIFY(streams.contains("next") && streams.contains("no line feed"));
        QCOMPARE(streams.at("bad"), tty ? store::LineStream::Stdout : store::LineStream::Stderr);
    }

private:
    std::string run(const QStringList &options, const QString &script)
    {
        QStringList words{u"run"_s, u"-d"_s, u"--network"_s, u"none"_s};
        words += options;
        words += {u"busybox"_s, u"busybox"_s, u"sh"_s, u"-c"_s, script};
        return m_engine.docker(words).trimmed().toStdString();
    }
    /// A container that has printed that many numbered lines and ended.
    std::string printed(int count)
    {
        const std::string id =
            run({}, u"busybox awk 'BEGIN{for(i=1;i<=%1;i++)print \"line \" i}'"_s.arg(count));
        m_engine.docker({u"wait"_s, QString::fromStdString(id)});
        return id;
    }
    void open(const std::string &id, bool alive)
    {
        m_store = store::LineStore::make(m_folder.path().toStdString()).value();
        m_feed = std::make_unique<LogFeed>(logSource(m_session.get(), id), m_store);
        m_feed->setAlive(alive);
        m_feed->open();
    }
    std::vector<Seen> seen() const
    {
        std::vector<Seen> lines;
        const auto range = m_store->range();
        (void)m_store->read(
            range.first, range.end,
            [&](store::LineNumber, const store::LineRecord &record, std::string_view text) {
                lines.push_back({std::string(text), record.stream});
                return true;
            });
        return lines;
    }
    std::vector<std::string> textsOf(store::LineStream stream) const
    {
        std::vector<std::string> texts;
        for (const Seen &line : seen()) {
            if (line.stream == stream) {
                texts.push_back(line.text);
            }
        }
        return texts;
    }
    void checkNumbers(int count)
    {
        const std::vector<Seen> lines = seen();
        QCOMPARE(int(lines.size()), count);
        for (int i = 0; i < count; ++i) {
            QCOMPARE(lines[std::size_t(i)].text, "line " + std::to_string(i + 1));
        }
    }

    RealEngine m_engine;
    QTemporaryDir m_folder;
    std::string m_whole; ///< of a container that printed 30,000 lines
    std::unique_ptr<EngineSession> m_session;
    std::shared_ptr<store::LineStore> m_store;
    std::unique_ptr<LogFeed> m_feed;
};

} // namespace tst_logs_live

ROADSTEAD_GUILESS_TEST(tst_logs_live::TestLogsLive)
#include "tst_logs_live.moc"
