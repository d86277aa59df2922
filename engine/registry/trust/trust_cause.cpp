// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/registry/trust/trust_cause.h"

#include <array>
#include <utility>

namespace roadstead::trust {

namespace {

struct TrustWords
{
    std::string_view part;
    TrustCause cause;
};

/// What cosign, docker and their libraries say; the first that is in a text counts.
constexpr auto knownTrustWords = std::to_array<TrustWords>({
    {"decryption failed", TrustCause::WrongPassword},
    {"could not decrypt", TrustCause::WrongPassword},
    {"passphrase does not", TrustCause::WrongPassword},
    {"attempts exceeded", TrustCause::WrongPassword},
    {"could not find necessary signing keys", TrustCause::NoSigningKey},
    {"no valid signing keys", TrustCause::NoSigningKey},
    {"no signatures found", TrustCause::NoSignature},
    {"invalid or missing digest in claim", TrustCause::DigestMismatch},
    {"no matching signatures", TrustCause::OtherKey},
    {"accepted signatures do not match threshold", TrustCause::OtherKey}, // cosign 3
    {"unsupported pem type", TrustCause::BadKey},
    {"PEM decoding failed", TrustCause::BadKey},
    {"loading public key", TrustCause::BadKey},
    {"getting signer: reading key", TrustCause::BadKey},
    {"error contacting notary server", TrustCause::ServerNotReached},
    {"remote trust data does not exist", TrustCause::NoSignature},
    {"trust data missing", TrustCause::NoSignature},
    {"no trust data available", TrustCause::ServerNotReached},
    {"out-of-date", TrustCause::Expired},
    {"is expired", TrustCause::Expired},
    {"potential malicious behavior", TrustCause::Tampered},
    {"could not rotate trust to a new trusted root", TrustCause::Tampered},
    {"did not meet threshold", TrustCause::Tampered},
    {"UNAUTHORIZED", TrustCause::NeedsAccount},
    {"unauthorized", TrustCause::NeedsAccount},
    {"401 Unauthorized", TrustCause::NeedsAccount},
    {"server returned 401", TrustCause::NeedsAccount},
    {"no basic auth credentials", TrustCause::NeedsAccount},
    {"DENIED", TrustCause::RegistryRefused},
    {"denied", TrustCause::RegistryRefused},
    {"403 Forbidden", TrustCause::RegistryRefused},
    {"MANIFEST_UNKNOWN", TrustCause::NoSuchImage},
    {"NAME_UNKNOWN", TrustCause::NoSuchImage},
    {"entity not found", TrustCause::NoSuchImage},
    {"An image does not exist locally", TrustCause::NoSuchImage},
    {"connection refused", TrustCause::NotReached},
    {"no such host", TrustCause::NotReached},
    {"x509:", TrustCause::NotReached},
    {"i/o timeout", TrustCause::NotReached},
    {"context deadline exceeded", TrustCause::NotAnswering},
    {"network is unreachable", TrustCause::NotReached},
    {"no route to host", TrustCause::NotReached},
    {"server gave HTTP response to HTTPS client", TrustCause::NotReached},
});

ErrorKind kindOf(TrustCause cause)
{
    switch (cause) {
    case TrustCause::NotInstalled:
        return ErrorKind::NotInstalled;
    case TrustCause::WrongPassword:
    case TrustCause::NoSigningKey:
    case TrustCause::RegistryRefused:
    case TrustCause::NeedsAccount:
        return ErrorKind::Unauthorized;
    case TrustCause::BadKey:
        return ErrorKind::InvalidArgument;
    case TrustCause::FileExists:
    case TrustCause::DigestMismatch:
    case TrustCause::OtherKey:
    case TrustCause::Tampered:
    case TrustCause::Expired:
        return ErrorKind::Conflict;
    case TrustCause::NoSignature:
    case TrustCause::NoSuchImage:
        return ErrorKind::NotFound;
    case TrustCause::NotReached:
    case TrustCause::ServerNotReached:
        return ErrorKind::Refused;
    case TrustCause::NotAnswering:
        return ErrorKind::NotAnswering;
    case TrustCause::PolicyAsks:
    case TrustCause::PolicyRefuses:
        return ErrorKind::Denied;
    case TrustCause::Unknown:
        break;
    }
    return ErrorKind::EngineFailed;
}

} // namespace

TrustCause trustCauseOf(const Error &error)
{
    const bool isTrust = error.operation.starts_with("trust.") && error.code > 0 &&
                         error.code <= int(TrustCause::PolicyRefuses);
    return isTrust ? TrustCause(error.code) : TrustCause::Unknown;
}

Error trustError(TrustCause cause, std::string operation, std::string detail)
{
    return {kindOf(cause), int(cause), std::move(detail), std::move(operation)};
}

TrustCause causeInWords(std::string_view words)
{
    for (const TrustWords &each : knownTrustWords) {
        if (words.contains(each.part)) {
            return each.cause;
        }
    }
    return TrustCause::Unknown;
}

std::string lastComplaint(std::string_view words)
{
    constexpr std::string_view prefixes[] = {"error during command execution: ", "Error: "};
    while (words.ends_with('\n') || words.ends_with(' ') || words.ends_with('\r')) {
        words.remove_suffix(1);
    }
    const std::size_t before = words.rfind('\n');
    std::string_view last = before == std::string_view::npos ? words : words.substr(before + 1);
    for (const std::string_view prefix : prefixes) {
        if (last.starts_with(prefix)) {
            last.remove_prefix(prefix.size());
        }
    }
    return std::string(last);
}

} // namespace roadstead::trust
