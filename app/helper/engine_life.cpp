// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/helper/engine_host.h"
#include "app/helper/programs.h"

namespace roadstead::helper {

HostAnswer startEngine(EngineHost &host, uid_t uid, const privilege::Request &)
{
    return dockerdIsHere() ? host.start(uid) : HostAnswer{privilege::Outcome::NoDockerd, {}};
}

HostAnswer stopEngine(EngineHost &host, uid_t uid, const privilege::Request &)
{
    return host.stop(uid);
}

HostAnswer restartEngine(EngineHost &host, uid_t uid, const privilege::Request &)
{
    // Without dockerd a restart would only be a stop.
    return dockerdIsHere() ? host.restart(uid) : HostAnswer{privilege::Outcome::NoDockerd, {}};
}

} // namespace roadstead::helper
