// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// Ports as --publish and --expose take them. All fail with ErrorKind::InvalidArgument; the detail
/// names the word.
namespace roadstead::reference {

/// One port of a container and where it is reached on the host.
struct PortBinding
{
    std::string hostIp{};        ///< empty = all addresses
    std::string hostPort{};      ///< "8080"; a range "8000-8010" to choose from; empty = any
    std::string containerPort{}; ///< "80"
    std::string protocol = "tcp";
    bool operator==(const PortBinding &) const = default;
};

struct PortRange
{
    std::uint16_t first = 0;
    std::uint16_t last = 0;
    bool operator==(const PortRange &) const = default;
};

/// A decimal number of 0 to 65535.
Result<std::uint16_t> parsePortNumber(std::string_view text);
/// The same, where nothing is 0.
Result<std::uint16_t> parsePort(std::string_view text);
/// "80" or "8000-8010".
Result<PortRange> parsePortRange(std::string_view text);

/// What stands before and after the slash of "80/udp"; without a protocol "tcp", without a port
/// both empty. Neither is looked at.
struct PortAndProtocol
{
    std::string port;
    std::string protocol;
};
PortAndProtocol splitProtocol(std::string_view text);

/// [[address:]hostPort:]containerPort[/protocol], with ranges and with the address in brackets or
/// not, or "published=8080,target=80,protocol=udp"; one binding for each port of the container.
Result<std::vector<PortBinding>> parsePublished(std::string_view text);

/// The same without the form with "=".
Result<std::vector<PortBinding>> parsePortSpec(std::string_view text);

/// The text that parsePublished reads back as this binding.
std::string publishedText(const PortBinding &binding);

/// The same for a list, neighbours as ranges: "8000-8002:80-82". Reads back as the same list.
std::vector<std::string> publishedTexts(const std::vector<PortBinding> &bindings);

/// "80/tcp", "81/tcp" as "80-81/tcp", neighbours as ranges; parseExposed reads them back.
std::vector<std::string> exposedTexts(const std::vector<std::string> &ports);

/// --expose: "80", "80-82/udp"; gives "80/tcp" for each. The protocol is not looked at: engines
/// decide.
Result<std::vector<std::string>> parseExposed(std::string_view text);

/// A port of a service in a swarm.
struct ServicePort
{
    std::string protocol = "tcp";
    std::uint16_t target = 0;
    std::uint16_t published = 0; ///< 0 = one is chosen
    bool isOnEachHost = false;   ///< mode=host instead of the routing mesh
    bool operator==(const ServicePort &) const = default;
};

/// --publish of services: "80-82:8080-8082/udp" or "target=80,published=8080,mode=host".
Result<std::vector<ServicePort>> parseServicePorts(std::string_view text);

} // namespace roadstead::reference
