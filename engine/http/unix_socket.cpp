// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/http/unix_socket.h"

#include <cerrno>
#include <cstring>

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace roadstead::http {

namespace {

ErrorKind kindOf(int error)
{
    switch (error) {
    case ENOENT:
    case ENOTDIR:
    case ELOOP:
        return ErrorKind::NoSuchSocket;
    case EACCES:
    case EPERM:
        return ErrorKind::PermissionDenied;
    case ECONNREFUSED:
        return ErrorKind::Refused;
    case EAGAIN:
        return ErrorKind::NotAnswering;
    case EPROTOTYPE: // a datagram or packet socket
        return ErrorKind::NotASocket;
    default:
        return ErrorKind::Io;
    }
}

std::unexpected<Error> failed(ErrorKind kind, const std::string &path, int error)
{
    std::string detail = path;
    if (error != 0) {
        detail.append(": ").append(std::strerror(error));
    }
    return failure(kind, {}, std::move(detail), error);
}

Result<void> checkFile(const std::string &path)
{
    struct stat status = {};
    if (::stat(path.c_str(), &status) != 0) {
        return failed(kindOf(errno), path, errno);
    }
    if (!S_ISSOCK(status.st_mode)) {
        return failed(ErrorKind::NotASocket, path, 0);
    }
    if (!mayTrustOwner(status.st_uid)) {
        return failed(ErrorKind::ForeignSocket, path, 0);
    }
    return {};
}

Result<void> checkPeer(int descriptor, const std::string &path)
{
    ucred peer = {};
    socklen_t length = sizeof(peer);
    if (::getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &peer, &length) != 0) {
        return failed(ErrorKind::Io, path, errno);
    }
    if (!mayTrustOwner(peer.uid)) {
        return failed(ErrorKind::ForeignSocket, path, 0);
    }
    return {};
}

} // namespace

bool mayTrustOwner(uid_t owner)
{
    return owner == 0 || owner == ::geteuid();
}

bool isSocketPath(const std::string &path)
{
    return path.starts_with('/') && path.size() < sizeof(sockaddr_un::sun_path) &&
           !path.contains('\0');
}

Result<FileDescriptor> connectUnix(const std::string &path)
{
    sockaddr_un address = {};
    address.sun_family = AF_UNIX;
    if (!isSocketPath(path)) {
        return failed(ErrorKind::InvalidArgument, path, 0);
    }
    std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
    if (const auto checked = checkFile(path); !checked) {
        return std::unexpected(checked.error());
    }
    FileDescriptor socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (!socket.isOpen()) {
        return failed(ErrorKind::Io, path, errno);
    }
    // sockaddr is how the interface names every address type.
    const auto *generic = reinterpret_cast<const sockaddr *>(&address);
    if (::connect(socket.get(), generic, sizeof(address)) != 0) {
        return failed(kindOf(errno), path, errno);
    }
    if (const auto checked = checkPeer(socket.get(), path); !checked) {
        return std::unexpected(checked.error());
    }
    return socket;
}

} // namespace roadstead::http
