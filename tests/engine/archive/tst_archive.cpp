// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/archive/entry_path.h"
#include "engine/archive/extraction.h"
#include "engine/archive/reader.h"
#include "engine/archive/writer.h"
#include "engine/base/files.h"
#include "engine/build/context_tar.h"
#include "tests/support/test_program/test_program.h"

#include <QDir>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cerrno>
#include <memory>

#include <sys/stat.h>
#include <unistd.h>

namespace tst_archive {

using namespace Qt::StringLiterals;
using namespace roadstead;
using namespace roadstead::archive;
using namespace std::string_literals;

namespace {

struct Made
{
    Entry entry;
    std::string text;
};

Made file(std::string path, std::string text = "x", unsigned mode = 0644)
{
    Made made{{.path = std::move(path), .target = {}, .mode = mode}, std::move(text)};
    made.entry.size = std::int64_t(made.text.size());
    return made;
}

Made other(EntryKind kind, std::string path, std::string target = {}, unsigned mode = 0755)
{
    return {{.kind = kind, .path = std::move(path), .target = std::move(target), .mode = mode}, {}};
}

std::string tarOf(const std::vector<Made> &all, Packing packing = Packing::None)
{
    std::string bytes;
    auto writer = Writer::open(
        [&bytes](std::string_view piece) -> Result<void> {
            bytes.append(piece);
            return {};
        },
        packing);
    for (const Made &one : all) {
        if (!writer->begin(one.entry) || !writer->write(one.text)) {
            return "bad";
        }
    }
    return writer->finish() ? bytes : "bad";
}

mode_t modeOf(const std::string &path)
{
    struct stat status{};
    return ::lstat(path.c_str(), &status) == 0 ? status.st_mode : 0;
}

} // namespace

/// Tar archives in and out.
class TestArchive : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup() { m_folder.reset(); }
    void whatIsWrittenIsRead();
    void attributesComeBack();
    void tarReadsWhatWeWrite();
    void filesKeepTheirAnnouncedSize();
    void aSinkThatFailsStopsTheWriter();
    void aCutArchiveIsAnError();
    void rubbishIsAnError();
    void limitsHold();
    void treesAreUnpacked();
    void waysOutAreRefused_data();
    void waysOutAreRefused();
    void outsideLinksAreLeftOut();
    void linksKnowWhatStaysInside_data();
    void linksKnowWhatStaysInside();
    void nothingDangerousIsMade();
    void anExistingFileIsReplacedWhole();
    void aFolderIsNotReplacedByAFile();
    void extractionCanBeCancelled();
    void aBuildContextIsATar();

private:
    Result<ExtractReport> unpack(const std::vector<Made> &all, const ExtractRules &rules = {})
    {
        const std::string bytes = tarOf(all);
        return extract(sourceOf(bytes), m_root, rules);
    }
    std::unique_ptr<QTemporaryDir> m_folder;
    std::string m_root;
};

void TestArchive::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_root = m_folder->path().toStdString() + "/dest";
    QVERIFY(makeFolders(m_root, 0700));
    QVERIFY(makeFolders(m_folder->path().toStdString() + "/victim", 0700));
}

void TestArchive::whatIsWrittenIsRead()
{
    const std::string longName = "d/" + std::string(200, 'n') + "/ü\n\x1b";
    for (const Packing packing : {Packing::None, Packing::Gzip}) {
        const std::string bytes =
            tarOf({other(EntryKind::Folder, "d/"), file(longName, "text", 04755),
                   other(EntryKind::SymbolicLink, "l", "target"),
                   other(EntryKind::HardLink, "h", longName), other(EntryKind::Pipe, "p"),
                   file("caf\xe9")},
                  packing);
        auto reader = Reader::open(sourceOf(bytes));
        QCOMPARE((**reader->next()).path, "d/"s);
        const auto long1 = reader->next();
        QCOMPARE((**long1).path, longName);
        QCOMPARE((**long1).mode, 04755U);
        QCOMPARE(std::string(*reader->read()), "text"s);
        QVERIFY(reader->read()->empty());
        QCOMPARE((**reader->next()).target, "target"s);
        const auto hard = reader->next();
        QVERIFY((**hard).kind == EntryKind::HardLink);
        QCOMPARE((**hard).target, longName);
        QVERIFY((**reader->next()).kind == EntryKind::Pipe);
        QCOMPARE((**reader->next()).path, "caf\xe9"s);
        QVERIFY(!reader->next()->has_value());
    }
}

/// What a program may do as a file's capability, which has zeros in it.
void TestArchive::attributesComeBack()
{
    Made made = file("ping", "program", 0755);
    made.entry.attributes = {{"security.capability", "\1\0\0\2\0\x20\0\0\0\0\0\0"s},
                             {"user.note", "ü"s}};
    const std::string bytes = tarOf({made, file("plain")});
    auto reader = Reader::open(sourceOf(bytes));
    const auto first = reader->next();
    QCOMPARE((**first).attributes.size(), 2U);
    for (const Attribute &attribute : made.entry.attributes) {
        QVERIFY(std::ranges::contains((**first).attributes, attribute));
    }
    QVERIFY((**reader->next()).attributes.empty());
}

void TestArchive::tarReadsWhatWeWrite()
{
    const std::string path = m_folder->path().toStdString() + "/a.tar";
    QVERIFY(replaceFile(path, tarOf({other(EntryKind::Folder, "d/"), file("d/f", "text")}), 0600));
    QProcess tar;
    tar.start(u"tar"_s, {u"-tf"_s, QString::fromStdString(path)});
    QVERIFY(tar.waitForFinished());
    QCOMPARE(tar.readAllStandardOutput(), "d/\nd/f\n");
    QCOMPARE(tar.exitCode(), 0);
}

void TestArchive::filesKeepTheirAnnouncedSize()
{
    const auto sink = [](std::string_view) -> Result<void> { return {}; };
    auto writer = Writer::open(sink);
    Entry entry = file("f", "abc").entry;
    QVERIFY(writer->begin(entry));
    QVERIFY(writer->write("ab"));
    QCOMPARE(writer->write("cd").error().kind, ErrorKind::InvalidArgument);
    QCOMPARE(writer->finish().error().kind, ErrorKind::InvalidArgument);
    QVERIFY(writer->write("c"));
    entry.path.clear();
    QCOMPARE(writer->begin(entry).error().kind, ErrorKind::InvalidArgument);
    QVERIFY(writer->finish());
}

void TestArchive::aSinkThatFailsStopsTheWriter()
{
    auto writer = Writer::open(
        [](std::string_view) -> Result<void> { return failure(ErrorKind::DiskFull, "test"); });
    Result<void> written = writer->begin(file("f", std::string(1 << 20, 'x')).entry);
    if (written) {
        written = writer->write(std::string(1 << 20, 'x'));
    }
    QVERIFY(!written);
    QCOMPARE(written.error().kind, ErrorKind::DiskFull);
}

void TestArchive::aCutArchiveIsAnError()
{
    const std::string whole = tarOf({file("a", std::string(3000, 'x')), file("b")});
    for (const std::size_t length : {100U, 700U, 2000U}) {
        const auto report = extract(sourceOf(std::string_view(whole).substr(0, length)), m_root);
        QVERIFY(!report);
        QCOMPARE(report.error().kind, ErrorKind::MalformedReply);
        QVERIFY(QDir(QString::fromStdString(m_root))
                    .isEmpty(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot));
    }
}

void TestArchive::rubbishIsAnError()
{
    const std::string rubbish(2000, 'r');
    const auto report = extract(sourceOf(rubbish), m_root);
    QVERIFY(!report);
    QVERIFY(!report.error().detail.empty());
    QVERIFY(extract(sourceOf(std::string_view()), m_root)); // nothing is an empty archive
    const auto failed = extract(
        []() -> Result<std::string_view> { return failure(ErrorKind::ConnectionLost, "test"); },
        m_root);
    QCOMPARE(failed.error().kind, ErrorKind::ConnectionLost);
}

void TestArchive::limitsHold()
{
    ExtractRules rules;
    rules.limits.mostEntries = 2;
    QVERIFY(unpack({file("a"), file("b")}, rules));
    QCOMPARE(unpack({file("a"), file("b"), file("c")}, rules).error().kind,
             ErrorKind::MalformedReply);
    rules.limits = {.mostEntries = 10, .mostBytes = 5};
    QVERIFY(unpack({file("a", "123"), file("b", "12")}, rules));
    QCOMPARE(unpack({file("a", "123"), file("c", "123")}, rules).error().kind,
             ErrorKind::MalformedReply);
    QCOMPARE(modeOf(m_root + "/c"), mode_t(0));
}

void TestArchive::treesAreUnpacked()
{
    const auto report = unpack(
        {other(EntryKind::Folder, "./", {}, 0777), other(EntryKind::Folder, "./d/", {}, 0500),
         file("./d/f", "text", 0666), file("/absolute", "a"), file("deep/er/g", "g", 0400),
         other(EntryKind::SymbolicLink, "d/up", "../absolute"),
         other(EntryKind::HardLink, "hard", "./d/f")});
    QVERIFY2(report.has_value(), report ? "" : report.error().detail.c_str());
    QCOMPARE(report->leftOutCount, 0U);
    QCOMPARE(report->done.bytes, 6U);
    QCOMPARE(readFile(m_root + "/d/f", 10).value(), "text"s);
    QCOMPARE(readFile(m_root + "/d/up", 10).value(), "a"s);
    QCOMPARE(modeOf(m_root + "/d/f") & 07777U, 0644U);
    QCOMPARE(modeOf(m_root + "/deep/er/g") & 07777U, 0400U);
    QCOMPARE(modeOf(m_root + "/d") & 07777U, 0700U);
    QCOMPARE(modeOf(m_root) & 07777U, 0700U); // not the archive's to change
    struct stat one{};
    struct stat two{};
    QCOMPARE(::stat((m_root + "/d/f").c_str(), &one), 0);
    QCOMPARE(::stat((m_root + "/hard").c_str(), &two), 0);
    QCOMPARE(one.st_ino, two.st_ino);
}

void TestArchive::waysOutAreRefused_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("target");
    const auto row = [](const char *reason, EntryKind kind, const char *path, const char *target) {
        QTest::newRow(reason) << int(kind) << QByteArray(path) << QByteArray(target);
    };
    row("file above", EntryKind::File, "../victim/x", "");
    row("file above, hidden", EntryKind::File, "a/../../victim/x", "");
    row("folder above", EntryKind::Folder, "../victim/d", "");
    row("hard link to above", EntryKind::HardLink, "h", "../victim/hello");
    row("hard link to absolute", EntryKind::HardLink, "h", "/etc/hostname");
    row("hard link to a folder", EntryKind::HardLink, "h", ".");
    row("hard link to nothing", EntryKind::HardLink, "h", "nothing");
    row("too deep", EntryKind::File, QByteArray("d/").repeated(300).constData(), "");
    row("component too long", EntryKind::File, QByteArray(256, 'n').constData(), "");
}

void TestArchive::waysOutAreRefused()
{
    QFETCH(int, kind);
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, target);
    const auto report = unpack({other(EntryKind(kind), path.toStdString(), target.toStdString())});
    QVERIFY(!report);
    QVERIFY(!report.error().detail.empty());
    QVERIFY(QDir(m_folder->filePath(u"victim"_s)).isEmpty());
}

void TestArchive::outsideLinksAreLeftOut()
{
    const std::vector<Made> tree{other(EntryKind::SymbolicLink, "out", "../victim"),
                                 file("out/x", "over")};
    const auto report = unpack({tree.front()});
    QCOMPARE(report->leftOutCount, 1U);
    QCOMPARE(report->leftOut.front().path, "out"s);
    QVERIFY(report->leftOut.front().why == LeftOut::OutsideLink);
    ExtractRules keeping;
    keeping.keepsOutsideLinks = true;
    QVERIFY(unpack({tree.front()}, keeping));
    QVERIFY(S_ISLNK(modeOf(m_root + "/out")));
    QVERIFY(!unpack(tree, keeping)); // nothing is written through it
    QVERIFY(QDir(m_folder->filePath(u"victim"_s)).isEmpty());
    // A hard link to a link that is inside, from where it would lead out.
    const auto moved = unpack({other(EntryKind::SymbolicLink, "a/b/l", "../../f"),
                               other(EntryKind::HardLink, "l2", "a/b/l")});
    QVERIFY(moved.has_value());
    QCOMPARE(moved->leftOutCount, 1U);
    QCOMPARE(modeOf(m_root + "/l2"), mode_t(0));
}

void TestArchive::linksKnowWhatStaysInside_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<bool>("inside");
    const auto row = [](const char *path, const char *target, bool inside) {
        QTest::addRow("%s to %s", path, target) << QByteArray(path) << QByteArray(target) << inside;
    };
    row("l", "x/y", true);
    row("l", "../x", false);
    row("l", "/x", false);
    row("a/l", "../x", true);
    row("a/l", "../../x", false);
    row("a/b/l", ".././../x", true);
    row("l", "x/..", false);
    row("a/l", "x/../../y", false);
    row("a/l", "..", true);
    row("l", ".", true);
}

void TestArchive::linksKnowWhatStaysInside()
{
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, target);
    QFETCH(bool, inside);
    QCOMPARE(staysInside(path.toStdString(), target.toStdString()), inside);
}

void TestArchive::nothingDangerousIsMade()
{
    const auto report = unpack({file("s", "x", 06755), other(EntryKind::Folder, "t", {}, 07777),
                                other(EntryKind::Pipe, "p"), other(EntryKind::CharacterDevice, "c"),
                                other(EntryKind::BlockDevice, "b")});
    QCOMPARE(report->leftOutCount, 3U);
    QCOMPARE(modeOf(m_root + "/s") & 07777U, 0755U);
    QCOMPARE(modeOf(m_root + "/t") & 07777U, 0755U);
    QCOMPARE(modeOf(m_root + "/p"), mode_t(0));
}

void TestArchive::anExistingFileIsReplacedWhole()
{
    QVERIFY(replaceFile(m_root + "/f", "the old one", 0600));
    const std::string whole = tarOf({file("f", std::string(100'000, 'n'))});
    QVERIFY(!extract(sourceOf(std::string_view(whole).substr(0, 50'000)), m_root));
    QCOMPARE(readFile(m_root + "/f", 100).value(), "the old one"s);
    QVERIFY(extract(sourceOf(whole), m_root));
    QCOMPARE(readFile(m_root + "/f", 200'000)->size(), 100'000U);
    QVERIFY(unpack({file("f", "1"), file("f", "2")}));
    QCOMPARE(readFile(m_root + "/f", 100).value(), "2"s);
    QVERIFY(unpack({other(EntryKind::SymbolicLink, "f", "g"), file("f", "3")}));
    QCOMPARE(readFile(m_root + "/f", 100).value(), "3"s);
    QVERIFY(unpack({other(EntryKind::Folder, "f")}));
    QVERIFY(S_ISDIR(modeOf(m_root + "/f")));
}

void TestArchive::aFolderIsNotReplacedByAFile()
{
    QVERIFY(makeFolders(m_root + "/d", 0700));
    QCOMPARE(unpack({file("d")}).error().kind, ErrorKind::Conflict);
    QCOMPARE(unpack({other(EntryKind::SymbolicLink, "d", "x")}).error().kind, ErrorKind::Conflict);
    QVERIFY(S_ISDIR(modeOf(m_root + "/d")));
    QCOMPARE(QDir(QString::fromStdString(m_root)).entryList(QDir::Hidden | QDir::Files).size(), 0);
}

void TestArchive::extractionCanBeCancelled()
{
    ExtractRules rules;
    rules.proceeds = [](const Progress &progress) { return progress.bytes < 100'000; };
    const auto report = unpack({file("f", std::string(1 << 20, 'x'))}, rules);
    QCOMPARE(report.error().kind, ErrorKind::Cancelled);
    QCOMPARE(modeOf(m_root + "/f"), mode_t(0));
}

void TestArchive::aBuildContextIsATar()
{
    const std::string context = m_folder->path().toStdString() + "/w";
    QVERIFY(makeFolders(context + "/sub", 0755));
    QVERIFY(replaceFile(context + "/Dockerfile", "FROM scratch\n", 0644));
    QVERIFY(replaceFile(context + "/sub/big", std::string(1'000'000, 'b'), 0600));
    QVERIFY(replaceFile(context + "/empty", "", 0644));
    const auto located =
        build::locateContext({.context = ".", .dockerfile = {}, .currentFolder = context});
    auto tar = build::ContextTar::begin(*located);
    std::size_t largest = 0;
    const auto report = extract(
        [&tar, &largest]() {
            auto piece = tar->next();
            largest = std::max(largest, piece ? piece->size() : 0);
            return piece;
        },
        m_root);
    QVERIFY2(report.has_value(), report ? "" : report.error().detail.c_str());
    QCOMPARE(readFile(m_root + "/sub/big", 2'000'000).value(), std::string(1'000'000, 'b'));
    QCOMPARE(readFile(m_root + "/Dockerfile", 100).value(), "FROM scratch\n"s);
    QVERIFY(largest <= 160U * 1024);
    QCOMPARE(tar->entries(), 4U);
    QCOMPARE(tar->fileBytes(), 1'000'013U);

    auto shrinking = build::ContextTar::begin(*located);
    auto first = shrinking->next();
    QCOMPARE(::truncate((context + "/sub/big").c_str(), 10), 0);
    while (first && !first->empty()) {
        first = shrinking->next();
    }
    QVERIFY(!first);
    QCOMPARE(first.error().code, ESTALE);
}

} // namespace tst_archive

ROADSTEAD_GUILESS_TEST(tst_archive::TestArchive)
#include "tst_archive.moc"
