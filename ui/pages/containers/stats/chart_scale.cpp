// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/containers/stats/chart_scale.h"

#include "ui/text/formats.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include <algorithm>
#include <array>
#include <cmath>

namespace roadstead::ui {

namespace {

constexpr int chartSteps = 4;
constexpr double leastPercent = 5; ///< so that idle looks idle
constexpr double leastBytes = 1024;

struct ChartScaleText
{
    Q_DECLARE_TR_FUNCTIONS(ChartScale)
};

/// The first round number that is not below `least`: 1, 2, 2.5 or 5 times a power of ten.
double roundDecimal(double least)
{
    const double power = std::pow(10, std::floor(std::log10(least)));
    for (const double factor : {1.0, 2.0, 2.5, 5.0}) {
        if (factor * power >= least) {
            return factor * power;
        }
    }
    return 10 * power;
}

/// The same for binary units: numbers below 1,024 that people read as round there.
double roundBinary(double least)
{
    for (const double step :
         {1, 2, 4, 5, 8, 10, 16, 20, 32, 40, 50, 64, 80, 100, 128, 160, 200, 256, 320, 400, 512}) {
        if (step >= least) {
            return step;
        }
    }
    return 1024;
}

QString chartNumber(double number)
{
    return QLocale().toString(number, 'g', 6);
}

/// Axis of numbers of `step` units, the unit's `name` at the top.
ChartScale axisOf(double step, double size, const QString &name)
{
    ChartScale scale{.top = chartSteps * step * size, .labels = {}};
    for (int i = 0; i < chartSteps; ++i) {
        scale.labels += chartNumber(i * step);
    }
    scale.labels +=
        ChartScaleText::tr("%1 %2", "number, unit").arg(chartNumber(chartSteps * step), name);
    return scale;
}

template<std::size_t count>
ChartScale byteScale(double most, double base, const std::array<QString, count> &names,
                     double (*round)(double))
{
    const double least = std::max(most, leastBytes) / chartSteps;
    std::size_t unit = 0;
    double size = 1;
    // The unit is that of the top, so that the numbers below it stay short.
    while (least * chartSteps / size >= base && unit + 1 < count) {
        size *= base;
        ++unit;
    }
    const double step = least / size < 1 ? roundDecimal(least / size) : round(least / size);
    return axisOf(step, size, names[unit]);
}

} // namespace

ChartScale chartScale(ChartUnit unit, double most)
{
    if (most < 0) {
        return {.top = 1, .labels = QStringList(chartSteps + 1)};
    }
    switch (unit) {
    case ChartUnit::Percent:
        break;
    case ChartUnit::Memory:
        return byteScale(most, 1024,
                         std::array{ChartScaleText::tr("B"), ChartScaleText::tr("KiB"),
                                    ChartScaleText::tr("MiB"), ChartScaleText::tr("GiB"),
                                    ChartScaleText::tr("TiB")},
                         roundBinary);
    case ChartUnit::Rate:
        return byteScale(most, 1000,
                         std::array{ChartScaleText::tr("B/s"), ChartScaleText::tr("kB/s"),
                                    ChartScaleText::tr("MB/s"), ChartScaleText::tr("GB/s"),
                                    ChartScaleText::tr("TB/s")},
                         roundDecimal);
    }
    return axisOf(roundDecimal(std::max(most, leastPercent) / chartSteps), 1, QStringLiteral("%"));
}

QString chartValueText(ChartUnit unit, double value)
{
    if (value < 0) {
        return unknownText();
    }
    switch (unit) {
    case ChartUnit::Percent:
        return percentText(value);
    case ChartUnit::Memory:
        return memorySizeText(std::llround(value));
    case ChartUnit::Rate:
        break;
    }
    return ChartScaleText::tr("%1/s", "an amount in each second")
        .arg(diskSizeText(std::llround(value)));
}

QString chartTimeText(std::int64_t at, std::int64_t span)
{
    constexpr std::int64_t seconds = 600;
    constexpr std::int64_t days = 2 * 86'400;
    const QDateTime moment = QDateTime::fromSecsSinceEpoch(at);
    if (span >= days) {
        return QLocale().toString(moment, QStringLiteral("ddd HH:mm"));
    }
    return moment.toString(span <= seconds ? QStringLiteral("HH:mm:ss") : QStringLiteral("HH:mm"));
}

} // namespace roadstead::ui
