// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/store/line_record.h"

#include <cstddef>
#include <string_view>

namespace roadstead::store {

/// What a line says of its level, and by which of its bytes.
struct FoundLevel
{
    LineLevel level = LineLevel::None;
    std::size_t begin = 0; ///< of the word with the brackets around it
    std::size_t end = 0;
};

/// Finds the level in the forms that programs use: a word in capitals, "[warn]", "error:",
/// "level=info", "\"level\":\"info\"" and its numbers, "<3>", klog's "E0102 ". Only the beginning
/// of a line is looked at. `line` has no control sequences.
FoundLevel findLevel(std::string_view line);

/// The same for a line as it came.
LineLevel levelOf(std::string_view raw);

} // namespace roadstead::store
