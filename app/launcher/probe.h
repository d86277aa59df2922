// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/launcher/descriptor.h"

#include <string>
#include <string_view>

namespace roadstead::launcher {

/// One GET to a unix socket, over HTTP/1.0, without blocking. The owner polls descriptor() for
/// events() and calls advance() when it is ready; it also keeps the deadline. Answers over 1 MiB
/// count as failed.
class Probe
{
public:
    enum class Outcome { Pending, Answered, Failed };

    /// The socket by its O_PATH descriptor; the target is a constant of ours.
    Probe(int socketInode, std::string_view target);

    [[nodiscard]] int descriptor() const { return m_socket.get(); }
    [[nodiscard]] short events() const;
    Outcome advance();
    /// Everything after the headers; complete once Answered. Only replies with status 200 count.
    [[nodiscard]] std::string body() const;

private:
    Descriptor m_socket;
    std::string m_request;
    std::string m_answer;
    bool m_hasFailed = false;
};

} // namespace roadstead::launcher
