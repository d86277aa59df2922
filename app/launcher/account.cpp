// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/launcher/account.h"

#include <pwd.h>

#include <array>

namespace roadstead::launcher {

Result<Account> findAccount(uid_t uid)
{
    passwd entry{};
    passwd *found = nullptr;
    std::array<char, 16384> buffer{};
    const int error = getpwuid_r(uid, &entry, buffer.data(), buffer.size(), &found);
    if (found == nullptr) {
        return failure(ErrorKind::NotFound, "launcher.account",
                       "no account has the user id " + std::to_string(uid), error);
    }
    return Account{found->pw_uid, found->pw_gid, found->pw_name};
}

} // namespace roadstead::launcher
