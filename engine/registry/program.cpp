// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/registry/program.h"

#include "engine/base/file_descriptor.h"
#include "engine/base/files.h"
#include "engine/base/random.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace roadstead::registry {

namespace {

using Clock = std::chrono::steady_clock;

/// The running program. Killed with all it started, and waited for, when it is let go.
class Process
{
public:
    Process() = default;
    Process(const Process &) = delete;
    Process &operator=(const Process &) = delete;
    ~Process()
    {
        if (m_id > 0) {
            ::kill(-m_id, SIGKILL);
            wait();
        }
    }

    Result<void> start(const std::string &program, const std::string &argument)
    {
        std::array<int, 2> in{};
        std::array<int, 2> out{};
        // A socket, because writing to a pipe that nobody reads raises a signal.
        if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, in.data()) != 0) {
            return systemFailure(helperOperation, program);
        }
        m_in.reset(in[0]);
        const FileDescriptor theirIn(in[1]);
        if (::pipe2(out.data(), O_CLOEXEC) != 0) {
            return systemFailure(helperOperation, program);
        }
        m_out.reset(out[0]);
        const FileDescriptor theirOut(out[1]);
        ::fcntl(m_out.get(), F_SETFL, O_NONBLOCK);
        const int code = spawn(program, argument, theirIn.get(), theirOut.get());
        if (code == ENOENT) {
            return failure(ErrorKind::NotInstalled, helperOperation, program, code);
        }
        if (code != 0) {
            errno = code;
            return systemFailure(helperOperation, program);
        }
        m_watch.reset(static_cast<int>(::syscall(SYS_pidfd_open, m_id, 0)));
        return {};
    }

    /// Waits until something can be read or written, or the program ended, at most `time`.
    void poll(bool hasOutput, bool hasInput, std::chrono::milliseconds time) const
    {
        constexpr std::chrono::milliseconds blind{20}; // where the kernel has no pidfd
        std::array<pollfd, 3> watched{{{hasOutput ? m_out.get() : -1, POLLIN, 0},
                                       {hasInput ? m_in.get() : -1, POLLOUT, 0},
                                       {m_watch.get(), POLLIN, 0}}};
        const auto longest = m_watch.isOpen() ? time : std::min(time, blind);
        ::poll(watched.data(), watched.size(), static_cast<int>(longest.count()));
    }

    /// Sends what fits and takes it off `input`; closes when nothing is left.
    void send(std::string_view &input)
    {
        if (!m_in.isOpen()) {
            return;
        }
        const ssize_t sent =
            ::send(m_in.get(), input.data(), input.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent > 0) {
            input.remove_prefix(static_cast<std::size_t>(sent));
        }
        const bool isDeaf = sent < 0 && errno != EAGAIN && errno != EINTR;
        if (input.empty() || isDeaf) {
            input = {};
            m_in.reset();
        }
    }

    /// Reads what is there. False at the end.
    bool receive(std::string &output) const
    {
        std::array<char, 4096> piece{};
        const ssize_t got = ::read(m_out.get(), piece.data(), piece.size());
        if (got > 0) {
            output.append(piece.data(), static_cast<std::size_t>(got));
        }
        return got > 0 || (got < 0 && (errno == EAGAIN || errno == EINTR));
    }

    /// Whether it has ended; its status is then known.
    bool hasEnded()
    {
        siginfo_t info{};
        // Left unreaped: its id must stay its own until its group is killed.
        return m_id <= 0 ||
               (::waitid(P_PID, static_cast<id_t>(m_id), &info, WEXITED | WNOHANG | WNOWAIT) == 0 &&
                info.si_pid == m_id);
    }

    /// Ends what it left behind and gives its exit status.
    int finish()
    {
        ::kill(-m_id, SIGKILL);
        return wait();
    }

private:
    int spawn(const std::string &program, const std::string &argument, int in, int out)
    {
        posix_spawn_file_actions_t actions;
        posix_spawnattr_t attributes;
        ::posix_spawn_file_actions_init(&actions);
        ::posix_spawnattr_init(&attributes);
        ::posix_spawn_file_actions_adddup2(&actions, in, STDIN_FILENO);
        ::posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
        ::posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
        sigset_t none;
        sigset_t all;
        ::sigemptyset(&none);
        ::sigfillset(&all);
        ::posix_spawnattr_setsigmask(&attributes, &none);
        ::posix_spawnattr_setsigdefault(&attributes, &all);
        ::posix_spawnattr_setpgroup(&attributes, 0);
        ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK |
                                                    POSIX_SPAWN_SETSIGDEF);
        std::string name = program;
        std::string word = argument;
        const std::array<char *, 3> arguments{name.data(), word.data(), nullptr};
        const int code = ::posix_spawnp(&m_id, program.c_str(), &actions, &attributes,
                                        arguments.data(), ::environ);
        ::posix_spawnattr_destroy(&attributes);
        ::posix_spawn_file_actions_destroy(&actions);
        m_id = code == 0 ? m_id : -1;
        return code;
    }

    int wait()
    {
        int status = 0;
        while (::waitpid(m_id, &status, 0) < 0 && errno == EINTR) {
        }
        m_id = -1;
        constexpr int signalBase = 128; // as shells say it
        return WIFEXITED(status) ? WEXITSTATUS(status) : signalBase + WTERMSIG(status);
    }

    pid_t m_id = -1;
    FileDescriptor m_in;
    FileDescriptor m_out;
    FileDescriptor m_watch;
};

} // namespace

Result<ProgramAnswer> runProgram(const std::string &program, const std::string &argument,
                                 std::string_view input, const ProgramLimits &limits)
{
    Process process;
    if (auto started = process.start(program, argument); !started) {
        return std::unexpected(started.error());
    }
    const auto deadline = Clock::now() + limits.time;
    ProgramAnswer answer;
    bool isOpen = true;
    while (true) {
        process.send(input);
        // Asked before reading: what it wrote before its end is then there.
        const bool hasEnded = process.hasEnded();
        const std::size_t before = answer.output.size();
        isOpen = isOpen && process.receive(answer.output);
        if (answer.output.size() > limits.output) {
            wipe(answer.output);
            return failure(ErrorKind::MalformedReply, helperOperation,
                           program + ": too much output");
        }
        if (hasEnded && answer.output.size() == before) {
            break;
        }
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now());
        if (left.count() <= 0) {
            wipe(answer.output);
            return failure(ErrorKind::NotAnswering, helperOperation, program);
        }
        if (answer.output.size() == before) {
            process.poll(isOpen, !input.empty(), left);
        }
    }
    answer.exitStatus = process.finish();
    return answer;
}

} // namespace roadstead::registry
