// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

/// What the fuzzing programs share: each defines one `fuzz(input)`.
void fuzz(std::string_view input);

/// Ends the run with this input when something that must hold does not.
inline void require(bool holds)
{
    if (!holds) {
        std::abort();
    }
}
