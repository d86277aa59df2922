// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

namespace roadstead::docker {

/// One line of a progress stream (load, pull, push, build).
struct Progress
{
    std::string id;     ///< layer, or empty
    std::string status; ///< or the text of "stream"
    std::int64_t current = 0;
    std::int64_t total = 0;
};

} // namespace roadstead::docker
