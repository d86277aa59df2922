// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/docker/image.h"

#include "engine/docker/codecs.h"
#include "engine/docker/object_codecs.h"
#include "engine/docker/rendering.h"

#include <algorithm>

namespace roadstead::docker {

namespace {

Platform readPlatform(const JsonValue &value)
{
    // Images and registries spell it in different ways.
    const auto either = [&value](const char *small, const char *large) {
        return value.has(small) ? value.text(small) : value.text(large);
    };
    return {either("os", "OS"), either("architecture", "Architecture"),
            either("variant", "Variant")};
}

std::vector<ImageManifest> readManifests(const JsonValue &value)
{
    std::vector<ImageManifest> manifests;
    value.forEach("Manifests", [&manifests](const JsonValue &entry) {
        ImageManifest &manifest = manifests.emplace_back();
        manifest.id = entry.text("ID");
        manifest.kind = entry.text("Kind");
        manifest.available = entry.boolean("Available");
        manifest.size = entry.object("Size").integer("Total");
        const JsonValue data = entry.object("ImageData");
        manifest.platform = readPlatform(data.object("Platform")).text();
        manifest.containers = data.texts("Containers");
    });
    return manifests;
}

std::vector<std::string> keysOf(const JsonValue &value, const char *member)
{
    std::vector<std::string> keys;
    value.forEachMember(
        member, [&keys](const std::string &key, const JsonValue &) { keys.push_back(key); });
    return keys;
}

void readConfig(const JsonValue &config, ImageDetails &details)
{
    details.entrypoint = config.texts("Entrypoint");
    details.command = config.texts("Cmd");
    details.environment = config.texts("Env");
    details.exposedPorts = keysOf(config, "ExposedPorts");
    details.volumes = keysOf(config, "Volumes");
    details.workingDirectory = config.text("WorkingDir");
    details.user = config.text("User");
    details.stopSignal = config.text("StopSignal");
    details.labels = config.textMap("Labels");
}

} // namespace

ImageSummary readImageSummary(const JsonValue &value)
{
    ImageSummary image;
    image.id = value.text("Id");
    image.parent = value.text("ParentId");
    image.tags = withoutPlaceholders(value.texts("RepoTags"));
    image.digests = withoutPlaceholders(value.texts("RepoDigests"));
    image.created = value.integer("Created");
    image.size = value.integer("Size");
    image.sharedSize = value.has("SharedSize") ? value.integer("SharedSize") : -1;
    image.containers = value.has("Containers") ? value.integer("Containers") : -1;
    image.labels = value.textMap("Labels");
    image.manifests = readManifests(value);
    return image;
}

Result<std::vector<ImageSummary>> decodeImageList(std::string_view json)
{
    const auto document = JsonDocument::parse(json, "image list");
    if (!document) {
        return std::unexpected(document.error());
    }
    std::vector<ImageSummary> images;
    document->list().forEachElement(
        [&images](const JsonValue &value) { images.push_back(readImageSummary(value)); });
    return document->checked(std::move(images));
}

ApiRequest InspectImage::request(ApiVersion) const
{
    ApiRequest request = getRequest(imagePath(image.reference, "/json"));
    addSwitch(request, "manifests", manifests);
    addQuery(request, "platform", platform.os.empty() ? "" : platformText(platform));
    return request;
}

Arguments InspectImage::arguments() const
{
    Arguments arguments{"image", "inspect"};
    addOption(arguments, "--platform", platform.text());
    addOperands(arguments, {image.display});
    return arguments;
}

ApiVersion InspectImage::needs() const
{
    return std::max(
        {ApiVersion{24}, ApiVersion{manifests ? 48 : 0}, ApiVersion{platform.os.empty() ? 0 : 49}});
}

Result<ImageDetails> InspectImage::decode(std::string body)
{
    const auto document = JsonDocument::parse(body, "image");
    if (!document) {
        return std::unexpected(document.error());
    }
    const JsonValue root = document->root();
    ImageDetails details;
    details.id = root.text("Id");
    details.tags = withoutPlaceholders(root.texts("RepoTags"));
    details.digests = withoutPlaceholders(root.texts("RepoDigests"));
    details.parent = root.text("Parent");
    details.comment = root.text("Comment");
    details.created = root.text("Created");
    details.author = root.text("Author");
    details.architecture = root.text("Architecture");
    details.variant = root.text("Variant");
    details.os = root.text("Os");
    details.size = root.integer("Size");
    details.layers = root.object("RootFS").texts("Layers");
    readConfig(root.object("Config"), details);
    details.manifests = readManifests(root);
    if (details.id.empty()) {
        return failure(ErrorKind::MalformedReply, {}, "image: no id");
    }
    details.raw = std::move(body);
    return document->checked(std::move(details));
}

ApiRequest ImageHistory::request(ApiVersion) const
{
    ApiRequest request = getRequest(imagePath(image.reference, "/history"));
    addQuery(request, "platform", platform.os.empty() ? "" : platformText(platform));
    return request;
}

Arguments ImageHistory::arguments() const
{
    Arguments arguments{"history"};
    addOption(arguments, "--platform", platform.text());
    addOperands(arguments, {image.display});
    return arguments;
}

Result<ImageHistory::Answer> ImageHistory::decode(std::string body)
{
    const auto document = JsonDocument::parse(body, "image history");
    if (!document) {
        return std::unexpected(document.error());
    }
    std::vector<HistoryEntry> entries;
    document->list().forEachElement([&entries](const JsonValue &value) {
        entries.push_back({value.text("Id"), value.integer("Created"), value.text("CreatedBy"),
                           value.integer("Size"), value.text("Comment"), value.texts("Tags")});
    });
    return document->checked(std::move(entries));
}

ApiRequest SearchImages::request(ApiVersion) const
{
    ApiRequest request = getRequest("/images/search");
    request.query.emplace_back("term", term);
    addQuery(request, "limit", limit > 0 ? std::to_string(limit) : "");
    addFilters(request, filters);
    return request;
}

Arguments SearchImages::arguments() const
{
    Arguments arguments{"search"};
    addOption(arguments, "--limit", limit);
    addPairs(arguments, "--filter", filters);
    addOperands(arguments, {term});
    return arguments;
}

Result<SearchImages::Answer> SearchImages::decode(std::string body)
{
    const auto document = JsonDocument::parse(body, "search results");
    if (!document) {
        return std::unexpected(document.error());
    }
    std::vector<SearchResult> results;
    document->list().forEachElement([&results](const JsonValue &value) {
        results.push_back({value.text("name"), value.text("description"),
                           value.integer("star_count"), value.boolean("is_official"),
                           value.boolean("is_automated")});
    });
    return document->checked(std::move(results));
}

ApiRequest SaveImages::request(ApiVersion) const
{
    ApiRequest request = getRequest("/images/get");
    for (const Target &image : images) {
        request.query.emplace_back("names", image.reference);
    }
    addQuery(request, "platform", platform.os.empty() ? "" : platformText(platform));
    return request;
}

Arguments SaveImages::arguments() const
{
    Arguments arguments{"save"};
    addOption(arguments, "--platform", platform.text());
    const bool guarded = std::ranges::any_of(
        images, [](const Target &image) { return image.display.starts_with('-'); });
    addSwitch(arguments, "--", guarded);
    for (const Target &image : images) {
        arguments.push_back(image.display);
    }
    return arguments;
}

ApiRequest InspectDistribution::request(ApiVersion) const
{
    ApiRequest request = getRequest(imagePath(image.reference, "/json"));
    request.path.replace(0, std::string_view("/images/").size(), "/distribution/");
    return request;
}

Result<DistributionDetails> InspectDistribution::decode(std::string body)
{
    const auto document = JsonDocument::parse(body, "distribution");
    if (!document) {
        return std::unexpected(document.error());
    }
    const JsonValue descriptor = document->root().object("Descriptor");
    // Engines write the names of the OCI specification, the API description other ones.
    const auto text = [&descriptor](const char *large, const char *small) {
        return descriptor.has(large) ? descriptor.text(large) : descriptor.text(small);
    };
    DistributionDetails details;
    details.mediaType = text("MediaType", "mediaType");
    details.digest = text("Digest", "digest");
    details.size = descriptor.has("Size") ? descriptor.integer("Size") : descriptor.integer("size");
    document->root().forEach("Platforms", [&details](const JsonValue &value) {
        details.platforms.push_back(readPlatform(value));
    });
    return document->checked(std::move(details));
}

} // namespace roadstead::docker
