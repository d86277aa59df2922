// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/port/tcp_forwarder.h"

#include "app/port/tcp_connection.h"

#include <cerrno>
#include <sys/epoll.h>
#include <sys/socket.h>

namespace roadstead::port {
namespace {

using namespace std::chrono_literals;

/// Accepted at once before connections have their turn.
constexpr int connectionsAtOnce = 64;
/// Out of descriptors or memory: when to look again.
constexpr auto retryAfter = 50ms;

} // namespace

TcpForwarder::Door::Door(TcpForwarder &owner, Descriptor socket)
    : listener(std::move(socket))
    , m_owner(owner)
{
}

void TcpForwarder::Door::ready(std::uint32_t)
{
    m_owner.acceptAt(*this);
}

TcpForwarder::TcpForwarder(Loop &loop, Descriptor outer, Descriptor inner,
                           const SocketAddress &target)
    : m_loop(loop)
    , m_target(target)
    , m_doors{Door(*this, std::move(outer)), Door(*this, std::move(inner))}
{
    for (Door &door : m_doors) {
        if (door.listener) {
            m_loop.add(door.listener.get(), EPOLLIN, door);
        }
    }
}

TcpForwarder::~TcpForwarder() = default;

void TcpForwarder::closeEntrance(Entrance entrance)
{
    m_doors.at(static_cast<std::size_t>(entrance)).listener.reset();
}

int TcpForwarder::listener(Entrance entrance) const
{
    return m_doors.at(static_cast<std::size_t>(entrance)).listener.get();
}

Housekeeper::Clock::time_point TcpForwarder::keepHouse(Clock::time_point now)
{
    std::unordered_set<TcpConnection *> unfinished;
    unfinished.swap(m_unfinished);
    for (TcpConnection *connection : unfinished) {
        connection->goOn();
    }
    for (TcpConnection *connection : m_retired) {
        m_unfinished.erase(connection);
        m_connections.erase(connection);
    }
    m_retired.clear();
    if (m_isPaused) {
        // Not at once: the listener would only wake us for the same failure.
        if (now < m_pausedUntil) {
            return m_unfinished.empty() ? m_pausedUntil : now;
        }
        setPaused(false);
    }
    if (m_unfinished.empty()) {
        return Clock::time_point::max();
    }
    return m_pipes.isExhausted() ? now + retryAfter : now;
}

void TcpForwarder::acceptAt(Door &door)
{
    for (int i = 0; i < connectionsAtOnce; ++i) {
        Descriptor client(
            accept4(door.listener.get(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
        if (!client) {
            if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM) {
                setPaused(true);
            }
            return;
        }
        auto connection = std::make_unique<TcpConnection>(*this, std::move(client));
        TcpConnection *started = connection.get();
        m_connections.emplace(started, std::move(connection));
        started->start(m_target);
    }
}

void TcpForwarder::setPaused(bool paused)
{
    m_isPaused = paused;
    m_pausedUntil = Clock::now() + retryAfter;
    for (Door &door : m_doors) {
        if (door.listener) {
            m_loop.change(door.listener.get(), paused ? 0 : std::uint32_t{EPOLLIN}, door);
        }
    }
}

} // namespace roadstead::port
