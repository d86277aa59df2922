// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/socket_watch.h"
#include "tests/support/test_program/test_program.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

namespace tst_socket_watch {

using roadstead::service::SocketWatch;

namespace {

void touch(const QString &path)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
}

/// Not root for as long as it lives.
class AsNobody
{
public:
    AsNobody()
        : m_before(::geteuid())
    {
        if (m_before == 0 && ::seteuid(65534) != 0) {
            qFatal("seteuid");
        }
    }
    ~AsNobody()
    {
        if (m_before == 0 && ::seteuid(0) != 0) {
            qFatal("seteuid");
        }
    }
    Q_DISABLE_COPY_MOVE(AsNobody)

private:
    const uid_t m_before;
};

} // namespace

class TestSocketWatch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void comingGoingAndPermissionsAreTold()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("engine.sock"));
        SocketWatch watch(path);
        QSignalSpy changed(&watch, &SocketWatch::changed);
        watch.start();
        QVERIFY(!watch.identity());

        touch(path);
        QTRY_VERIFY(!changed.isEmpty());
        const auto first = watch.identity();
        QVERIFY(first);

        changed.clear();
        QVERIFY(QFile::setPermissions(path, QFile::ReadOwner));
        QTRY_VERIFY(!changed.isEmpty());
        QCOMPARE(watch.identity(), first);

        changed.clear();
        QVERIFY(QFile::rename(path, path + QStringLiteral(".old")));
        touch(path);
        QTRY_VERIFY(!changed.isEmpty());
        QVERIFY(watch.identity() != first);
    }

    void neighboursDoNotWake()
    {
        const QTemporaryDir folder;
        SocketWatch watch(folder.filePath(QStringLiteral("engine.sock")));
        QSignalSpy changed(&watch, &SocketWatch::changed);
        watch.start();
        touch(folder.filePath(QStringLiteral("engine.sock.tmp")));
        touch(folder.filePath(QStringLiteral("other")));
        QVERIFY(!changed.wait(100));
    }

    void foldersMayComeAndGo()
    {
        const QTemporaryDir base;
        const QString folder = base.filePath(QStringLiteral("a/b"));
        const QString path = folder + QStringLiteral("/engine.sock");
        SocketWatch watch(path);
        QSignalSpy changed(&watch, &SocketWatch::changed);
        watch.start();
        for (int round = 0; round < 3; ++round) {
            QVERIFY(QDir().mkpath(folder));
            touch(path);
            QTRY_VERIFY(watch.identity() && !changed.isEmpty());
            // Once the folders' events are through, the file itself is watched.
            QTRY_VERIFY(!changed.wait(50));
            changed.clear();
            QVERIFY(QFile::remove(path));
            QTRY_VERIFY(!changed.isEmpty());
            changed.clear();
            QVERIFY(QDir(base.filePath(QStringLiteral("a"))).removeRecursively());
        }
    }

    /// A folder that an administrator makes is not the user's until it has been given to them.
    void aFolderThatMayBeReadOnlyLaterIsWatchedThen()
    {
        const AsNobody nobody; // root may read everything
        const QTemporaryDir base;
        const QString folder = base.filePath(QStringLiteral("a"));
        const QString path = folder + QStringLiteral("/engine.sock");
        SocketWatch watch(path);
        QSignalSpy changed(&watch, &SocketWatch::changed);
        watch.start();
        const QByteArray name = QFile::encodeName(folder);
        QCOMPARE(::mkdir(name.constData(), 0), 0);
        QTRY_VERIFY(!changed.isEmpty());
        changed.clear();
        QCOMPARE(::chmod(name.constData(), 0700), 0);
        QTRY_VERIFY(!changed.isEmpty());
        QTRY_VERIFY(!changed.wait(50));
        changed.clear();
        touch(path);
        QTRY_VERIFY(!changed.isEmpty());
        changed.clear();
        QVERIFY(QFile::remove(path));
        QTRY_VERIFY(!changed.isEmpty());
    }

    void stopGivesTheDescriptorBack()
    {
        QDir descriptors(QStringLiteral("/proc/self/fd"));
        descriptors.setFilter(QDir::AllEntries | QDir::System); // links that lead to no file, too
        const auto before = descriptors.count();
        SocketWatch watch(QStringLiteral("/nowhere/engine.sock"));
        watch.start();
        descriptors.refresh();
        QVERIFY(descriptors.count() > before);
        watch.stop();
        descriptors.refresh();
        QCOMPARE(descriptors.count(), before);
    }
};

} // namespace tst_socket_watch

ROADSTEAD_GUILESS_TEST(tst_socket_watch::TestSocketWatch)
#include "tst_socket_watch.moc"
