// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/build/dockerfile.h"
#include "engine/service/build/build_run.h"
#include "ui/theme/tokens.h"

#include <QHash>
#include <QList>
#include <QString>

#include <cstddef>
#include <optional>
#include <vector>

namespace roadstead::ui {

/// One step as it is drawn. All texts are display text.
struct PictureStep
{
    std::optional<std::size_t>
        step{}; ///< index in the snapshot; none = the builder has not said it
    QString text{};
    QString time{}; ///< "31.4 s", "cached"; empty while it waits
    build::StepState state = build::StepState::Waiting;
    int line = 0; ///< in the Dockerfile; 0 = none
};

/// A stage, or what the builder does besides ("export").
struct PictureCard
{
    QString name{};
    QString note{}; ///< "4 cached", "1 of 3", "waiting"
    int depth = 0;
    std::vector<std::size_t> inputs{}; ///< other cards
    QList<PictureStep> steps{};
    bool isRunning = false;
};

/// A Dockerfile and how far its build is, as both are drawn.
struct BuildPicture
{
    QList<PictureCard> cards{};
    QHash<int, PictureStep> lines{}; ///< by the first line of an instruction
    int done = 0;                    ///< steps, those from the cache among them
    int cached = 0;
    int running = 0;
    int total = 0;
};

/// The mark that stands for a state.
[[nodiscard]] StateMark markOf(build::StepState state);
/// Why there is nothing to read of a step that is in that state.
[[nodiscard]] QString silenceText(build::StepState state);

/// `now` gives steps that run their time. `target`: the stage that was asked for.
[[nodiscard]] BuildPicture pictureOf(const build::Dockerfile &dockerfile, std::string_view target,
                                     const service::BuildSnapshot &snapshot, Timestamp now);

/// What the builder said of the failure, in a sentence that tells how to go on; empty when nothing
/// is known.
[[nodiscard]] QString buildAdvice(std::string_view message);

} // namespace roadstead::ui
