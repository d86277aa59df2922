// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/service/build/kept_build.h"
#include "ui/pages/builds/build_history.h"

#include <QList>
#include <QString>

#include <optional>

namespace roadstead::ui {

/// Something that two builds were asked for differently. All of it display text.
struct OptionDifference
{
    enum class Kind { Argument, Builder, Other };

    QString name{};
    QString before{}; ///< empty = not set
    QString after{};
    Kind kind = Kind::Other;
};

/// A step as it is in one or both of two builds.
struct StepPair
{
    std::optional<service::KeptStep> before{};
    std::optional<service::KeptStep> after{};
    QString reason{}; ///< why it was not taken from the cache again, as far as known

    [[nodiscard]] QString text() const; ///< display text: "build 2/4  RUN make"
    /// Milliseconds that it took more, where what comes from the cache takes none; nothing where
    /// one of them did not run.
    [[nodiscard]] std::optional<qint64> longer() const;
};

/// Two builds side by side, the older one first.
struct BuildComparison
{
    BuildRecord before{};
    BuildRecord after{};
    QList<OptionDifference> options{};
    bool hasSteps = false; ///< of both; else there is nothing to say of steps
    QList<StepPair> steps{};
    /// The first step that was taken from the cache in one and done in the other, as an index; none
    /// where there is none.
    std::optional<qsizetype> firstMiss{};
    QString verdict{}; ///< what can be said in a sentence or two
};

/// `left` and `right` in any order; steps are none where they are not kept.
[[nodiscard]] BuildComparison comparisonOf(const BuildRecord &left,
                                           const std::optional<service::KeptBuild> &leftSteps,
                                           const BuildRecord &right,
                                           const std::optional<service::KeptBuild> &rightSteps);

} // namespace roadstead::ui
