// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/error.h"

#include <string>

namespace roadstead::test {

/// What the engine said, with its status.
inline std::string words(const Error &error)
{
    return std::to_string(error.code) + " " + error.detail;
}

} // namespace roadstead::test

/// Leaves a step of the scenario with the condition that does not hold.
#define STEP_VERIFY(...)                                                                           \
    do {                                                                                           \
        if (!(__VA_ARGS__)) {                                                                      \
            return "not so: " #__VA_ARGS__;                                                        \
        }                                                                                          \
    } while (false)

/// The same, with a text that says what there is instead.
#define STEP_VERIFY2(condition, text)                                                              \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            return std::string("not so: " #condition ": ") + (text);                               \
        }                                                                                          \
    } while (false)

/// Leaves it with what the engine said, unless the result has a value. Evaluates it once.
#define STEP_RESULT(...)                                                                           \
    do {                                                                                           \
        if (const auto &verified = (__VA_ARGS__); !verified) {                                     \
            return roadstead::test::words(verified.error()) + " (" #__VA_ARGS__ ")";               \
        }                                                                                          \
    } while (false)
