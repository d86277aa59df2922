// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"
#include "engine/registry/trust/trust_cause.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// Docker Content Trust: tags signed at a Notary server, by `docker trust`. Passphrases go into the
/// environment of that program alone, which is where it looks for them.
namespace roadstead::trust {

inline constexpr const char *inspectOperation = "trust.inspect";
inline constexpr const char *notaryOperation = "trust.notary";

/// What a Notary server says of one tag.
struct SignedTag
{
    std::string tag{};
    std::string digest{}; ///< "sha256:…"
    std::vector<std::string> signers{};
    bool operator==(const SignedTag &) const = default;
};

/// Secret.
struct Passphrases
{
    std::string root{};       ///< of the root key, which begins a repository
    std::string repository{}; ///< of the repository's keys
    void wipe();
};

using Variables = std::vector<std::pair<std::string, std::string>>;

/// Whether it is the address of a Notary server: https, with a host.
bool isNotaryServer(std::string_view address);

std::vector<std::string> inspectArguments(const std::string &image);
/// `docker trust sign` of the engine's image of that tag, which pushes it, too.
std::vector<std::string> notarySignArguments(const std::string &image);
Variables inspectVariables(const std::string &server);
Variables notarySignVariables(const std::string &server, const Passphrases &passphrases);

/// The signed tags of a repository, or the one that was asked for; none = nothing is signed.
Result<std::vector<SignedTag>> readInspection(int exitStatus, std::string_view printed,
                                              std::string_view complaint);
Result<void> readNotarySigning(int exitStatus, std::string_view complaint);

} // namespace roadstead::trust
