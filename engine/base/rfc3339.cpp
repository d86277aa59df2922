// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/rfc3339.h"

#include <chrono>

namespace roadstead {

namespace {

/// Takes digits and separators off the front of a text.
class Reader
{
public:
    explicit Reader(std::string_view text)
        : m_text(text)
    {
    }

    bool number(int digits, int &value)
    {
        if (m_text.size() < static_cast<std::size_t>(digits)) {
            return false;
        }
        value = 0;
        for (int i = 0; i < digits; ++i) {
            const char c = m_text[static_cast<std::size_t>(i)];
            if (c < '0' || c > '9') {
                return false;
            }
            value = value * 10 + (c - '0');
        }
        m_text.remove_prefix(static_cast<std::size_t>(digits));
        return true;
    }

    bool oneOf(std::string_view choices)
    {
        if (m_text.empty() || choices.find(m_text.front()) == std::string_view::npos) {
            return false;
        }
        m_text.remove_prefix(1);
        return true;
    }

    /// Digits after the decimal point; what is finer than nanoseconds is dropped.
    bool fraction(std::int64_t &nanoseconds)
    {
        std::int64_t scale = 100'000'000;
        int digit = 0;
        bool any = false;
        while (number(1, digit)) {
            nanoseconds += digit * scale;
            scale /= 10;
            any = true;
        }
        return any;
    }

    [[nodiscard]] char front() const { return m_text.empty() ? '\0' : m_text.front(); }
    [[nodiscard]] bool atEnd() const { return m_text.empty(); }

private:
    std::string_view m_text;
};

/// Seconds east of UTC.
std::optional<int> readOffset(Reader &reader)
{
    if (reader.oneOf("Zz")) {
        return 0;
    }
    const bool west = reader.front() == '-';
    int hours = 0;
    int minutes = 0;
    if (!reader.oneOf("+-") || !reader.number(2, hours) || !reader.oneOf(":") ||
        !reader.number(2, minutes) || hours > 23 || minutes > 59) {
        return std::nullopt;
    }
    const int seconds = hours * 3600 + minutes * 60;
    return west ? -seconds : seconds;
}

} // namespace

std::optional<Timestamp> parseRfc3339(std::string_view text)
{
    Reader reader(text);
    int year = 0;
    int month = 0;
    int day = 0;
    int hour = 0;
    int minute = 0;
    int second = 0;
    const bool shaped = reader.number(4, year) && reader.oneOf("-") && reader.number(2, month) &&
                        reader.oneOf("-") && reader.number(2, day) && reader.oneOf("Tt ") &&
                        reader.number(2, hour) && reader.oneOf(":") && reader.number(2, minute) &&
                        reader.oneOf(":") && reader.number(2, second);
    if (!shaped || hour > 23 || minute > 59 || second > 60) {
        return std::nullopt;
    }
    std::int64_t nanoseconds = 0;
    if (reader.oneOf(".") && !reader.fraction(nanoseconds)) {
        return std::nullopt;
    }
    const std::optional<int> offset = readOffset(reader);
    const std::chrono::year_month_day date{std::chrono::year(year),
                                           std::chrono::month(static_cast<unsigned>(month)),
                                           std::chrono::day(static_cast<unsigned>(day))};
    constexpr int firstYear = 1678;
    constexpr int lastYear = 2261;
    if (!offset || !reader.atEnd() || !date.ok() || year < firstYear || year > lastYear) {
        return std::nullopt;
    }
    const std::int64_t days = std::chrono::sys_days(date).time_since_epoch().count();
    const std::int64_t seconds = days * 86'400 + hour * 3600 + minute * 60 + second - *offset;
    return Timestamp{seconds * 1'000'000'000 + nanoseconds};
}

} // namespace roadstead
