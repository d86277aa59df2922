// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/launcher/files.h"

#include "app/launcher/failures.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <array>
#include <filesystem>

namespace roadstead::launcher {

namespace {

constexpr int folderFlags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;

struct Owner
{
    uid_t uid;
    gid_t gid;
};

Result<Descriptor> openFolder(const std::string &path, mode_t mode, Owner owner)
{
    constexpr auto operation = "launcher.folder";
    Descriptor folder(open("/", folderFlags));
    const std::filesystem::path parts = std::filesystem::path(path).relative_path();
    std::string soFar;
    for (auto part = parts.begin(); part != parts.end(); ++part) {
        const bool isLast = std::next(part) == parts.end();
        soFar += "/" + part->string();
        const bool isNew = mkdirat(folder.get(), part->c_str(), isLast ? 0700 : 0755) == 0;
        if (!isNew && errno != EEXIST) {
            return ioFailure(operation, soFar);
        }
        // /var/run, /var/lib and the like may be links of the system's; ours are not.
        const bool isOurs = soFar.contains("roadstead");
        Descriptor next(
            openat(folder.get(), part->c_str(), isOurs ? folderFlags : folderFlags & ~O_NOFOLLOW));
        if (!next.isOpen()) {
            return ioFailure(operation, soFar);
        }
        if (isNew && (isLast ? fchown(next.get(), owner.uid, owner.gid) != 0
                             : fchmod(next.get(), 0755) != 0)) {
            return ioFailure(operation, soFar);
        }
        struct stat info{};
        if (fstat(next.get(), &info) != 0) {
            return ioFailure(operation, soFar);
        }
        const uid_t expected = isLast ? owner.uid : 0;
        if (isOurs && (info.st_uid != expected || (!isLast && (info.st_mode & 022) != 0))) {
            return failure(ErrorKind::PermissionDenied, operation,
                           soFar + " is owned or writable by someone it should not be");
        }
        folder = std::move(next);
    }
    if (fchown(folder.get(), owner.uid, owner.gid) != 0 || fchmod(folder.get(), mode) != 0) {
        return ioFailure(operation, path);
    }
    return folder;
}

Result<std::string> readAll(const Descriptor &file, const std::string &path, std::size_t limit)
{
    std::string content;
    std::array<char, 4096> block{};
    while (true) {
        const ssize_t count = read(file.get(), block.data(), block.size());
        if (count < 0) {
            return ioFailure("launcher.read", path);
        }
        if (count == 0) {
            return content;
        }
        content.append(block.data(), static_cast<std::size_t>(count));
        if (content.size() > limit) {
            return failure(ErrorKind::InvalidArgument, "launcher.read", path + " is too long");
        }
    }
}

Result<void> writeAll(const Descriptor &file, const std::string &path, const std::string &content)
{
    for (std::size_t written = 0; written < content.size();) {
        const ssize_t count = write(file.get(), content.data() + written, content.size() - written);
        if (count < 0) {
            return ioFailure("launcher.write", path);
        }
        written += static_cast<std::size_t>(count);
    }
    return {};
}

} // namespace

Result<Descriptor> openRootFolder(const std::string &path, mode_t mode, gid_t group)
{
    return openFolder(path, mode, {0, group});
}

Result<Descriptor> openUserFolder(const std::string &path, mode_t mode, uid_t owner, gid_t group)
{
    return openFolder(path, mode, {owner, group});
}

Result<void> replaceFile(const std::string &path, const std::string &content, mode_t mode)
{
    const std::string temporary = path + ".new";
    unlink(temporary.c_str());
    const Descriptor file(
        open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
    if (!file.isOpen()) {
        return ioFailure("launcher.write", temporary);
    }
    if (auto written = writeAll(file, temporary, content); !written) {
        return written;
    }
    if (fchmod(file.get(), mode) != 0 || fsync(file.get()) != 0 ||
        rename(temporary.c_str(), path.c_str()) != 0) {
        return ioFailure("launcher.write", path);
    }
    return {};
}

Result<std::string> readFile(const std::string &path, std::size_t limit)
{
    const Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
    return file.isOpen() ? readAll(file, path, limit) : ioFailure("launcher.read", path);
}

Result<std::string> readRootFile(const std::string &path, std::size_t limit)
{
    const Descriptor file(open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    struct stat info{};
    if (!file.isOpen() || fstat(file.get(), &info) != 0) {
        return ioFailure("launcher.read", path);
    }
    if (!S_ISREG(info.st_mode) || info.st_uid != 0 || (info.st_mode & 022) != 0) {
        return failure(ErrorKind::PermissionDenied, "launcher.read",
                       path + " is not a file that only root may write");
    }
    return readAll(file, path, limit);
}

Result<void> writeKernelFile(const std::string &path, const std::string &content)
{
    const Descriptor file(open(path.c_str(), O_WRONLY | O_CLOEXEC));
    return file.isOpen() ? writeAll(file, path, content) : ioFailure("launcher.write", path);
}

} // namespace roadstead::launcher
