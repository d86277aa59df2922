// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/beneath.h"

#include "engine/base/files.h"

#include <cerrno>
#include <cstdint>
#include <string_view>

#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace roadstead {

namespace {

constexpr const char *openOperation = "file.open";

/// One folder after another, none of them through a link.
int openStepwise(int root, std::string_view path, int flags, mode_t mode)
{
    if (path.starts_with('/')) {
        errno = EXDEV;
        return -1;
    }
    FileDescriptor here(::openat(root, ".", O_PATH | O_DIRECTORY | O_CLOEXEC));
    while (here.isOpen() && !path.empty()) {
        const std::size_t slash = path.find('/');
        const std::string name(path.substr(0, slash));
        path = slash == std::string_view::npos ? std::string_view() : path.substr(slash + 1);
        if (name == "..") {
            errno = EXDEV;
            return -1;
        }
        if (path.empty()) {
            const bool isFolder = name.empty() || name == ".";
            return ::openat(here.get(), isFolder ? "." : name.c_str(), flags, mode);
        }
        if (!name.empty() && name != ".") {
            here.reset(
                ::openat(here.get(), name.c_str(), O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
        }
    }
    return here.isOpen() ? ::openat(here.get(), ".", flags, mode) : -1;
}

} // namespace

Result<FileDescriptor> openBeneath(int root, const std::string &path, int flags, mode_t mode)
{
    if (path.contains('\0')) {
        errno = EINVAL;
        return systemFailure(openOperation, path);
    }
    flags |= O_CLOEXEC | O_NOFOLLOW;
    open_how how{};
    how.flags = static_cast<std::uint64_t>(static_cast<unsigned>(flags));
    how.mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? mode : 0;
    how.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS;
    const std::string target = path.empty() ? "." : path;
    FileDescriptor opened(
        static_cast<int>(::syscall(SYS_openat2, root, target.c_str(), &how, sizeof(how))));
    if (!opened.isOpen() && (errno == ENOSYS || errno == EPERM)) {
        opened.reset(openStepwise(root, target, flags, mode));
    }
    if (!opened.isOpen()) {
        return systemFailure(openOperation, path);
    }
    return opened;
}

} // namespace roadstead
