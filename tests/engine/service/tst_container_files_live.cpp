// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/engine_session.h"
#include "engine/service/files/container_files.h"
#include "tests/support/real_engine.h"
#include "tests/support/test_program/test_program.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <map>
#include <optional>

namespace tst_container_files_live {

using namespace roadstead;
using namespace roadstead::service;
using namespace Qt::StringLiterals;

/// The files of real containers, running and stopped.
class TestContainerFilesLive : public QObject
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

    void everything_data()
    {
        QTest::addColumn<bool>("running");
        QTest::addRow("running") << true;
        QTest::addRow("stopped") << false;
    }
    void everything()
    {
        QFETCH(bool, running);
        const QString name = running ? u"alive"_s : u"asleep"_s;
        const docker::Target container = prepared(name, running);

        const auto listing = listed(container, "/data");
        QVERIFY(listing.contains("/data/notes.txt"));
        QCOMPARE(listing.at("/data/notes.txt").mode, 0640U);
        QCOMPARE(listing.at("/data/notes.txt").userId, 1234);
        QCOMPARE(listing.at("/data/notes.txt").groupId, 567);
        QCOMPARE(listing.at("/data/notes.txt").size, 6);
        QCOMPARE(listing.at("/data/link").target, "notes.txt");
        QVERIFY(listing.contains("/data/deep/er/leaf"));
        QVERIFY(listed(container, "/").contains("/data"));
        QVERIFY(listed(container, "/datalink").contains("/datalink/notes.txt"));

        edit(container);
        copies(container);
        marks(container);
        names(container);
        errands(container, running);
        faults(container);
        m_engine.docker({u"rm"_s, u"-f"_s, name});
    }

    void anImageWithoutTheProgramIsTold()
    {
        m_engine.docker({u"run"_s, u"-d"_s, u"--name"_s, u"bare"_s, u"busybox"_s, u"/bin/busybox"_s,
                         u"sleep"_s, u"1000"_s});
        const docker::Target container{"bare", "bare"};
        const auto removed = finished(m_files->remove(container, {"/etc"}));
        QVERIFY(!removed);
        qInfo("without rm: %d %d %s", int(removed.error().kind), removed.error().code,
              removed.error().detail.c_str());
        QCOMPARE(removed.error().kind, ErrorKind::NotInstalled);
        m_engine.docker({u"rm"_s, u"-f"_s, u"bare"_s});
    }

    void historyHasTheLines()
    {
        QStringList lines;
        for (const CommandRecord &record : m_session->history()) {
            QVERIFY(record.milliseconds);
            lines.append(record.line);
        }
        const QString all = lines.join(u'\n');
        QVERIFY2(all.contains(u"docker cp - alive:/data"_s), qPrintable(all));
        QVERIFY2(all.contains(u"docker cp alive:/data/. "_s), qPrintable(all));
        QVERIFY2(all.contains(u"docker cp -a "_s), qPrintable(all));
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

    docker::Target prepared(const QString &name, bool running)
    {
        const QString script =
            u"b=/bin/busybox; $b mkdir -p /data/deep/er; echo hello > /data/notes.txt; "
            "$b chmod 640 /data/notes.txt; $b chown 1234:567 /data/notes.txt; "
            "$b ln -s notes.txt /data/link; $b ln -s data /datalink; "
            "echo leaf > /data/deep/er/leaf; echo twin > /data/twin; "
            "$b ln /data/twin /data/twin2; echo old > '/data/-old name'; "
            "$b ln -s /bin/busybox /bin/rm; $b ln -s /bin/busybox /bin/mv; "
            "echo > /data/ready; exec $b sleep 1000"_s;
        m_engine.docker({u"run"_s, u"-d"_s, u"--name"_s, name, u"busybox"_s, u"/bin/busybox"_s,
                         u"sh"_s, u"-c"_s, script});
        const docker::Target container{name.toStdString(), name.toStdString()};
        [&] {
            QTRY_VERIFY_WITH_TIMEOUT(finished(m_files->existing(container, {"/data/ready"}))
                                             .value_or(std::vector<std::string>())
                                             .size() == 1,
                                     20'000);
        }();
        if (!running) {
            m_engine.docker({u"kill"_s, name});
        }
        return container;
    }

    std::map<std::string, FileEntry> listed(const docker::Target &container,
                                            const std::string &folder)
    {
        std::map<std::string, FileEntry> all;
        const auto report = finished(m_files->readFolder(
            container, folder, [&all](std::vector<FileEntry> entries, const FolderProgress &) {
                for (FileEntry &entry : entries) {
                    all.insert_or_assign(entry.path, std::move(entry));
                }
            }));
        if (!report) {
            qWarning("%s", report.error().detail.c_str());
        }
        return report ? all : std::map<std::string, FileEntry>();
    }

    void edit(const docker::Target &container)
    {
        const auto before = finished(m_files->readFile(container, "/data/notes.txt", 1000));
        QVERIFY(before && before->isWhole);
        QCOMPARE(before->bytes, "hello\n");
        QVERIFY(!finished(m_files->readFile(container, "/data/notes.txt", 3))->isWhole);
        const auto after = finished(m_files->saveFile(container, *before, "good bye\n", false));
        QVERIFY2(after, after ? "" : after.error().detail.c_str());
        QCOMPARE(after->bytes, "good bye\n");
        QCOMPARE(after->entry.mode, 0640U);
        QCOMPARE(after->entry.userId, 1234);
        QCOMPARE(after->entry.groupId, 567);
        QVERIFY(after->entry.modifiedAt >= before->entry.modifiedAt);
        // What was read first is not what is there any more.
        const auto clash = finished(m_files->saveFile(container, *before, "no\n", false));
        QVERIFY(!clash);
        QCOMPARE(clash.error().kind, ErrorKind::Conflict);
        QVERIFY(finished(m_files->saveFile(container, *before, "yes\n", true)));
    }

    void copies(const docker::Target &container)
    {
        QTemporaryDir folder;
        const std::string out = folder.filePath(u"out"_s).toStdString();
        const auto copied = finished(m_files->copyOut({.container = container,
                                                       .path = "/data",
                                                       .isFolder = true,
                                                       .size = 0,
                                                       .localPath = out},
                                                      {}));
        QVERIFY2(copied, copied ? "" : copied.error().detail.c_str());
        QFile leaf(folder.filePath(u"out/deep/er/leaf"_s));
        QVERIFY(leaf.open(QFile::ReadOnly));
        QCOMPARE(leaf.readAll(), "leaf\n");
        const std::string one = folder.filePath(u"one"_s).toStdString();
        QVERIFY(finished(m_files->copyOut({.container = container,
                                           .path = "/data/notes.txt",
                                           .isFolder = false,
                                           .size = 4,
                                           .localPath = one},
                                          {})));
        QCOMPARE(QFileInfo(QString::fromStdString(one)).size(), 4);

        QFile big(folder.filePath(u"out/big"_s));
        QVERIFY(big.open(QFile::WriteOnly));
        for (int i = 0; i < 40; ++i) {
            big.write(QByteArray(200'000, char('a' + i % 26)));
        }
        big.close();
        const auto back = finished(m_files->copyIn({.container = container,
                                                    .localPath = out,
                                                    .folder = "/",
                                                    .name = "back",
                                                    .isFolder = true},
                                                   {}));
        QVERIFY2(back, back ? "" : back.error().detail.c_str());
        const auto listing = listed(container, "/back");
        QCOMPARE(listing.at("/back/big").size, 8'000'000);
        QCOMPARE(listing.at("/back/big").userId, 0); // the container's user
        QVERIFY(listing.contains("/back/deep/er/leaf"));

        QVERIFY(finished(m_files->makeFolder(container, "/data/new")));
        QCOMPARE(listed(container, "/data").at("/data/new").kind, FileKind::Folder);
        const auto again = finished(m_files->makeFolder(container, "/data/new"));
        QVERIFY(!again);
        QCOMPARE(again.error().kind, ErrorKind::Conflict);
    }

    /// A file of two names tells of both, whichever the engine packs first.
    void names(const docker::Target &container)
    {
        auto listing = listed(container, "/data");
        const std::string &first = listing.at("/data/twin").sameAs;
        const std::string &second = listing.at("/data/twin2").sameAs;
        QVERIFY(first.empty() != second.empty());
        QCOMPARE(first + second, first.empty() ? "/data/twin" : "/data/twin2");
        QVERIFY(listing.at("/data/notes.txt").sameAs.empty());
    }

    void errands(const docker::Target &container, bool running)
    {
        const auto renamed =
            finished(m_files->rename(container, "/data/-old name", "/data/-new\tname"));
        if (!running) {
            QVERIFY(!renamed);
            QVERIFY(!finished(m_files->remove(container, {"/data/deep"})));
            QVERIFY(listed(container, "/data").contains("/data/deep"));
            return;
        }
        QVERIFY2(renamed, renamed ? "" : renamed.error().detail.c_str());
        auto listing = listed(container, "/data");
        QVERIFY(listing.contains("/data/-new\tname"));
        QVERIFY(!listing.contains("/data/-old name"));
        const auto taken = finished(m_files->rename(container, "/data/twin", "/data/notes.txt"));
        QVERIFY(!taken);
        QCOMPARE(taken.error().kind, ErrorKind::Conflict);
        const auto gone = finished(m_files->rename(container, "/data/nowhere", "/data/x"));
        QVERIFY(!gone);
        QCOMPARE(gone.error().code, 1);
        QVERIFY2(gone.error().detail.contains("nowhere"), gone.error().detail.c_str());
        QCOMPARE(m_session->history().back().error.has_value(), true);
        QVERIFY(finished(m_files->remove(container, {"/data/deep", "/data/-new\tname"})));
        listing = listed(container, "/data");
        QVERIFY(!listing.contains("/data/deep"));
        QVERIFY(!listing.contains("/data/-new\tname"));
        QVERIFY(listing.contains("/data/twin"));
    }

    void marks(const docker::Target &container)
    {
        const auto changes = finished(m_files->changes(container));
        QVERIFY(changes);
        const auto found =
            std::ranges::find(*changes, std::string("/back/big"), &docker::FileChange::path);
        QVERIFY(found != changes->end());
        QCOMPARE(found->kind, docker::ChangeKind::Added);
    }

    void faults(const docker::Target &container)
    {
        const auto nothing = [](const auto &, const auto &) {};
        const auto gone = finished(m_files->readFolder(container, "/nowhere", nothing));
        QVERIFY(!gone);
        QCOMPARE(gone.error().kind, ErrorKind::NotFound);
        const auto file = finished(m_files->readFolder(container, "/data/notes.txt", nothing));
        QVERIFY(!file);
        qInfo("a file as a folder: %d %s", int(file.error().kind), file.error().detail.c_str());
        const auto operation = m_files->readFolder(container, "/", nothing);
        operation.cancel();
        const auto cancelled = finished(operation);
        QVERIFY(!cancelled);
        QCOMPARE(cancelled.error().kind, ErrorKind::Cancelled);
    }

    RealEngine m_engine;
    std::unique_ptr<EngineSession> m_session;
    std::unique_ptr<ContainerFiles> m_files;
};

} // namespace tst_container_files_live

ROADSTEAD_GUILESS_TEST(tst_container_files_live::TestContainerFilesLive)
#include "tst_container_files_live.moc"
