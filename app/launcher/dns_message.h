// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace roadstead::launcher {

using Bytes = std::vector<std::uint8_t>;

/// The addresses of the host as seen from the engine, for the two names that lead there.
struct HostAddresses
{
    std::string ipv4;
    std::string ipv6;
};

/// Name servers' messages, RFC 1035, as far as a relay must read them. Everything in them is
/// hostile: no function reads past the end, none recurses.

/// The name asked for in a query with one plain question, in lower case and without the last dot;
/// nothing for anything else.
std::optional<std::string> questionName(std::span<const std::uint8_t> query);

/// The answer to a question for host.docker.internal or gateway.docker.internal: their addresses,
/// or none for other types than A and AAAA. Nothing when the question is for another name.
std::optional<Bytes> answerOwnName(std::span<const std::uint8_t> query, const HostAddresses &host);

/// "The server failed", for this query. Nothing when it has not even a header, or is
/// an answer itself: two relays would talk for ever.
std::optional<Bytes> serverFailure(std::span<const std::uint8_t> query);

/// Whether a reply has the number of this query.
bool isReplyTo(std::span<const std::uint8_t> reply, std::span<const std::uint8_t> query);

} // namespace roadstead::launcher
