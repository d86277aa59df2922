// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"

#include <cstdint>
#include <string>
#include <string_view>

/// The addresses of engines: what DOCKER_HOST, "docker -H" and the "Host" of a context hold.
namespace roadstead::context {

/// Where the docker CLI looks when nothing names a host.
constexpr std::string_view defaultSocket = "/var/run/docker.sock";

/// The complete form of a host as "docker -H" and DOCKER_HOST take it: white space around it goes,
/// "tcp" is assumed where no scheme stands, missing parts are filled in
/// (unix:///var/run/docker.sock, tcp://127.0.0.1:2375). An empty text is the default socket, or
/// with `defaultToTls` the local TLS port. This is the CLI's grammar and no more: "npipe://",
/// "fd://" and a port beyond 65535 pass; what we connect to goes through `parseHost`. Fails with
/// ErrorKind::InvalidArgument.
Result<std::string> normalizedHost(std::string_view text, bool defaultToTls = false);

/// The same without defaults for an empty text and without trimming, as a daemon's address.
Result<std::string> normalizedAddress(std::string_view text);

/// A TCP address, "host:port/path" with or without "tcp://"; what is missing comes from
/// `defaultAddress`, which is whole.
Result<std::string> normalizedTcp(std::string_view text, std::string_view defaultAddress);

/// Whether the CLI's "context create" would take `host`. It takes schemes it cannot connect to.
Result<void> checkContextHost(std::string_view host);

enum class Transport { UnixSocket, Tcp, Ssh };

/// An address that we can connect to.
struct HostAddress
{
    Transport transport = Transport::UnixSocket;
    std::string socketPath; ///< UnixSocket: absolute. Ssh: on the far machine, may be empty
    std::string host;       ///< Tcp, Ssh: name or address, without brackets
    std::uint16_t port = 0; ///< Tcp: 1 to 65535. Ssh: 0 = what ssh's configuration says
    std::string basePath;   ///< Tcp: what stands before the API's paths; may be empty
    std::string user;       ///< Ssh: may be empty

    bool operator==(const HostAddress &) const = default;
};

/// Reads a host strictly. Refused are unknown schemes, "npipe://" and "fd://", a password anywhere,
/// sockets that are not absolute paths, an ssh host or user that begins with "-" or holds
/// characters that a shell would read. An empty text is the default socket. Fails with
/// ErrorKind::InvalidArgument; the detail names what is wrong.
Result<HostAddress> parseHost(std::string_view text);

/// The address as a host text again, for example "ssh://me@example.org:22/run/docker.sock".
std::string hostText(const HostAddress &address);

} // namespace roadstead::context
