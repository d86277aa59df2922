// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"
#include "engine/registry/trust/trust_cause.h"

#include <string>
#include <string_view>
#include <vector>

/// Signatures of images by the program cosign, 2.0 or newer: what it is told, and what its answers
/// mean. Passwords go to its standard input, never into arguments.
namespace roadstead::trust {

inline constexpr const char *signOperation = "trust.sign";
inline constexpr const char *verifyOperation = "trust.verify";
inline constexpr const char *keyOperation = "trust.key";

/// How cosign may reach the image's registry. Accounts are the docker CLI's, which it knows.
struct RegistryAccess
{
    bool isLenient = false;  ///< any certificate, and no encryption, as engines have it
    std::string authority{}; ///< a PEM file of who signs its certificate; empty = the system knows
    bool operator==(const RegistryAccess &) const = default;
};

/// `cosign sign`.
struct Signing
{
    std::string image{}; ///< "registry/name@sha256:…"
    std::string privateKey{};
    bool inPublicLog = false; ///< also written to the transparency log that everybody reads
    /// See takesServiceConfig(): it is told to leave that alone, or it would insist on the log.
    bool takesServiceConfig = false;
    RegistryAccess access{};
    [[nodiscard]] std::vector<std::string> arguments() const;
};

/// `cosign verify`.
struct Verification
{
    std::string image{}; ///< "registry/name@sha256:…"
    std::string publicKey{};
    RegistryAccess access{};
    [[nodiscard]] std::vector<std::string> arguments() const;
};

/// `cosign generate-key-pair`, which makes PREFIX.key and PREFIX.pub.
std::vector<std::string> keyPairArguments(const std::string &prefix);

/// Whether it is a name for the two files of a key pair: letters, digits, "_", "." and "-".
bool isKeyName(std::string_view name);

/// From what `cosign sign --help` prints: whether it takes the addresses of its services from a
/// configuration that it fetches, as cosign 3 does by itself.
bool takesServiceConfig(std::string_view help);

/// The version in what `cosign version` prints; empty = it tells none (a build of its own).
std::string cosignVersion(std::string_view printed);

/// Whether it has signed: what it complained about says why not.
Result<void> readSigning(int exitStatus, std::string_view complaint);

/// Whether it has verified exactly `digest`.
Result<void> readVerification(int exitStatus, std::string_view printed, std::string_view complaint,
                              std::string_view digest);

/// The same of a new key pair.
Result<void> readKeyPair(int exitStatus, std::string_view complaint);

} // namespace roadstead::trust
