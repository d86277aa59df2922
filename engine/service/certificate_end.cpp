// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/certificate_end.h"

#include <QSslCertificate>
#include <QString>

#include <string>

namespace roadstead::service {

QDateTime certificateEnd(const http::Endpoint &endpoint)
{
    const auto *address = std::get_if<http::TcpAddress>(&endpoint);
    if (address == nullptr || !address->tls) {
        return {};
    }
    QDateTime first;
    for (const std::string &path : {address->tls->authority, address->tls->certificate}) {
        if (path.empty()) {
            continue;
        }
        const auto certificates = QSslCertificate::fromPath(
            QString::fromStdString(path), QSsl::Pem, QSslCertificate::PatternSyntax::FixedString);
        for (const QSslCertificate &certificate : certificates) {
            const QDateTime end = certificate.expiryDate();
            if (end.isValid() && (!first.isValid() || end < first)) {
                first = end;
            }
        }
    }
    return first;
}

} // namespace roadstead::service
