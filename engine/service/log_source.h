// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/docker/client.h"
#include "engine/docker/log_options.h"

#include <functional>
#include <string>

namespace roadstead::service {

class EngineSession;

/// Asks for the log of one container, as docker::Client::logs does. GUI thread.
using LogSource = std::function<docker::Call(const docker::LogOptions &, docker::LogSink)>;

/// The log of a container of a session. Once the session has gone every question ends with
/// ErrorKind::Cancelled.
LogSource logSource(EngineSession *session, const std::string &id);

} // namespace roadstead::service
