// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/sha256.h"
#include "engine/registry/api/registry_client.h"
#include "engine/registry/cause.h"
#include "tests/support/await.h"
#include "tests/support/real_registry.h"
#include "tests/support/test_program/test_program.h"

#include <QTest>

namespace tst_registry_client_live {

using namespace roadstead;
using namespace roadstead::registry;
using test::await;

namespace {

Credentials accountOf(const char *user, const char *password = RealRegistry::password)
{
    Credentials credentials;
    credentials.username = user;
    credentials.password = password;
    return credentials;
}

} // namespace

/// The client of registries against a real docker-registry.
class TestRegistryClientLive : public QObject
{
    Q_OBJECT
private:
    http::Client m_transport;
    RealRegistry m_registry;

    std::unique_ptr<RegistryClient> clientOf(Credentials credentials,
                                             Security security = Security::Lenient,
                                             const std::string &authority = {})
    {
        Place place = placeOf(m_registry.name()).value();
        place.security = security;
        place.authority = authority;
        return std::make_unique<RegistryClient>(&m_transport, place, std::move(credentials));
    }
    static Result<Greeting> greet(RegistryClient &client)
    {
        return await<Greeting>([&](auto done) { client.greet(std::move(done)); });
    }
    static Cause pushing(RegistryClient &client, const std::string &repository = "team/web")
    {
        const auto may =
            await<Done>([&](auto done) { client.checkPush(repository, std::move(done)); });
        return may ? Cause::Unknown : causeOf(may.error());
    }
    static Result<NamePage> tags(RegistryClient &client, const std::string &repository)
    {
        return await<NamePage>([&](auto done) { client.tags(repository, {}, std::move(done)); });
    }
    /// Sends a blob as an engine does.
    Result<http::Response> put(const std::string &method, const std::string &target,
                               const std::string &body, const std::string &type)
    {
        http::Request request;
        request.endpoint = http::TcpAddress{.host = "127.0.0.1", .port = m_registry.port()};
        request.method = method;
        request.target = target;
        request.body = body;
        request.contentType = type;
        return await<http::Response>(
            [&](auto done) { m_transport.send(std::move(request), std::move(done)); });
    }
    bool pushBlob(const std::string &repository, const std::string &body)
    {
        const auto begun = put("POST", "/v2/" + repository + "/blobs/uploads/", {}, {});
        if (!begun || begun->status != 202) {
            qWarning("%s", begun ? begun->body.c_str() : begun.error().detail.c_str());
            return false;
        }
        const std::string location(begun->header("location"));
        const std::string target = location.substr(location.find("/v2/"));
        const auto ended = put("PUT", target + "&digest=sha256:" + sha256Hex(body), body,
                               "application/octet-stream");
        if (!ended || ended->status != 201) {
            qWarning("%s: %s", target.c_str(),
                     ended ? ended->body.c_str() : ended.error().detail.c_str());
            return false;
        }
        return true;
    }
    bool pushImage(const std::string &repository, const std::string &tag)
    {
        const std::string config =
            R"({"created":"2026-01-02T03:04:05Z","os":"linux","architecture":"amd64"})";
        const std::string layer(4321, 'x');
        const QByteArray manifest =
            QStringLiteral(
                "{'schemaVersion':2,'mediaType':'application/vnd.oci.image.manifest.v1+json',"
                "'config':{'mediaType':'application/vnd.oci.image.config.v1+json','digest':"
                "'sha256:%1','size':%2},'layers':[{'mediaType':"
                "'application/vnd.oci.image.layer.v1.tar','digest':'sha256:%3','size':4321}]}")
                .arg(QString::fromStdString(sha256Hex(config)))
                .arg(config.size())
                .arg(QString::fromStdString(sha256Hex(layer)))
                .replace(u'\'', u'"')
                .toUtf8();
        if (!pushBlob(repository, config) || !pushBlob(repository, layer)) {
            return false;
        }
        const auto done = put("PUT", "/v2/" + repository + "/manifests/" + tag,
                              manifest.toStdString(), "application/vnd.oci.image.manifest.v1+json");
        return done && done->status == 201;
    }

private Q_SLOTS:
    void withoutAccounts()
    {
        QVERIFY(m_registry.start(RealRegistry::Auth::None));
        const auto client = clientOf(accountOf("mara"));
        const auto greeting = greet(*client);
        QVERIFY2(greeting.has_value(), greeting ? "" : greeting.error().detail.c_str());
        QCOMPARE(greeting->login, Login::None);
        QCOMPARE(greeting->reached, Reached::Plain);
        QCOMPARE(pushing(*client), Cause::Unknown);
    }

    void whatIsThereIsListedAndDeleted()
    {
        QVERIFY(m_registry.start(RealRegistry::Auth::None));
        for (int i = 0; i < 3; ++i) {
            QVERIFY(pushImage("team/web", "1." + std::to_string(i)));
        }
        QVERIFY(pushImage("tool", "latest"));
        const auto client = clientOf({});
        const auto repositories =
            await<NamePage>([&](auto done) { client->repositories({}, std::move(done)); });
        QVERIFY(repositories.has_value());
        QCOMPARE(repositories->names, (std::vector<std::string>{"team/web", "tool"}));
        QCOMPARE(tags(*client, "team/web")->names.size(), std::size_t(3));
        const auto read = await<Manifest>(
            [&](auto done) { client->manifest("team/web", "1.0", std::move(done)); });
        QVERIFY2(read.has_value(), read ? "" : read.error().detail.c_str());
        QVERIFY(read->bytes() > 4321);
        const auto head = await<Manifest>(
            [&](auto done) { client->manifestHead("team/web", "1.0", std::move(done)); });
        QCOMPARE(head->digest, read->digest);
        const auto config = await<ImageConfig>([&](auto done) {
            client->imageConfig("team/web", read->config.digest, std::move(done));
        });
        QCOMPARE(config->created, "2026-01-02T03:04:05Z");
        const auto gone = await<Done>(
            [&](auto done) { client->deleteManifest("team/web", read->digest, std::move(done)); });
        QVERIFY2(gone.has_value(), gone ? "" : gone.error().detail.c_str());
        QCOMPARE(tags(*client, "team/web")->names.size(), std::size_t(0));
        QCOMPARE(causeOf(tags(*client, "missing").error()), Cause::NotFound);
    }

    void pagesAreFollowed()
    {
        QVERIFY(m_registry.start(RealRegistry::Auth::None));
        for (int i = 0; i < 103; ++i) {
            QVERIFY(pushImage("many/r" + std::to_string(i), "1"));
        }
        const auto client = clientOf({});
        std::vector<std::string> all;
        std::string page;
        do {
            const auto names =
                await<NamePage>([&](auto done) { client->repositories(page, std::move(done)); });
            QVERIFY(names.has_value());
            all.insert(all.end(), names->names.begin(), names->names.end());
            page = names->next;
        } while (!page.empty());
        QVERIFY(all.size() >= 103);
        QVERIFY(std::ranges::adjacent_find(all) == all.end());
    }

    void deletingThatIsNotOffered()
    {
        QVERIFY(m_registry.start(RealRegistry::Auth::None, RealRegistry::Certificate::None, false));
        QVERIFY(pushImage("team/web", "1"));
        const auto client = clientOf({});
        const auto read =
            await<Manifest>([&](auto done) { client->manifest("team/web", "1", std::move(done)); });
        const auto gone = await<Done>(
            [&](auto done) { client->deleteManifest("team/web", read->digest, std::move(done)); });
        QCOMPARE(causeOf(gone.error()), Cause::NotOffered);
    }

    void withPasswords()
    {
        QVERIFY(m_registry.start(RealRegistry::Auth::Basic));
        QCOMPARE(greet(*clientOf(accountOf("mara")))->login, Login::Basic);
        QCOMPARE(pushing(*clientOf(accountOf("mara"))), Cause::Unknown);
        QCOMPARE(pushing(*clientOf(accountOf("mara", "wrong"))), Cause::SignIn);
        QCOMPARE(pushing(*clientOf({})), Cause::SignIn);
        QCOMPARE(causeOf(greet(*clientOf({})).error()), Cause::SignIn);
    }

    void withTokens()
    {
        QVERIFY(m_registry.start(RealRegistry::Auth::Token));
        const auto mara = clientOf(accountOf("mara"));
        const auto greeting = greet(*mara);
        QVERIFY2(greeting.has_value(), greeting ? "" : greeting.error().detail.c_str());
        QCOMPARE(greeting->login, Login::Token);
        QCOMPARE(pushing(*mara), Cause::Unknown);
        const int given = m_registry.tokensGiven();
        QCOMPARE(pushing(*mara), Cause::Unknown);
        QCOMPARE(m_registry.tokensGiven(), given); // kept
        QCOMPARE(pushing(*clientOf(accountOf("reader"))), Cause::Denied);
        QCOMPARE(pushing(*clientOf(accountOf("mara", "wrong"))), Cause::SignIn);
        QCOMPARE(pushing(*clientOf({})), Cause::SignIn);
        QVERIFY(await<NamePage>([&](auto done) {
                    mara->repositories({}, std::move(done));
                }).has_value());
    }

    void withCertificates()
    {
        QVERIFY(m_registry.start(RealRegistry::Auth::Basic, RealRegistry::Certificate::Good));
        const auto trusted =
            clientOf(accountOf("mara"), Security::Verified, m_registry.authority());
        const auto greeting = greet(*trusted);
        QVERIFY2(greeting.has_value(), greeting ? "" : greeting.error().detail.c_str());
        QCOMPARE(greeting->reached, Reached::Trusted);
        QCOMPARE(pushing(*trusted), Cause::Unknown);
        QCOMPARE(pushing(*clientOf(accountOf("mara"), Security::Verified)), Cause::NotTrusted);
        QCOMPARE(greet(*clientOf(accountOf("mara")))->reached, Reached::Unverified);
    }

    void withCertificatesThatAreWrong()
    {
        QVERIFY(m_registry.start(RealRegistry::Auth::None, RealRegistry::Certificate::OtherHost));
        QCOMPARE(pushing(*clientOf({}, Security::Verified, m_registry.authority())),
                 Cause::OtherHost);
        QVERIFY(m_registry.start(RealRegistry::Auth::None, RealRegistry::Certificate::Expired));
        QCOMPARE(pushing(*clientOf({}, Security::Verified, m_registry.authority())),
                 Cause::Expired);
        QVERIFY(m_registry.start(RealRegistry::Auth::None));
        QCOMPARE(pushing(*clientOf({}, Security::Verified)), Cause::PlainHttp);
    }
};

} // namespace tst_registry_client_live

ROADSTEAD_GUILESS_TEST(tst_registry_client_live::TestRegistryClientLive)
#include "tst_registry_client_live.moc"
