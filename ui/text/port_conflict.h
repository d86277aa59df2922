// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>
#include <string_view>

namespace roadstead::ui {

/// A port that an engine could not publish, as it said so.
struct PortConflict
{
    QString port;                ///< "8080"
    QString holder;              ///< name of the process that has it; empty = not told
    QString pid;                 ///< of the same; empty = not told
    bool otherContainer = false; ///< a container of the same engine has it
};

/// Finds a taken port in an engine's message: "listen tcp4 0.0.0.0:8080: bind: address already in
/// use (held by caddy, pid 2214)", where the last part is what our own forwarder adds, or "Bind for
/// 0.0.0.0:8080 failed: port is already allocated". Nothing when the message is about something
/// else. What it returns is display text. Thread-safe.
[[nodiscard]] std::optional<PortConflict> portConflict(std::string_view message);

} // namespace roadstead::ui
