// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace roadstead {

/// A moment: nanoseconds since the epoch. Reaches from 1677 to 2262.
struct Timestamp
{
    std::int64_t nanoseconds = 0;
    auto operator<=>(const Timestamp &) const = default;

    [[nodiscard]] std::int64_t seconds() const { return nanoseconds / 1'000'000'000; }
};

/// Reads a date such as "2026-01-02T03:04:05.678901234Z" or with an offset "+02:00" (RFC 3339).
/// None when it is anything else or outside the range; also for year 1, the engine's "never".
std::optional<Timestamp> parseRfc3339(std::string_view text);

} // namespace roadstead
