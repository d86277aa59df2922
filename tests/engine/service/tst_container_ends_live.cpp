// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/container_wait.h"
#include "engine/service/engine_session.h"
#include "engine/service/files/container_files.h"
#include "tests/support/real_engine.h"
#include "tests/support/test_program/test_program.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <optional>

namespace tst_container_ends_live {

using namespace roadstead;
using namespace roadstead::service;
using namespace Qt::StringLiterals;

/// What becomes of real containers: their files as an archive, and their end.
class TestContainerEndsLive : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_engine.start());
        QVERIFY(m_engine.importBusybox());
        m_session = std::make_unique<EngineSession>(m_engine.socketPath());
        m_session->open();
        QTRY_COMPARE(m_session->link(), Link::Live);
        m_files = std::make_unique<ContainerFiles>(m_session.get());
    }
    void cleanupTestCase()
    {
        m_files.reset();
        m_session.reset();
    }
    void init()
    {
        m_engine.docker({u"run"_s, u"-d"_s, u"--name"_s, u"ship"_s, u"busybox"_s, u"/bin/busybox"_s,
                         u"sh"_s, u"-c"_s,
                         u"echo log >/log.txt; while [ ! -e /end ]; do /bin/busybox sleep 0.05; "
                         "done; exit 7"_s});
    }
    void cleanup() { m_engine.docker({u"rm"_s, u"-f"_s, u"ship"_s}); }

    void exportIsTheWholeArchive()
    {
        const QString path = archiveWith("what was there");
        std::uint64_t told = 0;
        const auto report = finished(
            m_files->exportTo({ship, 0, path.toStdString()},
                              [&told](const CopyProgress &progress) { told = progress.bytes; }));
        QVERIFY2(report.has_value(), report ? "" : report.error().detail.c_str());
        QCOMPARE(qint64(report->bytes), QFileInfo(path).size());
        QVERIFY(told > 0);
        QProcess tar;
        tar.start(u"tar"_s, {u"-tf"_s, path});
        QVERIFY(tar.waitForFinished());
        QVERIFY(tar.readAllStandardOutput().contains("log.txt\n"));
        QCOMPARE(filesBeside(), 1);
        QCOMPARE(m_session->history().last().line, u"docker export -o %1 ship"_s.arg(path));
    }
    void exportThatFailsLeavesWhatWasThere()
    {
        const QString path = archiveWith("what was there");
        const auto nowhere = finished(m_files->exportTo(
            {ship, 0, m_folder.filePath(u"no/such/folder.tar"_s).toStdString()}, {}));
        QCOMPARE(nowhere.error().kind, ErrorKind::Io);
        const auto stopped = m_files->exportTo({ship, 0, path.toStdString()}, {});
        stopped.cancel();
        QCOMPARE(finished(stopped).error().kind, ErrorKind::Cancelled);
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), "what was there");
        QCOMPARE(filesBeside(), 1);
    }
    void endIsWaitedFor()
    {
        const Operation<int> wait = waitForEnd(*m_session, ship);
        QVERIFY(!m_session->history().last().milliseconds);
        QCOMPARE(m_session->history().last().line, u"docker wait ship"_s);
        m_engine.docker({u"exec"_s, u"ship"_s, u"/bin/busybox"_s, u"touch"_s, u"/end"_s});
        QCOMPARE(finished(wait).value_or(-1), 7);
        QTRY_VERIFY(m_session->history().last().milliseconds.has_value());
    }
    void waitingEndsWithTheSession()
    {
        auto other = std::make_unique<EngineSession>(m_engine.socketPath());
        other->open();
        QTRY_COMPARE(other->link(), Link::Live);
        const Operation<int> wait = waitForEnd(*other, ship);
        other.reset();
        QTRY_VERIFY(wait.future().isFinished());
    }

private:
    template<typename T>
    Result<T> finished(const Operation<T> &operation)
    {
        std::optional<Result<T>> result;
        operation.then(this, [&](Result<T> r) { result = std::move(r); });
        [&] { QTRY_VERIFY_WITH_TIMEOUT(result.has_value(), 20'000); }();
        return result.value_or(failure(ErrorKind::Internal, "test"));
    }
    [[nodiscard]] QString archiveWith(const QByteArray &text) const
    {
        const QString path = m_folder.filePath(u"all.tar"_s);
        QFile file(path);
        return file.open(QIODevice::WriteOnly) && file.write(text) > 0 ? path : QString();
    }
    [[nodiscard]] qsizetype filesBeside() const
    {
        return QDir(m_folder.path()).entryList(QDir::Files | QDir::Hidden).size();
    }

    const docker::Target ship{"ship", "ship"};
    QTemporaryDir m_folder;
    RealEngine m_engine;
    std::unique_ptr<EngineSession> m_session;
    std::unique_ptr<ContainerFiles> m_files;
};

} // namespace tst_container_ends_live

ROADSTEAD_GUILESS_TEST(tst_container_ends_live::TestContainerEndsLive)
#include "tst_container_ends_live.moc"
