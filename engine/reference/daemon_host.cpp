// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/reference/daemon_host.h"

#include "engine/reference/words.h"

#include <algorithm>

namespace roadstead::reference {

namespace {

constexpr std::string_view tcpScheme = "tcp://";
constexpr std::string_view usualTcp = "tcp://localhost:2375";
constexpr std::string_view usualTls = "tcp://localhost:2376";
constexpr std::string_view usualSocket = "/var/run/docker.sock";
constexpr std::string_view usualPipe = "//./pipe/docker_engine";

std::unexpected<Error> notAHost(std::string_view text)
{
    return refused(quotedWord(text) + " is not the address of an engine");
}

struct HostAndPort
{
    std::string_view host; ///< without brackets
    std::string_view port;
};

HostAndPort splitPort(std::string_view text)
{
    if (text.starts_with('[')) {
        const std::size_t close = text.find(']');
        const std::string_view after =
            close == std::string_view::npos ? std::string_view() : text.substr(close + 1);
        return {text.substr(1, close - 1), after.starts_with(':') ? after.substr(1) : after};
    }
    const std::size_t colon = text.rfind(':');
    const bool one = colon != std::string_view::npos && text.find(':') == colon;
    return one ? HostAndPort{text.substr(0, colon), text.substr(colon + 1)} : HostAndPort{text, {}};
}

std::string joined(std::string_view host, std::string_view port)
{
    const bool brackets = host.contains(':');
    return (brackets ? "[" : "") + std::string(host) + (brackets ? "]:" : ":") + std::string(port);
}

/// Nothing that would mean something else in a URL, and a port that is a number.
bool isPlainAuthority(std::string_view text)
{
    constexpr std::string_view forbidden = "%?#@\\\"<>^`{|}";
    const auto isPlain = [forbidden](char c) {
        return static_cast<unsigned char>(c) > 0x20 && c != 0x7F && !forbidden.contains(c);
    };
    const bool bracketsFit = text.starts_with('[') == text.contains(']');
    const std::string_view port = text.substr(std::min(text.rfind(':'), text.size()));
    const bool numbered =
        text.ends_with(']') || port.empty() || std::ranges::all_of(port.substr(1), isDigit);
    return bracketsFit && numbered && std::ranges::all_of(text, isPlain);
}

Result<std::string> simpleAddress(std::string_view scheme, std::string_view path,
                                  std::string_view usual)
{
    if (path.contains("://")) {
        return notAHost(path);
    }
    return std::string(scheme).append("://").append(path.empty() ? usual : path);
}

} // namespace

Result<std::string> parseTcpHost(std::string_view text, std::string_view usual)
{
    if (text.empty() || text == tcpScheme) {
        return std::string(usual);
    }
    std::string_view address = text;
    if (address.starts_with(tcpScheme)) {
        address.remove_prefix(tcpScheme.size());
    }
    const std::size_t slash = std::min(address.find('/'), address.size());
    const std::string_view authority = address.substr(0, slash);
    if (address.contains("://") || !isPlainAuthority(authority)) {
        return notAHost(text);
    }
    const HostAndPort defaults = splitPort(usual.substr(tcpScheme.size()));
    const HostAndPort given = splitPort(authority);
    const std::string whole = joined(given.host.empty() ? defaults.host : given.host,
                                     given.port.empty() ? defaults.port : given.port);
    return std::string(tcpScheme).append(whole).append(address.substr(slash));
}

Result<std::string> parseDaemonHost(std::string_view text)
{
    const std::size_t mark = text.find("://");
    if (mark == std::string_view::npos) {
        return text.empty() ? notAHost(text) : parseTcpHost(text, usualTcp);
    }
    const std::string_view scheme = text.substr(0, mark);
    const std::string_view rest = text.substr(mark + 3);
    if (scheme == "tcp") {
        return parseTcpHost(rest, usualTcp);
    }
    if (scheme == "unix") {
        return simpleAddress(scheme, rest, usualSocket);
    }
    if (scheme == "npipe") {
        return simpleAddress(scheme, rest, usualPipe);
    }
    if (scheme == "fd" || scheme == "ssh") {
        return std::string(text);
    }
    return notAHost(text);
}

Result<std::string> parseHost(std::string_view text, bool withTls)
{
    const std::string_view bare = trimmed(text);
    if (bare.empty()) {
        return withTls ? std::string(usualTls) : "unix://" + std::string(usualSocket);
    }
    return parseDaemonHost(bare);
}

} // namespace roadstead::reference
