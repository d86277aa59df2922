// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/launcher/descriptor.h"
#include "engine/base/result.h"

#include <sys/types.h>

#include <string>

namespace roadstead::launcher {

/// Makes an absolute folder and those above it, and opens it. Every one made is root's; the last
/// gets exactly this mode and group. Refuses (PermissionDenied) when one on the way is a symbolic
/// link, or is owned or writable by anyone but root, since whoever owns it could swap what is below
/// it. Sticky folders do not occur on our paths.
Result<Descriptor> openRootFolder(const std::string &path, mode_t mode, gid_t group = 0);

/// The same, but the last folder belongs to this user.
Result<Descriptor> openUserFolder(const std::string &path, mode_t mode, uid_t owner, gid_t group);

/// Replaces a file in a folder of root's: temporary file, flush, rename.
Result<void> replaceFile(const std::string &path, const std::string &content, mode_t mode);

/// At most limit bytes of a file. Fails with Io; longer files with InvalidArgument.
Result<std::string> readFile(const std::string &path, std::size_t limit = 65536);

/// The same, but only a regular file of root's that nobody else may write (PermissionDenied).
Result<std::string> readRootFile(const std::string &path, std::size_t limit = 65536);

/// Writes to an existing file of the kernel's (/proc/sys).
Result<void> writeKernelFile(const std::string &path, const std::string &content);

} // namespace roadstead::launcher
