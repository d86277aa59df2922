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

/// Machines of a swarm (Engine API, "Node").
namespace roadstead::docker {

/// A row of GET /nodes, and GET /nodes/{id}.
struct Node
{
    std::string id;
    std::uint64_t version = 0; ///< to be named by an update
    std::string created;       ///< RFC 3339
    std::string updated;
    std::string name; ///< given by a person; mostly empty
    std::map<std::string, std::string> labels;
    std::string role;         ///< "worker", "manager"
    std::string availability; ///< "active", "pause", "drain"
    std::string hostname;
    std::string os;
    std::string architecture;
    std::string engineVersion;
    std::int64_t nanoCpus = 0; ///< 1e-9 CPUs
    std::int64_t memory = 0;   ///< bytes
    std::string state;         ///< "ready", "down", "unknown", "disconnected"
    std::string message;
    std::string address;
    bool leader = false;
    std::string reachability;   ///< of a manager: "reachable", "unreachable", "unknown"
    std::string managerAddress; ///< of a manager, with port
    std::string spec;           ///< JSON, to be sent back by an update
    bool operator==(const Node &) const = default;
};

/// GET /nodes ("List nodes").
struct ListNodes
{
    using Answer = std::vector<Node>;
    static constexpr std::string_view operation = "node.list";
    Filters filters{};
    [[nodiscard]] ApiRequest request(ApiVersion version) const;
    [[nodiscard]] Arguments arguments() const;
    static Result<Answer> decode(std::string body);
    bool operator==(const ListNodes &) const = default;
};

/// GET /nodes/{id} ("Inspect a node").
struct InspectNode
{
    using Answer = Node;
    static constexpr std::string_view operation = "node.inspect";
    Target node{};
    [[nodiscard]] ApiRequest request(ApiVersion version) const;
    [[nodiscard]] Arguments arguments() const;
    static Result<Answer> decode(std::string body);
    bool operator==(const InspectNode &) const = default;
};

/// POST /nodes/{id}/update ("Update a node").
struct UpdateNode
{
    static constexpr std::string_view operation = "node.update";
    Target node{};
    std::uint64_t version = 0; ///< as the inspection told it
    std::string spec{};        ///< JSON, as the inspection told it
    std::string role{};        ///< empty = unchanged
    std::string availability{};
    Labels addLabels{};
    std::vector<std::string> removeLabels{};
    [[nodiscard]] ApiRequest request(ApiVersion version) const;
    [[nodiscard]] Arguments arguments() const;
    bool operator==(const UpdateNode &) const = default;
};

/// DELETE /nodes/{id} ("Delete a node").
struct RemoveNode
{
    static constexpr std::string_view operation = "node.remove";
    static constexpr bool removes = true;
    Target node{};
    bool force = false;
    [[nodiscard]] ApiRequest request(ApiVersion version) const;
    [[nodiscard]] Arguments arguments() const;
    bool operator==(const RemoveNode &) const = default;
};

} // namespace roadstead::docker
