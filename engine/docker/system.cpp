// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/docker/system.h"

#include "engine/base/base64.h"
#include "engine/docker/codecs.h"
#include "engine/docker/object_codecs.h"
#include "engine/docker/rendering.h"

#include <nlohmann/json.hpp>

namespace roadstead::docker {

namespace {

OrderedJson credentialsJson(const RegistryCredentials &credentials)
{
    OrderedJson json = OrderedJson::object();
    const auto add = [&json](const char *name, const std::string &value) {
        if (!value.empty()) {
            json[name] = value;
        }
    };
    add("username", credentials.user);
    add("password", credentials.password);
    add("serveraddress", credentials.server);
    add("identitytoken", credentials.identityToken);
    return json;
}

BuildCacheRecord readCacheRecord(const JsonValue &value)
{
    BuildCacheRecord record;
    record.id = value.text("ID");
    record.parents = value.texts("Parents");
    if (record.parents.empty()) {
        record.parents = value.texts(" Parents"); // as the engines of 1.42 and some after it spell
    }
    // The one parent of before 1.42.
    if (std::string parent = value.text("Parent"); record.parents.empty() && !parent.empty()) {
        record.parents.push_back(std::move(parent));
    }
    record.type = value.text("Type");
    record.description = value.text("Description");
    record.inUse = value.boolean("InUse");
    record.shared = value.boolean("Shared");
    record.size = value.integer("Size");
    record.created = value.text("CreatedAt");
    record.lastUsed = value.text("LastUsedAt");
    record.usageCount = value.integer("UsageCount");
    return record;
}

ContainerDiskUsage readContainerUsage(const JsonValue &value)
{
    return {value.text("Id"),        shownName(value.texts("Names")),
            value.text("Image"),     containerStateOf(value.text("State")),
            value.integer("SizeRw"), value.integer("SizeRootFs")};
}

} // namespace

ApiRequest AskDiskUsage::request(ApiVersion version) const
{
    ApiRequest request = getRequest("/system/df");
    if (version >= diskUsageByType) {
        for (const std::string &type : types) {
            request.query.emplace_back("type", type);
        }
    }
    return request;
}

Arguments AskDiskUsage::arguments() const
{
    return {"system", "df", "-v"};
}

Result<DiskUsage> AskDiskUsage::decode(std::string body)
{
    const auto document = JsonDocument::parse(body, "disk usage");
    if (!document) {
        return std::unexpected(document.error());
    }
    const JsonValue root = document->root();
    DiskUsage usage;
    usage.layersSize = root.integer("LayersSize");
    usage.builderSize = root.integer("BuilderSize");
    root.forEach("Images",
                 [&](const JsonValue &value) { usage.images.push_back(readImageSummary(value)); });
    root.forEach("Containers", [&](const JsonValue &value) {
        usage.containers.push_back(readContainerUsage(value));
    });
    root.forEach("Volumes",
                 [&](const JsonValue &value) { usage.volumes.push_back(readVolume(value)); });
    root.forEach("BuildCache", [&](const JsonValue &value) {
        usage.buildCache.push_back(readCacheRecord(value));
    });
    return document->checked(std::move(usage));
}

std::string registryAuthHeader(const RegistryCredentials &credentials)
{
    return toBase64(jsonText(credentialsJson(credentials)), Base64Alphabet::Url);
}

ApiRequest CheckCredentials::request(ApiVersion) const
{
    return postRequest("/auth", credentialsJson(credentials));
}

Result<AuthReply> CheckCredentials::decode(std::string body)
{
    const auto document = JsonDocument::parse(body, "auth");
    if (!document) {
        return std::unexpected(document.error());
    }
    AuthReply reply{document->root().text("Status"), document->root().text("IdentityToken")};
    return document->checked(std::move(reply));
}

} // namespace roadstead::docker
