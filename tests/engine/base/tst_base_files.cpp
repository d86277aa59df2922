// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/base64.h"
#include "engine/base/files.h"
#include "engine/base/sha256.h"
#include "tests/support/test_program/test_program.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <cerrno>

#include <sys/stat.h>

namespace tst_base_files {

using namespace Qt::StringLiterals;
using namespace roadstead;
using namespace std::string_literals;

namespace {

int modeOf(const std::string &path)
{
    struct stat status{};
    return ::lstat(path.c_str(), &status) == 0 ? int(status.st_mode & 07777U) : -1;
}

} // namespace

/// Digests, base64 and files as wholes.
class TestBaseFiles : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void digestsAreThoseOfTheStandard_data();
    void digestsAreThoseOfTheStandard();
    void aDigestDoesNotDependOnThePieces();
    void base64GoesThereAndBack();
    void base64ThatIsNoneIsRefused_data();
    void base64ThatIsNoneIsRefused();
    void aFileIsReplacedWhole();
    void aLinkStaysALink();
    void aFileThatIsTooLongIsNotRead();
    void aPipeDoesNotBlock();
    void foldersGetTheirMode();
};

void TestBaseFiles::digestsAreThoseOfTheStandard_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("digest");
    QTest::newRow("empty") << QByteArray()
                           << QByteArray("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b"
                                         "7852b855");
    QTest::newRow("one block") << QByteArray("abc")
                               << QByteArray("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410"
                                             "ff61f20015ad");
    for (const int length : {55, 56, 63, 64, 65, 119, 120, 1000}) {
        const QByteArray bytes(length, 'x');
        QTest::addRow("%d bytes, around the padding", length)
            << bytes << QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex();
    }
}

void TestBaseFiles::digestsAreThoseOfTheStandard()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, digest);
    QCOMPARE(sha256Hex(bytes.toStdString()), digest.toStdString());
}

void TestBaseFiles::aDigestDoesNotDependOnThePieces()
{
    const std::string bytes(1000, 'q');
    for (const std::size_t piece : {1U, 7U, 64U, 100U}) {
        Sha256 digest;
        for (std::size_t at = 0; at < bytes.size(); at += piece) {
            digest.update(std::string_view(bytes).substr(at, piece));
        }
        QCOMPARE(digest.hexDigest(), sha256Hex(bytes));
    }
}

void TestBaseFiles::base64GoesThereAndBack()
{
    QCOMPARE(toBase64("u:p"), "dTpw"s);
    QCOMPARE(toBase64(""), ""s);
    QCOMPARE(toBase64("\xfb\xff"s), "+/8="s);
    QCOMPARE(toBase64("\xfb\xff"s, Base64Alphabet::Url), "-_8="s);
    for (std::size_t length = 0; length < 40; ++length) {
        std::string bytes;
        for (std::size_t i = 0; i < length; ++i) {
            bytes.push_back(static_cast<char>(static_cast<unsigned char>(i * 37)));
        }
        QCOMPARE(parseBase64(toBase64(bytes)).value(), bytes);
    }
    QCOMPARE(parseBase64("dT\r\npw\n").value(), "u:p"s);
    QCOMPARE(parseBase64("dR==").value(), "u"s); // loose last bits, as Go reads it
}

void TestBaseFiles::base64ThatIsNoneIsRefused_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("no padding") << QByteArray("dT");
    QTest::newRow("half a padding") << QByteArray("dT=");
    QTest::newRow("padding alone") << QByteArray("====");
    QTest::newRow("padding too early") << QByteArray("d===");
    QTest::newRow("text behind padding") << QByteArray("dT==dTpw");
    QTest::newRow("text inside padding") << QByteArray("dT=w");
    QTest::newRow("alphabet of URLs") << QByteArray("-_8=");
    QTest::newRow("a space") << QByteArray("dTpw ");
    QTest::newRow("a zero") << QByteArray("dTp\0", 4);
}

void TestBaseFiles::base64ThatIsNoneIsRefused()
{
    QFETCH(QByteArray, text);
    QVERIFY(!parseBase64(text.toStdString()));
}

void TestBaseFiles::aFileIsReplacedWhole()
{
    const QTemporaryDir folder;
    const std::string path = folder.filePath(u"f"_s).toStdString();
    QVERIFY(replaceFile(path, "old", 0640));
    QCOMPARE(modeOf(path), 0640);
    QVERIFY(replaceFile(path, "new", 0600));
    QCOMPARE(readFile(path, 3).value(), "new"s);
    QCOMPARE(modeOf(path), 0600);
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden), QStringList{u"f"_s});
    const auto nowhere = replaceFile(path + "/x", "x", 0600);
    QCOMPARE(nowhere.error().kind, ErrorKind::Io);
    QCOMPARE(nowhere.error().code, ENOTDIR);
}

void TestBaseFiles::aLinkStaysALink()
{
    const QTemporaryDir folder;
    const std::string target = folder.filePath(u"target"_s).toStdString();
    const QString link = folder.filePath(u"link"_s);
    QVERIFY(replaceFile(target, "old", 0600));
    QVERIFY(QFile::link(u"target"_s, link));
    QVERIFY(replaceFile(link.toStdString(), "new", 0600));
    QVERIFY(QFileInfo(link).isSymLink());
    QCOMPARE(readFile(target, 100).value(), "new"s);
}

void TestBaseFiles::aFileThatIsTooLongIsNotRead()
{
    const QTemporaryDir folder;
    const std::string path = folder.filePath(u"f"_s).toStdString();
    QVERIFY(replaceFile(path, std::string(100'001, 'x'), 0600));
    QCOMPARE(readFile(path, 100'000).error().code, EFBIG);
    QCOMPARE(readFile(path, 100'001).value().size(), 100'001U);
    QCOMPARE(readFile(path + "x", 1).error().code, ENOENT);
    QCOMPARE(readFile(folder.path().toStdString(), 1).error().code, EINVAL);
}

void TestBaseFiles::aPipeDoesNotBlock()
{
    const QTemporaryDir folder;
    const std::string path = folder.filePath(u"pipe"_s).toStdString();
    QCOMPARE(::mkfifo(path.c_str(), 0600), 0);
    QCOMPARE(readFile(path, 100).error().code, EINVAL);
}

void TestBaseFiles::foldersGetTheirMode()
{
    const QTemporaryDir folder;
    const std::string path = folder.filePath(u"a/b"_s).toStdString();
    QVERIFY(makeFolders(path, 0700));
    QVERIFY(makeFolders(path, 0755)); // there already: left as it is
    QCOMPARE(modeOf(path), 0700);
    QVERIFY(replaceFile(path + "/file", "", 0600));
    QCOMPARE(makeFolders(path + "/file", 0700).error().code, ENOTDIR);
    QCOMPARE(makeFolders(path + "/file/c", 0700).error().code, ENOTDIR);
}

} // namespace tst_base_files

ROADSTEAD_GUILESS_TEST(tst_base_files::TestBaseFiles)
#include "tst_base_files.moc"
