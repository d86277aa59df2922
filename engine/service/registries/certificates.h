// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"
#include "engine/service/operation.h"

#include <QByteArray>
#include <QDateTime>

#include <cstdint>
#include <string>
#include <vector>

class QObject;

namespace roadstead::service {

/// What a person has to know of a certificate to believe it. Texts are hostile.
struct CertificateFacts
{
    std::string subject{}; ///< "CN=registry, O=Harbour Labs"
    std::string issuer{};
    QDateTime from{};
    QDateTime until{};
    std::string fingerprint{}; ///< SHA-256 of all of it: "8B:57:5E…"
    bool isAuthority = false;  ///< it may sign others
    bool isSelfSigned = false;
    std::string pem{}; ///< as normalCertificates() has it
    bool operator==(const CertificateFacts &) const = default;
};

/// The certificates of a PEM text, in its order; what stands between them is passed over. Fails
/// with InvalidArgument where there is none, or where there is a private key: that is nobody's to
/// give away.
Result<std::vector<CertificateFacts>> certificatesOf(const QByteArray &pem);

/// Asks a host for the certificates that it shows, its own first, then who signed each. Believes
/// nothing and sends nothing but a greeting (TLS). Errors as those of RegistryClient. `owner`: it
/// lives in its thread, and ends with it.
Operation<std::vector<CertificateFacts>> askForCertificates(const std::string &host,
                                                            std::uint16_t port, QObject *owner);

} // namespace roadstead::service
