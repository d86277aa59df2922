// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/launcher/process.h"

#include "app/launcher/certificates.h"
#include "app/launcher/failures.h"

#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdio>
#include <cstdlib>

namespace roadstead::launcher {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t outputLimit = 1U << 20U;

const std::vector<std::string> &fixedEnvironment()
{
    static const std::vector<std::string> variables = {
        "PATH=/usr/sbin:/usr/bin:/sbin:/bin",
        "LC_ALL=C",
        "HOME=/root",
    };
    return variables;
}

std::vector<char *> pointers(std::vector<std::string> &words)
{
    std::vector<char *> result;
    result.reserve(words.size() + 1);
    for (std::string &word : words) {
        result.push_back(word.data());
    }
    result.push_back(nullptr);
    return result;
}

/// Undoes in a child what the launcher set for itself.
void resetSignals()
{
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, nullptr);
    std::signal(SIGPIPE, SIG_DFL);
}

/// Asks to be ended with the launcher; false when the launcher has gone already.
bool endWithLauncher(pid_t launcher, int signal)
{
    return prctl(PR_SET_PDEATHSIG, signal) == 0 && getppid() == launcher;
}

/// The standard descriptors of a child: 0, 1 and 2 from these, nothing else is passed on.
void setStandardDescriptors(int input, int output)
{
    dup2(input, STDIN_FILENO);
    dup2(output, STDOUT_FILENO);
    dup2(output, STDERR_FILENO);
}

bool isRootsOnly(const struct stat &entry)
{
    return entry.st_uid == 0 && (entry.st_mode & 022) == 0;
}

/// Only root can put another file in the place of this one.
bool isInRootsFolders(const std::string &path)
{
    for (std::size_t slash = path.rfind('/'); slash != std::string::npos && slash > 0;
         slash = path.rfind('/', slash - 1)) {
        struct stat entry{};
        if (stat(path.substr(0, slash).c_str(), &entry) != 0 || !isRootsOnly(entry)) {
            return false;
        }
    }
    return true;
}

[[noreturn]] void execute(std::vector<std::string> command, std::vector<std::string> environment)
{
    execve(command.front().c_str(), pointers(command).data(), pointers(environment).data());
    _exit(127);
}

[[noreturn]] void becomeTool(const std::vector<std::string> &command, const ToolOptions &options,
                             int input, int output)
{
    resetSignals();
    setStandardDescriptors(input, output);
    if (!options.namespaceHandle.empty() && !enterNetwork(options.namespaceHandle)) {
        _exit(126);
    }
    execute(command, fixedEnvironment());
}

[[noreturn]] void becomeService(const ServiceOptions &options, pid_t launcher)
{
    resetSignals();
    // What a service gets as a rule. The modes of containers' cgroups come of it: with the
    // launcher's own, the engine's user could not read how much a container uses.
    umask(022);
    setsid();
    if (options.deathSignal != 0 && !endWithLauncher(launcher, options.deathSignal)) {
        _exit(125);
    }
    const int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
    // Above the descriptors that are about to be replaced.
    const int passed = std::max(options.listener, options.status);
    const int third = passed < 0 ? -1 : fcntl(passed, F_DUPFD_CLOEXEC, 10);
    setStandardDescriptors(nothing, options.output < 0 ? nothing : options.output);
    if (!options.namespaceHandle.empty() && !enterNetwork(options.namespaceHandle)) {
        _exit(126);
    }
    if (!options.certificates.empty()) {
        if (const auto shown = showCertificates(options.certificates); !shown) {
            dprintf(STDERR_FILENO, "certificates cannot be shown to dockerd: %s\n",
                    shown.error().detail.c_str());
        }
    }
    std::vector<std::string> environment = options.environment;
    for (const std::string &variable : fixedEnvironment()) {
        const std::string name = variable.substr(0, variable.find('=') + 1);
        if (std::ranges::none_of(environment,
                                 [&](const std::string &own) { return own.starts_with(name); })) {
            environment.push_back(variable);
        }
    }
    if (third >= 0) {
        dup2(third, 3);
    }
    if (options.listener >= 0) {
        environment.emplace_back("LISTEN_FDS=1");
        environment.emplace_back("LISTEN_PID=" + std::to_string(getpid()));
    }
    execute(options.command, environment);
}

/// Feeds input and gathers output until the program closes its end or the deadline passes.
bool converse(Descriptor &input, const Descriptor &output, const ToolOptions &options,
              std::string &gathered)
{
    const auto deadline = Clock::now() + options.deadline;
    std::size_t fed = 0;
    if (options.input.empty()) {
        input.reset();
    }
    std::array<char, 4096> block{};
    while (true) {
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
        std::array<pollfd, 2> watched{
            {{output.get(), POLLIN, 0}, {input.isOpen() ? input.get() : -1, POLLOUT, 0}}};
        if (left <= 0 || poll(watched.data(), watched.size(), static_cast<int>(left)) == 0) {
            return false;
        }
        if (watched[1].revents != 0) {
            const ssize_t count =
                write(input.get(), options.input.data() + fed, options.input.size() - fed);
            fed += count > 0 ? static_cast<std::size_t>(count) : 0;
            if (count < 0 || fed == options.input.size()) {
                input.reset();
            }
        }
        if (watched[0].revents != 0) {
            const ssize_t count = read(output.get(), block.data(), block.size());
            if (count <= 0) {
                return true;
            }
            if (gathered.size() < outputLimit) {
                gathered.append(block.data(), static_cast<std::size_t>(count));
            }
        }
    }
}

} // namespace

Result<std::string> findProgramAt(std::span<const std::string_view> paths)
{
    for (const std::string_view path : paths) {
        auto program = checkProgram(std::string(path));
        if (program || program.error().kind != ErrorKind::NotInstalled) {
            return program;
        }
    }
    const std::string_view name = paths.empty() ? std::string_view() : paths.front();
    return failure(ErrorKind::NotInstalled, "launcher.program",
                   std::string(name.substr(name.rfind('/') + 1)));
}

Result<std::string> checkProgram(const std::string &path)
{
    struct stat info{};
    if (stat(path.c_str(), &info) != 0) {
        return failure(ErrorKind::NotInstalled, "launcher.program", path, errno);
    }
    if (!S_ISREG(info.st_mode) || !isRootsOnly(info) || (info.st_mode & 0111) == 0 ||
        !isInRootsFolders(path)) {
        return failure(ErrorKind::PermissionDenied, "launcher.program",
                       path + " is not a program that only root may change");
    }
    return path;
}

Result<std::string> findProgram(const std::string &name)
{
    if (name.starts_with('/')) {
        return checkProgram(name);
    }
    std::vector<std::string> paths;
    for (const char *folder : {"/usr/sbin/", "/usr/bin/", "/sbin/", "/bin/"}) {
        paths.push_back(folder + name);
    }
    return findProgramAt(std::vector<std::string_view>(paths.begin(), paths.end()));
}

Result<void> enterNetwork(const std::string &handle)
{
    const Descriptor network(open(handle.c_str(), O_RDONLY | O_CLOEXEC));
    if (!network.isOpen() || setns(network.get(), CLONE_NEWNET) != 0) {
        return ioFailure("launcher.namespace", handle);
    }
    return {};
}

Result<ToolRun> runTool(const std::string &name, std::vector<std::string> arguments,
                        const ToolOptions &options)
{
    auto program = findProgram(name);
    if (!program) {
        return std::unexpected(program.error());
    }
    arguments.insert(arguments.begin(), *program);
    std::array<int, 2> in{};
    std::array<int, 2> out{};
    if (pipe2(in.data(), O_CLOEXEC) != 0) {
        return ioFailure("launcher.tool", name);
    }
    Descriptor inRead(in[0]);
    Descriptor inWrite(in[1]);
    if (pipe2(out.data(), O_CLOEXEC) != 0) {
        return ioFailure("launcher.tool", name);
    }
    const Descriptor outRead(out[0]);
    Descriptor outWrite(out[1]);
    const pid_t child = fork();
    if (child < 0) {
        return ioFailure("launcher.tool", name);
    }
    if (child == 0) {
        becomeTool(arguments, options, inRead.get(), outWrite.get());
    }
    inRead.reset();
    outWrite.reset();
    ToolRun result;
    if (!converse(inWrite, outRead, options, result.output)) {
        kill(child, SIGKILL);
    }
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    result.exitStatus = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    return result;
}

Result<std::string> requireTool(const std::string &name, std::vector<std::string> arguments,
                                const ToolOptions &options)
{
    auto run = runTool(name, std::move(arguments), options);
    if (!run) {
        return std::unexpected(run.error());
    }
    if (run->exitStatus != 0) {
        return failure(ErrorKind::EngineFailed, "launcher.tool", name + ": " + run->output,
                       run->exitStatus);
    }
    return std::move(run->output);
}

Result<pid_t> startService(const ServiceOptions &options)
{
    const pid_t launcher = getpid();
    const pid_t child = fork();
    if (child < 0) {
        return ioFailure("launcher.service", options.command.front());
    }
    if (child == 0) {
        becomeService(options, launcher);
    }
    return child;
}

Result<pid_t> startChild(const std::function<int()> &body)
{
    const pid_t launcher = getpid();
    const pid_t child = fork();
    if (child < 0) {
        return ioFailure("launcher.child", "fork");
    }
    if (child == 0) {
        resetSignals();
        // The lock among them: it must end with the launcher, not with this process a moment later.
        close_range(STDERR_FILENO + 1, ~0U, 0);
        _exit(endWithLauncher(launcher, SIGKILL) ? body() : 125);
    }
    return child;
}

std::string describeExit(int waitStatus)
{
    if (WIFEXITED(waitStatus)) {
        return std::to_string(WEXITSTATUS(waitStatus));
    }
    const char *name = sigabbrev_np(WTERMSIG(waitStatus));
    return name != nullptr ? "SIG" + std::string(name) : "signal";
}

} // namespace roadstead::launcher
