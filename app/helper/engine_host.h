// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/privilege/contract/messages.h"

#include <QString>

#include <sys/types.h>

#include <memory>

namespace roadstead::helper {

/// How a verb ended; `detail` names what said no (an errno or D-Bus error name), made plain later.
struct HostAnswer
{
    privilege::Outcome outcome = privilege::Outcome::Failed;
    QString detail;
};

/// Whoever runs the launcher on this machine. Every call returns within seconds: it sets things
/// going, the engine's own state tells the rest.
class EngineHost
{
public:
    virtual ~EngineHost() = default;

    virtual HostAnswer start(uid_t uid) = 0;   ///< AlreadySo when it runs, Stopping on its way down
    virtual HostAnswer stop(uid_t uid) = 0;    ///< AlreadySo when nothing of it is left
    virtual HostAnswer restart(uid_t uid) = 0; ///< NotRunning when it does not run
};

/// True while something of an engine is left that did not stop as it was told.
[[nodiscard]] bool hasLeftovers(uid_t uid);
/// True when an engine, should it still be there, is being stopped as it was told.
[[nodiscard]] bool isStopping(uid_t uid);
/// Drives roadstead-engine@<uid>.service over systemd's D-Bus (org.freedesktop.systemd1(5)).
[[nodiscard]] std::unique_ptr<EngineHost> systemdHost();
/// Runs the launcher itself, detached, where no systemd does. The launcher is in no way the
/// helper's child: it outlives it, and is found again by its pid file.
[[nodiscard]] std::unique_ptr<EngineHost> directHost();
/// systemd where it is the running init system, ourselves elsewhere.
[[nodiscard]] std::unique_ptr<EngineHost> engineHost();

/// What a verb does once it is allowed, for the engine of `uid`: idempotent, in seconds.
using VerbFunction = HostAnswer (*)(EngineHost &host, uid_t uid, const privilege::Request &request);

HostAnswer startEngine(EngineHost &host, uid_t uid, const privilege::Request &request);
HostAnswer stopEngine(EngineHost &host, uid_t uid, const privilege::Request &request);
HostAnswer restartEngine(EngineHost &host, uid_t uid, const privilege::Request &request);
HostAnswer configureEngine(EngineHost &host, uid_t uid, const privilege::Request &request);

} // namespace roadstead::helper
