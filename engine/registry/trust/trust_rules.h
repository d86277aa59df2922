// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/error.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace roadstead::trust {

/// What is done with images that no signature vouches for, before they are pulled or run.
enum class Policy {
    Off,   ///< nothing is checked
    Warn,  ///< a person decides
    Refuse ///< only what is verified is let through
};

/// A key, and what it speaks for.
struct TrustedKey
{
    std::string name{};       ///< for people, unique
    std::string publicKey{};  ///< path of the file
    std::string privateKey{}; ///< path, where it is on this machine; empty = elsewhere
    std::string scope{};      ///< "registry.example/team"; empty = all images
    bool operator==(const TrustedKey &) const = default;
};

/// What a person has set.
struct Rules
{
    Policy policy = Policy::Off;
    std::vector<TrustedKey> keys{};
    std::string notaryServer{}; ///< "https://notary.example"; empty = none

    /// The keys that speak for an image's whole name ("docker.io/library/nginx"): those with the
    /// narrowest scope.
    [[nodiscard]] std::vector<TrustedKey> keysFor(std::string_view name) const;
    bool operator==(const Rules &) const = default;
};

/// What a typed scope is: the whole name of a registry, or of what begins names of repositories
/// there. None when it cannot be one; empty stays empty.
std::optional<std::string> scopeOf(std::string_view typed);

/// What was found out about an image.
struct Verdict
{
    enum class State {
        NoRule,      ///< no key and no server speaks for it
        Local,       ///< it never was in a registry
        Trusted,     ///< `signer` signed `digest`
        Unsigned,    ///< nobody signed it, or what was signed is not what is there: see `why`
        OtherSigner, ///< signed, but not by a key that speaks for it
        Unchecked    ///< `why` it could not be found out
    };
    State state = State::NoRule;
    std::string name{};   ///< "registry.example/team/web"
    std::string tag{};    ///< that was asked for; may be empty
    std::string digest{}; ///< of what was looked at; empty = not known
    std::string signer{}; ///< the key's name; empty = the Notary server's keys
    std::optional<Error> why{};
    /// "registry.example/team/web@sha256:…"; empty without a digest.
    [[nodiscard]] std::string byDigest() const;
    bool operator==(const Verdict &) const = default;
};

/// What the policy makes of a verdict.
enum class Gate { Open, Ask, Closed };
Gate gateOf(Policy policy, const Verdict &verdict);

} // namespace roadstead::trust
