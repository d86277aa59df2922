// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/context/url.h"

#include "engine/base/ascii.h"

#include <algorithm>
#include <cctype>

namespace roadstead::context {

namespace {

constexpr std::size_t longestUrl = 4096;

std::unexpected<Error> invalid(std::string_view what, std::string_view word)
{
    return failure(ErrorKind::InvalidArgument, "host.parse",
                   std::string(what).append(" \"").append(word).append("\""));
}

int hexValue(char c)
{
    if (isDigit(c)) {
        return c - '0';
    }
    if (c >= 'a' && c <= 'f') {
        return c - 'a' + 10;
    }
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

enum class Part { Path, User, Host };

/// Whether a character may stand in a host as it is (RFC 3986, section 3.2.2, and what Go lets in).
bool isHostCharacter(char c)
{
    return static_cast<unsigned char>(c) >= 0x80 || isLetter(c) || isDigit(c) ||
           std::string_view("-_.~!$&'()*+,;=:[]<>\"").contains(c);
}

/// With the percent signs read. In a host only bytes beyond ASCII may be written so, and the
/// percent sign itself before the zone of an IPv6 address.
Result<std::string> decoded(std::string_view text, Part part)
{
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            if (part == Part::Host && !isHostCharacter(text[i])) {
                return invalid("host name: invalid character", text.substr(i, 1));
            }
            out.push_back(text[i]);
            continue;
        }
        const std::string_view escape = text.substr(i, 3);
        const int high = escape.size() == 3 ? hexValue(escape[1]) : -1;
        const int low = escape.size() == 3 ? hexValue(escape[2]) : -1;
        if (high < 0 || low < 0 || (part == Part::Host && high < 8 && escape != "%25")) {
            return invalid("invalid URL escape", escape);
        }
        out.push_back(static_cast<char>(static_cast<unsigned char>(high * 16 + low)));
        i += 2;
    }
    return out;
}

/// Splits "scheme:rest". No scheme where the text does not begin with one.
Result<std::string> takeScheme(std::string_view &text)
{
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (isLetter(c)) {
            continue;
        }
        if (c == ':') {
            if (i == 0) {
                return invalid("missing protocol scheme", text);
            }
            std::string scheme(text.substr(0, i));
            std::ranges::transform(scheme, scheme.begin(), [](char letter) {
                return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a')
                                                      : letter;
            });
            text.remove_prefix(i + 1);
            return scheme;
        }
        if (i == 0 || !(isDigit(c) || c == '+' || c == '-' || c == '.')) {
            break;
        }
    }
    return std::string();
}

/// Whether what follows a host is nothing, or ":" and digits.
bool isOptionalPort(std::string_view text)
{
    return text.empty() || (text.front() == ':' && std::ranges::all_of(text.substr(1), isDigit));
}

Result<void> readHost(std::string_view authority, Url &url)
{
    std::size_t portBegin = std::string_view::npos;
    if (authority.starts_with('[')) {
        const std::size_t closing = authority.rfind(']');
        if (closing == std::string_view::npos) {
            return invalid("missing ']' in host", authority);
        }
        portBegin = closing + 1;
    } else {
        portBegin = std::min(authority.rfind(':'), authority.size());
    }
    const std::string_view port = authority.substr(portBegin);
    if (!authority.starts_with('[') && authority.substr(0, portBegin).contains(':')) {
        return invalid("an address with colons needs brackets", authority);
    }
    if (!isOptionalPort(port)) {
        return invalid("invalid port after host", port);
    }
    auto host = decoded(authority.substr(0, portBegin), Part::Host);
    if (!host) {
        return std::unexpected(host.error());
    }
    url.authority = *host + std::string(port);
    url.port = port.empty() ? std::string() : std::string(port.substr(1));
    const bool hasBrackets = authority.starts_with('[');
    url.host = hasBrackets ? host->substr(1, host->size() - 2) : std::move(*host);
    return {};
}

bool isUserCharacter(char c)
{
    return isLetter(c) || isDigit(c) || std::string_view("-._:~!$&'()*+,;=%@").contains(c);
}

Result<void> readAuthority(std::string_view authority, Url &url)
{
    const std::size_t at = authority.rfind('@');
    if (at != std::string_view::npos) {
        const std::string_view userInfo = authority.substr(0, at);
        if (!std::ranges::all_of(userInfo, isUserCharacter)) {
            // The word itself stays out of the message: it may hold a password.
            return failure(ErrorKind::InvalidArgument, "host.parse",
                           "invalid character before the \"@\"");
        }
        const std::size_t colon = userInfo.find(':');
        auto user = decoded(userInfo.substr(0, colon), Part::User);
        if (!user) {
            return std::unexpected(user.error());
        }
        url.user = std::move(*user);
        url.hasPassword = colon != std::string_view::npos;
        authority.remove_prefix(at + 1);
    }
    return readHost(authority, url);
}

/// Cuts `text` at the first `mark`; what is behind it comes back.
std::string cutAt(std::string_view &text, char mark)
{
    const std::size_t at = text.find(mark);
    if (at == std::string_view::npos) {
        return {};
    }
    std::string behind(text.substr(at + 1));
    text = text.substr(0, at);
    return behind;
}

} // namespace

Result<Url> parseUrl(std::string_view text)
{
    if (text.size() > longestUrl) {
        return invalid("too long", text.substr(0, 64));
    }
    const bool hasControl = std::ranges::any_of(
        text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
    if (hasControl) {
        return failure(ErrorKind::InvalidArgument, "host.parse", "control character in URL");
    }
    Url url;
    url.fragment = cutAt(text, '#');
    auto scheme = takeScheme(text);
    if (!scheme) {
        return std::unexpected(scheme.error());
    }
    url.scheme = std::move(*scheme);
    url.query = cutAt(text, '?');
    if (!url.scheme.empty() && !text.starts_with('/')) {
        return url; // "mailto:x": neither host nor path
    }
    if (url.scheme.empty() && !text.starts_with('/') &&
        text.substr(0, text.find('/')).contains(':')) {
        return invalid("first path segment with a colon", text);
    }
    if (text.starts_with("//") && (!url.scheme.empty() || !text.starts_with("///"))) {
        text.remove_prefix(2);
        const std::size_t slash = std::min(text.find('/'), text.size());
        if (auto read = readAuthority(text.substr(0, slash), url); !read) {
            return std::unexpected(read.error());
        }
        text.remove_prefix(slash);
    }
    auto path = decoded(text, Part::Path);
    if (!path) {
        return std::unexpected(path.error());
    }
    url.path = std::move(*path);
    return url;
}

std::optional<HostAndPort> splitHostAndPort(std::string_view text)
{
    const std::size_t colon = text.rfind(':');
    if (colon == std::string_view::npos) {
        return std::nullopt;
    }
    std::string_view host = text.substr(0, colon);
    if (text.starts_with('[')) {
        if (host.size() < 2 || host.find(']') != host.size() - 1) {
            return std::nullopt;
        }
        host = host.substr(1, host.size() - 2);
    } else if (host.contains(':')) {
        return std::nullopt;
    }
    const std::string_view port = text.substr(colon + 1);
    if (host.find_first_of("[]") != std::string_view::npos ||
        port.find_first_of("[]") != std::string_view::npos) {
        return std::nullopt;
    }
    return HostAndPort{std::string(host), std::string(port)};
}

std::string joinHostAndPort(std::string_view host, std::string_view port)
{
    const bool needsBrackets = host.contains(':') || host.contains('%');
    std::string joined(needsBrackets ? "[" : "");
    return joined.append(host).append(needsBrackets ? "]:" : ":").append(port);
}

} // namespace roadstead::context
