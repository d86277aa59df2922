// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"
#include "engine/docker/api_request.h"
#include "engine/docker/log_options.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// What runs of a service, one container each (Engine API, "Task").
namespace roadstead::docker {

/// A row of GET /tasks, and GET /tasks/{id}.
struct Task
{
    std::string id;
    std::uint64_t version = 0;
    std::string created; ///< RFC 3339
    std::string updated;
    std::string name; ///< mostly empty; shown is "service.slot"
    std::string image;
    std::string serviceId;
    std::string nodeId;
    std::int64_t slot = 0; ///< 0 = of a global service
    std::string state;     ///< "running", "failed", … (Engine API, "TaskState")
    std::string desiredState;
    std::string changed; ///< RFC 3339, of the state
    std::string message;
    std::string error;
    std::string containerId;
    int exitCode = 0;
    bool tty = false;
    std::vector<std::string> addresses; ///< CIDR, in its networks
    bool operator==(const Task &) const = default;
};

/// GET /tasks ("List tasks").
struct ListTasks
{
    using Answer = std::vector<Task>;
    static constexpr std::string_view operation = "task.list";
    static constexpr bool large = true;
    Filters filters{}; ///< desired-state, id, label, name, node, service
    [[nodiscard]] ApiRequest request(ApiVersion version) const;
    /// Of one service or node, which is what the CLI lists; of all, the tasks of this node.
    [[nodiscard]] Arguments arguments() const;
    static Result<Answer> decode(std::string body);
    bool operator==(const ListTasks &) const = default;
};

/// GET /tasks/{id} ("Inspect a task").
struct InspectTask
{
    using Answer = Task;
    static constexpr std::string_view operation = "task.inspect";
    std::string id{};
    [[nodiscard]] ApiRequest request(ApiVersion version) const;
    [[nodiscard]] Arguments arguments() const;
    static Result<Answer> decode(std::string body);
    bool operator==(const InspectTask &) const = default;
};

/// GET /tasks/{id}/logs ("Get task logs"), from 1.29 on.
struct ReadTaskLogs
{
    static constexpr std::string_view operation = "task.logs";
    std::string id{};
    LogOptions options{};
    [[nodiscard]] ApiRequest request(ApiVersion version) const;
    [[nodiscard]] Arguments arguments() const;
    [[nodiscard]] ApiVersion needs() const { return {29}; }
    bool operator==(const ReadTaskLogs &) const = default;
};

} // namespace roadstead::docker
