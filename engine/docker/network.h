// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"
#include "engine/docker/api_request.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Networks (Engine API, "Network").
namespace roadstead::docker {

/// One address pool of a network.
struct IpamPool
{
    std::string subnet{};  ///< CIDR
    std::string ipRange{}; ///< CIDR within the subnet; empty = all of it
    std::string gateway{};
    Labels auxiliaryAddresses{}; ///< host name, address: kept free
    bool operator==(const IpamPool &) const = default;
};

/// A container (or a load balancer of Swarm) on a network.
struct NetworkMember
{
    std::string id;
    std::string name;
    std::string ipAddress; ///< with prefix length
    std::string ipv6Address;
    std::string macAddress;
    bool operator==(const NetworkMember &) const = default;
};

/// A row of GET /networks, and GET /networks/{id}.
struct Network
{
    std::string id;
    std::string name;
    std::string created; ///< RFC 3339
    std::string scope;   ///< "local", "swarm", "global"
    std::string driver;
    bool ipv4 = true; ///< told from 1.48 on; before, always so
    bool ipv6 = false;
    bool internal = false;
    bool attachable = false;
    bool ingress = false;
    bool configOnly = false;
    std::string configFrom;
    std::string ipamDriver;
    std::vector<IpamPool> pools;
    std::vector<NetworkMember> members; ///< of an inspection; lists leave them out from 1.28 on
    std::map<std::string, std::string> options;
    std::map<std::string, std::string> labels;
    std::string raw; ///< the reply itself, of an inspection
    bool operator==(const Network &) const = default;
};

/// GET /networks ("List networks").
struct ListNetworks
{
    using Answer = std::vector<Network>;
    static constexpr std::string_view operation = "network.list";
    static constexpr bool large = true;
    Filters filters{};
    [[nodiscard]] ApiRequest request(ApiVersion version) const;
    [[nodiscard]] Arguments arguments() const;
    static Result<Answer> decode(std::string body);
    bool operator==(const ListNetworks &) const = default;
};

/// GET /networks/{id} ("Inspect a network").
struct InspectNetwork
{
    using Answer = Network;
    static constexpr std::string_view operation = "network.inspect";
    Target network{};
    bool verbose = false; ///< services and tasks of the whole swarm; from 1.28 on
    std::string scope{};  ///< from 1.31 on; empty = any
    [[nodiscard]] ApiRequest request(ApiVersion version) const;
    [[nodiscard]] Arguments arguments() const;
    [[nodiscard]] ApiVersion needs() const;
    static Result<Answer> decode(std::string body);
    bool operator==(const InspectNetwork &) const = default;
};

/// POST /networks/create ("Create a network").
struct CreateNetwork
{
    static constexpr std::string_view operation = "network.create";
    std::string name{};
    std::string driver = "bridge";
    Labels options{}; ///< of the driver
    Labels labels{};
    std::string ipamDriver = "default";
    Labels ipamOptions{};
    std::vector<IpamPool> pools{};
    std::optional<bool> ipv4{}; ///< from 1.48 on; unset = the engine's choice
    std::optional<bool> ipv6{};
    bool internal = false;
    bool attachable = false;  ///< from 1.25 on
    bool ingress = false;     ///< from 1.29 on
    bool configOnly = false;  ///< from 1.30 on
    std::string configFrom{}; ///< name of a network; from 1.30 on
    std::string scope{};      ///< from 1.30 on
    [[nodiscard]] ApiRequest request(ApiVersion version) const;
    [[nodiscard]] Arguments arguments() const;
    [[nodiscard]] ApiVersion needs() const;
    static Result<CommandReply> decode(std::string_view body);
    bool operator==(const CreateNetwork &) const = default;
};

/// DELETE /networks/{id} ("Remove a network").
struct RemoveNetwork
{
    static constexpr std::string_view operation = "network.remove";
    static constexpr bool removes = true;
    Target network{};
    [[nodiscard]] ApiRequest request(ApiVersion version) const;
    [[nodiscard]] Arguments arguments() const;
    bool operator==(const RemoveNetwork &) const = default;
};

/// POST /networks/{id}/connect ("Connect a container to a network").
struct ConnectNetwork
{
    static constexpr std::string_view operation = "network.connect";
    Target network{};
    Target container{};
    std::string ipAddress{}; ///< empty = one is chosen
    std::string ipv6Address{};
    std::vector<std::string> linkLocalAddresses{};
    std::vector<std::string> aliases{};
    std::vector<std::string> links{}; ///< "container:alias"
    Labels driverOptions{};           ///< from 1.32 on
    int gatewayPriority = 0;          ///< from 1.48 on
    [[nodiscard]] ApiRequest request(ApiVersion version) const;
    [[nodiscard]] Arguments arguments() const;
    [[nodiscard]] ApiVersion needs() const;
    bool operator==(const ConnectNetwork &) const = default;
};

/// POST /networks/{id}/disconnect ("Disconnect a container from a network").
struct DisconnectNetwork
{
    static constexpr std::string_view operation = "network.disconnect";
    Target network{};
    Target container{};
    bool force = false;
    [[nodiscard]] ApiRequest request(ApiVersion version) const;
    [[nodiscard]] Arguments arguments() const;
    bool operator==(const DisconnectNetwork &) const = default;
};

/// POST /networks/prune ("Delete unused networks"), from 1.25 on.
struct PruneNetworks
{
    static constexpr std::string_view operation = "network.prune";
    Filters filters{}; ///< until, label, label!
    [[nodiscard]] ApiRequest request(ApiVersion version) const;
    [[nodiscard]] Arguments arguments() const;
    [[nodiscard]] ApiVersion needs() const { return {25}; }
    static Result<CommandReply> decode(std::string_view body);
    bool operator==(const PruneNetworks &) const = default;
};

/// Lists of subnets, ranges, gateways and host addresses, as the CLI takes them, brought together:
/// each goes to the subnet that it lies in. Fails with ErrorKind::InvalidArgument and the reason:
/// subnets that overlap, an address that lies in no subnet or is none, two gateways in one subnet.
/// A single subnet without any of the others is not looked at.
Result<std::vector<IpamPool>> poolsOf(const std::vector<std::string> &subnets,
                                      const std::vector<std::string> &ipRanges,
                                      const std::vector<std::string> &gateways,
                                      const Labels &auxiliaryAddresses);

} // namespace roadstead::docker
