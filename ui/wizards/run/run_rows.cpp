// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wizards/run/run_rows.h"

#include "engine/reference/ports.h"
#include "engine/reference/volumes.h"
#include "engine/reference/words.h"

#include <algorithm>
#include <string_view>
#include <vector>

namespace roadstead::ui {

namespace {

const char *mountType(RunMount::Kind kind)
{
    switch (kind) {
    case RunMount::Kind::Folder:
        return "bind";
    case RunMount::Kind::Volume:
        return "volume";
    case RunMount::Kind::Memory:
        break;
    }
    return "tmpfs";
}

reference::Mount longMount(const RunMount &mount)
{
    reference::Mount value;
    value.type = mountType(mount.kind);
    value.source = mount.source;
    value.target = mount.target;
    value.isReadOnly = mount.isReadOnly;
    return value;
}

/// Takes what has a box of its own out of the options.
void takeMountOptions(RunMount &mount, std::string_view options)
{
    std::vector<std::string> left;
    for (const std::string_view option : reference::split(options, ',')) {
        if (option == "ro") {
            mount.isReadOnly = true;
        } else if (option == "z" || option == "Z") {
            mount.seLinux = option.front();
        } else {
            left.emplace_back(option);
        }
    }
    mount.options = reference::join(left, ",");
}

} // namespace

std::string portWord(const RunPort &port)
{
    return reference::publishedText(
        {port.address, port.hostPort, port.containerPort, port.protocol});
}

std::string mountWord(const RunMount &mount)
{
    if (mount.isLong) {
        return reference::mountText(longMount(mount));
    }
    std::string word = mount.target;
    if (mount.kind != RunMount::Kind::Memory && !mount.source.empty()) {
        word = mount.source + ":" + mount.target;
    }
    std::string options = mount.options;
    const auto add = [&options](std::string_view option) {
        options.append(options.empty() ? "" : ",").append(option);
    };
    if (mount.kind != RunMount::Kind::Memory) {
        if (mount.isReadOnly) {
            add("ro");
        }
        if (mount.seLinux != '\0') {
            add(std::string_view(&mount.seLinux, 1));
        }
    }
    return options.empty() ? word : word + ":" + options;
}

const char *mountOption(const RunMount &mount)
{
    if (mount.isLong) {
        return "--mount";
    }
    return mount.kind == RunMount::Kind::Memory ? "--tmpfs" : "--volume";
}

std::string variableWord(const RunVariable &variable, RunSecrets secrets)
{
    const bool isNameOnly =
        !variable.hasValue || (secrets == RunSecrets::ByName && variable.isSecret());
    return isNameOnly ? variable.name : variable.name + "=" + variable.value;
}

RunPort portOf(const std::string &word)
{
    RunPort port;
    const auto [ports, protocol] = reference::splitProtocol(word);
    port.protocol = protocol;
    const auto last = ports.rfind(':');
    if (last == std::string::npos) {
        port.containerPort = ports;
        return port;
    }
    port.containerPort = ports.substr(last + 1);
    const std::string before = ports.substr(0, last);
    const auto host = before.rfind(':');
    port.hostPort = host == std::string::npos ? before : before.substr(host + 1);
    port.address = host == std::string::npos ? std::string() : before.substr(0, host);
    if (port.address.starts_with('[') && port.address.ends_with(']')) {
        port.address = port.address.substr(1, port.address.size() - 2);
    }
    return port;
}

RunMount mountOfVolume(const std::string &word)
{
    RunMount mount;
    const auto spec = reference::parseVolume(word);
    if (!spec) {
        return mount;
    }
    mount.kind = spec->kind == reference::VolumeSpec::Kind::Bind ? RunMount::Kind::Folder
                                                                 : RunMount::Kind::Volume;
    mount.source = spec->source;
    mount.target = spec->target;
    const std::string plain = mountWord(mount);
    if (word.size() > plain.size() + 1) {
        takeMountOptions(mount, std::string_view(word).substr(plain.size() + 1));
    }
    if (mountWord(mount) != word) { // other order of the options
        mount.isReadOnly = false;
        mount.seLinux = '\0';
        mount.options = word.substr(std::min(word.size(), plain.size() + 1));
    }
    return mount;
}

RunMount mountOfMemory(const std::string &word)
{
    RunMount mount;
    mount.kind = RunMount::Kind::Memory;
    const reference::Halves halves = reference::cut(word, ':');
    mount.target = halves.before;
    mount.options = halves.after;
    return mount;
}

RunMount mountOfLong(const std::string &word)
{
    RunMount mount;
    const auto value = reference::parseMount(word);
    if (!value) {
        return mount;
    }
    mount.isLong = true;
    mount.source = value->source;
    mount.target = value->target;
    mount.isReadOnly = value->isReadOnly;
    mount.kind = value->type == "bind"     ? RunMount::Kind::Folder
                 : value->type == "volume" ? RunMount::Kind::Volume
                                           : RunMount::Kind::Memory;
    return mount;
}

} // namespace roadstead::ui
