// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/helper/engine_host.h"
#include "app/helper/programs.h"

#include <QByteArray>
#include <QFile>
#include <QScopeGuard>

#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>

namespace roadstead::helper {

using privilege::Outcome;

namespace {

/// A whole small file of root's or of the kernel's, or empty.
QByteArray readOwn(const QByteArray &path)
{
    QFile file(QFile::decodeName(path));
    return file.open(QIODevice::ReadOnly) ? file.read(4096) : QByteArray();
}

/// True when process `pid` is the launcher of this user's engine: our program, and with these
/// arguments. A program replaced by an upgrade is still ours; its link then ends in " (deleted)".
bool isLauncherOf(pid_t pid, uid_t uid)
{
    const QByteArray folder = "/proc/" + QByteArray::number(pid);
    const QString link = QFile::symLinkTarget(QFile::decodeName(folder + "/exe"));
    const QByteArray program = QFile::encodeName(link);
    if (program != launcherPath && program != QByteArray(launcherPath) + " (deleted)") {
        return false;
    }
    const QList<QByteArray> words = readOwn(folder + "/cmdline").split('\0');
    return words.size() >= 3 && words[1] == "run" && words[2] == QByteArray::number(uid);
}

QByteArray folderOf(uid_t uid)
{
    return "/run/roadstead-engine/" + QByteArray::number(uid);
}

/// A descriptor of the running launcher of this user, or -1.
int openLauncher(uid_t uid)
{
    const pid_t pid = readOwn(folderOf(uid) + "/launcher.pid").trimmed().toInt();
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

HostAnswer signalLauncher(uid_t uid, int signal, Outcome whenGone)
{
    const int fd = openLauncher(uid);
    if (fd < 0) {
        return {whenGone, {}};
    }
    const auto closer = qScopeGuard([fd] { ::close(fd); });
    const int code = ::syscall(SYS_pidfd_send_signal, fd, signal, nullptr, 0) == 0 ? 0 : errno;
    return code == 0 ? HostAnswer{Outcome::Accepted, {}}
           : code == ESRCH
               ? HostAnswer{whenGone, {}}
               : HostAnswer{Outcome::Failed, QString::fromLatin1(::strerrorname_np(code))};
}

HostAnswer runLauncher(const char *verb, uid_t uid)
{
    if (!isTrustedProgram(launcherPath)) {
        return {Outcome::NoLauncher, {}};
    }
    const bool isStarted = startDetached(QString::fromLatin1(launcherPath),
                                         {QString::fromLatin1(verb), QString::number(uid)});
    return isStarted ? HostAnswer{Outcome::Accepted, {}}
                     : HostAnswer{Outcome::Failed, QStringLiteral("execve")};
}

class DirectHost : public EngineHost
{
public:
    HostAnswer start(uid_t uid) override
    {
        if (signalLauncher(uid, 0, Outcome::NotRunning).outcome == Outcome::NotRunning) {
            return runLauncher("run", uid);
        }
        // One that is on its way down will not come up again by itself.
        return {isStopping(uid) ? Outcome::Stopping : Outcome::AlreadySo, {}};
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

bool hasLeftovers(uid_t uid)
{
    return ::access((folderOf(uid) + "/state").constData(), F_OK) == 0;
}

bool isStopping(uid_t uid)
{
    return readOwn(folderOf(uid) + "/state").contains("state=stopping\n");
}

std::unique_ptr<EngineHost> directHost()
{
    return std::make_unique<DirectHost>();
}

} // namespace roadstead::helper
