// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/port/privileges.h"

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <string>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <vector>

#if defined(__x86_64__)
#define ROADSTEAD_AUDIT_ARCH AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define ROADSTEAD_AUDIT_ARCH AUDIT_ARCH_AARCH64
#endif

namespace roadstead::port {

#if defined(ROADSTEAD_AUDIT_ARCH) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)

namespace {

/// What forwarding, memory allocation and ending need. No file can be opened, nothing executed, no
/// process signalled.
constexpr unsigned allowed[] = {
    SYS_splice,          SYS_epoll_pwait,  SYS_epoll_ctl,     SYS_accept4,    SYS_connect,
    SYS_recvfrom,        SYS_recvmsg,      SYS_sendto,        SYS_sendmsg,    SYS_read,
    SYS_write,           SYS_close,        SYS_shutdown,      SYS_getsockopt, SYS_setsockopt,
    SYS_pipe2,           SYS_fcntl,        SYS_clock_gettime, SYS_getppid,    SYS_mmap,
    SYS_munmap,          SYS_mremap,       SYS_brk,           SYS_madvise,    SYS_futex,
    SYS_restart_syscall, SYS_rt_sigreturn, SYS_getrandom,     SYS_exit,       SYS_exit_group,
#ifdef SYS_epoll_wait
    SYS_epoll_wait,
#endif
};

constexpr std::uint16_t load = BPF_LD | BPF_W | BPF_ABS;
constexpr std::uint16_t jumpIfEqual = BPF_JMP | BPF_JEQ | BPF_K;
constexpr std::uint16_t decide = BPF_RET | BPF_K;

sock_filter statement(std::uint16_t code, std::uint32_t value)
{
    return {code, 0, 0, value};
}

/// Goes on with the next instruction if equal, skips `otherwise` instructions if not.
sock_filter unlessEqualSkip(std::uint32_t value, std::uint8_t otherwise)
{
    return {jumpIfEqual, 0, otherwise, value};
}

std::vector<sock_filter> program()
{
    constexpr std::uint32_t refuse = SECCOMP_RET_ERRNO | EPERM;
    constexpr std::uint32_t lowHalfOfFirstArgument = offsetof(seccomp_data, args);
    std::vector<sock_filter> code = {
        statement(load, offsetof(seccomp_data, arch)),
        {jumpIfEqual, 1, 0, ROADSTEAD_AUDIT_ARCH},
        statement(decide, refuse),
        statement(load, offsetof(seccomp_data, nr)),
    };
    for (const unsigned call : allowed) {
        code.push_back(unlessEqualSkip(call, 1));
        code.push_back(statement(decide, SECCOMP_RET_ALLOW));
    }
    code.push_back(unlessEqualSkip(SYS_socket, 4));
    code.push_back(statement(load, lowHalfOfFirstArgument));
    code.push_back({jumpIfEqual, 1, 0, AF_INET});
    code.push_back(unlessEqualSkip(AF_INET6, 1));
    code.push_back(statement(decide, SECCOMP_RET_ALLOW));
    code.push_back(statement(decide, refuse));
    return code;
}

} // namespace

Result<void> restrictSystemCalls()
{
    std::vector<sock_filter> code = program();
    const sock_fprog filter = {static_cast<unsigned short>(code.size()), code.data()};
    if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter, 0, 0) != 0) {
        const int error = errno;
        return failure(ErrorKind::Io, "port.drop",
                       std::string("system calls cannot be restricted: ") + std::strerror(error),
                       error);
    }
    return {};
}

#else

Result<void> restrictSystemCalls()
{
    return {};
}

#endif

} // namespace roadstead::port
