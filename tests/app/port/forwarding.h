// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/port/address.h"
#include "app/port/descriptor.h"
#include "app/port/loop.h"
#include "app/port/sockets.h"
#include "app/port/tcp_forwarder.h"
#include "app/port/udp_forwarder.h"

#include <functional>
#include <memory>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <thread>

namespace roadstead::test {

/// Descriptors are never negative here: a test without sockets is no test.
inline port::SocketAddress loopback(const char *ip = "127.0.0.1")
{
    // Port 0 has no text form that parse() takes from a command line, but the kernel takes it.
    return port::SocketAddress::parse(ip, 0).value();
}

inline port::Descriptor bound(port::Protocol protocol, const char *ip = "127.0.0.1")
{
    return std::move(port::bindSocket(protocol, loopback(ip)).value());
}

inline port::SocketAddress addressOf(const port::Descriptor &socket)
{
    return port::SocketAddress::ofSocket(socket.get()).value();
}

/// A forwarder on a thread of its own, from an address of the kernel's choice to `target`.
template<typename ForwarderType>
class Running final : private port::Watcher, private port::Housekeeper
{
public:
    Running(port::Protocol protocol, const port::SocketAddress &target,
            const char *ip = "127.0.0.1")
        : m_stop(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC))
    {
        port::Descriptor listener = bound(protocol, ip);
        m_address = addressOf(listener);
        m_forwarder = std::make_unique<ForwarderType>(m_loop, std::move(listener),
                                                      port::Descriptor(), target);
        m_loop.add(m_stop.get(), EPOLLIN, *this);
        m_thread = std::thread([this] { m_loop.run(*this); });
    }
    ~Running() override
    {
        eventfd_write(m_stop.get(), 1);
        m_thread.join();
    }
    const port::SocketAddress &address() const { return m_address; }

private:
    void ready(std::uint32_t) override { m_loop.quit(); }
    Clock::time_point keepHouse(Clock::time_point now) override
    {
        return m_forwarder->keepHouse(now);
    }

    port::Loop m_loop;
    port::Descriptor m_stop;
    port::SocketAddress m_address;
    std::unique_ptr<ForwarderType> m_forwarder;
    std::thread m_thread;
};

} // namespace roadstead::test
