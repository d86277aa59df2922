// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/port/predecessor.h"

#include "app/port/sockets.h"

#include <array>
#include <cerrno>
#include <chrono>
#include <cstddef>
#include <cstring>
#include <sys/time.h>
#include <sys/un.h>
#include <thread>

namespace roadstead::port {
namespace {

using namespace std::chrono_literals;

struct Name
{
    sockaddr_un address = {};
    socklen_t size = 0;
    const sockaddr *data() const { return reinterpret_cast<const sockaddr *>(&address); }
};

Name meetingName(Protocol protocol, const SocketAddress &address)
{
    std::string text(protocol == Protocol::Tcp ? "roadstead-port/tcp/" : "roadstead-port/udp/");
    text += address.text();
    Name name;
    name.address.sun_family = AF_UNIX;
    std::memcpy(name.address.sun_path + 1, text.data(), text.size());
    name.size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + 1 + text.size());
    return name;
}

bool isPeerRoot(int socket)
{
    ucred peer = {};
    socklen_t length = sizeof peer;
    return getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &peer, &length) == 0 && peer.uid == 0;
}

/// One byte with room for one descriptor.
struct Parcel
{
    char byte = '0';
    iovec data = {&byte, 1};
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> control = {};
    msghdr message = {nullptr, 0, &data, 1, control.data(), control.size(), 0};
};

} // namespace

Descriptor takeOver(Protocol protocol, const SocketAddress &address)
{
    const Name name = meetingName(protocol, address);
    const Descriptor asking(socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0));
    const timeval patience = {.tv_sec = 2, .tv_usec = 0};
    if (!asking ||
        setsockopt(asking.get(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience) != 0 ||
        connect(asking.get(), name.data(), name.size) != 0 || !isPeerRoot(asking.get())) {
        return {};
    }
    Parcel parcel;
    const cmsghdr *part = recvmsg(asking.get(), &parcel.message, MSG_CMSG_CLOEXEC) == 1
                              ? CMSG_FIRSTHDR(&parcel.message)
                              : nullptr;
    if (part == nullptr || part->cmsg_level != SOL_SOCKET || part->cmsg_type != SCM_RIGHTS ||
        part->cmsg_len != CMSG_LEN(sizeof(int))) {
        return {};
    }
    int received = -1;
    std::memcpy(&received, CMSG_DATA(part), sizeof received);
    Descriptor listener(received);
    return adoptSocket(protocol, address, listener) ? std::move(listener) : Descriptor();
}

Descriptor awaitSuccessor(Protocol protocol, const SocketAddress &address)
{
    const Name name = meetingName(protocol, address);
    Descriptor meeting(socket(AF_UNIX, SOCK_SEQPACKET | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    int attempts = 20;
    while (meeting && bind(meeting.get(), name.data(), name.size) != 0) {
        if (errno != EADDRINUSE || --attempts == 0) {
            return {};
        }
        std::this_thread::sleep_for(10ms);
    }
    return meeting && listen(meeting.get(), 1) == 0 ? std::move(meeting) : Descriptor();
}

bool handOver(Descriptor &meeting, int listener)
{
    const Descriptor successor(accept4(meeting.get(), nullptr, nullptr, SOCK_CLOEXEC));
    if (!successor || listener < 0 || !isPeerRoot(successor.get())) {
        return false;
    }
    meeting.reset();
    Parcel parcel;
    cmsghdr *part = CMSG_FIRSTHDR(&parcel.message);
    part->cmsg_level = SOL_SOCKET;
    part->cmsg_type = SCM_RIGHTS;
    part->cmsg_len = CMSG_LEN(sizeof(int));
    std::memcpy(CMSG_DATA(part), &listener, sizeof listener);
    // One that does not get it has ended, and whoever comes next finds the port free.
    (void)sendmsg(successor.get(), &parcel.message, MSG_NOSIGNAL);
    return true;
}

} // namespace roadstead::port
