// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/error.h"

#include <deque>
#include <string>

namespace roadstead::launcher {

/// Why the engine failed, in the words of the state file.
struct FailureCause
{
    /// One of unknown, dockerd-missing, dockerd-too-old, port-taken, bridge-clash,
    /// address-pool-clash, no-cgroups, no-iptables, disk-full, crash-loop, data-root-unusable,
    /// start-timeout.
    std::string identifier = "unknown";
    std::string subject; ///< a program, version, range, port or folder; may be empty

    bool operator==(const FailureCause &) const = default;
};

/// What the last lines of dockerd's log say about its end; "unknown" when they say nothing known.
FailureCause causeFromLog(const std::deque<std::string> &lines);

/// The cause behind a failure of the launcher's own.
FailureCause causeFromError(const Error &error);

/// Whether trying once more by itself can help. It cannot when the same is certain to happen again.
bool mayPass(const FailureCause &cause);

} // namespace roadstead::launcher
