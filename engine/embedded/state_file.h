// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/embedded/embedded_engine.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace roadstead::embedded {

/// What the engine's launcher says of it in /run/roadstead-engine/<uid>/state, one key=value a
/// line. Keys that are not known here are skipped.
struct LauncherState
{
    enum class Phase { Starting, Running, Stopping, Failed };

    Phase phase = Phase::Starting;
    qint64 since = 0; ///< seconds since 1970
    int restarts = 0;
    FailureCause cause = FailureCause::Unknown;
    QString subject;
    Note note = Note::None;
    QString options; ///< the mark of the options that dockerd was given last

    bool operator==(const LauncherState &) const = default;
};

/// Nothing when `text` names no phase that is known: a file cut short is no state.
[[nodiscard]] std::optional<LauncherState> parseState(const QByteArray &text);

/// The cause of an identifier such as "port-taken"; Unknown for any other.
[[nodiscard]] FailureCause causeOf(const QByteArray &identifier);

} // namespace roadstead::embedded
