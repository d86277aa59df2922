// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"
#include "engine/docker/api_request.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// Commands run in a running container (Engine API, "Exec"): made, then started.
namespace roadstead::docker {

/// POST /containers/{id}/exec ("Create an exec instance"), and what `docker exec` does with it.
struct CreateExec
{
    static constexpr std::string_view operation = "exec.create";
    Target container{};
    std::vector<std::string> command{};
    std::vector<std::string> environment{}; ///< from 1.25 on
    std::string user{};                     ///< "name[:group]"; empty = the container's
    std::string workingDirectory{};         ///< from 1.35 on
    std::string detachKeys{};
    bool detached = false; ///< nobody sees what it writes
    bool input = false;    ///< its standard input is open; not when detached
    bool tty = false;
    bool privileged = false;
    int rows = 0; ///< of the terminal; sent from 1.42 on
    int columns = 0;
    [[nodiscard]] ApiRequest request(ApiVersion version) const;
    [[nodiscard]] Arguments arguments() const; ///< of all steps
    [[nodiscard]] ApiVersion needs() const;
    static Result<CommandReply> decode(std::string_view body);
    bool operator==(const CreateExec &) const = default;
};

/// POST /exec/{id}/start ("Start an exec instance"), of one that was made with the same options.
struct StartExec
{
    static constexpr std::string_view operation = "exec.start";
    std::string id{};
    bool detached = false;
    bool tty = false;
    int rows = 0;
    int columns = 0;
    [[nodiscard]] ApiRequest request(ApiVersion version) const;
    bool operator==(const StartExec &) const = default;
};

/// POST /exec/{id}/resize ("Resize an exec instance").
struct ResizeExec
{
    static constexpr std::string_view operation = "exec.resize";
    std::string id{};
    int rows = 0;
    int columns = 0;
    [[nodiscard]] ApiRequest request(ApiVersion version) const;
    bool operator==(const ResizeExec &) const = default;
};

/// GET /exec/{id}/json.
struct ExecDetails
{
    std::string id;
    std::string containerId;
    bool running = false;
    int exitCode = 0;     ///< once it ran
    std::int64_t pid = 0; ///< on the engine's machine
    bool tty = false;
    std::string user;
    std::vector<std::string> command;
    bool operator==(const ExecDetails &) const = default;
};

struct InspectExec
{
    using Answer = ExecDetails;
    static constexpr std::string_view operation = "exec.inspect";
    std::string id{};
    [[nodiscard]] ApiRequest request(ApiVersion version) const;
    static Result<Answer> decode(std::string body);
    bool operator==(const InspectExec &) const = default;
};

} // namespace roadstead::docker
