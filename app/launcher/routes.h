// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"

#include <cstdint>
#include <string>
#include <vector>

namespace roadstead::launcher {

/// An IPv4 range.
struct Range
{
    std::uint32_t address = 0; ///< host byte order, bits beyond length are 0
    unsigned length = 0;       ///< 0 to 32

    [[nodiscard]] bool overlaps(const Range &other) const;
    /// The address that many places into the range.
    [[nodiscard]] std::string at(std::uint32_t offset) const;
    [[nodiscard]] std::string text() const; ///< "172.30.0.0/16"

    bool operator==(const Range &) const = default;
};

/// What the routing tables of this network namespace know.
struct Routes
{
    std::vector<Range> ranges; ///< every IPv4 destination of every table, but the default routes
    /// Indexes of those an IPv4 route leads out of, without our own links.
    std::vector<unsigned> interfaces;
    bool hasIpv6Default = false;
};

/// Asks the kernel (rtnetlink, RFC 3549). Fails with Io.
Result<Routes> readRoutes();

/// Reads "a.b.c.d"; fails with InvalidArgument.
Result<std::uint32_t> parseIpv4(const std::string &text);

} // namespace roadstead::launcher
