// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/launcher/leftovers.h"

#include "app/launcher/files.h"
#include "app/launcher/mounts.h"

#include <poll.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#include <algorithm>
#include <charconv>
#include <csignal>
#include <filesystem>
#include <functional>
#include <set>

namespace roadstead::launcher {

namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

std::vector<pid_t> processes(const std::function<bool(const std::string &)> &accept)
{
    std::vector<pid_t> result;
    std::error_code error;
    for (const auto &entry : std::filesystem::directory_iterator("/proc", error)) {
        const std::string name = entry.path().filename();
        pid_t pid = 0;
        const auto [end, problem] = std::from_chars(name.data(), name.data() + name.size(), pid);
        if (problem == std::errc() && *end == '\0' && pid > 1 && pid != getpid() &&
            accept(entry.path())) {
            result.push_back(pid);
        }
    }
    return result;
}

bool isRoots(const std::string &process)
{
    struct stat info{};
    return stat(process.c_str(), &info) == 0 && info.st_uid == 0;
}

/// The arguments, each with a NUL before and after it.
std::string arguments(const std::string &process)
{
    return '\0' + readFile(process + "/cmdline", 1U << 20U).value_or(std::string());
}

/// The 64 hexadecimal digits that dockerd names containers with.
bool isContainerId(const std::string &name)
{
    return name.size() == 64 && name.find_first_not_of("0123456789abcdef") == std::string::npos;
}

std::set<std::string> containerIds(const Paths &paths)
{
    std::set<std::string> ids;
    std::error_code error;
    for (const auto &entry :
         std::filesystem::directory_iterator(paths.dataRoot + "/containers", error)) {
        if (const std::string name = entry.path().filename(); isContainerId(name)) {
            ids.insert(name);
        }
    }
    return ids;
}

/// Descriptors of processes: unlike their numbers they are never reused.
class Doomed
{
public:
    explicit Doomed(const std::vector<pid_t> &pids)
    {
        for (const pid_t pid : pids) {
            if (Descriptor process(static_cast<int>(syscall(SYS_pidfd_open, pid, 0)));
                process.isOpen()) {
                m_processes.push_back(std::move(process));
            }
        }
    }
    void signal(int number) const
    {
        for (const Descriptor &process : m_processes) {
            syscall(SYS_pidfd_send_signal, process.get(), number, nullptr, 0);
        }
    }
    void waitFor(milliseconds patience)
    {
        const auto deadline = Clock::now() + patience;
        for (const Descriptor &process : m_processes) {
            const auto left = std::chrono::duration_cast<milliseconds>(deadline - Clock::now());
            pollfd watched{process.get(), POLLIN, 0};
            poll(&watched, 1, static_cast<int>(std::max<long>(left.count(), 0)));
        }
    }

private:
    std::vector<Descriptor> m_processes;
};

std::vector<std::string> supervisorMarks(const Paths &paths)
{
    return {'\0' + ("--pidfile=" + paths.dockerdPid) + '\0', '\0' + paths.containerdToml + '\0'};
}

/// A process of root's with one of these in its arguments.
bool isMarked(const std::string &process, const std::vector<std::string> &marks)
{
    if (!isRoots(process)) {
        return false;
    }
    const std::string words = arguments(process);
    return std::ranges::any_of(marks,
                               [&](const std::string &mark) { return words.contains(mark); });
}

} // namespace

std::vector<pid_t> findDaemons(const Paths &paths)
{
    // Complete arguments or beginnings of them: 1001 must not match 10010.
    std::vector<std::string> marks = supervisorMarks(paths);
    marks.push_back('\0' + paths.containerdSocket + '\0');
    marks.push_back('\0' + paths.execRoot + "/");
    marks.push_back("=" + paths.execRoot + "/");
    struct stat network{};
    const bool hasNetwork = stat(paths.netns.c_str(), &network) == 0;
    return processes([&](const std::string &process) {
        // Forwarders have user ids of their own.
        struct stat own{};
        const bool isInside = hasNetwork && stat((process + "/ns/net").c_str(), &own) == 0 &&
                              own.st_dev == network.st_dev && own.st_ino == network.st_ino;
        return isInside || isMarked(process, marks);
    });
}

void endSupervisors(const Paths &paths)
{
    constexpr milliseconds patience{20000};
    const std::vector<std::string> marks = supervisorMarks(paths);
    Doomed supervisors(
        processes([&](const std::string &process) { return isMarked(process, marks); }));
    supervisors.signal(SIGTERM);
    supervisors.waitFor(patience);
    supervisors.signal(SIGKILL);
    supervisors.waitFor(patience);
}

std::vector<pid_t> findShims(const Paths &paths)
{
    const std::string mark = '\0' + paths.containerdSocket + '\0';
    return processes([&](const std::string &process) {
        const std::string words = arguments(process);
        return isRoots(process) && words.contains("containerd-shim") && words.contains(mark);
    });
}

std::vector<pid_t> findContained(const Paths &paths)
{
    const std::set<std::string> ids = containerIds(paths);
    if (ids.empty()) {
        return {};
    }
    return processes([&](const std::string &process) {
        const std::string groups = readFile(process + "/cgroup").value_or(std::string());
        return std::ranges::any_of(ids, [&](const std::string &id) { return groups.contains(id); });
    });
}

void endLeftovers(const Paths &paths, milliseconds grace)
{
    constexpr milliseconds patience{5000};
    // The daemons first, so that nothing starts again what is ended below.
    std::vector<pid_t> supervisors = findDaemons(paths);
    const std::vector<pid_t> shims = findShims(paths);
    std::erase_if(supervisors, [&](pid_t pid) { return std::ranges::contains(shims, pid); });
    Doomed first(supervisors);
    first.signal(SIGKILL);
    first.waitFor(patience);
    if (grace > milliseconds::zero()) {
        Doomed contained(findContained(paths));
        contained.signal(SIGTERM);
        contained.waitFor(grace);
    }
    Doomed contained(findContained(paths));
    contained.signal(SIGKILL);
    contained.waitFor(patience);
    Doomed daemons(findDaemons(paths));
    daemons.signal(SIGKILL);
    daemons.waitFor(patience);
}

void removeMounts(const Paths &paths)
{
    const std::vector<Mount> mounts = readMounts();
    for (const std::string &folder : {paths.execRoot, paths.dataRoot}) {
        for (const std::string &point : mountsBeneath(mounts, folder)) {
            umount2(point.c_str(), MNT_DETACH | UMOUNT_NOFOLLOW);
        }
    }
    for (const std::string &folder : {paths.execRoot, paths.dataRoot}) {
        if (isBoundOntoItself(mounts, folder)) {
            umount2(folder.c_str(), MNT_DETACH | UMOUNT_NOFOLLOW);
        }
    }
    // Deleting through a mount would delete what is mounted.
    if (mountsBeneath(readMounts(), paths.execRoot).empty()) {
        std::error_code error;
        std::filesystem::remove_all(paths.execRoot, error);
    }
}

} // namespace roadstead::launcher
