// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The JSON documents of images: the OCI image specification's, Docker's forms of them, and the
/// list in an archive that "docker save" wrote. All texts in them are hostile.
///
/// Each reader checks the whole document by the specification's schema and what its Go types ask
/// beyond it. Failures are ErrorKind::MalformedReply; the detail names the member.
namespace roadstead::archive {

using Annotations = std::map<std::string, std::string>;

struct Platform
{
    std::string os;
    std::string architecture;
    std::string variant;
    std::string osVersion;
};

/// A reference to content by its digest (descriptor.md).
struct Descriptor
{
    std::string mediaType;
    std::string artifactType;
    std::string digest;    ///< "algorithm:encoded", well formed; of sha256 exactly 64 digits
    std::int64_t size = 0; ///< bytes, not negative
    std::string data;      ///< the content itself, decoded; mostly empty
    std::vector<std::string> urls;
    std::optional<Platform> platform;
    Annotations annotations;
};

/// One image (manifest.md, or Docker's schema 2).
struct Manifest
{
    std::string mediaType; ///< empty where it is left out
    std::string artifactType;
    Descriptor config;
    std::vector<Descriptor> layers; ///< lowest first, at least one
    std::optional<Descriptor> subject;
    Annotations annotations;
};

/// Several images, mostly one for each platform (image-index.md, or Docker's manifest list).
struct Index
{
    std::string mediaType;
    std::string artifactType;
    std::vector<Descriptor> manifests;
    std::optional<Descriptor> subject;
    Annotations annotations;
};

struct HistoryStep
{
    std::string created; ///< RFC 3339; may be empty
    std::string author;
    std::string createdBy;
    std::string comment;
    bool isEmptyLayer = false;
};

/// What an image is and how it starts (config.md).
struct ImageConfig
{
    std::string created; ///< RFC 3339; may be empty
    std::string author;
    Platform platform;
    std::string user;
    std::string workingFolder;
    std::string stopSignal;
    std::vector<std::string> environment; ///< "NAME=value"
    std::vector<std::string> entrypoint;
    std::vector<std::string> command;
    std::vector<std::string> exposedPorts;
    std::vector<std::string> volumes;
    Annotations labels;
    std::vector<std::string> diffIds; ///< of the layers, lowest first
    std::vector<HistoryStep> history;
};

/// Whose rules a configuration has to keep.
enum class ConfigRules {
    Oci,   ///< the specification's
    Docker ///< null is as good as nothing anywhere, as engines write it
};

/// One image in the "manifest.json" of "docker save".
struct SavedImage
{
    std::string config;                ///< path in the archive, inside it
    std::vector<std::string> repoTags; ///< "name:tag"
    std::vector<std::string> layers;   ///< paths in the archive, lowest first
};

Result<Descriptor> parseDescriptor(std::string_view text);
Result<Manifest> parseManifest(std::string_view text);
Result<Index> parseIndex(std::string_view text);
Result<ImageConfig> parseImageConfig(std::string_view text, ConfigRules rules = ConfigRules::Oci);
/// The file "oci-layout": only version 1.0.0 is known.
Result<void> checkLayout(std::string_view text);
Result<std::vector<SavedImage>> parseSavedImages(std::string_view text);

/// Whether it has the form of a digest, and of a known algorithm also its length and alphabet.
bool isDigest(std::string_view text);
/// Whether it has the form of a media type (RFC 6838).
bool isMediaType(std::string_view text);

} // namespace roadstead::archive
