// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/privilege/contract/options.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <openssl/x509.h>

#include <algorithm>
#include <memory>

namespace roadstead::privilege {

namespace {

QString keyOf(const OptionRule &rule)
{
    return QString::fromLatin1(rule.key.data(), qsizetype(rule.key.size()));
}

template<typename T>
const T *exactly(const QVariant &value)
{
    return value.metaType() == QMetaType::fromType<T>() ? static_cast<const T *>(value.constData())
                                                        : nullptr;
}

bool isCertificate(const std::string &bytes)
{
    const auto *at = reinterpret_cast<const unsigned char *>(bytes.data());
    const auto *end = at + bytes.size();
    const std::unique_ptr<X509, decltype(&X509_free)> read(
        d2i_X509(nullptr, &at, long(bytes.size())), &X509_free);
    return read != nullptr && at == end && X509_get0_pubkey(read.get()) != nullptr;
}

} // namespace

QVariant encodeRegistries(const EngineOptions &options)
{
    QStringList list;
    for (const std::string &registry : options.insecureRegistries) {
        list.append(QString::fromStdString(registry));
    }
    return list;
}

bool decodeRegistries(const QVariant &value, EngineOptions &options)
{
    const auto *list = exactly<QStringList>(value);
    if (list == nullptr || list->size() > qsizetype(mostInsecureRegistries)) {
        return false;
    }
    for (const QString &registry : *list) {
        options.insecureRegistries.insert(registry.toStdString());
    }
    return true;
}

QVariant encodeCertificates(const EngineOptions &options)
{
    QVariantMap map;
    for (const auto &[registry, pem] : options.certificates) {
        map[QString::fromStdString(registry)] = QByteArray::fromStdString(pem);
    }
    return map;
}

bool decodeCertificates(const QVariant &value, EngineOptions &options)
{
    const auto *map = exactly<QVariantMap>(value);
    if (map == nullptr) {
        return false;
    }
    for (const auto &[registry, each] : map->asKeyValueRange()) {
        const auto *pem = exactly<QByteArray>(each);
        if (pem == nullptr || pem->size() > qsizetype(longestCertificate)) {
            return false;
        }
        const std::string text = pem->toStdString();
        if (!areCertificates(text)) {
            return false;
        }
        options.certificates[registry.toStdString()] = normalCertificates(text).value_or("");
    }
    return true;
}

QVariantMap encodeOptions(const EngineOptions &options)
{
    QVariantMap map;
    for (const OptionRule &rule : optionRules) {
        map[keyOf(rule)] = rule.encode(options);
    }
    return map;
}

Result<EngineOptions> decodeOptions(const QVariantMap &map)
{
    EngineOptions options;
    if (map.size() != qsizetype(optionRules.size())) {
        return failure(ErrorKind::InvalidArgument, "privilege.decode", "options");
    }
    for (const OptionRule &rule : optionRules) {
        if (!rule.decode(map.value(keyOf(rule)), options)) {
            return failure(ErrorKind::InvalidArgument, "privilege.decode", std::string(rule.key));
        }
    }
    return checkEngineOptions(options).transform([&] { return std::move(options); });
}

bool areCertificates(std::string_view pem)
{
    const auto found = certificatesIn(pem);
    return found && std::ranges::all_of(*found, isCertificate);
}

} // namespace roadstead::privilege
