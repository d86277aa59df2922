// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

/// Sizes and durations in the field's own forms, character for character as the docker CLI reads
/// and writes them. English by nature: ui/text decides where they are shown.
namespace roadstead {

/// "1.23MB": powers of 1000, four significant digits (images, network and block I/O).
std::string decimalSize(double bytes);
/// The same with `digits` significant digits.
std::string decimalSize(double bytes, int digits);

/// "1.5GiB": powers of 1024, four significant digits (memory).
std::string binarySize(double bytes);

/// Bytes from "32.5 kB", "1g": a decimal number and a suffix of powers of 1000.
/// Fails with ErrorKind::InvalidArgument. Like the CLI, a number beyond 64 bits yields the smallest
/// value, which is negative and refused by every engine: a form must check for it.
Result<std::int64_t> parseDecimalSize(std::string_view text);

/// Bytes from "512m", "1GiB": the same with powers of 1024 (memory limits).
Result<std::int64_t> parseBinarySize(std::string_view text);

/// "512m", "1g", "1000", "-1": the shortest text that parseBinarySize reads back as the same.
std::string exactBinarySize(std::int64_t bytes);

/// "About a minute", "3 hours", "2 weeks": rounded the way the CLI does. Less than a second, and
/// anything negative, is "Less than a second".
std::string durationWords(std::chrono::nanoseconds duration);

} // namespace roadstead
