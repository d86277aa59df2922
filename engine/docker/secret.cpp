// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/docker/secret.h"

#include "engine/base/base64.h"
#include "engine/docker/object_codecs.h"
#include "engine/docker/rendering.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace roadstead::docker {

namespace {

constexpr const char *wordOf(SwarmFileKind kind)
{
    return kind == SwarmFileKind::Secret ? "secret" : "config";
}

constexpr const char *pathOf(SwarmFileKind kind)
{
    return kind == SwarmFileKind::Secret ? "/secrets" : "/configs";
}

std::string pathOf(SwarmFileKind kind, const std::string &id, std::string_view part = {})
{
    return objectPath(std::string(pathOf(kind)) + "/", id, part);
}

SwarmFile readFile(const JsonValue &value)
{
    const JsonValue spec = value.object("Spec");
    SwarmFile file;
    file.id = value.text("ID");
    file.version = readObjectVersion(value);
    file.created = value.text("CreatedAt");
    file.updated = value.text("UpdatedAt");
    file.name = spec.text("Name");
    file.labels = spec.textMap("Labels");
    file.data = parseBase64(spec.text("Data")).value_or(std::string());
    file.driver = spec.object("Driver").text("Name");
    file.templateDriver = spec.object("Templating").text("Name");
    file.spec = value.jsonText("Spec");
    return file;
}

} // namespace

template<SwarmFileKind kind>
ApiRequest ListSwarmFiles<kind>::request(ApiVersion) const
{
    ApiRequest request = getRequest(pathOf(kind));
    addFilters(request, filters);
    return request;
}

template<SwarmFileKind kind>
Arguments ListSwarmFiles<kind>::arguments() const
{
    Arguments arguments{wordOf(kind), "ls"};
    addPairs(arguments, "--filter", filters);
    return arguments;
}

template<SwarmFileKind kind>
Result<std::vector<SwarmFile>> ListSwarmFiles<kind>::decode(std::string body)
{
    const auto document = JsonDocument::parse(body, wordOf(kind));
    if (!document) {
        return std::unexpected(document.error());
    }
    std::vector<SwarmFile> files;
    document->list().forEachElement(
        [&files](const JsonValue &value) { files.push_back(readFile(value)); });
    return document->checked(std::move(files));
}

template<SwarmFileKind kind>
ApiRequest InspectSwarmFile<kind>::request(ApiVersion) const
{
    return getRequest(pathOf(kind, file.reference));
}

template<SwarmFileKind kind>
Arguments InspectSwarmFile<kind>::arguments() const
{
    Arguments arguments{wordOf(kind), "inspect"};
    addOperands(arguments, {file.display});
    return arguments;
}

template<SwarmFileKind kind>
Result<SwarmFile> InspectSwarmFile<kind>::decode(std::string body)
{
    const auto document = JsonDocument::parse(body, wordOf(kind));
    if (!document) {
        return std::unexpected(document.error());
    }
    return document->checked(readFile(document->root()));
}

template<SwarmFileKind kind>
ApiRequest CreateSwarmFile<kind>::request(ApiVersion) const
{
    OrderedJson body = {{"Name", name}, {"Labels", labelsJson(labels)}};
    if (driver.empty()) {
        body["Data"] = toBase64(data);
    } else {
        body["Driver"] = {{"Name", driver}};
    }
    if (!templateDriver.empty()) {
        body["Templating"] = {{"Name", templateDriver}};
    }
    return postRequest(std::string(pathOf(kind)) + "/create", body);
}

template<SwarmFileKind kind>
Arguments CreateSwarmFile<kind>::arguments() const
{
    Arguments arguments{wordOf(kind), "create"};
    addPairs(arguments, "-l", labels);
    addOption(arguments, "-d", driver);
    addOption(arguments, "--template-driver", templateDriver);
    addOperands(arguments, {name});
    if (driver.empty()) {
        arguments.emplace_back("-");
    }
    return arguments;
}

template<SwarmFileKind kind>
ApiVersion CreateSwarmFile<kind>::needs() const
{
    return std::max({ApiVersion{kind == SwarmFileKind::Secret ? 25 : 30},
                     ApiVersion{driver.empty() ? 0 : 31},
                     ApiVersion{templateDriver.empty() ? 0 : 37}});
}

template<SwarmFileKind kind>
Result<CommandReply> CreateSwarmFile<kind>::decode(std::string_view body)
{
    return decodeMade(body, wordOf(kind));
}

template<SwarmFileKind kind>
ApiRequest UpdateSwarmFile<kind>::request(ApiVersion) const
{
    OrderedJson body = OrderedJson::parse(spec, nullptr, false);
    if (!body.is_object()) {
        body = OrderedJson::object();
    }
    body["Labels"] = labelsJson(labels);
    ApiRequest request = postRequest(pathOf(kind, id, "/update"), body);
    request.query.emplace_back("version", std::to_string(version));
    return request;
}

template<SwarmFileKind kind>
ApiRequest RemoveSwarmFile<kind>::request(ApiVersion) const
{
    return deleteRequest(pathOf(kind, file.reference));
}

template<SwarmFileKind kind>
Arguments RemoveSwarmFile<kind>::arguments() const
{
    Arguments arguments{wordOf(kind), "rm"};
    addOperands(arguments, {file.display});
    return arguments;
}

template struct ListSwarmFiles<SwarmFileKind::Secret>;
template struct InspectSwarmFile<SwarmFileKind::Secret>;
template struct CreateSwarmFile<SwarmFileKind::Secret>;
template struct UpdateSwarmFile<SwarmFileKind::Secret>;
template struct RemoveSwarmFile<SwarmFileKind::Secret>;
template struct ListSwarmFiles<SwarmFileKind::Config>;
template struct InspectSwarmFile<SwarmFileKind::Config>;
template struct CreateSwarmFile<SwarmFileKind::Config>;
template struct UpdateSwarmFile<SwarmFileKind::Config>;
template struct RemoveSwarmFile<SwarmFileKind::Config>;

} // namespace roadstead::docker
