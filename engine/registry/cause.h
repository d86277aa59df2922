// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/error.h"

#include <chrono>
#include <optional>
#include <string>

namespace roadstead::registry {

/// Why a registry did not do what it was asked for, whoever asked: the engine or we.
enum class Cause {
    Unknown,         ///< none of these
    Cancelled,       ///< by a person
    BadName,         ///< it takes no repository of that name
    SignIn,          ///< 401: no account, or a wrong user name or password
    Denied,          ///< 403: the account may not do it here
    NotFound,        ///< 404: no such repository, tag or registry
    NotOffered,      ///< 405, 501: the registry does not offer it
    TooLarge,        ///< 413: it, or a proxy in front of it, takes no body of this size
    TooManyRequests, ///< 429: see retryAfterOf()
    NotTrusted,      ///< the certificate is of nobody who is trusted
    Expired,         ///< the certificate is over, or not yet good
    OtherHost,       ///< the certificate is for another host
    TlsFailed,       ///< no encrypted connection for another reason
    PlainHttp,       ///< encryption was asked for, and the registry speaks none
    NameUnknown,     ///< the host's name does not resolve
    Refused,         ///< nothing listens there
    NotAnswering,    ///< no answer in time
    ConnectionLost,  ///< it ended while the request was under way
    RegistryFailed,  ///< 5xx
    DiskFull,        ///< no space is left there
    NoSuchImage,     ///< the engine has no image of that name
    Helper,          ///< a credential helper failed
    Malformed        ///< the answer breaks the rules
};

/// The cause behind an error of RegistryClient, or of an engine that pulled or pushed: engines have
/// words only.
Cause causeOf(const Error &error);

/// How long a registry wants to be left alone; none where it did not say.
std::optional<std::chrono::seconds> retryAfterOf(const Error &error);

/// `detail` with that in it.
std::string withRetryAfter(std::string detail, std::chrono::seconds wait);

} // namespace roadstead::registry
