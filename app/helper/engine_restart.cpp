// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/helper/engine_host.h"
#include "app/helper/programs.h"

namespace roadstead::helper {

HostAnswer restartEngine(EngineHost &host, uid_t uid)
{
    // Without dockerd a restart would only be a stop.
    return dockerdIsHere() ? host.restart(uid) : HostAnswer{privilege::Outcome::NoDockerd, {}};
}

} // namespace roadstead::helper
