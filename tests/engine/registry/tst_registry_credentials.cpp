// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/base64.h"
#include "engine/base/files.h"
#include "engine/registry/credential_helper.h"
#include "tests/support/test_program/test_program.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

namespace tst_registry_credentials {

using namespace Qt::StringLiterals;
using namespace roadstead;
using namespace roadstead::registry;
using namespace std::chrono_literals;
using namespace std::string_literals;

namespace {

Credentials person(std::string username, std::string password, std::string server = {})
{
    Credentials credentials;
    credentials.username = std::move(username);
    credentials.password = std::move(password);
    credentials.serverAddress = std::move(server);
    return credentials;
}

/// Answers for the helpers and keeps what was asked.
class StubHelpers final : public CredentialHelpers
{
public:
    Result<std::optional<Credentials>> answer = std::nullopt;
    std::string asked;

    Result<std::optional<Credentials>> get(const std::string &helper,
                                           const std::string &server) override
    {
        asked += helper + " " + server + ";";
        return answer;
    }
};

} // namespace

/// config.json, credential helpers and the header.
class TestRegistryCredentials : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void registriesAreFoundInNames_data();
    void registriesAreFoundInNames();
    void keysGiveTheirHost_data();
    void keysGiveTheirHost();
    void theFileIsRead();
    void damageIsToldAndHidesNoMore_data();
    void damageIsToldAndHidesNoMore();
    void credentialsAreLookedUpAsTheCliDoes_data();
    void credentialsAreLookedUpAsTheCliDoes();
    void theHelperOfTheRegistryComesFirst();
    void aFailingHelperIsNeverAnonymous();
    void theHeaderIsTheCliS();
    void aRealHelperIsAsked();
    void aRealHelperKeepsAndForgets();
    void aHelperThatFailsIsToldWithItsWords();
    void aMissingHelperIsTold();
    void aSlowHelperIsKilledWithItsChildren();
    void aBackgroundChildDoesNotHoldUs();
    void aTalkativeHelperIsStopped();
    void aDeafHelperDoesNotHurt();
    void answersThatAreNoneAreNotQuoted_data();
    void answersThatAreNoneAreNotQuoted();
    void namesOfHelpersAreChecked();
    void theDefaultHelperIsTheCliS();

private:
    void install(const std::string &name, const std::string &script)
    {
        QVERIFY(replaceFile(m_folder->path().toStdString() + "/docker-credential-" + name,
                            "#!/bin/sh\n" + script + "\n", 0755));
    }
    std::string read(const char *name)
    {
        return readFile(m_folder->path().toStdString() + "/" + name, 1 << 16).value_or("");
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    QByteArray m_path;
};

void TestRegistryCredentials::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_path = qgetenv("PATH");
    qputenv("PATH", m_folder->path().toUtf8() + ":/usr/bin:/bin");
    qputenv("TEST_FOLDER", m_folder->path().toUtf8());
}

void TestRegistryCredentials::cleanup()
{
    qputenv("PATH", m_path);
    m_folder.reset();
}

void TestRegistryCredentials::registriesAreFoundInNames_data()
{
    QTest::addColumn<QByteArray>("image");
    QTest::addColumn<QByteArray>("registry");
    const auto row = [](const char *image, const char *registry) {
        QTest::newRow(image) << QByteArray(image) << QByteArray(registry);
    };
    row("ubuntu", "docker.io");
    row("library/ubuntu:24.04", "docker.io");
    row("docker.io/ubuntu", "docker.io");
    row("index.docker.io/ubuntu", "docker.io");
    row("reg.example.com/x", "reg.example.com");
    row("reg.example.com:5000/a/b@sha256:aa", "reg.example.com:5000");
    row("localhost/x", "localhost");
    row("127.0.0.1:8000/x", "127.0.0.1:8000");
    row("[::1]:5000/x", "[::1]:5000");
    row("Host/x", "Host");
    row("host/x", "docker.io");
    row("a.b", "docker.io");
}

void TestRegistryCredentials::registriesAreFoundInNames()
{
    QFETCH(QByteArray, image);
    QFETCH(QByteArray, registry);
    QCOMPARE(registryOf(image.toStdString()), registry.toStdString());
}

void TestRegistryCredentials::keysGiveTheirHost_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QByteArray>("host");
    const auto row = [](const char *key, const char *host) {
        QTest::newRow(key) << QByteArray(key) << QByteArray(host);
    };
    row("example.com", "example.com");
    row("example.com/v1/", "example.com");
    row("https://example.com", "example.com");
    row("http://example.com:6555/v2/", "example.com:6555");
    row("https://user@example.com/", "example.com");
    row("https://[::1]:6555/v2/", "[::1]:6555");
    row("https://[::1]", "::1");
    row("[::1]:6556", "[::1]:6556");
    row("https://::1:6555/v2/", "[::1]:6555");
    row("unix:///var/run/docker.sock", "unix:");
    row("https://index.docker.io/v1/", "index.docker.io");
}

void TestRegistryCredentials::keysGiveTheirHost()
{
    QFETCH(QByteArray, key);
    QFETCH(QByteArray, host);
    QCOMPARE(hostOfKey(key.toStdString()), host.toStdString());
}

void TestRegistryCredentials::theFileIsRead()
{
    const ConfigFile config = parseConfigFile(R"({"AUTHS":{"r":{"Auth":"dTpwOnE=","email":"e"}},
        "auths":{"s":{"identitytoken":"t"},"r2":null},"credsStore":"pass",
        "credHelpers":{"x":"y"},"HttpHeaders":{"X-A":"b"},"future":[]} rest)");
    QCOMPARE(config.problem, ""s);
    QCOMPARE(config.auths.at("r").username, "u"s);
    QCOMPARE(config.auths.at("r").password, "p:q"s);
    QCOMPARE(config.auths.at("r").auth, ""s);
    QCOMPARE(config.auths.at("r").serverAddress, "r"s);
    QCOMPARE(config.auths.at("s").identityToken, "t"s);
    QCOMPARE(config.helperFor("x"), "y"s);
    QCOMPARE(config.helperFor("z"), "pass"s);
    QCOMPARE(config.httpHeaders.at("X-A"), "b"s);
    QVERIFY(!parseConfigFile("").hasCredentials());
    QVERIFY(readConfigFile(m_folder->path().toStdString())->problem.empty());
}

void TestRegistryCredentials::damageIsToldAndHidesNoMore_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("rest"); ///< whether the helper is still known
    const auto row = [](const char *reason, const char *text, bool rest) {
        QTest::newRow(reason) << QByteArray(text) << rest;
    };
    row("no JSON", "{", false);
    row("byte-order mark", "\xEF\xBB\xBF{}", false);
    row("a list", "[]", false);
    row("a number as user", R"({"auths":{"r":{"username":1}},"credsStore":"fake"})", true);
    row("auth without a colon", R"({"auths":{"r":{"auth":"dXNlcg=="}},"credsStore":"fake"})", true);
    row("auth that is no base64", R"({"auths":{"r":{"auth":"*canary*"}},"credsStore":"fake"})",
        true);
    row("auths is a list", R"({"auths":[],"credsStore":"fake"})", true);
}

void TestRegistryCredentials::damageIsToldAndHidesNoMore()
{
    QFETCH(QByteArray, text);
    QFETCH(bool, rest);
    const ConfigFile config = parseConfigFile(text.toStdString());
    QVERIFY(!config.problem.empty());
    QVERIFY(!config.problem.contains("canary"));
    QCOMPARE(config.credentialStore, rest ? "fake"s : ""s);
}

void TestRegistryCredentials::credentialsAreLookedUpAsTheCliDoes_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QByteArray>("registry");
    QTest::addColumn<bool>("found");
    const auto row = [](const char *reason, const char *key, const char *registry, bool found) {
        QTest::newRow(reason) << QByteArray(key) << QByteArray(registry) << found;
    };
    row("exact", "r.example.com", "r.example.com", true);
    row("another port", "r.example.com:5000", "r.example.com", false);
    row("no port", "r.example.com", "r.example.com:5000", false);
    row("old URL", "https://r.example.com/v1/", "r.example.com", true);
    row("below another domain", "example.com", "r.example.com", false);
    row("other case", "R.example.com", "r.example.com", false);
    row("Docker Hub", "https://index.docker.io/v1/", "docker.io", true);
    row("Docker Hub by its other name", "https://index.docker.io/v1/", "index.docker.io", true);
    row("Docker Hub's plain name is no key", "docker.io", "docker.io", false);
    row("Docker Hub's host is no key", "index.docker.io", "docker.io", false);
}

void TestRegistryCredentials::credentialsAreLookedUpAsTheCliDoes()
{
    QFETCH(QByteArray, key);
    QFETCH(QByteArray, registry);
    QFETCH(bool, found);
    const ConfigFile config =
        parseConfigFile(R"({"auths":{")" + key.toStdString() + R"(":{"auth":"dTpw"}}})");
    StubHelpers helpers;
    const auto credentials = resolveCredentials(config, registry.toStdString(), helpers);
    QCOMPARE(!credentials->isAnonymous(), found);
    QCOMPARE(helpers.asked, ""s);
}

void TestRegistryCredentials::theHelperOfTheRegistryComesFirst()
{
    const ConfigFile config = parseConfigFile(R"({"auths":{"r":{"auth":"dTpw"}},"credsStore":"all",
        "credHelpers":{"r":"own","plain":"","https://index.docker.io/v1/":"hub"}})");
    StubHelpers helpers;
    helpers.answer = person("h", "s", "r");
    QCOMPARE(resolveCredentials(config, "r", helpers)->username, "h"s);
    static_cast<void>(resolveCredentials(config, "other", helpers));
    static_cast<void>(resolveCredentials(config, "docker.io", helpers));
    static_cast<void>(resolveCredentials(config, "plain", helpers));
    QCOMPARE(helpers.asked, "own r;all other;hub https://index.docker.io/v1/;"s);
    helpers.answer = std::nullopt;
    QVERIFY(resolveCredentials(config, "r", helpers)->isAnonymous());
}

void TestRegistryCredentials::aFailingHelperIsNeverAnonymous()
{
    const ConfigFile config =
        parseConfigFile(R"({"auths":{"r":{"auth":"dTpw"}},"credsStore":"x"})");
    StubHelpers helpers;
    helpers.answer = failure(ErrorKind::NotAnswering, "test");
    QCOMPARE(resolveCredentials(config, "r", helpers).error().kind, ErrorKind::NotAnswering);
}

void TestRegistryCredentials::theHeaderIsTheCliS()
{
    QCOMPARE(registryAuthHeader({}), "e30="s);
    const std::string header = registryAuthHeader(person("u<>", "p?~\xfc"));
    QVERIFY(header.find_first_of("+/") == std::string::npos);
    QCOMPARE(registryAuthHeader(person("u", "p", "r")),
             toBase64(R"({"username":"u","password":"p","serveraddress":"r"})"));
}

void TestRegistryCredentials::aRealHelperIsAsked()
{
    install("fake", "printf '%s ' \"$@\" > $TEST_FOLDER/arguments; cat > $TEST_FOLDER/input\n"
                    "echo '{\"ServerURL\":\"x\",\"Username\":\"u\",\"Secret\":\"canary\"}'");
    InstalledHelpers helpers;
    const auto credentials = helpers.get("fake", "r.example.com");
    QCOMPARE((**credentials).password, "canary"s);
    QCOMPARE((**credentials).serverAddress, "r.example.com"s);
    QCOMPARE(read("arguments"), "get "s);
    QCOMPARE(read("input"), "r.example.com"s);
    install("fake", "echo 'credentials not found in native keychain'; exit 1");
    QVERIFY(!helpers.get("fake", "r")->has_value());
}

void TestRegistryCredentials::aRealHelperKeepsAndForgets()
{
    install("fake", "printf '%s ' \"$@\" >> $TEST_FOLDER/arguments; cat >> $TEST_FOLDER/input\n"
                    "[ \"$1\" = list ] && echo '{\"r\":\"u\"}' || true");
    InstalledHelpers helpers;
    QVERIFY(helpers.store("fake", person("u", "ca\"nary", "r")));
    Credentials token = person({}, {}, "r");
    token.identityToken = "tok";
    QVERIFY(helpers.store("fake", token));
    QVERIFY(helpers.erase("fake", "r"));
    QCOMPARE(helpers.list("fake")->at("r"), "u"s);
    QCOMPARE(read("arguments"), "store store erase list "s);
    QCOMPARE(read("input"), R"({"ServerURL":"r","Username":"u","Secret":"ca\"nary"})"
                            R"({"ServerURL":"r","Username":"\u003ctoken\u003e","Secret":"tok"})"
                            "runused"s);
}

void TestRegistryCredentials::aHelperThatFailsIsToldWithItsWords()
{
    install("fake", "echo 'the vault is locked'; exit 3");
    const auto credentials = InstalledHelpers().get("fake", "r");
    QCOMPARE(credentials.error().kind, ErrorKind::Unauthorized);
    QCOMPARE(credentials.error().code, 3);
    QVERIFY(credentials.error().detail.contains("the vault is locked"));
    install("fake", "kill -9 $$");
    QCOMPARE(InstalledHelpers().get("fake", "r").error().code, 128 + 9);
}

void TestRegistryCredentials::aMissingHelperIsTold()
{
    const auto credentials = InstalledHelpers().get("nothere", "r");
    QCOMPARE(credentials.error().kind, ErrorKind::NotInstalled);
    QCOMPARE(credentials.error().detail, "docker-credential-nothere"s);
}

void TestRegistryCredentials::aSlowHelperIsKilledWithItsChildren()
{
    install("fake", "sleep 60 & echo $! > $TEST_FOLDER/child; wait");
    QElapsedTimer timer;
    timer.start();
    const auto credentials = InstalledHelpers(500ms).get("fake", "r");
    QCOMPARE(credentials.error().kind, ErrorKind::NotAnswering);
    QVERIFY(timer.elapsed() < 10'000);
    const std::string child = "/proc/" + read("child").substr(0, read("child").find('\n')) + "/exe";
    QTRY_VERIFY(!QFile::exists(QString::fromStdString(child)));
}

void TestRegistryCredentials::aBackgroundChildDoesNotHoldUs()
{
    install("fake", "sleep 60 &\necho '{\"Username\":\"u\",\"Secret\":\"s\"}'");
    QElapsedTimer timer;
    timer.start();
    QCOMPARE((**InstalledHelpers().get("fake", "r")).username, "u"s);
    QVERIFY(timer.elapsed() < 10'000);
}

void TestRegistryCredentials::aTalkativeHelperIsStopped()
{
    install("fake", "exec cat /dev/zero");
    QCOMPARE(InstalledHelpers().get("fake", "r").error().kind, ErrorKind::MalformedReply);
}

void TestRegistryCredentials::aDeafHelperDoesNotHurt()
{
    install("fake", "exec <&-\necho '{\"Username\":\"u\",\"Secret\":\"s\"}'");
    QVERIFY(InstalledHelpers().get("fake", std::string(1 << 20, 'r')));
}

void TestRegistryCredentials::answersThatAreNoneAreNotQuoted_data()
{
    QTest::addColumn<QByteArray>("answer");
    for (const char *answer : {"canary", "[\"canary\"]", R"({"Secret":["canary"]})", "",
                               R"({"Username":1,"Secret":"canary"})", R"({"Secret":"canary)"}) {
        QTest::newRow(answer) << QByteArray(answer);
    }
}

void TestRegistryCredentials::answersThatAreNoneAreNotQuoted()
{
    QFETCH(QByteArray, answer);
    const auto credentials = parseHelperAnswer(answer.toStdString(), "r");
    QCOMPARE(credentials.error().kind, ErrorKind::MalformedReply);
    QVERIFY(!credentials.error().detail.contains("canary"));
}

void TestRegistryCredentials::namesOfHelpersAreChecked()
{
    for (const char *good : {"pass", "ecr-login", "a_b.c-9"}) {
        QVERIFY2(isHelperName(good), good);
    }
    for (const char *bad : {"", "../x", "a b", "a/b", "a;b", "ü", "a\n"}) {
        QVERIFY2(!isHelperName(bad), bad);
        QCOMPARE(InstalledHelpers().get(bad, "r").error().kind, ErrorKind::InvalidArgument);
    }
}

void TestRegistryCredentials::theDefaultHelperIsTheCliS()
{
    const auto with = [](const std::string &programs) {
        return defaultHelper([programs](const std::string &program) {
            return programs.contains("|" + program + "|");
        });
    };
    QCOMPARE(with("||"), ""s);
    QCOMPARE(with("|docker-credential-secretservice|"), "secretservice"s);
    QCOMPARE(with("|pass|docker-credential-pass|"), "pass"s);
    QCOMPARE(with("|pass|docker-credential-secretservice|"), ""s);
    install("fake", "true");
    QVERIFY(isInPath("docker-credential-fake"));
    QVERIFY(!isInPath("docker-credential-nothere"));
}

} // namespace tst_registry_credentials

ROADSTEAD_GUILESS_TEST(tst_registry_credentials::TestRegistryCredentials)
#include "tst_registry_credentials.moc"
