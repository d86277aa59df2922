// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/launcher/engine_log.h"

#include "app/launcher/failures.h"
#include "app/launcher/files.h"

#include <endian.h>
#include <fcntl.h>
#include <linux/posix_acl.h>
#include <linux/posix_acl_xattr.h>
#include <sys/stat.h>
#include <sys/xattr.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <format>

namespace roadstead::launcher {

namespace {

constexpr auto current = "engine.log";
constexpr auto previous = "engine.log.1";
constexpr std::size_t recentLines = 64;
constexpr std::size_t lineLimit = 4096;

/// In quotes, with what would end the quotes or the line escaped.
std::string quoted(std::string_view text)
{
    std::string result = "\"";
    for (const char letter : text) {
        if (letter == '"' || letter == '\\') {
            result += '\\';
        }
        result += letter == '\n' || letter == '\r' ? ' ' : letter;
    }
    return result + "\"";
}

/// Lets this user, besides root, read a file of root's; also with the right in `more`
/// (ACL_EXECUTE). acl(5), in the kernel's form (linux/posix_acl_xattr.h).
void letRead(const Descriptor &file, uid_t reader, unsigned more)
{
    const auto entry = [](unsigned tag, unsigned rights, std::uint32_t who = UINT32_MAX) {
        return posix_acl_xattr_entry{htole16(static_cast<std::uint16_t>(tag)),
                                     htole16(static_cast<std::uint16_t>(rights)), htole32(who)};
    };
    const struct
    {
        std::uint32_t version;
        std::array<posix_acl_xattr_entry, 5> entries;
    } list{htole32(POSIX_ACL_XATTR_VERSION),
           {entry(ACL_USER_OBJ, ACL_READ | ACL_WRITE | more),
            entry(ACL_USER, ACL_READ | more, reader), entry(ACL_GROUP_OBJ, 0),
            entry(ACL_MASK, ACL_READ | more), entry(ACL_OTHER, 0)}};
    (void)fsetxattr(file.get(), "system.posix_acl_access", &list, sizeof list, 0);
}

} // namespace

EngineLog::EngineLog(Descriptor folder, uid_t reader, std::size_t limit)
    : m_folder(std::move(folder))
    , m_reader(reader)
    , m_limit(limit)
{
}

Result<EngineLog> EngineLog::open(const Paths &paths, const Account &account, std::size_t limit)
{
    auto folder = openRootFolder(paths.logFolder, 0700);
    if (!folder) {
        return std::unexpected(folder.error());
    }
    letRead(*folder, account.uid, ACL_EXECUTE);
    EngineLog log(std::move(*folder), account.uid, limit);
    if (auto opened = log.openFile(); !opened) {
        return std::unexpected(opened.error());
    }
    return log;
}

Result<void> EngineLog::openFile()
{
    m_file.reset(openat(m_folder.get(), current,
                        O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0600));
    struct stat info{};
    if (!m_file.isOpen() || fstat(m_file.get(), &info) != 0 || fchown(m_file.get(), 0, 0) != 0 ||
        fchmod(m_file.get(), 0600) != 0) {
        return ioFailure("launcher.log", current);
    }
    letRead(m_file, m_reader, 0);
    m_size = static_cast<std::size_t>(info.st_size);
    return {};
}

void EngineLog::append(std::string_view bytes)
{
    remember(bytes);
    write(bytes);
}

void EngineLog::write(std::string_view bytes)
{
    if (m_size + bytes.size() > m_limit && m_size > 0) {
        renameat(m_folder.get(), current, m_folder.get(), previous);
        // A log that cannot be opened is no reason to take the engine down.
        if (!openFile()) {
            return;
        }
    }
    // Short writes and a full disk lose log lines; there is nowhere to say so.
    if (const ssize_t count = ::write(m_file.get(), bytes.data(), bytes.size()); count > 0) {
        m_size += static_cast<std::size_t>(count);
    }
}

void EngineLog::remember(std::string_view bytes)
{
    for (const char letter : bytes) {
        if (letter != '\n') {
            if (m_line.size() < lineLimit) {
                m_line += letter;
            }
            continue;
        }
        m_recent.push_back(std::move(m_line));
        m_line.clear();
        if (m_recent.size() > recentLines) {
            m_recent.pop_front();
        }
    }
}

void EngineLog::say(std::string_view level, std::string_view text)
{
    using namespace std::chrono;
    const auto now = floor<milliseconds>(system_clock::now());
    const std::string line =
        std::format("time=\"{:%FT%TZ}\" level={} msg={} from=launcher\n", now, level, quoted(text));
    write(line);
    (void)!::write(STDERR_FILENO, line.data(), line.size());
}

void EngineLog::mark()
{
    m_recent.clear();
    m_line.clear();
}

} // namespace roadstead::launcher
