// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/docker/codecs.h"

#include "engine/docker/json_reader.h"
#include "engine/docker/object_codecs.h"
#include "engine/docker/terminal_facts.h"

#include <charconv>
#include <limits>
#include <utility>

namespace roadstead::docker {

namespace {

/// "80/tcp" and where it is published.
void readPort(const std::string &name, const std::string &hostIp, const std::string &hostPort,
              std::vector<Port> &ports)
{
    const auto number = [](std::string_view text) {
        std::uint16_t value = 0;
        std::from_chars(text.data(), text.data() + text.size(), value);
        return value;
    };
    const std::size_t slash = name.find('/');
    Port port;
    port.privatePort = number(std::string_view(name).substr(0, slash));
    port.protocol = slash == std::string::npos ? "tcp" : name.substr(slash + 1);
    port.publicPort = number(hostPort);
    port.ip = port.publicPort == 0 ? std::string() : hostIp;
    ports.push_back(std::move(port));
}

void readState(const JsonValue &state, ContainerDetails &details)
{
    details.state = containerStateOf(state.text("Status"));
    details.startedAt = state.text("StartedAt");
    details.finishedAt = state.text("FinishedAt");
    details.exitCode = state.smallInteger("ExitCode");
    details.oomKilled = state.boolean("OOMKilled");
    details.error = state.text("Error");
    details.pid = state.integer("Pid");
    const JsonValue health = state.object("Health");
    details.health = healthOf(health.text("Status"));
    health.forEach("Log", [&details](const JsonValue &entry) {
        details.healthLog.push_back({entry.text("Start"), entry.text("End"),
                                     entry.smallInteger("ExitCode"), entry.text("Output")});
    });
}

void readConfig(const JsonValue &config, ContainerDetails &details)
{
    details.image = config.text("Image");
    details.entrypoint = config.texts("Entrypoint");
    details.command = config.texts("Cmd");
    details.environment = config.texts("Env");
    details.user = config.text("User");
    details.workingDir = config.text("WorkingDir");
    details.hostname = config.text("Hostname");
    details.tty = config.boolean("Tty");
    details.labels = config.textMap("Labels");
    details.healthCheck = readHealthCheck(config.object("Healthcheck"));
}

void readHostConfig(const JsonValue &host, ContainerDetails &details)
{
    const JsonValue restart = host.object("RestartPolicy");
    details.restartPolicy = restart.text("Name");
    details.restartMaximum = restart.smallInteger("MaximumRetryCount");
    details.memoryLimit = host.integer("Memory");
    details.nanoCpus = host.integer("NanoCpus");
    details.pidsLimit = host.integer("PidsLimit");
    details.memorySwap = host.integer("MemorySwap");
    details.cpuPeriod = host.integer("CpuPeriod");
    details.cpuQuota = host.integer("CpuQuota");
    if (details.restartPolicy.empty()) {
        details.restartPolicy = "no";
    }
    // The older pair of options for the same limit.
    constexpr std::int64_t nanoCpusPerCpu = 1'000'000'000;
    if (details.nanoCpus == 0 && details.cpuQuota > 0 &&
        details.cpuQuota < std::numeric_limits<std::int64_t>::max() / nanoCpusPerCpu) {
        constexpr std::int64_t defaultPeriod = 100'000;
        details.nanoCpus = details.cpuQuota * nanoCpusPerCpu /
                           (details.cpuPeriod > 0 ? details.cpuPeriod : defaultPeriod);
    }
}

void readNetworks(const JsonValue &settings, ContainerDetails &details)
{
    settings.forEachMember(
        "Networks", [&details](const std::string &name, const JsonValue &network) {
            details.networks.push_back({name, network.text("IPAddress"),
                                        network.text("GlobalIPv6Address"), network.text("Gateway"),
                                        network.text("MacAddress"), network.texts("Aliases")});
        });
    settings.forEachMember("Ports", [&details](const std::string &name, const JsonValue &bindings) {
        if (bindings.isNull()) {
            readPort(name, {}, {}, details.ports);
            return;
        }
        bindings.forEachElement([&](const JsonValue &binding) {
            readPort(name, binding.text("HostIp"), binding.text("HostPort"), details.ports);
        });
    });
}

} // namespace

Result<ContainerDetails> decodeContainerDetails(std::string json)
{
    const auto document = JsonDocument::parse(json, "container");
    if (!document) {
        return std::unexpected(document.error());
    }
    const JsonValue root = document->root();
    ContainerDetails details;
    details.id = root.text("Id");
    details.name = shownName({root.text("Name")});
    details.imageId = root.text("Image");
    details.created = root.text("Created");
    details.restartCount = root.integer("RestartCount");
    readState(root.object("State"), details);
    readConfig(root.object("Config"), details);
    readHostConfig(root.object("HostConfig"), details);
    readNetworks(root.object("NetworkSettings"), details);
    root.forEach("Mounts", [&details](const JsonValue &mount) {
        details.mounts.push_back({mount.text("Type"), mount.text("Name"), mount.text("Source"),
                                  mount.text("Destination"), mount.boolean("RW")});
    });
    if (details.id.empty()) {
        return failure(ErrorKind::MalformedReply, {}, "container: no id");
    }
    details.raw = std::move(json);
    return document->checked(std::move(details));
}

Result<TerminalFacts> decodeTerminalFacts(const std::string &json)
{
    const auto document = JsonDocument::parse(json, "container");
    if (!document) {
        return std::unexpected(document.error());
    }
    const JsonValue config = document->root().object("Config");
    const JsonValue host = document->root().object("HostConfig");
    TerminalFacts facts;
    facts.tty = config.boolean("Tty");
    facts.input = config.boolean("OpenStdin");
    facts.inputOnce = config.boolean("StdinOnce");
    facts.pidMode = host.text("PidMode");
    facts.ipcMode = host.text("IpcMode");
    return document->checked(std::move(facts));
}

} // namespace roadstead::docker
