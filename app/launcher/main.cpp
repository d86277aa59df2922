// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/launcher/account.h"
#include "app/launcher/arguments.h"
#include "app/launcher/configure.h"
#include "app/launcher/engine_log.h"
#include "app/launcher/files.h"
#include "app/launcher/lock.h"
#include "app/launcher/notify.h"
#include "app/launcher/paths.h"
#include "app/launcher/supervisor.h"
#include "app/launcher/workplace.h"

#include <sys/resource.h>
#include <sys/stat.h>
#include <sysexits.h>

#include <cstdio>
#include <cstdlib>
#include <format>
#include <string>
#include <string_view>

using namespace roadstead;
using namespace roadstead::launcher;

namespace {

int report(const Error &error, int status)
{
    (void)std::fputs(("roadstead-launcher: " + error.detail + "\n").c_str(), stderr);
    return status;
}

/// The value of a variable that systemd sets, read before the environment is cleared.
std::string fromSystemd(const char *name)
{
    const char *value = std::getenv(name);
    return value != nullptr ? value : "";
}

/// What the unit sets under systemd: limits that dockerd and containers inherit.
void raiseLimits()
{
    constexpr rlim_t files = 1U << 20U;
    const rlimit open{files, files};
    const rlimit processes{RLIM_INFINITY, RLIM_INFINITY};
    // Refused inside some containers; the engine then has what there is.
    (void)setrlimit(RLIMIT_NOFILE, &open);
    (void)setrlimit(RLIMIT_NPROC, &processes);
}

int run(const Account &account, const Paths &paths, const std::string &notifySocket)
{
    raiseLimits();
    auto log = EngineLog::open(paths, account);
    if (!log) {
        return report(log.error(), EX_CANTCREAT);
    }
    if (auto written = replaceFile(paths.launcherPid, std::format("{}\n", getpid()), 0644);
        !written) {
        return report(written.error(), EX_CANTCREAT);
    }
    Supervisor supervisor(account, paths, Notifier(notifySocket), std::move(*log));
    const bool wasStopped = supervisor.run();
    unlink(paths.launcherPid.c_str());
    return wasStopped ? EX_OK : EX_UNAVAILABLE;
}

int cleanUp(const Account &account, const Paths &paths)
{
    Workplace(paths, account).clear(std::chrono::seconds(10));
    unlink(paths.launcherPid.c_str());
    unlink(paths.state.c_str());
    return EX_OK;
}

int configure(const Paths &paths)
{
    const auto done = configureEngine(paths);
    if (done) {
        return EX_OK;
    }
    const ErrorKind kind = done.error().kind;
    return report(done.error(), kind == ErrorKind::InvalidArgument ? EX_DATAERR
                                : kind == ErrorKind::Io            ? EX_CANTCREAT
                                                                   : EX_UNAVAILABLE);
}

/// What systemd runs after the launcher, with the reason in SERVICE_RESULT, systemd.exec(5). A
/// launcher that ended by its own decision has tidied up itself; one that died is started again and
/// takes the running containers over. What is left is one that systemd gave up waiting for.
int settle(const Account &account, const Paths &paths, std::string_view serviceResult)
{
    return serviceResult == "timeout" ? cleanUp(account, paths) : EX_OK;
}

} // namespace

int main(int argc, char **argv)
{
    const std::string notifySocket = fromSystemd("NOTIFY_SOCKET");
    const std::string serviceResult = fromSystemd("SERVICE_RESULT");
    clearenv();
    umask(077);
    if (chdir("/") != 0) {
        return EX_OSERR;
    }
    const auto arguments =
        parseArguments({argv + 1, static_cast<std::size_t>(argc > 0 ? argc - 1 : 0)});
    if (!arguments) {
        return report(arguments.error(), EX_USAGE);
    }
    if (geteuid() != 0) {
        return report({ErrorKind::Denied, 0, "only root can do this", {}}, EX_NOPERM);
    }
    auto account = findAccount(arguments->uid);
    if (!account && (arguments->verb == Verb::Cleanup || arguments->verb == Verb::Settle)) {
        // What is left of someone who has gone must go all the same.
        account = Account{arguments->uid, arguments->uid, {}};
    }
    if (!account) {
        return report(account.error(), EX_NOUSER);
    }
    const Paths paths(account->uid);
    if (arguments->verb == Verb::Configure) {
        return configure(paths);
    }
    const auto folder = openRootFolder(paths.runtime, 0755);
    if (!folder) {
        return report(folder.error(), EX_CANTCREAT);
    }
    if (auto locked = tryLock(*folder); !locked) {
        return report(locked.error(), EX_TEMPFAIL);
    }
    switch (arguments->verb) {
    case Verb::Run:
        return run(*account, paths, notifySocket);
    case Verb::Settle:
        return settle(*account, paths, serviceResult);
    case Verb::Cleanup:
        return cleanUp(*account, paths);
    case Verb::Configure:
        break;
    }
    return EX_SOFTWARE;
}
