// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/file_descriptor.h"
#include "engine/base/result.h"

#include <string>

#include <sys/types.h>

namespace roadstead {

/// Opens `path` relative to the folder `root` as openat(2) does, but nowhere else: no "..", no
/// absolute path, and no symbolic link anywhere on the way or at its end leads out of it, or in it.
/// `flags` and `mode` are those of open(2); O_CLOEXEC and O_NOFOLLOW are added. An empty path and
/// "." are the folder itself. Works with openat2(2), and step by step where the kernel or a sandbox
/// has none. Fails with Io or DiskFull and errno: ELOOP for a link, EXDEV for a path that leads
/// out.
Result<FileDescriptor> openBeneath(int root, const std::string &path, int flags, mode_t mode = 0);

} // namespace roadstead
