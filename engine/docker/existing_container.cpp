// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/docker/existing_container.h"

#include "engine/docker/existing_host_config.h"
#include "engine/docker/json_reader.h"
#include "engine/docker/shell_words.h"

#include <algorithm>

namespace roadstead::docker {

namespace {

std::vector<std::string> namesOf(const JsonValue &object, const char *key)
{
    std::vector<std::string> names;
    object.forEachMember(
        key, [&names](const std::string &name, const JsonValue &) { names.push_back(name); });
    return names;
}

/// Those that are not among `given`.
std::vector<std::string> beyond(std::vector<std::string> names,
                                const std::vector<std::string> &given)
{
    std::erase_if(names,
                  [&given](const std::string &name) { return std::ranges::contains(given, name); });
    return names;
}

HealthOptions healthOf(const JsonValue &health, const ImageGiven &image)
{
    HealthOptions options = readHealthCheck(health);
    if (health.texts("Test") == image.healthTest) {
        options.isDisabled = false;
        options.command.clear();
    }
    if (options.isDisabled) {
        return {.isDisabled = true};
    }
    const auto leaveOut = [&](auto HealthOptions::*time) {
        if (options.*time == image.healthTimes.*time) {
            options.*time = {};
        }
    };
    leaveOut(&HealthOptions::interval);
    leaveOut(&HealthOptions::timeout);
    leaveOut(&HealthOptions::startPeriod);
    leaveOut(&HealthOptions::startInterval);
    leaveOut(&HealthOptions::retries);
    return options;
}

std::vector<std::string> environmentBeyond(const std::vector<std::string> &environment,
                                           const ImageGiven &image)
{
    std::vector<std::string> own = beyond(environment, image.environment);
    const auto nameOf = [](const std::string &entry) { return entry.substr(0, entry.find('=')); };
    for (const std::string &given : image.environment) {
        const std::string name = nameOf(given);
        if (!std::ranges::contains(environment, name, nameOf)) {
            own.push_back(name); // which takes the image's away
        }
    }
    return own;
}

void readProgram(const JsonValue &config, const ImageGiven &image, CreateContainer &create)
{
    const std::vector<std::string> entrypoint = config.texts("Entrypoint");
    std::vector<std::string> command = config.texts("Cmd");
    if (entrypoint == image.entrypoint) {
        if (command != image.command) {
            create.command = std::move(command);
        }
        return;
    }
    // With an entry point of its own a container does not get the image's command.
    create.entrypoint = entrypoint.empty() ? std::string() : entrypoint.front();
    if (entrypoint.size() > 1) {
        command.insert(command.begin(), entrypoint.begin() + 1, entrypoint.end());
    }
    create.command = std::move(command);
}

/// `mode`: of the network. The names of another container are that one's.
void readNames(const JsonValue &config, const std::string &id, const std::string &mode,
               const EngineGiven &engine, CreateContainer &create)
{
    if (mode.starts_with("container:")) {
        return;
    }
    const std::string hostname = config.text("Hostname");
    const bool given = mode == "host" ? hostname == engine.hostname : id.starts_with(hostname);
    create.hostname = given ? std::string() : hostname;
    create.domainName = config.text("Domainname");
}

void readConfig(const JsonValue &config, const ImageGiven &image, CreateContainer &create)
{
    create.image = config.text("Image");
    const std::string user = config.text("User");
    create.user = user == image.user ? std::string() : user;
    const std::string folder = config.text("WorkingDir");
    create.workingFolder = folder == image.workingFolder ? std::string() : folder;
    const std::string signal = config.text("StopSignal");
    create.stopSignal = signal == image.stopSignal ? std::string() : signal;
    if (config.has("StopTimeout")) {
        create.stopTimeout = config.integer("StopTimeout");
    }
    create.tty = config.boolean("Tty");
    create.interactive = config.boolean("OpenStdin");
    const AttachedStreams attached{config.boolean("AttachStdin"), config.boolean("AttachStdout"),
                                   config.boolean("AttachStderr")};
    // Output and errors, and input where it stays open, are what is attached anyway; nothing is
    // what a container has that runs in the background.
    if (attached != AttachedStreams{} &&
        attached != AttachedStreams{create.interactive, true, true}) {
        create.attached = attached;
    }
    create.environment = environmentBeyond(config.texts("Env"), image);
    for (const auto &[name, value] : config.textMap("Labels")) {
        const auto given = image.labels.find(name);
        if (given == image.labels.end() || given->second != value) {
            create.labels.emplace_back(name, value);
        }
    }
    readProgram(config, image, create);
    if (config.has("Healthcheck")) {
        create.health = healthOf(config.object("Healthcheck"), image);
    }
    create.volumes = beyond(namesOf(config, "Volumes"), image.volumes);
}

} // namespace

Result<ImageGiven> decodeImageGiven(std::string_view reply)
{
    auto document = JsonDocument::parse(reply, "image");
    if (!document) {
        return std::unexpected(document.error());
    }
    const JsonValue config = document->root().object("Config");
    ImageGiven given;
    given.environment = config.texts("Env");
    given.command = config.texts("Cmd");
    given.entrypoint = config.texts("Entrypoint");
    given.labels = config.textMap("Labels");
    given.exposedPorts = namesOf(config, "ExposedPorts");
    given.volumes = namesOf(config, "Volumes");
    given.user = config.text("User");
    given.workingFolder = config.text("WorkingDir");
    given.stopSignal = config.text("StopSignal");
    const JsonValue health = config.object("Healthcheck");
    given.healthTest = health.texts("Test");
    given.healthTimes = readHealthCheck(health);
    given.healthTimes.isDisabled = false;
    given.healthTimes.command.clear();
    return document->checked(std::move(given));
}

EngineGiven engineGiven(const EngineInfo &info)
{
    EngineGiven given;
    if (!info.defaultRuntime.empty()) {
        given.runtime = info.defaultRuntime;
    }
    if (!info.logDriver.empty()) {
        given.logDriver = info.logDriver;
    }
    given.controlGroup = info.cgroupVersion == "1" ? "host" : "private";
    given.hostname = info.name;
    return given;
}

Result<CreateContainer> createLike(std::string_view reply, const ImageGiven &image,
                                   const EngineGiven &engine)
{
    auto document = JsonDocument::parse(reply, "container");
    if (!document) {
        return std::unexpected(document.error());
    }
    const JsonValue root = document->root();
    const JsonValue host = root.object("HostConfig");
    CreateContainer create;
    const std::string name = root.text("Name");
    create.name = name.starts_with('/') ? name.substr(1) : name;
    readConfig(root.object("Config"), image, create);
    readNames(root.object("Config"), root.text("Id"), host.text("NetworkMode"), engine, create);
    readHostConfig(host, engine, create);
    readNetworks(root, create);
    std::vector<std::string> exposed = namesOf(root.object("Config"), "ExposedPorts");
    for (const PortBinding &port : create.ports) {
        std::erase(exposed, port.containerPort + "/" + port.protocol);
    }
    create.exposedPorts = beyond(std::move(exposed), image.exposedPorts);
    return document->checked(std::move(create));
}

} // namespace roadstead::docker
