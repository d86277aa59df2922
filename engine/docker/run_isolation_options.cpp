// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/docker/run_options.h"

#include "engine/docker/json_reader.h"

#include <nlohmann/json.hpp>

namespace roadstead::docker {

namespace {

using reference::refused;

/// The JSON without white space between its parts, every part as it was written.
std::string compacted(std::string_view json)
{
    std::string text;
    bool inString = false;
    for (std::size_t i = 0; i < json.size(); ++i) {
        const char c = json[i];
        if (inString && c == '\\') {
            text.append(json.substr(i, 2));
            ++i;
            continue;
        }
        inString = inString != (c == '"');
        if (inString || !std::string_view(" \t\r\n").contains(c)) {
            text.push_back(c);
        }
    }
    return text;
}

Result<std::string> seccompProfile(const RunDraft &draft, const std::string &path)
{
    if (!draft.context->readFile) {
        return refused(reference::quotedWord(path) + " cannot be read here");
    }
    auto content = draft.context->readFile(path);
    if (!content) {
        return content;
    }
    if (!isWithinDepth(*content) || !nlohmann::json::accept(*content)) {
        return refused(reference::quotedWord(path) + " is not JSON");
    }
    return compacted(*content);
}

Result<void> addSecurityOption(RunDraft &draft, std::string_view value)
{
    const auto file = reference::parseSecurityOption(value);
    if (!file) {
        return std::unexpected(file.error());
    }
    SecurityOption option{std::string(value), {}};
    if (*file) {
        auto profile = seccompProfile(draft, **file);
        if (!profile) {
            return std::unexpected(profile.error());
        }
        option.profile = *std::move(profile);
    }
    draft.create().securityOptions.push_back(std::move(option));
    return {};
}

Result<void> addDevice(RunDraft &draft, std::string_view value)
{
    if (reference::isCdiDevice(value)) {
        return addText(draft.create().cdiDevices, value);
    }
    return addResult(draft.create().devices, reference::parseDevice(value));
}

Result<void> addSysctl(RunDraft &draft, std::string_view value)
{
    if (const auto fine = reference::parseSysctl(value); !fine) {
        return std::unexpected(fine.error());
    }
    const reference::Halves halves = reference::cut(value, '=');
    reference::put(draft.create().sysctls, halves.before, halves.after);
    return {};
}

Result<void> addAnnotation(RunDraft &draft, std::string_view value)
{
    const reference::Halves halves = reference::cut(value, '=');
    reference::put(draft.create().annotations, halves.before, halves.after);
    return {};
}

constexpr RunOption isolationTable[]{
    {"annotation", '\0', false, addAnnotation},
    {"cap-add", '\0', false,
     [](RunDraft &d, std::string_view v) { return addText(d.create().addedCapabilities, v); }},
    {"cap-drop", '\0', false,
     [](RunDraft &d, std::string_view v) { return addText(d.create().droppedCapabilities, v); }},
    {"cgroup-parent", '\0', false,
     [](RunDraft &d, std::string_view v) { return setText(d.create().cgroupParent, v); }},
    {"cgroupns", '\0', false,
     [](RunDraft &d, std::string_view v) {
         return setResult(d.create().isolation.controlGroup, reference::parseCgroupNamespace(v));
     }},
    {"device", '\0', false, addDevice},
    {"device-cgroup-rule", '\0', false,
     [](RunDraft &d, std::string_view v) {
         return addResult(d.create().deviceRules, reference::parseDeviceRule(v));
     }},
    {"gpus", '\0', false,
     [](RunDraft &d, std::string_view v) {
         return addResult(d.create().gpus, reference::parseGpus(v));
     }},
    {"group-add", '\0', false,
     [](RunDraft &d, std::string_view v) { return addText(d.create().groups, v); }},
    {"ipc", '\0', false,
     [](RunDraft &d, std::string_view v) {
         return setText(d.create().isolation.communication, v);
     }},
    {"isolation", '\0', false,
     [](RunDraft &d, std::string_view v) { return setText(d.create().isolation.technology, v); }},
    {"pid", '\0', false,
     [](RunDraft &d, std::string_view v) {
         return setResult(d.create().isolation.processes, reference::parsePidMode(v));
     }},
    {"privileged", '\0', true,
     [](RunDraft &d, std::string_view v) { return setFlag(d.create().isPrivileged, v); }},
    {"runtime", '\0', false,
     [](RunDraft &d, std::string_view v) { return setText(d.create().runtime, v); }},
    {"security-opt", '\0', false, addSecurityOption},
    {"sysctl", '\0', false, addSysctl},
    {"userns", '\0', false,
     [](RunDraft &d, std::string_view v) {
         return setResult(d.create().isolation.users, reference::parseHostMode(v));
     }},
    {"uts", '\0', false,
     [](RunDraft &d, std::string_view v) {
         return setResult(d.create().isolation.names, reference::parseHostMode(v));
     }},
};

} // namespace

std::span<const RunOption> isolationOptions()
{
    return isolationTable;
}

} // namespace roadstead::docker
