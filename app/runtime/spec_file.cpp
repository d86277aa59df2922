// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/runtime/spec_file.h"

#include "app/runtime/spec.h"
#include "engine/base/file_descriptor.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <optional>
#include <sys/stat.h>
#include <unistd.h>

namespace roadstead::runtime {
namespace {

std::unexpected<Error> ioFailure(const char *what)
{
    const int code = errno;
    return failure(ErrorKind::Io, "runtime.spec", std::string(what) + ": " + std::strerror(code),
                   code);
}

Result<std::string> readAll(int file)
{
    std::string text(largestSpec + 1, '\0');
    std::size_t size = 0;
    while (size < text.size()) {
        const ssize_t count = read(file, text.data() + size, text.size() - size);
        if (count < 0 && errno != EINTR) {
            return ioFailure("config.json cannot be read");
        }
        if (count == 0) {
            break;
        }
        size += static_cast<std::size_t>(count > 0 ? count : 0);
    }
    text.resize(size);
    return text;
}

bool writeAll(int file, const std::string &text)
{
    std::size_t written = 0;
    while (written < text.size()) {
        const ssize_t count = write(file, text.data() + written, text.size() - written);
        if (count < 0 && errno != EINTR) {
            return false;
        }
        written += static_cast<std::size_t>(count > 0 ? count : 0);
    }
    return true;
}

Result<void> replace(int folder, const struct stat &like, const std::string &text)
{
    constexpr const char *temporary = ".config.json.roadstead";
    unlinkat(folder, temporary, 0);
    const FileDescriptor file(
        openat(folder, temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
    if (!file.isOpen() || !writeAll(file.get(), text) ||
        fchown(file.get(), like.st_uid, like.st_gid) != 0 ||
        fchmod(file.get(), like.st_mode & 07777) != 0 || fsync(file.get()) != 0 ||
        renameat(folder, temporary, folder, "config.json") != 0) {
        const auto failed = ioFailure("config.json cannot be written");
        unlinkat(folder, temporary, 0);
        return failed;
    }
    return {};
}

} // namespace

Result<void> editSpec(const std::string &bundle, const std::string &path)
{
    const FileDescriptor folder(open(bundle.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
    if (!folder.isOpen()) {
        return errno == ENOENT ? Result<void>() : ioFailure("the bundle cannot be opened");
    }
    const FileDescriptor file(
        openat(folder.get(), "config.json", O_RDONLY | O_NOFOLLOW | O_CLOEXEC));
    struct stat entry = {};
    if (!file.isOpen() && errno == ENOENT) {
        return {};
    }
    if (!file.isOpen() || fstat(file.get(), &entry) != 0) {
        return ioFailure("config.json cannot be opened");
    }
    if (!S_ISREG(entry.st_mode)) {
        return failure(ErrorKind::MalformedReply, "runtime.spec", "config.json is not a file");
    }
    const Result<std::string> text = readAll(file.get());
    if (!text) {
        return std::unexpected(text.error());
    }
    const auto edited = withNetworkNamespace(*text, path);
    if (!edited) {
        return std::unexpected(edited.error());
    }
    return edited->has_value() ? replace(folder.get(), entry, **edited) : Result<void>();
}

} // namespace roadstead::runtime
