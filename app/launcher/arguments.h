// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"

#include <sys/types.h>

#include <span>

namespace roadstead::launcher {

/// What the launcher can be asked to do.
enum class Verb {
    Run,      ///< supervise this user's engine in the foreground until it is stopped
    Cleanup,  ///< end and remove whatever an engine of this user left behind; idempotent
    Settle,   ///< what systemd runs after the launcher: Cleanup if systemd had to kill it
    Configure ///< replace the options of this user's engine by those on standard input
};

struct Arguments
{
    Verb verb = Verb::Cleanup;
    uid_t uid = 0;
};

/// Reads "VERB UID". UID is decimal without sign, spaces or leading zeros, and neither 0 (root's
/// engine is the system's) nor one of the reserved values 65535 and 4294967295. Nothing else is
/// accepted. Fails with InvalidArgument.
Result<Arguments> parseArguments(std::span<const char *const> words);

} // namespace roadstead::launcher
