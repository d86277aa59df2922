// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/archive/reader.h"
#include "engine/base/files.h"
#include "engine/build/context_tar.h"
#include "engine/build/context_walk.h"
#include "tests/support/test_program/test_program.h"

#include <QLocalServer>
#include <QLocalSocket>
#include <QProcess>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <map>

#include <unistd.h>

namespace tst_build_context_cli {

using namespace Qt::StringLiterals;
using namespace roadstead;

namespace {

/// Every entry of an archive with all that counts, by name.
using Listing = std::map<std::string, std::string>;

Listing listingOf(const archive::Source &source)
{
    Listing listing;
    auto reader = archive::Reader::open(source);
    while (reader) {
        const auto entry = reader->next();
        if (!entry) {
            listing["error"] = entry.error().detail;
            break;
        }
        if (!*entry) {
            break;
        }
        const archive::Entry &one = **entry;
        listing[one.path] = std::to_string(int(one.kind)) + " " + std::to_string(one.mode) + " " +
                            std::to_string(one.size) + " " + std::to_string(one.modifiedAt) + " " +
                            std::to_string(one.userId) + " " + one.target;
    }
    return listing;
}

std::string shown(const Listing &listing)
{
    std::string text;
    for (const auto &[name, rest] : listing) {
        text += name + ": " + rest + "\n";
    }
    return text;
}

QByteArray withoutChunks(QByteArray body)
{
    QByteArray whole;
    while (!body.isEmpty()) {
        const qsizetype end = body.indexOf("\r\n");
        const qsizetype size = body.left(end).toLongLong(nullptr, 16);
        if (end < 0 || size <= 0) {
            break;
        }
        whole += body.mid(end + 2, size);
        body.remove(0, end + 2 + size + 2);
    }
    return whole;
}

/// An engine that answers pings and keeps what it is given to build.
class BuildEngine
{
public:
    explicit BuildEngine(const QString &path)
    {
        m_server.listen(path);
        QObject::connect(&m_server, &QLocalServer::newConnection, &m_server, [this] { accept(); });
    }
    QByteArray archive;

private:
    void accept()
    {
        QLocalSocket *socket = m_server.nextPendingConnection();
        QObject::connect(socket, &QLocalSocket::readyRead, socket, [this, socket] {
            QByteArray request = socket->property("request").toByteArray() + socket->readAll();
            const qsizetype end = request.indexOf("\r\n\r\n");
            if (request.startsWith("POST") && end > 0 && request.endsWith("0\r\n\r\n")) {
                archive = withoutChunks(request.mid(end + 4));
                answer(socket, R"({"error":"enough"})");
                request.clear();
            } else if (end > 0 && !request.startsWith("POST")) {
                answer(socket, request.startsWith("HEAD") ? "" : "OK");
                request.clear();
            }
            socket->setProperty("request", request);
        });
    }
    static void answer(QLocalSocket *socket, const QByteArray &body)
    {
        socket->write("HTTP/1.1 200 OK\r\nApi-Version: 1.45\r\nOstype: linux\r\n"
                      "Builder-Version: 1\r\nContent-Type: application/json\r\nContent-Length: " +
                      QByteArray::number(body.size()) + "\r\n\r\n" + body);
    }

    QLocalServer m_server;
};

const std::vector<std::string> &paths()
{
    static const std::vector<std::string> all{"a.txt",
                                              "b.md",
                                              "src/main.c",
                                              "src/main.o",
                                              "src/sub/x.o",
                                              "docs/a.md",
                                              "docs/k/k.md",
                                              ".env",
                                              "sub/Dockerfile",
                                              "a b",
                                              "temp1",
                                              "dir/temp2",
                                              "deep/a/b/c",
                                              "ü/ф.txt",
                                              "node_modules/x/y",
                                              "p/node_modules/n",
                                              "[x]/y",
                                              "back\\slash"};
    return all;
}

std::string randomPattern(QRandomGenerator &random)
{
    static const std::vector<std::string> parts{"a.txt",   "src",
                                                "docs",    "*",
                                                "**",      "?.md",
                                                "*.o",     "main.c",
                                                "deep",    "a",
                                                "b",       "node_modules",
                                                "[a-c]*",  "[^a]*",
                                                ".env",    "temp?",
                                                "..",      ".",
                                                "",        "Dockerfile",
                                                "sub",     ".dockerignore",
                                                "k",       "ü",
                                                "\\a*",    "x",
                                                "dir/",    "p",
                                                "\\[x\\]", "^d*"};
    std::string pattern(random.bounded(4) == 0 ? "!" : "");
    const int length = 1 + random.bounded(3);
    for (int i = 0; i < length; ++i) {
        pattern += (i == 0 ? "" : "/") + parts[std::size_t(random.bounded(int(parts.size())))];
    }
    return pattern;
}

} // namespace

/// What we send to be built and what the docker CLI sends, byte for byte apart from the archive's
/// own form.
class TestBuildContextCli : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void theCliSendsTheSame_data();
    void theCliSendsTheSame();

private:
    /// What the CLI sends; empty when it refuses.
    QByteArray sentByCli(const QString &context, const QString &socket, BuildEngine &engine);
};

void TestBuildContextCli::initTestCase()
{
    if (QStandardPaths::findExecutable(u"docker"_s).isEmpty()) {
        QSKIP("the docker command is not installed");
    }
}

QByteArray TestBuildContextCli::sentByCli(const QString &context, const QString &socket,
                                          BuildEngine &engine)
{
    QProcess docker;
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"DOCKER_HOST"_s, u"unix://"_s + socket);
    environment.insert(u"DOCKER_BUILDKIT"_s, u"0"_s);
    docker.setProcessEnvironment(environment);
    docker.setWorkingDirectory(context);
    QSignalSpy ended(&docker, &QProcess::finished);
    docker.start(u"docker"_s, {u"build"_s, u"-q"_s, u"."_s});
    ended.wait(20'000);
    return std::exchange(engine.archive, {});
}

void TestBuildContextCli::theCliSendsTheSame_data()
{
    QTest::addColumn<QByteArray>("ignored");
    QTest::newRow("nothing left out") << QByteArray();
    QTest::newRow("a bad pattern") << QByteArray("[\n");
    QTest::newRow("a pattern that only matching refuses") << QByteArray("a\\8\n");
    QTest::newRow("everything") << QByteArray("*\n");
    QTest::newRow("everything but") << QByteArray("**\n!src/**/*.o\n!docs\ndocs/k\n");
    QRandomGenerator random(7); // the same patterns in every run
    for (int i = 0; i < 40; ++i) {
        QByteArray text;
        const int lines = 1 + random.bounded(4);
        for (int line = 0; line < lines; ++line) {
            text += QByteArray::fromStdString(randomPattern(random)) + "\n";
        }
        QTest::addRow("by chance %d: %s", i, text.simplified().constData()) << text;
    }
}

void TestBuildContextCli::theCliSendsTheSame()
{
    QFETCH(QByteArray, ignored);
    const QTemporaryDir folder;
    const std::string context = folder.path().toStdString() + "/w";
    for (const std::string &path : paths()) {
        const std::string file = context + "/" + path;
        QVERIFY(makeFolders(file.substr(0, file.rfind('/')), 0755));
        QVERIFY(replaceFile(file, path, path.ends_with("main.o") ? 04751 : 0640));
    }
    QVERIFY(replaceFile(context + "/Dockerfile", "FROM scratch\n", 0644));
    QVERIFY(replaceFile(context + "/.dockerignore", ignored.toStdString(), 0644));
    QVERIFY(makeFolders(context + "/empty", 0700));
    QCOMPARE(::symlink("../elsewhere", (context + "/link").c_str()), 0);
    QCOMPARE(::link((context + "/a.txt").c_str(), (context + "/zz").c_str()), 0);
    const QString socket = folder.filePath(u"s"_s);
    BuildEngine engine(socket);
    const QByteArray sent = sentByCli(QString::fromStdString(context), socket, engine);

    auto located =
        build::locateContext({.context = ".", .dockerfile = {}, .currentFolder = context});
    const bool isTaken = located && build::checkContext(*located);
    QCOMPARE(isTaken, !sent.isEmpty());
    if (!isTaken) {
        return;
    }
    auto tar = build::ContextTar::begin(*located);
    const Listing ours = listingOf([&tar] { return tar->next(); });
    const Listing theirs =
        listingOf(archive::sourceOf(std::string_view(sent.constData(), std::size_t(sent.size()))));
    QCOMPARE(shown(ours), shown(theirs));
}

} // namespace tst_build_context_cli

ROADSTEAD_GUILESS_TEST(tst_build_context_cli::TestBuildContextCli)
#include "tst_build_context_cli.moc"
