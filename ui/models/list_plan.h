// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace roadstead::ui {

struct ListRange
{
    std::size_t first = 0;
    std::size_t count = 0;
    bool operator==(const ListRange &) const = default;
};

/// How one list of keys becomes another: first `removals` (positions before, ascending), then the
/// keys that stay are put into their new order if `reorders`, then `insertions` (positions after,
/// ascending).
struct ListPlan
{
    std::vector<ListRange> removals;
    std::vector<ListRange> insertions;
    bool reorders = false;
    [[nodiscard]] std::size_t ranges() const { return removals.size() + insertions.size(); }
};

/// Keys are unique within each list. Cost: O(n), and next to nothing for what is equal at both
/// ends.
ListPlan planList(std::span<const std::string_view> before,
                  std::span<const std::string_view> after);

} // namespace roadstead::ui
