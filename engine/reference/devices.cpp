// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/reference/devices.h"

#include "engine/base/units.h"
#include "engine/reference/csv.h"
#include "engine/reference/numbers.h"
#include "engine/reference/volumes.h"

#include <algorithm>
#include <array>

namespace roadstead::reference {

namespace {

/// Each of r, w and m at most once.
bool isPermissions(std::string_view text)
{
    return !text.empty() && text.find_first_not_of("rwm") == std::string_view::npos &&
           std::ranges::all_of(text, [text](char c) { return std::ranges::count(text, c) == 1; });
}

bool isQualifierPart(std::string_view text, std::string_view others)
{
    if (text.empty() || !isAlphanumeric(text.front()) || !isAlphanumeric(text.back())) {
        return false;
    }
    return std::ranges::all_of(
        text, [others](char c) { return isAlphanumeric(c) || others.contains(c); });
}

Result<std::int64_t> parseCount(std::string_view text)
{
    return text == "all" ? Result<std::int64_t>(-1) : parseInteger(text);
}

std::vector<std::string> strings(std::string_view text)
{
    std::vector<std::string> all;
    for (const std::string_view part : split(text, ',')) {
        all.emplace_back(part);
    }
    return all;
}

Result<void> setGpuField(DeviceRequest &request, std::string_view name, std::string_view value)
{
    if (name == "driver") {
        request.driver = value;
    } else if (name == "count") {
        const auto count = parseCount(value);
        if (!count) {
            return std::unexpected(count.error());
        }
        request.count = *count;
    } else if (name == "device") {
        request.ids = strings(value);
    } else if (name == "capabilities") {
        request.capabilities = strings(value);
    } else if (name == "options") {
        const auto options = parseCsv(value);
        if (!options) {
            return std::unexpected(options.error());
        }
        request.options = keyValues(*options);
    } else {
        return refused(quotedWord(name) + " is not an option of --gpus");
    }
    return {};
}

struct PathAndRest
{
    std::string path;
    std::string_view rest;
};

Result<PathAndRest> devicePath(std::string_view text)
{
    const Halves halves = cut(text, ':');
    if (!halves.found || !halves.before.starts_with("/dev/")) {
        return refused(quotedWord(text) + " is not of the form /dev/name:value");
    }
    return PathAndRest{std::string(halves.before), halves.after};
}

constexpr std::array<std::string_view, 15> limitNames{
    "core",   "cpu",   "data", "fsize",  "locks",  "memlock",    "msgqueue", "nice",
    "nofile", "nproc", "rss",  "rtprio", "rttime", "sigpending", "stack"};

} // namespace

Result<DeviceMapping> parseDevice(std::string_view text)
{
    const auto parts = split(text, ':');
    constexpr std::size_t mostParts = 3;
    if (parts.size() > mostParts || parts.front().empty()) {
        return refused(quotedWord(text) + " is not of the form host:container:permissions");
    }
    DeviceMapping device;
    const bool withMode = parts.size() == 2 && isPermissions(parts[1]);
    if (parts.size() == 1 || withMode) {
        device.pathOnHost = cleanPath(parts.front());
        device.pathInContainer = device.pathOnHost;
    } else {
        device.pathOnHost = parts.front();
        device.pathInContainer = parts.size() == 2 ? cleanPath(parts[1]) : std::string(parts[1]);
    }
    if (withMode || parts.size() == mostParts) {
        device.permissions = parts.back();
        if (!isPermissions(parts.back())) {
            return refused(quotedWord(parts.back()) + " is not of r, w and m");
        }
    }
    if (!device.pathInContainer.starts_with('/')) {
        return refused(quotedWord(device.pathInContainer) + " is not an absolute path");
    }
    return device;
}

std::string deviceText(const DeviceMapping &device)
{
    return device.pathOnHost + ":" + device.pathInContainer + ":" + device.permissions;
}

bool isCdiDevice(std::string_view text)
{
    const Halves halves = cut(text, '=');
    const Halves kind = cut(halves.before, '/');
    return isQualifierPart(kind.before, "_-.") && isLetter(kind.before.front()) &&
           isQualifierPart(kind.after, "_-.") && isLetter(kind.after.front()) &&
           isQualifierPart(halves.after, "_-.:");
}

Result<std::string> parseDeviceRule(std::string_view text)
{
    const auto isNumber = [](std::string_view part) {
        return part == "*" || (!part.empty() && std::ranges::all_of(part, isDigit));
    };
    const auto parts = split(text, ' ');
    const bool fine = parts.size() == 3 &&
                      (parts[0] == "a" || parts[0] == "c" || parts[0] == "b") &&
                      isNumber(cut(parts[1], ':').before) && isNumber(cut(parts[1], ':').after) &&
                      !parts[2].empty() && parts[2].size() <= 3 &&
                      parts[2].find_first_not_of("rwm") == std::string_view::npos;
    if (!fine) {
        return refused(quotedWord(text) + " is not of the form \"c 13:* rwm\"");
    }
    return std::string(text);
}

Result<DeviceRequest> parseGpus(std::string_view text)
{
    const auto fields = parseCsv(text);
    if (!fields) {
        return std::unexpected(fields.error());
    }
    DeviceRequest request;
    std::vector<std::string_view> seen;
    for (const std::string &field : *fields) {
        const Halves halves = cut(field, '=');
        if (std::ranges::contains(seen, halves.before)) {
            return refused(quotedWord(halves.before) + " is given twice");
        }
        seen.push_back(halves.before);
        if (!halves.found) {
            seen.emplace_back("count");
        }
        const auto set = halves.found ? setGpuField(request, halves.before, halves.after)
                                      : setGpuField(request, "count", field);
        if (!set) {
            return std::unexpected(set.error());
        }
    }
    if (!std::ranges::contains(seen, "count") && request.ids.empty()) {
        request.count = 1;
    }
    return request;
}

std::string gpusText(const DeviceRequest &request)
{
    std::vector<std::string> fields;
    if (request.count != 0 || request.ids.empty()) {
        fields.push_back("count=" + (request.count == -1 ? "all" : std::to_string(request.count)));
    }
    if (!request.driver.empty()) {
        fields.push_back("driver=" + request.driver);
    }
    if (!request.ids.empty()) {
        fields.push_back("device=" + join(request.ids, ","));
    }
    if (!request.capabilities.empty()) {
        fields.push_back("capabilities=" + join(request.capabilities, ","));
    }
    if (!request.options.empty()) {
        std::vector<std::string> options;
        for (const auto &option : request.options) {
            options.push_back(pairText(option));
        }
        fields.push_back("options=" + csvText(options));
    }
    return csvText(fields);
}

Result<DeviceWeight> parseDeviceWeight(std::string_view text)
{
    constexpr std::uint64_t smallest = 10;
    constexpr std::uint64_t largest = 1000;
    const auto device = devicePath(text);
    if (!device) {
        return std::unexpected(device.error());
    }
    const auto weight = parseUnsigned(device->rest, largest);
    if (!weight || (*weight > 0 && *weight < smallest)) {
        return refused(quotedWord(text) + " has a weight that is not 0 or 10 to 1000");
    }
    return DeviceWeight{device->path, static_cast<std::uint16_t>(*weight)};
}

Result<DeviceRate> parseDeviceByteRate(std::string_view text)
{
    const auto device = devicePath(text);
    if (!device) {
        return std::unexpected(device.error());
    }
    const auto rate = parseBinarySize(device->rest);
    if (!rate || *rate < 0) {
        return refused(quotedWord(text) + " has a rate that is not a size");
    }
    return DeviceRate{device->path, static_cast<std::uint64_t>(*rate)};
}

Result<DeviceRate> parseDeviceOperationRate(std::string_view text)
{
    const auto device = devicePath(text);
    if (!device) {
        return std::unexpected(device.error());
    }
    const auto rate = parseUnsigned(device->rest);
    if (!rate) {
        return refused(quotedWord(text) + " has a rate that is not a number");
    }
    return DeviceRate{device->path, *rate};
}

Result<Ulimit> parseUlimit(std::string_view text)
{
    const Halves halves = cut(text, '=');
    if (!halves.found || !std::ranges::contains(limitNames, halves.before)) {
        return refused(quotedWord(text) + " is not a limit that there is");
    }
    const auto values = split(halves.after, ':');
    const auto soft = parseInteger(values.front());
    const auto hard = values.size() == 2 ? parseInteger(values[1]) : soft;
    if (values.size() > 2 || !soft || !hard) {
        return refused(quotedWord(text) + " has limits that are no numbers");
    }
    if (*hard != -1 && (*soft == -1 || *soft > *hard)) {
        return refused(quotedWord(text) + " has a soft limit above the hard one");
    }
    return Ulimit{std::string(halves.before), *soft, *hard};
}

std::string ulimitText(const Ulimit &limit)
{
    return limit.name + "=" + std::to_string(limit.soft) + ":" + std::to_string(limit.hard);
}

} // namespace roadstead::reference
