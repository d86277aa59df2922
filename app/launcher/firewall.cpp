// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/launcher/firewall.h"

#include "app/launcher/files.h"
#include "app/launcher/forward_rules.h"
#include "app/launcher/process.h"

#include <linux/netfilter/nfnetlink.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <format>
#include <ranges>

namespace roadstead::launcher {

namespace {

using Words = std::vector<std::string>;

constexpr auto dockerChain = "DOCKER-USER";
constexpr auto trustedZone = "trusted";

std::string guardRule(const char *family, const std::vector<std::string> &interfaces)
{
    if (interfaces.empty()) {
        return {};
    }
    std::string set;
    for (const std::string &name : interfaces) {
        set += (set.empty() ? "\"" : ", \"") + name + "\"";
    }
    return std::format("    meta nfproto {0} iifname {{ {1} }} oifname {{ {1} }} drop\n", family,
                       set);
}

/// The two rules of ours in DOCKER-USER, without the verb.
std::array<Words, 2> dockerRules(const Paths &paths)
{
    const Words comment = {"-m", "comment", "--comment", "roadstead " + paths.uid};
    Words out = {dockerChain, "-i", paths.link};
    Words back = {dockerChain, "-o",        paths.link,           "-m",
                  "conntrack", "--ctstate", "RELATED,ESTABLISHED"};
    for (Words *rule : {&out, &back}) {
        rule->insert(rule->end(), comment.begin(), comment.end());
        rule->insert(rule->end(), {"-j", "ACCEPT"});
    }
    return {std::move(out), std::move(back)};
}

/// Runs "iptables -w VERB RULE"; true when it said yes.
bool iptables(const std::string &tool, const std::string &verb, Words rule)
{
    rule.insert(rule.begin(), {"-w", verb});
    const auto run = runTool(tool, std::move(rule));
    return run && run->exitStatus == 0;
}

/// Where the chain exists. What becomes of it shows in the rules.
void acceptInDocker(const std::string &tool, const Paths &paths)
{
    if (!iptables(tool, "-S", {dockerChain})) {
        return;
    }
    for (const Words &rule : dockerRules(paths)) {
        (void)(iptables(tool, "-C", rule) || iptables(tool, "-I", rule));
    }
}

void removeFromDocker(const std::string &tool, const Paths &paths)
{
    if (!iptables(tool, "-S", {dockerChain})) {
        return;
    }
    for (const Words &rule : dockerRules(paths)) {
        while (iptables(tool, "-C", rule) && iptables(tool, "-D", rule)) {
        }
    }
}

std::string outputOf(const std::string &tool, Words arguments)
{
    auto run = runTool(tool, std::move(arguments));
    return run && run->exitStatus == 0 ? std::move(run->output) : std::string();
}

/// Of both kernel interfaces; iptables speaks either.
std::vector<ForwardDrop> forwardDrops(const Paths &paths)
{
    // Without the contents of sets, of which there can be many thousands.
    auto drops = forwardDropsOfNft(outputOf("nft", {"-t", "list", "ruleset"}), paths.link);
    for (const auto &[tool, family] : {std::pair{"iptables", "ip"}, {"ip6tables", "ip6"}}) {
        for (ForwardDrop &drop :
             forwardDropsOfIptables(outputOf(tool, {"-w", "-S"}), family, paths.link)) {
            drops.push_back(std::move(drop));
        }
    }
    return drops;
}

std::string firstWord(const std::string &text)
{
    return text.substr(0, text.find_first_of(" \n"));
}

bool firewalldRuns()
{
    const auto run = runTool("firewall-cmd", {"--state"});
    return run && run->exitStatus == 0 && firstWord(run->output) == "running";
}

std::string firewalldZone(const Paths &paths)
{
    const auto run = runTool("firewall-cmd", {"--get-zone-of-interface=" + paths.link});
    return run && run->exitStatus == 0 ? firstWord(run->output) : std::string();
}

bool acceptInFirewalld(const Paths &paths)
{
    return firewalldZone(paths) == trustedZone ||
           requireTool("firewall-cmd",
                       {"--zone=" + std::string(trustedZone), "--change-interface=" + paths.link});
}

/// ufw keeps its rules in files; looking there costs less than starting it.
bool ufwIsEnabled()
{
    return readFile("/etc/ufw/ufw.conf").value_or("").contains("\nENABLED=yes");
}

bool ufwKnows(const Paths &paths)
{
    return readFile("/etc/ufw/user.rules", 1U << 22U).value_or("").contains(paths.link + " ");
}

Words ufwRule(const Paths &paths)
{
    return {"allow", "in", "on", paths.link};
}

bool acceptInUfw(const Paths &paths)
{
    Words rule = ufwRule(paths);
    rule.insert(rule.begin(), "route");
    return ufwKnows(paths) || requireTool("ufw", std::move(rule));
}

Descriptor watchGroups(int protocol, unsigned groups)
{
    Descriptor watch(socket(AF_NETLINK, SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC, protocol));
    sockaddr_nl address{};
    address.nl_family = AF_NETLINK;
    address.nl_groups = groups;
    if (watch.isOpen() &&
        bind(watch.get(), reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0) {
        watch.reset();
    }
    return watch;
}

} // namespace

Result<void> installTable(const Paths &paths, const AddressPlan &plan, const ForwardingGuard &guard)
{
    const std::string rules =
        std::format("table inet {0}\n"
                    "delete table inet {0}\n"
                    "table inet {0} {{\n"
                    "  chain leaving {{\n"
                    "    type nat hook postrouting priority srcnat; policy accept;\n"
                    "    ip saddr {2} oifname != \"{1}\" masquerade\n"
                    "    ip6 saddr {3} oifname != \"{1}\" masquerade\n"
                    "  }}\n"
                    "  chain passing {{\n"
                    "    type filter hook forward priority filter; policy accept;\n"
                    "    iifname \"{1}\" tcp flags syn tcp option maxseg size set rt mtu\n"
                    "    oifname \"{1}\" ct state established,related accept\n"
                    "    oifname \"{1}\" drop\n"
                    "{4}{5}"
                    "  }}\n"
                    "}}\n",
                    paths.table, paths.link, plan.engineAddress(), plan.engineAddress6(),
                    guardRule("ipv4", guard.ipv4), guardRule("ipv6", guard.ipv6));
    auto done = requireTool("nft", {"-f", "-"}, {.input = rules});
    return done ? Result<void>{} : std::unexpected(done.error());
}

void removeTable(const Paths &paths)
{
    const std::string rules = std::format("table inet {0}\ndelete table inet {0}\n", paths.table);
    (void)runTool("nft", {"-f", "-"}, {.input = rules});
}

Passage openPassage(const Paths &paths, bool withIpv6)
{
    acceptInDocker("iptables", paths);
    acceptInDocker("ip6tables", paths);
    Passage passage;
    const bool withFirewalld = firewalldRuns();
    if (withFirewalld && !acceptInFirewalld(paths)) {
        passage.obstacles.emplace_back("firewalld");
    }
    if (ufwIsEnabled() && !acceptInUfw(paths)) {
        passage.obstacles.emplace_back("ufw");
    }
    for (const ForwardDrop &drop : forwardDrops(paths)) {
        // firewalld's own zones decide in its table, and it has answered for them.
        if ((drop.family == "ip6" && !withIpv6) || (withFirewalld && drop.table == "firewalld")) {
            continue;
        }
        std::string name = std::format("{} {} {}", drop.family, drop.table, drop.chain);
        if (!std::ranges::contains(passage.obstacles, name)) {
            passage.obstacles.push_back(std::move(name));
        }
    }
    return passage;
}

void closePassage(const Paths &paths)
{
    removeFromDocker("iptables", paths);
    removeFromDocker("ip6tables", paths);
    if (firewalldRuns() && firewalldZone(paths) == trustedZone) {
        (void)runTool("firewall-cmd",
                      {"--zone=" + std::string(trustedZone), "--remove-interface=" + paths.link});
    }
    if (ufwKnows(paths)) {
        Words rule = ufwRule(paths);
        rule.insert(rule.begin(), {"route", "delete"});
        (void)runTool("ufw", std::move(rule));
    }
}

bool tableExists(const Paths &paths)
{
    const auto run = runTool("nft", {"list", "table", "inet", paths.table});
    return run && run->exitStatus == 0;
}

Descriptor watchRules()
{
    return watchGroups(NETLINK_NETFILTER, 1U << (NFNLGRP_NFTABLES - 1U));
}

Descriptor watchRoutes()
{
    return watchGroups(NETLINK_ROUTE, RTMGRP_LINK | RTMGRP_IPV4_ROUTE);
}

void drain(const Descriptor &watch)
{
    std::array<char, 8192> block{};
    // An overrun (ENOBUFS) is news as well and clears itself by being read.
    while (recv(watch.get(), block.data(), block.size(), MSG_TRUNC) > 0 || errno == ENOBUFS) {
    }
}

} // namespace roadstead::launcher
