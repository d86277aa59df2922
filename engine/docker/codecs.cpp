// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/docker/codecs.h"

#include "engine/base/text.h"
#include "engine/docker/api_version.h"
#include "engine/docker/json_reader.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <utility>

namespace roadstead::docker {

namespace {

template<typename Value, std::size_t count>
Value lookUp(const std::array<std::pair<std::string_view, Value>, count> &table,
             std::string_view name, Value otherwise)
{
    const auto *found = std::ranges::find(table, name, &std::pair<std::string_view, Value>::first);
    return found == table.end() ? otherwise : found->second;
}

/// The number in "Exited (137) 3 days ago".
std::optional<int> numberInParentheses(std::string_view text)
{
    const std::size_t open = text.find('(');
    if (open == std::string_view::npos) {
        return std::nullopt;
    }
    int number = 0;
    const char *end = text.data() + text.size();
    const auto read = std::from_chars(text.data() + open + 1, end, number);
    if (read.ec != std::errc() || read.ptr == end || *read.ptr != ')') {
        return std::nullopt;
    }
    return number;
}

ErrorKind kindOfStatus(int status, std::string_view message)
{
    constexpr std::array<std::pair<int, ErrorKind>, 5> kinds{{{401, ErrorKind::Unauthorized},
                                                              {403, ErrorKind::Unauthorized},
                                                              {404, ErrorKind::NotFound},
                                                              {409, ErrorKind::Conflict},
                                                              {407, ErrorKind::Unauthorized}}};
    if (status < 400) {
        return ErrorKind::MalformedReply;
    }
    if (message.contains("no space left on device") || message.contains("disk quota exceeded")) {
        return ErrorKind::DiskFull;
    }
    if (status >= 500) {
        return ErrorKind::EngineFailed;
    }
    if (status == 400 && message.starts_with("client version 1.")) {
        return ErrorKind::UnsupportedVersion;
    }
    const auto *found = std::ranges::find(kinds, status, &std::pair<int, ErrorKind>::first);
    return found == kinds.end() ? ErrorKind::BadRequest : found->second;
}

} // namespace

ContainerState containerStateOf(std::string_view name)
{
    static constexpr std::array<std::pair<std::string_view, ContainerState>, 11> table{
        {{"created", ContainerState::Created},
         {"running", ContainerState::Running},
         {"paused", ContainerState::Paused},
         {"restarting", ContainerState::Restarting},
         {"removing", ContainerState::Removing},
         {"exited", ContainerState::Exited},
         {"dead", ContainerState::Dead},
         {"configured", ContainerState::Created},
         {"initialized", ContainerState::Created},
         {"stopping", ContainerState::Running},
         {"stopped", ContainerState::Exited}}};
    return lookUp(table, name, ContainerState::Unknown);
}

Health healthOf(std::string_view name)
{
    static constexpr std::array<std::pair<std::string_view, Health>, 3> table{
        {{"starting", Health::Starting},
         {"healthy", Health::Healthy},
         {"unhealthy", Health::Unhealthy}}};
    return lookUp(table, name, Health::None);
}

void readStatusText(ContainerSummary &container)
{
    const std::string_view status = container.status;
    if (status.ends_with("(healthy)")) {
        container.health = Health::Healthy;
    } else if (status.ends_with("(unhealthy)")) {
        container.health = Health::Unhealthy;
    } else if (status.ends_with("(health: starting)") || status.ends_with("(starting)")) {
        container.health = Health::Starting;
    }
    if (status.starts_with("Exited (")) {
        container.exitCode = numberInParentheses(status);
    }
}

std::string shownName(const std::vector<std::string> &names)
{
    const auto plain = [](std::string_view name) {
        return name.starts_with('/') ? name.substr(1) : name;
    };
    for (const std::string &name : names) {
        // "/other/alias" is how a link of another container shows up.
        if (!plain(name).contains('/')) {
            return std::string(plain(name));
        }
    }
    return names.empty() ? std::string() : std::string(plain(names.front()));
}

Result<EngineVersion> decodeVersion(std::string_view json)
{
    const auto document = JsonDocument::parse(json, "version");
    if (!document) {
        return std::unexpected(document.error());
    }
    const JsonValue root = document->root();
    EngineVersion version;
    version.version = root.text("Version");
    version.api = parseApiVersion(root.text("ApiVersion")).value_or(ApiVersion{});
    version.minApi = parseApiVersion(root.text("MinAPIVersion")).value_or(ApiVersion{});
    version.os = root.text("Os");
    version.arch = root.text("Arch");
    version.kernel = root.text("KernelVersion");
    root.forEach("Components", [&version](const JsonValue &component) {
        version.podman = version.podman || component.text("Name").contains("Podman");
    });
    return document->checked(std::move(version));
}

Result<EngineInfo> decodeInfo(std::string_view json)
{
    const auto document = JsonDocument::parse(json, "info");
    if (!document) {
        return std::unexpected(document.error());
    }
    const JsonValue root = document->root();
    EngineInfo info;
    info.id = root.text("ID");
    info.name = root.text("Name");
    info.operatingSystem = root.text("OperatingSystem");
    info.storageDriver = root.text("Driver");
    info.dataRoot = root.text("DockerRootDir");
    info.cgroupDriver = root.text("CgroupDriver");
    info.cgroupVersion = root.text("CgroupVersion");
    info.defaultRuntime = root.text("DefaultRuntime");
    info.logDriver = root.text("LoggingDriver");
    info.cpus = root.smallInteger("NCPU");
    info.memory = root.integer("MemTotal");
    info.containers = root.smallInteger("Containers");
    info.containersRunning = root.smallInteger("ContainersRunning");
    info.containersPaused = root.smallInteger("ContainersPaused");
    info.containersStopped = root.smallInteger("ContainersStopped");
    info.images = root.smallInteger("Images");
    info.liveRestore = root.boolean("LiveRestoreEnabled");
    info.experimental = root.boolean("ExperimentalBuild");
    // A list of texts since 1.30, of objects before that: rootless engines came with 1.40.
    info.rootless = root.jsonText("SecurityOptions").contains("\"name=rootless\"");
    const JsonValue swarm = root.object("Swarm");
    info.swarmState = swarm.text("LocalNodeState");
    info.swarmManager = swarm.boolean("ControlAvailable");
    info.warnings = root.texts("Warnings");
    const JsonValue registries = root.object("RegistryConfig");
    info.mirrors = registries.texts("Mirrors");
    registries.forEachMember(
        "IndexConfigs", [&info](const std::string &name, const JsonValue &index) {
            if (!index.isNull() && index.has("Secure") && !index.boolean("Secure")) {
                info.insecureRegistries.push_back(name);
            }
        });
    return document->checked(std::move(info));
}

Result<Event> decodeEvent(std::string_view json)
{
    const auto document = JsonDocument::parse(json, "event");
    if (!document) {
        return std::unexpected(document.error());
    }
    const JsonValue root = document->root();
    const JsonValue actor = root.object("Actor");
    Event event;
    event.type = root.text("Type");
    event.action = root.text("Action");
    event.actor = actor.text("ID");
    event.attributes = actor.textMap("Attributes");
    event.timeNano = root.integer("timeNano");
    if (event.timeNano == 0) {
        constexpr std::int64_t perSecond = 1'000'000'000;
        constexpr std::int64_t farthest = INT64_MAX / perSecond;
        event.timeNano = root.integer("time", -farthest, farthest) * perSecond;
    }
    return document->checked(std::move(event));
}

Result<CreatedContainer> decodeCreatedContainer(std::string_view json)
{
    const auto document = JsonDocument::parse(json, "created container");
    if (!document) {
        return std::unexpected(document.error());
    }
    CreatedContainer created{document->root().text("Id"), document->root().texts("Warnings")};
    return document->checked(std::move(created));
}

Result<WaitReply> decodeWaitReply(std::string_view json)
{
    const auto document = JsonDocument::parse(json, "wait");
    if (!document) {
        return std::unexpected(document.error());
    }
    WaitReply reply;
    reply.statusCode = document->root().smallInteger("StatusCode");
    reply.error = document->root().object("Error").text("Message");
    return document->checked(std::move(reply));
}

std::string decodeErrorMessage(std::string_view body)
{
    constexpr std::size_t longest = std::size_t(16) << 10U;
    std::string message;
    if (const auto document = JsonDocument::parse(body, "error")) {
        const JsonValue root = document->root();
        message = root.text("message");
        if (message.empty()) {
            message = root.text("cause");
        }
    } else {
        message = repairUtf8(body.substr(0, longest));
    }
    while (!message.empty() && (message.back() == '\n' || message.back() == '\r')) {
        message.pop_back();
    }
    if (message.size() > longest) {
        message = repairUtf8(std::string_view(message).substr(0, longest));
    }
    return message;
}

Error errorOfStatus(int status, std::string_view body, std::string operation)
{
    std::string message = decodeErrorMessage(body);
    const ErrorKind kind = kindOfStatus(status, message);
    return Error{kind, status, std::move(message), std::move(operation)};
}

} // namespace roadstead::docker
