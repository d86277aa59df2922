// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/container_table.h"

#include <algorithm>
#include <string>
#include <utility>

namespace roadstead::service {

namespace {

template<typename Row>
std::shared_ptr<const std::vector<Row>>
sortedList(const std::shared_ptr<const std::vector<Row>> &before, std::vector<Row> rows)
{
    std::ranges::sort(rows, {}, &Row::id);
    // An engine that names an object twice is wrong; one row per key is what models rely on.
    const auto twice = std::ranges::unique(rows, {}, &Row::id);
    rows.erase(twice.begin(), twice.end());
    if (before && *before == rows) {
        return before;
    }
    return std::make_shared<const std::vector<Row>>(std::move(rows));
}

} // namespace

ContainerList replaced(const ContainerList &before, std::vector<docker::ContainerSummary> rows)
{
    return sortedList(before, std::move(rows));
}

ImageList replaced(const ImageList &before, std::vector<docker::ImageSummary> rows)
{
    return sortedList(before, std::move(rows));
}

ContainerList merged(const ContainerList &before, const std::vector<std::string> &asked,
                     std::vector<docker::ContainerSummary> rows)
{
    using Row = docker::ContainerSummary;
    // The engine's id filter also takes prefixes: only what was asked for counts.
    std::erase_if(rows, [&](const Row &row) { return !std::ranges::binary_search(asked, row.id); });
    std::ranges::sort(rows, {}, &Row::id);
    const bool same = std::ranges::all_of(asked, [&](const std::string &id) {
        const auto old = std::ranges::lower_bound(*before, id, {}, &Row::id);
        const auto now = std::ranges::lower_bound(rows, id, {}, &Row::id);
        const bool wasThere = old != before->end() && old->id == id;
        const bool isThere = now != rows.end() && now->id == id;
        return wasThere == isThere && (!isThere || *old == *now);
    });
    if (same) {
        return before;
    }
    auto after = std::make_shared<std::vector<Row>>();
    after->reserve(before->size() + rows.size());
    auto next = rows.begin();
    for (const Row &row : *before) {
        while (next != rows.end() && next->id < row.id) {
            after->push_back(std::move(*next++));
        }
        if (!std::ranges::binary_search(asked, row.id)) {
            after->push_back(row);
        } else if (next != rows.end() && next->id == row.id) {
            after->push_back(std::move(*next++));
        }
    }
    std::move(next, rows.end(), std::back_inserter(*after));
    return after;
}

} // namespace roadstead::service
