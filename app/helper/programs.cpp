// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/helper/programs.h"

#include "engine/base/engine_paths.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>

namespace roadstead::helper {

namespace {

rlimit inheritedMemory{RLIM_INFINITY, RLIM_INFINITY};

[[noreturn]] void report(int fd, int code)
{
    [[maybe_unused]] const ssize_t written = ::write(fd, &code, sizeof code);
    ::_exit(127);
}

/// In the new process: only calls that signal-safety(7) allows, since the helper has threads.
[[noreturn]] void become(const std::array<const char *, 4> &arguments, int reportFd)
{
    if (::setsid() < 0) {
        report(reportFd, errno);
    }
    // Forked again, so that the session's leader is gone and init takes the program over.
    const pid_t second = ::fork();
    if (second != 0) {
        second < 0 ? report(reportFd, errno) : ::_exit(0);
    }
    for (int number = 1; number < NSIG; ++number) {
        ::signal(number, SIG_DFL);
    }
    sigset_t none;
    ::sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    const int null = ::open("/dev/null", O_RDWR);
    if (null < 0 || ::dup2(null, 0) < 0 || ::dup2(null, 1) < 0 || ::dup2(null, 2) < 0 ||
        ::dup3(reportFd, 3, O_CLOEXEC) < 0 || ::close_range(4, ~0U, 0) != 0) {
        report(reportFd, errno);
    }
    ::setrlimit(RLIMIT_DATA, &inheritedMemory);
    ::umask(022); // what systemd gives it too; the launcher says the mode of each file itself
    ::execve(arguments[0], const_cast<char *const *>(arguments.data()),
             const_cast<char *const *>(environment.data()));
    report(3, errno);
}

} // namespace

void rebuildEnvironment()
{
    ::clearenv();
    for (const char *entry : environment) {
        if (entry != nullptr) {
            ::putenv(const_cast<char *>(entry)); // putenv(3) keeps the pointer and never writes
        }
    }
    ::umask(077);
    ::getrlimit(RLIMIT_DATA, &inheritedMemory);
    const rlimit small{256U << 20U, inheritedMemory.rlim_max};
    ::setrlimit(RLIMIT_DATA, &small);
    if (::chdir("/") != 0) {
        ::_exit(1);
    }
}

bool isTrustedProgram(const char *path)
{
    struct stat status{};
    return ::stat(path, &status) == 0 && S_ISREG(status.st_mode) && status.st_uid == 0 &&
           (status.st_mode & (S_IWGRP | S_IWOTH)) == 0 && (status.st_mode & S_IXUSR) != 0;
}

bool dockerdIsHere()
{
    return std::ranges::any_of(dockerdPaths,
                               [](std::string_view path) { return isTrustedProgram(path.data()); });
}

int startDetached(const std::array<const char *, 4> &arguments)
{
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
        return errno;
    }
    // Kept clear of the number that the new process gives it.
    const int writeEnd = ::fcntl(ends[1], F_DUPFD_CLOEXEC, 10);
    ::close(ends[1]);
    const pid_t first = writeEnd < 0 ? -1 : ::fork();
    if (first == 0) {
        become(arguments, writeEnd);
    }
    int code = first < 0 ? errno : 0;
    if (writeEnd >= 0) {
        ::close(writeEnd);
    }
    if (first > 0) {
        while (::waitpid(first, nullptr, 0) < 0 && errno == EINTR) {
        }
        // Nothing but the end of file comes when execve(2) has worked.
        while (::read(ends[0], &code, sizeof code) < 0 && errno == EINTR) {
        }
    }
    ::close(ends[0]);
    return code;
}

} // namespace roadstead::helper
