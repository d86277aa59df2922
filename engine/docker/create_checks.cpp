// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/docker/create_container.h"

#include "engine/docker/api_version.h"
#include "engine/reference/address.h"

#include <algorithm>
#include <array>

namespace roadstead::docker {

namespace {

std::unexpected<Error> conflict(const char *option, std::string why)
{
    return failure(ErrorKind::InvalidArgument, "container.create",
                   std::string(option) + ": " + std::move(why));
}

Result<void> checkHealth(const HealthOptions &health)
{
    if (health.isDisabled && health != HealthOptions{.isDisabled = true}) {
        return conflict("--no-healthcheck", "does not go with another option of the health check");
    }
    struct Span
    {
        const char *option;
        std::chrono::nanoseconds value;
    };
    const std::array<Span, 5> spans{
        {{"--health-interval", health.interval},
         {"--health-timeout", health.timeout},
         {"--health-start-period", health.startPeriod},
         {"--health-start-interval", health.startInterval},
         {"--health-retries", std::chrono::nanoseconds(health.retries)}}};
    for (const Span &span : spans) {
        if (span.value < std::chrono::nanoseconds(0)) {
            return conflict(span.option, "may not be negative");
        }
    }
    return {};
}

Result<void> checkNetwork(const CreateContainer &create, std::size_t index)
{
    const reference::NetworkAttachment &network = create.networks[index];
    const std::string &target = network.target;
    if (reference::trimmed(target).empty()) {
        return conflict("--network", "names no network");
    }
    if (!network.macAddress.empty() && !reference::isHardwareAddress(network.macAddress)) {
        return conflict("--mac-address",
                        reference::quotedWord(network.macAddress) + " is not a hardware address");
    }
    if (!reference::isUserDefinedNetwork(target) && !network.aliases.empty()) {
        return conflict("--network-alias", "only user-defined networks have aliases");
    }
    const auto same = [&target](const auto &other) { return other.target == target; };
    if (std::ranges::count_if(create.networks, same) > 1) {
        return conflict("--network", reference::quotedWord(target) + " is given twice");
    }
    const bool first = reference::isUserDefinedNetwork(create.networks.front().target);
    if (reference::isUserDefinedNetwork(target) != first) {
        return conflict("--network", reference::quotedWord(target) +
                                         " does not go with a network of the other kind");
    }
    return {};
}

Result<void> checkModes(const Isolation &isolation)
{
    if (!reference::parsePidMode(isolation.processes)) {
        return conflict("--pid", reference::quotedWord(isolation.processes) + " is no such mode");
    }
    if (!reference::parseHostMode(isolation.names)) {
        return conflict("--uts", reference::quotedWord(isolation.names) + " is no such mode");
    }
    if (!reference::parseHostMode(isolation.users)) {
        return conflict("--userns", reference::quotedWord(isolation.users) + " is no such mode");
    }
    if (!reference::parseCgroupNamespace(isolation.controlGroup)) {
        return conflict("--cgroupns",
                        reference::quotedWord(isolation.controlGroup) + " is no such mode");
    }
    return {};
}

/// An option that engines have since a version, and whether it is set.
struct Newcomer
{
    const char *option;
    int since;
    bool isSet;
};

bool anyBind(const CreateContainer &create, bool reference::BindOptions::*option)
{
    return std::ranges::any_of(create.mounts, [option](const reference::Mount &mount) {
        return mount.bind && (*mount.bind).*option;
    });
}

/// More than the first: that one has its address in the container's own member before.
bool hasLaterMacAddress(const CreateContainer &create)
{
    return std::ranges::any_of(create.networks, [&create](const auto &network) {
        return &network != &create.networks.front() && !network.macAddress.empty();
    });
}

bool hasGatewayPriority(const CreateContainer &create)
{
    return std::ranges::any_of(create.networks,
                               [](const auto &network) { return network.gatewayPriority != 0; });
}

} // namespace

Result<void> checkOptions(const CreateContainer &create)
{
    constexpr std::int64_t largestSwappiness = 100;
    if (create.autoRemove && !create.restart.isNone()) {
        return conflict("--restart", "does not go with --rm");
    }
    if (create.logDriver == "none" && !create.logOptions.empty()) {
        return conflict("--log-opt", "the log driver \"none\" has no options");
    }
    const std::int64_t swappiness = create.limits.memorySwappiness;
    if (swappiness < -1 || swappiness > largestSwappiness) {
        return conflict("--memory-swappiness", "must be 0 to 100");
    }
    for (std::size_t i = 0; i < create.networks.size(); ++i) {
        if (auto fine = checkNetwork(create, i); !fine) {
            return fine;
        }
    }
    if (auto fine = checkModes(create.isolation); !fine) {
        return fine;
    }
    return checkHealth(create.health);
}

Result<void> checkVersion(const CreateContainer &create, ApiVersion version)
{
    const HealthOptions &health = create.health;
    const ResourceLimits &limits = create.limits;
    const std::array<Newcomer, 15> newcomers{
        {{"--stop-timeout", 25, create.stopTimeout.has_value()},
         {"--cpu-rt-period", 25, limits.cpuRealtimePeriod != 0},
         {"--cpu-rt-runtime", 25, limits.cpuRealtimeRuntime != 0},
         {"--cpus", 25, limits.processors != 0},
         {"--init", 25, create.init.has_value()},
         {"--health-start-period", 29, health.startPeriod.count() != 0},
         {"--platform", 32, !create.platform.empty()},
         {"--gpus", 40, !create.gpus.empty()},
         {"--mount bind-recursive=disabled", 40,
          anyBind(create, &reference::BindOptions::isNotRecursive)},
         {"--cgroupns", 41, !create.isolation.controlGroup.empty()},
         {"--annotation", 43, !create.annotations.empty()},
         {"--health-start-interval", 44, health.startInterval.count() != 0},
         {"--mount bind-recursive=readonly", 44,
          anyBind(create, &reference::BindOptions::isReadOnlyAllTheWay)},
         {"--network mac-address", 44, hasLaterMacAddress(create)},
         {"--network gw-priority", 48, hasGatewayPriority(create)}}};
    for (const Newcomer &newcomer : newcomers) {
        if (newcomer.isSet && version < ApiVersion{newcomer.since}) {
            return failure(ErrorKind::UnsupportedVersion, "container.create",
                           std::string(newcomer.option) + ": since API " +
                               apiVersionText(ApiVersion{newcomer.since}));
        }
    }
    return {};
}

} // namespace roadstead::docker
