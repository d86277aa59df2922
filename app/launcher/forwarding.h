// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/launcher/routes.h"
#include "engine/base/result.h"

#include <string>
#include <vector>

namespace roadstead::launcher {

/// Packet forwarding of the host, which the way from an engine to the outside needs.
///
/// IPv4 is switched on for single interfaces (those with routes, and our links), never for all at
/// once: net.ipv4.ip_forward stays as it is, so that a system Docker that starts later still finds
/// it off and still sets its own protection. IPv6 only knows one switch; the flags of the single
/// interfaces, which would make them ignore router advertisements, are put back, and routes that
/// came by advertisements stay. What was changed is recorded and undone after the last engine,
/// unless somebody else has switched it on since. All calls with the shared lock held.

/// Interfaces between which nothing was forwarded before, for rules that keep it so. Empty where
/// forwarding was on anyway.
struct ForwardingGuard
{
    std::vector<std::string> ipv4;
    std::vector<std::string> ipv6;

    bool operator==(const ForwardingGuard &) const = default;
};

/// Switches on what is off, for this link of ours and the interfaces with routes. Repeatable.
Result<ForwardingGuard> enableForwarding(const std::string &link, const Routes &routes);

/// Undoes it, unless somebody else has switched forwarding on in the meantime.
void restoreForwarding();

} // namespace roadstead::launcher
