// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/history/stats_sample.h"

#include <algorithm>

namespace roadstead::store {

void StatsPoint::merge(const StatsPoint &other)
{
    const double all = count + other.count;
    for (std::size_t i = 0; i < measureCount; ++i) {
        if (other.mean[i] < 0) {
            continue;
        }
        mean[i] = mean[i] < 0 || all <= 0 ? other.mean[i]
                                          : (mean[i] * count + other.mean[i] * other.count) / all;
        most[i] = std::max(most[i], other.most[i]);
    }
    count += other.count;
}

RangeShape shapeOf(StatsRange range)
{
    using namespace std::chrono_literals;
    switch (range) {
    case StatsRange::FiveMinutes:
        return {5min, 2s};
    case StatsRange::Hour:
        return {1h, 24s};
    case StatsRange::Day:
        return {24h, 10min};
    case StatsRange::Week:
        break;
    }
    return {7 * 24h, 1h};
}

std::int64_t stretchOf(std::int64_t at, std::chrono::seconds spacing)
{
    const std::int64_t length = spacing.count();
    const std::int64_t rest = at % length;
    return at - (rest < 0 ? rest + length : rest);
}

} // namespace roadstead::store
