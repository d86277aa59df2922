// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace roadstead::launcher {

/// Tells systemd how the service does (the sd_notify datagram protocol, without its library).
class Notifier
{
public:
    /// Takes the value of NOTIFY_SOCKET; empty = not under systemd, then notify() does nothing.
    explicit Notifier(std::string socketPath)
        : m_path(std::move(socketPath))
    {
    }

    /// For example "READY=1\nSTATUS=Running". Never blocks; a lost message is no failure.
    void notify(const std::string &message) const;

private:
    std::string m_path;
};

} // namespace roadstead::launcher
