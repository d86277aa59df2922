// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/container_row.h"

#include <QString>
#include <QVariant>

namespace roadstead::ui {

/// The words for a container's row. Unknown or not applicable is an en dash. Everything returned is
/// safe to draw as plain text.

QString containerStateText(const ContainerRow &row);  ///< "Running", "Exited (137)", "Stopping"
QString containerPortsText(const ContainerRow &row);  ///< "8080 8443"
QString containerCpuText(const ContainerRow &row);    ///< "13.8 %"
QString containerMemoryText(const ContainerRow &row); ///< "412 MiB"
/// Age of the present state as exactly as it is known: "3 h 12 m", "2 d ago". `now` in seconds.
QString containerAgeText(const ContainerRow &row, std::int64_t now);
/// When the present state began, in full: "Since Wednesday, 25 November 2026 14:02:11"; "About …"
/// when only the engine's rounded words tell.
QString containerSinceText(const ContainerRow &row);
/// A whole row in one sentence: "shopfront-api-1, running, CPU 13.8 percent, memory 412 of 512
/// mebibytes".
QString containerSentence(const ContainerRow &row);

/// durationText() without the parts that are smaller than `precision` seconds.
QString ageText(std::int64_t seconds, std::int64_t precision);

QString containerColumnTitle(int column);
/// What a model answers for a cell: text for DisplayRole, the sentence for accessibility in the
/// name's column, alignment of numbers.
QVariant containerCellData(const ContainerRow &row, int column, int role, std::int64_t now);

} // namespace roadstead::ui
