// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/launcher/engine_log.h"

#include "app/launcher/failures.h"
#include "app/launcher/files.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <chrono>
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

} // namespace

EngineLog::EngineLog(Descriptor folder, gid_t group, std::size_t limit)
    : m_folder(std::move(folder))
    , m_group(group)
    , m_limit(limit)
{
}

Result<EngineLog> EngineLog::open(const Paths &paths, const Account &account, std::size_t limit)
{
    auto folder = openRootFolder(paths.logFolder, 0750, account.gid);
    if (!folder) {
        return std::unexpected(folder.error());
    }
    EngineLog log(std::move(*folder), account.gid, limit);
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
    if (!m_file.isOpen() || fstat(m_file.get(), &info) != 0 ||
        fchown(m_file.get(), 0, m_group) != 0 || fchmod(m_file.get(), 0640) != 0) {
        return ioFailure("launcher.log", current);
    }
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
