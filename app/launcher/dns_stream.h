// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/launcher/descriptor.h"

#include <chrono>
#include <string>

namespace roadstead::launcher {

/// One name service connection over TCP, passed on in both directions. Nonblocking; the owner
/// polls.
class DnsStream
{
public:
    using Clock = std::chrono::steady_clock;
    static constexpr std::chrono::seconds patience{20};

    /// Both ends nonblocking; the upstream one may still be connecting.
    DnsStream(Descriptor client, Descriptor upstream, Clock::time_point now)
        : m_client{std::move(client), {}, false}
        , m_upstream{std::move(upstream), {}, false}
        , m_end(now + patience)
    {
    }

    [[nodiscard]] int client() const { return m_client.socket.get(); }
    [[nodiscard]] int upstream() const { return m_upstream.socket.get(); }
    [[nodiscard]] short clientEvents() const { return events(m_client, m_upstream); }
    [[nodiscard]] short upstreamEvents() const { return events(m_upstream, m_client); }

    /// Moves what can be moved. False when the connection is over.
    bool advance(Clock::time_point now);

private:
    struct End
    {
        Descriptor socket;
        std::string toWrite; ///< read from the other end, at most 64 KiB
        bool hasEnded = false;
    };

    static short events(const End &end, const End &other);
    static bool move(End &from, End &to);

    End m_client;
    End m_upstream;
    Clock::time_point m_end;
};

} // namespace roadstead::launcher
