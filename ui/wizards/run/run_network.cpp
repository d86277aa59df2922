// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wizards/run/run_network.h"

#include "engine/reference/csv.h"
#include "engine/reference/network_attachment.h"
#include "engine/reference/words.h"

#include <vector>

namespace roadstead::ui {

namespace {

/// Adds a field for each of the values between commas.
void addEach(std::vector<std::string> &fields, const std::string &name, const std::string &values)
{
    for (const std::string_view part : reference::split(values, ',')) {
        if (const auto value = reference::trimmed(part); !value.empty()) {
            fields.push_back(name + std::string(value));
        }
    }
}

} // namespace

bool RunNetwork::isPlain() const
{
    return *this == RunNetwork{.target = target};
}

RunNetwork networkOf(const std::string &word)
{
    const auto parsed = reference::parseNetwork(word);
    if (!parsed) {
        return {.target = word};
    }
    std::vector<std::string> driverOptions;
    for (const auto &option : parsed->driverOptions) {
        driverOptions.push_back(reference::pairText(option));
    }
    return {.target = parsed->target,
            .aliases = reference::join(parsed->aliases, ", "),
            .ipv4Address = parsed->ipv4Address,
            .ipv6Address = parsed->ipv6Address,
            .linkLocalAddresses = reference::join(parsed->linkLocalAddresses, ", "),
            .macAddress = parsed->macAddress,
            .driverOptions = reference::join(driverOptions, ", "),
            .gatewayPriority = parsed->gatewayPriority == 0
                                   ? std::string()
                                   : std::to_string(parsed->gatewayPriority)};
}

std::string networkWord(const RunNetwork &network)
{
    if (network.isPlain()) {
        return network.target;
    }
    std::vector<std::string> fields{"name=" + network.target};
    addEach(fields, "alias=", network.aliases);
    addEach(fields, "ip=", network.ipv4Address);
    addEach(fields, "ip6=", network.ipv6Address);
    addEach(fields, "link-local-ip=", network.linkLocalAddresses);
    addEach(fields, "mac-address=", network.macAddress);
    addEach(fields, "driver-opt=", network.driverOptions);
    addEach(fields, "gw-priority=", network.gatewayPriority);
    return reference::csvText(fields);
}

void setFirstNetwork(RunForm &form, const std::string &target)
{
    std::vector<std::string> &words = form.options["network"];
    if (words.empty()) {
        words.emplace_back();
    }
    RunNetwork first = networkOf(words.front());
    if (reference::isLongSyntax(target)) {
        words.front() = target;
    } else if (first.target != target) {
        first.target = target;
        words.front() = networkWord(first);
    }
    if (words.size() == 1 && words.front().empty()) {
        form.options.erase("network");
    }
}

} // namespace roadstead::ui
