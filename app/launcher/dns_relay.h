// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/launcher/descriptor.h"
#include "app/launcher/dns_message.h"
#include "app/launcher/dns_stream.h"
#include "engine/base/result.h"

#include <netinet/in.h>
#include <sys/stat.h>

#include <chrono>
#include <list>
#include <string>
#include <vector>

namespace roadstead::launcher {

/// Listens in the engine's network namespace and asks the host's name servers from the host's.
///
/// Containers, and dockerd itself, cannot reach a name server on the host's loopback (the usual one
/// with systemd-resolved or dnsmasq), and would keep yesterday's servers when a laptop moves to
/// another network. The relay reads /etc/resolv.conf whenever it changes. It adds nothing but the
/// names that lead to the host. A process of its own with a user of its own: it reads what comes
/// from the network.
class DnsRelay
{
public:
    using Clock = std::chrono::steady_clock;

    struct Options
    {
        std::string namespaceHandle;        ///< where to listen
        std::vector<std::string> addresses; ///< on which addresses, port 53
        HostAddresses host;
    };

    /// The body of the relay's process. Returns its exit status when it cannot work.
    static int runProcess(const Options &options);

private:
    struct Query
    {
        int listener = -1;
        sockaddr_storage client{};
        socklen_t clientLength = 0;
        Bytes message;
        Descriptor upstream;
        std::size_t server = 0; ///< index of the one asked now
        Clock::time_point deadline;
    };

    explicit DnsRelay(HostAddresses host)
        : m_host(std::move(host))
    {
    }

    Result<void> listenOn(const std::string &address);
    [[noreturn]] void serve();
    void pollOnce();
    void readServers();
    void receive(int listener);
    void accept(int listener);
    void ask(Query &query);
    bool advance(Query &query, bool isReadable, Clock::time_point now);
    void reply(const Query &query, const Bytes &message) const;

    HostAddresses m_host;
    std::vector<std::string> m_servers;
    timespec m_serversTime{}; ///< when resolv.conf was last changed
    ino_t m_serversInode = 0;
    std::vector<Descriptor> m_datagrams;
    std::vector<Descriptor> m_connections;
    std::list<Query> m_queries;
    std::list<DnsStream> m_streams;
};

} // namespace roadstead::launcher
