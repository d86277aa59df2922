// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"

#include <cstdint>
#include <string>

namespace roadstead::launcher {

/// What the launcher tells everyone about the engine, in the file "state" of the runtime folder:
/// one key=value a line, replaced as a whole. No file means: stopped. Keys are added over time, so
/// a reader skips those it does not know.
struct EngineState
{
    enum class Phase { Starting, Running, Stopping, Failed };

    Phase phase = Phase::Starting; ///< state=starting|running|stopping|failed
    std::int64_t since = 0;        ///< since=, when the phase began, seconds since 1970
    std::string exit;              ///< exit=, how dockerd last ended by itself: "1", "SIGKILL"
    int restarts = 0;              ///< restarts=, how often it was started again after that
    std::string cause;             ///< cause=, why it failed: an identifier of failure_cause.h
    std::string subject; ///< subject=, what the cause speaks of: a port, a range, a version
    /// note=, what an engine that runs cannot do: "forward-blocked" (containers cannot reach other
    /// machines), "network-incomplete", "certificates-hidden" (dockerd cannot be shown them)
    std::string note;
    std::string options; ///< options=, the mark of the options that dockerd was given last

    [[nodiscard]] std::string serialize() const;
};

Result<void> writeState(const std::string &path, const EngineState &state);

} // namespace roadstead::launcher
