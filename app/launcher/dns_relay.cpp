// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/launcher/dns_relay.h"

#include "app/launcher/failures.h"
#include "app/launcher/process.h"
#include "app/launcher/resolv_conf.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <grp.h>
#include <poll.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/socket.h>

#include <algorithm>
#include <csignal>
#include <optional>

namespace roadstead::launcher {

namespace {

using std::chrono::milliseconds;

constexpr std::uint16_t port = 53;
constexpr std::size_t queryLimit = 512;
constexpr std::size_t streamLimit = 64;
constexpr std::size_t messageLimit = 65535;
constexpr milliseconds serverPatience{2000};
constexpr uid_t nobody = 65534;

struct Address
{
    sockaddr_storage value{};
    socklen_t length = 0;
    [[nodiscard]] const sockaddr *get() const { return reinterpret_cast<const sockaddr *>(&value); }
};

std::optional<Address> resolve(const std::string &text)
{
    Address address;
    auto *ipv4 = reinterpret_cast<sockaddr_in *>(&address.value);
    if (inet_pton(AF_INET, text.c_str(), &ipv4->sin_addr) == 1) {
        ipv4->sin_family = AF_INET;
        ipv4->sin_port = htons(port);
        address.length = sizeof(sockaddr_in);
        return address;
    }
    auto *ipv6 = reinterpret_cast<sockaddr_in6 *>(&address.value);
    if (inet_pton(AF_INET6, text.c_str(), &ipv6->sin6_addr) == 1) {
        ipv6->sin6_family = AF_INET6;
        ipv6->sin6_port = htons(port);
        address.length = sizeof(sockaddr_in6);
        return address;
    }
    return std::nullopt;
}

/// An unconnected socket of this kind for the family of the address.
Descriptor makeSocket(const Address &address, int type)
{
    return Descriptor(socket(address.value.ss_family, type | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
}

/// Nobody's rights from here on; sockets made later are of the namespace the process is in.
bool dropRights()
{
    return setgroups(0, nullptr) == 0 && setresgid(nobody, nobody, nobody) == 0 &&
           setresuid(nobody, nobody, nobody) == 0 && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
           prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0;
}

} // namespace

int DnsRelay::runProcess(const Options &options)
{
    prctl(PR_SET_NAME, "roadstead-names");
    DnsRelay relay(options.host);
    const Descriptor home(open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC));
    if (!home.isOpen() || !enterNetwork(options.namespaceHandle)) {
        return 1;
    }
    for (const std::string &address : options.addresses) {
        if (!relay.listenOn(address)) {
            return 2;
        }
    }
    const int launcherDeathSignal = SIGKILL;
    if (setns(home.get(), CLONE_NEWNET) != 0 || !dropRights() ||
        prctl(PR_SET_PDEATHSIG, launcherDeathSignal) != 0) { // changing the user clears it
        return 3;
    }
    relay.serve();
}

Result<void> DnsRelay::listenOn(const std::string &text)
{
    const auto address = resolve(text);
    if (!address) {
        return failure(ErrorKind::InvalidArgument, "launcher.names", text);
    }
    const int yes = 1;
    Descriptor datagrams = makeSocket(*address, SOCK_DGRAM);
    Descriptor connections = makeSocket(*address, SOCK_STREAM);
    setsockopt(connections.get(), SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (bind(datagrams.get(), address->get(), address->length) != 0 ||
        bind(connections.get(), address->get(), address->length) != 0 ||
        listen(connections.get(), 16) != 0) {
        return ioFailure("launcher.names", text);
    }
    m_datagrams.push_back(std::move(datagrams));
    m_connections.push_back(std::move(connections));
    return {};
}

void DnsRelay::serve()
{
    while (true) {
        pollOnce();
    }
}

void DnsRelay::pollOnce()
{
    std::vector<pollfd> watched;
    for (const auto *listeners : {&m_datagrams, &m_connections}) {
        for (const Descriptor &listener : *listeners) {
            watched.push_back({listener.get(), POLLIN, 0});
        }
    }
    const std::size_t firstQuery = watched.size();
    for (const Query &query : m_queries) {
        watched.push_back({query.upstream.get(), POLLIN, 0});
    }
    for (const DnsStream &stream : m_streams) {
        watched.push_back({stream.client(), stream.clientEvents(), 0});
        watched.push_back({stream.upstream(), stream.upstreamEvents(), 0});
    }
    const bool isBusy = !m_queries.empty() || !m_streams.empty();
    poll(watched.data(), watched.size(), isBusy ? 250 : -1);

    const auto now = Clock::now();
    std::size_t index = firstQuery;
    std::erase_if(m_queries, [&](Query &query) {
        return !advance(query, watched.at(index++).revents != 0, now);
    });
    std::erase_if(m_streams, [&](DnsStream &stream) { return !stream.advance(now); });
    for (std::size_t i = 0; i < firstQuery; ++i) {
        if (watched.at(i).revents != 0) {
            i < m_datagrams.size() ? receive(watched.at(i).fd) : accept(watched.at(i).fd);
        }
    }
}

void DnsRelay::readServers()
{
    struct stat info{};
    if (stat("/etc/resolv.conf", &info) == 0 && info.st_ino == m_serversInode &&
        info.st_mtim.tv_sec == m_serversTime.tv_sec &&
        info.st_mtim.tv_nsec == m_serversTime.tv_nsec && !m_servers.empty()) {
        return;
    }
    m_serversInode = info.st_ino;
    m_serversTime = info.st_mtim;
    m_servers = readNameServers();
}

void DnsRelay::receive(int listener)
{
    Query query;
    query.listener = listener;
    query.clientLength = sizeof query.client;
    query.message.resize(messageLimit);
    const ssize_t count =
        recvfrom(listener, query.message.data(), query.message.size(), 0,
                 reinterpret_cast<sockaddr *>(&query.client), &query.clientLength);
    if (count <= 0 || m_queries.size() >= queryLimit) {
        return;
    }
    query.message.resize(static_cast<std::size_t>(count));
    query.message.shrink_to_fit();
    if (const auto own = answerOwnName(query.message, m_host)) {
        reply(query, *own);
        return;
    }
    readServers();
    ask(query);
    m_queries.push_back(std::move(query));
}

/// Sends the query to its server, or to the next one that can be sent to. A new socket each time,
/// so that its port is a new secret.
void DnsRelay::ask(Query &query)
{
    query.deadline = Clock::now() + serverPatience;
    for (query.upstream.reset(); query.server < m_servers.size(); ++query.server) {
        const auto address = resolve(m_servers[query.server]);
        Descriptor upstream = makeSocket(*address, SOCK_DGRAM);
        if (connect(upstream.get(), address->get(), address->length) == 0 &&
            send(upstream.get(), query.message.data(), query.message.size(), 0) >= 0) {
            query.upstream = std::move(upstream);
            return;
        }
    }
}

/// False when the query is done with.
bool DnsRelay::advance(Query &query, bool isReadable, Clock::time_point now)
{
    if (isReadable) {
        Bytes answer(messageLimit);
        const ssize_t count = recv(query.upstream.get(), answer.data(), answer.size(), 0);
        answer.resize(static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
        if (isReplyTo(answer, query.message)) {
            reply(query, answer);
            return false;
        }
        if (count >= 0 || errno == EAGAIN) {
            return true; // not for us; wait on
        }
    } else if (query.upstream.isOpen() && now < query.deadline) {
        return true;
    }
    ++query.server;
    ask(query);
    if (query.upstream.isOpen()) {
        return true;
    }
    if (const auto failed = serverFailure(query.message)) {
        reply(query, *failed);
    }
    return false;
}

void DnsRelay::reply(const Query &query, const Bytes &message) const
{
    sendto(query.listener, message.data(), message.size(), MSG_NOSIGNAL,
           reinterpret_cast<const sockaddr *>(&query.client), query.clientLength);
}

void DnsRelay::accept(int listener)
{
    Descriptor client(accept4(listener, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
    if (!client.isOpen() || m_streams.size() >= streamLimit) {
        return;
    }
    readServers();
    const auto address = resolve(m_servers.front());
    Descriptor upstream = makeSocket(*address, SOCK_STREAM);
    if (connect(upstream.get(), address->get(), address->length) == 0 || errno == EINPROGRESS) {
        m_streams.emplace_back(std::move(client), std::move(upstream), Clock::now());
    }
}

} // namespace roadstead::launcher
