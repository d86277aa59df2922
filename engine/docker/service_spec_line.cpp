// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/docker/service_spec.h"

#include "engine/docker/rendering.h"
#include "engine/reference/numbers.h"

#include <array>
#include <cstdio>

namespace roadstead::docker {

namespace {

/// A value of a comma-separated list, as RFC 4180 quotes it where it must be.
std::string field(const std::string &text)
{
    if (text.find_first_of(",\"\n") == std::string::npos) {
        return text;
    }
    std::string quoted = "\"";
    for (const char c : text) {
        quoted.append(c == '"' ? 2 : 1, c);
    }
    return quoted + "\"";
}

std::string mountText(const ServiceMount &mount)
{
    std::string text = "type=" + mount.type;
    if (!mount.source.empty()) {
        text += "," + field("source=" + mount.source);
    }
    text += "," + field("target=" + mount.target);
    return text + (mount.readOnly ? ",readonly" : "");
}

std::string fileText(const ServiceFile &file)
{
    std::array<char, 16> mode{};
    std::snprintf(mode.data(), mode.size(), "0%o", file.mode);
    std::string text = field("source=" + file.name);
    if (!file.target.empty()) {
        text += "," + field("target=" + file.target);
    }
    if (file.user != "0") {
        text += ",uid=" + file.user;
    }
    if (file.group != "0") {
        text += ",gid=" + file.group;
    }
    return text + (file.mode == 0444 ? "" : ",mode=" + std::string(mode.data()));
}

std::string networkText(const ServiceNetwork &network)
{
    if (network.aliases.empty()) {
        return network.network;
    }
    std::string text = field("name=" + network.network);
    for (const std::string &alias : network.aliases) {
        text += "," + field("alias=" + alias);
    }
    return text;
}

std::string portText(const ServicePort &port)
{
    std::string text = "target=" + std::to_string(port.targetPort);
    if (port.publishedPort != 0) {
        text += ",published=" + std::to_string(port.publishedPort);
    }
    return text + ",protocol=" + port.protocol + ",mode=" + port.mode;
}

void addDuration(Arguments &arguments, const char *option,
                 const std::optional<std::int64_t> &duration)
{
    if (duration) {
        addOption(arguments, option, reference::durationText(std::chrono::nanoseconds(*duration)));
    }
}

void addRollout(Arguments &arguments, const std::string &prefix, const RolloutConfig &rollout)
{
    const auto add = [&](const char *name, const std::string &value) {
        if (!value.empty()) {
            arguments.push_back(prefix + name);
            arguments.push_back(value);
        }
    };
    add("parallelism", std::to_string(rollout.parallelism));
    add("delay",
        rollout.delay == 0 ? "" : reference::durationText(std::chrono::nanoseconds(rollout.delay)));
    add("failure-action", rollout.failureAction);
    add("monitor", rollout.monitor == 0
                       ? ""
                       : reference::durationText(std::chrono::nanoseconds(rollout.monitor)));
    std::array<char, 32> ratio{};
    std::snprintf(ratio.data(), ratio.size(), "%g", rollout.maxFailureRatio);
    add("max-failure-ratio", rollout.maxFailureRatio == 0 ? "" : ratio.data());
    add("order", rollout.order);
}

void addContainer(Arguments &arguments, const ServiceSpec &spec)
{
    addEach(arguments, "-e", spec.environment);
    addPairs(arguments, "--container-label", spec.containerLabels);
    addOption(arguments, "--hostname", spec.hostname);
    addOption(arguments, "-w", spec.workingDirectory);
    addOption(arguments, "-u", spec.user);
    addEach(arguments, "--group", spec.groups);
    addOption(arguments, "--stop-signal", spec.stopSignal);
    addDuration(arguments, "--stop-grace-period", spec.stopGracePeriod);
    addEach(arguments, "--host", spec.hosts);
    addEach(arguments, "--dns", spec.dns);
    for (const ServiceMount &mount : spec.mounts) {
        addOption(arguments, "--mount", mountText(mount));
    }
    for (const ServiceFile &file : spec.secrets) {
        addOption(arguments, "--secret", fileText(file));
    }
    for (const ServiceFile &file : spec.configs) {
        addOption(arguments, "--config", fileText(file));
    }
    addPairs(arguments, "--sysctl", spec.sysctls);
    addEach(arguments, "--cap-add", spec.addCapabilities);
    addEach(arguments, "--cap-drop", spec.dropCapabilities);
    addSwitch(arguments, "-t", spec.tty);
    addSwitch(arguments, "--read-only", spec.readOnly);
    addSwitch(arguments, "--init", spec.init);
    std::string entrypoint; // one text that the CLI splits as a shell does
    for (const std::string &word : spec.entrypoint) {
        entrypoint += (entrypoint.empty() ? "'" : " '");
        for (const char c : word) {
            entrypoint += c == '\'' ? std::string("'\\''") : std::string(1, c);
        }
        entrypoint += "'";
    }
    addOption(arguments, "--entrypoint", entrypoint);
}

void addResources(Arguments &arguments, const ServiceSpec &spec)
{
    const auto cpus = [](std::int64_t nano) {
        return nano == 0 ? std::string() : reference::processorsText(nano);
    };
    addOption(arguments, "--limit-cpu", cpus(spec.limits.nanoCpus));
    addOption(arguments, "--limit-memory", spec.limits.memory);
    addOption(arguments, "--limit-pids", spec.limits.pids);
    addOption(arguments, "--reserve-cpu", cpus(spec.reservations.nanoCpus));
    addOption(arguments, "--reserve-memory", spec.reservations.memory);
    addOption(arguments, "--restart-condition", spec.restart.condition);
    addDuration(arguments, "--restart-delay", spec.restart.delay);
    if (spec.restart.maxAttempts) {
        addOption(arguments, "--restart-max-attempts", std::to_string(*spec.restart.maxAttempts));
    }
    addDuration(arguments, "--restart-window", spec.restart.window);
}

void addMode(Arguments &arguments, const ServiceSpec &spec)
{
    constexpr std::array names{"", "global", "replicated-job", "global-job"};
    addOption(arguments, "--mode", names[static_cast<std::size_t>(spec.mode)]);
    if (spec.replicas) {
        addOption(arguments, "--replicas", std::to_string(*spec.replicas));
    }
    if (spec.maxConcurrent) {
        addOption(arguments, "--max-concurrent", std::to_string(*spec.maxConcurrent));
    }
    addEach(arguments, "--constraint", spec.constraints);
    for (const std::string &label : spec.spreadOver) {
        addOption(arguments, "--placement-pref", "spread=" + label);
    }
    addOption(arguments, "--replicas-max-per-node", spec.maxReplicasPerNode);
}

} // namespace

void addServiceSpec(Arguments &arguments, const ServiceSpec &spec)
{
    addOption(arguments, "--name", spec.name);
    addPairs(arguments, "-l", spec.labels);
    addMode(arguments, spec);
    addContainer(arguments, spec);
    addResources(arguments, spec);
    for (const ServiceNetwork &network : spec.networks) {
        addOption(arguments, "--network", networkText(network));
    }
    for (const ServicePort &port : spec.ports) {
        addOption(arguments, "-p", portText(port));
    }
    addOption(arguments, "--endpoint-mode", spec.endpointMode);
    addOption(arguments, "--log-driver", spec.logDriver);
    addPairs(arguments, "--log-opt", spec.logOptions);
    if (spec.update) {
        addRollout(arguments, "--update-", *spec.update);
    }
    if (spec.rollback) {
        addRollout(arguments, "--rollback-", *spec.rollback);
    }
    addOperands(arguments, {spec.image});
    arguments.insert(arguments.end(), spec.command.begin(), spec.command.end());
}

} // namespace roadstead::docker
