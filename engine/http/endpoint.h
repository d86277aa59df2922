// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

/// Where an engine is reached.
namespace roadstead::http {

/// A socket on this machine.
struct UnixSocket
{
    std::string path{}; ///< absolute

    bool operator==(const UnixSocket &) const = default;
};

/// What an encrypted connection is made with: paths of files in PEM form. They are read when a
/// connection is made, so that a renewed certificate counts from then on.
struct TlsFiles
{
    std::string authority{}; ///< who signs the engine's certificate; empty = whom the system trusts
    std::string certificate{}; ///< our own; empty = none
    std::string key{};         ///< of our own certificate; empty with it
    bool verify = true;        ///< false: whoever answers is believed. Only on a person's own word

    bool operator==(const TlsFiles &) const = default;
};

/// An engine in the network.
struct TcpAddress
{
    std::string host{};            ///< name or address, without brackets
    std::uint16_t port = 0;        ///< 1 to 65535
    std::string basePath{};        ///< what stands before the API's paths: empty or "/a/b"
    std::optional<TlsFiles> tls{}; ///< none = not encrypted

    bool operator==(const TcpAddress &) const = default;
};

/// A program whose standard input and output are a connection to the engine, such as
/// `ssh host docker system dial-stdio`. One is started for each connection, without a shell and
/// without a terminal; what it writes to its standard error tells why a connection failed.
struct Program
{
    std::vector<std::string> arguments{};   ///< the program's name first, found by PATH
    std::vector<std::string> environment{}; ///< "NAME=value", besides our own

    bool operator==(const Program &) const = default;
};

using Endpoint = std::variant<UnixSocket, TcpAddress, Program>;

/// Whether this can be connected to: an absolute path that fits, a host that can be nothing but a
/// name or an address, a program with a name. Fails with ErrorKind::InvalidArgument; the detail is
/// what is wrong.
Result<void> checkEndpoint(const Endpoint &endpoint);

/// The URL of `target`, an API path with its query, there. `epoch` tells connections of one place
/// apart for places that can become another one under the same name.
std::string endpointUrl(const Endpoint &endpoint, const std::string &target, std::uint32_t epoch);

/// What the header Host says there.
std::string hostHeader(const Endpoint &endpoint);

/// `target` with what stands before the API's paths there.
std::string pathAt(const Endpoint &endpoint, const std::string &target);

} // namespace roadstead::http
