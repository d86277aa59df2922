// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/reference/image_reference.h"

#include "engine/reference/path_match.h"
#include "engine/reference/words.h"

#include <algorithm>
#include <array>

namespace roadstead::reference {

namespace {

constexpr std::string_view hubDomain = "docker.io";
constexpr std::string_view oldHubDomain = "index.docker.io";
constexpr std::string_view officialPrefix = "library/";
constexpr std::size_t longestPath = 255;

std::unexpected<Error> fault(ReferenceFault why, std::string_view text)
{
    return failure(ErrorKind::InvalidArgument, "reference.parse", std::string(text),
                   static_cast<int>(why));
}

bool isSmallAlphanumeric(char c)
{
    return isDigit(c) || (c >= 'a' && c <= 'z');
}

bool isHexDigit(char c)
{
    return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

bool isNameCharacter(char c)
{
    return isAlphanumeric(c) || c == '_';
}

bool isSeparator(std::string_view between)
{
    return between == "." || between == "_" || between == "__" ||
           (!between.empty() && between.find_first_not_of('-') == std::string_view::npos);
}

/// Small letters and digits, with separators between them.
bool isPathComponent(std::string_view text)
{
    if (text.empty() || !isSmallAlphanumeric(text.front()) || !isSmallAlphanumeric(text.back())) {
        return false;
    }
    for (std::size_t i = 0; i < text.size();) {
        std::size_t end = i;
        while (end < text.size() && !isSmallAlphanumeric(text[end])) {
            ++end;
        }
        if (end > i && !isSeparator(text.substr(i, end - i))) {
            return false;
        }
        i = end + 1;
    }
    return true;
}

bool isDomainComponent(std::string_view text)
{
    return !text.empty() && isAlphanumeric(text.front()) && isAlphanumeric(text.back()) &&
           std::ranges::all_of(text, [](char c) { return isAlphanumeric(c) || c == '-'; });
}

/// One part of the name of a digest's algorithm.
bool isAlgorithmComponent(std::string_view text)
{
    return !text.empty() && isLetter(text.front()) && std::ranges::all_of(text, isAlphanumeric);
}

/// An algorithm as the digest library has it: small letters and digits between separators.
bool isKnownFormOfAlgorithm(std::string_view text)
{
    bool wasSeparator = true;
    for (const char c : text) {
        const bool separator = c == '.' || c == '+' || c == '_' || c == '-';
        if ((separator && wasSeparator) || (!separator && !isSmallAlphanumeric(c))) {
            return false;
        }
        wasSeparator = separator;
    }
    return !wasSeparator;
}

/// What is wrong with a digest, none for a SHA-256 one.
std::optional<ReferenceFault> digestFault(std::string_view text)
{
    constexpr std::size_t sha256Digits = 64;
    const Halves halves = cut(text, ':');
    if (halves.before.empty() || halves.after.empty()) {
        return ReferenceFault::DigestFormat;
    }
    if (halves.before != "sha256") {
        const bool wellFormed =
            isKnownFormOfAlgorithm(halves.before) && std::ranges::all_of(halves.after, [](char c) {
                return isAlphanumeric(c) || c == '=' || c == '_' || c == '-';
            });
        return wellFormed ? ReferenceFault::DigestAlgorithm : ReferenceFault::DigestFormat;
    }
    if (halves.after.size() != sha256Digits) {
        return ReferenceFault::DigestLength;
    }
    return isIdentifier(halves.after) ? std::nullopt : std::optional(ReferenceFault::DigestFormat);
}

/// The pieces of a text that has the form of a reference, whatever its digest is.
std::optional<ImageReference> matchForm(std::string_view text)
{
    const Halves digest = cut(text, '@');
    if (digest.found && !isDigestForm(digest.after)) {
        return std::nullopt;
    }
    std::string_view name = digest.before;
    std::string_view tag;
    const std::size_t colon = name.rfind(':');
    if (colon != std::string_view::npos && !name.substr(colon).contains('/')) {
        tag = name.substr(colon + 1);
        name = name.substr(0, colon);
        if (!isTag(tag)) {
            return std::nullopt;
        }
    }
    auto parts = splitName(name);
    if (!parts) {
        return std::nullopt;
    }
    return ImageReference{std::move(parts->domain), std::move(parts->path), std::string(tag),
                          std::string(digest.after)};
}

/// Capital letters of the scripts that have small ones, as far as names are likely to have them.
bool hasCapitals(std::string_view text)
{
    struct Range
    {
        std::uint32_t first;
        std::uint32_t last;
    };
    constexpr std::array<Range, 7> capitals{{{'A', 'Z'},
                                             {0xC0, 0xD6},
                                             {0xD8, 0xDE},
                                             {0x391, 0x3A9},
                                             {0x400, 0x42F},
                                             {0x212A, 0x212B},
                                             {0xFF21, 0xFF3A}}};
    std::uint32_t codePoint = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if ((byte & 0xC0U) == 0x80U) {
            codePoint = codePoint << 6U | (byte & 0x3FU);
        } else {
            codePoint = byte < 0x80 ? byte : byte < 0xE0 ? byte & 0x1FU : byte & 0x0FU;
        }
        const bool complete =
            i + 1 == text.size() || (static_cast<unsigned char>(text[i + 1]) & 0xC0U) != 0x80U;
        if (complete && std::ranges::any_of(capitals, [codePoint](const Range &range) {
                return codePoint >= range.first && codePoint <= range.last;
            })) {
            return true;
        }
    }
    return false;
}

/// Where a typed text is looked for, and under which name there.
struct Place
{
    std::string domain;
    std::string remote;
};

Place placeOf(std::string_view text)
{
    const Halves halves = cut(text, '/');
    const std::string_view first = halves.before;
    Place place{std::string(hubDomain), std::string(text)};
    // What has no slash is a name even if it looks like a host: "localhost", "192.168.0.1:80".
    if (halves.found &&
        (first == "localhost" || first.find_first_of(".:") != first.npos || hasCapitals(first))) {
        place = {std::string(first == oldHubDomain ? hubDomain : first), std::string(halves.after)};
    }
    if (place.domain == hubDomain && !place.remote.contains('/')) {
        place.remote.insert(0, officialPrefix);
    }
    return place;
}

ImageReference familiar(ImageReference reference)
{
    if (reference.domain != hubDomain) {
        return reference;
    }
    reference.domain.clear();
    if (reference.path.starts_with(officialPrefix) &&
        reference.path.find('/', officialPrefix.size()) == std::string::npos) {
        reference.path.erase(0, officialPrefix.size());
    }
    return reference;
}

} // namespace

std::string ImageReference::name() const
{
    return domain.empty() ? path : domain + "/" + path;
}

std::string ImageReference::text() const
{
    std::string whole = name();
    if (!tag.empty()) {
        whole.append(":").append(tag);
    }
    if (!digest.empty()) {
        whole.append(whole.empty() ? "" : "@").append(digest);
    }
    return whole;
}

std::string ImageReference::familiarName() const
{
    return familiar(*this).name();
}

std::string ImageReference::familiarText() const
{
    return familiar(*this).text();
}

bool ImageReference::isNameOnly() const
{
    return tag.empty() && digest.empty();
}

Result<ImageReference> parseReference(std::string_view text)
{
    if (text.empty()) {
        return fault(ReferenceFault::Empty, text);
    }
    auto reference = matchForm(text);
    if (!reference) {
        const std::string low = lowered(text);
        const bool capitals = low != text && matchForm(low);
        return fault(capitals ? ReferenceFault::Uppercase : ReferenceFault::Format, text);
    }
    if (reference->path.size() > longestPath) {
        return fault(ReferenceFault::NameTooLong, text);
    }
    if (!reference->digest.empty()) {
        if (const auto why = digestFault(reference->digest)) {
            return fault(*why, text);
        }
    }
    return *std::move(reference);
}

Result<ImageReference> parseNormalized(std::string_view text)
{
    if (isIdentifier(text)) {
        return fault(ReferenceFault::LooksLikeId, text);
    }
    const Place place = placeOf(text);
    if (hasCapitals(cut(place.remote, ':').before)) {
        return fault(ReferenceFault::Uppercase, text);
    }
    return parseReference(place.domain + "/" + place.remote);
}

Result<ImageReference> parseAnyReference(std::string_view text)
{
    if (isIdentifier(text)) {
        return ImageReference{.digest = "sha256:" + std::string(text)};
    }
    if (!digestFault(text)) {
        return ImageReference{.digest = std::string(text)};
    }
    return parseNormalized(text);
}

Result<ImageReference> parsePullReference(std::string_view text)
{
    auto reference = parseNormalized(text);
    if (reference && !reference->digest.empty()) {
        reference->tag.clear();
    }
    return reference ? Result<ImageReference>(withDefaultTag(*std::move(reference))) : reference;
}

ImageReference withDefaultTag(ImageReference reference)
{
    if (reference.isNameOnly()) {
        reference.tag = "latest";
    }
    return reference;
}

Result<ImageReference> withTag(ImageReference reference, std::string_view tag)
{
    if (!isTag(tag)) {
        return fault(ReferenceFault::TagFormat, tag);
    }
    reference.tag = tag;
    return reference;
}

Result<bool> familiarMatch(std::string_view pattern, const ImageReference &reference)
{
    const auto matched = pathMatch(pattern, reference.familiarText());
    if (!matched || *matched) {
        return matched;
    }
    return pathMatch(pattern, reference.familiarName());
}

bool isDomain(std::string_view text)
{
    std::string_view host = text;
    const std::size_t colon = text.rfind(':');
    if (colon != std::string_view::npos && !text.ends_with(']')) {
        const std::string_view port = text.substr(colon + 1);
        host = text.substr(0, colon);
        if (port.empty() || !std::ranges::all_of(port, isDigit)) {
            return false;
        }
    }
    if (host.starts_with('[')) {
        return host.size() > 2 && host.ends_with(']') &&
               std::ranges::all_of(host.substr(1, host.size() - 2),
                                   [](char c) { return isHexDigit(c) || c == ':'; });
    }
    return std::ranges::all_of(split(host, '.'), isDomainComponent);
}

bool isRemoteName(std::string_view text)
{
    return std::ranges::all_of(split(text, '/'), isPathComponent);
}

bool isTag(std::string_view text)
{
    constexpr std::size_t longest = 128;
    return !text.empty() && text.size() <= longest && isNameCharacter(text.front()) &&
           std::ranges::all_of(text,
                               [](char c) { return isNameCharacter(c) || c == '.' || c == '-'; });
}

bool isDigestForm(std::string_view text)
{
    constexpr std::size_t fewestDigits = 32;
    const Halves halves = cut(text, ':');
    if (halves.after.size() < fewestDigits || !std::ranges::all_of(halves.after, isHexDigit)) {
        return false;
    }
    std::string_view rest = halves.before;
    while (true) {
        const std::size_t end = rest.find_first_of("-_+.");
        if (!isAlgorithmComponent(rest.substr(0, end))) {
            return false;
        }
        if (end == std::string_view::npos) {
            return true;
        }
        rest.remove_prefix(end + 1);
    }
}

bool isIdentifier(std::string_view text)
{
    constexpr std::size_t digits = 64;
    return text.size() == digits &&
           std::ranges::all_of(text, [](char c) { return isDigit(c) || (c >= 'a' && c <= 'f'); });
}

std::optional<NameParts> splitName(std::string_view name)
{
    const Halves halves = cut(name, '/');
    if (halves.found && isDomain(halves.before) && isRemoteName(halves.after)) {
        return NameParts{std::string(halves.before), std::string(halves.after)};
    }
    if (isRemoteName(name)) {
        return NameParts{{}, std::string(name)};
    }
    return std::nullopt;
}

} // namespace roadstead::reference
