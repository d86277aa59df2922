// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/port/sockets.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <linux/magic.h>
#include <linux/nsfs.h>
#include <netinet/in.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/vfs.h>

namespace roadstead::port {
namespace {

std::unexpected<Error> ioFailure(std::string what)
{
    const int code = errno;
    what += std::string(": ") + std::strerror(code);
    return failure(ErrorKind::Io, "port.listen", std::move(what), code);
}

bool enable(int socket, int level, int option)
{
    const int on = 1;
    return setsockopt(socket, level, option, &on, sizeof on) == 0;
}

/// Replies must leave from the address that the client wrote to, so that address is asked for.
bool wantDestination(int socket, sa_family_t family)
{
    return family == AF_INET ? enable(socket, IPPROTO_IP, IP_PKTINFO)
                             : enable(socket, IPPROTO_IPV6, IPV6_RECVPKTINFO);
}

/// "listen tcp4 0.0.0.0:80: bind: Address already in use", in Go's small letters.
std::string bindError(Protocol protocol, const SocketAddress &address, int code)
{
    std::string reason = std::strerror(code);
    reason[0] = static_cast<char>(reason[0] | 0x20);
    std::string text = std::string("listen ") + (protocol == Protocol::Tcp ? "tcp" : "udp") +
                       (address.family() == AF_INET ? '4' : '6') + ' ' + address.text() +
                       ": bind: " + reason;
    const std::string holder = code == EADDRINUSE ? holderOf(protocol, address) : std::string();
    return holder.empty() ? text : text + " (held by " + holder + ')';
}

} // namespace

Result<Descriptor> openNamespace(const std::string &path)
{
    Descriptor handle(open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!handle) {
        return ioFailure("the network namespace " + path + " cannot be opened");
    }
    struct statfs system = {};
    if (fstatfs(handle.get(), &system) != 0 || system.f_type != NSFS_MAGIC ||
        ioctl(handle.get(), NS_GET_NSTYPE) != CLONE_NEWNET) {
        return failure(ErrorKind::Io, "port.listen", path + " is not a network namespace");
    }
    return handle;
}

Result<void> enterNamespace(const Descriptor &handle)
{
    if (setns(handle.get(), CLONE_NEWNET) != 0) {
        return ioFailure("the network namespace cannot be entered");
    }
    return {};
}

void reuseWaitingPorts()
{
    const Descriptor setting(open("/proc/sys/net/ipv4/tcp_tw_reuse", O_WRONLY | O_CLOEXEC));
    [[maybe_unused]] const ssize_t written = write(setting.get(), "1", 1);
}

Result<Descriptor> bindSocket(Protocol protocol, const SocketAddress &address)
{
    const int type = protocol == Protocol::Tcp ? SOCK_STREAM : SOCK_DGRAM;
    Descriptor bound(socket(address.family(), type | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    if (!bound) {
        return ioFailure("a socket cannot be made");
    }
    const int handle = bound.get();
    if ((address.family() == AF_INET6 && !enable(handle, IPPROTO_IPV6, IPV6_V6ONLY)) ||
        (protocol == Protocol::Tcp && !enable(handle, SOL_SOCKET, SO_REUSEADDR)) ||
        (protocol == Protocol::Udp && !wantDestination(handle, address.family()))) {
        return ioFailure("a socket cannot be set up");
    }
    if (bind(handle, address.data(), address.size()) != 0 ||
        (protocol == Protocol::Tcp && listen(handle, SOMAXCONN) != 0)) {
        const int code = errno;
        return failure(ErrorKind::Io, "port.listen", bindError(protocol, address, code), code);
    }
    return bound;
}

Result<void> adoptSocket(Protocol protocol, const SocketAddress &expected, const Descriptor &socket)
{
    int type = 0;
    socklen_t length = sizeof type;
    const auto bound = SocketAddress::ofSocket(socket.get());
    const bool isStream = protocol == Protocol::Tcp;
    if (getsockopt(socket.get(), SOL_SOCKET, SO_TYPE, &type, &length) != 0 || !bound ||
        *bound != expected || type != (isStream ? SOCK_STREAM : SOCK_DGRAM)) {
        return failure(ErrorKind::InvalidArgument, "port.listen",
                       "the passed descriptor is no socket bound to " + expected.text());
    }
    const int flags = fcntl(socket.get(), F_GETFL);
    if (fcntl(socket.get(), F_SETFL, flags | O_NONBLOCK) != 0 ||
        fcntl(socket.get(), F_SETFD, FD_CLOEXEC) != 0 ||
        (isStream ? listen(socket.get(), SOMAXCONN) != 0
                  : !wantDestination(socket.get(), expected.family()))) {
        return ioFailure("the passed socket cannot be used");
    }
    return {};
}

} // namespace roadstead::port
