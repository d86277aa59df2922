// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/builds/build_history.h"
#include "ui/theme/tokens.h"

#include <QString>

#include <memory>
#include <string>
#include <string_view>

namespace roadstead::ui {

struct BuildColumn
{
    enum Id { Name, Result, Steps, Time, Platform, Builder, Context, Started, Count };
};

/// The filters of the list of builds; each build is in exactly one besides All.
enum class BuildFilter { All, Built, Failed, Stopped, Running };

/// A build as the list shows it.
struct BuildRow
{
    using Source = BuildRecord;

    explicit BuildRow(const Source &source);
    BuildRow(const Source &source, const BuildRow &before);

    static std::string_view keyOf(const Source &source) { return source.id; }
    [[nodiscard]] std::string_view key() const { return record.id; }
    [[nodiscard]] bool matches(const Source &source) const { return record == source; }
    [[nodiscard]] BuildFilter filter() const;

    BuildRecord record;
    QString haystack{}; ///< folded
};

using BuildRowPointer = std::shared_ptr<const BuildRow>;

[[nodiscard]] StateMark markOf(BuildRecord::Outcome outcome);
[[nodiscard]] QString outcomeText(BuildRecord::Outcome outcome);
/// "9 of 12"; unknown where no step is known.
[[nodiscard]] QString cachedText(const BuildRecord &record);
[[nodiscard]] QString platformsText(const BuildRecord &record); ///< display text
/// The builder, and the engine where that is another one: "default, roadstead".
[[nodiscard]] QString builderText(const BuildRecord &record);
[[nodiscard]] QString buildCellText(const BuildRow &row, int column, const QDateTime &now);
[[nodiscard]] QString buildColumnTitle(int column);

} // namespace roadstead::ui
