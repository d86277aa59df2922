// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/port/address.h"
#include "app/port/descriptor.h"
#include "app/port/forwarder.h"
#include "app/port/pipe_pool.h"

#include <array>
#include <memory>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace roadstead::port {

class TcpConnection;

/// Moves bytes between clients and one TCP address without copying them through this process
/// (splice). The end of one direction is passed on as the end of that direction, an abort as an
/// abort. Memory does not grow with the amount in transit: a direction that cannot be written is
/// not read.
class TcpForwarder final : public Forwarder
{
public:
    /// Listeners are non-blocking and listen; either may be none.
    TcpForwarder(Loop &loop, Descriptor outer, Descriptor inner, const SocketAddress &target);
    ~TcpForwarder() override;

    void closeEntrance(Entrance entrance) override;
    int listener(Entrance entrance) const override;
    bool isIdle() const override { return m_connections.empty(); }
    Clock::time_point keepHouse(Clock::time_point now) override;

    Loop &loop() { return m_loop; }
    PipePool &pipes() { return m_pipes; }
    /// To be forgotten when the batch of events is through.
    void retire(TcpConnection *connection) { m_retired.push_back(connection); }
    /// To be called again after others had their turn.
    void goOnLater(TcpConnection *connection) { m_unfinished.insert(connection); }

private:
    class Door final : public Watcher
    {
    public:
        Door(TcpForwarder &owner, Descriptor listener);
        void ready(std::uint32_t events) override;
        Descriptor listener;

    private:
        TcpForwarder &m_owner;
    };

    void acceptAt(Door &door);
    void setPaused(bool paused);

    Loop &m_loop;
    SocketAddress m_target;
    PipePool m_pipes;
    std::array<Door, 2> m_doors;
    std::unordered_map<TcpConnection *, std::unique_ptr<TcpConnection>> m_connections;
    std::vector<TcpConnection *> m_retired;
    std::unordered_set<TcpConnection *> m_unfinished;
    bool m_isPaused = false;
    Clock::time_point m_pausedUntil;
};

} // namespace roadstead::port
