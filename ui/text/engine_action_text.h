// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/text/error_text.h"

namespace roadstead::ui {

/// Why starting, stopping or restarting the engine did not work, and what to do: `error` as the
/// life of the embedded engine or the administrator actions' client give it. `command` is what does
/// the same in a root shell; may be empty.
[[nodiscard]] Explanation describeEngineAction(const Error &error, const QString &command = {});

/// Puts those words into `explanation` and returns true, when `error` is of such an action and its
/// kind has words of its own there.
bool explainEngineAction(const Error &error, const QString &command, Explanation *explanation);

} // namespace roadstead::ui
