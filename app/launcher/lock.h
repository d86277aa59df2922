// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/launcher/descriptor.h"
#include "app/launcher/failures.h"

#include <sys/file.h>

namespace roadstead::launcher {

/// Takes the lock of an open folder, which ends when the folder is closed, thus with the process at
/// the latest. The folder itself stays, so nobody ever waits for a lock on something deleted.

/// Fails with Busy when another process has it.
inline Result<void> tryLock(const Descriptor &folder)
{
    if (flock(folder.get(), LOCK_EX | LOCK_NB) == 0) {
        return {};
    }
    return errno == EWOULDBLOCK
               ? failure(ErrorKind::Busy, "launcher.lock", "another launcher works for this user")
               : ioFailure("launcher.lock", "folder");
}

/// Waits for it.
inline Result<void> lock(const Descriptor &folder)
{
    while (flock(folder.get(), LOCK_EX) != 0) {
        if (errno != EINTR) {
            return ioFailure("launcher.lock", "folder");
        }
    }
    return {};
}

} // namespace roadstead::launcher
