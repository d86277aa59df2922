// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/registry/cause.h"
#include "tests/support/test_program/test_program.h"

#include <QTest>

namespace tst_registry_cause {

using namespace roadstead;
using namespace roadstead::registry;

/// Why registries refuse, out of the words of engines.
class TestRegistryCause : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void wordsOfEnginesHaveCauses_data()
    {
        QTest::addColumn<QString>("words");
        QTest::addColumn<Cause>("cause");
        const auto row = [](const char *words, Cause cause) {
            QTest::newRow(words) << QString::fromUtf8(words) << cause;
        };
        row("unauthorized: authentication required", Cause::SignIn);
        row("no basic auth credentials", Cause::SignIn);
        row("denied: requested access to the resource is denied", Cause::Denied);
        row("received unexpected HTTP status: 413 Request Entity Too Large", Cause::TooLarge);
        row("error parsing HTTP 413 response body: invalid character '<'", Cause::TooLarge);
        row("toomanyrequests: You have reached your pull rate limit.", Cause::TooManyRequests);
        row("error parsing HTTP 429 response body: unexpected end of JSON input",
            Cause::TooManyRequests);
        row("Get \"https://r/v2/\": tls: failed to verify certificate: x509: certificate signed by "
            "unknown authority",
            Cause::NotTrusted);
        row("x509: certificate has expired or is not yet valid: current time", Cause::Expired);
        row("x509: certificate is valid for a.example, not b.example", Cause::OtherHost);
        row("http: server gave HTTP response to HTTPS client", Cause::PlainHttp);
        row("dial tcp: lookup r.invalid on 10.0.0.1:53: no such host", Cause::NameUnknown);
        row("dial tcp: lookup r on 10.0.0.1:53: dial udp 10.0.0.1:53: connect: network is "
            "unreachable",
            Cause::NameUnknown);
        row("unknown: <html><title>413 Request Entity Too Large</title>", Cause::TooLarge);
        row("dial tcp 127.0.0.1:5000: connect: connection refused", Cause::Refused);
        row("dial tcp 10.1.1.1:443: i/o timeout", Cause::NotAnswering);
        row("An image does not exist locally with the tag: nothing", Cause::NoSuchImage);
        row("received unexpected HTTP status: 502 Bad Gateway", Cause::RegistryFailed);
        row("name unknown: repository name not known to registry", Cause::NotFound);
        row("layer sha256:4139cafe401403413429 was strange", Cause::Unknown);
        row("dial tcp 127.0.0.1:413: strange", Cause::Unknown);
    }

    void wordsOfEnginesHaveCauses()
    {
        QFETCH(const QString, words);
        const Error error{ErrorKind::EngineFailed, 0, words.toStdString(), "image.push"};
        QTEST(causeOf(error), "cause");
    }

    void pausesAreReadBack()
    {
        const auto error = [](std::string detail) {
            return Error{ErrorKind::Busy, 429, std::move(detail), "registry.tags"};
        };
        QCOMPARE(retryAfterOf(error(withRetryAfter("slow", std::chrono::seconds(7))))->count(), 7);
        QVERIFY(!retryAfterOf(error("slow")));
        QVERIFY(!retryAfterOf(error("slow (Retry-After: soon)")));
    }
};

} // namespace tst_registry_cause

ROADSTEAD_GUILESS_TEST(tst_registry_cause::TestRegistryCause)
#include "tst_registry_cause.moc"
