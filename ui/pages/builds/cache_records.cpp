// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/builds/cache_records.h"

#include "engine/base/rfc3339.h"

#include <algorithm>
#include <cstddef>
#include <unordered_map>
#include <unordered_set>

namespace roadstead::ui {

namespace {

constexpr std::int64_t secondsOfAnHour = 3'600;

using Places = std::unordered_map<std::string_view, std::size_t>;

Places placesOf(const CacheRecords &records)
{
    Places places;
    for (std::size_t i = 0; i < records.size(); ++i) {
        places.emplace(records[i].id, i);
    }
    return places;
}

/// For each record those that were made from it.
std::vector<std::vector<std::size_t>> childrenOf(const CacheRecords &records)
{
    const Places places = placesOf(records);
    std::vector<std::vector<std::size_t>> children(records.size());
    for (std::size_t i = 0; i < records.size(); ++i) {
        for (const std::string &parent : records[i].parents) {
            if (const auto found = places.find(parent); found != places.end()) {
                children[found->second].push_back(i);
            }
        }
    }
    return children;
}

/// Those of `wanted` in an order in which what was made from a record comes before it. A circle,
/// which no engine has, is cut.
std::vector<std::size_t> childrenFirst(const std::vector<std::vector<std::size_t>> &children,
                                       const std::vector<bool> &wanted)
{
    std::vector<std::size_t> order;
    std::vector<char> seen(children.size(), 0);
    for (std::size_t start = 0; start < children.size(); ++start) {
        if (!wanted[start] || seen[start] != 0) {
            continue;
        }
        // A record and how many of its children were looked at: no recursion, chains are long.
        std::vector<std::pair<std::size_t, std::size_t>> path{{start, 0}};
        seen[start] = 1;
        while (!path.empty()) {
            auto &[at, next] = path.back();
            if (next < children[at].size()) {
                const std::size_t child = children[at][next++];
                if (wanted[child] && seen[child] == 0) {
                    seen[child] = 1;
                    path.emplace_back(child, 0);
                }
                continue;
            }
            order.push_back(at);
            path.pop_back();
        }
    }
    return order;
}

/// Unmarks what has to stay since something that stays was made from it.
void keepAncestors(const CacheRecords &records, std::vector<bool> &goes)
{
    const Places places = placesOf(records);
    std::vector<std::size_t> staying;
    for (std::size_t i = 0; i < records.size(); ++i) {
        if (!goes[i]) {
            staying.push_back(i);
        }
    }
    while (!staying.empty()) {
        const std::size_t one = staying.back();
        staying.pop_back();
        for (const std::string &parent : records[one].parents) {
            const auto found = places.find(parent);
            if (found != places.end() && goes[found->second]) {
                goes[found->second] = false;
                staying.push_back(found->second);
            }
        }
    }
}

CacheRemoval removalFrom(const CacheRecords &records, const std::vector<bool> &goes)
{
    CacheRemoval removal;
    for (const std::size_t place : childrenFirst(childrenOf(records), goes)) {
        removal.doomed.push_back(records[place]);
        removal.bytes += records[place].shared ? 0 : std::max<std::int64_t>(0, records[place].size);
    }
    return removal;
}

} // namespace

CacheTotals totalsOf(const CacheRecords &records)
{
    CacheTotals totals;
    for (const docker::BuildCacheRecord &record : records) {
        const std::int64_t size = std::max<std::int64_t>(0, record.size);
        ++totals.count;
        totals.all += size;
        if (record.inUse) {
            totals.inUse += size;
        } else if (record.shared) {
            totals.shared += size;
        }
    }
    return totals;
}

CacheRemoval removalOf(const CacheRecords &records, const std::vector<std::string> &ids)
{
    const Places places = placesOf(records);
    const auto children = childrenOf(records);
    std::vector<bool> goes(records.size(), false);
    std::vector<std::size_t> open;
    const auto doom = [&](std::size_t place) {
        if (!goes[place]) {
            goes[place] = true;
            open.push_back(place);
        }
    };
    for (const std::string &id : ids) {
        if (const auto found = places.find(id); found != places.end()) {
            doom(found->second);
        }
    }
    const std::size_t named = open.size();
    while (!open.empty()) {
        const std::size_t one = open.back();
        open.pop_back();
        for (const std::size_t child : children[one]) {
            doom(child);
        }
    }
    int inUse = 0;
    for (std::size_t i = 0; i < records.size(); ++i) {
        if (goes[i] && records[i].inUse) {
            goes[i] = false;
            ++inUse;
        }
    }
    keepAncestors(records, goes);
    CacheRemoval removal = removalFrom(records, goes);
    removal.inUse = inUse;
    removal.dependent = std::max(0, int(removal.doomed.size()) - int(named));
    return removal;
}

std::vector<docker::PruneBuildCache> commandsFor(const CacheRemoval &removal)
{
    std::vector<docker::PruneBuildCache> commands;
    for (const docker::BuildCacheRecord &record : removal.doomed) {
        // "all", since what images share is passed over otherwise.
        commands.push_back({.all = true, .filters = {{"id", record.id}}});
    }
    return commands;
}

docker::PruneBuildCache commandFor(const PruneWish &wish)
{
    docker::PruneBuildCache command{.all = wish.shared, .keepBytes = wish.keepBytes};
    if (wish.unusedSeconds > 0) {
        command.filters.emplace_back("until",
                                     std::to_string(wish.unusedSeconds / secondsOfAnHour) + "h");
    }
    return command;
}

CacheRemoval previewOf(const CacheRecords &records, const PruneWish &wish, std::int64_t now)
{
    std::vector<bool> goes(records.size(), false);
    for (std::size_t i = 0; i < records.size(); ++i) {
        const docker::BuildCacheRecord &record = records[i];
        const auto used = parseRfc3339(record.lastUsed.empty() ? record.created : record.lastUsed);
        const bool isOld =
            wish.unusedSeconds == 0 || (used && now - used->seconds() >= wish.unusedSeconds);
        const bool isPlain =
            !record.shared && record.type != "internal" && record.type != "frontend";
        goes[i] = !record.inUse && isOld && (wish.shared || isPlain);
    }
    keepAncestors(records, goes);
    CacheRemoval removal = removalFrom(records, goes);
    if (wish.keepBytes > 0) {
        const std::int64_t over = std::max<std::int64_t>(0, totalsOf(records).all - wish.keepBytes);
        removal.bytes = std::min(removal.bytes, over);
        if (over == 0) {
            removal.doomed.clear();
        }
    }
    return removal;
}

} // namespace roadstead::ui
