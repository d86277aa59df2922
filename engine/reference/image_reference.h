// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// References to images as registries and engines have them: [domain/]path[:tag][@digest].
/// The grammar is that of the distribution project; everything here is ASCII.
namespace roadstead::reference {

/// Why a text is no reference; the `code` of the error, whose kind is InvalidArgument.
enum class ReferenceFault {
    Format = 1,      ///< none of the forms
    Uppercase,       ///< would be one if its letters were small
    NameTooLong,     ///< the path has more than 255 characters
    Empty,           ///< nothing at all
    LooksLikeId,     ///< 64 hexadecimal digits name an image's id, never a repository
    DigestAlgorithm, ///< well-formed, but not SHA-256
    DigestLength,    ///< not 64 digits
    DigestFormat,    ///< letters that no digest has
    TagFormat        ///< not a tag
};

struct ImageReference
{
    std::string domain{}; ///< "docker.io", "localhost:5000"; empty when the text names none
    std::string path{};   ///< "library/nginx"; empty in a reference by digest alone
    std::string tag{};
    std::string digest{}; ///< "sha256:…"

    /// "docker.io/library/nginx"
    [[nodiscard]] std::string name() const;
    /// All of it: "docker.io/library/nginx:1.27".
    [[nodiscard]] std::string text() const;
    /// The name as people write it: "nginx".
    [[nodiscard]] std::string familiarName() const;
    /// All of it as people write it: "nginx:1.27".
    [[nodiscard]] std::string familiarText() const;
    /// Whether there is neither a tag nor a digest.
    [[nodiscard]] bool isNameOnly() const;

    bool operator==(const ImageReference &) const = default;
};

/// Reads a reference as it stands, without any default.
Result<ImageReference> parseReference(std::string_view text);

/// Reads what a person types: a missing domain is docker.io, a missing name space there "library".
Result<ImageReference> parseNormalized(std::string_view text);

/// The same, or an id of 64 digits or a digest, both of which become a reference by digest alone.
Result<ImageReference> parseAnyReference(std::string_view text);

/// What is pulled for a typed text: parseNormalized with the tag "latest" where there is neither
/// tag nor digest, and without the tag where there is a digest.
Result<ImageReference> parsePullReference(std::string_view text);

/// The same with the tag "latest" when it has a name only.
ImageReference withDefaultTag(ImageReference reference);

/// The same with another tag. Fails with ReferenceFault::TagFormat.
Result<ImageReference> withTag(ImageReference reference, std::string_view tag);

/// Whether the filter "reference=pattern" of image lists lets it through: path.Match of the
/// familiar text or name. Fails with ErrorKind::InvalidArgument on a broken pattern.
Result<bool> familiarMatch(std::string_view pattern, const ImageReference &reference);

/// The productions of the grammar, each for a whole text.
bool isDomain(std::string_view text); ///< host[:port]
bool isRemoteName(std::string_view text);
bool isTag(std::string_view text);
bool isDigestForm(std::string_view text); ///< of any algorithm
bool isIdentifier(std::string_view text); ///< 64 small hexadecimal digits

/// Splits a name at its domain, empty when it has none; none when the text is no name.
struct NameParts
{
    std::string domain;
    std::string path;
};
std::optional<NameParts> splitName(std::string_view name);

} // namespace roadstead::reference
