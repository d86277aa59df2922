// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/docker/node.h"

#include "engine/docker/object_codecs.h"
#include "engine/docker/rendering.h"

#include <nlohmann/json.hpp>

namespace roadstead::docker {

namespace {

Node readNode(const JsonValue &value)
{
    const JsonValue spec = value.object("Spec");
    const JsonValue description = value.object("Description");
    const JsonValue status = value.object("Status");
    const JsonValue manager = value.object("ManagerStatus");
    Node node;
    node.id = value.text("ID");
    node.version = readObjectVersion(value);
    node.created = value.text("CreatedAt");
    node.updated = value.text("UpdatedAt");
    node.name = spec.text("Name");
    node.labels = spec.textMap("Labels");
    node.role = spec.text("Role");
    node.availability = spec.text("Availability");
    node.hostname = description.text("Hostname");
    node.os = description.object("Platform").text("OS");
    node.architecture = description.object("Platform").text("Architecture");
    node.engineVersion = description.object("Engine").text("EngineVersion");
    node.nanoCpus = description.object("Resources").integer("NanoCPUs");
    node.memory = description.object("Resources").integer("MemoryBytes");
    node.state = status.text("State");
    node.message = status.text("Message");
    node.address = status.text("Addr");
    node.leader = manager.boolean("Leader");
    node.reachability = manager.text("Reachability");
    node.managerAddress = manager.text("Addr");
    node.spec = value.jsonText("Spec");
    return node;
}

} // namespace

ApiRequest ListNodes::request(ApiVersion) const
{
    ApiRequest request = getRequest("/nodes");
    addFilters(request, filters);
    return request;
}

Arguments ListNodes::arguments() const
{
    Arguments arguments{"node", "ls"};
    addPairs(arguments, "--filter", filters);
    return arguments;
}

Result<ListNodes::Answer> ListNodes::decode(std::string body)
{
    const auto document = JsonDocument::parse(body, "node list");
    if (!document) {
        return std::unexpected(document.error());
    }
    std::vector<Node> nodes;
    document->list().forEachElement(
        [&nodes](const JsonValue &value) { nodes.push_back(readNode(value)); });
    return document->checked(std::move(nodes));
}

ApiRequest InspectNode::request(ApiVersion) const
{
    return getRequest(objectPath("/nodes/", node.reference));
}

Arguments InspectNode::arguments() const
{
    Arguments arguments{"node", "inspect"};
    addOperands(arguments, {node.display});
    return arguments;
}

Result<Node> InspectNode::decode(std::string body)
{
    const auto document = JsonDocument::parse(body, "node");
    if (!document) {
        return std::unexpected(document.error());
    }
    return document->checked(readNode(document->root()));
}

ApiRequest UpdateNode::request(ApiVersion) const
{
    OrderedJson body = OrderedJson::parse(spec, nullptr, false);
    if (!body.is_object()) {
        body = OrderedJson::object();
    }
    if (!role.empty()) {
        body["Role"] = role;
    }
    if (!availability.empty()) {
        body["Availability"] = availability;
    }
    if (!body["Labels"].is_object()) {
        body["Labels"] = OrderedJson::object();
    }
    for (const std::string &label : removeLabels) {
        body["Labels"].erase(label);
    }
    for (const auto &[label, value] : addLabels) {
        body["Labels"][label] = value;
    }
    ApiRequest request = postRequest(objectPath("/nodes/", node.reference, "/update"), body);
    request.query.emplace_back("version", std::to_string(version));
    return request;
}

Arguments UpdateNode::arguments() const
{
    Arguments arguments{"node", "update"};
    addOption(arguments, "--role", role);
    addOption(arguments, "--availability", availability);
    addPairs(arguments, "--label-add", addLabels);
    addEach(arguments, "--label-rm", removeLabels);
    addOperands(arguments, {node.display});
    return arguments;
}

ApiRequest RemoveNode::request(ApiVersion) const
{
    ApiRequest request = deleteRequest(objectPath("/nodes/", node.reference));
    addSwitch(request, "force", force);
    return request;
}

Arguments RemoveNode::arguments() const
{
    Arguments arguments{"node", "rm"};
    addSwitch(arguments, "-f", force);
    addOperands(arguments, {node.display});
    return arguments;
}

} // namespace roadstead::docker
