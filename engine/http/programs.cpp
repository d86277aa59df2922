// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/http/programs.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <string_view>

#include <fcntl.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace roadstead::http {

namespace {

constexpr std::size_t longestWords = 4096;
constexpr auto patience = std::chrono::seconds(2);

std::string_view nameOf(std::string_view assignment)
{
    return assignment.substr(0, assignment.find('='));
}

/// Our own variables but those that `added` has, then `added`.
std::vector<char *> environmentWith(const std::vector<std::string> &added)
{
    std::vector<char *> all;
    for (char **variable = ::environ; variable != nullptr && *variable != nullptr; ++variable) {
        const std::string_view name = nameOf(*variable);
        if (std::ranges::none_of(
                added, [name](const std::string &other) { return nameOf(other) == name; })) {
            all.push_back(*variable);
        }
    }
    for (const std::string &variable : added) {
        all.push_back(const_cast<char *>(variable.c_str())); // as posix_spawn is declared
    }
    all.push_back(nullptr);
    return all;
}

class Actions
{
public:
    Actions(int socket, int errors)
    {
        ::posix_spawn_file_actions_init(&m_actions);
        ::posix_spawn_file_actions_adddup2(&m_actions, socket, STDIN_FILENO);
        ::posix_spawn_file_actions_adddup2(&m_actions, socket, STDOUT_FILENO);
        ::posix_spawn_file_actions_adddup2(&m_actions, errors, STDERR_FILENO);
        ::posix_spawnattr_init(&m_attributes);
        sigset_t none;
        sigset_t all;
        ::sigemptyset(&none);
        ::sigfillset(&all);
        ::posix_spawnattr_setsigmask(&m_attributes, &none);
        ::posix_spawnattr_setsigdefault(&m_attributes, &all);
        // A session of its own has no terminal: nothing can be asked where nobody sees it.
        ::posix_spawnattr_setflags(&m_attributes, POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK |
                                                      POSIX_SPAWN_SETSIGDEF);
    }
    ~Actions()
    {
        ::posix_spawnattr_destroy(&m_attributes);
        ::posix_spawn_file_actions_destroy(&m_actions);
    }
    Actions(const Actions &) = delete;
    Actions &operator=(const Actions &) = delete;

    int spawn(const Program &program, pid_t &process) const
    {
        std::vector<char *> words;
        for (const std::string &word : program.arguments) {
            words.push_back(const_cast<char *>(word.c_str())); // as posix_spawn is declared
        }
        words.push_back(nullptr);
        const auto environment = environmentWith(program.environment);
        return ::posix_spawnp(&process, words.front(), &m_actions, &m_attributes, words.data(),
                              environment.data());
    }

private:
    posix_spawn_file_actions_t m_actions{};
    posix_spawnattr_t m_attributes{};
};

/// Adds what is in a pipe now, without waiting, as long as there is little of it.
void readAvailable(int pipe, std::string &text)
{
    std::array<char, 512> piece;
    while (text.size() < longestWords) {
        const ssize_t count = ::read(pipe, piece.data(), piece.size());
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count <= 0) {
            break;
        }
        text.append(piece.data(), static_cast<std::size_t>(count));
    }
}

std::unexpected<Error> systemFault(const std::string &what, int error)
{
    return failure(error == ENOENT ? ErrorKind::NotInstalled : ErrorKind::Io, {},
                   what + ": " + std::strerror(error), error);
}

bool hasEnded(pid_t process)
{
    return ::waitpid(process, nullptr, WNOHANG) != 0; // ended, or not ours to wait for
}

} // namespace

Programs::~Programs()
{
    while (!m_running.empty()) {
        close(m_running.begin()->first);
    }
    for (const Ending &ending : m_ending) {
        ::kill(ending.process, SIGKILL);
        while (::waitpid(ending.process, nullptr, 0) < 0 && errno == EINTR) {
        }
    }
}

Result<Programs::Opened> Programs::open(const Program &program)
{
    std::array<int, 2> sockets{};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sockets.data()) != 0) {
        return systemFault(program.arguments.front(), errno);
    }
    FileDescriptor ours(sockets[0]);
    const FileDescriptor theirs(sockets[1]);
    std::array<int, 2> pipe{};
    // Writing never waits: a program that says more than fits is not held up by it.
    if (::pipe2(pipe.data(), O_CLOEXEC | O_NONBLOCK) != 0) {
        return systemFault(program.arguments.front(), errno);
    }
    Running running{.errors = FileDescriptor(pipe[0]), .words = std::make_shared<std::string>()};
    const FileDescriptor errors(pipe[1]);
    const int fault = Actions(theirs.get(), errors.get()).spawn(program, running.process);
    if (fault != 0) {
        return systemFault(program.arguments.front(), fault);
    }
    ::fcntl(ours.get(), F_SETFL, O_NONBLOCK);
    Opened opened{.socket = ours.release(), .words = running.words};
    m_running.insert_or_assign(opened.socket, std::move(running));
    return opened;
}

void Programs::hear(const Words &words)
{
    const auto found = std::ranges::find_if(
        m_running, [&words](const auto &entry) { return entry.second.words == words; });
    if (found != m_running.end()) {
        readAvailable(found->second.errors.get(), *words);
    }
}

void Programs::close(int socket)
{
    const auto found = m_running.find(socket);
    ::close(socket);
    if (found == m_running.end()) {
        return;
    }
    const Running running = std::move(found->second);
    m_running.erase(found);
    readAvailable(running.errors.get(), *running.words);
    if (!hasEnded(running.process)) {
        ::kill(running.process, SIGTERM);
        m_ending.push_back({running.process, std::chrono::steady_clock::now() + patience});
    }
}

std::optional<std::chrono::milliseconds> Programs::tend()
{
    const auto now = std::chrono::steady_clock::now();
    std::erase_if(m_ending, [](const Ending &ending) { return hasEnded(ending.process); });
    for (const Ending &ending : m_ending) {
        if (ending.killAt <= now) {
            ::kill(ending.process, SIGKILL);
        }
    }
    if (m_ending.empty()) {
        return std::nullopt;
    }
    return std::chrono::milliseconds(100);
}

} // namespace roadstead::http
