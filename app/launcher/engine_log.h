// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/launcher/account.h"
#include "app/launcher/descriptor.h"
#include "app/launcher/paths.h"
#include "engine/base/result.h"

#include <deque>
#include <string>
#include <string_view>

namespace roadstead::launcher {

/// The engine's log, engine.log in the log folder: what dockerd and containerd say, and the
/// launcher's own lines between. Readable by root and the user alone, by an access control list:
/// the user's group may be everyone's. Where the file system has no such lists, by root. At 8 MiB
/// it becomes engine.log.1 and a new one begins, so that a log never takes more than 16 MiB.
class EngineLog
{
public:
    static constexpr std::size_t defaultLimit = 8U << 20U;

    static Result<EngineLog> open(const Paths &paths, const Account &account,
                                  std::size_t limit = defaultLimit);

    /// What a program wrote, in any pieces.
    void append(std::string_view bytes);
    /// A line of the launcher's own, also sent to standard error (the journal). Level is one of
    /// dockerd's words: info, warning, error.
    void say(std::string_view level, std::string_view text);

    /// The last lines since the mark, at most 64, each at most 4 KiB.
    [[nodiscard]] const std::deque<std::string> &recent() const { return m_recent; }
    void mark();

private:
    EngineLog(Descriptor folder, uid_t reader, std::size_t limit);
    Result<void> openFile();
    void write(std::string_view bytes);
    void remember(std::string_view bytes);

    Descriptor m_folder;
    Descriptor m_file;
    uid_t m_reader = 0;
    std::size_t m_limit = defaultLimit;
    std::size_t m_size = 0;
    std::string m_line; ///< the line that is not complete yet
    std::deque<std::string> m_recent;
};

} // namespace roadstead::launcher
