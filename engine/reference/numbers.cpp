// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/reference/numbers.h"

#include "engine/reference/words.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <optional>

namespace roadstead::reference {

namespace {

constexpr std::int64_t billion = 1'000'000'000;

/// Wide enough for a billion times what fits into 64 bits.
__extension__ using Wide = __int128;

std::unexpected<Error> notANumber(std::string_view text)
{
    return refused(quotedWord(text) + " is not a number that fits here");
}

std::unexpected<Error> notADuration(std::string_view text)
{
    return refused(quotedWord(text) + " is not a duration");
}

struct Signed
{
    bool negative = false;
    std::string_view digits;
};

Signed withoutSign(std::string_view text)
{
    const bool sign = text.starts_with('-') || text.starts_with('+');
    return {text.starts_with('-'), sign ? text.substr(1) : text};
}

std::optional<std::uint64_t> digitsValue(std::string_view digits, int base)
{
    std::uint64_t value = 0;
    const char *end = digits.data() + digits.size();
    if (digits.empty() || !isAlphanumeric(digits.front())) {
        return std::nullopt;
    }
    const auto read = std::from_chars(digits.data(), end, value, base);
    return read.ec == std::errc() && read.ptr == end ? std::optional(value) : std::nullopt;
}

/// Go's rule: an underscore stands between digits, or between the prefix and a digit.
std::optional<std::string> withoutUnderscores(std::string_view digits, bool afterPrefix)
{
    std::string plain;
    bool previousIsDigit = afterPrefix;
    for (const char c : digits) {
        if (c == '_') {
            if (!previousIsDigit) {
                return std::nullopt;
            }
            previousIsDigit = false;
        } else {
            plain.push_back(c);
            previousIsDigit = true;
        }
    }
    return previousIsDigit && !plain.empty() ? std::optional(plain) : std::nullopt;
}

std::optional<std::uint64_t> anyBaseValue(std::string_view digits)
{
    int base = 10;
    bool prefixed = false;
    if (digits.size() > 1 && digits.front() == '0') {
        const char letter = lowered(digits.substr(1, 1)).front();
        base = letter == 'x' ? 16 : letter == 'b' ? 2 : 8;
        prefixed = true;
        digits.remove_prefix(isLetter(letter) ? 2 : 1);
        if (isLetter(letter) && letter != 'x' && letter != 'b' && letter != 'o') {
            return std::nullopt;
        }
    }
    const auto plain = withoutUnderscores(digits, prefixed);
    return plain ? digitsValue(*plain, base) : std::nullopt;
}

Result<std::int64_t> signedValue(std::string_view text, std::optional<std::uint64_t> magnitude,
                                 bool negative)
{
    constexpr auto limit = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    if (!magnitude || *magnitude > limit + (negative ? 1 : 0)) {
        return notANumber(text);
    }
    // Through the unsigned type: the smallest value has no positive counterpart.
    return static_cast<std::int64_t>(negative ? 0 - *magnitude : *magnitude);
}

struct Unit
{
    std::string_view name;
    std::int64_t nanoseconds;
};
constexpr std::array<Unit, 8> units{{{"ns", 1},
                                     {"us", 1'000},
                                     {"\u00b5s", 1'000},
                                     {"\u03bcs", 1'000},
                                     {"ms", 1'000'000},
                                     {"s", billion},
                                     {"m", 60 * billion},
                                     {"h", 3600 * billion}}};

std::string_view takeDigits(std::string_view &rest)
{
    std::size_t length = 0;
    while (length < rest.size() && isDigit(rest[length])) {
        ++length;
    }
    const std::string_view digits = rest.substr(0, length);
    rest.remove_prefix(length);
    return digits;
}

/// One "12.5ms" off `rest`, in nanoseconds; digits beyond a nanosecond count for nothing.
std::optional<std::uint64_t> takeSpan(std::string_view &rest)
{
    const std::string_view whole = takeDigits(rest);
    std::string_view fraction;
    if (rest.starts_with('.')) {
        rest.remove_prefix(1);
        fraction = takeDigits(rest);
    }
    std::size_t length = 0;
    while (length < rest.size() && rest[length] != '.' && !isDigit(rest[length])) {
        ++length;
    }
    const std::string_view name = rest.substr(0, length);
    rest.remove_prefix(length);
    const auto *unit = std::ranges::find(units, name, &Unit::name);
    if ((whole.empty() && fraction.empty()) || unit == units.end()) {
        return std::nullopt;
    }
    const auto size = static_cast<std::uint64_t>(unit->nanoseconds);
    const auto number = whole.empty() ? std::optional<std::uint64_t>(0) : digitsValue(whole, 10);
    std::uint64_t value = 0;
    if (!number || __builtin_mul_overflow(*number, size, &value)) {
        return std::nullopt;
    }
    double part = static_cast<double>(size);
    double sum = 0;
    for (const char digit : fraction.substr(0, 18)) {
        part /= 10;
        sum += part * (digit - '0');
    }
    // Sums of tenths lie a hair below the whole number that is meant.
    return value + static_cast<std::uint64_t>(sum + 1e-6);
}

/// Multiplies by ten, or tells that it does not fit.
bool timesTen(Wide &value)
{
    constexpr Wide limit = static_cast<Wide>(1) << 120;
    if (value > limit / 10) {
        return false;
    }
    value *= 10;
    return true;
}

/// A decimal number with an exponent, as value / 10^scale.
struct Decimal
{
    Wide value = 0;
    std::int64_t scale = 0;
};

std::optional<Decimal> decimalOf(std::string_view text)
{
    Decimal decimal;
    const std::size_t mark = text.find_first_of("eE");
    const Halves number = cut(text.substr(0, mark), '.');
    if (number.before.empty() && number.after.empty()) {
        return std::nullopt;
    }
    for (const std::string_view digits : {number.before, number.after}) {
        for (const char digit : digits) {
            if (!isDigit(digit) || !timesTen(decimal.value)) {
                return std::nullopt;
            }
            decimal.value += digit - '0';
        }
    }
    decimal.scale = static_cast<std::int64_t>(number.after.size());
    if (mark != std::string_view::npos) {
        constexpr std::int64_t largestExponent = 100;
        const auto exponent = parseInteger(text.substr(mark + 1));
        if (!exponent || *exponent > largestExponent || *exponent < -largestExponent) {
            return std::nullopt;
        }
        decimal.scale -= *exponent;
    }
    return decimal;
}

Result<std::int64_t> billionthsOf(std::string_view text, Decimal decimal, Wide divisor,
                                  bool negative)
{
    decimal.scale -= 9;
    for (; decimal.scale < 0; ++decimal.scale) {
        if (decimal.value != 0 && !timesTen(decimal.value)) {
            return notANumber(text);
        }
    }
    for (; decimal.scale > 0; --decimal.scale) {
        if (decimal.value % 10 == 0) {
            decimal.value /= 10;
        } else if (!timesTen(divisor)) {
            return notANumber(text);
        }
    }
    if (divisor == 0) {
        return notANumber(text);
    }
    if (decimal.value % divisor != 0) {
        return refused(quotedWord(text) + " is finer than a billionth");
    }
    const Wide value = decimal.value / divisor;
    if (value > std::numeric_limits<std::int64_t>::max()) {
        return notANumber(text);
    }
    const auto whole = static_cast<std::int64_t>(value);
    return negative ? -whole : whole;
}

std::string trimmedFraction(std::int64_t value, std::int64_t unit)
{
    std::string text = std::to_string(value / unit);
    std::string rest = std::to_string(unit + value % unit).substr(1);
    rest.erase(rest.find_last_not_of('0') + 1);
    return rest.empty() ? text : text + "." + rest;
}

} // namespace

Result<std::int64_t> parseInteger(std::string_view text)
{
    const Signed number = withoutSign(text);
    return signedValue(text, digitsValue(number.digits, 10), number.negative);
}

Result<std::uint64_t> parseUnsigned(std::string_view text, std::uint64_t limit)
{
    const auto value = digitsValue(text, 10);
    if (!value || *value > limit) {
        return notANumber(text);
    }
    return *value;
}

Result<std::int64_t> parseAnyBase(std::string_view text)
{
    const Signed number = withoutSign(text);
    return signedValue(text, anyBaseValue(number.digits), number.negative);
}

Result<std::uint64_t> parseUnsignedAnyBase(std::string_view text, std::uint64_t limit)
{
    const auto value = anyBaseValue(text);
    if (!value || *value > limit) {
        return notANumber(text);
    }
    return *value;
}

Result<bool> parseSwitch(std::string_view text)
{
    constexpr std::array<std::string_view, 6> on{"1", "t", "T", "true", "TRUE", "True"};
    constexpr std::array<std::string_view, 6> off{"0", "f", "F", "false", "FALSE", "False"};
    if (std::ranges::contains(on, text)) {
        return true;
    }
    if (std::ranges::contains(off, text)) {
        return false;
    }
    return refused(quotedWord(text) + " is neither true nor false");
}

Result<std::chrono::nanoseconds> parseDuration(std::string_view text)
{
    const Signed number = withoutSign(text);
    std::string_view rest = number.digits;
    if (rest == "0") {
        return std::chrono::nanoseconds(0);
    }
    std::uint64_t sum = 0;
    bool any = false;
    while (!rest.empty()) {
        const auto span = takeSpan(rest);
        if (!span || __builtin_add_overflow(sum, *span, &sum)) {
            return notADuration(text);
        }
        any = true;
    }
    const auto value = signedValue(text, any ? std::optional(sum) : std::nullopt, number.negative);
    if (!value) {
        return notADuration(text);
    }
    return std::chrono::nanoseconds(*value);
}

std::string durationText(std::chrono::nanoseconds duration)
{
    const std::int64_t count = duration.count();
    if (count == std::numeric_limits<std::int64_t>::min()) {
        return "-2562047h47m16.854775808s";
    }
    if (count < 0) {
        return "-" + durationText(-duration);
    }
    if (count == 0) {
        return "0s";
    }
    if (count < 1'000) {
        return std::to_string(count) + "ns";
    }
    if (count < 1'000'000) {
        return trimmedFraction(count, 1'000) + "us";
    }
    if (count < billion) {
        return trimmedFraction(count, 1'000'000) + "ms";
    }
    const std::int64_t seconds = count / billion;
    const std::int64_t hours = seconds / 3600;
    const std::int64_t minutes = seconds / 60 % 60;
    std::string text = hours > 0 ? std::to_string(hours) + "h" : std::string();
    if (seconds >= 60) {
        text += std::to_string(minutes) + "m";
    }
    return text + trimmedFraction(count - seconds / 60 * 60 * billion, billion) + "s";
}

Result<std::int64_t> parseProcessors(std::string_view text)
{
    const Signed number = withoutSign(text);
    const Halves fraction = cut(number.digits, '/');
    const auto dividend =
        fraction.found && fraction.before.find_first_of(".eE") != std::string_view::npos
            ? std::nullopt
            : decimalOf(fraction.before);
    const auto divisor = fraction.found ? digitsValue(fraction.after, 10) : 1;
    if (!dividend || !divisor) {
        return notANumber(text);
    }
    return billionthsOf(text, *dividend, static_cast<Wide>(*divisor), number.negative);
}

std::string processorsText(std::int64_t billionths)
{
    const std::string sign = billionths < 0 ? "-" : "";
    const auto magnitude =
        static_cast<std::uint64_t>(billionths < 0 ? -(billionths + 1) : billionths);
    const std::uint64_t exact = billionths < 0 ? magnitude + 1 : magnitude;
    std::string rest =
        std::to_string(billion + static_cast<std::int64_t>(exact % billion)).substr(1);
    rest.erase(rest.find_last_not_of('0') + 1);
    const std::string whole = sign + std::to_string(exact / billion);
    return rest.empty() ? whole : whole + "." + rest;
}

} // namespace roadstead::reference
