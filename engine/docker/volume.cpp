// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/docker/volume.h"

#include "engine/docker/object_codecs.h"
#include "engine/docker/rendering.h"

#include <nlohmann/json.hpp>

namespace roadstead::docker {

namespace {

OrderedJson topologiesJson(const std::vector<Labels> &topologies)
{
    OrderedJson json = OrderedJson::array();
    for (const Labels &segments : topologies) {
        json.push_back({{"Segments", labelsJson(segments)}});
    }
    return json;
}

OrderedJson clusterJson(const ClusterVolumeSpec &spec)
{
    OrderedJson access = {{"Scope", spec.scope}, {"Sharing", spec.sharing}};
    access[spec.mount ? "MountVolume" : "BlockVolume"] = OrderedJson::object();
    OrderedJson json = {{"AccessMode", std::move(access)}, {"Availability", spec.availability}};
    if (!spec.group.empty()) {
        json["Group"] = spec.group;
    }
    json["CapacityRange"] = {{"RequiredBytes", spec.requiredBytes},
                             {"LimitBytes", spec.limitBytes}};
    for (const auto &[key, secret] : spec.secrets) {
        json["Secrets"].push_back({{"Key", key}, {"Secret", secret}});
    }
    OrderedJson topology = OrderedJson::object();
    if (!spec.requiredTopology.empty()) {
        topology["Requisite"] = topologiesJson(spec.requiredTopology);
    }
    if (!spec.preferredTopology.empty()) {
        topology["Preferred"] = topologiesJson(spec.preferredTopology);
    }
    json["AccessibilityRequirements"] = std::move(topology);
    return json;
}

std::string segmentsText(const Labels &segments)
{
    std::string text;
    for (const auto &[segment, value] : segments) {
        text.append(text.empty() ? "" : ",").append(segment).append("=").append(value);
    }
    return text;
}

void addCluster(Arguments &arguments, const ClusterVolumeSpec &spec)
{
    arguments.insert(arguments.end(),
                     {"--type", spec.mount ? "mount" : "block", "--scope", spec.scope, "--sharing",
                      spec.sharing, "--availability", spec.availability});
    addOption(arguments, "--group", spec.group);
    addOption(arguments, "--required-bytes", spec.requiredBytes);
    addOption(arguments, "--limit-bytes", spec.limitBytes);
    addPairs(arguments, "--secret", spec.secrets);
    for (const Labels &segments : spec.requiredTopology) {
        addOption(arguments, "--topology-required", segmentsText(segments));
    }
    for (const Labels &segments : spec.preferredTopology) {
        addOption(arguments, "--topology-preferred", segmentsText(segments));
    }
}

} // namespace

Volume readVolume(const JsonValue &value)
{
    Volume volume;
    volume.name = value.text("Name");
    volume.driver = value.text("Driver");
    volume.mountpoint = value.text("Mountpoint");
    volume.created = value.text("CreatedAt");
    volume.scope = value.text("Scope");
    volume.labels = value.textMap("Labels");
    volume.options = value.textMap("Options");
    if (const JsonValue usage = value.object("UsageData"); !usage.isNull()) {
        volume.size = usage.integer("Size");
        volume.references = usage.integer("RefCount");
    }
    const JsonValue cluster = value.object("ClusterVolume");
    volume.cluster.id = cluster.text("ID");
    volume.cluster.version = readObjectVersion(cluster);
    volume.cluster.group = cluster.object("Spec").text("Group");
    volume.cluster.availability = cluster.object("Spec").text("Availability");
    volume.cluster.spec = cluster.jsonText("Spec");
    volume.cluster.capacity = cluster.object("Info").integer("CapacityBytes");
    return volume;
}

ApiRequest ListVolumes::request(ApiVersion) const
{
    ApiRequest request = getRequest("/volumes");
    addFilters(request, filters);
    return request;
}

Arguments ListVolumes::arguments() const
{
    Arguments arguments{"volume", "ls"};
    addPairs(arguments, "--filter", filters);
    return arguments;
}

Result<VolumeList> ListVolumes::decode(std::string body)
{
    const auto document = JsonDocument::parse(body, "volume list");
    if (!document) {
        return std::unexpected(document.error());
    }
    VolumeList list;
    document->root().forEach(
        "Volumes", [&list](const JsonValue &value) { list.volumes.push_back(readVolume(value)); });
    list.warnings = document->root().texts("Warnings");
    return document->checked(std::move(list));
}

ApiRequest InspectVolume::request(ApiVersion) const
{
    return getRequest(objectPath("/volumes/", volume.reference));
}

Arguments InspectVolume::arguments() const
{
    Arguments arguments{"volume", "inspect"};
    addOperands(arguments, {volume.display});
    return arguments;
}

Result<Volume> InspectVolume::decode(std::string body)
{
    const auto document = JsonDocument::parse(body, "volume");
    if (!document) {
        return std::unexpected(document.error());
    }
    Volume volume = readVolume(document->root());
    if (volume.name.empty()) {
        return failure(ErrorKind::MalformedReply, {}, "volume: no name");
    }
    volume.raw = std::move(body);
    return document->checked(std::move(volume));
}

ApiRequest CreateVolume::request(ApiVersion) const
{
    OrderedJson body = {{"Driver", driver}};
    if (!name.empty()) {
        body["Name"] = name;
    }
    if (!options.empty()) {
        body["DriverOpts"] = labelsJson(options);
    }
    if (!labels.empty()) {
        body["Labels"] = labelsJson(labels);
    }
    if (!cluster.empty()) {
        body["ClusterVolumeSpec"] = clusterJson(cluster.front());
    }
    return postRequest("/volumes/create", body);
}

Arguments CreateVolume::arguments() const
{
    Arguments arguments{"volume", "create"};
    if (driver != "local") {
        addOption(arguments, "-d", driver);
    }
    addPairs(arguments, "-o", options);
    addPairs(arguments, "--label", labels);
    if (!cluster.empty()) {
        addCluster(arguments, cluster.front());
    }
    if (!name.empty()) {
        addOperands(arguments, {name});
    }
    return arguments;
}

Result<CommandReply> CreateVolume::decode(std::string_view body)
{
    const auto document = JsonDocument::parse(body, "created volume");
    if (!document) {
        return std::unexpected(document.error());
    }
    CommandReply reply;
    reply.text = document->root().text("Name");
    return document->checked(std::move(reply));
}

ApiRequest UpdateVolume::request(ApiVersion) const
{
    // What the spec says otherwise must go back as it came.
    OrderedJson json = OrderedJson::parse(spec, nullptr, false);
    if (!json.is_object()) {
        json = OrderedJson::object();
    }
    json["Availability"] = availability;
    ApiRequest request =
        postRequest(objectPath("/volumes/", volume.reference), {{"Spec", std::move(json)}});
    request.method = "PUT";
    request.query.emplace_back("version", std::to_string(version));
    return request;
}

Arguments UpdateVolume::arguments() const
{
    Arguments arguments{"volume", "update", "--availability", availability};
    addOperands(arguments, {volume.display});
    return arguments;
}

ApiRequest RemoveVolume::request(ApiVersion version) const
{
    ApiRequest request = deleteRequest(objectPath("/volumes/", volume.reference));
    addSwitch(request, "force", force && version >= ApiVersion{25});
    return request;
}

Arguments RemoveVolume::arguments() const
{
    Arguments arguments{"volume", "rm"};
    addSwitch(arguments, "-f", force);
    addOperands(arguments, {volume.display});
    return arguments;
}

ApiRequest PruneVolumes::request(ApiVersion version) const
{
    Filters sent = filters;
    if (all && version >= ApiVersion{42}) {
        sent.emplace_back("all", "true");
    }
    ApiRequest request = postRequest("/volumes/prune");
    addFilters(request, sent);
    return request;
}

Arguments PruneVolumes::arguments() const
{
    Arguments arguments{"volume", "prune", "-f"};
    addSwitch(arguments, "-a", all);
    addPairs(arguments, "--filter", filters);
    return arguments;
}

Result<CommandReply> PruneVolumes::decode(std::string_view body)
{
    return decodePruned(body, "VolumesDeleted");
}

} // namespace roadstead::docker
