// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/helper/engine_host.h"
#include "app/helper/programs.h"

#include <QByteArray>
#include <QScopeGuard>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>

namespace roadstead::helper {

using privilege::Outcome;

namespace {

/// A whole small file of root's, or empty.
QByteArray readOwn(const QByteArray &path)
{
    const int fd = ::open(path.constData(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0) {
        return {};
    }
    const auto closer = qScopeGuard([fd] { ::close(fd); });
    std::array<char, 4096> buffer{};
    const ssize_t length = ::read(fd, buffer.data(), buffer.size());
    return length > 0 ? QByteArray(buffer.data(), length) : QByteArray();
}

/// True when process `pid` is the launcher of this user's engine: our program, and with these
/// arguments. A program replaced by an upgrade is still ours; its link then ends in " (deleted)".
bool isLauncherOf(pid_t pid, uid_t uid)
{
    const QByteArray folder = "/proc/" + QByteArray::number(pid);
    std::array<char, 4096> link{};
    const ssize_t length = ::readlink((folder + "/exe").constData(), link.data(), link.size());
    const QByteArray program(link.data(), length > 0 ? length : 0);
    if (program != launcherPath && program != QByteArray(launcherPath) + " (deleted)") {
        return false;
    }
    const QList<QByteArray> words = readOwn(folder + "/cmdline").split('\0');
    return words.size() >= 3 && words[1] == "run" && words[2] == QByteArray::number(uid);
}

/// A descriptor of the running launcher of this user, or -1.
int openLauncher(uid_t uid)
{
    const QByteArray file = "/run/roadstead-engine/" + QByteArray::number(uid) + "/launcher.pid";
    const pid_t pid = readOwn(file).trimmed().toInt();
    if (pid <= 1) {
        return -1;
    }
    // First the descriptor, then the look: what was looked at is then what gets the signal.
    const int fd = int(::syscall(SYS_pidfd_open, pid, 0));
    if (fd >= 0 && !isLauncherOf(pid, uid)) {
        ::close(fd);
        return -1;
    }
    return fd;
}

HostAnswer failed(int code)
{
    return {Outcome::Failed, QString::fromLatin1(::strerrorname_np(code))};
}

HostAnswer signalLauncher(uid_t uid, int signal, Outcome whenGone)
{
    const int fd = openLauncher(uid);
    if (fd < 0) {
        return {whenGone, {}};
    }
    const auto closer = qScopeGuard([fd] { ::close(fd); });
    if (::syscall(SYS_pidfd_send_signal, fd, signal, nullptr, 0) != 0) {
        return errno == ESRCH ? HostAnswer{whenGone, {}} : failed(errno);
    }
    return {Outcome::Accepted, {}};
}

/// True while something of an engine is left whose launcher was killed.
bool hasLeftovers(uid_t uid)
{
    const QByteArray folder = "/run/roadstead-engine/" + QByteArray::number(uid);
    return ::access((folder + "/state").constData(), F_OK) == 0;
}

HostAnswer runLauncher(const char *verb, uid_t uid)
{
    if (!isTrustedProgram(launcherPath)) {
        return {Outcome::NoLauncher, {}};
    }
    const QByteArray user = QByteArray::number(uid);
    const int code = startDetached({launcherPath, verb, user.constData(), nullptr});
    return code == 0 ? HostAnswer{Outcome::Accepted, {}} : failed(code);
}

class DirectHost : public EngineHost
{
public:
    HostAnswer start(uid_t uid) override
    {
        const int running = openLauncher(uid);
        if (running < 0) {
            return runLauncher("run", uid);
        }
        ::close(running);
        return {Outcome::AlreadySo, {}};
    }

    HostAnswer stop(uid_t uid) override
    {
        const HostAnswer answer = signalLauncher(uid, SIGTERM, Outcome::AlreadySo);
        return answer.outcome == Outcome::AlreadySo && hasLeftovers(uid)
                   ? runLauncher("cleanup", uid)
                   : answer;
    }

    HostAnswer restart(uid_t uid) override
    {
        const HostAnswer answer = signalLauncher(uid, SIGHUP, Outcome::NotRunning);
        // A new launcher takes over what a killed one has left running.
        return answer.outcome == Outcome::NotRunning && hasLeftovers(uid) ? runLauncher("run", uid)
                                                                          : answer;
    }
};

} // namespace

std::unique_ptr<EngineHost> directHost()
{
    return std::make_unique<DirectHost>();
}

} // namespace roadstead::helper
