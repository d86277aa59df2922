// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/reference/options.h"

#include "engine/base/units.h"
#include "engine/reference/numbers.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace roadstead::reference {

namespace {

std::optional<char> percentByte(std::string_view digits)
{
    constexpr int base = 16;
    unsigned value = 0;
    const char *end = digits.data() + digits.size();
    const auto read = std::from_chars(digits.data(), end, value, base);
    if (digits.size() != 2 || read.ec != std::errc() || read.ptr != end) {
        return std::nullopt;
    }
    return static_cast<char>(value);
}

std::optional<std::string> queryDecoded(std::string_view text)
{
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%') {
            const auto byte = percentByte(text.substr(i + 1, 2));
            if (!byte) {
                return std::nullopt;
            }
            plain.push_back(*byte);
            i += 2;
        } else {
            plain.push_back(text[i] == '+' ? ' ' : text[i]);
        }
    }
    return plain;
}

std::vector<std::string> sortedNames(const std::vector<std::string> &names)
{
    std::vector<std::string> sorted;
    for (const std::string &name : names) {
        sorted.push_back(capabilityName(name));
    }
    if (std::ranges::contains(sorted, "ALL")) {
        return {"ALL"};
    }
    std::ranges::sort(sorted);
    const auto twice = std::ranges::unique(sorted);
    sorted.erase(twice.begin(), twice.end());
    std::erase(sorted, "RESET");
    return sorted;
}

} // namespace

Result<RestartPolicy> parseRestartPolicy(std::string_view text)
{
    RestartPolicy policy;
    const Halves halves = cut(text, ':');
    policy.name = halves.before;
    if (halves.found && halves.before.empty()) {
        return refused(quotedWord(text) + " names no policy");
    }
    if (!halves.after.empty()) {
        const auto count = parseInteger(halves.after);
        if (!count) {
            return std::unexpected(count.error());
        }
        policy.maximumRetryCount = *count;
    }
    return policy;
}

std::string restartPolicyText(const RestartPolicy &policy)
{
    return policy.maximumRetryCount == 0
               ? policy.name
               : policy.name + ":" + std::to_string(policy.maximumRetryCount);
}

Result<std::int64_t> parseMemory(std::string_view text)
{
    auto bytes = parseBinarySize(text);
    if (!bytes || *bytes < 0) {
        return refused(quotedWord(text) + " is not a size");
    }
    return bytes;
}

Result<std::int64_t> parseSwap(std::string_view text)
{
    return text == "-1" ? Result<std::int64_t>(-1) : parseMemory(text);
}

std::string capabilityName(std::string_view text)
{
    std::string name = raised(trimmed(text));
    if (name != "ALL" && name != "RESET" && !name.starts_with("CAP_")) {
        name.insert(0, "CAP_");
    }
    return name;
}

Capabilities effectiveCapabilities(const std::vector<std::string> &added,
                                   const std::vector<std::string> &dropped)
{
    Capabilities result{sortedNames(added), sortedNames(dropped)};
    std::erase_if(result.dropped, [&result](const std::string &name) {
        return std::ranges::contains(result.added, name);
    });
    return result;
}

Result<std::string> parseSysctl(std::string_view text)
{
    constexpr std::array<std::string_view, 8> kernel{
        "kernel.msgmax", "kernel.msgmnb", "kernel.msgmni", "kernel.sem",
        "kernel.shmall", "kernel.shmmax", "kernel.shmmni", "kernel.shm_rmid_forced"};
    const Halves halves = cut(text, '=');
    const std::string_view name = halves.before;
    if (!halves.found || !(name.starts_with("net.") || name.starts_with("fs.mqueue.") ||
                           std::ranges::contains(kernel, name))) {
        return refused(quotedWord(text) + " is not a setting that containers have");
    }
    return std::string(text);
}

Result<std::pair<std::string, std::string>> parsePair(std::string_view text)
{
    const Halves halves = cut(text, '=');
    if (!halves.found) {
        return refused(quotedWord(text) + " is not of the form name=value");
    }
    return std::pair(std::string(halves.before), std::string(halves.after));
}

Result<std::optional<std::string>> parseSecurityOption(std::string_view text)
{
    constexpr std::string_view flag = "no-new-privileges";
    Halves halves = cut(text, '=');
    if (!halves.found && halves.before != flag) {
        halves = cut(text, ':');
    }
    if (halves.after.empty() && halves.before != flag) {
        return refused(quotedWord(text) + " is not of the form name=value");
    }
    const bool isFile =
        halves.before == "seccomp" && halves.after != "builtin" && halves.after != "unconfined";
    return isFile ? std::optional(std::string(halves.after)) : std::nullopt;
}

Result<std::optional<std::pair<std::string, std::string>>> parseFilter(std::string_view text)
{
    if (text.empty()) {
        return std::nullopt;
    }
    const Halves halves = cut(text, '=');
    if (!halves.found) {
        return refused(quotedWord(text) + " is not of the form name=value");
    }
    return std::pair(lowered(trimmed(halves.before)), std::string(trimmed(halves.after)));
}

Result<std::string> parsePidMode(std::string_view text)
{
    const Halves halves = cut(text, ':');
    const bool container = halves.before == "container" && !halves.after.empty();
    if (!text.empty() && text != "host" && !container) {
        return refused(quotedWord(text) + " is neither \"host\" nor \"container:name\"");
    }
    return std::string(text);
}

Result<std::string> parseHostMode(std::string_view text)
{
    if (!text.empty() && text != "host") {
        return refused(quotedWord(text) + " is not \"host\"");
    }
    return std::string(text);
}

Result<std::string> parseCgroupNamespace(std::string_view text)
{
    if (!text.empty() && text != "host" && text != "private") {
        return refused(quotedWord(text) + " is neither \"host\" nor \"private\"");
    }
    return std::string(text);
}

Result<Pairs> parseLogDetails(std::string_view text)
{
    Pairs details;
    for (const std::string_view part : split(text, ',')) {
        const Halves halves = cut(part, '=');
        const auto name = queryDecoded(halves.before);
        const auto value = queryDecoded(halves.after);
        if (!halves.found || halves.before.empty() || !name || !value) {
            return refused(quotedWord(part) + " is not of the form name=value");
        }
        put(details, *name, *value);
    }
    return details;
}

std::pair<std::string, std::string> splitCopyArgument(std::string_view text)
{
    const Halves halves = cut(text, ':');
    if (!halves.found || text.starts_with('/') || text.starts_with('.')) {
        return {{}, std::string(text)};
    }
    return {std::string(halves.before), std::string(halves.after)};
}

} // namespace roadstead::reference
