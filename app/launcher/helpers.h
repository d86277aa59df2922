// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/launcher/address_plan.h"
#include "app/launcher/descriptor.h"
#include "app/launcher/engine_log.h"
#include "app/launcher/engine_programs.h"
#include "app/launcher/paths.h"

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace roadstead::launcher {

/// The small processes beside dockerd: the name relay, and a forwarder for each port of the host's
/// loopback that the user lists. They end with the launcher; one that ends before is started again,
/// at most once in five seconds.
class Helpers
{
public:
    using Clock = std::chrono::steady_clock;

    explicit Helpers(Paths paths)
        : m_paths(std::move(paths))
    {
    }

    /// Starts them all; those of an earlier call end first.
    void start(const AddressPlan &plan, const EnginePrograms &programs, EngineLog &log);
    /// Starts again what has ended, and the relay when it has to listen on other addresses now.
    /// False when something is down that must wait for its next start.
    bool look(Clock::time_point now, EngineLog &log);
    /// Ends them.
    void stop();

private:
    struct Started
    {
        pid_t pid = 0;
        Descriptor lastWords; ///< why it ended, if it says so
    };
    using Start = std::function<Result<Started>()>;
    struct Helper
    {
        std::string name;
        Start start;
        Started process;
        Clock::time_point startedAt;
    };

    void add(std::string name, Start start);
    static void end(Helper &helper);
    [[nodiscard]] Result<Started> startRelay() const;
    [[nodiscard]] Result<Started> startForwarder(std::uint16_t port) const;

    Paths m_paths;
    AddressPlan m_plan;
    EnginePrograms m_programs;
    std::vector<std::string> m_loopbackServers;
    std::vector<Helper> m_helpers;
};

} // namespace roadstead::launcher
