// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"
#include "engine/store/history/stats_sample.h"

#include <QByteArray>
#include <QString>

#include <string>
#include <vector>

namespace roadstead::ui {

struct CsvSeries
{
    std::string container; ///< its name, as it came
    store::StatsPoints points;
};

/// The points as RFC 4180 has it, times in UTC, unknown values empty. A name that a spreadsheet
/// would take for a formula gets an apostrophe in front.
[[nodiscard]] QByteArray statsCsv(const std::vector<CsvSeries> &series);

/// Puts the text into a file, whole or not at all. Blocks. The error holds the system's words.
[[nodiscard]] Result<void> writeWhole(const QString &path, const QByteArray &text);

} // namespace roadstead::ui
