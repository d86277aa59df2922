// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"

#include <string>
#include <string_view>

/// Paths of archive entries, as texts.
namespace roadstead::archive {

/// The path relative to the folder it is unpacked into: no slash at its front or end, no "." and no
/// double slash. Empty is the folder itself. Fails with ErrorKind::MalformedReply for a path with
/// "..", a zero, or more than 4096 bytes or 255 levels.
Result<std::string> insidePath(std::string_view path);

/// All but the last part of an inside path; empty = the folder itself.
std::string folderOf(std::string_view path);
/// The last part.
std::string nameOf(std::string_view path);

/// Whether a symbolic link at the inside path `path` stays inside whatever other links do that stay
/// inside too: it is relative, and ".." stands at its front only, no more often than there are
/// folders above.
bool staysInside(std::string_view path, std::string_view target);

} // namespace roadstead::archive
