// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/archive/image_documents.h"

#include "engine/archive/document_reader.h"
#include "engine/archive/entry_path.h"
#include "engine/base/ascii.h"
#include "engine/base/base64.h"

#include <algorithm>
#include <array>
#include <limits>

namespace roadstead::archive {

namespace {

constexpr std::size_t longestDocument = 8UL * 1024 * 1024;
constexpr int schemaVersion = 2;

bool isLowerAlphanumeric(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/// "sha256", "sha256+b64u": words of small letters and digits, one of "+._-" between them.
bool isAlgorithm(std::string_view text)
{
    bool isAfterWord = false;
    for (const char c : text) {
        const bool isSeparator = std::string_view("+._-").contains(c);
        if (!isLowerAlphanumeric(c) && !(isSeparator && isAfterWord)) {
            return false;
        }
        isAfterWord = !isSeparator;
    }
    return isAfterWord;
}

bool isMediaTypePart(std::string_view text)
{
    constexpr std::size_t longest = 127;
    return !text.empty() && text.size() <= longest && isAlphanumeric(text.front()) &&
           std::ranges::all_of(text, [](char c) {
               return isAlphanumeric(c) || std::string_view("!#$&^_.+-").contains(c);
           });
}

std::string mediaTypeOf(ObjectReader &object, const char *name)
{
    std::string type = object.text(name);
    if (object.has(name) && !isMediaType(type)) {
        object.fail(name, "not a media type");
    }
    return type;
}

Platform platformOf(ObjectReader object)
{
    Platform platform;
    platform.os = object.text("os");
    platform.architecture = object.text("architecture");
    platform.variant = object.text("variant");
    platform.osVersion = object.text("os.version");
    object.texts("os.features");
    return platform;
}

Descriptor descriptorOf(ObjectReader object, bool isInIndex = false)
{
    Descriptor descriptor;
    for (const char *name : {"mediaType", "size", "digest"}) {
        object.require(name);
    }
    descriptor.mediaType = mediaTypeOf(object, "mediaType");
    descriptor.artifactType = mediaTypeOf(object, "artifactType");
    descriptor.size = object.integer("size", 0, std::numeric_limits<std::int64_t>::max());
    descriptor.digest = object.text("digest");
    if (object.has("digest") && !isDigest(descriptor.digest)) {
        object.fail("digest", "not a digest");
    }
    descriptor.urls = object.texts("urls");
    if (!std::ranges::all_of(descriptor.urls, isUri)) {
        object.fail("urls", "not a URI");
    }
    if (object.has("data")) {
        const auto data = parseBase64(object.text("data"));
        data ? void(descriptor.data = *data) : object.fail("data", "not base64");
    }
    object.textMap("annotations", descriptor.annotations);
    if (object.has("platform")) {
        ObjectReader platform = object.object("platform");
        if (isInIndex) {
            platform.require("architecture");
            platform.require("os");
        }
        descriptor.platform = platformOf(platform);
    }
    return descriptor;
}

void readCommon(ObjectReader &root, std::string &mediaType, std::string &artifactType,
                std::optional<Descriptor> &subject, Annotations &annotations)
{
    root.require("schemaVersion");
    root.integer("schemaVersion", schemaVersion, schemaVersion);
    mediaType = mediaTypeOf(root, "mediaType");
    artifactType = mediaTypeOf(root, "artifactType");
    if (root.has("subject")) {
        subject = descriptorOf(root.object("subject"));
    }
    root.textMap("annotations", annotations);
}

std::string dateOf(ObjectReader &object, const char *name)
{
    std::string date = object.text(name);
    if (object.has(name) && !isDateTime(date)) {
        object.fail(name, "not a date");
    }
    return date;
}

void readProcess(ObjectReader object, ImageConfig &config)
{
    config.user = object.text("User");
    config.workingFolder = object.text("WorkingDir");
    config.stopSignal = object.text("StopSignal");
    config.environment = object.texts("Env");
    const bool hasNames = std::ranges::all_of(config.environment, [](const std::string &one) {
        const std::size_t equals = one.find('=');
        return equals != std::string::npos && equals > 0;
    });
    if (!hasNames) {
        object.fail("Env", "a variable without name or value");
    }
    config.entrypoint = object.texts("Entrypoint", true);
    config.command = object.texts("Cmd", true);
    config.exposedPorts = object.names("ExposedPorts");
    config.volumes = object.names("Volumes", true);
    object.textMap("Labels", config.labels, true);
    object.boolean("ArgsEscaped");
}

/// Parses, lets `read` take the document and turns its fault into an error.
template<typename Document, typename Read>
Result<Document> parseDocument(std::string_view text, const char *what, bool allowsNull, Read read)
{
    if (text.size() > longestDocument) {
        return failure(ErrorKind::MalformedReply, "image.read", std::string(what) + ": too long");
    }
    const auto tree = json::parse(text, what);
    if (!tree) {
        return std::unexpected(tree.error());
    }
    std::string fault;
    ObjectReader root(&*tree, fault, allowsNull);
    Document document = read(root);
    if (!fault.empty()) {
        return failure(ErrorKind::MalformedReply, "image.read", std::string(what) + ": " + fault);
    }
    return document;
}

} // namespace

bool isDigest(std::string_view text)
{
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos || !isAlgorithm(text.substr(0, colon))) {
        return false;
    }
    const std::string_view algorithm = text.substr(0, colon);
    const std::string_view encoded = text.substr(colon + 1);
    constexpr std::array<std::pair<std::string_view, std::size_t>, 3> known{
        {{"sha256", 64}, {"sha384", 96}, {"sha512", 128}}};
    for (const auto &[name, length] : known) {
        if (algorithm == name) {
            return encoded.size() == length && std::ranges::all_of(encoded, [](char c) {
                       return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
                   });
        }
    }
    return !encoded.empty() && std::ranges::all_of(encoded, [](char c) {
        return isAlphanumeric(c) || std::string_view("=_-").contains(c);
    });
}

bool isMediaType(std::string_view text)
{
    const std::size_t slash = text.find('/');
    return slash != std::string_view::npos && isMediaTypePart(text.substr(0, slash)) &&
           isMediaTypePart(text.substr(slash + 1));
}

Result<Descriptor> parseDescriptor(std::string_view text)
{
    return parseDocument<Descriptor>(text, "descriptor", false,
                                     [](ObjectReader &root) { return descriptorOf(root); });
}

Result<Manifest> parseManifest(std::string_view text)
{
    return parseDocument<Manifest>(text, "manifest", false, [](ObjectReader &root) {
        Manifest manifest;
        readCommon(root, manifest.mediaType, manifest.artifactType, manifest.subject,
                   manifest.annotations);
        root.require("config");
        root.require("layers");
        manifest.config = descriptorOf(root.object("config"));
        root.forEach("layers", [&manifest](const ObjectReader &layer) {
            manifest.layers.push_back(descriptorOf(layer));
        });
        if (manifest.layers.empty()) {
            root.fail("layers", "empty");
        }
        return manifest;
    });
}

Result<Index> parseIndex(std::string_view text)
{
    return parseDocument<Index>(text, "index", false, [](ObjectReader &root) {
        Index index;
        readCommon(root, index.mediaType, index.artifactType, index.subject, index.annotations);
        root.require("manifests");
        root.forEach("manifests", [&index](const ObjectReader &manifest) {
            index.manifests.push_back(descriptorOf(manifest, true));
        });
        return index;
    });
}

Result<ImageConfig> parseImageConfig(std::string_view text, ConfigRules rules)
{
    const bool allowsNull = rules == ConfigRules::Docker;
    return parseDocument<ImageConfig>(text, "config", allowsNull, [](ObjectReader &root) {
        ImageConfig config;
        for (const char *name : {"architecture", "os", "rootfs"}) {
            root.require(name);
        }
        config.platform = platformOf(root);
        config.created = dateOf(root, "created");
        config.author = root.text("author");
        readProcess(root.object("config"), config);
        ObjectReader rootfs = root.object("rootfs");
        if (root.has("rootfs")) {
            rootfs.require("diff_ids");
            rootfs.require("type");
        }
        if (rootfs.has("type") && rootfs.text("type") != "layers") {
            rootfs.fail("type", "not \"layers\"");
        }
        config.diffIds = rootfs.texts("diff_ids");
        root.forEach("history", [&config](ObjectReader one) {
            HistoryStep step;
            step.created = dateOf(one, "created");
            step.author = one.text("author");
            step.createdBy = one.text("created_by");
            step.comment = one.text("comment");
            step.isEmptyLayer = one.boolean("empty_layer");
            config.history.push_back(std::move(step));
        });
        return config;
    });
}

Result<void> checkLayout(std::string_view text)
{
    const auto layout =
        parseDocument<std::string>(text, "oci-layout", false, [](ObjectReader &root) {
            std::string version = root.text("imageLayoutVersion");
            if (version != "1.0.0") {
                root.fail("imageLayoutVersion", "not 1.0.0");
            }
            return version;
        });
    return layout ? Result<void>{} : std::unexpected(layout.error());
}

Result<std::vector<SavedImage>> parseSavedImages(std::string_view text)
{
    const auto malformed = [](const std::string &why) {
        return failure(ErrorKind::MalformedReply, "image.read", "manifest.json: " + why);
    };
    if (text.size() > longestDocument) {
        return malformed("too long");
    }
    const auto tree = json::parse(text, "manifest.json");
    if (!tree) {
        return std::unexpected(tree.error());
    }
    if (!tree->isList()) {
        return malformed("not a list");
    }
    std::vector<SavedImage> images;
    std::string fault;
    for (const json::Value &element : tree->elements()) {
        ObjectReader one(&element, fault, true);
        one.require("Config");
        SavedImage image{one.text("Config"), one.texts("RepoTags"), one.texts("Layers")};
        const auto isInside = [](const std::string &path) {
            const auto inside = insidePath(path);
            return inside && !inside->empty();
        };
        if (!isInside(image.config) || !std::ranges::all_of(image.layers, isInside)) {
            one.fail("Config", "a path that leads out of the archive");
        }
        images.push_back(std::move(image));
    }
    return fault.empty() ? Result<std::vector<SavedImage>>(std::move(images)) : malformed(fault);
}

} // namespace roadstead::archive
