// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/port/address.h"
#include "app/port/descriptor.h"
#include "app/port/forwarder.h"

#include <array>
#include <list>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace roadstead::port {

/// Moves datagrams between clients and one UDP address. Each client (its address, port and the
/// address it wrote to) has a socket of its own towards the target until nothing came from either
/// side for `quietTime`; of too many the longest quiet gives way.
class UdpForwarder final : public Forwarder
{
public:
    /// As docker-proxy.
    static constexpr std::chrono::seconds quietTime{90};
    static constexpr std::size_t mostClients = 4096;

    /// Sockets are non-blocking, bound and ask for the destination address; either may be none.
    UdpForwarder(Loop &loop, Descriptor outer, Descriptor inner, const SocketAddress &target,
                 std::size_t clientLimit = mostClients);
    ~UdpForwarder() override;

    void closeEntrance(Entrance entrance) override;
    int listener(Entrance entrance) const override;
    /// Clients are taken up again by whoever has the socket: none holds this one up.
    bool isIdle() const override { return !m_doors[0].listener; }
    std::size_t clientCount() const { return m_clients.size(); }
    Clock::time_point keepHouse(Clock::time_point now) override;

private:
    class Door final : public Watcher
    {
    public:
        Door(UdpForwarder &owner, Descriptor listener);
        void ready(std::uint32_t events) override;
        Descriptor listener;

    private:
        UdpForwarder &m_owner;
    };
    class Client;

    void receiveAt(Door &door);
    void passOn(Door &door, const struct msghdr &message, std::size_t size);
    Client *makeClient(Door &door, const std::string &key, const struct msghdr &message);
    void touch(Client &client);
    void forget(Client &client);

    Loop &m_loop;
    SocketAddress m_target;
    std::size_t m_clientLimit;
    std::array<Door, 2> m_doors;
    std::map<std::string, std::unique_ptr<Client>, std::less<>> m_clients;
    std::list<Client *> m_byQuietness; ///< longest quiet first
    std::vector<std::unique_ptr<Client>> m_forgotten;
    std::vector<char> m_buffer;
};

} // namespace roadstead::port
