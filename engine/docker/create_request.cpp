// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/docker/create_rendering.h"

#include <nlohmann/json.hpp>

#include <map>

namespace roadstead::docker {

namespace {

using Json = nlohmann::ordered_json;

constexpr ApiVersion withPlatform{41};
constexpr ApiVersion withEndpointMac{44};

/// Through a map: ranges make thousands of ports, and finding a member of Json takes its length.
Json setOf(const std::vector<std::string> &names)
{
    std::map<std::string, Json> set;
    for (const std::string &name : names) {
        set.emplace(name, Json::object());
    }
    return set;
}

Json healthJson(const HealthOptions &health)
{
    Json json = Json::object();
    if (health.isDisabled) {
        json["Test"] = {"NONE"};
        return json;
    }
    if (!health.command.empty()) {
        json["Test"] = {"CMD-SHELL", health.command};
    }
    const auto add = [&json](const char *name, std::int64_t value) {
        if (value != 0) {
            json[name] = value;
        }
    };
    add("Interval", health.interval.count());
    add("Timeout", health.timeout.count());
    add("StartPeriod", health.startPeriod.count());
    add("StartInterval", health.startInterval.count());
    add("Retries", health.retries);
    return json;
}

void addStreams(Json &body, const CreateContainer &create)
{
    const AttachedStreams &attached = create.attached;
    const bool none = attached == AttachedStreams{};
    const bool input = attached.input || create.interactive;
    body["AttachStdin"] = input;
    body["AttachStdout"] = attached.output || none;
    body["AttachStderr"] = attached.errors || none;
    body["Tty"] = create.tty;
    body["OpenStdin"] = create.interactive;
    body["StdinOnce"] = create.interactive && input;
}

std::vector<std::string> exposedPorts(const CreateContainer &create)
{
    std::vector<std::string> ports;
    for (const PortBinding &port : create.ports) {
        ports.push_back(port.containerPort + "/" + (port.protocol.empty() ? "tcp" : port.protocol));
    }
    ports.insert(ports.end(), create.exposedPorts.begin(), create.exposedPorts.end());
    return ports;
}

/// The address of the first network, where engines expect it before each network had its own.
std::string containerMac(const CreateContainer &create, ApiVersion version)
{
    return version >= withEndpointMac || create.networks.empty()
               ? std::string()
               : create.networks.front().macAddress;
}

void addProgram(Json &body, const CreateContainer &create, ApiVersion version)
{
    body["Env"] = listOrNull(create.environment);
    body["Cmd"] = listOrNull(create.command);
    if (create.health != HealthOptions{}) {
        body["Healthcheck"] = healthJson(create.health);
    }
    body["Image"] = create.image;
    body["Volumes"] = setOf(splitVolumes(create).anonymous);
    body["WorkingDir"] = create.workingFolder;
    body["Entrypoint"] = create.entrypoint ? Json::array({*create.entrypoint}) : Json();
    if (const std::string mac = containerMac(create, version); !mac.empty()) {
        body["MacAddress"] = mac;
    }
    body["OnBuild"] = nullptr;
    body["Labels"] = std::map<std::string, std::string>(create.labels.begin(), create.labels.end());
    if (!create.stopSignal.empty()) {
        body["StopSignal"] = create.stopSignal;
    }
    if (create.stopTimeout) {
        body["StopTimeout"] = *create.stopTimeout;
    }
}

Json bodyJson(const CreateContainer &create, ApiVersion version)
{
    Json body = Json::object();
    body["Hostname"] = create.hostname;
    body["Domainname"] = create.domainName;
    body["User"] = create.user;
    addStreams(body, create);
    if (const auto ports = exposedPorts(create); !ports.empty()) {
        body["ExposedPorts"] = setOf(ports);
    }
    addProgram(body, create, version);
    body["HostConfig"] = hostConfigJson(create, version);
    body["NetworkingConfig"] = networkingConfigJson(create, version);
    return body;
}

Json optional(const std::string &text)
{
    return text.empty() ? Json() : Json(text);
}

Json ipamJson(const reference::NetworkAttachment &network)
{
    if (network.ipv4Address.empty() && network.ipv6Address.empty() &&
        network.linkLocalAddresses.empty()) {
        return {};
    }
    Json ipam = Json::object();
    const auto add = [&ipam](const char *name, Json value) {
        if (!value.is_null()) {
            ipam[name] = std::move(value);
        }
    };
    add("IPv4Address", optional(network.ipv4Address));
    add("IPv6Address", optional(network.ipv6Address));
    add("LinkLocalIPs", listOrNull(network.linkLocalAddresses));
    return ipam;
}

Json endpointJson(const reference::NetworkAttachment &network,
                  const std::vector<std::string> &links, ApiVersion version)
{
    Json options;
    for (const auto &[name, value] : network.driverOptions) {
        options[name] = value;
    }
    Json endpoint = Json::object();
    endpoint["IPAMConfig"] = ipamJson(network);
    endpoint["Links"] = listOrNull(links);
    endpoint["Aliases"] = listOrNull(network.aliases);
    endpoint["MacAddress"] = version >= withEndpointMac ? network.macAddress : "";
    endpoint["DriverOpts"] = std::move(options);
    endpoint["GwPriority"] = network.gatewayPriority;
    // What engines fill in; the CLI sends it empty.
    endpoint["NetworkID"] = "";
    endpoint["EndpointID"] = "";
    endpoint["Gateway"] = "";
    endpoint["IPAddress"] = "";
    endpoint["IPPrefixLen"] = 0;
    endpoint["IPv6Gateway"] = "";
    endpoint["GlobalIPv6Address"] = "";
    endpoint["GlobalIPv6PrefixLen"] = 0;
    endpoint["DNSNames"] = nullptr;
    return endpoint;
}

} // namespace

SplitVolumes splitVolumes(const CreateContainer &create)
{
    SplitVolumes split;
    for (const std::string &text : create.volumes) {
        const auto spec = reference::parseVolume(text);
        // What cannot be read goes to the engine, whose refusal is shown.
        const bool anonymous = spec && spec->source.empty();
        (anonymous ? split.anonymous : split.binds).push_back(text);
    }
    return split;
}

nlohmann::ordered_json networkingConfigJson(const CreateContainer &create, ApiVersion version)
{
    using reference::NetworkAttachment;
    Json endpoints = Json::object();
    if (create.networks.empty()) {
        endpoints["default"] = endpointJson({.target = "default"}, {}, version);
    }
    for (std::size_t i = 0; i < create.networks.size(); ++i) {
        const NetworkAttachment &network = create.networks[i];
        const bool linked = i == 0 && reference::isUserDefinedNetwork(network.target);
        const auto links = linked ? create.links : std::vector<std::string>();
        // A single network without anything of its own is named by the mode alone.
        const bool plain = network == NetworkAttachment{.target = network.target} && links.empty();
        if (create.networks.size() > 1 || !plain) {
            endpoints[network.target] = endpointJson(network, links, version);
        }
    }
    return Json{{"EndpointsConfig", std::move(endpoints)}};
}

ApiRequest createRequest(const CreateContainer &create, ApiVersion version)
{
    ApiRequest request{"POST", "/containers/create", {}, {}, "application/json"};
    if (!create.name.empty()) {
        request.query.emplace_back("name", create.name);
    }
    if (!create.platform.empty() && version >= withPlatform) {
        const auto platform = reference::parsePlatform(create.platform);
        request.query.emplace_back("platform",
                                   platform ? reference::platformText(*platform) : create.platform);
    }
    request.body = bodyJson(create, version).dump(-1, ' ', false, Json::error_handler_t::replace);
    return request;
}

} // namespace roadstead::docker
