// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/launcher/supervisor.h"

#include "app/launcher/engine_command.h"
#include "app/launcher/files.h"
#include "app/launcher/leftovers.h"
#include "app/launcher/patience.h"
#include "app/launcher/process.h"

#include <algorithm>
#include <csignal>
#include <format>

// What the supervisor does; when it does it is in supervisor.cpp.

namespace roadstead::launcher {

using namespace std::chrono_literals;

Result<void> Supervisor::start()
{
    return replaceFile(m_paths.containerdToml, containerdConfig(m_paths), 0644)
        .and_then([this] { return takeOptions(); })
        .and_then([this] { return startContainerd(); });
}

Result<void> Supervisor::startContainerd()
{
    m_log.mark();
    unlink(m_paths.containerdSocket.c_str());
    auto pid = startService({.command = containerdCommand(m_paths, m_programs),
                             .environment = engineEnvironment(m_programs),
                             .output = m_outputInput.get(),
                             .namespaceHandle = m_paths.netns,
                             .deathSignal = SIGTERM});
    if (!pid) {
        return std::unexpected(pid.error());
    }
    m_containerd = *pid;
    enter(Step::WakingContainerd, patience::containerd);
    m_probeAt = Clock::now();
    return {};
}

Result<void> Supervisor::startDockerd()
{
    // dockerd refuses to start when the number in an old file is some process again.
    unlink(m_paths.dockerdPid.c_str());
    auto pid = startService({.command = dockerdCommand(m_paths, m_plan, m_programs),
                             .environment = engineEnvironment(m_programs),
                             .output = m_outputInput.get(),
                             .listener = m_socket->listener(),
                             .namespaceHandle = m_paths.netns,
                             .deathSignal = SIGTERM,
                             .certificates = certificatesToShow()});
    if (!pid) {
        return std::unexpected(pid.error());
    }
    m_dockerd = *pid;
    enter(Step::WakingDockerd, patience::dockerd);
    m_probe.emplace(m_socket->inode(), "/_ping");
    return {};
}

void Supervisor::enter(Step step, std::chrono::milliseconds patience)
{
    m_step = step;
    m_patienceEnd = patience > 0ms ? Clock::now() + patience : patience::never;
    m_probe.reset();
    m_probeAt = patience::never;
}

void Supervisor::serve()
{
    m_hasServed = true;
    enter(Step::Serving, 0ms);
    m_log.say("info", "the engine answers");
    checkCertificates();
    publish(EngineState::Phase::Running);
    if (m_hasNewOptions) {
        applyOptions();
    }
}

void Supervisor::requestStop()
{
    if (m_step == Step::Disarming || m_step == Step::Ending || m_step == Step::Over) {
        return;
    }
    m_log.say("info", "stopping");
    publish(EngineState::Phase::Stopping);
    if (m_step != Step::Serving) {
        endRest();
        return;
    }
    enter(Step::Disarming, patience::disarming);
    const std::string config = dockerdConfig(false, m_options);
    if (auto written = replaceFile(m_paths.dockerdConfig, config, 0644); !written) {
        m_log.say("warning", written.error().detail);
    }
    kill(m_dockerd, SIGHUP);
    m_probeAt = Clock::now() + patience::probeInterval;
}

void Supervisor::requestReplacement()
{
    if (m_step == Step::Disarming || m_step == Step::Ending || m_step == Step::Over) {
        return;
    }
    m_log.say("info", "restarting; containers keep running");
    publish(EngineState::Phase::Starting);
    enter(Step::Replacing, patience::replacement);
    askToEnd();
    goOnWhenEnded();
}

/// What still runs is to end for good.
void Supervisor::endRest()
{
    enter(Step::Ending, patience::ending);
    askToEnd();
    goOnWhenEnded();
}

/// dockerd first; containerd once dockerd needs it no more.
void Supervisor::askToEnd()
{
    if (m_dockerd > 0) {
        kill(m_dockerd, SIGTERM);
    } else if (m_containerd > 0) {
        kill(m_containerd, SIGTERM);
    }
}

void Supervisor::goOnWhenEnded()
{
    if (isAlive()) {
        return;
    }
    if (m_step == Step::Ending) {
        m_step = Step::Over;
        return;
    }
    if (m_step != Step::Replacing) {
        return;
    }
    if (!m_socket->isInPlace()) {
        m_log.say("warning", "the socket was removed, replaced or closed, and is made anew");
        auto socket = EngineSocket::make(m_paths, m_account);
        if (!socket) {
            fail(causeFromError(socket.error()));
            return;
        }
        m_socket = std::move(*socket);
    }
    m_helpers.start(m_plan, m_programs, m_log);
    if (auto started = start(); !started) {
        fail(causeFromError(started.error()));
    }
}

void Supervisor::fail(const FailureCause &cause)
{
    m_hasFailed = true;
    m_state.cause = cause.identifier;
    m_state.subject = cause.subject;
    m_log.say("error", std::format("failed: {} {}", cause.identifier, cause.subject));
    enter(Step::Ending, patience::replacement);
    askToEnd();
    goOnWhenEnded();
}

void Supervisor::finish()
{
    m_helpers.stop();
    if (m_hasFailed && !findShims(m_paths).empty()) {
        // The containers are worth more than tidiness: they go on, with their network, until the
        // engine is started or stopped.
        m_log.say("warning", "containers keep running without the engine");
        removeSocket(m_paths, m_account);
    } else {
        m_workplace.clear(patience::containerGrace);
    }
    if (m_hasFailed) {
        publish(EngineState::Phase::Failed);
    } else {
        unlink(m_paths.state.c_str());
        m_log.say("info", "stopped");
    }
}

void Supervisor::refreshWorkplace()
{
    m_refreshAt = Clock::now() + patience::refreshInterval;
    lookAfterHelpers();
    const auto passage = m_workplace.refresh(m_plan);
    // What we changed ourselves is no news.
    drain(m_rules);
    std::string note;
    if (!passage) {
        m_log.say("error", "the host's network: " + passage.error().detail);
        note = "network-incomplete";
    } else if (!passage->obstacles.empty()) {
        note = "forward-blocked";
    }
    if (m_showsCertificates) {
        keepCertificates(); // the system's may be others by now
    }
    if (note == m_networkNote) {
        return;
    }
    m_networkNote = note;
    if (note == "forward-blocked") {
        std::string names;
        for (const std::string &name : passage->obstacles) {
            names += (names.empty() ? "" : ", ") + name;
        }
        m_log.say("warning", std::format("the host's firewall drops forwarded packets and has no "
                                         "place for an exception (DOCKER-USER, firewalld, ufw): "
                                         "containers cannot reach other machines; see {}",
                                         names));
    }
    tell();
}

/// Brings the state file up to what is so.
void Supervisor::tell()
{
    m_state.note = note();
    if (auto written = writeState(m_paths.state, m_state); !written) {
        m_log.say("error", written.error().detail);
    }
}

void Supervisor::publish(EngineState::Phase phase)
{
    using namespace std::chrono;
    m_state.phase = phase;
    m_state.since = duration_cast<seconds>(system_clock::now().time_since_epoch()).count();
    tell();
    switch (phase) {
    case EngineState::Phase::Starting:
        m_notifier.notify(std::format("{}STATUS=Starting", m_hasServed ? "RELOADING=1\n" : ""));
        break;
    case EngineState::Phase::Running:
        m_notifier.notify("READY=1\nSTATUS=Running");
        break;
    case EngineState::Phase::Stopping:
        m_notifier.notify("STOPPING=1\nSTATUS=Stopping");
        break;
    case EngineState::Phase::Failed:
        m_notifier.notify(std::format("STATUS=Failed: {}", m_state.cause));
        break;
    }
}

} // namespace roadstead::launcher
