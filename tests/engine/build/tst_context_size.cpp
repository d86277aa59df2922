// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/build/context_size.h"
#include "tests/support/test_program/test_program.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

namespace tst_context_size {

using namespace roadstead;
using namespace roadstead::build;
using namespace Qt::StringLiterals;
using namespace std::string_literals;

/// What a build would send, by size.
class TestContextSize : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        write(u"Dockerfile"_s, 10);
        write(u".dockerignore"_s, "node_modules\n*.log\n");
        write(u"src/a"_s, 1'000);
        write(u"src/deep/b"_s, 2'000);
        write(u"big.bin"_s, 5'000);
        write(u"node_modules/x"_s, 70'000);
        write(u"run.log"_s, 300);
    }
    void whatIsSentAndWhatIsLeftOut()
    {
        const auto size = measured();
        QVERIFY(size.has_value());
        QCOMPARE(size->files, std::uint64_t(5));
        QCOMPARE(size->bytes, std::uint64_t(8'010 + 19));
        QCOMPARE(size->leftOutBytes, std::uint64_t(70'300));
        QCOMPARE(size->biggest.front(), (ContextPart{"big.bin", 5'000}));
        QCOMPARE(size->biggest.at(1), (ContextPart{"src/", 3'000}));
    }
    void onlyTheBiggestAreNamed()
    {
        for (int i = 0; i < 20; ++i) {
            write(u"more%1"_s.arg(i), 10'000 + i);
        }
        const auto size = measured();
        QCOMPARE(size->biggest.size(), std::size_t(6));
        QCOMPARE(size->biggest.front().name, "more19"s);
    }
    void linksAreNotFollowed()
    {
        QVERIFY(QFile::link(u"/usr"_s, m_folder->filePath(u"usr"_s)));
        const auto size = measured();
        QCOMPARE(size->bytes, std::uint64_t(8'010 + 19));
        QCOMPARE(size->leftOutBytes, std::uint64_t(70'300));
    }
    void itCanBeCancelled()
    {
        m_cancelled = true;
        QCOMPARE(measured().error().kind, ErrorKind::Cancelled);
        m_cancelled = false;
    }
    void dockerfilesAreFoundByName()
    {
        for (const auto &name : {u"web.Dockerfile"_s, u"Dockerfile.dev"_s, u"Containerfile"_s,
                                 u"Dockerfile.dockerignore"_s, u"docker-compose.yml"_s}) {
            write(name, 1);
        }
        QVERIFY(QDir(m_folder->path()).mkdir(u"x.Dockerfile"_s));
        QCOMPARE(findDockerfiles(m_folder->path().toStdString()),
                 (std::vector<std::string>{"Dockerfile", "Containerfile", "Dockerfile.dev",
                                           "web.Dockerfile"}));
        QVERIFY(findDockerfiles("/nowhere").empty());
    }

private:
    void write(const QString &name, const QByteArray &text)
    {
        const QString path = m_folder->filePath(name);
        QVERIFY(QDir().mkpath(QFileInfo(path).path()));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(text), text.size());
    }
    void write(const QString &name, int size) { write(name, QByteArray(size, 'x')); }
    Result<ContextSize> measured()
    {
        const auto context = locateContext(
            {.context = m_folder->path().toStdString(), .dockerfile = {}, .currentFolder = "/"});
        return context ? measureContext(*context, m_cancelled) : std::unexpected(context.error());
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::atomic<bool> m_cancelled = false;
};

} // namespace tst_context_size

ROADSTEAD_APPLESS_TEST(tst_context_size::TestContextSize)
#include "tst_context_size.moc"
