// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/http/endpoint.h"

#include "engine/base/sha256.h"
#include "engine/http/unix_socket.h"

#include <algorithm>
#include <string_view>

namespace roadstead::http {

namespace {

bool isHost(std::string_view host)
{
    constexpr std::size_t longestName = 253;
    const auto allowed = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '.' || c == '-' || c == '_' || c == ':';
    };
    return !host.empty() && host.size() <= longestName && !host.starts_with('-') &&
           std::ranges::all_of(host, allowed);
}

bool isBasePath(std::string_view path)
{
    const auto allowed = [](char c) { return c > 0x20 && c < 0x7F && c != '?' && c != '#'; };
    return path.empty() || (path.starts_with('/') && std::ranges::all_of(path, allowed));
}

Result<void> refused(const std::string &detail)
{
    return failure(ErrorKind::InvalidArgument, {}, detail, 0);
}

Result<void> check(const UnixSocket &socket)
{
    return isSocketPath(socket.path) ? Result<void>() : refused(socket.path);
}

Result<void> check(const TcpAddress &address)
{
    if (!isHost(address.host) || address.port == 0) {
        return refused(address.host + ":" + std::to_string(address.port));
    }
    if (!isBasePath(address.basePath)) {
        return refused(address.basePath);
    }
    if (address.tls && address.tls->certificate.empty() != address.tls->key.empty()) {
        return failure(ErrorKind::TlsFailed, {},
                       address.tls->key.empty() ? "the key of the certificate is missing"
                                                : "the certificate of the key is missing");
    }
    return {};
}

Result<void> check(const Program &program)
{
    const auto breaks = [](const std::string &word) { return word.contains('\0'); };
    if (program.arguments.empty() || program.arguments.front().empty() ||
        std::ranges::any_of(program.arguments, breaks) ||
        std::ranges::any_of(program.environment, breaks)) {
        return refused(program.arguments.empty() ? std::string() : program.arguments.front());
    }
    return {};
}

std::string authority(const TcpAddress &address)
{
    const bool bracketed = address.host.contains(':');
    return (bracketed ? "[" + address.host + "]" : address.host) + ":" +
           std::to_string(address.port);
}

/// curl tells connections apart by the host of the URL. For what is no host, one is made up.
std::string madeUpHost(const Endpoint &endpoint, std::uint32_t epoch)
{
    std::string host = "epoch-" + std::to_string(epoch);
    if (const auto *program = std::get_if<Program>(&endpoint)) {
        std::string words;
        for (const auto *list : {&program->arguments, &program->environment}) {
            for (const std::string &word : *list) {
                words.append(word).push_back('\0');
            }
            words.push_back('\0');
        }
        constexpr std::size_t longestLabel = 63;
        host += ".program-" + sha256Hex(words).substr(0, longestLabel - std::size("program-"));
    }
    return host;
}

} // namespace

Result<void> checkEndpoint(const Endpoint &endpoint)
{
    return std::visit([](const auto &place) { return check(place); }, endpoint);
}

std::string pathAt(const Endpoint &endpoint, const std::string &target)
{
    const auto *address = std::get_if<TcpAddress>(&endpoint);
    if (address == nullptr) {
        return target;
    }
    std::string path = address->basePath;
    while (path.ends_with('/')) {
        path.pop_back();
    }
    return path + target;
}

std::string endpointUrl(const Endpoint &endpoint, const std::string &target, std::uint32_t epoch)
{
    const auto *address = std::get_if<TcpAddress>(&endpoint);
    if (address == nullptr) {
        return "http://" + madeUpHost(endpoint, epoch) + target;
    }
    return (address->tls ? "https://" : "http://") + authority(*address) + pathAt(endpoint, target);
}

std::string hostHeader(const Endpoint &endpoint)
{
    const auto *address = std::get_if<TcpAddress>(&endpoint);
    return address == nullptr ? "localhost" : authority(*address);
}

} // namespace roadstead::http
