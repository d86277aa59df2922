// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/merged_lines.h"
#include "engine/store/merged_reading.h"
#include "tests/support/test_program/test_program.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

namespace tst_merged_lines {

using namespace roadstead;
using namespace roadstead::store;

namespace {

/// What is written, and in which order it is to be seen.
struct Written
{
    std::int64_t time = 0; ///< not before that of the line above
    std::size_t source = 0;
    std::string text;
    std::size_t kind = 0;
};

} // namespace

/// Lines of several stores as one, by time.
class TestMergedLines : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_stores.clear();
        m_written.clear();
    }

    void oneStoreIsAsItIs()
    {
        write(1, 10'000, 1, 0);
        const MergedLines lines(readers());
        QCOMPARE(lines.rows(), 10'000);
        QCOMPARE(lines.at(1234)->line, 1234);
        QCOMPARE(lines.rowOf({0, 1234}), 1234);
        QVERIFY(!lines.at(10'000));
        QVERIFY(!lines.at(-1));
    }

    void nothingIsNothing()
    {
        QCOMPARE(MergedLines().rows(), 0);
        QVERIFY(!MergedLines().at(0));
        write(2, 0, 1, 0);
        const MergedLines lines(readers());
        QCOMPARE(lines.rows(), 0);
        QCOMPARE(lines.linesAt(0), std::vector<LineNumber>({0, 0}));
    }

    void severalAreMergedByTime_data()
    {
        QTest::addColumn<int>("stores");
        QTest::addColumn<int>("count");
        QTest::addColumn<int>("step"); // nanoseconds from line to line, at most
        QTest::addColumn<int>("back"); // and how far it may go back
        QTest::newRow("two, far apart") << 2 << 20'000 << 1'000'000 << 0;
        QTest::newRow("five, many at the same time") << 5 << 9'000 << 2 << 0;
        QTest::newRow("three, all at the same time") << 3 << 9'000 << 0 << 0;
        QTest::newRow("three, slightly out of order") << 3 << 9'000 << 100 << 500;
        QTest::newRow("of different lengths") << 4 << -12'000 << 1000 << 0;
    }
    void severalAreMergedByTime()
    {
        QFETCH(const int, stores);
        QFETCH(const int, count);
        QFETCH(const int, step);
        QFETCH(const int, back);
        write(std::size_t(stores), count, step, back);
        MergedLines lines(readers());
        check(lines, allClasses);
        const ClassMask errors = ClassMask(1U << classOf(LineStream::Stdout, LineLevel::Error));
        lines.setWanted(errors);
        check(lines, errors);
        lines.setWanted(allClasses);
        lines.setShown(1, false);
        check(lines, allClasses, 1);
    }

    void goesToATime()
    {
        write(3, 9'000, 1000, 0);
        const MergedLines lines(readers());
        std::minstd_rand random(3);
        for (int i = 0; i < 200; ++i) {
            const std::int64_t time = m_written[random() % m_written.size()].time;
            const auto first = std::ranges::lower_bound(m_written, time, {}, &Written::time);
            QCOMPARE(lines.rowAt(time), first - m_written.begin());
        }
    }

    void anOlderPageAndNewLinesKeepTheRest()
    {
        write(2, 5'000, 1000, 0);
        MergedLines lines(readers());
        const LinePlace place = *lines.at(7'000);
        LineRecord record = *m_stores[0]->stage({.time = 1, .text = "older"});
        QVERIFY(m_stores[0]->keepOlder(record));
        record = *m_stores[0]->stage({.time = 2, .text = "old"});
        QVERIFY(m_stores[0]->keepOlder(record));
        QCOMPARE(m_stores[0]->publishOlder().value(), 2);
        QVERIFY(m_stores[1]->append({.time = INT64_MAX / 4, .text = "new"}));
        QVERIFY(m_stores[1]->flush());
        QCOMPARE(*lines.at(7'000), place); // as it was
        lines.refresh();
        QCOMPARE(lines.rows(), 10'003);
        QCOMPARE(lines.rowOf(place), 7'002);
        QCOMPARE(lines.at(0)->line, -2);
        QCOMPARE(lines.at(10'002)->source, std::size_t(1));
    }

    void aWholeLogIsPutBeforeWhatIsThere()
    {
        write(1, 100, 1000, 0);
        constexpr int older = 10'000; // more than two blocks
        for (int i = 0; i < older; ++i) {
            const auto record = m_stores[0]->stage({.time = i, .text = std::to_string(i)});
            QVERIFY(record && m_stores[0]->keepOlder(*record));
        }
        QCOMPARE(m_stores[0]->range().first, 0);
        QCOMPARE(m_stores[0]->publishOlder().value(), older);
        QCOMPARE(m_stores[0]->range().first, -older);
        int expected = 0;
        bool same = true;
        QVERIFY(m_stores[0]->read(
            -older, 0, [&](LineNumber, const LineRecord &record, std::string_view text) {
                same = same && record.time == expected && text == std::to_string(expected);
                ++expected;
                return true;
            }));
        QVERIFY(same && expected == older);
        QCOMPARE(m_stores[0]->counts(allClasses).times.front(), 0);
    }

    void readsAllInOrder()
    {
        write(4, 5'000, 3, 0);
        std::vector<LineSpan> spans;
        for (const auto &store : m_stores) {
            spans.push_back({store, store->range()});
        }
        std::size_t at = 0;
        bool same = true;
        QVERIFY(readMerged(
            spans, [&](std::size_t source, const LineRecord &record, std::string_view text) {
                same = same && at < m_written.size() && m_written[at].source == source &&
                       m_written[at].text == text && m_written[at].time == record.time;
                ++at;
                return true;
            }));
        QVERIFY(same);
        QCOMPARE(at, m_written.size());
    }

private:
    std::vector<std::shared_ptr<const LineStore>> readers()
    {
        return {m_stores.begin(), m_stores.end()};
    }
    /// A count below 0: that many in the first, half of it in the next, and so on.
    void write(std::size_t stores, int count, int step, int back)
    {
        std::minstd_rand random(17);
        for (std::size_t source = 0; source < stores; ++source) {
            m_stores.push_back(LineStore::make(m_folder.path().toStdString()).value());
            std::int64_t time = 1'000'000;
            std::int64_t latest = 0;
            const int own = count >= 0 ? count : -count >> source;
            for (int i = 0; i < own; ++i) {
                time += step > 0 ? std::int64_t(random() % unsigned(step + 1)) : 0;
                const std::int64_t told =
                    time - (back > 0 ? std::int64_t(random() % unsigned(back)) : 0);
                const LineLevel level = random() % 10 == 0 ? LineLevel::Error : LineLevel::Info;
                const std::string text = std::to_string(source) + ' ' + std::to_string(i);
                QVERIFY(m_stores.back()->append({.time = told, .level = level, .text = text}));
                // As blocks count: no line is above where the next block begins.
                latest = std::max(latest, told);
                m_written.push_back({latest, source, text, classOf(LineStream::Stdout, level)});
            }
            QVERIFY(m_stores.back()->flush());
        }
        std::ranges::stable_sort(m_written, {}, &Written::time);
    }
    /// Every row stands for one line, forwards, backwards and at random, in order of time.
    void check(const MergedLines &lines, ClassMask wanted, std::size_t hidden = SIZE_MAX)
    {
        std::vector<const Written *> expected;
        for (const Written &line : m_written) {
            if ((unsigned(wanted) >> line.kind & 1U) != 0 && line.source != hidden) {
                expected.push_back(&line);
            }
        }
        QCOMPARE(lines.rows(), std::int64_t(expected.size()));
        std::vector<LinePlace> places;
        std::vector<std::vector<bool>> seen(m_stores.size());
        std::int64_t latest = 0;
        for (std::int64_t row = 0; row < lines.rows(); ++row) {
            places.push_back(lines.at(row).value());
            auto &own = seen[places.back().source];
            own.resize(std::max(own.size(), std::size_t(places.back().line + 1)));
            QVERIFY(!own[std::size_t(places.back().line)]);
            own[std::size_t(places.back().line)] = true;
            LineNumber from = places.back().line;
            const auto record =
                m_stores[places.back().source]->records(from, places.back().line + 1).value();
            QVERIFY(record[0].time >= latest - 1000);
            latest = std::max(latest, record[0].time);
        }
        std::minstd_rand random(5);
        for (int i = 0; i < 1000 && lines.rows() > 0; ++i) {
            const auto row = std::int64_t(random() % unsigned(lines.rows()));
            QCOMPARE(*lines.at(row), places[std::size_t(row)]);
            QCOMPARE(lines.rowOf(places[std::size_t(row)]), row);
            const auto from = lines.linesAt(row);
            const LinePlace &place = places[std::size_t(row)];
            QCOMPARE(from[place.source], place.line);
            QVERIFY(std::abs(lines.roughRowOf(place) - double(row)) < 1.2 * 4096 * 5);
        }
    }

    QTemporaryDir m_folder;
    std::vector<std::shared_ptr<LineStore>> m_stores;
    std::vector<Written> m_written;
};

} // namespace tst_merged_lines

ROADSTEAD_GUILESS_TEST(tst_merged_lines::TestMergedLines)
#include "tst_merged_lines.moc"
