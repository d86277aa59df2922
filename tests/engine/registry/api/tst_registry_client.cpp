// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/base64.h"
#include "engine/registry/api/challenge.h"
#include "engine/registry/cause.h"
#include "tests/engine/registry/api/registry_client_bed.h"
#include "tests/support/test_program/test_program.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

namespace tst_registry_client {

using namespace roadstead;
using namespace roadstead::registry;
using namespace std::chrono_literals;
using test::AskedFor;
using test::digestOf;
using test::FakeRegistry;
using test::Told;

namespace {

constexpr const char *secret = "canary-77";

Credentials account()
{
    Credentials credentials;
    credentials.username = "mara";
    credentials.password = secret;
    return credentials;
}

std::string basicOfAccount()
{
    return "Basic " + toBase64(std::string("mara:") + secret);
}

class StillClock : public Clock
{
public:
    [[nodiscard]] std::chrono::steady_clock::time_point steadyNow() const override { return m_now; }
    [[nodiscard]] std::chrono::system_clock::time_point wallNow() const override { return {}; }
    void pass(std::chrono::seconds seconds) { m_now += seconds; }

private:
    std::chrono::steady_clock::time_point m_now{1h};
};

} // namespace

/// The client of registries against a server that answers what is said here.
class TestRegistryClient : public QObject, private test::RegistryClientBed
{
    Q_OBJECT
private Q_SLOTS:
    void anAuthorityIsOfTheFirstFolderThatHasOne()
    {
        const QTemporaryDir own;
        const QTemporaryDir systems;
        const std::vector<std::string> folders{own.path().toStdString(),
                                               systems.path().toStdString()};
        const auto put = [](const QTemporaryDir &folder, const QString &name) {
            const QString path = folder.filePath(name);
            QDir().mkpath(QFileInfo(path).path());
            return QFile(path).open(QIODevice::WriteOnly);
        };
        QCOMPARE(authorityOf(folders, "a.example:5000"), "");
        QVERIFY(put(systems, QStringLiteral("a.example:5000/z.crt")));
        QVERIFY(put(systems, QStringLiteral("a.example:5000/b.crt")));
        QCOMPARE(authorityOf(folders, "a.example:5000"), folders[1] + "/a.example:5000/b.crt");
        QCOMPARE(authorityOf(folders, "a.example"), ""); // the port belongs to its name
        // A link that leads nowhere here, as into what the engine alone sees, is none.
        QDir().mkpath(own.filePath(QStringLiteral("a.example:5000")));
        QVERIFY(QFile::link(QStringLiteral("../.system/a.example:5000/b.crt"),
                            own.filePath(QStringLiteral("a.example:5000/a.crt"))));
        QCOMPARE(authorityOf(folders, "a.example:5000"), folders[1] + "/a.example:5000/b.crt");
        QVERIFY(put(own, QStringLiteral("a.example:5000/roadstead-ca.crt")));
        QCOMPARE(authorityOf(folders, "a.example:5000"),
                 folders[0] + "/a.example:5000/roadstead-ca.crt");
        QCOMPARE(authorityOf(folders, "../a.example:5000"), "");
    }

    void namesOfRegistriesBecomePlaces()
    {
        const auto hub = placeOf("docker.io");
        QVERIFY(hub.has_value());
        QCOMPARE(hub->host, "registry-1.docker.io");
        QCOMPARE(hub->port, 443);
        const auto own = placeOf("registry.example:5000");
        QCOMPARE(own->host, "registry.example");
        QCOMPARE(own->port, 5000);
        QCOMPARE(own->security, Security::Verified);
        QCOMPARE(placeOf("localhost:5000")->security, Security::Lenient);
        QCOMPARE(placeOf("127.0.0.1.example:5000")->security, Security::Verified);
        QCOMPARE(placeOf("[::1]:5000")->host, "::1");
        for (const char *bad : {"", "a/b", "me@host", "host:0", "host:70000", "a b", "http://x"}) {
            QVERIFY2(!placeOf(bad), bad);
        }
    }

    void challengesAreRead_data()
    {
        QTest::addColumn<QString>("header");
        QTest::addColumn<QString>("realm");
        QTest::addColumn<QString>("scope");
        QTest::newRow("usual") << R"(Bearer realm="https://a/t",service="r",scope="x:y:pull,push")"
                               << "https://a/t" << "x:y:pull,push";
        QTest::newRow("spaces") << R"(bEaReR  realm = "https://a/t" , scope = "z")"
                                << "https://a/t" << "z";
        QTest::newRow("escapes") << R"(Bearer realm="https://a/\"t")" << R"(https://a/"t)" << "";
        QTest::newRow("no quotes") << R"(Bearer realm=https://a/t)" << "https://a/t" << "";
        QTest::newRow("cut") << R"(Bearer realm="https://a)" << "https://a" << "";
        QTest::newRow("nothing behind") << R"(Bearer)" << "" << "";
    }

    void challengesAreRead()
    {
        QFETCH(const QString, header);
        http::Response response;
        response.headers = {{"www-authenticate", "Basic realm=\"x\""},
                            {"www-authenticate", header.toStdString()}};
        const auto read = challengeOf(response);
        QVERIFY(read.has_value());
        QCOMPARE(read->scheme, Challenge::Scheme::Bearer);
        QTEST(QString::fromStdString(read->realm), "realm");
        QTEST(QString::fromStdString(read->scope), "scope");
        response.headers = {{"www-authenticate", "Negotiate"}};
        QVERIFY(!challengeOf(response));
    }

    void tokenServicesMustBeEncrypted()
    {
        const Place strict = placeOf("registry.example").value();
        const Place here = placeOf("localhost:5000").value();
        const auto at = [](const char *realm) { return Challenge{.realm = realm}; };
        QVERIFY(tokenPlace(at("https://auth.example/t"), strict, false).has_value());
        QVERIFY(!tokenPlace(at("http://auth.example/t"), strict, false));
        QVERIFY(!tokenPlace(at("http://127.0.0.1/t"), strict, false));
        QVERIFY(!tokenPlace(at("http://auth.example/t"), here, false));
        QVERIFY(tokenPlace(at("http://127.0.0.1:9/t"), here, false).has_value());
        QVERIFY(tokenPlace(at("http://auth.example/t"), here, true).has_value());
        QVERIFY(!tokenPlace(at("https://me:pw@auth.example/t"), strict, false));
        QVERIFY(!tokenPlace(at("file:///etc/passwd"), strict, false));
        QVERIFY(!tokenPlace(at("/relative"), strict, false));
        QVERIFY(!tokenPlace(at(""), strict, false));
    }

    void nobodyAsks()
    {
        FakeRegistry server([](const AskedFor &) { return Told{.body = "{}"}; });
        const auto client = clientOf(server, account());
        const auto greeting = greet(*client);
        QVERIFY(greeting.has_value());
        QCOMPARE(greeting->login, Login::None);
        QCOMPARE(greeting->reached, Reached::Plain);
        for (const AskedFor &asked : server.asked()) {
            QVERIFY2(asked.authorization().empty(), "a password was sent unasked");
        }
    }

    void basicIsSentWhenAsked()
    {
        FakeRegistry server([](const AskedFor &asked) {
            const bool good = asked.authorization() == basicOfAccount();
            return good ? Told{.body = R"({"tags":["1","2"]})"}
                        : Told{.status = 401, .headers = {{"WWW-Authenticate", "Basic realm=x"}}};
        });
        const auto client = clientOf(server, account());
        QCOMPARE(greet(*client)->login, Login::Basic);
        server.clear();
        QCOMPARE(tags(*client)->names.size(), std::size_t(2));
        QCOMPARE(server.asked().size(), std::size_t(1)); // it is known by then
    }

    void wrongPasswordsAreRefusedOnce()
    {
        FakeRegistry server([](const AskedFor &) {
            return Told{.status = 401,
                        .headers = {{"WWW-Authenticate", "Basic realm=x"}},
                        .body = R"({"errors":[{"code":"UNAUTHORIZED","message":"no"}]})"};
        });
        const auto client = clientOf(server, account());
        const auto greeting = greet(*client);
        QVERIFY(!greeting);
        QCOMPARE(causeOf(greeting.error()), Cause::SignIn);
        QCOMPARE(greeting.error().detail, "UNAUTHORIZED: no");
        QVERIFY(std::ranges::count_if(server.asked(), [](const AskedFor &asked) {
                    return !asked.authorization().empty();
                }) == 1);
    }

    void tokensAreFetchedKeptAndRenewed()
    {
        std::atomic<int> tokens = 0;
        std::atomic<bool> revoked = false;
        std::string service;
        FakeRegistry server([&](const AskedFor &asked) {
            if (asked.target.starts_with("/token")) {
                const std::string token = "t" + std::to_string(++tokens);
                revoked = false;
                return Told{.body = R"({"token":")" + token + R"(","expires_in":300})"};
            }
            const bool good =
                !revoked && asked.authorization() == "Bearer t" + std::to_string(tokens.load());
            if (good && tokens > 0) {
                return Told{.body = R"({"tags":["1"]})"};
            }
            return Told{.status = 401,
                        .headers = {{"WWW-Authenticate", "Bearer realm=\"" + service +
                                                             "\",service=\"r s\",scope="
                                                             "\"repository:a/b:pull\""}}};
        });
        service = "http://" + server.name() + "/token?x=1";
        StillClock clock;
        const auto client = clientOf(server, account(), clock);
        QVERIFY(tags(*client).has_value());
        QCOMPARE(tokens.load(), 1);
        const auto asked = server.asked();
        const auto at = std::ranges::find_if(
            asked, [](const AskedFor &each) { return each.target.starts_with("/token"); });
        QCOMPARE(at->target,
                 "/token?x=1&account=mara&service=r%20s&scope=repository%3Aa%2Fb%3Apull");
        QCOMPARE(at->authorization(), basicOfAccount());
        QVERIFY(tags(*client).has_value());
        QCOMPARE(tokens.load(), 1);
        clock.pass(295s); // within the margin before its end
        QVERIFY(tags(*client).has_value());
        QCOMPARE(tokens.load(), 2);
        revoked = true;
        QVERIFY(tags(*client).has_value());
        QCOMPARE(tokens.load(), 3);
    }

    void identityTokensAreExchanged()
    {
        std::string service;
        FakeRegistry server([&](const AskedFor &asked) {
            if (asked.target == "/token") {
                const bool good = asked.method == "POST" &&
                                  asked.body.contains("refresh_token=canary-77") &&
                                  asked.authorization().empty();
                return good ? Told{.body = R"({"access_token":"t"})"} : Told{.status = 400};
            }
            return asked.authorization() == "Bearer t"
                       ? Told{}
                       : Told{
                             .status = 401,
                             .headers = {{"WWW-Authenticate", "Bearer realm=\"" + service + "\""}}};
        });
        service = "http://" + server.name() + "/token";
        Credentials credentials;
        credentials.username = "<token>";
        credentials.identityToken = secret;
        const auto client = clientOf(server, credentials);
        QCOMPARE(greet(*client)->login, Login::Token);
    }

    void noPasswordForServicesThatAreNotSafe()
    {
        FakeRegistry service([](const AskedFor &) { return Told{.body = R"({"token":"t"})"}; });
        const auto challenge = Challenge{.realm = "http://" + service.name() + "/token"};
        Place place = placeOf("registry.example").value();
        QVERIFY(!tokenPlace(challenge, place, false));
        QVERIFY(service.asked().empty());
    }

    void redirectionsGetNoSecret()
    {
        const std::string body = R"({"created":"2026-01-02T03:04:05Z","os":"linux"})";
        FakeRegistry storage([&](const AskedFor &) { return Told{.body = body}; });
        FakeRegistry server([&](const AskedFor &asked) {
            if (asked.authorization() != basicOfAccount()) {
                return Told{.status = 401, .headers = {{"WWW-Authenticate", "Basic realm=x"}}};
            }
            return Told{.status = 307,
                        .headers = {{"Location", "http://" + storage.name() + "/blob?sig=1"}}};
        });
        const auto client = clientOf(server, account());
        const auto config = answerOf<ImageConfig>(
            [&](auto done) { client->imageConfig("a/b", digestOf(body), std::move(done)); });
        QVERIFY2(config.has_value(), config ? "" : config.error().detail.c_str());
        QCOMPARE(config->created, "2026-01-02T03:04:05Z");
        QCOMPARE(storage.asked().size(), std::size_t(1));
        QCOMPARE(storage.asked().front().authorization(), "");
        QCOMPARE(storage.asked().front().target, "/blob?sig=1");
    }

    void redirectionsEnd()
    {
        FakeRegistry server([](const AskedFor &) {
            return Told{.status = 302, .headers = {{"Location", "/v2/again"}}};
        });
        const auto client = clientOf(server);
        QCOMPARE(tags(*client).error().kind, ErrorKind::MalformedReply);
        QVERIFY(server.asked().size() < 10);
    }

    void changesAreNotRedirected()
    {
        FakeRegistry other([](const AskedFor &) { return Told{.status = 202}; });
        FakeRegistry server([&](const AskedFor &asked) {
            return asked.method == "GET"
                       ? Told{}
                       : Told{.status = 307,
                              .headers = {{"Location", "http://" + other.name() + "/x"}}};
        });
        const auto client = clientOf(server);
        QVERIFY(!checkPush(*client));
        QVERIFY(other.asked().empty());
    }

    void namesThatAreNoneAreNotAskedFor()
    {
        FakeRegistry server([](const AskedFor &) { return Told{}; });
        const auto client = clientOf(server);
        for (const char *bad : {"", "../x", "A", "a b", "a//b", "a?x", "a/../b"}) {
            const auto read =
                answerOf<NamePage>([&](auto done) { client->tags(bad, {}, std::move(done)); });
            QCOMPARE(read.error().kind, ErrorKind::InvalidArgument);
            const auto may =
                answerOf<Done>([&](auto done) { client->checkPush(bad, std::move(done)); });
            QCOMPARE(may.error().kind, ErrorKind::InvalidArgument);
        }
        QVERIFY(server.asked().empty());
    }

    void pushingIsTriedAndGivenUp()
    {
        FakeRegistry server([](const AskedFor &asked) {
            return asked.method == "POST"
                       ? Told{.status = 202,
                              .headers = {{"Location", "/v2/a/b/blobs/uploads/42?state=s"}}}
                       : Told{.status = asked.method == "DELETE" ? 204 : 200};
        });
        const auto client = clientOf(server);
        QVERIFY(checkPush(*client).has_value());
        const auto asked = server.asked();
        QCOMPARE(asked.back().method, "DELETE");
        QCOMPARE(asked.back().target, "/v2/a/b/blobs/uploads/42?state=s");
        QCOMPARE(asked.at(asked.size() - 2).target, "/v2/a/b/blobs/uploads/");
    }

    void uploadsElsewhereAreLeftAlone()
    {
        FakeRegistry server([](const AskedFor &asked) {
            return asked.method == "POST"
                       ? Told{.status = 202, .headers = {{"Location", "http://evil.example/u"}}}
                       : Told{};
        });
        const auto client = clientOf(server, account());
        QVERIFY(checkPush(*client).has_value());
        QCOMPARE(server.asked().back().method, "POST");
    }

    void refusalsHaveCauses_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("header");
        QTest::addColumn<Cause>("cause");
        QTest::newRow("401") << 401 << "" << Cause::SignIn;
        QTest::newRow("403") << 403 << "" << Cause::Denied;
        QTest::newRow("404") << 404 << "" << Cause::NotFound;
        QTest::newRow("405") << 405 << "" << Cause::NotOffered;
        QTest::newRow("413") << 413 << "" << Cause::TooLarge;
        QTest::newRow("429") << 429 << "30" << Cause::TooManyRequests;
        QTest::newRow("429 with a date") << 429 << "Fri, 31 Dec" << Cause::TooManyRequests;
        QTest::newRow("500") << 500 << "" << Cause::RegistryFailed;
        QTest::newRow("503") << 503 << "120" << Cause::RegistryFailed;
    }

    void refusalsHaveCauses()
    {
        QFETCH(const int, status);
        QFETCH(const QString, header);
        FakeRegistry server([&](const AskedFor &asked) {
            Told told{.status = asked.method == "GET" ? 200 : status};
            if (!header.isEmpty()) {
                told.headers.emplace_back("Retry-After", header.toStdString());
            }
            return told;
        });
        const auto client = clientOf(server);
        const auto may = checkPush(*client);
        QVERIFY(!may);
        QTEST(causeOf(may.error()), "cause");
        QCOMPARE(retryAfterOf(may.error()).has_value(), header.toInt() > 0);
        if (header.toInt() > 0) {
            QCOMPARE(retryAfterOf(may.error())->count(), header.toInt());
        }
    }

    void accountsWithoutRightsAreDenied()
    {
        std::string service;
        FakeRegistry server([&](const AskedFor &asked) {
            if (asked.target.starts_with("/token")) {
                return Told{.body = R"({"token":"little"})"};
            }
            return Told{.status = 401,
                        .headers = {{"WWW-Authenticate", "Bearer realm=\"" + service +
                                                             "\",error=\"insufficient_scope\""}}};
        });
        service = "http://" + server.name() + "/token";
        QCOMPARE(causeOf(checkPush(*clientOf(server, account())).error()), Cause::Denied);
        QCOMPARE(causeOf(checkPush(*clientOf(server)).error()), Cause::SignIn);
    }

    void connectionsThatEndAreSaid()
    {
        FakeRegistry server([](const AskedFor &asked) {
            return asked.method == "POST" ? Told{.silent = true} : Told{};
        });
        const auto client = clientOf(server);
        QCOMPARE(causeOf(checkPush(*client).error()), Cause::ConnectionLost);
    }

    void nothingListens()
    {
        std::string name;
        {
            FakeRegistry server([](const AskedFor &) { return Told{}; });
            name = server.name();
        }
        RegistryClient client(&m_transport, placeOf(name).value(), {});
        QCOMPARE(causeOf(greet(client).error()), Cause::Refused);
    }

    void namesThatDoNotResolve()
    {
        RegistryClient client(&m_transport, placeOf("registry.invalid").value(), {});
        QCOMPARE(causeOf(greet(client).error()), Cause::NameUnknown);
    }

    void encryptionIsNotGivenUpUnlessLenient()
    {
        FakeRegistry server([](const AskedFor &) { return Told{}; });
        Place place = placeOf(server.name()).value();
        place.security = Security::Verified;
        RegistryClient client(&m_transport, place, account());
        QVERIFY(!greet(client));
        QVERIFY(server.asked().empty());
    }

    void questionsCanBeCancelled()
    {
        std::atomic<bool> go = false;
        FakeRegistry server([&](const AskedFor &) {
            while (!go) {
                std::this_thread::sleep_for(5ms);
            }
            return Told{};
        });
        const auto client = clientOf(server);
        const auto greeting = answerOf<Greeting>([&](auto done) {
            const RegistryCall call = client->greet(std::move(done));
            call.cancel();
        });
        go = true;
        QCOMPARE(causeOf(greeting.error()), Cause::Cancelled);
    }

    void secretsAreInNoError()
    {
        FakeRegistry server([](const AskedFor &asked) {
            return Told{.status = 401,
                        .headers = {{"WWW-Authenticate", "Basic realm=x"}},
                        .body = R"({"errors":[{"message":"bad )" + asked.method + R"("}]})"};
        });
        const auto client = clientOf(server, account());
        const auto greeting = greet(*client);
        QVERIFY(!greeting.error().detail.contains(secret));
        QVERIFY(!greeting.error().detail.contains(toBase64(std::string("mara:") + secret)));
    }
};

} // namespace tst_registry_client

ROADSTEAD_GUILESS_TEST(tst_registry_client::TestRegistryClient)
#include "tst_registry_client.moc"
