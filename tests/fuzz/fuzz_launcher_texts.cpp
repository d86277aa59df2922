// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The texts that roadstead-launcher reads as root: its plan, options, mount table, versions,
// firewall rules.
#include "tests/fuzz/fuzz.h"

#include "app/launcher/address_plan.h"
#include "app/launcher/arguments.h"
#include "app/launcher/engine_programs.h"
#include "app/launcher/forward_rules.h"
#include "app/launcher/mounts.h"
#include "app/launcher/user_options.h"

#include <algorithm>
#include <array>
#include <set>
#include <string>

using namespace roadstead;
using namespace roadstead::launcher;

namespace {

void checkPlan(const std::string &text)
{
    if (const auto plan = AddressPlan::parse(text, 1001)) {
        require(plan->link.length == 30 && plan->engine.length == 16);
        const auto again = AddressPlan::parse(plan->serialize(), 1001);
        require(again.has_value() && *again == *plan);
    }
}

void checkOptions(const std::string &text)
{
    if (const auto options = parseUserOptions(text)) {
        const auto &ports = options->loopbackPorts;
        require(ports.size() <= 64 && !std::ranges::contains(ports, 0));
        require(std::set(ports.begin(), ports.end()).size() == ports.size());
    }
}

void checkMounts(const std::string &text)
{
    const auto mounts = parseMounts(text);
    require(mounts.size() <= text.size());
    for (const std::string &point : mountsBeneath(mounts, "/a")) {
        require(point.starts_with("/a/"));
    }
    for (const Mount &mount : mounts) {
        static_cast<void>(isBoundOntoItself(mounts, mount.point));
    }
}

void checkRules(std::string_view text)
{
    for (const ForwardDrop &drop : forwardDropsOfNft(text, "rs-1001")) {
        require(drop.family == "ip" || drop.family == "ip6" || drop.family == "inet");
    }
    require(forwardDropsOfIptables(text, "ip", "rs-1001").size() <= 1);
}

void checkArguments(const std::string &text)
{
    const std::array words{"run", text.c_str()};
    if (const auto arguments = parseArguments(words)) {
        require(arguments->uid > 0 && std::to_string(arguments->uid) == text.c_str());
    }
}

} // namespace

void fuzz(std::string_view input)
{
    const std::string text(input);
    checkPlan(text);
    checkOptions(text);
    checkMounts(text);
    checkRules(input);
    checkArguments(text);
    if (const auto version = parseVersion(input)) {
        require(version->major >= 0 && version->minor >= 0);
    }
}
