// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/launcher/helpers.h"

#include "app/launcher/dns_relay.h"
#include "app/launcher/failures.h"
#include "app/launcher/process.h"
#include "app/launcher/resolv_conf.h"
#include "app/launcher/user_options.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <csignal>

namespace roadstead::launcher {

namespace {

constexpr std::chrono::seconds restartInterval{5};
constexpr std::chrono::milliseconds forwarderPatience{2000};

} // namespace

void Helpers::start(const AddressPlan &plan, const EnginePrograms &programs, EngineLog &log)
{
    stop();
    m_plan = plan;
    m_programs = programs;
    m_loopbackServers = loopbackServers(readNameServers());
    add("name relay", [this] { return startRelay(); });
    const auto options = readUserOptions(m_paths.options);
    if (!options) {
        log.say("error", "options not used: " + options.error().detail);
    } else if (m_programs.portForwarder) {
        for (const std::uint16_t port : options->loopbackPorts) {
            add("forwarder of loopback port " + std::to_string(port),
                [this, port] { return startForwarder(port); });
        }
    }
    look(Clock::now(), log);
}

void Helpers::add(std::string name, std::function<Result<pid_t>()> start)
{
    m_helpers.push_back({std::move(name), std::move(start), 0, {}});
}

Result<pid_t> Helpers::startRelay() const
{
    DnsRelay::Options options{.namespaceHandle = m_paths.netns,
                              .addresses = m_loopbackServers,
                              .host = {m_plan.hostAddress(), m_plan.hostAddress6()}};
    options.addresses.push_back(m_plan.engineAddress());
    return startChild([&options] { return DnsRelay::runProcess(options); });
}

Result<pid_t> Helpers::startForwarder(std::uint16_t port) const
{
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0) {
        return ioFailure("launcher.forwarder", "pipe");
    }
    const Descriptor outcome(ends[0]);
    Descriptor outcomeInput(ends[1]);
    auto pid = startService({.command = {*m_programs.portForwarder, "reverse", "-uid", m_paths.uid,
                                         "-proto", "tcp", "-host-port", std::to_string(port)},
                             .status = outcomeInput.get()});
    if (!pid) {
        return pid;
    }
    outcomeInput.reset();
    // "0", or "1" and a sentence; nothing when it died.
    std::array<char, 512> text{};
    pollfd watched{outcome.get(), POLLIN, 0};
    ssize_t count = 0;
    if (poll(&watched, 1, static_cast<int>(forwarderPatience.count())) == 1) {
        count = read(outcome.get(), text.data(), text.size());
    }
    if (count > 0 && text[0] == '0') {
        return pid;
    }
    kill(*pid, SIGKILL);
    waitpid(*pid, nullptr, 0);
    std::string sentence(text.data(), static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
    return failure(ErrorKind::Io, "launcher.forwarder", std::move(sentence));
}

bool Helpers::look(Clock::time_point now, EngineLog &log)
{
    if (auto servers = loopbackServers(readNameServers());
        !m_helpers.empty() && servers != m_loopbackServers) {
        // The relay is the first; it listens on other addresses now.
        m_loopbackServers = std::move(servers);
        end(m_helpers.front());
        m_helpers.front().startedAt = {};
    }
    for (Helper &helper : m_helpers) {
        int status = 0;
        if (helper.pid > 0 && waitpid(helper.pid, &status, WNOHANG) == helper.pid) {
            log.say("warning", helper.name + " ended: " + describeExit(status));
            helper.pid = 0;
        }
        if (helper.pid == 0 && now - helper.startedAt >= restartInterval) {
            helper.startedAt = now;
            if (auto pid = helper.start(); pid) {
                helper.pid = *pid;
            } else {
                log.say("error", helper.name + ": " + pid.error().detail);
            }
        }
    }
    return std::ranges::all_of(m_helpers, [](const Helper &helper) { return helper.pid > 0; });
}

void Helpers::end(Helper &helper)
{
    if (helper.pid > 0) {
        kill(helper.pid, SIGKILL);
        waitpid(helper.pid, nullptr, 0);
        helper.pid = 0;
    }
}

void Helpers::stop()
{
    std::ranges::for_each(m_helpers, end);
    m_helpers.clear();
}

} // namespace roadstead::launcher
