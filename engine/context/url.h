// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"

#include <optional>
#include <string>
#include <string_view>

namespace roadstead::context {

/// The parts of a URL (RFC 3986), as much of it as the address of an engine has.
struct Url
{
    std::string scheme;       ///< in lower case; empty when there is none
    std::string user;         ///< decoded
    bool hasPassword = false; ///< "user:" and "user:x"; what it is, is not kept
    std::string authority;    ///< host and port as they stand there: "[::1]:2376"
    std::string host;         ///< decoded, without brackets and port
    std::string port;         ///< digits; empty when there is none
    std::string path;         ///< decoded
    std::string query;        ///< behind "?", as it stands there
    std::string fragment;     ///< behind "#", as it stands there
};

/// Reads a URL as strictly as Go's net/url, which the docker CLI reads hosts with. Fails with
/// ErrorKind::InvalidArgument; the detail names the part that is wrong.
Result<Url> parseUrl(std::string_view text);

/// Host and port of "host:port", "[::1]:port", ":port". None when there is no port part, or
/// brackets and colons do not fit together.
struct HostAndPort
{
    std::string host;
    std::string port;
};
std::optional<HostAndPort> splitHostAndPort(std::string_view text);

/// "host:port", with brackets around a host that has a colon.
std::string joinHostAndPort(std::string_view host, std::string_view port);

} // namespace roadstead::context
