// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"
#include "engine/http/endpoint.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace roadstead::registry {

/// How sure one must be of who answers.
enum class Security {
    Verified, ///< TLS with a certificate that is trusted
    Lenient ///< as engines treat "insecure-registries" and this machine: TLS with any certificate,
            ///< and none at all where the registry speaks none
};

/// Where a registry is reached.
struct Place
{
    std::string registry{}; ///< as images name it: "docker.io", "registry.example:5000"
    std::string host{};     ///< "registry-1.docker.io"
    std::uint16_t port = 443;
    bool hasPort = false; ///< the name says it; else 443, and 80 without TLS
    Security security = Security::Verified;
    std::string authority{}; ///< a PEM file of who signs its certificate, besides the system's

    [[nodiscard]] http::TcpAddress encrypted() const;
    [[nodiscard]] http::TcpAddress plain() const;
};

/// The place of a registry: Docker Hub's own one for "docker.io". Registries on this machine are
/// Lenient, as engines have them. Fails with InvalidArgument where it is no name of a registry.
Result<Place> placeOf(std::string_view registry);

/// Whether a host is this machine: "localhost", 127.0.0.0/8, ::1.
bool isLoopback(std::string_view host);

/// The authority that engines take for a registry: the first *.crt in FOLDER/REGISTRY of the first
/// of these folders that has one; empty = none. Engines have "/etc/docker/certs.d". Blocking.
std::string authorityOf(const std::vector<std::string> &folders, const std::string &registry);

} // namespace roadstead::registry
