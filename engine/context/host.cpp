// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/context/host.h"

#include "engine/context/ssh_command.h"
#include "engine/context/url.h"

#include <algorithm>
#include <charconv>

namespace roadstead::context {

namespace {

constexpr std::string_view defaultTcp = "tcp://127.0.0.1:2375";
constexpr std::string_view defaultTlsTcp = "tcp://127.0.0.1:2376";
constexpr std::string_view defaultPipe = "//./pipe/docker_engine";
constexpr std::size_t longestSocketPath = 107; // sun_path of unix(7), less its final zero
constexpr std::string_view separator = "://";

std::unexpected<Error> refused(std::string_view why, std::string_view word)
{
    return failure(ErrorKind::InvalidArgument, "host.parse",
                   std::string(why).append(": \"").append(word).append("\""));
}

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view space = " \t\n\v\f\r";
    const std::size_t begin = text.find_first_not_of(space);
    if (begin == std::string_view::npos) {
        return {};
    }
    return text.substr(begin, text.find_last_not_of(space) - begin + 1);
}

Result<std::string> simpleAddress(std::string_view scheme, std::string_view address,
                                  std::string_view standard)
{
    if (address.contains(separator)) {
        return refused("two schemes in a host", address);
    }
    return std::string(scheme).append(separator).append(address.empty() ? standard : address);
}

/// Whether the digits are a number for the CLI, which asks no more of a port.
bool isNumber(std::string_view digits)
{
    return !digits.empty() &&
           std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; });
}

Result<HostAddress> unixAddress(std::string_view path)
{
    if (path.empty()) {
        path = defaultSocket;
    }
    if (!path.starts_with('/')) {
        return refused("the socket's path is not absolute", path);
    }
    if (path.size() > longestSocketPath) {
        return refused("the socket's path is longer than 107 bytes", path);
    }
    const bool hasControl = std::ranges::any_of(
        path, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
    if (hasControl) {
        return refused("control character in the socket's path", path);
    }
    HostAddress address;
    address.socketPath = path;
    return address;
}

Result<std::uint16_t> portNumber(std::string_view digits)
{
    unsigned number = 0;
    const char *end = digits.data() + digits.size();
    const auto read = std::from_chars(digits.data(), end, number);
    if (read.ec != std::errc() || read.ptr != end || number == 0 || number > 65535) {
        return refused("not a port", digits);
    }
    return static_cast<std::uint16_t>(number);
}

Result<HostAddress> tcpAddress(std::string_view text)
{
    const auto whole = normalizedTcp(text, defaultTcp);
    if (!whole) {
        return std::unexpected(whole.error());
    }
    // What the normal form drops without a word is refused here.
    const auto url =
        parseUrl(text.contains(separator) ? std::string(text) : std::string("tcp://").append(text));
    if (url &&
        (!url->user.empty() || url->hasPassword || !url->query.empty() || !url->fragment.empty())) {
        return failure(ErrorKind::InvalidArgument, "host.parse",
                       "a tcp host has no user, password, query or fragment");
    }
    const std::string_view rest = std::string_view(*whole).substr(6);
    const std::size_t slash = std::min(rest.find('/'), rest.size());
    const auto parts = splitHostAndPort(rest.substr(0, slash));
    if (!parts) {
        return refused("not a host and port", text);
    }
    if (!isPlainHost(parts->host)) {
        return refused("not the name of a host", parts->host);
    }
    const auto port = portNumber(parts->port);
    if (!port) {
        return std::unexpected(port.error());
    }
    HostAddress address;
    address.transport = Transport::Tcp;
    address.host = parts->host;
    address.port = *port;
    address.basePath = rest.substr(slash);
    // The path was decoded, and goes into requests as it is.
    const bool isPlainPath = std::ranges::all_of(address.basePath, [](char c) {
        return c > 0x20 && c < 0x7F && !std::string_view("\"#%<>?\\^`{|}").contains(c);
    });
    if (!isPlainPath) {
        return refused("not a path that requests can begin with", address.basePath);
    }
    while (address.basePath.ends_with('/')) {
        address.basePath.pop_back();
    }
    return address;
}

Result<HostAddress> sshAddress(std::string_view text)
{
    const auto target = parseSshUrl(text);
    if (!target) {
        return std::unexpected(target.error());
    }
    if (auto safe = checkSshTarget(*target); !safe) {
        return std::unexpected(safe.error());
    }
    HostAddress address;
    address.transport = Transport::Ssh;
    address.user = target->user;
    address.host = target->host;
    if (target->path.find_first_not_of('/') != std::string::npos) {
        address.socketPath = target->path;
    }
    if (!target->port.empty()) {
        const auto port = portNumber(target->port);
        if (!port) {
            return std::unexpected(port.error());
        }
        address.port = *port;
    }
    return address;
}

} // namespace

Result<std::string> normalizedTcp(std::string_view text, std::string_view defaultAddress)
{
    if (text.empty() || text == "tcp://") {
        return std::string(defaultAddress);
    }
    std::string address(text.starts_with("tcp://") ? text.substr(6) : text);
    if (address.contains(separator)) {
        return refused("two schemes in a host", text);
    }
    const auto standard = splitHostAndPort(
        defaultAddress.starts_with("tcp://") ? defaultAddress.substr(6) : defaultAddress);
    if (!standard) {
        return refused("not a host and port", defaultAddress);
    }
    if (address.ends_with("]:")) {
        address.append(standard->port);
    }
    const auto url = parseUrl("tcp://" + address);
    if (!url) {
        return std::unexpected(url.error());
    }
    auto parts = splitHostAndPort(url->authority);
    if (!parts) {
        parts = splitHostAndPort(joinHostAndPort(url->authority, standard->port));
    }
    if (!parts) {
        return refused("not a host and port", text);
    }
    const std::string &port = parts->port.empty() ? standard->port : parts->port;
    if (!isNumber(port)) {
        return refused("not a port", port);
    }
    return "tcp://" + joinHostAndPort(parts->host.empty() ? standard->host : parts->host, port) +
           url->path;
}

Result<std::string> normalizedAddress(std::string_view text)
{
    const std::size_t at = text.find(separator);
    if (at == std::string_view::npos && !text.empty()) {
        return normalizedTcp(text, defaultTcp);
    }
    const std::string_view scheme = text.substr(0, at);
    const std::string_view rest =
        at == std::string_view::npos ? std::string_view() : text.substr(at + separator.size());
    if (scheme == "tcp") {
        return normalizedTcp(rest, defaultTcp);
    }
    if (scheme == "unix") {
        return simpleAddress(scheme, rest, defaultSocket);
    }
    if (scheme == "npipe") {
        return simpleAddress(scheme, rest, defaultPipe);
    }
    if (scheme == "fd" || scheme == "ssh") {
        return std::string(text);
    }
    return refused("not the address of an engine", text);
}

Result<std::string> normalizedHost(std::string_view text, bool defaultToTls)
{
    const std::string_view host = trimmed(text);
    if (host.empty()) {
        return defaultToTls ? std::string(defaultTlsTcp)
                            : std::string("unix://").append(defaultSocket);
    }
    return normalizedAddress(host);
}

Result<void> checkContextHost(std::string_view host)
{
    if (host.empty()) {
        return {};
    }
    const auto url = parseUrl(host);
    if (!url) {
        return std::unexpected(url.error());
    }
    if (url->scheme == "ssh") {
        const auto target = parseSshUrl(host);
        return target ? Result<void>{} : std::unexpected(target.error());
    }
    const std::size_t at = host.find(separator);
    if (at == std::string_view::npos || at + separator.size() == host.size()) {
        return refused("not the address of an engine", host);
    }
    const std::string_view scheme = host.substr(0, at);
    if (scheme == "npipe") {
        return refused("named pipes are Windows' own", host);
    }
    if (scheme == "unix" && host.size() - at - separator.size() > longestSocketPath + 1) {
        return refused("the socket's path is too long", host);
    }
    return {};
}

Result<HostAddress> parseHost(std::string_view text)
{
    text = trimmed(text);
    const std::size_t at = text.find(separator);
    if (at == std::string_view::npos) {
        return text.empty() ? unixAddress({}) : tcpAddress(text);
    }
    const std::string_view scheme = text.substr(0, at);
    const std::string_view rest = text.substr(at + separator.size());
    if (scheme == "unix") {
        return unixAddress(rest);
    }
    if (scheme == "tcp") {
        return tcpAddress(rest.empty() ? defaultTcp : text);
    }
    if (scheme == "ssh") {
        return sshAddress(text);
    }
    if (scheme == "npipe") {
        return refused("named pipes are Windows' own", text);
    }
    if (scheme == "fd") {
        return refused("a descriptor is an address for daemons only", text);
    }
    return refused("not the address of an engine: unknown scheme", scheme);
}

std::string hostText(const HostAddress &address)
{
    switch (address.transport) {
    case Transport::UnixSocket:
        break;
    case Transport::Tcp:
        return "tcp://" + joinHostAndPort(address.host, std::to_string(address.port)) +
               address.basePath;
    case Transport::Ssh: {
        const std::string user = address.user.empty() ? "" : address.user + "@";
        const bool hasColon = address.host.contains(':');
        const std::string host = hasColon ? "[" + address.host + "]" : address.host;
        const std::string port = address.port == 0 ? "" : ":" + std::to_string(address.port);
        return "ssh://" + user + host + port + address.socketPath;
    }
    }
    return "unix://" + address.socketPath;
}

} // namespace roadstead::context
