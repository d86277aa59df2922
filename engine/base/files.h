// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"

#include <cstddef>
#include <string>
#include <string_view>

#include <sys/types.h>

/// Small files as wholes. Blocking; any thread. Failures are ErrorKind::Io or DiskFull with errno
/// as their code and the path as their detail.
namespace roadstead {

/// A failure from errno: DiskFull where the disk or the quota is at its end, Io otherwise.
std::unexpected<Error> systemFailure(std::string operation, std::string detail);

/// The bytes of a regular file. EFBIG when it is longer than `longest`, EINVAL when it is a folder,
/// a device or a pipe (which could block for ever).
Result<std::string> readFile(const std::string &path, std::size_t longest);

/// Makes the file new or replaces it: afterwards it is as it was or whole, also after a crash. A
/// symbolic link stays one, what it points to is replaced.
Result<void> replaceFile(const std::string &path, std::string_view bytes, mode_t mode);

/// Makes the missing folders of a path, each with exactly `mode`.
Result<void> makeFolders(const std::string &path, mode_t mode);

} // namespace roadstead
