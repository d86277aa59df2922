// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/docker/service_spec.h"

#include "engine/docker/rendering.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace roadstead::docker {

namespace {

void addText(OrderedJson &json, const char *name, const std::string &value)
{
    if (!value.empty()) {
        json[name] = value;
    }
}

void addTexts(OrderedJson &json, const char *name, const std::vector<std::string> &values)
{
    if (!values.empty()) {
        json[name] = values;
    }
}

void addLabels(OrderedJson &json, const char *name, const Labels &labels)
{
    if (!labels.empty()) {
        json[name] = labelsJson(labels);
    }
}

void addNumber(OrderedJson &json, const char *name, std::int64_t value)
{
    if (value != 0) {
        json[name] = value;
    }
}

void addObject(OrderedJson &json, const char *name, OrderedJson value)
{
    if (!value.empty()) {
        json[name] = std::move(value);
    }
}

void addFiles(OrderedJson &json, const char *list, const char *id, const char *name,
              const std::vector<ServiceFile> &files)
{
    for (const ServiceFile &file : files) {
        json[list].push_back({{"File",
                               {{"Name", file.target},
                                {"UID", file.user},
                                {"GID", file.group},
                                {"Mode", file.mode}}},
                              {id, file.id},
                              {name, file.name}});
    }
}

/// "host:address" to the "address host" of a hosts file.
std::string hostLine(const std::string &host)
{
    const std::size_t colon = std::min(host.find(':'), host.size());
    const std::string address = host.substr(std::min(colon + 1, host.size()));
    return address + " " + host.substr(0, colon);
}

OrderedJson containerJson(const ServiceSpec &spec)
{
    OrderedJson json = {{"Image", spec.image}};
    addLabels(json, "Labels", spec.containerLabels);
    addTexts(json, "Command", spec.entrypoint);
    addTexts(json, "Args", spec.command);
    addText(json, "Hostname", spec.hostname);
    addTexts(json, "Env", spec.environment);
    addText(json, "Dir", spec.workingDirectory);
    addText(json, "User", spec.user);
    addTexts(json, "Groups", spec.groups);
    addText(json, "StopSignal", spec.stopSignal);
    for (const auto &[name, set] : {std::pair{"Init", spec.init}, std::pair{"TTY", spec.tty},
                                    std::pair{"ReadOnly", spec.readOnly}}) {
        if (set) {
            json[name] = true;
        }
    }
    if (spec.stopGracePeriod) {
        json["StopGracePeriod"] = *spec.stopGracePeriod;
    }
    for (const ServiceMount &mount : spec.mounts) {
        OrderedJson entry = {{"Type", mount.type}, {"Target", mount.target}};
        addText(entry, "Source", mount.source);
        if (mount.readOnly) {
            entry["ReadOnly"] = true;
        }
        json["Mounts"].push_back(std::move(entry));
    }
    for (const std::string &host : spec.hosts) {
        json["Hosts"].push_back(hostLine(host));
    }
    if (!spec.dns.empty()) {
        json["DNSConfig"] = {{"Nameservers", spec.dns}};
    }
    addFiles(json, "Secrets", "SecretID", "SecretName", spec.secrets);
    addFiles(json, "Configs", "ConfigID", "ConfigName", spec.configs);
    addLabels(json, "Sysctls", spec.sysctls);
    addTexts(json, "CapabilityAdd", spec.addCapabilities);
    addTexts(json, "CapabilityDrop", spec.dropCapabilities);
    return json;
}

OrderedJson resourcesJson(const ServiceResources &resources)
{
    OrderedJson json = OrderedJson::object();
    addNumber(json, "NanoCPUs", resources.nanoCpus);
    addNumber(json, "MemoryBytes", resources.memory);
    addNumber(json, "Pids", resources.pids);
    return json;
}

OrderedJson restartJson(const ServiceRestart &restart)
{
    OrderedJson json = OrderedJson::object();
    addText(json, "Condition", restart.condition);
    if (restart.delay) {
        json["Delay"] = *restart.delay;
    }
    if (restart.maxAttempts) {
        json["MaxAttempts"] = *restart.maxAttempts;
    }
    if (restart.window) {
        json["Window"] = *restart.window;
    }
    return json;
}

OrderedJson placementJson(const ServiceSpec &spec)
{
    OrderedJson json = OrderedJson::object();
    addTexts(json, "Constraints", spec.constraints);
    for (const std::string &label : spec.spreadOver) {
        json["Preferences"].push_back({{"Spread", {{"SpreadDescriptor", label}}}});
    }
    addNumber(json, "MaxReplicas", spec.maxReplicasPerNode);
    return json;
}

OrderedJson taskJson(const ServiceSpec &spec)
{
    OrderedJson json = {{"ContainerSpec", containerJson(spec)}};
    for (const ServiceNetwork &network : spec.networks) {
        OrderedJson entry = {{"Target", network.network}};
        addTexts(entry, "Aliases", network.aliases);
        json["Networks"].push_back(std::move(entry));
    }
    OrderedJson resources = OrderedJson::object();
    addObject(resources, "Limits", resourcesJson(spec.limits));
    addObject(resources, "Reservations", resourcesJson(spec.reservations));
    addObject(json, "Resources", std::move(resources));
    addObject(json, "RestartPolicy", restartJson(spec.restart));
    addObject(json, "Placement", placementJson(spec));
    if (!spec.logDriver.empty()) {
        json["LogDriver"] = {{"Name", spec.logDriver}, {"Options", labelsJson(spec.logOptions)}};
    }
    return json;
}

OrderedJson modeJson(const ServiceSpec &spec)
{
    OrderedJson details = OrderedJson::object();
    const auto replicas = [&](const char *name) {
        if (spec.replicas) {
            details[name] = *spec.replicas;
        }
    };
    switch (spec.mode) {
    case ServiceMode::Replicated:
        replicas("Replicas");
        return {{"Replicated", std::move(details)}};
    case ServiceMode::Global:
        return {{"Global", std::move(details)}};
    case ServiceMode::ReplicatedJob:
        replicas("TotalCompletions");
        if (spec.maxConcurrent) {
            details["MaxConcurrent"] = *spec.maxConcurrent;
        }
        return {{"ReplicatedJob", std::move(details)}};
    case ServiceMode::GlobalJob:
        break;
    }
    return {{"GlobalJob", std::move(details)}};
}

OrderedJson rolloutJson(const RolloutConfig &rollout)
{
    OrderedJson json = {{"Parallelism", rollout.parallelism},
                        {"MaxFailureRatio", rollout.maxFailureRatio}};
    addNumber(json, "Delay", rollout.delay);
    addNumber(json, "Monitor", rollout.monitor);
    addText(json, "FailureAction", rollout.failureAction);
    addText(json, "Order", rollout.order);
    return json;
}

} // namespace

OrderedJson serviceSpecJson(const ServiceSpec &spec)
{
    OrderedJson json = {{"Name", spec.name},
                        {"Labels", labelsJson(spec.labels)},
                        {"TaskTemplate", taskJson(spec)},
                        {"Mode", modeJson(spec)}};
    if (spec.update) {
        json["UpdateConfig"] = rolloutJson(*spec.update);
    }
    if (spec.rollback) {
        json["RollbackConfig"] = rolloutJson(*spec.rollback);
    }
    OrderedJson endpoint = OrderedJson::object();
    addText(endpoint, "Mode", spec.endpointMode);
    for (const ServicePort &port : spec.ports) {
        OrderedJson entry = {{"Protocol", port.protocol},
                             {"TargetPort", port.targetPort},
                             {"PublishMode", port.mode}};
        addNumber(entry, "PublishedPort", port.publishedPort);
        endpoint["Ports"].push_back(std::move(entry));
    }
    addObject(json, "EndpointSpec", std::move(endpoint));
    return json;
}

ApiVersion ServiceSpec::needs() const
{
    const auto since = [](bool set, int minor) { return ApiVersion{set ? minor : 0}; };
    const bool jobs = mode == ServiceMode::ReplicatedJob || mode == ServiceMode::GlobalJob;
    const auto ordered = [](const auto &rollout) { return rollout && !rollout->order.empty(); };
    return std::max(
        {ApiVersion{24},
         since(!hostname.empty() || !hosts.empty() || !dns.empty() || !secrets.empty() || tty, 25),
         since(!stopSignal.empty() || readOnly || !spreadOver.empty() || rollback.has_value(), 28),
         since(ordered(update) || ordered(rollback), 29), since(!configs.empty(), 30),
         since(init, 37), since(!sysctls.empty() || maxReplicasPerNode != 0, 40),
         since(jobs || !addCapabilities.empty() || !dropCapabilities.empty() || limits.pids != 0,
               41)});
}

} // namespace roadstead::docker
