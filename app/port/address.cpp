// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/port/address.h"

#include <arpa/inet.h>
#include <array>
#include <bit>
#include <cstring>
#include <netinet/in.h>

namespace roadstead::port {
namespace {

template<typename T>
T as(const sockaddr_storage &storage)
{
    T address;
    std::memcpy(&address, &storage, sizeof address);
    return address;
}

} // namespace

std::optional<SocketAddress> SocketAddress::parse(std::string_view ip, std::uint16_t port)
{
    const std::string text(ip);
    SocketAddress result;
    sockaddr_in v4 = {};
    sockaddr_in6 v6 = {};
    if (text.size() != ip.size() || text.find('\0') != std::string::npos) {
        return {};
    }
    if (inet_pton(AF_INET, text.c_str(), &v4.sin_addr) == 1) {
        v4.sin_family = AF_INET;
        v4.sin_port = htons(port);
        std::memcpy(&result.m_storage, &v4, sizeof v4);
        return result;
    }
    if (inet_pton(AF_INET6, text.c_str(), &v6.sin6_addr) == 1 &&
        !IN6_IS_ADDR_V4MAPPED(&v6.sin6_addr)) {
        v6.sin6_family = AF_INET6;
        v6.sin6_port = htons(port);
        std::memcpy(&result.m_storage, &v6, sizeof v6);
        return result;
    }
    return {};
}

std::optional<SocketAddress> SocketAddress::ofSocket(int socket)
{
    SocketAddress result;
    socklen_t length = capacity();
    if (getsockname(socket, result.data(), &length) != 0 ||
        (result.family() != AF_INET && result.family() != AF_INET6)) {
        return {};
    }
    return result;
}

std::uint16_t SocketAddress::port() const
{
    return ntohs(family() == AF_INET ? as<sockaddr_in>(m_storage).sin_port
                                     : as<sockaddr_in6>(m_storage).sin6_port);
}

bool SocketAddress::isAny() const
{
    if (family() == AF_INET) {
        return as<sockaddr_in>(m_storage).sin_addr.s_addr == INADDR_ANY;
    }
    const auto v6 = as<sockaddr_in6>(m_storage);
    return IN6_IS_ADDR_UNSPECIFIED(&v6.sin6_addr);
}

bool SocketAddress::isLoopback() const
{
    if (family() == AF_INET) {
        return ntohl(as<sockaddr_in>(m_storage).sin_addr.s_addr) >> 24 == IN_LOOPBACKNET;
    }
    const auto v6 = as<sockaddr_in6>(m_storage);
    return IN6_IS_ADDR_LOOPBACK(&v6.sin6_addr);
}

SocketAddress SocketAddress::loopback() const
{
    return parse(family() == AF_INET ? "127.0.0.1" : "::1", port()).value_or(*this);
}

std::string SocketAddress::text() const
{
    std::array<char, INET6_ADDRSTRLEN> ip = {};
    if (family() == AF_INET) {
        const auto v4 = as<sockaddr_in>(m_storage);
        inet_ntop(AF_INET, &v4.sin_addr, ip.data(), ip.size());
        return std::string(ip.data()) + ':' + std::to_string(port());
    }
    const auto v6 = as<sockaddr_in6>(m_storage);
    inet_ntop(AF_INET6, &v6.sin6_addr, ip.data(), ip.size());
    return '[' + std::string(ip.data()) + "]:" + std::to_string(port());
}

socklen_t SocketAddress::size() const
{
    return family() == AF_INET ? sizeof(sockaddr_in) : sizeof(sockaddr_in6);
}

} // namespace roadstead::port
