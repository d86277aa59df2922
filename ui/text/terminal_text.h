// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <cstddef>
#include <string_view>

namespace roadstead::ui {

/// What a program wrote to its terminal or log, as plain text to show: colours, cursor moves,
/// titles and other control sequences are left out, a line that was written over (carriage return)
/// shows what was written last, everything else is as displayBlock() has it. Longer than
/// `maxBytes`: its end, from a line's start, after a line "…". Thread-safe.
[[nodiscard]] QString terminalText(std::string_view hostile, std::size_t maxBytes = 16384);

} // namespace roadstead::ui
