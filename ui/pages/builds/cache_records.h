// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/docker/build.h"
#include "engine/docker/system.h"

#include <cstdint>
#include <string>
#include <vector>

/// What would go of a build cache, reckoned from its records as BuildKit does it.
namespace roadstead::ui {

using CacheRecords = std::vector<docker::BuildCacheRecord>;

struct CacheTotals
{
    int count = 0;
    std::int64_t all = 0;    ///< bytes
    std::int64_t inUse = 0;  ///< by a build that runs
    std::int64_t shared = 0; ///< layers that images have, too: nothing is freed with them
    [[nodiscard]] std::int64_t reclaimable() const { return all - inUse - shared; }
    bool operator==(const CacheTotals &) const = default;
};

[[nodiscard]] CacheTotals totalsOf(const CacheRecords &records);

/// Records that go, those first that others were made from last: that is the only order in which
/// the engine removes them.
struct CacheRemoval
{
    CacheRecords doomed{};
    int dependent = 0;      ///< of them, those that nobody named, made from others that go
    std::int64_t bytes = 0; ///< that are freed: shared ones free nothing
    int inUse = 0;          ///< named ones, or what they need gone, that stay as a build uses them
};

/// What has to go for these to go: they, and everything that was made from them.
[[nodiscard]] CacheRemoval removalOf(const CacheRecords &records,
                                     const std::vector<std::string> &ids);

/// The commands for it, one a record.
[[nodiscard]] std::vector<docker::PruneBuildCache> commandsFor(const CacheRemoval &removal);

/// What a person asks of pruning.
struct PruneWish
{
    std::int64_t unusedSeconds = 0; ///< only what was not used for so long; 0 = any
    bool shared = false;            ///< also what images share
    std::int64_t keepBytes = 0;     ///< the newest, up to so much, stay
    bool operator==(const PruneWish &) const = default;
};

[[nodiscard]] docker::PruneBuildCache commandFor(const PruneWish &wish);
/// What goes at most. `now`: seconds since the epoch.
[[nodiscard]] CacheRemoval previewOf(const CacheRecords &records, const PruneWish &wish,
                                     std::int64_t now);

} // namespace roadstead::ui
