// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace roadstead::build {

/// The patterns of a .dockerignore in their order, each in its shortest form and without a slash at
/// its front; those that begin with "!" take back in what earlier ones left out. Comments ("#" in
/// the first column) and empty lines are left away. Fails with ErrorKind::InvalidArgument for a
/// line of 64 KiB or more, as the reference does.
Result<std::vector<std::string>> parseIgnoreFile(std::string_view text);

} // namespace roadstead::build
