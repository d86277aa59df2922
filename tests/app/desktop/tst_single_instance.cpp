// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/single_instance.h"
#include "engine/base/file_descriptor.h"
#include "tests/support/test_program/test_program.h"

#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace tst_single_instance {

using namespace roadstead;
using roadstead::desktop::SingleInstance;
using namespace Qt::StringLiterals;

class TestSingleInstance : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aLaterOneAsksTheFirstToShowItself()
    {
        const QTemporaryDir folder;
        SingleInstance first(folder.path(), u""_s);
        QCOMPARE(first.claim({}), SingleInstance::Role::First);
        first.serve();
        QSignalSpy asked(&first, &SingleInstance::activationRequested);

        Result<SingleInstance::Role> role = SingleInstance::Role::First;
        std::thread other([&] { // as another process would: the first one's loop turns meanwhile
            SingleInstance later(folder.path(), u""_s);
            role = later.claim(u"token-1"_s);
        });
        QTRY_COMPARE(asked.size(), 1);
        other.join();
        QCOMPARE(role, SingleInstance::Role::Later);
        QCOMPARE(asked[0][0].toString(), u"token-1"_s);
    }

    void differentKeysRunSideBySide()
    {
        const QTemporaryDir folder;
        SingleInstance one(folder.path(), u"-a"_s);
        SingleInstance two(folder.path(), u"-b"_s);
        QCOMPARE(one.claim({}), SingleInstance::Role::First);
        QCOMPARE(two.claim({}), SingleInstance::Role::First);
    }

    void afterTheFirstEndedTheNextIsFirst()
    {
        const QTemporaryDir folder;
        {
            SingleInstance first(folder.path(), u""_s);
            QCOMPARE(first.claim({}), SingleInstance::Role::First);
        }
        SingleInstance next(folder.path(), u""_s);
        QCOMPARE(next.claim({}), SingleInstance::Role::First);
    }

    void oneThatCrashedLeavesNothingInTheWay()
    {
        const QTemporaryDir folder;
        const pid_t child = ::fork();
        if (child == 0) {
            SingleInstance crashing(folder.path(), u""_s);
            const bool isFirst = crashing.claim({}) == SingleInstance::Role::First;
            ::_exit(isFirst ? 0 : 1); // no destructor runs
        }
        int status = -1;
        QCOMPARE(::waitpid(child, &status, 0), child);
        QCOMPARE(status, 0);
        QVERIFY(QFileInfo::exists(folder.filePath(u"roadstead.sock"_s)));
        SingleInstance next(folder.path(), u""_s);
        QCOMPARE(next.claim({}), SingleInstance::Role::First);
    }

    void aFrozenFirstOneIsNamedAsNotAnswering()
    {
        const QTemporaryDir folder;
        SingleInstance first(folder.path(), u""_s);
        QCOMPARE(first.claim({}), SingleInstance::Role::First);
        SingleInstance later(folder.path(), u""_s); // the loop does not turn: as if it were frozen
        const auto role = later.claim({}, 100);
        QVERIFY(!role);
        QCOMPARE(role.error().kind, ErrorKind::NotAnswering);
    }

    void aFrozenFirstOneWithAFullQueueHoldsNobodyUp()
    {
        const QTemporaryDir folder;
        SingleInstance first(folder.path(), u""_s);
        QCOMPARE(first.claim({}), SingleInstance::Role::First);
        sockaddr_un address = {};
        address.sun_family = AF_UNIX;
        std::ranges::copy(folder.filePath(u"roadstead.sock"_s).toUtf8(), address.sun_path);
        std::vector<FileDescriptor> waiting;
        int connected = 0;
        while (connected == 0) {
            waiting.emplace_back(::socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0));
            connected = ::connect(waiting.back().get(),
                                  reinterpret_cast<const sockaddr *>(&address), sizeof address);
        }
        QCOMPARE(errno, EAGAIN);
        SingleInstance later(folder.path(), u""_s);
        QElapsedTimer timer;
        timer.start();
        const auto role = later.claim({}, 100);
        QVERIFY(!role);
        QCOMPARE(role.error().kind, ErrorKind::NotAnswering);
        QVERIFY(timer.elapsed() < 5000);
    }

    void garbageFromAPeerActivatesNothing()
    {
        const QTemporaryDir folder;
        SingleInstance first(folder.path(), u""_s);
        QCOMPARE(first.claim({}), SingleInstance::Role::First);
        first.serve();
        QSignalSpy asked(&first, &SingleInstance::activationRequested);
        SingleInstance later(folder.path(), u""_s);
        std::thread other([&] { (void)later.claim(QString(4000, u'x'), 300); });
        QTRY_COMPARE(asked.size(), 1);
        other.join();
        QVERIFY(asked[0][0].toString().size() <= 512);
    }

    void filesAreTheUsersAlone()
    {
        const QTemporaryDir folder;
        SingleInstance first(folder.path(), u""_s);
        QCOMPARE(first.claim({}), SingleInstance::Role::First);
        QCOMPARE(QFile::permissions(folder.filePath(u"roadstead.lock"_s)) &
                     (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther),
                 QFile::Permissions());
    }

    void aRuntimeFolderOfOthersIsNotUsed()
    {
        const QTemporaryDir open;
        QVERIFY(QFile::setPermissions(open.path(), QFile::Permissions(0x7777)));
        qputenv("XDG_RUNTIME_DIR", open.path().toUtf8());
        const auto folder = SingleInstance::userFolder();
        QVERIFY(folder);
        QVERIFY(*folder != open.path());
        QVERIFY(QFile::setPermissions(open.path(),
                                      QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
        QCOMPARE(SingleInstance::userFolder(), open.path());
    }
};

} // namespace tst_single_instance

ROADSTEAD_GUILESS_TEST(tst_single_instance::TestSingleInstance)
#include "tst_single_instance.moc"
