// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

/// Numbers, switches, durations and shares of processors as the docker CLI reads them. All fail
/// with ErrorKind::InvalidArgument; the detail names the word.
namespace roadstead::reference {

/// Decimal, with a sign; nothing else around it.
Result<std::int64_t> parseInteger(std::string_view text);
/// Decimal without a sign, at most `limit`.
Result<std::uint64_t> parseUnsigned(std::string_view text, std::uint64_t limit = UINT64_MAX);
/// What number options take: decimal, 0x, 0o or 0, 0b, with "_" between digits.
Result<std::int64_t> parseAnyBase(std::string_view text);
/// The same without a sign, at most `limit`.
Result<std::uint64_t> parseUnsignedAnyBase(std::string_view text, std::uint64_t limit = UINT64_MAX);

/// 1, t, T, TRUE, true, True, and the opposites.
Result<bool> parseSwitch(std::string_view text);

/// "1h30m", "1.5s", "-2ms", "0". Units ns, us, µs, ms, s, m, h.
Result<std::chrono::nanoseconds> parseDuration(std::string_view text);
/// The shortest text that parseDuration reads back: "1h30m0s", "1.5s", "250ms", "0s".
std::string durationText(std::chrono::nanoseconds duration);

/// Billionths of a processor from "1.5", "1e-3", "3/2". Finer than a billionth is refused, and so
/// is what does not fit.
Result<std::int64_t> parseProcessors(std::string_view text);
/// The decimal text that parseProcessors reads back as the same.
std::string processorsText(std::int64_t billionths);

} // namespace roadstead::reference
