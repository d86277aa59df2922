// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/port/address.h"
#include "app/port/descriptor.h"
#include "app/port/loop.h"
#include "app/port/pipe_pool.h"

#include <cstddef>
#include <memory>

namespace roadstead::port {

class TcpForwarder;

/// One client and its connection to the target. Tells its forwarder when it is over.
class TcpConnection
{
public:
    TcpConnection(TcpForwarder &owner, Descriptor client);
    ~TcpConnection();

    /// Starts to connect; false if it cannot even start (the client is then reset).
    bool start(const SocketAddress &target);
    /// Goes on with a direction that stopped for want of a pipe.
    void goOn();

private:
    /// One of the two sockets, with what the edge-triggered events have told so far.
    class Side final : public Watcher
    {
    public:
        Side(TcpConnection &owner, Descriptor descriptor);
        void ready(std::uint32_t events) override;
        Descriptor socket;
        bool isReadable = false;
        bool isWritable = false;
        bool hasUrgentData = false;

    private:
        TcpConnection &m_owner;
    };

    /// One direction.
    struct Flow
    {
        Side &from;
        Side &to;
        std::unique_ptr<Pipe> pipe; ///< held while it is not empty
        std::size_t waiting = 0;    ///< bytes in it
        bool hasEnded = false;      ///< `from` will send no more
        bool isShut = false;        ///< and `to` has been told so
    };

    void advance();
    void pump(Flow &flow);
    bool fill(Flow &flow);
    bool drain(Flow &flow);
    void finishFlow(Flow &flow);
    void end();
    void abort();
    friend class Side;

    TcpForwarder &m_owner;
    Side m_client;
    Side m_target;
    Flow m_up;
    Flow m_down;
    bool m_isConnected = false;
    bool m_isOver = false;
};

} // namespace roadstead::port
