// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace roadstead::test {

/// A step of the scenario that one engine cannot do. The test fails when it can.
struct Gap
{
    std::string_view engine;
    std::string_view step;
    std::string_view words; ///< what the problem says, so that another one is not taken for it
    const char *reason;
};

/// The gap of that engine in that step; null = it has none.
const Gap *findGap(std::string_view engine, std::string_view step);

} // namespace roadstead::test
