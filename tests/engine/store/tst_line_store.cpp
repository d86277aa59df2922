// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/line_matches.h"
#include "engine/store/line_store.h"
#include "engine/store/line_view.h"
#include "tests/support/test_program/test_program.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <random>
#include <string>
#include <thread>
#include <vector>

#include <sys/stat.h>
#include <unistd.h>

namespace tst_line_store {

using namespace roadstead;
using namespace roadstead::store;
using namespace Qt::StringLiterals;

namespace {

constexpr LineNumber million = 1'000'000;

std::string textOf(LineNumber line)
{
    return "line " + std::to_string(line) + (line % 7 == 0 ? " of the long kind, with more" : "");
}

NewLine lineOf(LineNumber line, const std::string &text)
{
    return {.time = (line + million) * 1000,
            .stream = line % 3 == 0 ? LineStream::Stderr : LineStream::Stdout,
            .level = line % 10 == 0 ? LineLevel::Error : LineLevel::Info,
            .flags = 0,
            .text = text};
}

} // namespace

/// The lines of a log on disk.
class TestLineStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_store = make({}); }
    void cleanup() { m_store.reset(); }

    void anEmptyOneHasNothing()
    {
        QCOMPARE(m_store->range(), LineRange());
        QVERIFY(m_store->lineAt(5).value() == 0);
        QCOMPARE(LineView(m_store).rows(), 0);
        QVERIFY(QDir(m_folder.path()).isEmpty(QDir::AllEntries | QDir::NoDotAndDotDot));
    }

    void whatIsNotFlushedIsNotSeen()
    {
        append(0, 10, false);
        QCOMPARE(m_store->range().end, 0);
        QVERIFY(m_store->flush());
        QCOMPARE(m_store->range().end, 10);
        QCOMPARE(text(9), textOf(9));
    }

    void aMillionLinesAreReadAnywhere()
    {
        append(0, million);
        prepend(50'000, 0);
        QCOMPARE(m_store->range(), (LineRange{-50'000, million}));
        std::minstd_rand random(7);
        for (int i = 0; i < 2000; ++i) {
            const auto line = LineNumber(random() % 1'050'000U) - 50'000;
            QCOMPARE(text(line), textOf(line));
        }
        // Across the seam of both indexes, and from one end to the other.
        LineNumber expected = -50'000;
        bool same = true;
        QVERIFY(m_store->read(-60'000, 2 * million,
                              [&](LineNumber line, const LineRecord &, std::string_view bytes) {
                                  same = same && line == expected && bytes == textOf(line);
                                  ++expected;
                                  return true;
                              }));
        QVERIFY(same);
        QCOMPARE(expected, million);
    }

    void olderPagesGoBeforeWhatIsThere()
    {
        append(0, 5);
        prepend(3, 0);
        append(5, 7);
        prepend(5000, 3);
        for (LineNumber line = -5000; line < 7; ++line) {
            QCOMPARE(text(line), textOf(line));
        }
    }

    void findsLinesByTime()
    {
        append(0, 10'000);
        prepend(10'000, 0);
        QCOMPARE(m_store->lineAt(0).value(), -10'000);
        QCOMPARE(m_store->lineAt((million - 5) * 1000).value(), -5);
        QCOMPARE(m_store->lineAt((million + 4) * 1000 + 1).value(), 5);
        QCOMPARE(m_store->lineAt(5 * million * 1000).value(), 10'000);
    }

    void filtersByStreamAndLevel_data()
    {
        QTest::addColumn<int>("mask");
        QTest::newRow("all") << int(allClasses);
        QTest::newRow("stderr alone") << (31 << levelCount);
        QTest::newRow("errors of both streams")
            << (1 << classOf(LineStream::Stdout, LineLevel::Error) |
                1 << classOf(LineStream::Stderr, LineLevel::Error));
        QTest::newRow("what no line is") << (1 << classOf(LineStream::Stdout, LineLevel::Debug));
    }
    void filtersByStreamAndLevel()
    {
        QFETCH(const int, mask);
        append(0, 20'000);
        prepend(9'000, 0);
        LineView view(m_store);
        view.setWanted(ClassMask(mask));
        std::int64_t row = 0;
        for (LineNumber line = -9'000; line < 20'000; ++line) {
            const NewLine made = lineOf(line, {});
            QCOMPARE(view.rowOf(line), row);
            if ((mask >> classOf(made.stream, made.level) & 1) != 0) {
                QCOMPARE(view.lineAt(row), line);
                ++row;
            }
        }
        QCOMPARE(view.rows(), row);
        QCOMPARE(view.lineAt(row), 20'000);
    }

    void aLongLineIsCutAndMarked()
    {
        m_store = make({.bytes = 1U << 30U, .line = 100});
        QVERIFY(m_store->append(lineOf(0, std::string(101, 'x'))));
        QVERIFY(m_store->append(lineOf(1, std::string(100, 'y'))));
        QVERIFY(m_store->flush());
        LineNumber from = 0;
        const auto records = m_store->records(from, 2);
        QCOMPARE(records->at(0).length, 100U);
        QCOMPARE(records->at(0).flags, lineIsCut);
        QCOMPARE(records->at(1).flags, 0);
        QCOMPARE(text(1), std::string(100, 'y'));
    }

    void theOldestLinesGoWhenThereIsNoRoom()
    {
        m_store = make({.bytes = 4U << 20U, .line = 1000});
        append(0, 10'000);
        prepend(10'000, 0);
        QVERIFY(m_store->hasRoom());
        append(10'000, 200'000);
        const LineRange range = m_store->range();
        QVERIFY(range.first > 10'000);
        QCOMPARE(range.end, 200'000);
        QVERIFY(m_store->bytesOnDisk() <= 4U << 20U);
        QVERIFY(m_store->hasLetGo());
        QVERIFY(!m_store->hasRoom());
        QVERIFY(!m_store->prepend(std::vector<LineRecord>(1)));
        QCOMPARE(text(range.first), textOf(range.first));
        QCOMPARE(text(199'999), textOf(199'999));
        QCOMPARE(text(range.first - 1), std::string("(none)"));
        const LineView view(m_store);
        QCOMPARE(view.rows(), range.end - range.first);
        QCOMPARE(view.lineAt(0), range.first);
        // The disk has the room back, where its file system can do that.
        std::uint64_t onDisk = 0;
        for (const int file : files()) {
            struct stat status{};
            QCOMPARE(::fstat(file, &status), 0);
            onDisk += std::uint64_t(status.st_blocks) * 512;
        }
        QVERIFY2(onDisk < 6U << 20U, qPrintable(QString::number(onDisk)));
    }

    void aFileThatWasCutIsAnErrorAndNoEmptyLine()
    {
        append(0, 1000);
        for (const int file : files()) {
            QCOMPARE(::ftruncate(file, 200), 0);
        }
        QCOMPARE(text(2), textOf(2)); // before the cut
        const auto read = m_store->read(
            0, 1000, [](LineNumber, const LineRecord &, std::string_view) { return true; });
        QVERIFY(!read);
        QCOMPARE(read.error().kind, ErrorKind::Io);
    }

    void aFolderThatIsNotThereIsAnError()
    {
        const auto store = LineStore::make("/nonexistent/folder");
        QVERIFY(!store);
        QCOMPARE(store.error().kind, ErrorKind::Io);
    }

    void isReadWhileItIsWritten()
    {
        m_store = make({.bytes = 3U << 20U, .line = 1000});
        std::jthread writer([this] { append(0, 150'000); });
        LineNumber seen = 0;
        while (seen < 149'000) {
            const LineRange range = m_store->range();
            const auto read = m_store->read(
                range.first, range.end,
                [&](LineNumber line, const LineRecord &, std::string_view bytes) {
                    seen = std::max(seen, line);
                    return bytes == textOf(line) || (qWarning("line %lld", qlonglong(line)), false);
                });
            QVERIFY(read);
        }
    }

    void matchesAreCountedAndWalked()
    {
        LineMatches matches;
        const std::vector<LineNumber> lines{-9000, -4096, -1, 0, 4095, 4096, 100'000};
        for (const LineNumber line : lines) {
            LineMatches::Bits bits;
            bits.set(std::size_t(line - blockOf(line) * blockLines));
            matches.add(blockOf(line), bits);
            matches.add(blockOf(line), bits); // twice is once
        }
        QCOMPARE(matches.count(), qint64(lines.size()));
        for (std::size_t i = 0; i < lines.size(); ++i) {
            QVERIFY(matches.contains(lines[i]));
            QVERIFY(!matches.contains(lines[i] + 7));
            QCOMPARE(matches.rank(lines[i]), qint64(i));
            QCOMPARE(matches.after(lines[i] - 1).value(), lines[i]);
            QCOMPARE(matches.before(lines[i] + 1).value(), lines[i]);
        }
        QVERIFY(!matches.after(100'000));
        QVERIFY(!matches.before(-9000));
        matches.dropBefore(0);
        QCOMPARE(matches.count(), 4);
        QVERIFY(!matches.before(0));
    }

private:
    std::shared_ptr<LineStore> make(const StoreLimits &limits)
    {
        auto store = LineStore::make(m_folder.path().toStdString(), limits);
        return store ? *store : nullptr;
    }
    void append(LineNumber from, LineNumber end, bool flush = true)
    {
        for (LineNumber line = from; line < end; ++line) {
            QVERIFY(m_store->append(lineOf(line, textOf(line))));
        }
        QVERIFY(!flush || m_store->flush());
    }
    /// Lines [-from, -end).
    void prepend(LineNumber from, LineNumber end)
    {
        std::vector<LineRecord> records;
        for (LineNumber line = -from; line < -end; ++line) {
            records.push_back(m_store->stage(lineOf(line, textOf(line))).value());
        }
        QVERIFY(m_store->prepend(records));
    }
    std::string text(LineNumber line) const
    {
        std::string found = "(none)";
        (void)m_store->read(line, line + 1,
                            [&](LineNumber, const LineRecord &, std::string_view bytes) {
                                found = bytes;
                                return true;
                            });
        return found;
    }
    /// The descriptors of the store's files, which have no names.
    std::vector<int> files() const
    {
        std::vector<int> found;
        for (const QString &entry :
             QDir(u"/proc/self/fd"_s).entryList(QDir::System | QDir::Files)) {
            char target[4096] = {};
            const QByteArray link = "/proc/self/fd/" + entry.toLatin1();
            if (::readlink(link.constData(), target, sizeof(target) - 1) > 0 &&
                std::string_view(target).starts_with(m_folder.path().toStdString())) {
                found.push_back(entry.toInt());
            }
        }
        return found;
    }

    QTemporaryDir m_folder;
    std::shared_ptr<LineStore> m_store;
};

} // namespace tst_line_store

ROADSTEAD_GUILESS_TEST(tst_line_store::TestLineStore)
#include "tst_line_store.moc"
