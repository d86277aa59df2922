// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/registry/credentials.h"

#include "engine/base/base64.h"
#include "engine/base/random.h"
#include "engine/json/tree.h"

#include <algorithm>

namespace roadstead::registry {

namespace {

constexpr std::string_view hub = "docker.io";
constexpr std::string_view hubIndex = "index.docker.io";
constexpr std::string_view hubKey = "https://index.docker.io/v1/";

bool isDigits(std::string_view text)
{
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

} // namespace

void Credentials::wipe()
{
    for (std::string *secret : {&password, &auth, &identityToken, &registryToken}) {
        roadstead::wipe(*secret);
    }
}

std::string registryAuthHeader(const Credentials &credentials)
{
    json::Value object = json::Value::object();
    const auto add = [&object](const char *name, const std::string &text) {
        if (!text.empty()) {
            object.members().push_back({name, json::Value::text(text)});
        }
    };
    add("username", credentials.username);
    add("password", credentials.password);
    add("auth", credentials.auth);
    add("email", credentials.email);
    add("serveraddress", credentials.serverAddress);
    add("identitytoken", credentials.identityToken);
    add("registrytoken", credentials.registryToken);
    std::string text = json::compact(object);
    std::string header = toBase64(text, Base64Alphabet::Url);
    roadstead::wipe(text);
    return header;
}

std::string registryOf(std::string_view image)
{
    const std::size_t slash = image.find('/');
    if (slash == std::string_view::npos) {
        return std::string(hub);
    }
    const std::string_view first = image.substr(0, slash);
    const bool hasCapital = std::ranges::any_of(first, [](char c) { return c >= 'A' && c <= 'Z'; });
    const bool isHost =
        first.find_first_of(".:") != std::string_view::npos || hasCapital || first == "localhost";
    return std::string(!isHost || first == hubIndex ? hub : first);
}

std::string credentialKey(std::string_view registry)
{
    return std::string(registry == hub || registry == hubIndex ? hubKey : registry);
}

std::string hostOfKey(std::string_view key)
{
    const std::size_t scheme = key.find("://");
    if (scheme == std::string_view::npos) {
        return std::string(key.substr(0, key.find('/')));
    }
    std::string_view authority = key.substr(scheme + 3);
    authority = authority.substr(0, authority.find_first_of("/?#"));
    authority.remove_prefix(authority.rfind('@') + 1); // none: npos, which becomes 0
    if (authority.empty()) {
        return std::string(key.substr(0, key.find('/')));
    }
    const std::size_t colon = authority.rfind(':');
    const bool hasPort = colon != std::string_view::npos && isDigits(authority.substr(colon + 1)) &&
                         !authority.ends_with(']');
    std::string host(authority.substr(0, hasPort ? colon : authority.size()));
    if (!hasPort) {
        const bool hasBrackets = host.starts_with('[') && host.ends_with(']');
        const bool hasEmptyPort = host.ends_with(':');
        return hasBrackets ? host.substr(1, host.size() - 2)
                           : host.substr(0, host.size() - (hasEmptyPort ? 1 : 0));
    }
    const bool needsBrackets = host.contains(':') && !host.starts_with('[');
    return (needsBrackets ? "[" + host + "]" : host).append(authority.substr(colon));
}

} // namespace roadstead::registry
