// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"

#include <sys/types.h>

namespace roadstead::port {

/// Gives up root for good: a user id that nobody else has, no groups, no capability, no way to gain
/// any, no core dump, no debugger, and SIGTERM when `parent` ends. Single-threaded programs only.
/// Fails with Io (then the program must end) or, if `parent` is gone already, with Denied.
Result<void> dropPrivileges(pid_t parent);

/// From now on only the system calls that forwarding needs; all others fail with EPERM. Fails with
/// Io. Does nothing on processors that the list was not made for and in sanitizer builds.
Result<void> restrictSystemCalls();

} // namespace roadstead::port
