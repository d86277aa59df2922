// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"
#include "engine/reference/words.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// The smaller option grammars of the docker CLI. All fail with ErrorKind::InvalidArgument; the
/// detail names the word.
namespace roadstead::reference {

struct RestartPolicy
{
    std::string name = "no"; ///< "no", "always", "unless-stopped", "on-failure"; engines decide
    std::int64_t maximumRetryCount = 0;
    [[nodiscard]] bool isNone() const { return name.empty() || name == "no"; }
    bool operator==(const RestartPolicy &) const = default;
};
/// --restart: "on-failure:3".
Result<RestartPolicy> parseRestartPolicy(std::string_view text);
std::string restartPolicyText(const RestartPolicy &policy);

struct Platform
{
    std::string system{}; ///< "linux"
    std::string systemVersion{};
    std::string architecture{}; ///< "arm64"
    std::string variant{};      ///< "v7"
    bool operator==(const Platform &) const = default;
};
/// --platform: "linux/arm/v7", "arm64"; what is missing is taken from this machine, other names of
/// the same are made one ("x86_64" is "amd64").
Result<Platform> parsePlatform(std::string_view text);
/// "linux/arm/v7"
std::string platformText(const Platform &platform);

/// A limit of memory: "512m", "1.5g". Never negative.
Result<std::int64_t> parseMemory(std::string_view text);
/// The same, where "-1" is no limit.
Result<std::int64_t> parseSwap(std::string_view text);

/// --cap-add: "net_admin" is "CAP_NET_ADMIN"; "ALL" and "RESET" stay.
std::string capabilityName(std::string_view text);

/// What stays of capabilities that are added to and dropped from a service: "ALL" stands for every
/// other one, what is added is not dropped, both sorted.
struct Capabilities
{
    std::vector<std::string> added;
    std::vector<std::string> dropped;
    bool operator==(const Capabilities &) const = default;
};
Capabilities effectiveCapabilities(const std::vector<std::string> &added,
                                   const std::vector<std::string> &dropped);

/// --sysctl: "net.…=value" and the few of "kernel." that belong to a container; gives the text.
Result<std::string> parseSysctl(std::string_view text);

/// --storage-opt, and others that must have a "=".
Result<std::pair<std::string, std::string>> parsePair(std::string_view text);

/// --security-opt: "name=value", "name:value" or "no-new-privileges"; gives the path of the file
/// when the value is one of a seccomp profile, else nothing.
Result<std::optional<std::string>> parseSecurityOption(std::string_view text);

/// --filter: name and value, none when the text is empty.
Result<std::optional<std::pair<std::string, std::string>>> parseFilter(std::string_view text);

/// --pid: "", "host" or "container:name".
Result<std::string> parsePidMode(std::string_view text);
/// --uts and --userns: "" or "host".
Result<std::string> parseHostMode(std::string_view text);
/// --cgroupns: "", "host" or "private".
Result<std::string> parseCgroupNamespace(std::string_view text);

/// "key=value,key2=value2" of `docker logs --details`, percent-decoded.
Result<Pairs> parseLogDetails(std::string_view text);

/// Both ends of `docker cp`: "container:path", or a path alone, whose container is empty.
std::pair<std::string, std::string> splitCopyArgument(std::string_view text);

} // namespace roadstead::reference
