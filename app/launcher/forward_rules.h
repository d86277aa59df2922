// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace roadstead::launcher {

/// A chain that drops forwarded packets unless a rule accepts them.
struct ForwardDrop
{
    std::string family; ///< ip, ip6 or inet
    std::string table;
    std::string chain;

    bool operator==(const ForwardDrop &) const = default;
};

/// Those in a rule set as "nft list ruleset" prints it: chains at the forward hook with the policy
/// to drop, or with a rule that drops or rejects whatever reaches it. Left out are dormant tables,
/// and tables in which a rule accepts what comes from `link` by its name: what else the rules may
/// accept cannot be told from their text.
std::vector<ForwardDrop> forwardDropsOfNft(std::string_view ruleset, std::string_view link);

/// The same for "iptables -S", of the family "ip" or "ip6": the only way to see the rules of the
/// older kernel interface. At most one, named as nft would name it.
std::vector<ForwardDrop> forwardDropsOfIptables(std::string_view rules, const std::string &family,
                                                std::string_view link);

} // namespace roadstead::launcher
