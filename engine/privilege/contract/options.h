// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/engine_options.h"

#include <QVariant>
#include <QVariantMap>

#include <array>
#include <optional>
#include <string_view>

/// Options of an engine as a request carries them. Values; thread-safe as such.
namespace roadstead::privilege {

/// One option that may be set. What is not in `optionRules` cannot be: keys of dockerd that run
/// something, open files or widen access have no rule.
struct OptionRule
{
    std::string_view key; ///< as dockerd calls it, where it has it
    QVariant (*encode)(const EngineOptions &options);
    bool (*decode)(const QVariant &value, EngineOptions &options); ///< false: not exactly this type
};

QVariant encodeRegistries(const EngineOptions &options);
bool decodeRegistries(const QVariant &value, EngineOptions &options);
QVariant encodeCertificates(const EngineOptions &options);
bool decodeCertificates(const QVariant &value, EngineOptions &options);

/// The allow-list: one line for each option.
inline constexpr std::array optionRules{
    OptionRule{"insecure-registries", encodeRegistries, decodeRegistries},
    OptionRule{"certificates", encodeCertificates, decodeCertificates},
};

[[nodiscard]] QVariantMap encodeOptions(const EngineOptions &options);
/// Strict: every key of the allow-list and no other, each of exactly its type, all within the
/// limits of checkEngineOptions(), and every certificate one that OpenSSL reads. Fails with
/// InvalidArgument.
[[nodiscard]] Result<EngineOptions> decodeOptions(const QVariantMap &map);

/// Whether a PEM text is of certificates (X.509) and nothing else.
[[nodiscard]] bool areCertificates(std::string_view pem);

} // namespace roadstead::privilege
