// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/units.h"

#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <optional>
#include <span>
#include <utility>

namespace roadstead {

namespace {

using UnitNames = std::array<std::string_view, 9>;

constexpr UnitNames decimalNames{"B", "kB", "MB", "GB", "TB", "PB", "EB", "ZB", "YB"};
constexpr UnitNames binaryNames{"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB", "ZiB", "YiB"};

std::string scaled(double bytes, int digits, double base, const UnitNames &names)
{
    std::size_t unit = 0;
    while (bytes >= base && unit + 1 < names.size()) {
        bytes /= base;
        ++unit;
    }
    std::array<char, 64> text{};
    const auto written = std::to_chars(text.data(), text.data() + text.size(), bytes,
                                       std::chars_format::general, digits);
    return std::string(text.data(), written.ptr).append(names[unit]);
}

Result<std::int64_t> invalidSize(std::string_view text)
{
    return failure(ErrorKind::InvalidArgument, "size.parse", std::string(text));
}

std::optional<double> parseNumber(std::string_view text)
{
    const bool plus = text.starts_with('+');
    if (plus) {
        text.remove_prefix(1);
        if (text.starts_with('-')) {
            return std::nullopt;
        }
    }
    double value = 0;
    const char *end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, value);
    if (read.ec != std::errc() || read.ptr != end) {
        return std::nullopt;
    }
    return value;
}

/// What the reference's conversion does on the machines it is used on.
std::int64_t toBytes(double value)
{
    constexpr double limit = 9223372036854775808.0;
    if (std::isnan(value) || value >= limit || value < -limit) {
        return std::numeric_limits<std::int64_t>::min();
    }
    return static_cast<std::int64_t>(value);
}

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// The factor a suffix stands for, none when it is no suffix.
std::optional<double> factorOf(std::string_view suffix, double base)
{
    constexpr std::string_view letters = "kmgtp";
    constexpr std::size_t longest = 3;
    if (suffix.size() > longest) {
        return std::nullopt;
    }
    std::string low;
    for (const char c : suffix) {
        low.push_back(lower(c));
    }
    if (low.empty() || low == "b") {
        return 1.0;
    }
    const std::size_t power = letters.find(low.front());
    const std::string_view after = std::string_view(low).substr(1);
    if (power == std::string_view::npos || !(after.empty() || after == "b" || after == "ib")) {
        return std::nullopt;
    }
    return std::pow(base, static_cast<double>(power + 1));
}

Result<std::int64_t> parseSize(std::string_view text, double base)
{
    const std::size_t last = text.find_last_of("0123456789. ");
    if (last == std::string_view::npos) {
        return invalidSize(text);
    }
    const std::string_view number = text.substr(0, text[last] == ' ' ? last : last + 1);
    const std::optional<double> value = parseNumber(number);
    const std::optional<double> factor = factorOf(text.substr(last + 1), base);
    if (!value || *value < 0 || !factor) {
        return invalidSize(text);
    }
    return toBytes(*value * *factor);
}

struct Span
{
    std::int64_t below; ///< hours
    std::int64_t hours; ///< in one unit
    std::string_view name;
};

} // namespace

std::string decimalSize(double bytes)
{
    constexpr int digits = 4;
    return decimalSize(bytes, digits);
}

std::string decimalSize(double bytes, int digits)
{
    return scaled(bytes, digits, 1000, decimalNames);
}

std::string binarySize(double bytes)
{
    constexpr int digits = 4;
    return scaled(bytes, digits, 1024, binaryNames);
}

Result<std::int64_t> parseDecimalSize(std::string_view text)
{
    return parseSize(text, 1000);
}

Result<std::int64_t> parseBinarySize(std::string_view text)
{
    return parseSize(text, 1024);
}

std::string exactBinarySize(std::int64_t bytes)
{
    constexpr std::array<std::pair<char, int>, 3> units{{{'g', 30}, {'m', 20}, {'k', 10}}};
    for (const auto &[letter, shift] : units) {
        if (bytes > 0 && bytes % (std::int64_t(1) << shift) == 0) {
            return std::to_string(bytes >> shift) + letter;
        }
    }
    return std::to_string(bytes);
}

std::string durationWords(std::chrono::nanoseconds duration)
{
    const std::int64_t seconds = std::chrono::duration_cast<std::chrono::seconds>(duration).count();
    if (seconds < 1) {
        return "Less than a second";
    }
    if (seconds < 60) {
        return seconds == 1 ? "1 second" : std::to_string(seconds) + " seconds";
    }
    const std::int64_t minutes = seconds / 60;
    if (minutes < 60) {
        return minutes == 1 ? "About a minute" : std::to_string(minutes) + " minutes";
    }
    constexpr std::int64_t halfHour = 30LL * 60 * 1'000'000'000;
    constexpr std::int64_t nanosecondsPerHour = 2 * halfHour;
    const std::int64_t nanoseconds = duration.count();
    const std::int64_t hours =
        nanoseconds / nanosecondsPerHour + (nanoseconds % nanosecondsPerHour >= halfHour ? 1 : 0);
    if (hours == 1) {
        return "About an hour";
    }
    static constexpr std::array<Span, 4> spans{{{48, 1, " hours"},
                                                {24 * 7 * 2, 24, " days"},
                                                {24 * 30 * 2, 24 * 7, " weeks"},
                                                {24 * 365 * 2, 24 * 30, " months"}}};
    for (const Span &span : spans) {
        if (hours < span.below) {
            return std::to_string(hours / span.hours).append(span.name);
        }
    }
    // Years are counted from the unrounded hours, as the reference does.
    return std::to_string(nanoseconds / nanosecondsPerHour / (24 * 365)) + " years";
}

} // namespace roadstead
