// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/files.h"
#include "engine/build/context_walk.h"
#include "tests/support/test_program/test_program.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <cerrno>
#include <memory>

#include <sys/stat.h>
#include <unistd.h>

namespace tst_build_context {

using namespace Qt::StringLiterals;
using namespace roadstead;
using namespace roadstead::build;
using namespace std::string_literals;

/// Finding a build context and walking through it.
class TestBuildContext : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup() { m_folder.reset(); }
    void entriesComeInOrder();
    void leftOutFoldersAreNotEntered();
    void exceptionsAreFoundInLeftOutFolders();
    void twoNamesAreOneFile();
    void linksAreNotFollowed();
    void aFolderSwappedForALinkLeadsNowhere();
    void theDockerfileIsFound_data();
    void theDockerfileIsFound();
    void aDockerfileFromOutsideIsBrought();
    void whatIsNoContextIsRefused();
    void whatCannotBeReadIsSaidBefore();
    void aFileThatBecameAPipeIsNotRead();

private:
    void put(const std::string &name, const std::string &text = "x")
    {
        const std::string path = m_root + "/" + name;
        QVERIFY(makeFolders(path.substr(0, path.rfind('/')), 0755));
        QVERIFY(replaceFile(path, text, 0644));
    }
    Result<BuildContext> locate(const std::string &context = ".",
                                const std::string &dockerfile = {})
    {
        return locateContext(
            {.context = context, .dockerfile = dockerfile, .currentFolder = m_root});
    }
    std::string names(const std::string &context = ".", const std::string &dockerfile = {})
    {
        const auto located = locate(context, dockerfile);
        if (!located) {
            return "error " + located.error().detail;
        }
        auto walk = ContextWalk::begin(*located);
        std::string all;
        while (walk) {
            const auto entry = walk->next();
            if (!entry) {
                return "error " + entry.error().detail;
            }
            if (!*entry) {
                break;
            }
            all += (all.empty() ? "" : " ") + (**entry).name;
        }
        return all;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::string m_root;
};

void TestBuildContext::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_root = m_folder->path().toStdString() + "/w";
    put("Dockerfile", "FROM scratch\n");
}

void TestBuildContext::entriesComeInOrder()
{
    put("a/z");
    put("a.b");
    put("a-b");
    put("b");
    QCOMPARE(names(), "Dockerfile a/ a/z a-b a.b b"s);
}

void TestBuildContext::leftOutFoldersAreNotEntered()
{
    put("secret/x");
    put(".dockerignore", "secret\n.dockerignore\nDockerfile\n");
    if (::geteuid() != 0) {
        QCOMPARE(::chmod((m_root + "/secret").c_str(), 0), 0);
    }
    QCOMPARE(names(), ".dockerignore Dockerfile"s);
    QCOMPARE(::chmod((m_root + "/secret").c_str(), 0700), 0);
}

void TestBuildContext::exceptionsAreFoundInLeftOutFolders()
{
    put("docs/a/keep");
    put("docs/a/drop");
    put("docs/b/drop");
    put(".dockerignore", "docs\n!docs/a/keep\n");
    QCOMPARE(names(), ".dockerignore Dockerfile docs/a/keep"s);
}

void TestBuildContext::twoNamesAreOneFile()
{
    put("a", "text");
    QCOMPARE(::link((m_root + "/a").c_str(), (m_root + "/b").c_str()), 0);
    auto walk = ContextWalk::begin(*locate());
    static_cast<void>(walk->next());
    const auto first = walk->next();
    const auto second = walk->next();
    QVERIFY((**first).type == EntryType::File);
    QCOMPARE((**first).size, 4);
    QVERIFY((**second).type == EntryType::HardLink);
    QCOMPARE((**second).target, "a"s);
    QCOMPARE((**second).size, 0);
}

void TestBuildContext::linksAreNotFollowed()
{
    QCOMPARE(::symlink("/etc", (m_root + "/etc").c_str()), 0);
    auto walk = ContextWalk::begin(*locate());
    static_cast<void>(walk->next());
    const auto link = walk->next();
    QVERIFY((**link).type == EntryType::SymbolicLink);
    QCOMPARE((**link).target, "/etc"s);
    QVERIFY(!walk->next()->has_value());
}

void TestBuildContext::aFolderSwappedForALinkLeadsNowhere()
{
    put("sub/file");
    put("../victim/file", "secret");
    auto walk = ContextWalk::begin(*locate());
    static_cast<void>(walk->next());
    static_cast<void>(walk->next());
    const auto file = walk->next();
    QCOMPARE((**file).name, "sub/file"s);
    QCOMPARE(::rename((m_root + "/sub").c_str(), (m_root + "/old").c_str()), 0);
    QCOMPARE(::symlink("../victim", (m_root + "/sub").c_str()), 0);
    const auto opened = walk->openFile(**file);
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind, ErrorKind::Io);
}

void TestBuildContext::theDockerfileIsFound_data()
{
    QTest::addColumn<QByteArray>("context");
    QTest::addColumn<QByteArray>("given");
    QTest::addColumn<QByteArray>("found");
    QTest::newRow("the context's own")
        << QByteArray(".") << QByteArray() << QByteArray("Dockerfile");
    QTest::newRow("below") << QByteArray(".") << QByteArray("sub/Other") << QByteArray("sub/Other");
    QTest::newRow("relative to where one is")
        << QByteArray("sub") << QByteArray("sub/Other") << QByteArray("Other");
    QTest::newRow("lower case") << QByteArray("sub") << QByteArray() << QByteArray("dockerfile");
    QTest::newRow("a link's target")
        << QByteArray(".") << QByteArray("ln") << QByteArray("sub/Other");
}

void TestBuildContext::theDockerfileIsFound()
{
    QFETCH(QByteArray, context);
    QFETCH(QByteArray, given);
    QFETCH(QByteArray, found);
    put("sub/Other");
    put("sub/dockerfile");
    QCOMPARE(::symlink("sub/Other", (m_root + "/ln").c_str()), 0);
    QCOMPARE(locate(context.toStdString(), given.toStdString())->dockerfile, found.toStdString());
}

void TestBuildContext::aDockerfileFromOutsideIsBrought()
{
    put("sub/a");
    const auto context = locate("sub", "Dockerfile");
    QVERIFY(context->dockerfile.starts_with(".dockerfile."));
    auto walk = ContextWalk::begin(*context);
    QCOMPARE((**walk->next()).name, "a"s);
    const auto made = walk->next();
    QCOMPARE((**made).name, context->dockerfile);
    QCOMPARE(*(**made).content, "FROM scratch\n"s);
    QCOMPARE((**made).mode, 0600U);
    const auto ignored = walk->next();
    QCOMPARE(*(**ignored).content, ".dockerignore\n" + context->dockerfile + "\n");
    QVERIFY(!walk->next()->has_value());

    put("sub/.dockerignore", "b");
    auto again = ContextWalk::begin(*locate("sub", "Dockerfile"));
    const auto replaced = again->next();
    QCOMPARE((**replaced).name, ".dockerignore"s);
    QVERIFY((**replaced).content->starts_with("b\n.dockerfile."));
    QCOMPARE((**replaced).size, std::int64_t((**replaced).content->size()));
}

void TestBuildContext::whatIsNoContextIsRefused()
{
    put("file");
    QCOMPARE(locate("none").error().code, ENOENT);
    QCOMPARE(locate("file").error().kind, ErrorKind::InvalidArgument);
    QCOMPARE(locate(".", "none").error().code, ENOENT);
    put(".dockerignore", "[\n");
    QCOMPARE(locate().error().kind, ErrorKind::InvalidArgument);
}

void TestBuildContext::whatCannotBeReadIsSaidBefore()
{
    if (::geteuid() == 0) {
        QSKIP("root reads everything");
    }
    put("closed");
    QCOMPARE(::chmod((m_root + "/closed").c_str(), 0), 0);
    QCOMPARE(checkContext(*locate()).error().code, EACCES);
    put(".dockerignore", "closed\n");
    QVERIFY(checkContext(*locate()));
}

void TestBuildContext::aFileThatBecameAPipeIsNotRead()
{
    put("a");
    auto walk = ContextWalk::begin(*locate());
    static_cast<void>(walk->next());
    const auto file = walk->next();
    QCOMPARE(::unlink((m_root + "/a").c_str()), 0);
    QCOMPARE(::mkfifo((m_root + "/a").c_str(), 0600), 0);
    QCOMPARE(walk->openFile(**file).error().code, EINVAL);
}

} // namespace tst_build_context

ROADSTEAD_GUILESS_TEST(tst_build_context::TestBuildContext)
#include "tst_build_context.moc"
