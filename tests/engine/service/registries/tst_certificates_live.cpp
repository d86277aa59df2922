// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/registries/certificates.h"
#include "tests/support/made_certificate.h"
#include "tests/support/real_registry.h"
#include "tests/support/test_program/test_program.h"

#include <QFile>
#include <QTcpServer>
#include <QTest>

namespace tst_certificates_live {

using namespace roadstead;
using namespace roadstead::service;
using namespace Qt::StringLiterals;

namespace {

Result<std::vector<CertificateFacts>> ask(std::uint16_t port)
{
    QObject owner;
    const auto future = askForCertificates("127.0.0.1", port, &owner).future();
    if (!QTest::qWaitFor([&] { return future.isFinished(); }, 20'000)) {
        return failure(ErrorKind::Internal, "test");
    }
    return future.result();
}

} // namespace

/// What registries show, and what is in files.
class TestCertificatesLive : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void whatARegistryShowsIsRead()
    {
        RealRegistry registry;
        QVERIFY(registry.start(RealRegistry::Auth::None, RealRegistry::Certificate::Good));
        const auto shown = ask(registry.port());
        QVERIFY(shown);
        QCOMPARE(shown->size(), std::size_t(1));
        QCOMPARE(shown->front().subject, "CN=registry");
        QCOMPARE(shown->front().issuer, "CN=harbour");
        QVERIFY(!shown->front().isAuthority);
        QVERIFY(!shown->front().isSelfSigned);
        QFile file(QString::fromStdString(registry.authority()));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto authority = certificatesOf(file.readAll());
        QVERIFY(authority);
        QCOMPARE(authority->front().subject, shown->front().issuer);
        QVERIFY(authority->front().isAuthority);
        QVERIFY(authority->front().isSelfSigned);
    }

    void oneThatIsOverIsShownAllTheSame()
    {
        RealRegistry registry;
        QVERIFY(registry.start(RealRegistry::Auth::None, RealRegistry::Certificate::Expired));
        const auto shown = ask(registry.port());
        QVERIFY(shown);
        QVERIFY(shown->front().until < QDateTime::currentDateTimeUtc());
    }

    void whatShowsNoneFailsWithAReason()
    {
        RealRegistry registry;
        QVERIFY(registry.start(RealRegistry::Auth::None));
        const auto plain = ask(registry.port());
        QVERIFY(!plain);
        QCOMPARE(plain.error().kind, ErrorKind::TlsFailed);
        const std::uint16_t port = registry.port();
        registry.stop();
        const auto nobody = ask(port);
        QVERIFY(!nobody);
        QCOMPARE(nobody.error().kind, ErrorKind::Refused);
    }

    void whoIsSilentIsNotWaitedForWhenNobodyAsksAnyMore()
    {
        QTcpServer silent;
        QVERIFY(silent.listen(QHostAddress::LocalHost));
        QObject owner;
        const auto operation = askForCertificates("127.0.0.1", silent.serverPort(), &owner);
        operation.cancel();
        QVERIFY(operation.future().isFinished());
        QCOMPARE(operation.future().result().error().kind, ErrorKind::Cancelled);
    }

    void filesAreReadWithWhatIsAroundThem()
    {
        const auto facts = certificatesOf(QByteArray("Certificate:\n") + test::madeCertificate);
        QVERIFY(facts);
        QCOMPARE(facts->front().fingerprint, std::string(test::madeFingerprint));
        QVERIFY(!certificatesOf("no certificate"));
        QVERIFY(!certificatesOf(QByteArray(test::madeCertificate) +
                                "-----BEGIN RSA PRIVATE KEY-----\n"));
        QVERIFY(!certificatesOf({}));
    }
};

} // namespace tst_certificates_live

ROADSTEAD_GUILESS_TEST(tst_certificates_live::TestCertificatesLive)
#include "tst_certificates_live.moc"
