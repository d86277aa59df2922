// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/helper/engine_host.h"

namespace roadstead::helper {

HostAnswer stopEngine(EngineHost &host, uid_t uid)
{
    return host.stop(uid);
}

} // namespace roadstead::helper
