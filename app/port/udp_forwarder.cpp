// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/port/udp_forwarder.h"

#include <cstring>
#include <netinet/in.h>
#include <optional>
#include <sys/epoll.h>
#include <sys/uio.h>

namespace roadstead::port {
namespace {

/// The largest datagram there is.
constexpr std::size_t bufferSize = 65536;
constexpr int datagramsAtOnce = 64;
using Control = std::array<char, 256>;

/// The address that a datagram was sent to, as a control message that makes the reply leave from
/// there. The interface is left open: the way back may be another one.
std::vector<char> replyFrom(const msghdr &message)
{
    auto *received = const_cast<msghdr *>(&message);
    for (cmsghdr *part = CMSG_FIRSTHDR(received); part; part = CMSG_NXTHDR(received, part)) {
        if (part->cmsg_level == IPPROTO_IP && part->cmsg_type == IP_PKTINFO) {
            in_pktinfo info = {};
            std::memcpy(&info, CMSG_DATA(part), sizeof info);
            info.ipi_ifindex = 0;
            // spec_dst is the local address even if the datagram was a broadcast.
            std::memcpy(CMSG_DATA(part), &info, sizeof info);
        } else if (part->cmsg_level == IPPROTO_IPV6 && part->cmsg_type == IPV6_PKTINFO) {
            in6_pktinfo info = {};
            std::memcpy(&info, CMSG_DATA(part), sizeof info);
            if (!IN6_IS_ADDR_LINKLOCAL(&info.ipi6_addr)) {
                info.ipi6_ifindex = 0;
            }
            std::memcpy(CMSG_DATA(part), &info, sizeof info);
        } else {
            continue;
        }
        const char *bytes = reinterpret_cast<const char *>(part);
        return {bytes, bytes + CMSG_ALIGN(part->cmsg_len)};
    }
    return {};
}

} // namespace

class UdpForwarder::Client final : public Watcher
{
public:
    Client(UdpForwarder &owner, Door &door, std::string clientKey)
        : key(std::move(clientKey))
        , m_owner(owner)
        , m_door(door)
    {
    }

    bool start(const msghdr &message)
    {
        const SocketAddress &target = m_owner.m_target;
        std::memcpy(m_address.data(), message.msg_name, message.msg_namelen);
        m_source = replyFrom(message);
        backend = Descriptor(socket(target.family(), SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
        return backend && connect(backend.get(), target.data(), target.size()) == 0 &&
               m_owner.m_loop.add(backend.get(), EPOLLIN, *this);
    }

    void ready(std::uint32_t) override
    {
        for (int i = 0; i < datagramsAtOnce && backend; ++i) {
            iovec data = {m_owner.m_buffer.data(), m_owner.m_buffer.size()};
            const ssize_t size = recv(backend.get(), data.iov_base, data.iov_len, 0);
            if (size < 0) {
                // Nothing more, or "port unreachable" for an earlier datagram: the service may be
                // about to start.
                return;
            }
            data.iov_len = static_cast<std::size_t>(size);
            msghdr reply = {m_address.data(), m_address.size(), &data, 1,
                            m_source.data(),  m_source.size(),  0};
            sendmsg(m_door.listener.get(), &reply, MSG_NOSIGNAL | MSG_DONTWAIT);
            m_owner.touch(*this);
        }
    }

    std::string key;
    Descriptor backend;
    Housekeeper::Clock::time_point lastUsed;
    std::list<Client *>::iterator place;

private:
    UdpForwarder &m_owner;
    Door &m_door;
    SocketAddress m_address;
    std::vector<char> m_source;
};

UdpForwarder::Door::Door(UdpForwarder &owner, Descriptor socket)
    : listener(std::move(socket))
    , m_owner(owner)
{
}

void UdpForwarder::Door::ready(std::uint32_t)
{
    m_owner.receiveAt(*this);
}

UdpForwarder::UdpForwarder(Loop &loop, Descriptor outer, Descriptor inner,
                           const SocketAddress &target, std::size_t clientLimit)
    : m_loop(loop)
    , m_target(target)
    , m_clientLimit(clientLimit)
    , m_doors{Door(*this, std::move(outer)), Door(*this, std::move(inner))}
    , m_buffer(bufferSize)
{
    for (Door &door : m_doors) {
        if (door.listener) {
            m_loop.add(door.listener.get(), EPOLLIN, door);
        }
    }
}

UdpForwarder::~UdpForwarder() = default;

void UdpForwarder::closeEntrance(Entrance entrance)
{
    m_doors.at(static_cast<std::size_t>(entrance)).listener.reset();
}

int UdpForwarder::listener(Entrance entrance) const
{
    return m_doors.at(static_cast<std::size_t>(entrance)).listener.get();
}

Housekeeper::Clock::time_point UdpForwarder::keepHouse(Clock::time_point now)
{
    while (!m_byQuietness.empty() && m_byQuietness.front()->lastUsed + quietTime <= now) {
        forget(*m_byQuietness.front());
    }
    m_forgotten.clear();
    return m_byQuietness.empty() ? Clock::time_point::max()
                                 : m_byQuietness.front()->lastUsed + quietTime;
}

void UdpForwarder::receiveAt(Door &door)
{
    for (int i = 0; i < datagramsAtOnce; ++i) {
        SocketAddress from;
        alignas(cmsghdr) Control control = {};
        iovec data = {m_buffer.data(), m_buffer.size()};
        msghdr message = {
            from.data(), SocketAddress::capacity(), &data, 1, control.data(), control.size(), 0};
        const ssize_t size = recvmsg(door.listener.get(), &message, 0);
        if (size < 0) {
            return;
        }
        passOn(door, message, static_cast<std::size_t>(size));
    }
}

void UdpForwarder::passOn(Door &door, const msghdr &message, std::size_t size)
{
    const std::vector<char> source = replyFrom(message);
    const char *name = static_cast<const char *>(message.msg_name);
    std::string key(1, &door == &m_doors[0] ? 'o' : 'i');
    key.append(name, message.msg_namelen).append(source.data(), source.size());
    const auto found = m_clients.find(key);
    Client *client =
        found != m_clients.end() ? found->second.get() : makeClient(door, key, message);
    if (client == nullptr) {
        return;
    }
    touch(*client);
    // The first try may only report that an earlier datagram was not wanted.
    for (int tries = 0; tries < 2; ++tries) {
        if (send(client->backend.get(), m_buffer.data(), size, MSG_NOSIGNAL) >= 0) {
            return;
        }
    }
}

UdpForwarder::Client *UdpForwarder::makeClient(Door &door, const std::string &key,
                                               const msghdr &message)
{
    if (m_clients.size() >= m_clientLimit) {
        forget(*m_byQuietness.front());
    }
    auto client = std::make_unique<Client>(*this, door, key);
    if (!client->start(message)) {
        return nullptr;
    }
    client->place = m_byQuietness.insert(m_byQuietness.end(), client.get());
    return m_clients.emplace(key, std::move(client)).first->second.get();
}

void UdpForwarder::touch(Client &client)
{
    client.lastUsed = Clock::now();
    m_byQuietness.splice(m_byQuietness.end(), m_byQuietness, client.place);
}

void UdpForwarder::forget(Client &client)
{
    client.backend.reset();
    m_byQuietness.erase(client.place);
    const auto found = m_clients.find(client.key);
    // Its events may still be on their way: freed by keepHouse().
    m_forgotten.push_back(std::move(found->second));
    m_clients.erase(found);
}

} // namespace roadstead::port
