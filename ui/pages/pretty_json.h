// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace roadstead::ui {

/// JSON text with one value a line, indented by two. Only white space between tokens changes:
/// order, numbers and strings stay as they came, so it is also safe on text that is not quite JSON.
/// Stops after `maxBytes` with a line "…". Any thread.
std::string prettyJson(std::string_view json, std::size_t maxBytes);

} // namespace roadstead::ui
