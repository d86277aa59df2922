// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>

namespace roadstead::test {

/// How long something that must happen within `limit` may take in this build. Sanitizers make
/// everything some three times slower, and share the machine with others: what is kept there is
/// that it happens at all; the figure itself is kept by every other build.
constexpr std::chrono::milliseconds within(std::chrono::milliseconds limit)
{
#if defined(ROADSTEAD_SANITIZED)
    return limit * 10;
#else
    return limit;
#endif
}

/// How many of `full` things to go through in this build: a tenth where a sanitizer watches each.
constexpr int amount(int full)
{
#if defined(ROADSTEAD_SANITIZED)
    return full / 10;
#else
    return full;
#endif
}

} // namespace roadstead::test
