// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/embedded/embedded_engine.h"
#include "ui/text/error_text.h"

namespace roadstead::ui {

/// The state as one word: "Running", "Not answering".
[[nodiscard]] QString engineStateText(embedded::State state);

/// What a running engine cannot do and what to do about it; empty for None.
[[nodiscard]] QString noteText(embedded::Note note);

/// Why the embedded engine failed, and what to do. `rawDetail` holds its last log lines.
[[nodiscard]] Explanation describe(const embedded::Failure &failure);

} // namespace roadstead::ui
