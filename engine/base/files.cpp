// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/files.h"

#include "engine/base/file_descriptor.h"
#include "engine/base/random.h"

#include <algorithm>
#include <cerrno>
#include <climits>
#include <cstdlib>
#include <memory>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace roadstead {

namespace {

constexpr const char *reading = "file.read";
constexpr const char *writing = "file.write";

std::string parentOf(const std::string &path)
{
    const std::size_t slash = path.find_last_of('/');
    if (slash == std::string::npos) {
        return ".";
    }
    return slash == 0 ? "/" : path.substr(0, slash);
}

/// Where a chain of symbolic links ends; the path itself when there is nothing yet.
std::string resolved(const std::string &path)
{
    const std::unique_ptr<char, void (*)(void *)> real(::realpath(path.c_str(), nullptr),
                                                       std::free);
    return real ? std::string(real.get()) : path;
}

bool writeAll(int descriptor, std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
        if (written < 0 && errno != EINTR) {
            return false;
        }
        bytes.remove_prefix(written < 0 ? 0 : static_cast<std::size_t>(written));
    }
    return true;
}

} // namespace

std::unexpected<Error> systemFailure(std::string operation, std::string detail)
{
    const int code = errno;
    const bool isFull = code == ENOSPC || code == EDQUOT;
    return failure(isFull ? ErrorKind::DiskFull : ErrorKind::Io, std::move(operation),
                   std::move(detail), code);
}

Result<std::string> readFile(const std::string &path, std::size_t longest)
{
    const FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    struct stat status{};
    if (!file.isOpen() || ::fstat(file.get(), &status) != 0) {
        return systemFailure(reading, path);
    }
    if (!S_ISREG(status.st_mode)) {
        errno = EINVAL;
        return systemFailure(reading, path);
    }
    std::string bytes;
    for (;;) {
        constexpr std::size_t step = 64UL * 1024;
        const std::size_t before = bytes.size();
        bytes.resize(before + step);
        const ssize_t got = ::read(file.get(), bytes.data() + before, step);
        if (got < 0 && errno != EINTR) {
            return systemFailure(reading, path);
        }
        bytes.resize(before + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
        if (bytes.size() > longest) {
            errno = EFBIG;
            return systemFailure(reading, path);
        }
        if (got == 0) {
            return bytes;
        }
    }
}

Result<void> replaceFile(const std::string &path, std::string_view bytes, mode_t mode)
{
    const std::string target = resolved(path);
    const auto suffix = randomHex(8);
    if (!suffix) {
        return std::unexpected(suffix.error());
    }
    const std::string temporary = target + "." + *suffix + ".tmp";
    FileDescriptor file(
        ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (!file.isOpen()) {
        return systemFailure(writing, path);
    }
    const bool isWhole = writeAll(file.get(), bytes) && ::fchmod(file.get(), mode) == 0 &&
                         ::fsync(file.get()) == 0 &&
                         ::rename(temporary.c_str(), target.c_str()) == 0;
    if (!isWhole) {
        auto failed = systemFailure(writing, path);
        ::unlink(temporary.c_str());
        return failed;
    }
    // Without this, a crash could bring the old file back. Not every file system can do it.
    const FileDescriptor folder(
        ::open(parentOf(target).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (folder.isOpen()) {
        ::fsync(folder.get());
    }
    return {};
}

Result<void> makeFolders(const std::string &path, mode_t mode)
{
    struct stat status{};
    if (::stat(path.c_str(), &status) == 0) {
        if (S_ISDIR(status.st_mode)) {
            return {};
        }
        errno = ENOTDIR;
        return systemFailure(writing, path);
    }
    if (errno != ENOENT) {
        return systemFailure(writing, path);
    }
    if (const std::string parent = parentOf(path); parent != path) {
        if (auto made = makeFolders(parent, mode); !made) {
            return made;
        }
    }
    if (::mkdir(path.c_str(), mode) != 0) {
        return errno == EEXIST ? Result<void>{} : systemFailure(writing, path);
    }
    // The umask may have taken bits away.
    return ::chmod(path.c_str(), mode) == 0 ? Result<void>{} : systemFailure(writing, path);
}

} // namespace roadstead
