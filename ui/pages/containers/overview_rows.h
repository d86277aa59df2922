// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/card_rows.h"
#include "ui/pages/containers/details_text.h"

#include <QString>

class QHBoxLayout;
class QWidget;

/// The lines that the cards of the Overview tab are made of. All texts are display texts.
namespace roadstead::ui {

/// A caption above a value, for a place beside others of its kind.
[[nodiscard]] QWidget *factCell(const QString &caption, const QString &value,
                                const QString &tip = {});
/// A second line of a row, indented so far.
[[nodiscard]] QHBoxLayout *addSecondLine(QWidget *row, int indent = 0);
/// Who can reach a port, as a badge at the start of a cell `width` wide.
[[nodiscard]] QWidget *exposureCell(Exposure exposure, int width);
/// Below the strip of checks: the time of the first one, the count, and that it ends now.
[[nodiscard]] QWidget *stripCaption(const QString &first, const QString &count);
/// One health check: outcome, time, how long it took, what it printed.
[[nodiscard]] QWidget *healthRow(bool passed, const QString &time, const QString &took,
                                 const QString &output);
/// How health is checked: the command, to be copied, and its times.
[[nodiscard]] QWidget *healthCheckRow(const docker::HealthOptions &check);

} // namespace roadstead::ui
