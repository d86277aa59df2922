// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/launcher/account.h"
#include "app/launcher/address_plan.h"
#include "app/launcher/crash_policy.h"
#include "app/launcher/descriptor.h"
#include "app/launcher/engine_log.h"
#include "app/launcher/engine_programs.h"
#include "app/launcher/engine_socket.h"
#include "app/launcher/failure_cause.h"
#include "app/launcher/helpers.h"
#include "app/launcher/notify.h"
#include "app/launcher/paths.h"
#include "app/launcher/probe.h"
#include "app/launcher/state_file.h"
#include "app/launcher/workplace.h"
#include "engine/base/engine_options.h"

#include <chrono>
#include <optional>
#include <string>

namespace roadstead::launcher {

/// Runs one engine from its start to its end: one thread, one poll loop, every wait with a
/// deadline.
///
/// SIGTERM and SIGINT stop it with its containers; SIGHUP replaces dockerd and containerd while the
/// containers go on. What happens is in the state file, the log and, under systemd, the status.
class Supervisor
{
public:
    Supervisor(Account account, Paths paths, Notifier notifier, EngineLog log);

    /// Returns when the engine has ended. True = it was stopped, false = it failed; the state file
    /// says why.
    bool run();

private:
    using Clock = std::chrono::steady_clock;

    /// What the engine is doing, and what ends it.
    enum class Step {
        WakingContainerd, ///< its socket refuses yet; ended by the first connection
        WakingDockerd,    ///< ended by its first answer
        Serving,          ///< ended by a signal to us or an unexpected exit
        Pausing,          ///< after an unexpected exit; ended by the clock
        Replacing,        ///< both are asked to end and will be started anew; ended by their exits
        Disarming, ///< dockerd is told to take its containers along; ended by its confirmation, or
                   ///< by an exit: at a shutdown everything is asked to end at once
        Ending,    ///< both are asked to end for good; ended by their exits
        Over       ///< nothing runs any more
    };

    Result<void> open();
    Result<void> start();
    Result<void> startContainerd();
    Result<void> startDockerd();
    void enter(Step step, std::chrono::milliseconds patience);

    void waitOnce();
    void onSignals();
    void onChildren();
    void onContainerdExit(int status);
    void onDockerdExit(int status);
    void onCrash(const std::string &what, int status);
    void onOutput();
    void onClock();
    void lookAfterHelpers();
    void onPatienceEnd();
    void onProbe();

    void serve();
    void requestStop();
    void requestReplacement();
    void endRest();
    void askToEnd();
    void goOnWhenEnded();
    void fail(const FailureCause &cause);
    void finish();
    void refreshWorkplace();

    [[nodiscard]] Descriptor watchOptions() const;
    Result<void> takeOptions();
    void onOptionsWritten();
    void applyOptions();
    void keepCertificates();
    [[nodiscard]] std::string certificatesToShow() const;
    void checkCertificates();

    void publish(EngineState::Phase phase);
    void tell();
    [[nodiscard]] std::string note() const;
    [[nodiscard]] Clock::time_point nextWake() const;
    [[nodiscard]] bool isAlive() const { return m_dockerd > 0 || m_containerd > 0; }

    Account m_account;
    Paths m_paths;
    Notifier m_notifier;
    EngineLog m_log;
    Workplace m_workplace;
    Helpers m_helpers;
    CrashPolicy m_crashes;

    EnginePrograms m_programs;
    AddressPlan m_plan;
    std::optional<EngineSocket> m_socket;
    Descriptor m_signals;
    Descriptor m_output;      ///< what dockerd and containerd write, our end
    Descriptor m_outputInput; ///< their end
    Descriptor m_rules;
    Descriptor m_routes;
    Descriptor m_optionsWatch;

    Step m_step = Step::Pausing;
    Clock::time_point m_patienceEnd = Clock::time_point::max();
    Clock::time_point m_probeAt = Clock::time_point::max();
    Clock::time_point m_refreshAt = Clock::time_point::max();
    std::optional<Probe> m_probe;
    pid_t m_containerd = 0;
    pid_t m_dockerd = 0;
    EngineState m_state;
    EngineOptions m_options;          ///< as dockerd was given them last
    bool m_hasNewOptions = false;     ///< others were written since
    bool m_showsCertificates = false; ///< this dockerd sees ours
    std::string m_networkNote;        ///< of the state file, as far as it is of the network
    bool m_hasServed = false;         ///< dockerd has answered at least once
    bool m_hasFailed = false;
};

} // namespace roadstead::launcher
