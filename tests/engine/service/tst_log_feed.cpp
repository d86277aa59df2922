// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/log_feed.h"
#include "tests/support/fake_log.h"
#include "tests/support/test_program/test_program.h"

#include <QTemporaryDir>
#include <QTest>

#include <string>
#include <vector>

namespace tst_log_feed {

using namespace roadstead;
using namespace roadstead::service;
using namespace std::chrono_literals;

/// A container's log, read and taken up again.
class TestLogFeed : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_log = std::make_unique<test::FakeLog>();
        m_store = store::LineStore::make(m_folder.path().toStdString()).value();
        LogTiming timing;
        timing.signalSpacing = 1ms;
        timing.retryFirst = 5ms;
        timing.retryLast = 20ms;
        timing.tail = 100;
        timing.page = 50;
        m_feed = std::make_unique<LogFeed>(m_log->source(), m_store, timing);
    }
    void cleanup()
    {
        m_feed.reset();
        m_log.reset();
        m_store.reset();
    }

    void tellsAnEmptyLogFromOneThatIsLoading()
    {
        m_feed->open();
        QCOMPARE(m_feed->state(), LogState::Loading);
        QTRY_COMPARE(m_feed->state(), LogState::Ended);
        QVERIFY(shown().empty());
        QVERIFY(!m_feed->hasOlder());
        m_feed->setAlive(true);
        QTRY_COMPARE(int(m_log->readers.size()), 1);
        write(1);
        QTRY_COMPARE(shown(), written());
    }

    void readsTheNewestFirstAndOlderOnesWhenAsked()
    {
        write(1000);
        m_feed->setAlive(true);
        m_feed->open();
        QTRY_COMPARE(m_feed->state(), LogState::Following);
        QTRY_COMPARE(int(shown().size()), 100);
        QVERIFY(m_feed->hasOlder());
        write(30);
        for (int i = 0; i < 20 && m_feed->hasOlder(); ++i) {
            m_feed->readOlder();
            QTRY_VERIFY(!m_feed->isReadingOlder());
        }
        QVERIFY(!m_feed->hasOlder());
        QTRY_COMPARE(shown(), written());
        QCOMPARE(m_store->range().first, -900);
    }

    void readsTheWholeLogInOneStream()
    {
        write(20'000); // several blocks
        m_feed->setAlive(true);
        m_feed->open();
        QTRY_COMPARE(m_feed->state(), LogState::Following);
        m_feed->readOlder();
        QTRY_VERIFY(!m_feed->isReadingOlder());
        const std::size_t asked = m_log->asked.size();
        write(10);
        m_feed->readAll();
        QTRY_VERIFY(!m_feed->isReadingOlder());
        QCOMPARE(m_log->asked.size(), asked + 1);
        QVERIFY(!m_feed->hasOlder());
        QVERIFY(!m_feed->olderError());
        QTRY_COMPARE(shown(), written());
    }

    void aWholeLogOfLinesAtTheSameTimeIsReadOnce()
    {
        m_apart = 0;
        write(500);
        m_feed->open();
        QTRY_COMPARE(m_feed->state(), LogState::Ended);
        m_feed->readAll();
        QTRY_VERIFY(!m_feed->isReadingOlder());
        QCOMPARE(shown(), written());
    }

    void aWholeLogThatIsLargerThanItsStoreIsNotTaken()
    {
        write(3000);
        m_store =
            store::LineStore::make(m_folder.path().toStdString(), {.bytes = 64 << 10}).value();
        LogTiming timing;
        timing.tail = 100;
        m_feed = std::make_unique<LogFeed>(m_log->source(), m_store, timing);
        m_feed->open();
        QTRY_COMPARE(m_feed->state(), LogState::Ended);
        m_feed->readAll();
        QTRY_VERIFY(!m_feed->isReadingOlder());
        QVERIFY(m_feed->olderError());
        QCOMPARE(m_feed->olderError()->kind, ErrorKind::DiskFull);
        QVERIFY(m_feed->hasOlder()); // page by page, as far as there is room
        QCOMPARE(int(shown().size()), 100);
    }

    void losesNothingAndDoublesNothing_data()
    {
        QTest::addColumn<int>("apart"); // nanoseconds between two lines; 0 = the same time
        QTest::addColumn<bool>("same"); // and the same text
        QTest::addColumn<bool>("swapped");
        QTest::newRow("a second apart") << 1'000'000'000 << false << false;
        QTest::newRow("a microsecond apart") << 1000 << false << false;
        QTest::newRow("at the same time") << 0 << false << false;
        QTest::newRow("at the same time with the same text") << 0 << true << false;
        QTest::newRow("out of order") << 1000 << false << true;
    }
    void losesNothingAndDoublesNothing()
    {
        QFETCH(const int, apart);
        QFETCH(const bool, same);
        QFETCH(const bool, swapped);
        m_apart = apart;
        m_same = same;
        m_swapped = swapped;
        write(20);
        m_feed->setAlive(true);
        m_feed->open();
        QTRY_COMPARE(m_feed->state(), LogState::Following);
        for (int i = 0; i < 8; ++i) {
            QTRY_COMPARE(int(m_log->readers.size()), 1);
            write(3);
            if (i % 2 == 0) { // written and not read
                m_log->end(failure(ErrorKind::ConnectionLost, "test"));
            } else {
                m_log->end({});
            }
            write(2);
        }
        QTRY_COMPARE(int(m_log->readers.size()), 1);
        QTRY_COMPARE(shown(), written());
        m_feed->close();
        m_log->readers.clear();
        write(5);
        m_feed->open();
        QTRY_COMPARE(shown(), written());
        QTest::qWait(20);
        QCOMPARE(shown(), written());
    }

    void goesOnWhenTheContainerRunsAgain()
    {
        write(5);
        m_feed->open();
        QTRY_COMPARE(m_feed->state(), LogState::Ended);
        QCOMPARE(int(m_log->asked.size()), 1); // nothing to follow
        m_feed->setAlive(true);
        QTRY_COMPARE(int(m_log->readers.size()), 1);
        write(5);
        QTRY_COMPARE(shown(), written());
        m_feed->setAlive(false);
        m_log->end({});
        QTRY_COMPARE(m_feed->state(), LogState::Ended);
    }

    void tellsWhyItCannotBeRead_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QByteArray>("detail");
        QTest::addColumn<int>("state");
        QTest::newRow("a driver that cannot be read")
            << int(ErrorKind::EngineFailed)
            << QByteArray("configured logging driver does not support reading")
            << int(LogState::Unreadable);
        QTest::newRow("no such container")
            << int(ErrorKind::NotFound) << QByteArray("x") << int(LogState::Gone);
        QTest::newRow("the engine has gone")
            << int(ErrorKind::Refused) << QByteArray("x") << int(LogState::Interrupted);
    }
    void tellsWhyItCannotBeRead()
    {
        QFETCH(const int, kind);
        QFETCH(const QByteArray, detail);
        QFETCH(const int, state);
        m_log->fault = {ErrorKind(kind), 0, detail.toStdString(), "container.logs"};
        m_feed->open();
        QTRY_COMPARE(int(m_feed->state()), state);
        QVERIFY(m_feed->error());
        write(3);
        m_log->fault = {};
        if (m_feed->state() == LogState::Interrupted) {
            QTRY_COMPARE(shown(), written());
        }
    }

    void cutsTheWholeOfALongLineThatCameInPieces()
    {
        LogCutter cutter(100'000);
        const std::string piece(16384, 'x');
        const std::string time = "2026-01-02T03:04:05.678901234Z ";
        std::vector<std::string> lines;
        std::vector<int> entries;
        const std::string bytes = time + piece + time + piece + time + "end\n" + time + "next\r\n" +
                                  time + "\n" + "no time\n";
        for (const std::size_t step :
             {std::size_t(1), std::size_t(7), std::size_t(16384), bytes.size()}) {
            lines.clear();
            entries.clear();
            for (std::size_t at = 0; at < bytes.size(); at += step) {
                cutter.feed(docker::LogStream::Stdout, std::string_view(bytes).substr(at, step),
                            [&](const CutLine &line) {
                                lines.emplace_back(line.text);
                                entries.push_back(line.entries);
                            });
            }
            QCOMPARE(int(lines.size()), 4);
            QVERIFY(lines[0] == piece + piece + "end");
            QCOMPARE(entries[0], 3);
            QCOMPARE(lines[1], std::string("next"));
            QCOMPARE(lines[2], std::string());
            QCOMPARE(lines[3], std::string("no time"));
        }
    }

    void aLineWithoutEndTakesNoMemory()
    {
        LogCutter cutter(1000);
        const std::string piece(1 << 20, 'x');
        for (int i = 0; i < 20; ++i) {
            cutter.feed(docker::LogStream::Stderr, piece, [](const CutLine &) {});
        }
        std::size_t size = 0;
        cutter.finish([&](const CutLine &line) { size = line.text.size(); });
        QCOMPARE(size, std::size_t(1001));
    }

private:
    void write(int count)
    {
        for (int i = 0; i < count; ++i) {
            const auto number = std::int64_t(m_log->lines.size());
            const std::int64_t place = m_swapped ? number ^ 1 : number;
            m_log->write({test::fakeDay + 1'000'000'000 + place * m_apart,
                          m_same ? "same" : "line " + std::to_string(number),
                          number % 3 == 0 ? docker::LogStream::Stderr : docker::LogStream::Stdout});
        }
    }
    std::vector<std::string> written() const
    {
        std::vector<std::string> texts;
        for (const auto &line : m_log->lines) {
            texts.push_back(line.text);
        }
        return texts;
    }
    std::vector<std::string> shown() const
    {
        std::vector<std::string> texts;
        const auto range = m_store->range();
        (void)m_store->read(
            range.first, range.end,
            [&](store::LineNumber, const store::LineRecord &, std::string_view text) {
                texts.emplace_back(text);
                return true;
            });
        return texts;
    }

    QTemporaryDir m_folder;
    std::unique_ptr<test::FakeLog> m_log;
    std::shared_ptr<store::LineStore> m_store;
    std::unique_ptr<LogFeed> m_feed;
    std::int64_t m_apart = 1000;
    bool m_same = false;
    bool m_swapped = false;
};

} // namespace tst_log_feed

ROADSTEAD_GUILESS_TEST(tst_log_feed::TestLogFeed)
#include "tst_log_feed.moc"
