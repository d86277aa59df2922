// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/launcher/address_plan.h"
#include "app/launcher/descriptor.h"
#include "app/launcher/forwarding.h"
#include "app/launcher/paths.h"
#include "engine/base/result.h"

#include <string>
#include <vector>

namespace roadstead::launcher {

/// Our own nft table in the host's namespace: masquerade of what leaves the engine, nothing
/// unasked-for into it, and no forwarding between interfaces that did not forward before. Replaces
/// an older one in one transaction.
Result<void> installTable(const Paths &paths, const AddressPlan &plan,
                          const ForwardingGuard &guard);
void removeTable(const Paths &paths);
/// Whether it is still there; "nft flush ruleset" takes everyone's tables away.
bool tableExists(const Paths &paths);

/// Whether what the engine sends gets past the host's own rules for forwarded packets.
struct Passage
{
    /// What drops it, to be read by people: "inet filter forward" (family, table, chain),
    /// "firewalld" or "ufw". Empty when it gets through.
    std::vector<std::string> obstacles;
};

/// Asks for passage where somebody else's rules decide over forwarded packets: an accept in
/// DOCKER-USER (iptables and ip6tables) where that chain exists, firewalld's zone "trusted", a
/// route rule of ufw. Then looks whether anything still drops; rules for IPv6 alone count only with
/// `withIpv6`. Changes nothing that is already so, and nothing else; cheap enough to repeat.
Passage openPassage(const Paths &paths, bool withIpv6);
/// Takes back exactly what openPassage() added, whoever's process that was.
void closePassage(const Paths &paths);

/// A socket that becomes readable when any nft rule of this namespace changes. Not open where the
/// kernel has no such thing.
Descriptor watchRules();
/// The same for links and IPv4 routes.
Descriptor watchRoutes();
/// Reads the news away.
void drain(const Descriptor &watch);

} // namespace roadstead::launcher
