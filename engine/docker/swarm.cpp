// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/docker/swarm.h"

#include "engine/docker/object_codecs.h"
#include "engine/docker/rendering.h"
#include "engine/reference/numbers.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace roadstead::docker {

namespace {

void apply(const SwarmSettings &settings, OrderedJson &spec)
{
    const auto set = [&spec](const char *group, const char *member, const auto &value) {
        if (!value) {
            return;
        }
        if (!spec[group].is_object()) {
            spec[group] = OrderedJson::object();
        }
        spec[group][member] = *value;
    };
    set("Orchestration", "TaskHistoryRetentionLimit", settings.taskHistoryLimit);
    set("Dispatcher", "HeartbeatPeriod", settings.heartbeatPeriod);
    set("CAConfig", "NodeCertExpiry", settings.certificateExpiry);
    set("Raft", "SnapshotInterval", settings.snapshotInterval);
    set("Raft", "KeepOldSnapshots", settings.keptSnapshots);
    set("EncryptionConfig", "AutoLockManagers", settings.autoLock);
}

void addSettings(Arguments &arguments, const SwarmSettings &settings)
{
    const auto add = [&arguments](const char *option, const auto &value, const auto &text) {
        if (value) {
            arguments.insert(arguments.end(), {option, text(*value)});
        }
    };
    const auto number = [](std::int64_t value) { return std::to_string(value); };
    const auto duration = [](std::int64_t value) {
        return reference::durationText(std::chrono::nanoseconds(value));
    };
    add("--task-history-limit", settings.taskHistoryLimit, number);
    add("--dispatcher-heartbeat", settings.heartbeatPeriod, duration);
    add("--cert-expiry", settings.certificateExpiry, duration);
    add("--snapshot-interval", settings.snapshotInterval, number);
    add("--max-snapshots", settings.keptSnapshots, number);
    if (settings.autoLock) {
        arguments.emplace_back(*settings.autoLock ? "--autolock" : "--autolock=false");
    }
}

} // namespace

ApiRequest InspectSwarm::request(ApiVersion) const
{
    return getRequest("/swarm");
}

Arguments InspectSwarm::arguments() const
{
    // The CLI shows the swarm as a part of the engine's information only.
    return {"info", "--format", "{{json .Swarm.Cluster}}"};
}

Result<Swarm> InspectSwarm::decode(std::string body)
{
    const auto document = JsonDocument::parse(body, "swarm");
    if (!document) {
        return std::unexpected(document.error());
    }
    const JsonValue root = document->root();
    const JsonValue spec = root.object("Spec");
    const JsonValue tokens = root.object("JoinTokens");
    Swarm swarm;
    swarm.id = root.text("ID");
    swarm.version = readObjectVersion(root);
    swarm.created = root.text("CreatedAt");
    swarm.updated = root.text("UpdatedAt");
    swarm.workerToken = tokens.text("Worker");
    swarm.managerToken = tokens.text("Manager");
    swarm.autoLock = spec.object("EncryptionConfig").boolean("AutoLockManagers");
    swarm.taskHistoryLimit = spec.object("Orchestration").integer("TaskHistoryRetentionLimit");
    swarm.certificateExpiry = spec.object("CAConfig").integer("NodeCertExpiry");
    swarm.heartbeatPeriod = spec.object("Dispatcher").integer("HeartbeatPeriod");
    swarm.rootRotationInProgress = root.boolean("RootRotationInProgress");
    swarm.addressPools = root.texts("DefaultAddrPool");
    swarm.subnetSize = root.integer("SubnetSize");
    swarm.dataPathPort = root.integer("DataPathPort");
    swarm.spec = root.jsonText("Spec");
    swarm.raw = std::move(body);
    return document->checked(std::move(swarm));
}

ApiRequest AskUnlockKey::request(ApiVersion) const
{
    return getRequest("/swarm/unlockkey");
}

Arguments AskUnlockKey::arguments() const
{
    return {"swarm", "unlock-key"};
}

Result<std::string> AskUnlockKey::decode(std::string body)
{
    const auto document = JsonDocument::parse(body, "unlock key");
    if (!document) {
        return std::unexpected(document.error());
    }
    return document->checked(document->root().text("UnlockKey"));
}

ApiRequest InitSwarm::request(ApiVersion version) const
{
    OrderedJson spec = OrderedJson::object();
    apply(settings, spec);
    OrderedJson body = {{"ListenAddr", listenAddress},
                        {"AdvertiseAddr", advertiseAddress},
                        {"ForceNewCluster", forceNewCluster},
                        {"Spec", std::move(spec)},
                        {"AutoLockManagers", settings.autoLock.value_or(false)},
                        {"Availability", availability}};
    if (!dataPathAddress.empty()) {
        body["DataPathAddr"] = dataPathAddress;
    }
    if (dataPathPort != 0) {
        body["DataPathPort"] = dataPathPort;
    }
    if (version >= ApiVersion{39}) {
        body["DefaultAddrPool"] = addressPools;
        body["SubnetSize"] = subnetSize;
    }
    return postRequest("/swarm/init", body);
}

Arguments InitSwarm::arguments() const
{
    Arguments arguments{"swarm", "init"};
    if (listenAddress != "0.0.0.0:2377") {
        addOption(arguments, "--listen-addr", listenAddress);
    }
    addOption(arguments, "--advertise-addr", advertiseAddress);
    addOption(arguments, "--data-path-addr", dataPathAddress);
    addOption(arguments, "--data-path-port", dataPathPort);
    addEach(arguments, "--default-addr-pool", addressPools);
    addOption(arguments, "--default-addr-pool-mask-length", subnetSize == 24 ? 0 : subnetSize);
    addOption(arguments, "--availability", availability);
    addSwitch(arguments, "--force-new-cluster", forceNewCluster);
    addSettings(arguments, settings);
    return arguments;
}

ApiVersion InitSwarm::needs() const
{
    return std::max({ApiVersion{24}, ApiVersion{dataPathAddress.empty() ? 0 : 31},
                     ApiVersion{addressPools.empty() && subnetSize == 24 ? 0 : 39},
                     ApiVersion{dataPathPort == 0 ? 0 : 40}});
}

Result<CommandReply> InitSwarm::decode(std::string_view body)
{
    const auto document = JsonDocument::parse(body, "swarm");
    if (!document) {
        return std::unexpected(document.error());
    }
    CommandReply reply;
    reply.text = document->text();
    return document->checked(std::move(reply));
}

ApiRequest JoinSwarm::request(ApiVersion) const
{
    OrderedJson body = {{"ListenAddr", listenAddress},
                        {"AdvertiseAddr", advertiseAddress},
                        {"RemoteAddrs", managers},
                        {"JoinToken", token},
                        {"Availability", availability}};
    if (!dataPathAddress.empty()) {
        body["DataPathAddr"] = dataPathAddress;
    }
    return postRequest("/swarm/join", body);
}

Arguments JoinSwarm::arguments() const
{
    Arguments arguments{"swarm", "join", "--token", "TOKEN"};
    if (listenAddress != "0.0.0.0:2377") {
        addOption(arguments, "--listen-addr", listenAddress);
    }
    addOption(arguments, "--advertise-addr", advertiseAddress);
    addOption(arguments, "--data-path-addr", dataPathAddress);
    addOption(arguments, "--availability", availability);
    // The CLI takes one; the API any of several.
    addOperands(arguments, {managers.empty() ? std::string() : managers.front()});
    return arguments;
}

ApiRequest LeaveSwarm::request(ApiVersion) const
{
    ApiRequest request = postRequest("/swarm/leave");
    addSwitch(request, "force", force);
    return request;
}

Arguments LeaveSwarm::arguments() const
{
    Arguments arguments{"swarm", "leave"};
    addSwitch(arguments, "-f", force);
    return arguments;
}

ApiRequest UpdateSwarm::request(ApiVersion) const
{
    // What the spec says otherwise must go back as it came.
    OrderedJson body = OrderedJson::parse(spec, nullptr, false);
    if (!body.is_object()) {
        body = OrderedJson::object();
    }
    apply(settings, body);
    const auto text = [](bool set) { return set ? "true" : "false"; };
    ApiRequest request = postRequest("/swarm/update", body);
    request.query = {{"version", std::to_string(version)},
                     {"rotateWorkerToken", text(rotateWorkerToken)},
                     {"rotateManagerToken", text(rotateManagerToken)},
                     {"rotateManagerUnlockKey", text(rotateUnlockKey)}};
    return request;
}

Arguments UpdateSwarm::arguments() const
{
    if (rotateUnlockKey) {
        return {"swarm", "unlock-key", "--rotate"};
    }
    if (rotateWorkerToken || rotateManagerToken) {
        return {"swarm", "join-token", "--rotate", rotateManagerToken ? "manager" : "worker"};
    }
    Arguments arguments{"swarm", "update"};
    addSettings(arguments, settings);
    return arguments;
}

ApiRequest UnlockSwarm::request(ApiVersion) const
{
    return postRequest("/swarm/unlock", {{"UnlockKey", key}});
}

Arguments UnlockSwarm::arguments() const
{
    return {"swarm", "unlock"};
}

} // namespace roadstead::docker
