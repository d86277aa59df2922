// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <cstdint>

class QDateTime;

/// Numbers as people read them, in the locale's digits and separators. Thread-safe.
namespace roadstead::ui {

/// What stands for unknown or not applicable: an en dash.
[[nodiscard]] QString unknownText();

[[nodiscard]] QString numberText(qint64 value); ///< "1,204"

/// "13.8 %": one decimal, as docker stats counts. Not a number: unknown.
[[nodiscard]] QString percentText(double percent, int decimals = 1);

/// Memory in powers of 1024: "412 MiB", "1.1 GiB". Negative: unknown.
[[nodiscard]] QString memorySizeText(std::int64_t bytes);
/// "3.1 / 8 GiB": both in the unit of the total.
[[nodiscard]] QString memoryOfText(std::int64_t bytes, std::int64_t total);
/// Disk in powers of 1000: "318 MB", "2.1 GB". Negative: unknown.
[[nodiscard]] QString diskSizeText(std::int64_t bytes);

/// The two largest parts of a length of time: "8 s", "41 m", "3 h 12 m", "6 d". Days stand alone,
/// and from 14 days on weeks, from 60 months, from 730 years.
[[nodiscard]] QString durationText(std::int64_t seconds);
[[nodiscard]] QString agoText(std::int64_t seconds); ///< "2 d ago"
/// How long something took: "0.1 s", "41 s", "2 m 10 s".
[[nodiscard]] QString elapsedText(qint64 milliseconds);

/// "14:20" today, "Yesterday", else the short date.
[[nodiscard]] QString momentText(const QDateTime &moment, const QDateTime &now);

} // namespace roadstead::ui
