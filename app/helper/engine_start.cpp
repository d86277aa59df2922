// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/helper/engine_host.h"
#include "app/helper/programs.h"

namespace roadstead::helper {

HostAnswer startEngine(EngineHost &host, uid_t uid)
{
    return dockerdIsHere() ? host.start(uid) : HostAnswer{privilege::Outcome::NoDockerd, {}};
}

} // namespace roadstead::helper
