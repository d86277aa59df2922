// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/images/whole_file.h"

#include "engine/base/files.h"
#include "engine/base/random.h"

#include <cerrno>
#include <filesystem>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace roadstead::service {

namespace {

constexpr const char *wholeFileOperation = "file.write";

} // namespace

WholeFile::WholeFile(std::string target, std::string temporary, FileDescriptor file)
    : m_target(std::move(target))
    , m_temporary(std::move(temporary))
    , m_file(std::move(file))
{
}

WholeFile::WholeFile(WholeFile &&other) noexcept
    : m_target(std::move(other.m_target))
    , m_temporary(std::exchange(other.m_temporary, {}))
    , m_file(std::move(other.m_file))
    , m_size(other.m_size)
{
}

WholeFile::~WholeFile()
{
    if (!m_temporary.empty()) {
        ::unlink(m_temporary.c_str());
    }
}

Result<WholeFile> WholeFile::begin(const std::string &path)
{
    std::error_code fault;
    const std::filesystem::path real = std::filesystem::canonical(path, fault);
    const std::string target = fault ? path : real.string();
    struct stat status{};
    if (::stat(target.c_str(), &status) == 0 && !S_ISREG(status.st_mode)) {
        errno = S_ISDIR(status.st_mode) ? EISDIR : EINVAL;
        return systemFailure(wholeFileOperation, path);
    }
    const auto suffix = randomHex(8);
    if (!suffix) {
        return std::unexpected(suffix.error());
    }
    std::string temporary = target + "." + *suffix + ".part";
    FileDescriptor file(
        ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (!file.isOpen()) {
        return systemFailure(wholeFileOperation, path);
    }
    return WholeFile(target, std::move(temporary), std::move(file));
}

Result<void> WholeFile::write(std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t written = ::write(m_file.get(), bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written < 0) {
            return systemFailure(wholeFileOperation, m_target);
        }
        m_size += static_cast<std::uint64_t>(written);
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return {};
}

Result<void> WholeFile::finish()
{
    if (::fsync(m_file.get()) != 0 || ::rename(m_temporary.c_str(), m_target.c_str()) != 0) {
        return systemFailure(wholeFileOperation, m_target);
    }
    m_temporary.clear();
    return {};
}

} // namespace roadstead::service
