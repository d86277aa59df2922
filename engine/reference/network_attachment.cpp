// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/reference/network_attachment.h"

#include "engine/reference/csv.h"
#include "engine/reference/numbers.h"

#include <algorithm>
#include <array>

namespace roadstead::reference {

namespace {

Result<void> setDriverOption(Pairs &options, std::string_view text)
{
    const Halves halves = cut(text, '=');
    if (!halves.found || halves.before.empty()) {
        return refused(quotedWord(text) + " is not of the form name=value");
    }
    put(options, trimmed(halves.before), trimmed(halves.after));
    return {};
}

Result<void> setField(NetworkAttachment &network, std::string_view field)
{
    const std::string low = lowered(field);
    const Halves halves = cut(low, '=');
    if (!halves.found || halves.before.empty()) {
        return refused(quotedWord(field) + " is not of the form name=value");
    }
    const std::string_view name = trimmed(halves.before);
    const std::string_view value = trimmed(halves.after);
    if (name == "name") {
        network.target = value;
    } else if (name == "alias") {
        network.aliases.emplace_back(value);
    } else if (name == "ip") {
        network.ipv4Address = value;
    } else if (name == "ip6") {
        network.ipv6Address = value;
    } else if (name == "mac-address") {
        network.macAddress = value;
    } else if (name == "link-local-ip") {
        network.linkLocalAddresses.emplace_back(value);
    } else if (name == "driver-opt") {
        return setDriverOption(network.driverOptions, value);
    } else if (name == "gw-priority") {
        const auto priority = parseInteger(value);
        if (!priority) {
            return std::unexpected(priority.error());
        }
        network.gatewayPriority = *priority;
    } else {
        return refused(quotedWord(field) + " is not an option of a network");
    }
    return {};
}

} // namespace

Result<NetworkAttachment> parseNetwork(std::string_view text)
{
    NetworkAttachment network;
    if (!isLongSyntax(text)) {
        network.target = text;
        return network;
    }
    const auto fields = parseCsv(text);
    if (!fields) {
        return std::unexpected(fields.error());
    }
    for (const std::string &field : *fields) {
        if (const auto set = setField(network, field); !set) {
            return std::unexpected(set.error());
        }
    }
    if (network.target.empty()) {
        return refused(quotedWord(text) + " names no network");
    }
    return network;
}

std::string networkText(const NetworkAttachment &network)
{
    const NetworkAttachment plain{.target = network.target};
    if (network == plain && !isLongSyntax(network.target)) {
        return network.target;
    }
    std::vector<std::string> fields{"name=" + network.target};
    const auto add = [&fields](const char *name, const std::string &value) {
        if (!value.empty()) {
            fields.push_back(name + value);
        }
    };
    for (const std::string &alias : network.aliases) {
        fields.push_back("alias=" + alias);
    }
    add("ip=", network.ipv4Address);
    add("ip6=", network.ipv6Address);
    for (const std::string &address : network.linkLocalAddresses) {
        fields.push_back("link-local-ip=" + address);
    }
    add("mac-address=", network.macAddress);
    for (const auto &option : network.driverOptions) {
        fields.push_back("driver-opt=" + pairText(option));
    }
    if (network.gatewayPriority != 0) {
        fields.push_back("gw-priority=" + std::to_string(network.gatewayPriority));
    }
    return csvText(fields);
}

bool isUserDefinedNetwork(std::string_view target)
{
    constexpr std::array<std::string_view, 4> modes{"default", "bridge", "host", "none"};
    return !std::ranges::contains(modes, target) && !target.starts_with("container:");
}

} // namespace roadstead::reference
