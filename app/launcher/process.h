// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/launcher/descriptor.h"
#include "engine/base/result.h"

#include <sys/types.h>

#include <chrono>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace roadstead::launcher {

/// Finds a program in the system's folders (/usr/sbin, /usr/bin, /sbin, /bin), never in PATH.
/// Fails with NotInstalled when it is missing, or with PermissionDenied when the file could have
/// been written or replaced by anyone but root. An absolute name is checked as it is.
Result<std::string> findProgram(const std::string &name);

/// The same for one that has to be at one of these absolute paths; the first counts.
Result<std::string> findProgramAt(std::span<const std::string_view> paths);

/// The same check for a program whose place is known.
Result<std::string> checkProgram(const std::string &path);

struct ToolRun
{
    int exitStatus = -1; ///< -1 when it was ended by a signal or by the deadline
    std::string output;  ///< standard output and standard error, at most 1 MiB
};

struct ToolOptions
{
    std::string input = {};           ///< given on standard input
    std::string namespaceHandle = {}; ///< network namespace to run in, empty = ours
    std::chrono::milliseconds deadline{15000};
};

/// Runs a program to its end with the fixed environment, blocking. Any exit status is a result;
/// fails with NotInstalled or Io when it could not be run at all.
Result<ToolRun> runTool(const std::string &name, std::vector<std::string> arguments,
                        const ToolOptions &options = {});

/// As runTool, but any exit status except 0 is a failure (EngineFailed, code = status).
Result<std::string> requireTool(const std::string &name, std::vector<std::string> arguments,
                                const ToolOptions &options = {});

struct ServiceOptions
{
    std::vector<std::string> command;          ///< absolute program and its arguments
    std::vector<std::string> environment = {}; ///< besides the fixed one, or in its place by name
    int output = -1;                           ///< becomes standard output and standard error
    int listener = -1;                ///< passed as descriptor 3 with LISTEN_FDS and LISTEN_PID
    int status = -1;                  ///< passed as descriptor 3 in its place, without a word
    std::string namespaceHandle = {}; ///< network namespace to run in, empty = ours
    int deathSignal = 0;              ///< sent to it when the launcher dies
    /// Shown to it as the system's folder of certificates (certificates.h), empty = the system's
    /// own. Where that cannot be done it starts without, and says so.
    std::string certificates = {};
};

/// Starts a program that keeps running, in a session of its own. Returns its process id.
Result<pid_t> startService(const ServiceOptions &options);

/// Starts a function of ours in a process of its own, which has no descriptors of ours but the
/// standard ones and ends with the launcher.
Result<pid_t> startChild(const std::function<int()> &body);

/// Enters a network namespace by its handle. Fails with Io.
Result<void> enterNetwork(const std::string &handle);

/// "0" to "255", or "SIGKILL" and the like, from what waitpid told.
std::string describeExit(int waitStatus);

} // namespace roadstead::launcher
