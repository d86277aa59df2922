// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/new_file.h"
#include "tests/support/test_program/test_program.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <cerrno>

namespace tst_new_file {

using namespace roadstead;
using namespace Qt::StringLiterals;

namespace {

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(cannot be read)");
}

void write(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
}

} // namespace

/// A file is what it was, or whole.
class TestNewFile : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void appearsWithItsEndOnly()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(u"a.tar"_s);
        auto file = NewFile::begin(path.toStdString(), "test", 0600);
        QVERIFY(file);
        QVERIFY(file->write("one "));
        QVERIFY(file->write("two"));
        QVERIFY(!QFile::exists(path));
        QVERIFY(file->finish());
        QCOMPARE(contents(path), QByteArray("one two"));
        QCOMPARE(file->size(), 7U);
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files).size(), 1);
    }

    void whatIsNotFinishedLeavesTheOldOne()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(u"a.tar"_s);
        write(path, "old");
        {
            auto file = NewFile::begin(path.toStdString(), "test", 0600);
            QVERIFY(file);
            QVERIFY(file->write("new"));
        }
        QCOMPARE(contents(path), QByteArray("old"));
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files).size(), 1);
    }

    void aLinkStaysOne()
    {
        QTemporaryDir folder;
        const QString target = folder.filePath(u"target.tar"_s);
        const QString link = folder.filePath(u"link.tar"_s);
        write(target, "old");
        QVERIFY(QFile::link(target, link));
        auto file = NewFile::begin(link.toStdString(), "test", 0600);
        QVERIFY(file);
        QVERIFY(file->write("new"));
        QVERIFY(file->finish());
        QVERIFY(QFileInfo(link).isSymLink());
        QCOMPARE(contents(target), QByteArray("new"));
    }

    void aFolderIsRefused()
    {
        QTemporaryDir folder;
        const auto file = NewFile::begin(folder.path().toStdString(), "test", 0600);
        QVERIFY(!file);
        QCOMPARE(file.error().kind, ErrorKind::Io);
        QCOMPARE(file.error().code, EISDIR);
    }

    void aMissingFolderIsTold()
    {
        auto file = NewFile::begin("/nowhere/at/all.tar", "test", 0600);
        QVERIFY(!file);
        QCOMPARE(file.error().code, ENOENT);
    }
};

} // namespace tst_new_file

ROADSTEAD_GUILESS_TEST(tst_new_file::TestNewFile)
#include "tst_new_file.moc"
