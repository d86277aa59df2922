// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/docker/api_request.h"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace roadstead::docker {

enum class ServiceMode { Replicated, Global, ReplicatedJob, GlobalJob };

struct ServicePort
{
    std::int64_t targetPort = 0;
    std::int64_t publishedPort = 0; ///< 0 = one is chosen
    std::string protocol = "tcp";
    std::string mode = "ingress"; ///< or "host"
    bool operator==(const ServicePort &) const = default;
};

struct ServiceMount
{
    std::string type = "volume"; ///< "bind", "tmpfs", "npipe", "cluster"
    std::string source{};
    std::string target{};
    bool readOnly = false;
    bool operator==(const ServiceMount &) const = default;
};

/// A secret or config as a file in the container.
struct ServiceFile
{
    std::string id{};
    std::string name{};
    std::string target{}; ///< file name or path in the container
    std::string user = "0";
    std::string group = "0";
    std::uint32_t mode = 0444;
    bool operator==(const ServiceFile &) const = default;
};

struct ServiceNetwork
{
    std::string network{}; ///< id or name
    std::vector<std::string> aliases{};
    bool operator==(const ServiceNetwork &) const = default;
};

/// How an update or a rollback goes about its work (Engine API, "UpdateConfig").
struct RolloutConfig
{
    std::int64_t parallelism = 1; ///< 0 = all at once
    std::int64_t delay = 0;       ///< nanoseconds
    std::string failureAction{};  ///< "pause", "continue", "rollback" (from 1.28 on)
    std::int64_t monitor = 0;     ///< nanoseconds
    double maxFailureRatio = 0;
    std::string order{}; ///< "stop-first", "start-first"; from 1.29 on
    bool operator==(const RolloutConfig &) const = default;
};

struct ServiceResources
{
    std::int64_t nanoCpus = 0; ///< 1e-9 CPUs
    std::int64_t memory = 0;   ///< bytes
    std::int64_t pids = 0;     ///< of a limit only; from 1.41 on
    bool operator==(const ServiceResources &) const = default;
};

struct ServiceRestart
{
    std::string condition{}; ///< "none", "on-failure", "any"; empty = the engine's "any"
    std::optional<std::int64_t> delay{}; ///< nanoseconds
    std::optional<std::int64_t> maxAttempts{};
    std::optional<std::int64_t> window{}; ///< nanoseconds
    bool operator==(const ServiceRestart &) const = default;
};

/// What a service is to be (Engine API, "ServiceSpec").
struct ServiceSpec
{
    std::string name{};
    Labels labels{};
    std::string image{};
    std::vector<std::string> entrypoint{};
    std::vector<std::string> command{}; ///< "Args" of the API
    std::vector<std::string> environment{};
    Labels containerLabels{};
    std::string hostname{}; ///< from 1.25 on
    std::string workingDirectory{};
    std::string user{};
    std::vector<std::string> groups{};
    std::string stopSignal{};                      ///< from 1.28 on
    std::optional<std::int64_t> stopGracePeriod{}; ///< nanoseconds
    std::vector<std::string> hosts{};              ///< "host:address"; from 1.25 on
    std::vector<std::string> dns{};                ///< from 1.25 on
    std::vector<ServiceMount> mounts{};
    std::vector<ServiceFile> secrets{}; ///< from 1.25 on
    std::vector<ServiceFile> configs{}; ///< from 1.30 on
    std::vector<ServiceNetwork> networks{};
    Labels sysctls{};                           ///< from 1.40 on
    std::vector<std::string> addCapabilities{}; ///< from 1.41 on
    std::vector<std::string> dropCapabilities{};
    bool tty = false;      ///< from 1.25 on
    bool readOnly = false; ///< from 1.28 on
    bool init = false;     ///< from 1.37 on
    ServiceResources limits{};
    ServiceResources reservations{};
    ServiceRestart restart{};
    std::vector<std::string> constraints{}; ///< "node.role==worker"
    std::vector<std::string> spreadOver{};  ///< "node.labels.zone"; from 1.28 on
    std::int64_t maxReplicasPerNode = 0;    ///< from 1.40 on
    std::string logDriver{};
    Labels logOptions{};
    ServiceMode mode = ServiceMode::Replicated; ///< jobs from 1.41 on
    std::optional<std::int64_t> replicas{};
    std::optional<std::int64_t> maxConcurrent{}; ///< of a replicated job
    std::optional<RolloutConfig> update{};
    std::optional<RolloutConfig> rollback{}; ///< from 1.28 on
    std::string endpointMode{};              ///< "vip", "dnsrr"; empty = "vip"
    std::vector<ServicePort> ports{};

    /// The oldest version that knows all that is set.
    [[nodiscard]] ApiVersion needs() const;
    bool operator==(const ServiceSpec &) const = default;
};

/// Inside engine/docker only.
nlohmann::ordered_json serviceSpecJson(const ServiceSpec &spec);
/// Options of "docker service create", its operands among them.
void addServiceSpec(Arguments &arguments, const ServiceSpec &spec);
} // namespace roadstead::docker
