// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/registry/api/challenge.h"

#include "engine/reference/words.h"

#include <algorithm>

namespace roadstead::registry {

namespace {

/// Reads "Scheme name=value, name="value"".
class ChallengeReader
{
public:
    explicit ChallengeReader(std::string_view text)
        : m_rest(text)
    {
    }

    std::optional<Challenge> read()
    {
        const std::string scheme = reference::lowered(token());
        if (scheme != "bearer" && scheme != "basic") {
            return std::nullopt;
        }
        Challenge challenge;
        challenge.scheme =
            scheme == "bearer" ? Challenge::Scheme::Bearer : Challenge::Scheme::Basic;
        while (true) {
            skip(" \t,");
            const std::string name = reference::lowered(token());
            skip(" \t");
            if (name.empty() || !m_rest.starts_with('=')) {
                return challenge; // the end, or another scheme in the same header
            }
            m_rest.remove_prefix(1);
            skip(" \t");
            const std::string value = m_rest.starts_with('"') ? quoted() : std::string(token());
            if (name == "realm") {
                challenge.realm = value;
            } else if (name == "service") {
                challenge.service = value;
            } else if (name == "scope") {
                challenge.scope = value;
            } else if (name == "error") {
                challenge.error = value;
            }
        }
    }

private:
    void skip(std::string_view characters)
    {
        m_rest.remove_prefix(std::min(m_rest.find_first_not_of(characters), m_rest.size()));
    }
    std::string_view token()
    {
        const std::size_t end = std::min(m_rest.find_first_of(" \t,=\""), m_rest.size());
        const std::string_view found = m_rest.substr(0, end);
        m_rest.remove_prefix(end);
        return found;
    }
    std::string quoted()
    {
        m_rest.remove_prefix(1);
        std::string value;
        while (!m_rest.empty() && !m_rest.starts_with('"')) {
            if (m_rest.starts_with('\\') && m_rest.size() > 1) {
                m_rest.remove_prefix(1);
            }
            value.push_back(m_rest.front());
            m_rest.remove_prefix(1);
        }
        m_rest.remove_prefix(std::min<std::size_t>(1, m_rest.size()));
        return value;
    }

    std::string_view m_rest;
};

} // namespace

std::optional<Challenge> challengeOf(const http::Response &response)
{
    std::optional<Challenge> basic;
    for (const auto &[name, value] : response.headers) {
        if (name != "www-authenticate") {
            continue;
        }
        const auto challenge = ChallengeReader(value).read();
        if (challenge && challenge->scheme == Challenge::Scheme::Bearer) {
            return challenge;
        }
        if (challenge && !basic) {
            basic = challenge;
        }
    }
    return basic;
}

Result<http::Url> tokenPlace(const Challenge &challenge, const Place &place, bool isPlain)
{
    auto url = http::readUrl(challenge.realm);
    if (!url) {
        return failure(ErrorKind::InvalidArgument, "registry.token",
                       "the registry names a token service that has no address");
    }
    const bool isHere = isLoopback(url->address.host) && isLoopback(place.host);
    if (!url->address.tls && !isPlain && !isHere) {
        return failure(ErrorKind::InvalidArgument, "registry.token",
                       "the token service " + url->address.host +
                           " is not encrypted, and would be sent the password");
    }
    if (url->address.tls) {
        const bool isSameHost = url->address.host == place.host;
        url->address.tls->authority = place.authority;
        url->address.tls->verify = place.security == Security::Verified || !(isSameHost || isHere);
    }
    return url;
}

std::string ownTarget(const std::string &location, const std::string &base)
{
    const auto there = http::readUrl(location, base);
    const auto here = http::readUrl(base);
    const bool isOwn = there && here && there->address.host == here->address.host;
    return isOwn ? there->target : std::string();
}

std::string nextPage(const http::Response &response, const std::string &base)
{
    const std::string link(response.header("link"));
    const std::size_t open = link.find('<');
    const std::size_t close = link.find('>', open == std::string::npos ? 0 : open);
    if (open == std::string::npos || close == std::string::npos ||
        !reference::lowered(link.substr(close)).contains("next")) {
        return {};
    }
    return ownTarget(link.substr(open + 1, close - open - 1), base);
}

} // namespace roadstead::registry
