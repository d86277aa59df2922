// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/runtime/spec_file.h"

#include "app/runtime/spec.h"

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

/// Closes when left; -1 is none.
struct File
{
    explicit File(int opened)
        : handle(opened)
    {
    }
    File(const File &) = delete;
    File &operator=(const File &) = delete;
    ~File()
    {
        if (handle >= 0) {
            close(handle);
        }
    }
    int handle;
};

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
    const File file(
        openat(folder, temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
    if (file.handle < 0 || !writeAll(file.handle, text) ||
        fchown(file.handle, like.st_uid, like.st_gid) != 0 ||
        fchmod(file.handle, like.st_mode & 07777) != 0 || fsync(file.handle) != 0 ||
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
    const File folder(open(bundle.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
    if (folder.handle < 0) {
        return errno == ENOENT ? Result<void>() : ioFailure("the bundle cannot be opened");
    }
    const File file(openat(folder.handle, "config.json", O_RDONLY | O_NOFOLLOW | O_CLOEXEC));
    struct stat entry = {};
    if (file.handle < 0 && errno == ENOENT) {
        return {};
    }
    if (file.handle < 0 || fstat(file.handle, &entry) != 0) {
        return ioFailure("config.json cannot be opened");
    }
    if (!S_ISREG(entry.st_mode)) {
        return failure(ErrorKind::MalformedReply, "runtime.spec", "config.json is not a file");
    }
    const Result<std::string> text = readAll(file.handle);
    if (!text) {
        return std::unexpected(text.error());
    }
    const auto edited = withNetworkNamespace(*text, path);
    if (!edited) {
        return std::unexpected(edited.error());
    }
    return edited->has_value() ? replace(folder.handle, entry, **edited) : Result<void>();
}

} // namespace roadstead::runtime
