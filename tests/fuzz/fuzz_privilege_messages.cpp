// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/fuzz.h"

#include "engine/privilege/contract/messages.h"
#include "engine/privilege/contract/options.h"

#include <QByteArray>
#include <QVariantMap>

using namespace roadstead::privilege;

namespace {

/// A map of the known keys and others, with values of every kind that fits or nearly fits. Qt's own
/// reading of such a map comes before it and is not ours to fuzz.
QVariantMap mapOf(const QByteArray &bytes)
{
    static const QStringList keys{
        QStringLiteral("nonce"),       QStringLiteral("version"),
        QStringLiteral("detail"),      QStringLiteral("outcome"),
        QStringLiteral("stage"),       QStringLiteral("uid"),
        QStringLiteral("path"),        QStringLiteral("insecure-registries"),
        QStringLiteral("certificates")};
    QVariantMap map;
    const QList<QByteArray> parts = bytes.split('\xff');
    for (const QByteArray &part : parts) {
        if (part.size() < 2) {
            continue;
        }
        const QByteArray rest = part.sliced(2);
        const QString &key = keys.at(uchar(part[0]) % keys.size());
        switch (uchar(part[1]) % 8) {
        case 0:
            map[key] = QString::fromUtf8(rest);
            break;
        case 1:
            map[key] = rest.toInt();
            break;
        case 2:
            map[key] = rest.toUInt();
            break;
        case 3:
            map[key] = rest.toLongLong();
            break;
        case 4:
            map[key] = rest;
            break;
        case 5:
            map[key] = QString::fromUtf8(rest).split(u',');
            break;
        case 6:
            map[key] = QVariantMap{{QStringLiteral("a.example"), rest}};
            break;
        default:
            map[key] = QVariant();
        }
    }
    return map;
}

} // namespace

/// Whatever is accepted must be harmless in a log, and the same again when it is sent on.
void fuzz(std::string_view input)
{
    const QVariantMap map = mapOf(QByteArray(input.data(), qsizetype(input.size())));
    if (const auto request = decodeRequest(map)) {
        require(isPlainWord(request->nonce));
        require(decodeRequest(encode(*request)) == *request);
    }
    QVariantMap options = map;
    options.remove(QStringLiteral("options"));
    if (const auto read = decodeOptions(options)) {
        require(decodeOptions(encodeOptions(*read)) == *read);
    }
    const std::string text(input);
    if (const auto read = roadstead::parseEngineOptions(text)) {
        require(roadstead::parseEngineOptions(roadstead::serialize(*read)) == *read);
    }
    (void)areCertificates(text);
    if (const auto reply = decodeReply(map)) {
        require(reply->detail.isEmpty() || isPlainWord(reply->detail));
        require(decodeReply(encode(*reply)) == *reply);
    }
    (void)decodeProgress(map);
    require(isPlainWord(plainWord(QString::fromUtf8(input.data(), qsizetype(input.size())))));
}
