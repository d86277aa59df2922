// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/registry/api/place.h"

#include "engine/reference/image_reference.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <system_error>
#include <vector>

namespace roadstead::registry {

http::TcpAddress Place::encrypted() const
{
    return {.host = host,
            .port = port,
            .tls =
                http::TlsFiles{.authority = authority, .verify = security == Security::Verified}};
}

http::TcpAddress Place::plain() const
{
    constexpr std::uint16_t webPort = 80;
    return {.host = host, .port = hasPort ? port : webPort};
}

bool isLoopback(std::string_view host)
{
    const bool isAddress = host.starts_with("127.") && std::ranges::all_of(host, [](char c) {
                               return (c >= '0' && c <= '9') || c == '.';
                           });
    return host == "localhost" || host == "::1" || isAddress;
}

Result<Place> placeOf(std::string_view registry)
{
    constexpr std::string_view hubHost = "registry-1.docker.io";
    Place place;
    place.registry = registry == "index.docker.io" ? "docker.io" : registry;
    if (place.registry == "docker.io") {
        place.host = hubHost;
        return place;
    }
    if (!reference::isDomain(registry)) {
        return failure(ErrorKind::InvalidArgument, "registry.place", std::string(registry));
    }
    std::string_view host = registry;
    const std::size_t colon = registry.rfind(':');
    if (colon != std::string_view::npos && !registry.ends_with(']')) {
        const std::string_view digits = registry.substr(colon + 1);
        const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), place.port);
        if (read.ec != std::errc() || read.ptr != digits.data() + digits.size() ||
            place.port == 0) {
            return failure(ErrorKind::InvalidArgument, "registry.place", std::string(registry));
        }
        place.hasPort = true;
        host = registry.substr(0, colon);
    }
    if (host.starts_with('[') && host.ends_with(']')) {
        host = host.substr(1, host.size() - 2);
    }
    place.host = host;
    place.security = isLoopback(host) ? Security::Lenient : Security::Verified;
    return place;
}

std::string authorityOf(const std::vector<std::string> &folders, const std::string &registry)
{
    if (!reference::isDomain(registry)) {
        return {};
    }
    for (const std::string &folder : folders) {
        std::error_code ignored;
        std::vector<std::string> found;
        for (std::filesystem::directory_iterator at(folder + "/" + registry, ignored), end;
             !ignored && at != end; at.increment(ignored)) {
            std::error_code gone; // a link to where only the engine sees something
            if (at->path().extension() == ".crt" && at->is_regular_file(gone)) {
                found.push_back(at->path().string());
            }
        }
        if (!found.empty()) {
            return std::ranges::min(found);
        }
    }
    return {};
}

} // namespace roadstead::registry
