// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/formats.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include <array>
#include <cmath>

using namespace Qt::StringLiterals;

namespace roadstead::ui {

namespace {

struct Formats
{
    Q_DECLARE_TR_FUNCTIONS(Formats)
};

/// Three figures at most: "2.1", "41.1", "312"; a round value has no decimals: "8".
QString figures(double value)
{
    const int decimals = value < 10 - 0.05 ? 1 : 0;
    const double rounded = decimals == 1 ? std::round(value * 10) / 10 : std::round(value);
    const bool whole = std::abs(rounded - std::round(rounded)) < 0.01;
    return QLocale().toString(rounded, 'f', whole ? 0 : decimals);
}

template<std::size_t N>
QString sized(std::int64_t bytes, double base, const std::array<QString, N> &units)
{
    if (bytes < 0) {
        return unknownText();
    }
    double value = static_cast<double>(bytes);
    std::size_t unit = 0;
    // 999.5 would round up to four figures.
    while (value >= (unit == 0 ? base : std::min(base, 999.5)) && unit + 1 < N) {
        value /= base;
        ++unit;
    }
    return Formats::tr("%1 %2", "a size: number, unit").arg(figures(value), units[unit]);
}

std::array<QString, 5> memoryUnits()
{
    return {Formats::tr("B"), Formats::tr("KiB"), Formats::tr("MiB"), Formats::tr("GiB"),
            Formats::tr("TiB")};
}

} // namespace

QString unknownText()
{
    return u"\u2013"_s;
}

QString numberText(qint64 value)
{
    return QLocale().toString(value);
}

QString percentText(double percent, int decimals)
{
    if (!std::isfinite(percent)) {
        return unknownText();
    }
    return Formats::tr("%1 %", "a percentage").arg(QLocale().toString(percent, 'f', decimals));
}

QString memorySizeText(std::int64_t bytes)
{
    return sized(bytes, 1024, memoryUnits());
}

QString memoryOfText(std::int64_t bytes, std::int64_t total)
{
    if (bytes < 0 || total <= 0) {
        return memorySizeText(bytes);
    }
    const auto units = memoryUnits();
    double scale = 1;
    std::size_t unit = 0;
    while (static_cast<double>(total) / scale >= 1000 && unit + 1 < units.size()) {
        scale *= 1024;
        ++unit;
    }
    // Never none of it, where there is some.
    const double used = static_cast<double>(bytes) / scale;
    return Formats::tr("%1 / %2 %3", "used / total unit")
        .arg(bytes > 0 && used < 0.1 ? QLocale().toString(std::max(used, 0.01), 'f', 2)
                                     : figures(used),
             figures(static_cast<double>(total) / scale), units[unit]);
}

QString diskSizeText(std::int64_t bytes)
{
    return sized(bytes, 1000,
                 std::array{Formats::tr("B"), Formats::tr("kB"), Formats::tr("MB"),
                            Formats::tr("GB"), Formats::tr("TB")});
}

QString durationText(std::int64_t seconds)
{
    constexpr std::int64_t minute = 60;
    constexpr std::int64_t hour = 60 * minute;
    constexpr std::int64_t day = 24 * hour;
    if (seconds < 0) {
        return unknownText();
    }
    if (seconds < minute) {
        return Formats::tr("%1 s", "seconds").arg(numberText(seconds));
    }
    if (seconds < hour) {
        return Formats::tr("%1 m", "minutes").arg(numberText(seconds / minute));
    }
    if (seconds < day) {
        const QString hours = Formats::tr("%1 h", "hours").arg(numberText(seconds / hour));
        const std::int64_t minutes = seconds % hour / minute;
        return minutes == 0
                   ? hours
                   : Formats::tr("%1 %2", "hours, minutes")
                         .arg(hours, Formats::tr("%1 m", "minutes").arg(numberText(minutes)));
    }
    const std::int64_t days = seconds / day;
    if (days < 14) {
        return Formats::tr("%1 d", "days").arg(numberText(days));
    }
    if (days < 60) {
        return Formats::tr("%1 w", "weeks").arg(numberText(days / 7));
    }
    if (days < 730) {
        return Formats::tr("%1 mo", "months").arg(numberText(days / 30));
    }
    return Formats::tr("%1 y", "years").arg(numberText(days / 365));
}

QString agoText(std::int64_t seconds)
{
    return seconds < 0 ? unknownText() : Formats::tr("%1 ago").arg(durationText(seconds));
}

QString elapsedText(qint64 milliseconds)
{
    if (milliseconds < 0) {
        return unknownText();
    }
    const double seconds = static_cast<double>(milliseconds) / 1000;
    if (seconds < 9.95) {
        return Formats::tr("%1 s", "seconds")
            .arg(QLocale().toString(std::max(seconds, 0.1), 'f', 1));
    }
    const auto whole = static_cast<qint64>(std::lround(seconds));
    if (whole < 60) {
        return Formats::tr("%1 s", "seconds").arg(numberText(whole));
    }
    if (whole < 3600) {
        return Formats::tr("%1 m %2 s", "minutes, seconds")
            .arg(numberText(whole / 60), numberText(whole % 60));
    }
    return durationText(whole);
}

QString momentText(const QDateTime &moment, const QDateTime &now)
{
    if (!moment.isValid()) {
        return unknownText();
    }
    const QDateTime local = moment.toLocalTime();
    const qint64 days = local.date().daysTo(now.toLocalTime().date());
    if (days == 0) {
        return QLocale().toString(local.time(), u"HH:mm"_s);
    }
    if (days == 1) {
        return Formats::tr("Yesterday");
    }
    return QLocale().toString(local.date(), QLocale::ShortFormat);
}

} // namespace roadstead::ui
