// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/registry/cause.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>
#include <utility>

namespace roadstead::registry {

namespace {

constexpr std::string_view retryMark = " (Retry-After: ";

struct Words
{
    std::string_view part; ///< small letters
    Cause cause;
};

/// What registries, engines and their libraries say. The first that is in a text counts: what is
/// certain before what is only likely.
constexpr auto knownWords = std::to_array<Words>({
    {"server gave http response to https client", Cause::PlainHttp},
    {"wrong version number", Cause::PlainHttp},
    {"first record does not look like a tls handshake", Cause::PlainHttp},
    {"packet length too long", Cause::PlainHttp},
    {"has expired", Cause::Expired},
    {"not yet valid", Cause::Expired},
    {"certificate is valid for", Cause::OtherHost},
    {"certificate is not valid for", Cause::OtherHost},
    {"doesn't contain any ip sans", Cause::OtherHost},
    {"no alternative certificate subject name", Cause::OtherHost},
    {"does not match target host name", Cause::OtherHost},
    {"legacy common name field", Cause::OtherHost},
    {"unknown authority", Cause::NotTrusted},
    {"unable to get local issuer", Cause::NotTrusted},
    {"self-signed certificate", Cause::NotTrusted},
    {"self signed certificate", Cause::NotTrusted},
    {"unable to verify the first certificate", Cause::NotTrusted},
    {"x509:", Cause::TlsFailed},
    {"tls: ", Cause::TlsFailed},
    {"no such host", Cause::NameUnknown},
    {"dial tcp: lookup", Cause::NameUnknown},
    {"server misbehaving", Cause::NameUnknown},
    {"name resolution", Cause::NameUnknown},
    {"connection refused", Cause::Refused},
    {"no route to host", Cause::NotAnswering},
    {"network is unreachable", Cause::NotAnswering},
    {"i/o timeout", Cause::NotAnswering},
    {"timeout exceeded", Cause::NotAnswering},
    {"deadline exceeded", Cause::NotAnswering},
    {"tls handshake timeout", Cause::NotAnswering},
    {"toomanyrequests", Cause::TooManyRequests},
    {"429", Cause::TooManyRequests},
    {"413", Cause::TooLarge},
    {"request entity too large", Cause::TooLarge},
    {"unauthorized", Cause::SignIn},
    {"no basic auth credentials", Cause::SignIn},
    {"authentication required", Cause::SignIn},
    {"incorrect username or password", Cause::SignIn},
    {"401", Cause::SignIn},
    {"denied", Cause::Denied},
    {"403", Cause::Denied},
    {"insufficient_scope", Cause::Denied},
    {"image does not exist locally", Cause::NoSuchImage},
    {"name invalid", Cause::BadName},
    {"name_invalid", Cause::BadName},
    {"invalid repository name", Cause::BadName},
    {"name unknown", Cause::NotFound},
    {"repository does not exist", Cause::NotFound},
    {"not found", Cause::NotFound},
    {"404", Cause::NotFound},
    {"unsupported", Cause::NotOffered},
    {"405", Cause::NotOffered},
    {"no space left", Cause::DiskFull},
    {"connection reset", Cause::ConnectionLost},
    {"broken pipe", Cause::ConnectionLost},
    {"unexpected eof", Cause::ConnectionLost},
    {"500", Cause::RegistryFailed},
    {"502", Cause::RegistryFailed},
    {"503", Cause::RegistryFailed},
    {"504", Cause::RegistryFailed},
    {"internal server error", Cause::RegistryFailed},
});

bool isWordEdge(char c)
{
    return !((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z'));
}

/// Numbers count as words of their own only: "sha256:…413…" is none.
bool hasWords(std::string_view text, std::string_view part)
{
    const bool isNumber = part.front() >= '0' && part.front() <= '9';
    for (std::size_t at = text.find(part); at != std::string_view::npos;
         at = text.find(part, at + 1)) {
        const std::size_t end = at + part.size();
        if (!isNumber || ((at == 0 || text[at - 1] == ' ' || text[at - 1] == '>') &&
                          (end == text.size() || isWordEdge(text[end])))) {
            return true;
        }
    }
    return false;
}

Cause causeOfWords(std::string_view detail, Cause otherwise)
{
    constexpr std::size_t longestLooked = 4096;
    std::string text(detail.substr(0, longestLooked));
    std::ranges::transform(text, text.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    const auto *found = std::ranges::find_if(
        knownWords, [&text](const Words &words) { return hasWords(text, words.part); });
    return found == knownWords.end() ? otherwise : found->cause;
}

std::optional<Cause> causeOfStatus(int status)
{
    switch (status) {
    case 401:
        return Cause::SignIn;
    case 403:
        return Cause::Denied;
    case 404:
        return Cause::NotFound;
    case 405:
    case 501:
        return Cause::NotOffered;
    case 413:
        return Cause::TooLarge;
    case 429:
        return Cause::TooManyRequests;
    default:
        return std::nullopt;
    }
}

/// What our own transport says by kind.
Cause causeOfTransport(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::NameNotFound:
        return Cause::NameUnknown;
    case ErrorKind::Refused:
        return Cause::Refused;
    case ErrorKind::NotAnswering:
        return Cause::NotAnswering;
    case ErrorKind::ConnectionLost:
        return Cause::ConnectionLost;
    case ErrorKind::MalformedReply:
        return Cause::Malformed;
    case ErrorKind::DiskFull:
        return Cause::DiskFull;
    case ErrorKind::NotFound:
        return Cause::NotFound;
    case ErrorKind::Unauthorized:
        return Cause::SignIn;
    default:
        return Cause::Unknown;
    }
}

} // namespace

Cause causeOf(const Error &error)
{
    if (error.kind == ErrorKind::Cancelled) {
        return Cause::Cancelled;
    }
    if (error.operation == "credentials.helper" || error.kind == ErrorKind::NotInstalled) {
        return Cause::Helper;
    }
    if (error.operation.starts_with("registry.")) {
        if (error.kind == ErrorKind::TlsFailed) {
            return causeOfWords(error.detail, Cause::TlsFailed);
        }
        if (const auto cause = causeOfStatus(error.code)) {
            return *cause;
        }
        if (error.kind == ErrorKind::EngineFailed) {
            return Cause::RegistryFailed;
        }
        return error.kind == ErrorKind::BadRequest ? causeOfWords(error.detail, Cause::Unknown)
                                                   : causeOfTransport(error.kind);
    }
    // An engine's own connection says nothing of the registry: only its words do.
    const Cause cause = causeOfWords(error.detail, Cause::Unknown);
    const bool isEngines = error.kind == ErrorKind::EngineFailed || error.code != 0;
    return isEngines || cause != Cause::Unknown ? cause : causeOfTransport(error.kind);
}

std::optional<std::chrono::seconds> retryAfterOf(const Error &error)
{
    const std::size_t mark = error.detail.rfind(retryMark);
    if (mark == std::string::npos) {
        return std::nullopt;
    }
    const std::string_view number = std::string_view(error.detail).substr(mark + retryMark.size());
    std::uint32_t seconds = 0;
    if (std::from_chars(number.data(), number.data() + number.size(), seconds).ec != std::errc()) {
        return std::nullopt;
    }
    return std::chrono::seconds(seconds);
}

std::string withRetryAfter(std::string detail, std::chrono::seconds wait)
{
    return detail.append(retryMark).append(std::to_string(wait.count())).append(" s)");
}

} // namespace roadstead::registry
