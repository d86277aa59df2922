// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/log_file.h"
#include "tests/support/test_program/test_program.h"

#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <functional>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace tst_log_file {

using namespace Qt::StringLiterals;

namespace {

/// Runs `work` in a child with the log at `path`; its wait status.
int inChild(const QString &path, const std::function<void()> &work)
{
    const pid_t child = ::fork();
    if (child == 0) {
        const rlimit none{0, 0};
        ::setrlimit(RLIMIT_CORE, &none);
        roadstead::desktop::startLogging(path);
        work();
        ::_exit(0);
    }
    int status = -1;
    ::waitpid(child, &status, 0);
    return status;
}

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class TestLogFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void linesAreThereThoughTheProgramIsKilled()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"x.log"_s);
        const int status = inChild(path, [] {
            qWarning("the last words");
            ::raise(SIGKILL);
        });
        QVERIFY(WIFSIGNALED(status));
        QVERIFY(contents(path).contains("warning default: the last words\n"));
        QCOMPARE(QFile::permissions(path) & (QFile::ReadGroup | QFile::ReadOther),
                 QFile::Permissions());
    }

    void aCrashLeavesItsStackAndItsSignal()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"x.log"_s);
        const int status = inChild(path, [] { ::raise(SIGSEGV); });
        QVERIFY(WIFSIGNALED(status));
        QCOMPARE(WTERMSIG(status), SIGSEGV);
        const QByteArray log = contents(path);
        QVERIFY(log.contains("crashed, signal 11"));
        QVERIFY(log.contains("libc.so"));
    }

    void hostileTextCannotForgeLines()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"x.log"_s);
        inChild(path, [] { qWarning("name\n2026 error forged: \x1b[31m"); });
        const QByteArray log = contents(path);
        QCOMPARE(log.count('\n'), 2); // the greeting and this one
        QVERIFY(!log.contains('\x1b'));
    }

    void aLargeFileIsPutAside()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"x.log"_s);
        QFile big(path);
        QVERIFY(big.open(QIODevice::WriteOnly));
        QVERIFY(big.resize(2 << 20));
        big.close();
        inChild(path, [] {});
        QVERIFY(QFileInfo(path).size() < 1000);
        QCOMPARE(QFileInfo(path + u".1"_s).size(), 2 << 20);
    }

    void anUnwritablePlaceIsNoFailure()
    {
        QCOMPARE(inChild(u"/nowhere/x.log"_s, [] { qWarning("still alive"); }), 0);
    }
};

} // namespace tst_log_file

ROADSTEAD_APPLESS_TEST(tst_log_file::TestLogFile)
#include "tst_log_file.moc"
