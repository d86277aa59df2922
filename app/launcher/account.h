// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"

#include <sys/types.h>

#include <string>

namespace roadstead::launcher {

/// The person an engine belongs to.
struct Account
{
    uid_t uid = 0;
    gid_t gid = 0; ///< primary group
    std::string name;
};

/// Looks the user id up in the system's accounts. Fails with NotFound when there is none.
Result<Account> findAccount(uid_t uid);

} // namespace roadstead::launcher
