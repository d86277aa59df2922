// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/logs/log_save.h"
#include "tests/support/fake_log.h"
#include "tests/support/test_program/test_program.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

namespace tst_log_save {

using namespace roadstead;
using namespace roadstead::service;
using namespace Qt::StringLiterals;

/// A log that becomes a file.
class TestLogSave : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_end.reset();
    }

    void theWholeLogIsWhatTheEngineSends()
    {
        test::FakeLog log;
        for (int i = 0; i < 5000; ++i) {
            log.lines.push_back(
                {test::fakeDay + i * 1'000'000LL, "line " + std::to_string(i),
                 i % 3 == 0 ? docker::LogStream::Stderr : docker::LogStream::Stdout});
        }
        LogSaveOrder order;
        order.path = path();
        order.timestamps = true;
        order.source = log.source();
        LogSave save(std::move(order));
        run(save);
        QVERIFY(m_end->has_value());
        QCOMPARE((*m_end)->lines, 5000);
        QCOMPARE(log.asked.size(), std::size_t(1));
        QCOMPARE(log.asked[0].tail, -1);
        QVERIFY(log.asked[0].timestamps && !log.asked[0].follow);
        const QList<QByteArray> lines = content().split('\n');
        QCOMPARE(lines.size(), 5001);
        QCOMPARE(lines[4999], "2026-01-02T00:00:04.999000000Z line 4999"_ba);
        QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files), QStringList{u"out.log"_s});
    }

    void linesOfSeveralAreMergedFilteredAndStamped()
    {
        const auto web = store({"INFO one", "ERROR two", "INFO three"}, 0);
        const auto api = store({"ERROR four", "INFO \x1b[31mfive\x1b[0m", "ERROR six"}, 1);
        LogSaveOrder order;
        order.path = path();
        order.spans = {{web, web->range()}, {api, api->range()}};
        order.names = {"web", "api"};
        order.timestamps = true;
        order.wanted = store::ClassMask(
            1U << store::classOf(store::LineStream::Stdout, store::LineLevel::Error));
        LogSave save(order);
        run(save);
        QCOMPARE(content(), "api | 2026-01-02T00:00:00.000000001Z ERROR four\n"
                            "web | 2026-01-02T00:00:00.000000002Z ERROR two\n"
                            "api | 2026-01-02T00:00:00.000000005Z ERROR six\n"_ba);
        QCOMPARE(save.total(), 6);

        order.wanted = store::allClasses;
        order.matching = QRegularExpression(u"^INFO (five|three)"_s);
        order.names.clear();
        order.timestamps = false;
        LogSave matching(order);
        run(matching);
        QCOMPARE(content(), "INFO \x1b[31mfive\x1b[0m\nINFO three\n"_ba); // as it came

        order.matching = QRegularExpression(u"z*"_s); // nothing that a search finds
        LogSave none(order);
        run(none);
        QCOMPARE(content(), QByteArray());
    }

    void anExpressionWithoutEndLeavesWhatIsThere()
    {
        write("before\n");
        const auto web = store({"INFO fine", std::string(4000, 'a')}, 0);
        LogSaveOrder order;
        order.path = path();
        order.spans = {{web, web->range()}};
        order.matching = QRegularExpression(u"fine|(a+a+)+(b|c)"_s);
        LogSave save(std::move(order));
        run(save);
        QVERIFY(!m_end->has_value());
        QCOMPARE(m_end->error().kind, ErrorKind::InvalidArgument);
        QCOMPARE(content(), "before\n"_ba);
    }

    void whatIsThereStaysWhenItFails_data()
    {
        QTest::addColumn<bool>("cancelled");
        QTest::newRow("the engine breaks off") << false;
        QTest::newRow("cancelled") << true;
    }
    void whatIsThereStaysWhenItFails()
    {
        QFETCH(const bool, cancelled);
        write("before\n");
        docker::LogSink held;
        LogSaveOrder order;
        order.path = path();
        order.source = [&held](const docker::LogOptions &, docker::LogSink sink) {
            held = std::move(sink);
            return docker::Call();
        };
        LogSave save(std::move(order));
        connect(&save, &LogSave::finished, this, [this](const auto &end) { m_end = end; });
        save.start();
        held.data(docker::LogStream::Stdout, "half of it\n");
        QTRY_COMPARE(save.progress().lines, 1);
        if (cancelled) {
            save.cancel();
        } else {
            held.end(failure(ErrorKind::ConnectionLost, "test"));
        }
        QTRY_VERIFY(m_end);
        QCOMPARE(m_end->error().kind, cancelled ? ErrorKind::Cancelled : ErrorKind::ConnectionLost);
        QCOMPARE(content(), "before\n"_ba);
        QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files), QStringList{u"out.log"_s});
    }

    void aFolderThatIsNotThereIsSaidSo()
    {
        const auto web = store({"INFO one"}, 0);
        LogSaveOrder order;
        order.path = (m_folder->path() + u"/no/out.log"_s).toStdString();
        order.spans = {{web, web->range()}};
        LogSave save(std::move(order));
        run(save);
        QCOMPARE(m_end->error().kind, ErrorKind::Io);
        QCOMPARE(m_end->error().code, ENOENT);
    }

    void aLinkStaysALink()
    {
        write("before\n");
        const QString link = m_folder->filePath(u"link.log"_s);
        QVERIFY(QFile::link(QString::fromStdString(path()), link));
        const auto web = store({"INFO one"}, 0);
        LogSaveOrder order;
        order.path = link.toStdString();
        order.spans = {{web, web->range()}};
        LogSave save(std::move(order));
        run(save);
        QCOMPARE(content(), "INFO one\n"_ba);
        struct stat status{};
        QCOMPARE(::lstat(link.toStdString().c_str(), &status), 0);
        QVERIFY(S_ISLNK(status.st_mode));
    }

private:
    std::string path() const { return m_folder->filePath(u"out.log"_s).toStdString(); }
    QByteArray content() const
    {
        QFile file(QString::fromStdString(path()));
        return file.open(QFile::ReadOnly) ? file.readAll() : QByteArray();
    }
    void write(const QByteArray &bytes)
    {
        QFile file(QString::fromStdString(path()));
        QVERIFY(file.open(QFile::WriteOnly) && file.write(bytes) == bytes.size());
    }
    void run(LogSave &save)
    {
        m_end.reset();
        connect(&save, &LogSave::finished, this, [this](const auto &end) { m_end = end; });
        save.start();
        QTRY_VERIFY(m_end);
    }
    /// Every second nanosecond from the day of FakeLog on.
    std::shared_ptr<store::LineStore> store(const std::vector<std::string> &lines, int first)
    {
        auto made = store::LineStore::make(m_folder->path().toStdString()).value();
        std::int64_t time = test::fakeDay + first;
        for (const std::string &line : lines) {
            const auto level =
                line.starts_with("ERROR") ? store::LineLevel::Error : store::LineLevel::Info;
            (void)made->append({.time = time, .level = level, .text = line});
            time += 2;
        }
        (void)made->flush();
        return made;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::optional<Result<LogSaved>> m_end;
};

} // namespace tst_log_save

ROADSTEAD_GUILESS_TEST(tst_log_save::TestLogSave)
#include "tst_log_save.moc"
