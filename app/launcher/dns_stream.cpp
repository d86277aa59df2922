// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/launcher/dns_stream.h"

#include <poll.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>

namespace roadstead::launcher {

namespace {

constexpr std::size_t bufferLimit = 65536;

bool mayComeLater()
{
    return errno == EAGAIN || errno == ENOTCONN || errno == EINTR;
}

} // namespace

short DnsStream::events(const End &end, const End &other)
{
    const bool canRead = !end.hasEnded && other.toWrite.size() < bufferLimit;
    return static_cast<short>((canRead ? POLLIN : 0) | (end.toWrite.empty() ? 0 : POLLOUT));
}

bool DnsStream::move(End &from, End &to)
{
    std::array<char, 8192> block{};
    while (!from.hasEnded && to.toWrite.size() < bufferLimit) {
        const ssize_t count = recv(from.socket.get(), block.data(), block.size(), 0);
        if (count < 0) {
            if (!mayComeLater()) {
                return false;
            }
            break;
        }
        if (count == 0) {
            from.hasEnded = true;
            break;
        }
        to.toWrite.append(block.data(), static_cast<std::size_t>(count));
    }
    while (!to.toWrite.empty()) {
        const ssize_t count =
            send(to.socket.get(), to.toWrite.data(), to.toWrite.size(), MSG_NOSIGNAL);
        if (count < 0) {
            return mayComeLater();
        }
        to.toWrite.erase(0, static_cast<std::size_t>(count));
    }
    if (from.hasEnded) {
        shutdown(to.socket.get(), SHUT_WR);
    }
    return true;
}

bool DnsStream::advance(Clock::time_point now)
{
    return now < m_end && move(m_client, m_upstream) && move(m_upstream, m_client) &&
           !(m_client.hasEnded && m_upstream.hasEnded) &&
           !(m_upstream.hasEnded && m_client.toWrite.empty());
}

} // namespace roadstead::launcher
