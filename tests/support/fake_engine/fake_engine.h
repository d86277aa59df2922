// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/fake_engine/fake_connection.h"
#include "tests/support/fake_engine/fake_fleet.h"

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace roadstead::test {

struct FakeEngineOptions
{
    std::string socketPath{};
    int containers = 0;
    int running = 0;
    int images = 0;
    bool hostile = false;
    std::string apiVersion = "1.45"; ///< what the ping says; empty = nothing
    std::string version = "26.1.5";
    bool upgradesWith200 = false; ///< as engines do that are not asked to switch protocols
};

/// An engine that behaves: see README. Runs on a thread of its own from start() to stop().
/// Functions are thread-safe.
class FakeEngine
{
public:
    explicit FakeEngine(FakeEngineOptions options);
    ~FakeEngine();
    FakeEngine(const FakeEngine &) = delete;
    FakeEngine &operator=(const FakeEngine &) = delete;

    /// Binds the socket and serves. False when that cannot be done (errno). What it holds survives
    /// stop() and start().
    bool start();
    /// Ends every connection at once, as a killed engine does. The socket file stays, unless
    /// `removeSocket`.
    void stop(bool removeSocket = false);
    /// Stops reading and writing without ending anything, as a process under SIGSTOP does.
    void freeze();
    void thaw();

    void addFault(Fault fault);
    void clearFaults();

    /// Runs `change` on what it holds, on its own thread, and waits for it.
    void edit(const std::function<void(FakeFleet &)> &change);
    /// Sets a container's state and tells all who listen, as an action would.
    void act(const std::string &reference, const std::string &action);
    /// `count` start and die events over that time, with the states that follow from them.
    void burst(int count, std::chrono::milliseconds over);
    /// How many events of the burst are still to come. Does not wait for the engine.
    [[nodiscard]] int burstLeft() const;
    /// Ends all event streams without ending the engine.
    void endEventStreams();
    /// Appends to a container's log; followers get it.
    void writeLog(const std::string &reference, const std::string &bytes);
    /// Tells what a container uses to those who read its stats.
    void writeStats(const std::string &reference, int cpuPercent, std::int64_t memoryBytes);

    /// Targets of the requests so far, with their methods: "GET /v1.45/info".
    [[nodiscard]] std::vector<std::string> requests() const;
    [[nodiscard]] int connections() const;
    [[nodiscard]] int eventListeners() const;
    [[nodiscard]] int statsReaders() const;
    /// Bytes queued for clients that do not read.
    [[nodiscard]] std::size_t queuedBytes() const;
    [[nodiscard]] std::uint64_t uploadedBytes() const;
    [[nodiscard]] const std::string &socketPath() const;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace roadstead::test
