// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/helper/engine_host.h"
#include "app/helper/programs.h"

namespace roadstead::helper {

HostAnswer startEngine(EngineHost &host, uid_t uid)
{
    if (!dockerdIsHere()) {
        return {privilege::Outcome::NoDockerd, {}};
    }
    return host.start(uid);
}

} // namespace roadstead::helper
