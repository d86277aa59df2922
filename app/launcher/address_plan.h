// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/launcher/routes.h"

#include <sys/types.h>

#include <string>
#include <vector>

namespace roadstead::launcher {

/// The addresses of one engine. A value.
struct AddressPlan
{
    Range link;    ///< a /30 between host (first address) and engine (second)
    Range engine;  ///< a /16: the default bridge in its first quarter, other networks in the rest
    uid_t uid = 0; ///< part of the IPv6 addresses, which are unique local ones (RFC 4193)

    [[nodiscard]] std::string hostAddress() const { return link.at(1); }
    [[nodiscard]] std::string engineAddress() const { return link.at(2); }
    [[nodiscard]] std::string hostAddress6() const;
    [[nodiscard]] std::string engineAddress6() const;
    [[nodiscard]] std::string bridge() const;             ///< for --bip
    [[nodiscard]] std::vector<std::string> pools() const; ///< for --default-address-pool

    [[nodiscard]] std::string serialize() const;
    static Result<AddressPlan> parse(const std::string &text, uid_t uid);

    bool operator==(const AddressPlan &) const = default;
};

/// Picks ranges that none of these touches. Fails with Conflict when the host uses every private
/// range there is.
Result<AddressPlan> choosePlan(uid_t uid, const std::vector<Range> &used);

} // namespace roadstead::launcher
