// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace roadstead::store {

/// What is kept of a container's use of the machine, in this order.
enum class Measure : unsigned char {
    Cpu,      ///< percent of one CPU
    Memory,   ///< bytes
    Received, ///< bytes a second, as are the next three
    Sent,
    Read,
    Written
};
inline constexpr std::size_t measureCount = 6;

/// One value of each measure; below 0 = not known.
using Measures = std::array<double, measureCount>;
inline constexpr Measures unknownMeasures = {-1, -1, -1, -1, -1, -1};

/// What was measured of one container at one moment.
struct StatsReading
{
    std::string id; ///< full id
    Measures values = unknownMeasures;
};

/// A stretch of time: the mean and the largest of what was measured in it.
struct StatsPoint
{
    std::int64_t at = 0; ///< its beginning, seconds since 1970
    int count = 0;       ///< readings in it
    Measures mean = unknownMeasures;
    Measures most = unknownMeasures;

    /// Takes the readings of `other` in, whose time does not matter.
    void merge(const StatsPoint &other);
    bool operator==(const StatsPoint &) const = default;
};
using StatsPoints = std::vector<StatsPoint>;

/// How far back is looked. Each has its own spacing of points.
enum class StatsRange { FiveMinutes, Hour, Day, Week };

/// Of a range: how long it is, and how long each of its points.
struct RangeShape
{
    std::chrono::seconds length;
    std::chrono::seconds spacing;
};
[[nodiscard]] RangeShape shapeOf(StatsRange range);

/// The beginning of the stretch of `spacing` that `at` falls into.
[[nodiscard]] std::int64_t stretchOf(std::int64_t at, std::chrono::seconds spacing);

} // namespace roadstead::store
