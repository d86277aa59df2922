// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/models/elapsed.h"

#include "engine/base/units.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>

namespace roadstead::ui {

namespace {

constexpr std::int64_t minute = 60;
constexpr std::int64_t hour = 60 * minute;
constexpr std::int64_t day = 24 * hour;

struct Unit
{
    std::string_view word;
    std::int64_t seconds;
};
constexpr std::array units{Unit{"second", 1},      Unit{"minute", minute}, Unit{"hour", hour},
                           Unit{"day", day},       Unit{"week", 7 * day},  Unit{"month", 30 * day},
                           Unit{"year", 365 * day}};

/// The status text without its state word and exit code: "Up 3 hours (healthy)" → "3 hours
/// (healthy)".
std::string_view durationPart(std::string_view status)
{
    if (status.starts_with("Up ")) {
        return status.substr(3);
    }
    const auto close = status.find(") ");
    return close == std::string_view::npos ? std::string_view{} : status.substr(close + 2);
}

struct Duration
{
    std::int64_t seconds = 0;
    std::int64_t unit = 1;
    std::string words;
};

std::optional<Duration> readDuration(std::string_view text)
{
    struct Fixed
    {
        std::string_view words;
        std::int64_t seconds;
        std::int64_t unit;
    };
    static constexpr std::array fixed{Fixed{"Less than a second", 0, 1},
                                      Fixed{"About a minute", minute, minute},
                                      Fixed{"About an hour", hour, hour}};
    for (const Fixed &entry : fixed) {
        if (text.starts_with(entry.words)) {
            return Duration{entry.seconds, entry.unit, std::string(entry.words)};
        }
    }
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    constexpr std::int64_t mostYears = 1000;
    if (error != std::errc{} || number < 0 || number > mostYears * 365) {
        return std::nullopt;
    }
    const auto digits = static_cast<std::size_t>(end - text.data());
    if (digits >= text.size() || text[digits] != ' ') {
        return std::nullopt;
    }
    const std::string_view word = text.substr(digits + 1);
    const auto unit = std::ranges::find_if(
        units, [word](const Unit &candidate) { return word.starts_with(candidate.word); });
    if (unit == units.end()) {
        return std::nullopt;
    }
    const std::size_t plural = word.substr(unit->word.size()).starts_with('s') ? 1 : 0;
    return Duration{number * unit->seconds, unit->seconds,
                    std::string(text.substr(0, digits + 1 + unit->word.size() + plural))};
}

} // namespace

std::optional<Since> sinceFromStatus(std::string_view status, std::int64_t now,
                                     const std::optional<Since> &before)
{
    const std::optional<Duration> duration = readDuration(durationPart(status));
    if (!duration) {
        return std::nullopt;
    }
    if (before) {
        // The list may be a moment old: words that were true two seconds ago agree, too.
        const std::int64_t elapsed = now - before->epoch;
        for (std::int64_t age = elapsed; age >= elapsed - 2; --age) {
            if (durationWords(std::chrono::seconds(age)) == duration->words) {
                return before;
            }
        }
    }
    return Since{now - duration->seconds, duration->unit};
}

} // namespace roadstead::ui
