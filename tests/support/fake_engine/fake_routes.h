// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/fake_engine/fake_engine.h"
#include "tests/support/fake_engine/fake_objects.h"
#include "tests/support/fake_engine/fake_processes.h"

#include <atomic>
#include <cstdint>
#include <list>
#include <string>
#include <vector>

namespace roadstead::test {

/// What the fake engine answers. Runs on its thread only.
class FakeRoutes
{
public:
    explicit FakeRoutes(FakeEngineOptions options);

    void handle(FakeConnection &connection, const FakeRequest &request);
    /// What came on an upgraded connection.
    void speak(FakeConnection &connection) { m_processes.speak(connection); }
    /// To be called before a connection goes.
    void forget(const FakeConnection &connection);
    /// Does what is due in time; returns when it wants to be called again.
    std::optional<Moment> tick(Moment now);

    FakeFleet &fleet() { return m_fleet; }
    std::vector<Fault> &faults() { return m_faults; }
    /// Sets the state that follows and tells the listeners. False when there is no such container.
    bool act(const std::string &reference, const std::string &action);
    void burst(int count, std::chrono::milliseconds over);
    void endEventStreams();
    void writeLog(const std::string &reference, const std::string &bytes);
    void writeStats(const std::string &reference, int cpuPercent, std::int64_t memoryBytes);

    [[nodiscard]] const std::vector<std::string> &requests() const { return m_requests; }
    [[nodiscard]] int eventListeners() const { return static_cast<int>(m_listeners.size()); }
    /// From any thread.
    [[nodiscard]] int burstLeft() const { return m_burstLeft; }
    [[nodiscard]] int statsReaders() const { return static_cast<int>(m_statsReaders.size()); }
    [[nodiscard]] std::uint64_t uploadedBytes() const { return m_uploaded; }

private:
    using Reply = FakeReply;
    struct Follower
    {
        FakeConnection *connection;
        std::string id;
    };
    struct Waiter
    {
        FakeConnection *connection;
        std::string id;
        bool removed;
    };
    struct Burst
    {
        int left = 0;
        int done = 0;
        int total = 0;
        Moment began{};
        std::chrono::milliseconds over{};
    };

    const Fault *faultFor(const FakeRequest &request);
    std::optional<Reply> answer(FakeConnection &connection, const FakeRequest &request,
                                const Fault *fault);
    Reply control(const FakeRequest &request);
    Reply listContainers(const FakeRequest &request);
    Reply create(const FakeRequest &request);
    std::optional<Reply> container(FakeConnection &connection, const FakeRequest &request,
                                   const Fault *fault);
    Reply change(FakeContainer &container, const std::string &verb, const FakeRequest &request);
    void sendLog(FakeConnection &connection, const FakeContainer &container,
                 const FakeRequest &request, const Fault *fault);
    std::optional<Reply> wait(FakeConnection &connection, const FakeContainer &container,
                              const FakeRequest &request);
    void emit(const std::string &type, const std::string &action, const std::string &id,
              const std::map<std::string, std::string> &attributes);
    void emitContainer(const FakeContainer &container, const std::string &action);
    void endWaiters(const std::string &id, int exitCode, bool removed);
    static Reply error(int status, const std::string &message);

    FakeEngineOptions m_options;
    FakeFleet m_fleet;
    FakeObjects m_objects;
    FakeProcesses m_processes;
    std::vector<Fault> m_faults;
    Fault m_current; ///< copy of the fault that bends the answer under way
    std::list<FakeConnection *> m_listeners;
    std::list<Follower> m_followers;
    std::list<Follower> m_statsReaders;
    std::list<Waiter> m_waiters;
    std::vector<std::string> m_requests;
    Burst m_burst;
    std::atomic_int m_burstLeft = 0;
    std::uint64_t m_uploaded = 0;
    std::uint64_t m_nextId = 900'000;
    std::int64_t m_lastTime = 0;
};

} // namespace roadstead::test
