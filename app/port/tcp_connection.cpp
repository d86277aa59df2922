// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/port/tcp_connection.h"

#include "app/port/tcp_forwarder.h"

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>

namespace roadstead::port {
namespace {

constexpr std::size_t largestMove = 1024 * 1024;
/// Moves of one direction before others have their turn. The rest is done by goOn().
constexpr int turns = 16;

void setNumber(int socket, int level, int option, int value)
{
    setsockopt(socket, level, option, &value, sizeof value);
}

/// Latency as if there were no one in between, and an end for peers that vanish.
void tune(int socket)
{
    setNumber(socket, IPPROTO_TCP, TCP_NODELAY, 1);
    setNumber(socket, SOL_SOCKET, SO_OOBINLINE, 1);
    setNumber(socket, SOL_SOCKET, SO_KEEPALIVE, 1);
    setNumber(socket, IPPROTO_TCP, TCP_KEEPIDLE, 60);
    setNumber(socket, IPPROTO_TCP, TCP_KEEPINTVL, 15);
    setNumber(socket, IPPROTO_TCP, TCP_KEEPCNT, 4);
}

int pendingError(int socket)
{
    int error = 0;
    socklen_t length = sizeof error;
    return getsockopt(socket, SOL_SOCKET, SO_ERROR, &error, &length) == 0 ? error : errno;
}

bool mustWait(ssize_t moved)
{
    return moved < 0 && (errno == EAGAIN || errno == EINTR);
}

/// splice never gets past an urgent byte, so a side that has sent one is read like a file.
ssize_t copyToPipe(int from, int pipe)
{
    static std::array<char, 4096> buffer;
    const ssize_t count = recv(from, buffer.data(), buffer.size(), MSG_DONTWAIT);
    return count > 0 ? write(pipe, buffer.data(), static_cast<std::size_t>(count)) : count;
}

} // namespace

TcpConnection::Side::Side(TcpConnection &owner, Descriptor descriptor)
    : socket(std::move(descriptor))
    , m_owner(owner)
{
}

void TcpConnection::Side::ready(std::uint32_t events)
{
    if (m_owner.m_isOver) {
        return;
    }
    hasUrgentData = hasUrgentData || (events & EPOLLPRI) != 0;
    isReadable = isReadable || (events & (EPOLLIN | EPOLLPRI | EPOLLRDHUP | EPOLLHUP)) != 0;
    isWritable = isWritable || (events & (EPOLLOUT | EPOLLHUP)) != 0;
    if ((events & EPOLLERR) != 0 && pendingError(socket.get()) != 0) {
        m_owner.abort();
        return;
    }
    m_owner.advance();
}

TcpConnection::TcpConnection(TcpForwarder &owner, Descriptor client)
    : m_owner(owner)
    , m_client(*this, std::move(client))
    , m_target(*this, {})
    , m_up{m_client, m_target, nullptr}
    , m_down{m_target, m_client, nullptr}
{
}

TcpConnection::~TcpConnection() = default;

bool TcpConnection::start(const SocketAddress &target)
{
    m_target.socket =
        Descriptor(socket(target.family(), SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    constexpr std::uint32_t events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLPRI | EPOLLET;
    tune(m_client.socket.get());
    tune(m_target.socket.get());
    if (!m_target.socket ||
        (connect(m_target.socket.get(), target.data(), target.size()) != 0 &&
         errno != EINPROGRESS) ||
        !m_owner.loop().add(m_target.socket.get(), events, m_target) ||
        !m_owner.loop().add(m_client.socket.get(), events, m_client)) {
        abort();
        return false;
    }
    return true;
}

void TcpConnection::goOn()
{
    if (!m_isOver) {
        advance();
    }
}

void TcpConnection::advance()
{
    m_isConnected = m_isConnected || m_target.isWritable;
    if (!m_isConnected) {
        return;
    }
    pump(m_up);
    if (!m_isOver) {
        pump(m_down);
    }
    if (!m_isOver && m_up.isShut && m_down.isShut) {
        end();
    }
}

void TcpConnection::pump(Flow &flow)
{
    for (int turn = 0; turn < turns; ++turn) {
        if ((flow.waiting == 0 && !fill(flow)) || (flow.waiting > 0 && !drain(flow))) {
            return;
        }
    }
    m_owner.goOnLater(this);
}

/// False if there is nothing to drain.
bool TcpConnection::fill(Flow &flow)
{
    if (flow.hasEnded || !flow.from.isReadable) {
        return false;
    }
    if (!flow.pipe && !(flow.pipe = m_owner.pipes().take())) {
        m_owner.goOnLater(this);
        return false;
    }
    const int from = flow.from.socket.get();
    const int pipe = flow.pipe->writeEnd.get();
    ssize_t moved = 0;
    if (!flow.from.hasUrgentData) {
        moved =
            splice(from, nullptr, pipe, nullptr, largestMove, SPLICE_F_NONBLOCK | SPLICE_F_MOVE);
    }
    // Nothing is the end, or an urgent byte with the end behind it: only a copy can tell.
    if (moved == 0) {
        moved = copyToPipe(from, pipe);
    }
    if (moved > 0) {
        flow.waiting = static_cast<std::size_t>(moved);
        return true;
    }
    m_owner.pipes().giveBack(std::move(flow.pipe));
    if (mustWait(moved)) {
        flow.from.isReadable = false;
    } else if (moved == 0) {
        flow.hasEnded = true;
        finishFlow(flow);
    } else {
        abort();
    }
    return false;
}

/// False if the receiver takes no more for now.
bool TcpConnection::drain(Flow &flow)
{
    if (!flow.to.isWritable) {
        return false;
    }
    const ssize_t moved = splice(flow.pipe->readEnd.get(), nullptr, flow.to.socket.get(), nullptr,
                                 flow.waiting, SPLICE_F_NONBLOCK | SPLICE_F_MOVE);
    if (moved <= 0) {
        flow.to.isWritable = false;
        if (!mustWait(moved)) {
            abort();
        }
        return false;
    }
    flow.waiting -= static_cast<std::size_t>(moved);
    if (flow.waiting == 0) {
        m_owner.pipes().giveBack(std::move(flow.pipe));
    }
    return true;
}

void TcpConnection::finishFlow(Flow &flow)
{
    shutdown(flow.to.socket.get(), SHUT_WR);
    flow.isShut = true;
}

void TcpConnection::end()
{
    if (m_isOver) {
        return;
    }
    m_isOver = true;
    m_client.socket.reset();
    m_target.socket.reset();
    m_owner.retire(this);
}

/// Both peers get a reset, so that neither takes half of a transfer for the whole.
void TcpConnection::abort()
{
    const linger now = {.l_onoff = 1, .l_linger = 0};
    for (const Side *side : {&m_client, &m_target}) {
        setsockopt(side->socket.get(), SOL_SOCKET, SO_LINGER, &now, sizeof now);
    }
    end();
}

} // namespace roadstead::port
