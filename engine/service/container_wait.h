// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/docker/api_request.h"
#include "engine/service/operation.h"

namespace roadstead::service {

class EngineSession;

/// Ends when the container does, with its exit status; at once where it does not run. In the
/// history as `docker wait` for as long as it waits. GUI thread.
Operation<int> waitForEnd(EngineSession &session, const docker::Target &container);

} // namespace roadstead::service
