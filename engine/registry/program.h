// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

/// Running a small program and reading what it says. Inside engine/registry only.
namespace roadstead::registry {

/// The operation of the errors of a credential helper.
inline constexpr const char *helperOperation = "credentials.helper";

struct ProgramLimits
{
    std::chrono::milliseconds time{30'000};
    std::size_t output = 1024UL * 1024; ///< bytes
};

struct ProgramAnswer
{
    std::string output; ///< standard output
    int exitStatus = 0; ///< 128 + signal when one ended it
};

/// Runs `program` (found in PATH) with one argument, in a process group of its own, `input` on its
/// standard input and its standard error dropped. When a limit is passed the whole group is killed.
/// Blocking. Fails with NotInstalled, NotAnswering, MalformedReply (too much output), Io.
Result<ProgramAnswer> runProgram(const std::string &program, const std::string &argument,
                                 std::string_view input, const ProgramLimits &limits);

} // namespace roadstead::registry
