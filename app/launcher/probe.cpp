// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/launcher/probe.h"

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <format>

namespace roadstead::launcher {

namespace {

constexpr std::size_t answerLimit = 1U << 20U;

} // namespace

Probe::Probe(int socketInode, std::string_view target)
    : m_socket(socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0))
    , m_request(std::format("GET {} HTTP/1.0\r\nHost: roadstead\r\n\r\n", target))
{
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const std::string path = std::format("/proc/self/fd/{}", socketInode);
    std::ranges::copy(path, address.sun_path);
    m_hasFailed =
        connect(m_socket.get(), reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0;
}

short Probe::events() const
{
    return m_request.empty() ? POLLIN : POLLOUT;
}

Probe::Outcome Probe::advance()
{
    if (m_hasFailed) {
        return Outcome::Failed;
    }
    if (!m_request.empty()) {
        const ssize_t count =
            send(m_socket.get(), m_request.data(), m_request.size(), MSG_NOSIGNAL);
        if (count < 0) {
            return errno == EAGAIN ? Outcome::Pending : Outcome::Failed;
        }
        m_request.erase(0, static_cast<std::size_t>(count));
        return Outcome::Pending;
    }
    std::array<char, 16384> block{};
    const ssize_t count = recv(m_socket.get(), block.data(), block.size(), 0);
    if (count < 0) {
        return errno == EAGAIN ? Outcome::Pending : Outcome::Failed;
    }
    if (count > 0) {
        m_answer.append(block.data(), static_cast<std::size_t>(count));
        return m_answer.size() > answerLimit ? Outcome::Failed : Outcome::Pending;
    }
    const bool isOk =
        m_answer.starts_with("HTTP/1.0 200 ") || m_answer.starts_with("HTTP/1.1 200 ");
    return isOk ? Outcome::Answered : Outcome::Failed;
}

std::string Probe::body() const
{
    const std::size_t end = m_answer.find("\r\n\r\n");
    return end == std::string::npos ? std::string() : m_answer.substr(end + 4);
}

} // namespace roadstead::launcher
