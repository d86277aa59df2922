// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

/// Paths as texts, as Go's path/filepath works with them. No file is looked at.
namespace roadstead::build {

/// The shortest form: no "." and no "..", except at the front of a relative path, no double and no
/// final slash. "" is ".".
std::string cleanPath(std::string_view path);

/// All but the last part, in its shortest form; "." when there is nothing before it.
std::string parentPath(std::string_view path);

/// `path` below `folder` unless it is absolute, in its shortest form.
std::string joinedPath(std::string_view folder, std::string_view path);

/// How one gets from the absolute `folder` to the absolute `path`, both in their shortest form.
std::string relativePath(std::string_view folder, std::string_view path);

/// Without white space (Unicode's) at both ends.
std::string_view trimSpace(std::string_view text);

} // namespace roadstead::build
