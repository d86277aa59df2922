// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/launcher/failure_cause.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <ranges>
#include <string_view>

#include <regex.h>

namespace roadstead::launcher {

namespace {

struct Symptom
{
    std::string_view text; ///< part of a line, lower case
    std::string_view cause;
};

/// The first that fits wins, so the special comes before the general.
constexpr std::array symptoms{
    Symptom{"no space left on device", "disk-full"},
    Symptom{"disk quota exceeded", "disk-full"},
    Symptom{"all predefined address pools have been fully subnetted", "address-pool-clash"},
    Symptom{"non-overlapping ipv4 address pool", "address-pool-clash"},
    Symptom{"pool overlaps with other one", "bridge-clash"},
    Symptom{"conflicts with existing route", "bridge-clash"},
    Symptom{"cannot create network", "bridge-clash"},
    Symptom{"bridge address", "bridge-clash"},
    Symptom{"cgroup isn't mounted", "no-cgroups"},
    Symptom{"cgroups: cgroup mountpoint does not exist", "no-cgroups"},
    Symptom{"cgroup mountpoint", "no-cgroups"},
    Symptom{"iptables not found", "no-iptables"},
    Symptom{"iptables failed", "no-iptables"},
    Symptom{"failed to find iptables", "no-iptables"},
    Symptom{"failed to create nat chain", "no-iptables"},
    Symptom{"address already in use", "port-taken"},
    Symptom{"port is already allocated", "port-taken"},
    Symptom{"graphdriver", "data-root-unusable"},
    Symptom{"storage-driver", "data-root-unusable"},
    Symptom{"read-only file system", "data-root-unusable"},
    Symptom{"not a directory", "data-root-unusable"},
    Symptom{"input/output error", "data-root-unusable"},
    Symptom{"structure needs cleaning", "data-root-unusable"},
};

std::string lowered(std::string_view text)
{
    std::string result(text);
    std::ranges::transform(result, result.begin(), [](char letter) {
        return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
    });
    return result;
}

/// dockerd says why it ends in one line: at level fatal, or without a level at all.
bool isLastWord(const std::string &line)
{
    return line.contains("level=fatal") || line.contains("failed to start daemon") ||
           line.contains("failed to start containerd") ||
           // containerd goes on without what it could not load, and dockerd's reason is then that.
           line.contains("failed to load plugin io.containerd.metadata.v1.bolt") ||
           line.starts_with("failed to ") || line.starts_with("containerd: ") ||
           line.contains("unable to configure");
}

/// The first group of an extended POSIX pattern where it fits first; empty where it does not.
std::string firstGroup(const char *pattern, const std::string &line)
{
    regex_t compiled;
    if (::regcomp(&compiled, pattern, REG_EXTENDED) != 0) {
        return {};
    }
    std::array<regmatch_t, 2> groups{};
    const bool fits = ::regexec(&compiled, line.c_str(), groups.size(), groups.data(), 0) == 0 &&
                      groups[1].rm_so >= 0;
    ::regfree(&compiled);
    return fits ? line.substr(static_cast<std::size_t>(groups[1].rm_so),
                              static_cast<std::size_t>(groups[1].rm_eo - groups[1].rm_so))
                : std::string();
}

std::string subjectOf(std::string_view cause, const std::string &line)
{
    if (cause == "port-taken") {
        return firstGroup(":([0-9]{1,5})(: bind: address already in use|"
                          " failed: port is already allocated)",
                          line);
    }
    if (cause.ends_with("-clash")) {
        return firstGroup("([0-9]{1,3}(\\.[0-9]{1,3}){3}/[0-9]{1,2})", line);
    }
    return {};
}

} // namespace

FailureCause causeFromLog(const std::deque<std::string> &lines)
{
    for (const std::string &line : lines | std::views::reverse) {
        if (!isLastWord(line)) {
            continue;
        }
        const std::string text = lowered(line);
        for (const Symptom &symptom : symptoms) {
            if (text.contains(symptom.text)) {
                return {std::string(symptom.cause), subjectOf(symptom.cause, line)};
            }
        }
    }
    return {};
}

FailureCause causeFromError(const Error &error)
{
    if (error.kind == ErrorKind::NotInstalled) {
        const bool isFirewall = error.detail == "nft" || error.detail == "iptables";
        return {isFirewall ? "no-iptables" : "dockerd-missing", error.detail};
    }
    if (error.kind == ErrorKind::UnsupportedVersion) {
        return {"dockerd-too-old", error.detail};
    }
    if (error.kind == ErrorKind::Conflict) {
        return {"address-pool-clash", {}};
    }
    if (error.kind == ErrorKind::Io && (error.code == ENOSPC || error.code == EDQUOT)) {
        return {"disk-full", {}};
    }
    if (error.operation == "launcher.folder") {
        return {"data-root-unusable", error.detail.substr(0, error.detail.find(':'))};
    }
    return {};
}

bool mayPass(const FailureCause &cause)
{
    return cause.identifier == "unknown" || cause.identifier == "port-taken" ||
           cause.identifier == "bridge-clash";
}

} // namespace roadstead::launcher
