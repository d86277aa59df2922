// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"
#include "engine/http/client.h"
#include "engine/http/url.h"
#include "engine/registry/api/place.h"

#include <optional>
#include <string>
#include <string_view>

/// What registries say in headers.
namespace roadstead::registry {

/// How a registry wants to know who asks (RFC 9110, 11.6.1; distribution's token specification).
struct Challenge
{
    enum class Scheme { Basic, Bearer };
    Scheme scheme = Scheme::Basic;
    std::string realm{};   ///< of Bearer: the URL of the token service
    std::string service{}; ///< of Bearer
    std::string scope{};   ///< of Bearer
    std::string error{};   ///< of Bearer: "insufficient_scope", "invalid_token"
    bool operator==(const Challenge &) const = default;
};

/// The challenge of an answer: Bearer before Basic, none where it has neither.
std::optional<Challenge> challengeOf(const http::Response &response);

/// Where a token service is. It is sent a password, so it must be encrypted, unless the registry
/// itself is reached without encryption, or the service is on this machine and so is the registry.
/// Fails with InvalidArgument.
Result<http::Url> tokenPlace(const Challenge &challenge, const Place &place, bool isPlain);

/// The target that a Location at `base` names, if it is of the same host; else empty. It is only
/// ever asked of the registry's own place: behind a proxy it may name another port or no
/// encryption.
std::string ownTarget(const std::string &location, const std::string &base);

/// The target of the next page (RFC 8288), if it is of the same host as `base`; else empty.
std::string nextPage(const http::Response &response, const std::string &base);

} // namespace roadstead::registry
