// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/launcher/helpers.h"

#include "app/launcher/dns_relay.h"
#include "app/launcher/failures.h"
#include "app/launcher/process.h"
#include "app/launcher/resolv_conf.h"
#include "app/launcher/user_options.h"

#include <fcntl.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <csignal>

namespace roadstead::launcher {

namespace {

constexpr std::chrono::seconds restartInterval{5};

/// What a forwarder that ended had to say: "1" and a sentence; nothing when it was killed.
std::string sentenceOf(const Descriptor &lastWords)
{
    std::array<char, 512> text{};
    const ssize_t count = lastWords.isOpen() ? read(lastWords.get(), text.data(), text.size()) : 0;
    return count > 2 && text[0] == '1'
               ? ", " + std::string(text.data() + 2, static_cast<std::size_t>(count) - 2)
               : std::string();
}

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

void Helpers::add(std::string name, Start start)
{
    m_helpers.push_back({std::move(name), std::move(start), {}, {}});
}

Result<Helpers::Started> Helpers::startRelay() const
{
    DnsRelay::Options options{.namespaceHandle = m_paths.netns,
                              .addresses = m_loopbackServers,
                              .host = {m_plan.hostAddress(), m_plan.hostAddress6()}};
    options.addresses.push_back(m_plan.engineAddress());
    return startChild([&options] { return DnsRelay::runProcess(options); })
        .transform([](pid_t pid) { return Started{pid, {}}; });
}

Result<Helpers::Started> Helpers::startForwarder(std::uint16_t port) const
{
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC | O_NONBLOCK) != 0) {
        return ioFailure("launcher.forwarder", "pipe");
    }
    Descriptor outcome(ends[0]);
    const Descriptor outcomeInput(ends[1]);
    return startService({.command = {*m_programs.portForwarder, "reverse", "-uid", m_paths.uid,
                                     "-proto", "tcp", "-host-port", std::to_string(port)},
                         .status = outcomeInput.get()})
        .transform([&](pid_t pid) { return Started{pid, std::move(outcome)}; });
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
        const pid_t pid = helper.process.pid;
        if (pid > 0 && waitpid(pid, &status, WNOHANG) == pid) {
            log.say("warning", helper.name + " ended: " + describeExit(status) +
                                   sentenceOf(helper.process.lastWords));
            helper.process = {};
        }
        if (helper.process.pid == 0 && now - helper.startedAt >= restartInterval) {
            helper.startedAt = now;
            if (auto started = helper.start(); started) {
                helper.process = std::move(*started);
            } else {
                log.say("error", helper.name + ": " + started.error().detail);
            }
        }
    }
    return std::ranges::all_of(m_helpers,
                               [](const Helper &helper) { return helper.process.pid > 0; });
}

void Helpers::end(Helper &helper)
{
    if (helper.process.pid > 0) {
        kill(helper.process.pid, SIGKILL);
        waitpid(helper.process.pid, nullptr, 0);
        helper.process = {};
    }
}

void Helpers::stop()
{
    std::ranges::for_each(m_helpers, end);
    m_helpers.clear();
}

} // namespace roadstead::launcher
