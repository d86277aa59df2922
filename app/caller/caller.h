// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"

#include <span>
#include <string>
#include <string_view>
#include <sys/types.h>

namespace roadstead {

/// The process id of the parent, if the parent is run by root from one of `programs` (absolute
/// paths) and nobody but root can put another program there. Fails with Denied otherwise.
/// A program that a package upgrade has replaced since it started is still recognised.
/// Any thread; reads /proc.
Result<pid_t> checkCaller(std::span<const std::string_view> programs);

/// The parent of a process; 0 if there is none or it cannot be told. Any thread; reads /proc.
pid_t parentOf(pid_t process);

/// Whether `process` is run by root from one of `programs`, as for checkCaller().
bool isRootsProgram(pid_t process, std::span<const std::string_view> programs);

/// Whether `path` (absolute) is a regular file that only root can change, replace or rename: it and
/// every folder above it belong to root and nobody else may write there.
bool isRootsOwnFile(const std::string &path);

/// `name` beside the running program, such as /usr/libexec/roadstead/<name>; empty on failure.
std::string besideThisProgram(std::string_view name);

} // namespace roadstead
