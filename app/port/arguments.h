// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/port/address.h"
#include "engine/base/result.h"

#include <cstdint>
#include <span>
#include <string_view>
#include <variant>

namespace roadstead::port {

enum class Protocol { Tcp, Udp };

/// What dockerd asks for: docker-proxy's command line, dockerd 20.10 to 28.5.
struct Publish
{
    Protocol protocol = Protocol::Tcp;
    SocketAddress host;            ///< where to listen in the host's namespace
    SocketAddress container;       ///< where to connect in the engine's namespace
    bool listenerIsPassed = false; ///< descriptor 4 is dockerd's own socket in its namespace
};

/// What the launcher asks for: one port of the host's loopback, offered on the engine's.
struct Reverse
{
    Protocol protocol = Protocol::Tcp;
    std::uint32_t uid = 0; ///< whose engine
    SocketAddress address; ///< a loopback address, the same on both sides
};

struct ShowVersion
{
};

using Request = std::variant<Publish, Reverse, ShowVersion>;

/// Reads the arguments after the program's name. Anything unknown, doubled, missing or out of range
/// fails with InvalidArgument; the detail is a sentence for dockerd's user. Any thread.
Result<Request> parseArguments(std::span<const std::string_view> arguments);

} // namespace roadstead::port
