// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/file_descriptor.h"
#include "engine/base/result.h"

#include <string>

#include <sys/types.h>

namespace roadstead::http {

/// Whether a socket of that owner may be spoken to: root's and the caller's own. Anyone else's
/// could be a trap: what is sent to an engine includes credentials.
bool mayTrustOwner(uid_t owner);

/// Whether `path` is absolute and fits into a socket address.
bool isSocketPath(const std::string &path);

/// Connects to the unix stream socket at `path` without waiting. Before and after connecting, the
/// owner is checked: of the file, and of the process that listens (unix(7), SO_PEERCRED), because
/// the file may be replaced in between. Fails with NoSuchSocket, NotASocket, PermissionDenied,
/// ForeignSocket, Refused, NotAnswering (its queue is full), InvalidArgument (path too long or not
/// absolute) or Io; the code is errno.
Result<FileDescriptor> connectUnix(const std::string &path);

} // namespace roadstead::http
