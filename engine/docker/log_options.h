// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/docker/api_request.h"

#include <string>

namespace roadstead::docker {

/// How much of a log is wanted.
struct LogOptions
{
    int tail = -1;           ///< last lines; -1 = all
    bool follow = false;     ///< also what is written from now on
    bool timestamps = false; ///< each line begins with its time, RFC 3339
    /// Seconds[.nanoseconds] since the epoch, or RFC 3339; empty = from the start.
    std::string since{};
    std::string until{};  ///< in the same forms; empty = to the end; not of services and tasks
    bool details = false; ///< each line begins with the log driver's own attributes
    bool operator==(const LogOptions &) const = default;
};

/// Adds what a log is asked with. Inside engine/docker only.
void addLogOptions(ApiRequest &request, const LogOptions &options);
void addLogOptions(Arguments &arguments, const LogOptions &options);

} // namespace roadstead::docker
