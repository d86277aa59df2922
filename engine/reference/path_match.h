// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"

#include <string_view>

namespace roadstead::reference {

/// Whether the whole of `name` matches `pattern`: "*" is anything without "/", "?" one character
/// but "/", "[a-z]" and "[^a-z]" one of a class, "\\" takes the next character as it is. Characters
/// are those of UTF-8. Fails with ErrorKind::InvalidArgument when the pattern is broken, wherever
/// the name stops to match. Time is at most the product of both lengths.
Result<bool> pathMatch(std::string_view pattern, std::string_view name);

} // namespace roadstead::reference
