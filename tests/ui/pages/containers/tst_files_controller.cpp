// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/test_program/test_program.h"
#include "tests/ui/support/fake_file_access.h"
#include "ui/pages/containers/files/file_copies.h"
#include "ui/pages/containers/files/files_controller.h"

#include <QAbstractItemModelTester>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

namespace tst_files_controller {

using namespace roadstead;
using namespace roadstead::ui;
using service::FileEntry;
using service::FileKind;
using test::FakeFileAccess;
using State = FilesController::State;

namespace {

FileEntry made(const std::string &path, FileKind kind = FileKind::File)
{
    FileEntry entry;
    entry.path = path;
    entry.kind = kind;
    entry.mode = 0644;
    return entry;
}

const docker::Target web{"id", "web"};

} // namespace

/// Which folder is shown, and what is known of it; and copies.
class FilesControllerTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void rowsComeWhileItIsRead();
    void goingElsewhereEndsTheReading();
    void whatWasReadBelowIsShownAtOnce();
    void stoppingKeepsWhatCame();
    void readingAnewDropsWhatHasGone();
    void changesAndOwnersAreShown();
    void foldersStandFirstInBothOrders();
    void aFailureKeepsWhatWasRead();
    void anyListsPassTheModelTester();
    void modesAreWrittenAsLsDoes();
    void copiesAskOnceAndGoOn();
    void keepingBothFindsAFreeName();
};

void FilesControllerTest::rowsComeWhileItIsRead()
{
    FakeFileAccess files;
    files.holdsFolders = true;
    FilesController controller(&files, nullptr);
    controller.open(web, "/app");
    QVERIFY(files.held.empty()); // not on screen
    controller.setActive(true);
    QCOMPARE(controller.state(), State::Reading);
    files.held[0].found({made("/app/a")}, {1});
    QCOMPARE(controller.model()->rowCount(), 1);
    files.held[0].found({made("/app/b"), made("/app/x/deep")}, {3});
    QCOMPARE(controller.model()->rowCount(), 2);
    QCOMPARE(controller.entriesRead(), 3U);
    FakeFileAccess::finish<service::FolderReport>(files.held[0].promise, service::FolderReport{});
    QTRY_COMPARE(controller.state(), State::Ready);
    QVERIFY(controller.readAt());
}

void FilesControllerTest::goingElsewhereEndsTheReading()
{
    FakeFileAccess files;
    files.holdsFolders = true;
    FilesController controller(&files, nullptr);
    controller.setActive(true);
    controller.open(web, "/");
    controller.go("/etc");
    QVERIFY(files.cancelled > 0);
    files.held[0].found({made("/etc/late")}, {1}); // the old reading's
    QCOMPARE(controller.model()->rowCount(), 0);
    controller.back();
    QCOMPARE(controller.path(), "/");
    QCOMPARE(files.held.size(), 3U);
}

void FilesControllerTest::whatWasReadBelowIsShownAtOnce()
{
    FakeFileAccess files;
    files.holdsFolders = true;
    FilesController controller(&files, nullptr);
    controller.setActive(true);
    controller.open(web, "/app");
    files.held[0].found({made("/app/sub", FileKind::Folder), made("/app/sub/file")}, {2});
    FakeFileAccess::finish<service::FolderReport>(files.held[0].promise,
                                                  service::FolderReport{{2}, false, {"/app/sub"}});
    QTRY_COMPARE(controller.state(), State::Ready);
    controller.go("/app/sub");
    QCOMPARE(controller.state(), State::Ready);
    QCOMPARE(controller.model()->rowCount(), 1);
    QCOMPARE(files.held.size(), 1U);
    controller.refresh();
    QCOMPARE(files.held.size(), 2U);
    QCOMPARE(controller.model()->rowCount(), 1); // stays until it is read anew
}

void FilesControllerTest::stoppingKeepsWhatCame()
{
    FakeFileAccess files;
    files.holdsFolders = true;
    FilesController controller(&files, nullptr);
    controller.setActive(true);
    controller.open(web, "/app");
    files.held[0].found({made("/app/a")}, {1});
    controller.stop();
    QCOMPARE(controller.state(), State::Stopped);
    QCOMPARE(controller.model()->rowCount(), 1);
    controller.setActive(false);
    controller.setActive(true); // it was not read whole
    QCOMPARE(controller.state(), State::Reading);
}

void FilesControllerTest::readingAnewDropsWhatHasGone()
{
    FakeFileAccess files;
    files.add(made("/app/a"));
    files.add(made("/app/b"));
    FilesController controller(&files, nullptr);
    controller.setActive(true);
    controller.open(web, "/app");
    QTRY_COMPARE(controller.state(), State::Ready);
    QCOMPARE(controller.model()->rowCount(), 2);
    files.contents.erase("/app/a");
    controller.refresh();
    QTRY_COMPARE(controller.state(), State::Ready);
    QCOMPARE(controller.model()->rowCount(), 1);
}

void FilesControllerTest::changesAndOwnersAreShown()
{
    FakeFileAccess files;
    FileEntry entry = made("/app/a");
    entry.userId = 1000;
    entry.groupId = 7;
    files.add(entry);
    files.add(made("/etc/passwd"), "root:x:0:0::/:/bin/sh\nbroken\nnode:x:1000:1000::/:\n");
    files.changed = {{"/app", docker::ChangeKind::Modified},
                     {"/app/a", docker::ChangeKind::Added},
                     {"/app/gone", docker::ChangeKind::Deleted},
                     {"/app/sub/gone", docker::ChangeKind::Deleted}};
    FilesController controller(&files, nullptr);
    controller.setActive(true);
    controller.open(web, "/app");
    QTRY_COMPARE(controller.model()->rowCount(), 2);
    QTRY_COMPARE(controller.model()->index(0, FileOwnerColumn).data().toString(),
                 QString("node:7"));
    QCOMPARE(controller.model()->index(0, FileChangeColumn).data().toString(), QString("Added"));
    QCOMPARE(controller.model()->index(1, FileChangeColumn).data().toString(), QString("Deleted"));
    QCOMPARE(controller.changeCount(docker::ChangeKind::Deleted), 2);
}

void FilesControllerTest::foldersStandFirstInBothOrders()
{
    FileListModel model;
    FileListProxy proxy(&model);
    const std::vector<FileFacts> snapshot{{made("/a"), {}, {}},
                                          {made("/b", FileKind::Folder), {}, {}},
                                          {made("/c"), docker::ChangeKind::Added, {}}};
    model.apply(snapshot);
    const auto names = [&proxy] {
        QStringList all;
        for (int row = 0; row < proxy.rowCount(); ++row) {
            all.append(proxy.rowAt(proxy.index(row, 0))->name);
        }
        return all.join(QString());
    };
    QCOMPARE(names(), QString("bac"));
    proxy.sort(FileNameColumn, Qt::DescendingOrder);
    QCOMPARE(names(), QString("bca"));
    proxy.setFilter({}, true);
    QCOMPARE(names(), QString("c"));
    proxy.setFilter("A", false);
    QCOMPARE(names(), QString("a"));
}

void FilesControllerTest::aFailureKeepsWhatWasRead()
{
    FakeFileAccess files;
    files.add(made("/app/a"));
    FilesController controller(&files, nullptr);
    controller.setActive(true);
    controller.open(web, "/app");
    QTRY_COMPARE(controller.state(), State::Ready);
    files.fault = Error{ErrorKind::ConnectionLost, 0, {}, {}};
    controller.refresh();
    QTRY_COMPARE(controller.state(), State::Failed);
    QCOMPARE(controller.model()->rowCount(), 1);
    QVERIFY(controller.error());
}

void FilesControllerTest::anyListsPassTheModelTester()
{
    FileListModel model;
    FileListProxy proxy(&model);
    const QAbstractItemModelTester tester(&model,
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    const QAbstractItemModelTester proxyTester(
        &proxy, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QRandomGenerator random(7);
    for (int round = 0; round < 60; ++round) {
        std::map<std::string, FileFacts> rows;
        for (quint32 i = random.bounded(40U); i > 0; --i) {
            const std::string path = "/" + std::to_string(random.bounded(60));
            FileEntry entry =
                made(path, random.bounded(3) == 0 ? FileKind::Folder : FileKind::File);
            entry.size = random.bounded(1000);
            rows.insert_or_assign(path, FileFacts{entry, {}, "\x1b[31m\xff"});
        }
        std::vector<FileFacts> snapshot;
        for (const auto &[path, facts] : rows) {
            snapshot.push_back(facts);
        }
        model.apply(snapshot);
        QCOMPARE(model.size(), snapshot.size());
    }
}

void FilesControllerTest::modesAreWrittenAsLsDoes()
{
    QCOMPARE(modeText(0755), QString("rwxr-xr-x"));
    QCOMPARE(modeText(04755), QString("rwsr-xr-x"));
    QCOMPARE(modeText(02640), QString("rw-r-S---"));
    QCOMPARE(modeText(01777), QString("rwxrwxrwt"));
    QCOMPARE(octalMode(0644), QString("0644"));
}

void FilesControllerTest::copiesAskOnceAndGoOn()
{
    FakeFileAccess files;
    files.add(made("/app/a.txt"));
    FileCopies copies(&files, nullptr);
    QSignalSpy conflicts(&copies, &FileCopies::conflictsFound);
    FileCopies::Outcome outcome;
    connect(&copies, &FileCopies::finished, this,
            [&outcome](const FileCopies::Outcome &now) { outcome = now; });
    copies.start(FileCopies::Direction::In, web,
                 {{"/home/a.txt", "/app/a.txt", false, 1}, {"/home/d", "/app/d", true, 0}});
    QTRY_COMPARE(conflicts.count(), 1);
    copies.resolve(FileCopies::Choice::Skip);
    QTRY_VERIFY(!copies.isBusy());
    QCOMPARE(outcome.done, 1U);
    QCOMPARE(files.lines, QStringList{"docker cp -a /home/d/. web:/app/d"});
    files.fault = Error{ErrorKind::Io, 0, {}, {}};
    copies.start(FileCopies::Direction::In, web, {{"/home/x", "/app/x", false, 1}});
    QTRY_VERIFY(outcome.error);
    QCOMPARE(outcome.failed, "/home/x");
}

void FilesControllerTest::keepingBothFindsAFreeName()
{
    FakeFileAccess files;
    files.add(made("/app/a.txt"));
    files.add(made("/app/a (2).txt"));
    FileCopies copies(&files, nullptr);
    QSignalSpy conflicts(&copies, &FileCopies::conflictsFound);
    copies.start(FileCopies::Direction::In, web, {{"/home/a.txt", "/app/a.txt", false, 1}});
    QTRY_COMPARE(conflicts.count(), 1);
    copies.resolve(FileCopies::Choice::KeepBoth);
    QTRY_VERIFY(!copies.isBusy());
    QCOMPARE(files.lines, QStringList{"docker cp -a /home/a.txt 'web:/app/a (3).txt'"});
    QCOMPARE(numberedPath("/a.b/.hidden", 2), "/a.b/.hidden (2)");
}

} // namespace tst_files_controller

ROADSTEAD_GUILESS_TEST(tst_files_controller::FilesControllerTest)
#include "tst_files_controller.moc"
