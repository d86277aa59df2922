// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <sys/socket.h>

namespace roadstead::port {

/// An IPv4 or IPv6 address with a port. A value.
class SocketAddress
{
public:
    SocketAddress() = default;
    /// `ip` is a literal without brackets, zone or surrounding space; empty for anything else.
    static std::optional<SocketAddress> parse(std::string_view ip, std::uint16_t port);
    /// The address that a socket is bound to.
    static std::optional<SocketAddress> ofSocket(int socket);

    sa_family_t family() const { return m_storage.ss_family; }
    std::uint16_t port() const;
    bool isAny() const;
    bool isLoopback() const;
    /// The loopback address of the same family with the same port.
    SocketAddress loopback() const;
    /// "127.0.0.1:80" or "[::1]:80".
    std::string text() const;

    const sockaddr *data() const { return reinterpret_cast<const sockaddr *>(&m_storage); }
    sockaddr *data() { return reinterpret_cast<sockaddr *>(&m_storage); }
    socklen_t size() const;
    static constexpr socklen_t capacity() { return sizeof(sockaddr_storage); }

    bool operator==(const SocketAddress &other) const { return text() == other.text(); }

private:
    sockaddr_storage m_storage = {};
};

} // namespace roadstead::port
