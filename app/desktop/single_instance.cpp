// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/single_instance.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QFile>
#include <QSocketNotifier>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace roadstead::desktop {

namespace {

constexpr char operation[] = "instance.claim";
constexpr qsizetype longestRequest = 512;
const QByteArray greeting("activate ");

std::unexpected<Error> systemFailure(const char *call)
{
    const int code = errno;
    return failure(code == EACCES ? ErrorKind::PermissionDenied : ErrorKind::Io, operation,
                   std::string(call) + ": " + std::strerror(code), code);
}

bool isOursAlone(const QByteArray &folder)
{
    struct stat status = {};
    return ::lstat(folder.constData(), &status) == 0 && S_ISDIR(status.st_mode) &&
           status.st_uid == ::geteuid() && (status.st_mode & 0077U) == 0;
}

/// False when the path is too long for a socket.
bool fillAddress(sockaddr_un &address, const QByteArray &path)
{
    address = {};
    address.sun_family = AF_UNIX;
    if (path.size() >= static_cast<qsizetype>(sizeof address.sun_path)) {
        return false;
    }
    std::ranges::copy(path, address.sun_path);
    return true;
}

bool waitFor(int descriptor, short event, const QDeadlineTimer &deadline)
{
    pollfd entry{.fd = descriptor, .events = event, .revents = 0};
    return ::poll(&entry, 1, static_cast<int>(deadline.remainingTime())) == 1;
}

bool peerIsThisUser(int descriptor)
{
    ucred peer = {};
    socklen_t size = sizeof peer;
    return ::getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 &&
           peer.uid == ::geteuid();
}

} // namespace

SingleInstance::SingleInstance(const QString &folder, const QString &key, QObject *parent)
    : QObject(parent)
    , m_lockPath(folder + QStringLiteral("/roadstead") + key + QStringLiteral(".lock"))
    , m_socketPath(folder + QStringLiteral("/roadstead") + key + QStringLiteral(".sock"))
{
}

SingleInstance::~SingleInstance()
{
    m_notifier.reset();
    if (m_listener.isOpen()) {
        // While the lock is still held, so that a successor's socket is never removed. The lock
        // file stays: removing it would let two programs lock two files of the same name.
        ::unlink(QFile::encodeName(m_socketPath).constData());
    }
}

Result<QString> SingleInstance::userFolder()
{
    const QByteArray runtime = qgetenv("XDG_RUNTIME_DIR");
    if (!runtime.isEmpty() && isOursAlone(runtime)) {
        return QFile::decodeName(runtime);
    }
    const QString own = QDir::tempPath() + QStringLiteral("/roadstead-%1").arg(::geteuid());
    const QByteArray path = QFile::encodeName(own);
    if (::mkdir(path.constData(), 0700) != 0 && errno != EEXIST) {
        return systemFailure("mkdir");
    }
    if (!isOursAlone(path)) {
        return failure(ErrorKind::PermissionDenied, operation, path.toStdString());
    }
    return own;
}

Result<SingleInstance::Role> SingleInstance::claim(const QString &activationToken,
                                                   int patienceMilliseconds)
{
    m_lock.reset(::open(QFile::encodeName(m_lockPath).constData(),
                        O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (!m_lock.isOpen()) {
        return systemFailure("open");
    }
    const QByteArray token = activationToken.toUtf8().left(longestRequest / 2);
    const QDeadlineTimer deadline(patienceMilliseconds);
    // The holder may be about to listen, or about to end: look at both until one succeeds.
    do {
        if (::flock(m_lock.get(), LOCK_EX | LOCK_NB) == 0) {
            return listen();
        }
        if (errno != EWOULDBLOCK && errno != EINTR) {
            return systemFailure("flock");
        }
        if (askFirst(greeting + token + '\n', static_cast<int>(deadline.remainingTime()))) {
            return Role::Later;
        }
        ::poll(nullptr, 0, 20);
    } while (!deadline.hasExpired());
    return failure(ErrorKind::NotAnswering, operation);
}

Result<SingleInstance::Role> SingleInstance::listen()
{
    const QByteArray path = QFile::encodeName(m_socketPath);
    sockaddr_un address;
    if (!fillAddress(address, path)) {
        return failure(ErrorKind::InvalidArgument, operation, path.toStdString());
    }
    ::unlink(path.constData()); // left by one that crashed: the lock says that nobody listens
    m_listener.reset(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (!m_listener.isOpen()) {
        return systemFailure("socket");
    }
    const mode_t mask = ::umask(0177);
    const bool bound =
        ::bind(m_listener.get(), reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0;
    ::umask(mask);
    if (!bound || ::listen(m_listener.get(), 8) != 0) {
        const auto error = systemFailure("bind");
        m_listener.reset();
        return error;
    }
    return Role::First;
}

void SingleInstance::serve()
{
    m_notifier = std::make_unique<QSocketNotifier>(m_listener.get(), QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, &SingleInstance::acceptOne);
}

bool SingleInstance::askFirst(const QByteArray &line, int patienceMilliseconds) const
{
    const QDeadlineTimer deadline(patienceMilliseconds);
    sockaddr_un address;
    // Non-blocking, because connecting to a first one that is stuck would wait for a place in its
    // queue for as long as it is.
    const FileDescriptor peer(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (!peer.isOpen() || !fillAddress(address, QFile::encodeName(m_socketPath)) ||
        ::connect(peer.get(), reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0 ||
        !peerIsThisUser(peer.get()) ||
        ::send(peer.get(), line.constData(), static_cast<std::size_t>(line.size()), MSG_NOSIGNAL) !=
            line.size()) {
        return false;
    }
    char answer = 0;
    return waitFor(peer.get(), POLLIN, deadline) && ::recv(peer.get(), &answer, 1, 0) == 1;
}

void SingleInstance::acceptOne()
{
    const FileDescriptor peer(::accept4(m_listener.get(), nullptr, nullptr, SOCK_CLOEXEC));
    if (!peer.isOpen() || !peerIsThisUser(peer.get())) {
        return;
    }
    // The asker has already sent its line by the time it is accepted; a peer that has not is not
    // worth a stall of the GUI thread.
    std::array<char, longestRequest> buffer;
    if (!waitFor(peer.get(), POLLIN, QDeadlineTimer(20))) {
        return;
    }
    const auto got = ::recv(peer.get(), buffer.data(), buffer.size(), MSG_DONTWAIT);
    const QByteArray line(buffer.data(), std::max<qsizetype>(got, 0));
    if (!line.startsWith(greeting) || !line.endsWith('\n')) {
        return;
    }
    const char answer = '+';
    ::send(peer.get(), &answer, 1, MSG_NOSIGNAL | MSG_DONTWAIT);
    Q_EMIT activationRequested(QString::fromUtf8(line.sliced(greeting.size()).chopped(1)));
}

} // namespace roadstead::desktop
