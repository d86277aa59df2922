// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/registries/certificates.h"

#include "engine/base/engine_options.h"
#include "engine/service/pending.h"

#include <QCryptographicHash>
#include <QPointer>
#include <QSslCertificateExtension>
#include <QSslSocket>
#include <QTimer>

#include <chrono>
#include <memory>

namespace roadstead::service {

using namespace Qt::StringLiterals;

namespace {

constexpr const char *certificateOperation = "registry.certificates";

std::string nameOf(const QSslCertificate &certificate, bool ofIssuer)
{
    const auto read = [&](QSslCertificate::SubjectInfo what) {
        return (ofIssuer ? certificate.issuerInfo(what) : certificate.subjectInfo(what))
            .join(u", "_s);
    };
    QStringList parts;
    for (const auto &[what, key] : {std::pair{QSslCertificate::CommonName, u"CN"_s},
                                    std::pair{QSslCertificate::OrganizationalUnitName, u"OU"_s},
                                    std::pair{QSslCertificate::Organization, u"O"_s}}) {
        if (const QString value = read(what); !value.isEmpty()) {
            parts.append(key + u'=' + value);
        }
    }
    return parts.join(u", "_s).toStdString();
}

/// basicConstraints, RFC 5280 section 4.2.1.9.
bool maySign(const QSslCertificate &certificate)
{
    for (const QSslCertificateExtension &each : certificate.extensions()) {
        if (each.oid() == "2.5.29.19"_L1) {
            return each.value().toMap().value(u"ca"_s).toBool();
        }
    }
    return false;
}

CertificateFacts factsOf(const QSslCertificate &certificate)
{
    return {.subject = nameOf(certificate, false),
            .issuer = nameOf(certificate, true),
            .from = certificate.effectiveDate(),
            .until = certificate.expiryDate(),
            .fingerprint =
                certificate.digest(QCryptographicHash::Sha256).toHex(':').toUpper().toStdString(),
            .isAuthority = maySign(certificate),
            .isSelfSigned = certificate.isSelfSigned(),
            .pem = normalCertificates(certificate.toPem().toStdString()).value_or(std::string())};
}

std::vector<CertificateFacts> factsOf(const QList<QSslCertificate> &certificates)
{
    std::vector<CertificateFacts> facts;
    for (const QSslCertificate &each : certificates) {
        facts.push_back(factsOf(each));
    }
    return facts;
}

ErrorKind kindOf(QAbstractSocket::SocketError error)
{
    switch (error) {
    case QAbstractSocket::HostNotFoundError:
        return ErrorKind::NameNotFound;
    case QAbstractSocket::ConnectionRefusedError:
        return ErrorKind::Refused;
    case QAbstractSocket::NetworkError:
    case QAbstractSocket::SocketTimeoutError:
        return ErrorKind::NotAnswering;
    case QAbstractSocket::RemoteHostClosedError:
        return ErrorKind::ConnectionLost;
    default:
        return ErrorKind::TlsFailed;
    }
}

} // namespace

Result<std::vector<CertificateFacts>> certificatesOf(const QByteArray &pem)
{
    const QList<QSslCertificate> found = QSslCertificate::fromData(pem, QSsl::Pem);
    if (pem.contains("PRIVATE KEY-----") || found.isEmpty()) {
        return failure(ErrorKind::InvalidArgument, certificateOperation,
                       found.isEmpty() ? "none" : "key");
    }
    return factsOf(found);
}

Operation<std::vector<CertificateFacts>> askForCertificates(const std::string &host,
                                                            std::uint16_t port, QObject *owner)
{
    using Facts = std::vector<CertificateFacts>;
    constexpr std::chrono::seconds patience{10};
    const auto pending = std::make_shared<Pending<Facts>>();
    auto *socket = new QSslSocket(owner);
    auto *limit = new QTimer(socket);
    limit->setSingleShot(true);
    const auto end = [pending, socket](Result<Facts> result) {
        socket->disconnect();
        socket->abort();
        socket->deleteLater();
        pending->finish(std::move(result));
    };
    const auto fail = [end](ErrorKind kind, const std::string &why) {
        end(failure(kind, certificateOperation, why));
    };
    // It is here to be looked at, whatever it is.
    socket->setPeerVerifyMode(QSslSocket::QueryPeer);
    QObject::connect(socket, &QSslSocket::sslErrors, socket,
                     [socket] { socket->ignoreSslErrors(); });
    QObject::connect(socket, &QSslSocket::encrypted, socket,
                     [socket, end] { end(factsOf(socket->peerCertificateChain())); });
    QObject::connect(socket, &QSslSocket::errorOccurred, socket,
                     [socket, fail](QAbstractSocket::SocketError error) {
                         fail(kindOf(error), socket->errorString().toStdString());
                     });
    QObject::connect(limit, &QTimer::timeout, socket,
                     [fail] { fail(ErrorKind::NotAnswering, {}); });
    limit->start(patience);
    socket->connectToHostEncrypted(QString::fromStdString(host), port);
    return {pending->future(), [pending, kept = QPointer<QSslSocket>(socket)] {
                if (kept) {
                    kept->deleteLater();
                }
                pending->finish(failure(ErrorKind::Cancelled, certificateOperation));
            }};
}

} // namespace roadstead::service
