// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// The documents of registries (OCI distribution and image specifications, Docker's before them).
/// Hostile: numbers and names are checked, lists capped.
namespace roadstead::registry {

/// A page of names, in the registry's order. What is no name of such a thing is left out.
struct NamePage
{
    std::vector<std::string> names{};
    std::string next{}; ///< to ask for the next page with; empty = this is the last one
    bool operator==(const NamePage &) const = default;
};

/// What a manifest or an index refers to.
struct Descriptor
{
    std::string mediaType{};
    std::string digest{};
    std::int64_t size = 0;      ///< bytes
    std::string os{};           ///< in an index; "unknown" for what is no image, such as provenance
    std::string architecture{}; ///< in an index
    std::string variant{};      ///< in an index
    [[nodiscard]] bool isImage() const { return os != "unknown"; }
    bool operator==(const Descriptor &) const = default;
};

/// A manifest, or an index of the manifests of several platforms.
struct Manifest
{
    std::string mediaType{};
    std::string digest{};
    std::int64_t size = 0; ///< of the document itself, bytes
    Descriptor config{};
    std::vector<Descriptor> layers{};
    std::vector<Descriptor> platforms{}; ///< of an index
    [[nodiscard]] bool isIndex() const { return !platforms.empty(); }
    /// What is downloaded for it, bytes. Of an index it is unknown, and 0.
    [[nodiscard]] std::int64_t bytes() const;
    bool operator==(const Manifest &) const = default;
};

/// What an image's configuration says of itself.
struct ImageConfig
{
    std::string created{}; ///< RFC 3339; empty = not told
    std::string os{};
    std::string architecture{};
    std::string variant{};
    bool operator==(const ImageConfig &) const = default;
};

struct Token
{
    std::string token{}; ///< secret
    std::chrono::seconds lasts{60};
};

enum class NameKind { Repositories, Tags };

Result<NamePage> readNames(std::string_view body, NameKind kind);
/// `mediaType` is what the answer's header says; the document's own counts first.
Result<Manifest> readManifest(std::string_view body, std::string_view mediaType);
Result<ImageConfig> readImageConfig(std::string_view body);
/// The detail of a failure never holds the answer.
Result<Token> readToken(std::string_view body);
/// What the errors of a registry say: "denied: requested access is denied"; empty where the body is
/// none of its documents.
std::string readErrors(std::string_view body);

} // namespace roadstead::registry
