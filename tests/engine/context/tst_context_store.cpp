// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/base64.h"
#include "engine/base/files.h"
#include "engine/base/sha256.h"
#include "engine/context/context_store.h"
#include "engine/context/current_context.h"
#include "tests/support/test_program/test_program.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

namespace tst_context_store {

using namespace Qt::StringLiterals;
using namespace roadstead;
using namespace roadstead::context;
using namespace std::string_literals;

namespace {

int modeOf(const std::string &path)
{
    struct stat status{};
    return ::lstat(path.c_str(), &status) == 0 ? int(status.st_mode & 07777U) : -1;
}

/// PEM whose contents are a DER sequence and nothing more.
std::string pem(const std::string &label)
{
    return "-----BEGIN " + label + "-----\n" + toBase64("\x30\x03\x02\x01\x00"s) + "\n-----END " +
           label + "-----\n";
}

/// Runs the docker CLI with a configuration folder of the test's own.
QByteArray docker(const QString &folder, const QStringList &arguments)
{
    QProcess process;
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"DOCKER_CONFIG"_s, folder);
    environment.remove(u"DOCKER_HOST"_s);
    environment.remove(u"DOCKER_CONTEXT"_s);
    process.setProcessEnvironment(environment);
    process.start(u"docker"_s, arguments);
    const bool ended = process.waitForFinished() && process.exitCode() == 0;
    return ended ? process.readAllStandardOutput() : "failed: " + process.readAllStandardError();
}

} // namespace

/// The CLI's context store, and its current context.
class TestContextStore : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void namesAreTheCliS_data();
    void namesAreTheCliS();
    void aContextIsWrittenReadAndRemoved();
    void tlsTextsArePrivate();
    void unusableTlsTextsAreRefused_data();
    void unusableTlsTextsAreRefused();
    void keysAreChecked();
    void metaFilesAreReadLikeGoDoes_data();
    void metaFilesAreReadLikeGoDoes();
    void damagedContextsAreListedWithTheirError();
    void namesAreInNaturalOrder();
    void theCliReadsWhatWeWrite();
    void weReadWhatTheCliWrites();
    void theCurrentContextIsKeptBesideEverythingElse();
    void aDamagedConfigurationIsLeftAlone();
    void importPathsStayInside_data();
    void importPathsStayInside();
};

void TestContextStore::namesAreTheCliS_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<bool>("valid");
    QTest::newRow("plain") << QByteArray("validname") << true;
    QTest::newRow("every separator") << QByteArray("a_.+-") << true;
    QTest::newRow("begins with a digit") << QByteArray("0a") << true;
    QTest::newRow("one character") << QByteArray("A") << false;
    QTest::newRow("empty") << QByteArray() << false;
    QTest::newRow("reserved") << QByteArray("default") << false;
    QTest::newRow("reserved in other case") << QByteArray("Default") << true;
    QTest::newRow("begins with a dot") << QByteArray(".x") << false;
    QTest::newRow("begins with a dash") << QByteArray("-x") << false;
    QTest::newRow("space") << QByteArray("sp ace") << false;
    QTest::newRow("line feed at the end") << QByteArray("ab\n") << false;
    QTest::newRow("beyond ASCII") << QByteArray("übung") << false;
    QTest::newRow("path") << QByteArray("../../invalid/escape") << false;
    QTest::newRow("backslash") << QByteArray("\\invalid\\windows") << false;
}

void TestContextStore::namesAreTheCliS()
{
    QFETCH(QByteArray, name);
    QFETCH(bool, valid);
    QCOMPARE(checkName(name.toStdString()).has_value(), valid);
}

void TestContextStore::aContextIsWrittenReadAndRemoved()
{
    const QTemporaryDir folder;
    ContextStore store(folder.filePath(u"deep/.docker"_s).toStdString());
    QVERIFY(store.list()->empty());
    QCOMPARE(store.read("far").error().kind, ErrorKind::NotFound);
    const Context far{.name = "far",
                      .description = "my \"desc\" <b>",
                      .host = "ssh://me@h:22",
                      .skipTlsVerify = false};
    QVERIFY(store.create(far));
    QCOMPARE(readFile(store.metaFile("far"), 4096).value(),
             R"({"Name":"far","Metadata":{"Description":"my \"desc\" \u003cb\u003e"},)"
             R"("Endpoints":{"docker":{"Host":"ssh://me@h:22","SkipTLSVerify":false}}})"s);
    QVERIFY(store.read("far").value() == far);
    QCOMPARE(store.create(far).error().kind, ErrorKind::Conflict);
    QCOMPARE(modeOf(folder.filePath(u"deep/.docker/contexts"_s).toStdString()), 0700);
    QCOMPARE(modeOf(store.metaFile("far")), 0600);
    QCOMPARE(store.create({.name = "x", .description = {}, .host = {}}).error().kind,
             ErrorKind::InvalidArgument);
    QCOMPARE(store.create({.name = "bad", .description = {}, .host = "h"}).error().kind,
             ErrorKind::InvalidArgument);
    QCOMPARE(store.create({.name = "bad", .description = {}, .host = "ssh://a:b@h"}).error().kind,
             ErrorKind::InvalidArgument);
    QVERIFY(store.remove("far"));
    QCOMPARE(store.remove("far").error().kind, ErrorKind::NotFound);
    QCOMPARE(store.remove("default").error().kind, ErrorKind::InvalidArgument);
    QVERIFY(store.list()->empty());
}

void TestContextStore::tlsTextsArePrivate()
{
    const QTemporaryDir folder;
    ContextStore store(folder.path().toStdString());
    const TlsTexts texts{pem("CERTIFICATE"), pem("CERTIFICATE"), pem("EC PRIVATE KEY")};
    QVERIFY(store.create({.name = "tls", .description = {}, .host = "tcp://h:2376"}, texts));
    const std::string below =
        folder.path().toStdString() + "/contexts/tls/" + sha256Hex("tls") + "/docker";
    const TlsPaths paths = store.tlsPaths("tls");
    QCOMPARE(paths.authority, below + "/ca.pem");
    QCOMPARE(paths.certificate, below + "/cert.pem");
    QCOMPARE(paths.key, below + "/key.pem");
    QCOMPARE(modeOf(paths.key), 0600);
    QCOMPARE(modeOf(below), 0700);
    QCOMPARE(readTlsTexts(paths)->key, texts.key);
    QVERIFY(keyState(paths.key) == KeyState::Private);
    QVERIFY(store.remove("tls"));
    QVERIFY(store.tlsPaths("tls").isEmpty());
    QVERIFY(!QDir(QString::fromStdString(below)).exists());
}

void TestContextStore::unusableTlsTextsAreRefused_data()
{
    QTest::addColumn<QByteArray>("ca");
    QTest::addColumn<QByteArray>("certificate");
    QTest::addColumn<QByteArray>("key");
    const QByteArray good = QByteArray::fromStdString(pem("CERTIFICATE"));
    const QByteArray key = QByteArray::fromStdString(pem("PRIVATE KEY"));
    const QByteArray no;
    QTest::newRow("rubbish as authority") << QByteArray("rubbish") << no << no;
    QTest::newRow("key as authority") << key << no << no;
    QTest::newRow("not base64") << QByteArray(
                                       "-----BEGIN CERTIFICATE-----\n*\n-----END CERTIFICATE-----")
                                << no << no;
    QTest::newRow("no end") << good.chopped(8) << no << no;
    QTest::newRow("certificate without key") << good << good << no;
    QTest::newRow("key without certificate") << good << no << key;
    QTest::newRow("certificate as key") << good << good << good;
    QTest::newRow("locked key") << good << good
                                << QByteArray::fromStdString(pem("ENCRYPTED PRIVATE KEY"));
}

void TestContextStore::unusableTlsTextsAreRefused()
{
    QFETCH(QByteArray, ca);
    QFETCH(QByteArray, certificate);
    QFETCH(QByteArray, key);
    const QTemporaryDir folder;
    ContextStore store(folder.path().toStdString());
    const auto created =
        store.create({.name = "tls", .description = {}, .host = "tcp://h:1"},
                     {ca.toStdString(), certificate.toStdString(), key.toStdString()});
    QVERIFY(!created);
    QCOMPARE(created.error().kind, ErrorKind::TlsFailed);
    QVERIFY(store.list()->empty());
}

void TestContextStore::keysAreChecked()
{
    const QTemporaryDir folder;
    const std::string path = folder.filePath(u"key.pem"_s).toStdString();
    QVERIFY(keyState(path) == KeyState::Absent);
    QVERIFY(keyState({}) == KeyState::Absent);
    QVERIFY(replaceFile(path, "x", 0600));
    QVERIFY(keyState(path) == KeyState::Private);
    for (const mode_t open : {0640U, 0604U, 0620U, 0610U}) {
        QCOMPARE(::chmod(path.c_str(), open), 0);
        QVERIFY(keyState(path) == KeyState::OpenToOthers);
    }
    QVERIFY(keyState(folder.path().toStdString()) == KeyState::NotAFile);
}

void TestContextStore::metaFilesAreReadLikeGoDoes_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("host"); ///< "-" = refused
    const auto row = [](const char *reason, const char *text, const char *host) {
        QTest::newRow(reason) << QByteArray(text) << QByteArray(host);
    };
    row("other case", R"({"NAME":"n","endPOINTS":{"docker":{"host":"unix:///x"}}})", "unix:///x");
    row("null is nothing", R"({"Name":"n","Metadata":null,"Endpoints":{"docker":{"Host":null}}})",
        "");
    row("unknown members", R"({"X":1,"Endpoints":{"docker":{"Host":"h","Y":[]},"k8s":1}})", "h");
    row("later over earlier", R"({"Endpoints":{"docker":{"Host":"a","HOST":"b"}}})", "b");
    row("no docker endpoint", R"({"Name":"n","Endpoints":{"k8s":{}}})", "-");
    row("endpoint's name in other case", R"({"Endpoints":{"Docker":{"Host":"h"}}})", "-");
    row("host is a number", R"({"Endpoints":{"docker":{"Host":1}}})", "-");
    row("verify is a text", R"({"Endpoints":{"docker":{"SkipTLSVerify":"no"}}})", "-");
    row("description is a list", R"({"Metadata":{"Description":[]},"Endpoints":{"docker":{}}})",
        "-");
    row("a list", "[]", "-");
    row("cut", R"({"Name":"n")", "-");
    row("empty", "", "-");
}

void TestContextStore::metaFilesAreReadLikeGoDoes()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, host);
    const auto context = parseContext(text.toStdString());
    QCOMPARE(context ? context->host : "-"s, host.toStdString());
}

void TestContextStore::damagedContextsAreListedWithTheirError()
{
    const QTemporaryDir folder;
    ContextStore store(folder.path().toStdString());
    QVERIFY(store.create({.name = "good", .description = {}, .host = "unix:///x"}));
    QVERIFY(store.create({.name = "broken", .description = {}, .host = "unix:///x"}));
    QVERIFY(replaceFile(store.metaFile("broken"), "{", 0600));
    const QString other = folder.filePath(u"contexts/meta/0000"_s);
    QVERIFY(QDir().mkpath(other));
    QVERIFY(QFile::copy(QString::fromStdString(store.metaFile("good")), other + u"/meta.json"_s));
    const auto entries = store.list();
    QCOMPARE(entries->size(), 3U);
    QCOMPARE(entries->at(0).context->name, "good"s);
    QVERIFY(!entries->at(1).context);
    QVERIFY(!entries->at(2).context);
    QCOMPARE(store.create({.name = "broken", .description = {}, .host = {}}).error().kind,
             ErrorKind::Conflict);
    QVERIFY(store.remove("broken"));
}

void TestContextStore::namesAreInNaturalOrder()
{
    const QTemporaryDir folder;
    ContextStore store(folder.path().toStdString());
    for (const char *name : {"c10", "c2", "b1", "c002", "C1"}) {
        QVERIFY(store.create({.name = name, .description = {}, .host = {}}));
    }
    std::string names;
    const auto entries = store.list();
    QVERIFY(entries.has_value());
    for (const auto &entry : entries.value()) {
        names += entry.context->name + " ";
    }
    QCOMPARE(names, "C1 b1 c002 c2 c10 "s);
}

void TestContextStore::theCliReadsWhatWeWrite()
{
    const QTemporaryDir folder;
    ContextStore store(folder.path().toStdString());
    QVERIFY(store.create({.name = "ours", .description = "d", .host = "unix:///x"}));
    QVERIFY(setCurrentContext(folder.path().toStdString(), "ours"));
    const QByteArray listed =
        docker(folder.path(), {u"context"_s, u"ls"_s, u"--format"_s,
                               u"{{.Name}} {{.Current}} {{.DockerEndpoint}} {{.Error}}"_s});
    QVERIFY2(listed.contains("ours true unix:///x \n"), listed.constData());
    QCOMPARE(docker(folder.path(), {u"context"_s, u"show"_s}), "ours\n");
}

void TestContextStore::weReadWhatTheCliWrites()
{
    const QTemporaryDir folder;
    docker(folder.path(), {u"context"_s, u"create"_s, u"theirs"_s, u"--description"_s, u"a & b"_s,
                           u"--docker"_s, u"host=tcp://h:2376,skip-tls-verify=true"_s});
    docker(folder.path(), {u"context"_s, u"use"_s, u"theirs"_s});
    ContextStore store(folder.path().toStdString());
    QVERIFY(store.read("theirs").value() == (Context{.name = "theirs",
                                                     .description = "a & b",
                                                     .host = "tcp://h:2376",
                                                     .skipTlsVerify = true}));
    QCOMPARE(currentContext(folder.path().toStdString()).value(), "theirs"s);
    QVERIFY(store.remove("theirs"));
    QVERIFY(setCurrentContext(folder.path().toStdString(), "default"));
    QCOMPARE(docker(folder.path(), {u"context"_s, u"ls"_s, u"--format"_s, u"{{.Name}}"_s}),
             "default\n");
}

void TestContextStore::theCurrentContextIsKeptBesideEverythingElse()
{
    const QTemporaryDir folder;
    const std::string config = folder.path().toStdString();
    const std::string path = config + "/config.json";
    QCOMPARE(currentContext(config).value(), ""s);
    QVERIFY(setCurrentContext(config, "default"));
    QVERIFY(!QFile::exists(QString::fromStdString(path))); // nothing to say, no file
    QVERIFY(replaceFile(
        path, R"({"auths":{"r":{"auth":"dTpw"}},"CurrentContext":"old","future":1.50})", 0640));
    QCOMPARE(currentContext(config).value(), "old"s);
    QVERIFY(setCurrentContext(config, "new"));
    QCOMPARE(currentContext(config).value(), "new"s);
    QCOMPARE(readFile(path, 4096).value(),
             "{\n\t\"auths\": {\n\t\t\"r\": {\n\t\t\t\"auth\": \"dTpw\"\n\t\t}\n\t},\n"
             "\t\"future\": 1.50,\n\t\"currentContext\": \"new\"\n}"s);
    QCOMPARE(modeOf(path), 0640);
    QVERIFY(setCurrentContext(config, {}));
    QCOMPARE(currentContext(config).value(), ""s);
    QCOMPARE(setCurrentContext(config, "../x").error().kind, ErrorKind::InvalidArgument);
}

void TestContextStore::aDamagedConfigurationIsLeftAlone()
{
    const QTemporaryDir folder;
    const std::string config = folder.path().toStdString();
    for (const char *text : {"{", "[]", "{} rest", "// c\n{}"}) {
        QVERIFY(replaceFile(config + "/config.json", text, 0600));
        QCOMPARE(setCurrentContext(config, "new").error().kind, ErrorKind::MalformedReply);
        QCOMPARE(readFile(config + "/config.json", 4096).value(), std::string(text));
    }
}

void TestContextStore::importPathsStayInside_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<bool>("allowed");
    const auto row = [](const char *path, bool allowed) {
        QTest::newRow(path) << QByteArray(path) << allowed;
    };
    row("meta.json", true);
    row("tls/docker/ca.pem", true);
    row("tls/_/../../something", false);
    row("tls/../../something", false);
    row("../../something", false);
    row("/tls/absolute/unix/path", false);
    row("C:\\tls\\absolute\\windows\\path", false);
    row("C:/tls/absolute/windows/path", false);
    row("tls/", false);
    row("tls//x", false);
    row("tls/./x", false);
    row("tls/a\\b", false);
    row("other", false);
}

void TestContextStore::importPathsStayInside()
{
    QFETCH(QByteArray, path);
    QFETCH(bool, allowed);
    QCOMPARE(isImportPath(path.toStdString()), allowed);
}

} // namespace tst_context_store

ROADSTEAD_GUILESS_TEST(tst_context_store::TestContextStore)
#include "tst_context_store.moc"
