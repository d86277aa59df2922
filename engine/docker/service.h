// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"
#include "engine/docker/log_options.h"
#include "engine/docker/service_spec.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Services of a swarm (Engine API, "Service").
namespace roadstead::docker {

/// A row of GET /services, and GET /services/{id}.
struct Service
{
    std::string id;
    std::uint64_t version = 0; ///< to be named by an update
    std::string created;       ///< RFC 3339
    std::string updated;
    std::string name;
    std::string image;
    std::map<std::string, std::string> labels;
    ServiceMode mode = ServiceMode::Replicated;
    std::int64_t replicas = 0;      ///< wanted, of a replicated service or job
    std::int64_t runningTasks = -1; ///< -1 = not told (from 1.41 on, when asked for)
    std::int64_t desiredTasks = -1;
    std::int64_t completedTasks = -1;
    std::string updateState; ///< "updating", "paused", "completed", "rollback_started", …
    std::string updateMessage;
    std::vector<ServicePort> ports;
    std::vector<std::string> virtualIps; ///< CIDR
    bool tty = false;
    bool canRollBack = false; ///< there is a former spec
    std::string spec;         ///< JSON, to be sent back by an update
    bool operator==(const Service &) const = default;
};

/// GET /services ("List services").
struct ListServices
{
    using Answer = std::vector<Service>;
    static constexpr std::string_view operation = "service.list";
    static constexpr bool large = true;
    Filters filters{};
    bool status = true; ///< with the numbers of tasks; from 1.41 on
    [[nodiscard]] ApiRequest request(ApiVersion version) const;
    [[nodiscard]] Arguments arguments() const;
    static Result<Answer> decode(std::string body);
    bool operator==(const ListServices &) const = default;
};

/// GET /services/{id} ("Inspect a service").
struct InspectService
{
    using Answer = Service;
    static constexpr std::string_view operation = "service.inspect";
    Target service{};
    bool insertDefaults = false; ///< what is not set as what it means; from 1.29 on
    [[nodiscard]] ApiRequest request(ApiVersion version) const;
    [[nodiscard]] Arguments arguments() const;
    static Result<Answer> decode(std::string body);
    bool operator==(const InspectService &) const = default;
};

/// GET /services/{id}/logs ("Get service logs"), from 1.29 on.
struct ReadServiceLogs
{
    static constexpr std::string_view operation = "service.logs";
    Target service{};
    LogOptions options{};
    [[nodiscard]] ApiRequest request(ApiVersion version) const;
    [[nodiscard]] Arguments arguments() const;
    [[nodiscard]] ApiVersion needs() const { return {29}; }
    bool operator==(const ReadServiceLogs &) const = default;
};

/// POST /services/create ("Create a service"). Takes the registry's credentials.
struct CreateService
{
    static constexpr std::string_view operation = "service.create";
    static constexpr bool authenticates = true;
    ServiceSpec spec{};
    [[nodiscard]] ApiRequest request(ApiVersion version) const;
    [[nodiscard]] Arguments arguments() const;
    [[nodiscard]] ApiVersion needs() const { return spec.needs(); }
    static Result<CommandReply> decode(std::string_view body);
    bool operator==(const CreateService &) const = default;
};

/// POST /services/{id}/update ("Update a service"). What is not set stays as the spec says.
struct UpdateService
{
    static constexpr std::string_view operation = "service.update";
    static constexpr bool authenticates = true;
    Target service{};
    std::uint64_t version = 0; ///< as the inspection told it
    std::string spec{};        ///< JSON, as the inspection told it
    std::string image{};
    std::optional<std::int64_t> replicas{};
    std::optional<std::int64_t> limitNanoCpus{};
    std::optional<std::int64_t> limitMemory{};    ///< bytes
    std::vector<std::string> addEnvironment{};    ///< NAME=value
    std::vector<std::string> removeEnvironment{}; ///< names
    Labels addLabels{};
    std::vector<std::string> removeLabels{};
    std::vector<std::string> addConstraints{};
    std::vector<std::string> removeConstraints{};
    std::vector<ServicePort> addPorts{};
    bool force = false;    ///< new tasks although nothing changed
    bool rollBack = false; ///< to the spec before; from 1.28 on; nothing else may be set
    [[nodiscard]] ApiRequest request(ApiVersion version) const;
    [[nodiscard]] Arguments arguments() const;
    [[nodiscard]] ApiVersion needs() const { return {rollBack ? 28 : 24}; }
    static Result<CommandReply> decode(std::string_view body);
    bool operator==(const UpdateService &) const = default;
};

/// DELETE /services/{id} ("Delete a service").
struct RemoveService
{
    static constexpr std::string_view operation = "service.remove";
    static constexpr bool removes = true;
    Target service{};
    [[nodiscard]] ApiRequest request(ApiVersion version) const;
    [[nodiscard]] Arguments arguments() const;
    bool operator==(const RemoveService &) const = default;
};

} // namespace roadstead::docker
