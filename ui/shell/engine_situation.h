// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/engine_view.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/badge.h"

#include <QString>

#include <optional>

namespace roadstead::ui {

/// What a person needs to know of the engine, from its life and the connection together.
enum class Situation {
    Ready,
    Connecting, ///< it runs, the first list is not here yet
    NotInstalled,
    Stopped,
    Starting,
    Stopping,
    Failed,
    NoAccess,
    NotAnswering,
    Unreachable
};

[[nodiscard]] Situation situationOf(const EngineView &engine);

/// The situation in words and shapes.
struct SituationText
{
    StateMark mark = StateMark::Running;
    QString word;     ///< "Running", for lists and the tray
    QString what;     ///< heading of the state page
    QString why;      ///< one or two sentences; of a Ready engine what it cannot do, mostly empty
    QString iconName; ///< empty = busy arc
    Tone tone = Tone::Neutral;
    QString details; ///< raw lines behind Show details; may be empty
    std::optional<EngineVerb> remedy;
    QString remedyText; ///< label of the primary button; empty = none
    QString remedyIcon;
};

[[nodiscard]] SituationText describeSituation(const EngineView &engine, const QDateTime &now);

/// Whether the pages stay in view, with a banner, because their last lists are still worth seeing.
[[nodiscard]] bool keepsContent(const EngineView &engine);

} // namespace roadstead::ui
