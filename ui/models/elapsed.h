// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace roadstead::ui {

/// When something happened, as far as the engine's rounded words tell.
struct Since
{
    std::int64_t epoch = 0;     ///< seconds since the epoch, best guess
    std::int64_t precision = 1; ///< seconds: how coarse the words were; 1 = seen from its start
    bool operator==(const Since &) const = default;
};

/// Reads the duration in a status text ("Up 3 hours (healthy)", "Exited (137) 2 days ago") that was
/// written at `now`. A `before` that the new text does not contradict is kept: it may have been
/// made when the words were still fine-grained. Nothing when the text holds no duration.
std::optional<Since> sinceFromStatus(std::string_view status, std::int64_t now,
                                     const std::optional<Since> &before);

} // namespace roadstead::ui
