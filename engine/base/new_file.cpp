// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/new_file.h"

#include "engine/base/files.h"
#include "engine/base/random.h"

#include <cerrno>
#include <cstdlib>
#include <memory>
#include <utility>

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

namespace roadstead {

namespace {

constexpr std::size_t fileBuffer = std::size_t(256) << 10U;

} // namespace

Result<NewFile> NewFile::begin(const std::string &path, const char *operation, mode_t mode)
{
    const std::unique_ptr<char, void (*)(void *)> real(::realpath(path.c_str(), nullptr),
                                                       std::free);
    NewFile made(operation);
    made.m_target = real ? std::string(real.get()) : path;
    struct stat status{};
    if (::stat(made.m_target.c_str(), &status) == 0 && !S_ISREG(status.st_mode)) {
        errno = S_ISDIR(status.st_mode) ? EISDIR : EINVAL;
        return systemFailure(operation, path);
    }
    const auto suffix = randomHex(8);
    if (!suffix) {
        return std::unexpected(suffix.error());
    }
    std::string temporary = made.m_target + "." + *suffix + ".part";
    made.m_file.reset(
        ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode));
    if (!made.m_file.isOpen()) {
        return systemFailure(operation, path);
    }
    made.m_temporary = std::move(temporary);
    return made;
}

NewFile::NewFile(NewFile &&other) noexcept
    : m_operation(other.m_operation)
    , m_target(std::move(other.m_target))
    , m_temporary(std::exchange(other.m_temporary, {}))
    , m_file(std::move(other.m_file))
    , m_buffer(std::move(other.m_buffer))
    , m_size(other.m_size)
{
}

NewFile::~NewFile()
{
    if (!m_temporary.empty()) {
        ::unlink(m_temporary.c_str());
    }
}

Result<void> NewFile::write(std::string_view bytes)
{
    m_buffer += bytes;
    m_size += bytes.size();
    return m_buffer.size() < fileBuffer ? Result<void>() : flush();
}

Result<void> NewFile::flush()
{
    std::string_view left = m_buffer;
    while (!left.empty()) {
        const ssize_t written = ::write(m_file.get(), left.data(), left.size());
        if (written < 0 && errno != EINTR) {
            return systemFailure(m_operation, m_target);
        }
        left.remove_prefix(written < 0 ? 0 : static_cast<std::size_t>(written));
    }
    m_buffer.clear();
    return {};
}

Result<void> NewFile::finish()
{
    if (auto flushed = flush(); !flushed) {
        return flushed;
    }
    if (::fsync(m_file.get()) != 0 || ::rename(m_temporary.c_str(), m_target.c_str()) != 0) {
        return systemFailure(m_operation, m_target);
    }
    m_temporary.clear();
    return {};
}

} // namespace roadstead
