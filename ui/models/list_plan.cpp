// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/models/list_plan.h"

#include <algorithm>
#include <unordered_set>

namespace roadstead::ui {

namespace {

using Keys = std::span<const std::string_view>;

/// Ranges of `keys` that are not among `others`; the ones that are go to `common`, in order.
std::vector<ListRange> missingRanges(Keys keys, Keys others, std::size_t offset,
                                     std::vector<std::string_view> &common)
{
    const std::unordered_set<std::string_view> known(others.begin(), others.end());
    std::vector<ListRange> ranges;
    for (std::size_t i = 0; i < keys.size(); ++i) {
        if (known.contains(keys[i])) {
            common.push_back(keys[i]);
        } else if (!ranges.empty() && ranges.back().first + ranges.back().count == offset + i) {
            ++ranges.back().count;
        } else {
            ranges.push_back({offset + i, 1});
        }
    }
    return ranges;
}

} // namespace

ListPlan planList(Keys before, Keys after)
{
    std::size_t head = 0;
    const std::size_t shorter = std::min(before.size(), after.size());
    while (head < shorter && before[head] == after[head]) {
        ++head;
    }
    std::size_t tail = 0;
    while (tail < shorter - head &&
           before[before.size() - 1 - tail] == after[after.size() - 1 - tail]) {
        ++tail;
    }
    const Keys oldPart = before.subspan(head, before.size() - head - tail);
    const Keys newPart = after.subspan(head, after.size() - head - tail);

    ListPlan plan;
    std::vector<std::string_view> oldCommon;
    std::vector<std::string_view> newCommon;
    plan.removals = missingRanges(oldPart, newPart, head, oldCommon);
    plan.insertions = missingRanges(newPart, oldPart, head, newCommon);
    plan.reorders = oldCommon != newCommon;
    return plan;
}

} // namespace roadstead::ui
