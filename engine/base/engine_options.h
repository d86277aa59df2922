// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <sys/types.h>

/// What a person may set of their own engine, always as a whole. The window wishes it, the root
/// helper writes it, the launcher gives it to that person's engine; all three read it by this.
namespace roadstead {

struct EngineOptions
{
    std::set<std::string> insecureRegistries{}; ///< "HOST[:PORT]", see isRegistryAddress()
    /// Who signs a registry's certificate, by "HOST[:PORT]": PEM as normalCertificates() has it.
    std::map<std::string, std::string> certificates{};

    bool operator==(const EngineOptions &) const = default;
};

inline constexpr std::size_t mostInsecureRegistries = 64;
inline constexpr std::size_t longestCertificate = 16U * 1024;   ///< of one registry
inline constexpr std::size_t longestEngineOptions = 64U * 1024; ///< as a file

/// The folder that has a folder for each user id; both root's.
inline constexpr std::string_view engineOptionsRoot = "/var/lib/roadstead-engine";
/// The file of one user, readable by all. No file: nothing is set.
std::string engineOptionsPath(uid_t uid);

/// "HOST" or "HOST:PORT": a name of at most 253 characters in labels of letters, digits and inner
/// hyphens, or an IPv4 address, or an IPv6 address in brackets; a port from 1 to 65535 without
/// leading zeros. Stricter than dockerd, which also takes ranges: whole networks are not offered.
bool isRegistryAddress(std::string_view text);

/// The certificates (DER) of a PEM text (RFC 7468) that holds certificates and empty lines and
/// nothing else, at least one. Their content is not looked at.
std::optional<std::vector<std::string>> certificatesIn(std::string_view pem);
/// The same text with lines of 64 characters, so that equal certificates are equal texts.
std::optional<std::string> normalCertificates(std::string_view pem);

/// The file's text: a line "insecure-registry=HOST" or "certificate=HOST" for each, the second with
/// its PEM text after it. Empty when nothing is set.
std::string serialize(const EngineOptions &options);
/// Fails with InvalidArgument (detail: what is wrong, in a word) at anything else, and above the
/// limits: half of it would be a puzzle. Empty lines and lines that begin with "#" are passed over.
Result<EngineOptions> parseEngineOptions(std::string_view text);
/// The limits, for options that were made in another way. Fails as parseEngineOptions() does.
Result<void> checkEngineOptions(const EngineOptions &options);

/// A mark by which the text of a file is known again: 16 hexadecimal digits.
std::string engineOptionsMark(std::string_view text);

} // namespace roadstead
