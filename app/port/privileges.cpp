// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/port/privileges.h"

#include <cerrno>
#include <csignal>
#include <cstring>
#include <grp.h>
#include <linux/capability.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace roadstead::port {
namespace {

std::unexpected<Error> cannot(const char *what)
{
    const int code = errno;
    return failure(
        ErrorKind::Io, "port.drop",
        std::string("privileges cannot be given up: ") + what + ": " + std::strerror(code), code);
}

/// An id of this process's own, so that no other forwarder, service or container shares its limits
/// or may signal it: above all ranges that systemd lists as in use for users, services and
/// containers (systemd, "Users, Groups, UIDs and GIDs"), plus the process id. Where the id cannot
/// be had (a user namespace with few ids), the id of nobody.
bool becomeNobody()
{
    constexpr uid_t firstUnused = 1'879'048'192;
    constexpr uid_t nobody = 65'534;
    const uid_t own = firstUnused + static_cast<uid_t>(getpid());
    for (const uid_t id : {own, nobody}) {
        if (setresgid(id, id, id) == 0 && setresuid(id, id, id) == 0) {
            return true;
        }
    }
    return false;
}

bool clearCapabilities()
{
    __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3, .pid = 0};
    __user_cap_data_struct none[2] = {};
    return syscall(SYS_capset, &header, none) == 0;
}

} // namespace

Result<void> dropPrivileges(pid_t parent)
{
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
        return cannot("no_new_privs");
    }
    for (int capability = 0; prctl(PR_CAPBSET_READ, capability, 0, 0, 0) >= 0; ++capability) {
        if (prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) != 0) {
            return cannot("bounding set");
        }
    }
    if (setgroups(0, nullptr) != 0) {
        return cannot("groups");
    }
    if (!becomeNobody()) {
        return cannot("user");
    }
    if (!clearCapabilities()) {
        return cannot("capabilities");
    }
    if (geteuid() == 0 || setuid(0) == 0) {
        errno = EPERM;
        return cannot("root could be regained");
    }
    // After the change of user, which clears the first of these.
    if (prctl(PR_SET_PDEATHSIG, SIGTERM, 0, 0, 0) != 0 || prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0) {
        return cannot("process flags");
    }
    if (getppid() != parent) {
        return failure(ErrorKind::Denied, "port.drop", "the engine has ended");
    }
    return {};
}

} // namespace roadstead::port
