// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"

#include <string>
#include <string_view>

namespace roadstead::trust {

/// Why something was not signed or not verified: the code of errors whose operation begins with
/// "trust.".
enum class TrustCause {
    Unknown,          ///< none of these; the words of the program are the detail
    NotInstalled,     ///< the program that is the detail is not on this machine
    WrongPassword,    ///< of the private key
    NoSigningKey,     ///< the keys that may sign there are not here, or the passphrase is another
    BadKey,           ///< no such file, or none that is a key of that kind
    FileExists,       ///< a new key would replace it
    NoSignature,      ///< there is none for this image
    OtherKey,         ///< there are some, by other keys
    DigestMismatch,   ///< what is signed is another image
    NoSuchImage,      ///< the registry has no image of that digest
    RegistryRefused,  ///< 403: the account may not do it there
    NotReached,       ///< the registry does not answer
    ServerNotReached, ///< the Notary server does not answer, or its certificate is not trusted
    Expired,          ///< its data is older than it may be
    Tampered,         ///< its data is signed by keys that are not the known ones, or is older
    NotAnswering,     ///< the program took too long
    NeedsAccount,     ///< 401: the registry wants an account, or does not take the one there is
    PolicyAsks,       ///< the policy wants a person to decide
    PolicyRefuses     ///< the policy forbids it
};

/// The cause of an error of trust; Unknown of any other.
TrustCause trustCauseOf(const Error &error);

/// An error with that cause. `operation` is "trust.sign" and its like.
Error trustError(TrustCause cause, std::string operation, std::string detail = {});

/// What the words of cosign or docker tell of a key, a registry or a server; Unknown for the rest.
TrustCause causeInWords(std::string_view words);

/// The last line of what a program complained about, without its prefix "Error: ".
std::string lastComplaint(std::string_view words);

} // namespace roadstead::trust
