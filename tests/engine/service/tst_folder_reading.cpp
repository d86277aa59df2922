// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/archive/writer.h"
#include "engine/service/files/byte_flow.h"
#include "engine/service/files/copy.h"
#include "engine/service/files/folder_reading.h"
#include "tests/support/test_program/test_program.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <future>
#include <string>
#include <thread>
#include <vector>

namespace tst_folder_reading {

using namespace roadstead;
using namespace roadstead::service;

namespace {

archive::Entry folderEntry(std::string path)
{
    archive::Entry entry;
    entry.kind = archive::EntryKind::Folder;
    entry.path = std::move(path);
    entry.mode = 0755;
    return entry;
}

archive::Entry fileOf(std::string path, std::int64_t size = 0)
{
    archive::Entry entry;
    entry.path = std::move(path);
    entry.size = size;
    entry.mode = 0640;
    entry.userId = 1000;
    entry.groupId = 50;
    entry.modifiedAt = 1'700'000'000;
    return entry;
}

archive::Entry linkOf(archive::EntryKind kind, std::string path, std::string target)
{
    archive::Entry entry = fileOf(std::move(path));
    entry.kind = kind;
    entry.target = std::move(target);
    return entry;
}

std::string packed(const std::vector<archive::Entry> &entries)
{
    std::string bytes;
    auto writer = archive::Writer::open([&bytes](std::string_view piece) -> Result<void> {
        bytes.append(piece);
        return {};
    });
    for (const archive::Entry &entry : entries) {
        if (!writer->begin(entry) ||
            !writer->write(std::string(static_cast<std::size_t>(entry.size), 'x'))) {
            qFatal("not an entry");
        }
    }
    return writer->finish() ? bytes : std::string();
}

struct Listing
{
    std::vector<FileEntry> entries;
    Result<FolderReport> report;
    [[nodiscard]] std::vector<std::string> paths() const
    {
        std::vector<std::string> all;
        for (const FileEntry &entry : entries) {
            all.push_back(entry.path);
        }
        return all;
    }
};

Listing listed(const std::string &bytes, const std::string &folder = "/app",
               const FolderLimits &limits = {})
{
    Listing listing{{}, failure(ErrorKind::Internal, "test")};
    listing.report = readFolderArchive(
        archive::sourceOf(bytes), folder,
        [&listing](std::vector<FileEntry> entries, const FolderProgress &) {
            std::ranges::move(entries, std::back_inserter(listing.entries));
            return true;
        },
        limits);
    return listing;
}

using Paths = std::vector<std::string>;

} // namespace

/// Listing a folder by the headers of its archive, and what carries the bytes.
class TestFolderReading : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void pathsAreMade_data()
    {
        QTest::addColumn<QByteArray>("folder");
        QTest::addColumn<QByteArray>("top");
        QTest::addColumn<QByteArray>("path");
        QTest::addRow("under its own name")
            << QByteArray("/app") << QByteArray("app/") << QByteArray("/app/a");
        QTest::addRow("under a dot")
            << QByteArray("/app") << QByteArray("./") << QByteArray("/app/a");
        QTest::addRow("the root") << QByteArray("/") << QByteArray("/") << QByteArray("/a");
        QTest::addRow("through a link")
            << QByteArray("/link") << QByteArray("real/") << QByteArray("/link/a");
    }
    void pathsAreMade()
    {
        QFETCH(QByteArray, folder);
        QFETCH(QByteArray, top);
        QFETCH(QByteArray, path);
        const std::string bytes =
            packed({folderEntry(top.toStdString()), fileOf(top.toStdString() + "a", 3)});
        const Listing listing = listed(bytes, folder.toStdString());
        QVERIFY(listing.report);
        QCOMPARE(listing.paths(), Paths{path.toStdString()});
        const FileEntry &entry = listing.entries.front();
        QCOMPARE(entry.size, 3);
        QCOMPARE(entry.mode, 0640U);
        QCOMPARE(entry.userId, 1000);
        QCOMPARE(entry.groupId, 50);
        QCOMPARE(entry.modifiedAt, 1'700'000'000);
    }

    void whatIsBelowComesToo()
    {
        const Listing listing =
            listed(packed({folderEntry("app"), folderEntry("app/b"), fileOf("app/b/c", 70'000),
                           folderEntry("app/b/d"), fileOf("app/z")}));
        QVERIFY(listing.report);
        QCOMPARE(listing.paths(), (Paths{"/app/b", "/app/b/c", "/app/b/d", "/app/z"}));
        QCOMPARE(listing.report->wholeFolders, (Paths{"/app/b", "/app/b/d"}));
    }

    void aDeepFolderIsPassedOver()
    {
        std::vector<archive::Entry> entries{folderEntry("app")};
        std::string path = "app";
        for (int i = 0; i < 200; ++i) {
            path += "/d";
            entries.push_back(folderEntry(path));
        }
        entries.push_back(fileOf("app/z"));
        const Listing listing = listed(packed(entries), "/app", {.mostBelow = 10});
        QVERIFY(listing.report);
        QVERIFY(!listing.report->isCut);
        QCOMPARE(listing.entries.size(), 12); // itself at "d", ten below, and "z" after them
        QCOMPARE(listing.entries.back().path, "/app/z");
        QVERIFY(listing.report->wholeFolders.empty()); // of none it is known
    }

    void aHugeFolderIsCut()
    {
        std::vector<archive::Entry> entries{folderEntry("app")};
        for (int i = 0; i < 100; ++i) {
            entries.push_back(fileOf("app/" + std::to_string(i)));
        }
        const Listing here = listed(packed(entries), "/app", {.mostHere = 10});
        QVERIFY(here.report && here.report->isCut);
        QCOMPARE(here.entries.size(), 10);
        const Listing all = listed(packed(entries), "/app", {.mostRead = 21});
        QVERIFY(all.report && all.report->isCut);
        QCOMPARE(all.entries.size(), 20);
    }

    void linksAreTold()
    {
        using enum archive::EntryKind;
        const Listing listing = listed(
            packed({folderEntry("app"), fileOf("app/a", 5), linkOf(HardLink, "app/b", "app/a"),
                    linkOf(SymbolicLink, "app/c", "../../etc/passwd"),
                    linkOf(HardLink, "app/d", "elsewhere/a")}));
        QVERIFY(listing.report);
        QCOMPARE(listing.entries[1].kind, FileKind::File);
        QCOMPARE(listing.entries[1].size, 5);
        QCOMPARE(listing.entries[1].sameAs, joinPath(parentOf(listing.entries[1].path), "a"));
        QCOMPARE(listing.entries[2].kind, FileKind::Link);
        QCOMPARE(listing.entries[2].target, "../../etc/passwd");
        QCOMPARE(listing.entries[3].size, -1);
        QVERIFY(listing.entries[3].sameAs.empty());
    }

    void aHugeSizeIsPassedOnAsItIs()
    {
        archive::Entry huge = fileOf("app/huge");
        huge.size = std::int64_t(1) << 34; // more than the old format has digits for
        std::string bytes;
        auto writer = archive::Writer::open([&bytes](std::string_view piece) -> Result<void> {
            bytes.append(piece);
            return {};
        });
        QVERIFY(writer->begin(folderEntry("app")));
        QVERIFY(writer->begin(huge));
        QVERIFY(writer->write(std::string(1000, 'x')));
        // The archive is cut in the contents: what is known is shown, and then the fault.
        const Listing listing = listed(bytes + std::string(64'000, 'x'));
        QVERIFY(!listing.report);
        QCOMPARE(listing.report.error().kind, ErrorKind::MalformedReply);
    }

    void hostileNamesEndIt_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addRow("upwards") << QByteArray("app/../../etc/passwd");
        QTest::addRow("another folder") << QByteArray("etc/passwd");
        QTest::addRow("the folder again") << QByteArray("app/");
    }
    void hostileNamesEndIt()
    {
        QFETCH(QByteArray, name);
        const Listing listing = listed(packed({folderEntry("app"), fileOf(name.toStdString())}));
        QVERIFY(!listing.report);
        QCOMPARE(listing.report.error().kind, ErrorKind::MalformedReply);
    }

    void strangeNamesAreNames()
    {
        const std::string name = "a\n\x1b[31m\xff";
        const Listing listing = listed(packed({folderEntry("app"), fileOf("app/" + name)}));
        QVERIFY(listing.report);
        QCOMPARE(listing.entries.front().path, "/app/" + name);
    }

    void aCutStreamIsAnError()
    {
        std::vector<archive::Entry> entries{folderEntry("app")};
        for (int i = 0; i < 20; ++i) {
            entries.push_back(fileOf("app/" + std::to_string(i), 600));
        }
        const std::string whole = packed(entries);
        for (std::size_t length = 1; length < whole.size() - 1024; length += 777) {
            ByteIntake intake;
            intake.put(std::string_view(whole).substr(0, length));
            intake.end(failure(ErrorKind::ConnectionLost, "test"));
            const auto report = readFolderArchive([&intake] { return intake.take(); }, "/app",
                                                  [](const auto &, const auto &) { return true; });
            QVERIFY(!report);
        }
    }

    void aFileIsNoFolder()
    {
        const Listing listing = listed(packed({fileOf("app", 4)}));
        QVERIFY(!listing.report);
        QCOMPARE(listing.report.error().kind, ErrorKind::Conflict);
    }

    void stoppingWakesTheWorker()
    {
        ByteIntake intake;
        std::jthread stopper([&intake] { intake.stop(); });
        const auto bytes = intake.take();
        QVERIFY(!bytes);
        QCOMPARE(bytes.error().kind, ErrorKind::Cancelled);
        QCOMPARE(intake.put("more"), docker::Flow::Stop);
    }

    void aLaggingWorkerPausesTheEngine()
    {
        ByteIntake intake;
        const std::string piece(600'000, 'x');
        QCOMPARE(intake.put(piece), docker::Flow::Continue);
        QCOMPARE(intake.put(piece), docker::Flow::Pause);
        QCOMPARE(intake.take()->size(), piece.size());
        QCOMPARE(intake.taken(), piece.size());
    }

    void anOutletGivesWhatWasPutAndItsFault()
    {
        ByteOutlet outlet;
        std::string room(4, ' ');
        QCOMPARE(outlet.give(room)->bytes, 0U);
        QVERIFY(outlet.put("abcdef"));
        QCOMPARE(outlet.give(room)->bytes, 4U);
        outlet.end({});
        const auto last = outlet.give(room);
        QVERIFY(last && last->ended);
        QCOMPARE(last->bytes, 2U);
        ByteOutlet broken;
        broken.end(failure(ErrorKind::Io, "test"));
        QVERIFY(!broken.give(room));
        broken.close();
        QVERIFY(!broken.put("x"));
    }

    void aFailedCopyLeavesNothing()
    {
        QTemporaryDir folder;
        const std::string place = folder.filePath("copy").toStdString();
        const std::string bytes = packed({folderEntry("."), fileOf("a", 10), fileOf("../b")});
        QVERIFY(!placeFolder(archive::sourceOf(bytes), place, [](const auto &) { return true; }));
        QVERIFY(QDir(folder.path()).isEmpty());
        const auto cancelled =
            placeFile(archive::sourceOf(bytes), place, [](const auto &) { return false; });
        QVERIFY(!cancelled);
        QVERIFY(QDir(folder.path())
                    .entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot)
                    .isEmpty());
    }

    void whatIsPackedIsPlacedAgain()
    {
        QTemporaryDir folder;
        QVERIFY(QDir(folder.path()).mkpath("from/deep"));
        QFile file(folder.filePath("from/deep/file"));
        QVERIFY(file.open(QFile::WriteOnly));
        file.write(QByteArray(200'000, 'q'));
        file.close();
        QVERIFY(QFile::link("deep/file", folder.filePath("from/link")));
        std::string bytes;
        const auto always = [](const CopyProgress &) { return true; };
        const auto report = packLocal(
            [&bytes](std::string_view piece) -> Result<void> {
                bytes.append(piece);
                return {};
            },
            folder.filePath("from").toStdString(), ".", always);
        QVERIFY(report);
        QCOMPARE(report->bytes, 200'000U);
        QVERIFY(placeFolder(archive::sourceOf(bytes), folder.filePath("to").toStdString(), always));
        QCOMPARE(QFileInfo(folder.filePath("to/deep/file")).size(), 200'000);
        QCOMPARE(QFileInfo(folder.filePath("to/link")).symLinkTarget(),
                 folder.filePath("to/deep/file"));
    }

    void typedPathsAreCleaned()
    {
        QCOMPARE(cleanPath("app//./dist/../x/"), "/app/x");
        QCOMPARE(cleanPath("/../.."), "/");
        QCOMPARE(cleanPath(""), "/");
        QCOMPARE(parentOf("/a"), "/");
        QCOMPARE(fileNameOf("/a/b"), "b");
    }
};

} // namespace tst_folder_reading

ROADSTEAD_GUILESS_TEST(tst_folder_reading::TestFolderReading)
#include "tst_folder_reading.moc"
