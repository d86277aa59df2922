// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/launcher/engine_socket.h"

#include "app/launcher/failures.h"
#include "app/launcher/files.h"

#include <fcntl.h>
#include <grp.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <string_view>

namespace roadstead::launcher {

namespace {

/// While it lives, the process has the user's rights on files and nothing more.
class AsUser
{
public:
    explicit AsUser(const Account &account)
    {
        m_isUser =
            setgroups(0, nullptr) == 0 && setegid(account.gid) == 0 && seteuid(account.uid) == 0;
    }
    ~AsUser()
    {
        // Going on with half of the rights back would be worse than not going on.
        if (seteuid(0) != 0 || setegid(0) != 0) {
            std::abort();
        }
    }
    AsUser(const AsUser &) = delete;
    AsUser &operator=(const AsUser &) = delete;
    [[nodiscard]] bool isUser() const { return m_isUser; }

private:
    bool m_isUser = false;
};

/// Removes whatever has the socket's name; what cannot be removed (a folder with contents) is moved
/// out of the way.
void clearName(const Descriptor &folder)
{
    if (unlinkat(folder.get(), socketName, 0) == 0 || (errno != EISDIR && errno != EPERM) ||
        unlinkat(folder.get(), socketName, AT_REMOVEDIR) == 0) {
        return;
    }
    const std::string aside = std::string(socketName) + "." + std::to_string(time(nullptr));
    renameat(folder.get(), socketName, folder.get(), aside.c_str());
}

Result<void> bindInside(const Descriptor &folder, const Descriptor &listener)
{
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::ranges::copy(std::string_view(socketName), address.sun_path);
    const mode_t before = umask(0177);
    const bool isBound =
        fchdir(folder.get()) == 0 &&
        bind(listener.get(), reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0;
    const int error = errno;
    umask(before);
    if (chdir("/") != 0 || !isBound) {
        errno = error;
        return ioFailure("launcher.socket", socketName);
    }
    return {};
}

bool isSocketOf(const struct stat &info, const Account &account)
{
    return S_ISSOCK(info.st_mode) && info.st_uid == account.uid && (info.st_mode & 0777) == 0600;
}

} // namespace

Result<EngineSocket> EngineSocket::make(const Paths &paths, const Account &account)
{
    auto parent = openRootFolder(socketRoot, 0755);
    if (!parent) {
        return std::unexpected(parent.error());
    }
    auto folder = openUserFolder(paths.socketFolder, 0700, account.uid, account.gid);
    if (!folder) {
        return std::unexpected(folder.error());
    }
    EngineSocket result;
    result.m_folder = std::move(*folder);
    result.m_listener.reset(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    {
        const AsUser user(account);
        if (!user.isUser()) {
            return ioFailure("launcher.socket", "becoming " + account.name);
        }
        clearName(result.m_folder);
        if (auto bound = bindInside(result.m_folder, result.m_listener); !bound) {
            return std::unexpected(bound.error());
        }
    }
    result.m_inode.reset(
        openat(result.m_folder.get(), socketName, O_PATH | O_NOFOLLOW | O_CLOEXEC));
    struct stat info{};
    if (!result.m_inode.isOpen() || fstat(result.m_inode.get(), &info) != 0 ||
        !isSocketOf(info, account) || listen(result.m_listener.get(), SOMAXCONN) != 0) {
        return ioFailure("launcher.socket", paths.socket);
    }
    return result;
}

bool EngineSocket::isInPlace() const
{
    struct stat folder{};
    struct stat named{};
    struct stat own{};
    return fstat(m_folder.get(), &folder) == 0 &&
           fstatat(m_folder.get(), socketName, &named, AT_SYMLINK_NOFOLLOW) == 0 &&
           fstat(m_inode.get(), &own) == 0 && named.st_ino == own.st_ino &&
           named.st_dev == own.st_dev && named.st_uid == folder.st_uid &&
           (named.st_mode & 07777U) == 0600;
}

void removeSocket(const Paths &paths, const Account &account)
{
    const Descriptor folder(
        open(paths.socketFolder.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    if (folder.isOpen()) {
        const AsUser user(account);
        if (user.isUser()) {
            unlinkat(folder.get(), socketName, 0);
        }
    }
}

} // namespace roadstead::launcher
