// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/docker/network.h"

#include "engine/docker/object_codecs.h"
#include "engine/docker/rendering.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace roadstead::docker {

namespace {

Network readNetwork(const JsonValue &value)
{
    Network network;
    network.id = value.text("Id");
    network.name = value.text("Name");
    network.created = value.text("Created");
    network.scope = value.text("Scope");
    network.driver = value.text("Driver");
    network.ipv4 = !value.has("EnableIPv4") || value.boolean("EnableIPv4");
    network.ipv6 = value.boolean("EnableIPv6");
    network.internal = value.boolean("Internal");
    network.attachable = value.boolean("Attachable");
    network.ingress = value.boolean("Ingress");
    network.configOnly = value.boolean("ConfigOnly");
    network.configFrom = value.object("ConfigFrom").text("Network");
    network.options = value.textMap("Options");
    network.labels = value.textMap("Labels");
    const JsonValue ipam = value.object("IPAM");
    network.ipamDriver = ipam.text("Driver");
    ipam.forEach("Config", [&network](const JsonValue &config) {
        IpamPool &pool = network.pools.emplace_back();
        pool.subnet = config.text("Subnet");
        pool.ipRange = config.text("IPRange");
        pool.gateway = config.text("Gateway");
        const auto addresses = config.textMap("AuxiliaryAddresses");
        pool.auxiliaryAddresses.assign(addresses.begin(), addresses.end());
    });
    value.forEachMember("Containers", [&network](const std::string &id, const JsonValue &member) {
        network.members.push_back({id, member.text("Name"), member.text("IPv4Address"),
                                   member.text("IPv6Address"), member.text("MacAddress")});
    });
    return network;
}

OrderedJson poolJson(const IpamPool &pool)
{
    OrderedJson json = OrderedJson::object();
    json["Subnet"] = pool.subnet;
    if (!pool.ipRange.empty()) {
        json["IPRange"] = pool.ipRange;
    }
    if (!pool.gateway.empty()) {
        json["Gateway"] = pool.gateway;
    }
    if (!pool.auxiliaryAddresses.empty()) {
        json["AuxiliaryAddresses"] = labelsJson(pool.auxiliaryAddresses);
    }
    return json;
}

ApiVersion newest(std::initializer_list<ApiVersion> versions)
{
    return std::max(versions);
}

} // namespace

ApiRequest ListNetworks::request(ApiVersion) const
{
    ApiRequest request = getRequest("/networks");
    addFilters(request, filters);
    return request;
}

Arguments ListNetworks::arguments() const
{
    Arguments arguments{"network", "ls"};
    addPairs(arguments, "--filter", filters);
    return arguments;
}

Result<ListNetworks::Answer> ListNetworks::decode(std::string body)
{
    const auto document = JsonDocument::parse(body, "network list");
    if (!document) {
        return std::unexpected(document.error());
    }
    std::vector<Network> networks;
    document->list().forEachElement(
        [&networks](const JsonValue &value) { networks.push_back(readNetwork(value)); });
    return document->checked(std::move(networks));
}

ApiRequest InspectNetwork::request(ApiVersion) const
{
    ApiRequest request = getRequest(objectPath("/networks/", network.reference));
    addQuery(request, "verbose", verbose ? "true" : "");
    addQuery(request, "scope", scope);
    return request;
}

Arguments InspectNetwork::arguments() const
{
    Arguments arguments{"network", "inspect"};
    addSwitch(arguments, "-v", verbose);
    addOperands(arguments, {network.display});
    return arguments;
}

ApiVersion InspectNetwork::needs() const
{
    return newest({{24}, {verbose ? 28 : 0}, {scope.empty() ? 0 : 31}});
}

Result<Network> InspectNetwork::decode(std::string body)
{
    const auto document = JsonDocument::parse(body, "network");
    if (!document) {
        return std::unexpected(document.error());
    }
    Network network = readNetwork(document->root());
    if (network.id.empty()) {
        return failure(ErrorKind::MalformedReply, {}, "network: no id");
    }
    network.raw = std::move(body);
    return document->checked(std::move(network));
}

ApiRequest CreateNetwork::request(ApiVersion version) const
{
    OrderedJson body = {{"Name", name}, {"Driver", driver}};
    if (version < ApiVersion{44}) {
        body["CheckDuplicate"] = true; // from 1.44 on the engine always does
    }
    if (ipv4) {
        body["EnableIPv4"] = *ipv4;
    }
    if (ipv6) {
        body["EnableIPv6"] = *ipv6;
    }
    OrderedJson configs = OrderedJson::array();
    for (const IpamPool &pool : pools) {
        configs.push_back(poolJson(pool));
    }
    body["IPAM"] = {{"Driver", ipamDriver},
                    {"Options", labelsJson(ipamOptions)},
                    {"Config", std::move(configs)}};
    body["Internal"] = internal;
    body["Attachable"] = attachable;
    body["Ingress"] = ingress;
    body["ConfigOnly"] = configOnly;
    if (!scope.empty()) {
        body["Scope"] = scope;
    }
    if (!configFrom.empty()) {
        body["ConfigFrom"] = {{"Network", configFrom}};
    }
    body["Options"] = labelsJson(options);
    body["Labels"] = labelsJson(labels);
    return postRequest("/networks/create", body);
}

Arguments CreateNetwork::arguments() const
{
    Arguments arguments{"network", "create"};
    if (driver != "bridge") {
        addOption(arguments, "-d", driver);
    }
    addPairs(arguments, "-o", options);
    addPairs(arguments, "--label", labels);
    if (ipamDriver != "default") {
        addOption(arguments, "--ipam-driver", ipamDriver);
    }
    addPairs(arguments, "--ipam-opt", ipamOptions);
    for (const IpamPool &pool : pools) {
        addOption(arguments, "--subnet", pool.subnet);
        addOption(arguments, "--ip-range", pool.ipRange);
        addOption(arguments, "--gateway", pool.gateway);
        addPairs(arguments, "--aux-address", pool.auxiliaryAddresses);
    }
    if (ipv4) {
        arguments.emplace_back(*ipv4 ? "--ipv4" : "--ipv4=false");
    }
    if (ipv6) {
        arguments.emplace_back(*ipv6 ? "--ipv6" : "--ipv6=false");
    }
    addSwitch(arguments, "--internal", internal);
    addSwitch(arguments, "--attachable", attachable);
    addSwitch(arguments, "--ingress", ingress);
    addSwitch(arguments, "--config-only", configOnly);
    addOption(arguments, "--config-from", configFrom);
    addOption(arguments, "--scope", scope);
    addOperands(arguments, {name});
    return arguments;
}

ApiVersion CreateNetwork::needs() const
{
    const bool configured = configOnly || !configFrom.empty() || !scope.empty();
    return newest(
        {{24}, {attachable ? 25 : 0}, {ingress ? 29 : 0}, {configured ? 30 : 0}, {ipv4 ? 48 : 0}});
}

Result<CommandReply> CreateNetwork::decode(std::string_view body)
{
    return decodeMade(body, "created network");
}

ApiRequest RemoveNetwork::request(ApiVersion) const
{
    return deleteRequest(objectPath("/networks/", network.reference));
}

Arguments RemoveNetwork::arguments() const
{
    Arguments arguments{"network", "rm"};
    addOperands(arguments, {network.display});
    return arguments;
}

ApiRequest ConnectNetwork::request(ApiVersion) const
{
    OrderedJson ipam = OrderedJson::object();
    if (!ipAddress.empty()) {
        ipam["IPv4Address"] = ipAddress;
    }
    if (!ipv6Address.empty()) {
        ipam["IPv6Address"] = ipv6Address;
    }
    if (!linkLocalAddresses.empty()) {
        ipam["LinkLocalIPs"] = linkLocalAddresses;
    }
    OrderedJson endpoint = {{"IPAMConfig", std::move(ipam)}};
    if (!links.empty()) {
        endpoint["Links"] = links;
    }
    if (!aliases.empty()) {
        endpoint["Aliases"] = aliases;
    }
    if (!driverOptions.empty()) {
        endpoint["DriverOpts"] = labelsJson(driverOptions);
    }
    if (gatewayPriority != 0) {
        endpoint["GwPriority"] = gatewayPriority;
    }
    return postRequest(
        objectPath("/networks/", network.reference, "/connect"),
        {{"Container", container.reference}, {"EndpointConfig", std::move(endpoint)}});
}

Arguments ConnectNetwork::arguments() const
{
    Arguments arguments{"network", "connect"};
    addOption(arguments, "--ip", ipAddress);
    addOption(arguments, "--ip6", ipv6Address);
    addEach(arguments, "--link-local-ip", linkLocalAddresses);
    addEach(arguments, "--alias", aliases);
    addEach(arguments, "--link", links);
    addPairs(arguments, "--driver-opt", driverOptions);
    addOption(arguments, "--gw-priority", gatewayPriority);
    addOperands(arguments, {network.display, container.display});
    return arguments;
}

ApiVersion ConnectNetwork::needs() const
{
    return newest({{24}, {driverOptions.empty() ? 0 : 32}, {gatewayPriority != 0 ? 48 : 0}});
}

ApiRequest DisconnectNetwork::request(ApiVersion) const
{
    return postRequest(objectPath("/networks/", network.reference, "/disconnect"),
                       {{"Container", container.reference}, {"Force", force}});
}

Arguments DisconnectNetwork::arguments() const
{
    Arguments arguments{"network", "disconnect"};
    addSwitch(arguments, "-f", force);
    addOperands(arguments, {network.display, container.display});
    return arguments;
}

ApiRequest PruneNetworks::request(ApiVersion) const
{
    ApiRequest request = postRequest("/networks/prune");
    addFilters(request, filters);
    return request;
}

Arguments PruneNetworks::arguments() const
{
    Arguments arguments{"network", "prune", "-f"};
    addPairs(arguments, "--filter", filters);
    return arguments;
}

Result<CommandReply> PruneNetworks::decode(std::string_view body)
{
    return decodePruned(body, "NetworksDeleted");
}

} // namespace roadstead::docker
