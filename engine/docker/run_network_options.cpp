// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/docker/run_options.h"

#include "engine/reference/address.h"

#include <algorithm>

namespace roadstead::docker {

namespace {

/// Ranges grow: a few words may name millions of ports.
constexpr std::size_t mostPorts = 128UL * 1024;

Result<void> publish(RunDraft &draft, std::string_view value)
{
    auto bindings = reference::parsePublished(value);
    if (!bindings) {
        return std::unexpected(bindings.error());
    }
    auto &ports = draft.create().ports;
    if (ports.size() + bindings->size() > mostPorts) {
        return reference::refused(reference::quotedWord(value) + " makes too many ports");
    }
    ports.insert(ports.end(), bindings->begin(), bindings->end());
    return {};
}

Result<void> expose(RunDraft &draft, std::string_view value)
{
    const auto exposed = reference::parseExposed(value);
    if (!exposed) {
        return std::unexpected(exposed.error());
    }
    auto &ports = draft.create().exposedPorts;
    if (ports.size() + exposed->size() > mostPorts) {
        return reference::refused(reference::quotedWord(value) + " makes too many ports");
    }
    ports.insert(ports.end(), exposed->begin(), exposed->end());
    return {};
}

Result<void> addNetwork(RunDraft &draft, std::string_view value)
{
    return addResult(draft.create().networks, reference::parseNetwork(value));
}

Result<void> addAlias(RunDraft &draft, std::string_view value)
{
    return addText(draft.first.aliases, value);
}

Result<void> addDnsOption(RunDraft &draft, std::string_view value)
{
    return addText(draft.create().dnsOptions, value);
}

constexpr RunOption networkTable[]{
    {"add-host", '\0', false,
     [](RunDraft &d, std::string_view v) {
         return addResult(d.create().extraHosts, reference::parseExtraHost(v));
     }},
    {"dns", '\0', false,
     [](RunDraft &d, std::string_view v) {
         return addResult(d.create().dnsServers, reference::canonicalIpAddress(v));
     }},
    {"dns-opt", '\0', false, addDnsOption},
    {"dns-option", '\0', false, addDnsOption},
    {"dns-search", '\0', false,
     [](RunDraft &d, std::string_view v) {
         return addResult(d.create().dnsSearch, reference::parseSearchDomain(v));
     }},
    {"expose", '\0', false, expose},
    {"ip", '\0', false,
     [](RunDraft &d, std::string_view v) { return setText(d.first.ipv4Address, v); }},
    {"ip6", '\0', false,
     [](RunDraft &d, std::string_view v) { return setText(d.first.ipv6Address, v); }},
    {"link", '\0', false,
     [](RunDraft &d, std::string_view v) {
         return addResult(d.create().links, reference::parseLink(v));
     }},
    {"link-local-ip", '\0', false,
     [](RunDraft &d, std::string_view v) { return addText(d.first.linkLocalAddresses, v); }},
    {"mac-address", '\0', false,
     [](RunDraft &d, std::string_view v) { return setText(d.first.macAddress, v); }},
    {"net", '\0', false, addNetwork},
    {"net-alias", '\0', false, addAlias},
    {"network", '\0', false, addNetwork},
    {"network-alias", '\0', false, addAlias},
    {"publish", 'p', false, publish},
    {"publish-all", 'P', true,
     [](RunDraft &d, std::string_view v) { return setFlag(d.create().publishesAll, v); }},
};

} // namespace

std::span<const RunOption> networkOptions()
{
    return networkTable;
}

} // namespace roadstead::docker
