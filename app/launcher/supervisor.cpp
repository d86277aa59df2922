// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/launcher/supervisor.h"

#include "app/launcher/failures.h"
#include "app/launcher/patience.h"
#include "app/launcher/process.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <format>

namespace roadstead::launcher {

namespace {

Result<Descriptor> blockSignals()
{
    sigset_t set;
    sigemptyset(&set);
    for (const int signal : {SIGTERM, SIGINT, SIGHUP, SIGCHLD}) {
        sigaddset(&set, signal);
    }
    sigprocmask(SIG_BLOCK, &set, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
    Descriptor signals(signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC));
    return signals.isOpen() ? Result<Descriptor>(std::move(signals))
                            : ioFailure("launcher.signals", "signalfd");
}

bool accepts(const std::string &path)
{
    const Descriptor socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::ranges::copy(path, address.sun_path);
    return connect(socket.get(), reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0;
}

/// Whether this child of ours has ended; says how.
bool hasEnded(pid_t pid, int &status)
{
    return pid > 0 && waitpid(pid, &status, WNOHANG) == pid;
}

} // namespace

Supervisor::Supervisor(Account account, Paths paths, Notifier notifier, EngineLog log)
    : m_account(std::move(account))
    , m_paths(std::move(paths))
    , m_notifier(std::move(notifier))
    , m_log(std::move(log))
    , m_workplace(m_paths, m_account)
    , m_helpers(m_paths)
{
}

bool Supervisor::run()
{
    publish(EngineState::Phase::Starting);
    if (auto started = open().and_then([this] { return start(); }); !started) {
        m_log.say("error", started.error().operation + ": " + started.error().detail);
        fail(causeFromError(started.error()));
    }
    while (m_step != Step::Over) {
        waitOnce();
    }
    finish();
    return !m_hasFailed;
}

Result<void> Supervisor::open()
{
    auto signals = blockSignals();
    if (!signals) {
        return std::unexpected(signals.error());
    }
    m_signals = std::move(*signals);
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0) {
        return ioFailure("launcher.output", "pipe");
    }
    m_output.reset(ends[0]);
    m_outputInput.reset(ends[1]);
    fcntl(m_output.get(), F_SETFL, O_NONBLOCK);

    auto programs = findEnginePrograms();
    if (!programs) {
        return std::unexpected(programs.error());
    }
    m_programs = std::move(*programs);
    if (!m_programs.portForwarder) {
        m_log.say("warning", "roadstead-port is not installed: published ports stay inside the "
                             "engine's network namespace");
    }
    if (!m_programs.runtime) {
        m_log.say("warning", "roadstead-runtime is not installed: --network host means the "
                             "engine's network");
    }
    m_optionsWatch = watchOptions();
    if (!m_optionsWatch.isOpen()) {
        m_log.say("warning", "options that are set from now on hold from the next start");
    }
    m_rules = watchRules();
    m_routes = watchRoutes();
    return m_workplace.prepare()
        .transform([this](const AddressPlan &plan) { m_plan = plan; })
        .and_then([this] { return EngineSocket::make(m_paths, m_account); })
        .transform([this](EngineSocket socket) { m_socket = std::move(socket); })
        .transform([this] {
            refreshWorkplace();
            m_helpers.start(m_plan, m_programs, m_log);
        });
}

Supervisor::Clock::time_point Supervisor::nextWake() const
{
    return std::min({m_patienceEnd, m_probeAt, m_refreshAt});
}

void Supervisor::waitOnce()
{
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(nextWake() - Clock::now()).count();
    std::array<pollfd, 6> watched{{{m_signals.get(), POLLIN, 0},
                                   {m_output.get(), POLLIN, 0},
                                   {m_rules.get(), POLLIN, 0},
                                   {m_routes.get(), POLLIN, 0},
                                   {m_optionsWatch.get(), POLLIN, 0},
                                   {-1, 0, 0}}};
    if (m_probe) {
        watched[5] = {m_probe->descriptor(), m_probe->events(), 0};
    }
    poll(watched.data(), watched.size(), static_cast<int>(std::clamp<long>(left, 0, 60000)));
    if (watched[1].revents != 0) {
        onOutput();
    }
    for (const std::size_t i : {2U, 3U}) {
        if (watched.at(i).revents != 0) {
            drain(i == 2U ? m_rules : m_routes);
            m_refreshAt = std::min(m_refreshAt, Clock::now() + patience::refreshDelay);
        }
    }
    if (m_probe && watched[5].revents != 0) {
        onProbe();
    }
    if (watched[4].revents != 0) {
        onOptionsWritten();
    }
    if (watched[0].revents != 0) {
        onSignals();
    }
    onClock();
}

void Supervisor::onOutput()
{
    std::array<char, 16384> block{};
    // Bounded, so that a daemon that floods its log cannot keep us from its end.
    for (int i = 0; i < 16; ++i) {
        const ssize_t count = read(m_output.get(), block.data(), block.size());
        if (count <= 0) {
            return;
        }
        m_log.append({block.data(), static_cast<std::size_t>(count)});
    }
}

void Supervisor::onSignals()
{
    signalfd_siginfo info{};
    while (read(m_signals.get(), &info, sizeof info) == sizeof info) {
        switch (info.ssi_signo) {
        case SIGCHLD:
            onChildren();
            break;
        case SIGHUP:
            requestReplacement();
            break;
        default:
            requestStop();
            break;
        }
    }
}

void Supervisor::onChildren()
{
    lookAfterHelpers();
    int status = 0;
    if (hasEnded(m_dockerd, status)) {
        onOutput();
        onDockerdExit(status);
    }
    if (hasEnded(m_containerd, status)) {
        onOutput();
        onContainerdExit(status);
    }
}

void Supervisor::lookAfterHelpers()
{
    if (!m_helpers.look(Clock::now(), m_log)) {
        m_refreshAt = std::min(m_refreshAt, Clock::now() + patience::helperInterval);
    }
}

void Supervisor::onDockerdExit(int status)
{
    m_dockerd = 0;
    if (m_step == Step::Disarming) {
        endRest();
        return;
    }
    if (m_step != Step::WakingDockerd && m_step != Step::Serving) {
        askToEnd();
        goOnWhenEnded();
        return;
    }
    onCrash("dockerd", status);
}

void Supervisor::onContainerdExit(int status)
{
    m_containerd = 0;
    if (m_step == Step::Disarming) {
        endRest();
        return;
    }
    if (m_step == Step::Replacing || m_step == Step::Ending || m_step == Step::Pausing) {
        goOnWhenEnded();
        return;
    }
    onCrash("containerd", status);
}

void Supervisor::onCrash(const std::string &what, int status)
{
    m_state.exit = describeExit(status);
    m_log.say("error", std::format("{} ended by itself: {}", what, m_state.exit));
    const FailureCause cause = causeFromLog(m_log.recent());
    if (!m_hasServed && !mayPass(cause)) {
        fail(cause);
        return;
    }
    const auto pause = m_crashes.crashed(Clock::now());
    if (!pause) {
        fail(cause.identifier == "unknown" ? FailureCause{"crash-loop", {}} : cause);
        return;
    }
    ++m_state.restarts;
    publish(EngineState::Phase::Starting);
    enter(Step::Pausing, *pause);
    askToEnd();
}

void Supervisor::onProbe()
{
    const Probe::Outcome outcome = m_probe->advance();
    if (outcome == Probe::Outcome::Pending) {
        return;
    }
    const bool isAnswered = outcome == Probe::Outcome::Answered;
    const std::string body = m_probe->body();
    m_probe.reset();
    if (m_step == Step::WakingDockerd && isAnswered) {
        serve();
    } else if (m_step == Step::Disarming && isAnswered &&
               body.contains("\"LiveRestoreEnabled\":false")) {
        endRest();
    } else {
        m_probeAt = Clock::now() + patience::probeInterval;
    }
}

void Supervisor::onClock()
{
    const auto now = Clock::now();
    if (now >= m_refreshAt) {
        refreshWorkplace();
    }
    if (now >= m_probeAt) {
        m_probeAt = now + patience::probeInterval;
        if (m_step == Step::WakingContainerd && accepts(m_paths.containerdSocket)) {
            if (auto started = startDockerd(); !started) {
                fail(causeFromError(started.error()));
            }
        } else if (m_step == Step::WakingDockerd) {
            m_probe.emplace(m_socket->inode(), "/_ping");
            m_probeAt = patience::never;
        } else if (m_step == Step::Disarming) {
            m_probe.emplace(m_socket->inode(), "/info");
            m_probeAt = patience::never;
        }
    }
    if (now >= m_patienceEnd) {
        m_patienceEnd = patience::never;
        onPatienceEnd();
    }
}

void Supervisor::onPatienceEnd()
{
    switch (m_step) {
    case Step::WakingContainerd:
    case Step::WakingDockerd:
        fail({"start-timeout", {}});
        break;
    case Step::Pausing:
        if (isAlive()) {
            enter(Step::Replacing, patience::replacement);
        } else if (auto started = start(); !started) {
            fail(causeFromError(started.error()));
        }
        break;
    case Step::Disarming:
        m_log.say("warning", "dockerd did not confirm that it takes its containers along");
        endRest();
        break;
    case Step::Replacing:
    case Step::Ending:
        m_log.say("warning", "dockerd did not end in time and is killed");
        for (const pid_t pid : {m_dockerd, m_containerd}) {
            if (pid > 0) {
                kill(pid, SIGKILL);
            }
        }
        break;
    case Step::Serving:
    case Step::Over:
        break;
    }
}

} // namespace roadstead::launcher
