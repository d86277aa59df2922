// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/registry/trust/content_trust.h"
#include "engine/registry/trust/cosign.h"
#include "tests/support/test_program/test_program.h"

#include <QTest>

#include <algorithm>

namespace tst_trust_programs {

using namespace roadstead;
using namespace roadstead::trust;

namespace {

const std::string digest = "sha256:" + std::string(64, '4');

std::string joined(const std::vector<std::string> &words)
{
    std::string all;
    for (const std::string &word : words) {
        all += (all.empty() ? "" : "|") + word;
    }
    return all;
}

std::string claim(const std::string &of)
{
    return R"([{"critical":{"identity":{"docker-reference":"r/web"},"image":{"docker-manifest-digest":)"
           "\"" +
           of +
           "\""
           R"(},"type":"cosign container image signature"},"optional":null}])";
}

} // namespace

/// What cosign and docker are told, and what their answers mean. The words are those of cosign
/// 2.5.0 and docker 26.1.
class TestTrustPrograms : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void argumentsNameTheImageLast()
    {
        const Signing signing{.image = "r.example/web@" + digest, .privateKey = "/keys/my key"};
        QCOMPARE(joined(signing.arguments()),
                 "sign|--key|/keys/my key|--yes|--tlog-upload=false|r.example/web@" + digest);
        const Verification verification{.image = "r.example/web@" + digest,
                                        .publicKey = "/keys/a.pub",
                                        .access = {.isLenient = true, .authority = "/ca.crt"}};
        QCOMPARE(joined(verification.arguments()),
                 "verify|--key|/keys/a.pub|--insecure-ignore-tlog=true|--output|json|"
                 "--allow-insecure-registry|--allow-http-registry|--registry-cacert|/ca.crt|"
                 "r.example/web@" +
                     digest);
        QVERIFY(std::ranges::contains(
            Signing{.image = "a", .privateKey = "b", .inPublicLog = true}.arguments(),
            "--tlog-upload=true"));
    }

    void keyNamesAreNamesOfFiles()
    {
        for (const char *good : {"release", "my-key_2", "a.b"}) {
            QVERIFY2(isKeyName(good), good);
        }
        for (const char *bad : {"", "../x", "a/b", ".hidden", "-x", "a b", "a:b", "ü"}) {
            QVERIFY2(!isKeyName(bad), bad);
        }
    }

    void versions()
    {
        QCOMPARE(cosignVersion("cosign: A tool\n\nGitVersion:    v2.4.1\nGitCommit: x\n"),
                 "v2.4.1");
        QCOMPARE(cosignVersion("GitVersion:    devel\n"), ""); // as Debian builds it
        QCOMPARE(cosignVersion(""), "");
    }

    void verifying_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("printed");
        QTest::addColumn<QByteArray>("complaint");
        QTest::addColumn<TrustCause>("cause");
        const QByteArray warning = "WARNING: Skipping tlog verification is an insecure practice.\n";
        QTest::newRow("no signature")
            << 10 << QByteArray() << warning + "Error: no signatures found\n"
            << TrustCause::NoSignature;
        QTest::newRow("another key")
            << 12 << QByteArray()
            << warning + "Error: no matching signatures: invalid signature when validating ASN.1\n"
            << TrustCause::OtherKey;
        QTest::newRow("a signature of another image")
            << 12 << QByteArray()
            << QByteArray("Error: no matching signatures: invalid or missing digest in claim: x\n")
            << TrustCause::DigestMismatch;
        QTest::newRow("no such key file")
            << 1 << QByteArray()
            << QByteArray("Error: loading public key: open k.pub: no such file or directory\n")
            << TrustCause::BadKey;
        QTest::newRow("nothing listens")
            << 1 << QByteArray()
            << QByteArray("Error: Get \"https://r/v2/\": dial tcp: connect: connection refused\n")
            << TrustCause::NotReached;
        QTest::newRow("no account")
            << 1 << QByteArray()
            << QByteArray("Error: GET https://r/v2/: UNAUTHORIZED: authentication required\n")
            << TrustCause::NeedsAccount;
        QTest::newRow("no rights")
            << 1 << QByteArray()
            << QByteArray("Error: GET https://r/v2/: DENIED: requested access is denied\n")
            << TrustCause::RegistryRefused;
        QTest::newRow("good words, another digest")
            << 0 << QByteArray::fromStdString(claim("sha256:" + std::string(64, '5')))
            << QByteArray() << TrustCause::DigestMismatch;
        QTest::newRow("good words, no signature")
            << 0 << QByteArray("[]") << QByteArray() << TrustCause::DigestMismatch;
        QTest::newRow("no JSON") << 0 << QByteArray("fine") << QByteArray() << TrustCause::Unknown;
        QTest::newRow("something else")
            << 3 << QByteArray() << QByteArray("panic\n") << TrustCause::Unknown;
    }
    void verifying()
    {
        QFETCH(const int, status);
        QFETCH(const QByteArray, printed);
        QFETCH(const QByteArray, complaint);
        const auto read =
            readVerification(status, printed.toStdString(), complaint.toStdString(), digest);
        QVERIFY(!read);
        QCOMPARE(read.error().operation, "trust.verify");
        QTEST(trustCauseOf(read.error()), "cause");
    }
    void whatIsVerifiedIsTheDigestThatWasAsked()
    {
        QVERIFY(readVerification(0, claim(digest), "", digest));
    }

    void signing_data()
    {
        QTest::addColumn<QByteArray>("complaint");
        QTest::addColumn<TrustCause>("cause");
        QTest::newRow("password") << QByteArray("Error: signing [x]: getting signer: reading key: "
                                                "decrypt: encrypted: decryption failed\n")
                                  << TrustCause::WrongPassword;
        QTest::newRow("a public key") << QByteArray("Error: signing [x]: getting signer: reading "
                                                    "key: unsupported pem type: PUBLIC KEY\n")
                                      << TrustCause::BadKey;
        QTest::newRow("no file") << QByteArray("Error: signing [x]: getting signer: reading key: "
                                               "open nokey.key: no such file or directory\n")
                                 << TrustCause::BadKey;
        QTest::newRow("keys of Content Trust")
            << QByteArray("failed to sign r/web:2: could not find necessary signing keys, at least "
                          "one of these keys must be available: 92f4\n")
            << TrustCause::NoSigningKey;
        QTest::newRow("may not push")
            << QByteArray("Error: signing [x]: POST https://r/v2/web/blobs/uploads/: DENIED: "
                          "requested access to the resource is denied\n")
            << TrustCause::RegistryRefused;
    }
    void signing()
    {
        QFETCH(const QByteArray, complaint);
        const auto read = readSigning(1, complaint.toStdString());
        QVERIFY(!read);
        QTEST(trustCauseOf(read.error()), "cause");
        QVERIFY(!read.error().detail.starts_with("Error: "));
        QVERIFY(readSigning(0, "Pushing signature to: r/web\n"));
    }

    void serversHaveAnAddress()
    {
        QVERIFY(isNotaryServer("https://notary.example"));
        QVERIFY(isNotaryServer("https://127.0.0.1:4443/"));
        for (const char *bad : {"", "http://notary.example", "notary.example", "https://",
                                "https://a b", "https://user:word@notary.example"}) {
            QVERIFY2(!isNotaryServer(bad), bad);
        }
    }

    void passphrasesAreVariables()
    {
        Passphrases secret{.root = "rootroot", .repository = "repo"};
        const auto variables = notarySignVariables("https://n.example", secret);
        QVERIFY(std::ranges::contains(variables,
                                      std::pair<std::string, std::string>(
                                          "DOCKER_CONTENT_TRUST_REPOSITORY_PASSPHRASE", "repo")));
        for (const std::string &word : notarySignArguments("r/web:1")) {
            QVERIFY(!word.contains("root") && !word.contains("repo"));
        }
        secret.wipe();
        QCOMPARE(secret.root, "");
    }

    void inspections_data()
    {
        QTest::addColumn<QByteArray>("complaint");
        QTest::addColumn<TrustCause>("cause");
        const QByteArray end = "[]\nno signatures or cannot access r/web:1\n";
        QTest::newRow("server gone")
            << "level=debug msg=\"Error: error contacting notary server: dial tcp 127.0.0.1:4443: "
               "connect: connection refused\"\n" +
                   end
            << TrustCause::ServerNotReached;
        QTest::newRow("another root")
            << "level=debug msg=\"could not rotate trust to a new trusted root: failed to validate "
               "data with current trusted certificates\"\n" +
                   end
            << TrustCause::Tampered;
        QTest::newRow("expired")
            << "level=debug msg=\"Error: remote repository r/web out-of-date: x expired\"\n" + end
            << TrustCause::Expired;
        QTest::newRow("no account")
            << "level=debug msg=\"Error: you are not authorized to perform this operation: server "
               "returned 401.\"\n" +
                   end
            << TrustCause::NeedsAccount;
        QTest::newRow("certificate")
            << "level=debug msg=\"Error pinging notary server: tls: x509: unknown authority\"\n" +
                   end
            << TrustCause::ServerNotReached;
    }
    void inspections()
    {
        QFETCH(const QByteArray, complaint);
        const auto read = readInspection(1, "[]", complaint.toStdString());
        QVERIFY(!read);
        QTEST(trustCauseOf(read.error()), "cause");
    }
    void noTrustDataIsNoFailure()
    {
        const auto read = readInspection(
            1, "[]",
            "level=debug msg=\"Error: remote trust data does not exist for r/web: n does not have "
            "trust data for r/web\"\nno signatures or cannot access r/web:1\n");
        QVERIFY(read);
        QVERIFY(read->empty());
    }
    void signedTags()
    {
        const std::string hex(64, 'a');
        const auto read = readInspection(
            0,
            R"([{"Name":"r/web:1","SignedTags":[{"SignedTag":"1","Digest":)"
            "\"" +
                hex + R"(","Signers":["Repo Admin"]},{"SignedTag":"bad tag","Digest":")" + hex +
                "\""
                R"(},{"SignedTag":"2","Digest":"short"}]}])",
            "");
        QVERIFY(read);
        QCOMPARE(*read, (std::vector<SignedTag>{
                            {.tag = "1", .digest = "sha256:" + hex, .signers = {"Repo Admin"}}}));
        QVERIFY(!readInspection(0, "fine", ""));
    }
};

} // namespace tst_trust_programs

ROADSTEAD_GUILESS_TEST(tst_trust_programs::TestTrustPrograms)
#include "tst_trust_programs.moc"
