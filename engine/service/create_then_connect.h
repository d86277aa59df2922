// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/docker/create_container.h"
#include "engine/docker/types.h"
#include "engine/service/operation.h"

#include <string>

namespace roadstead::service {

class EngineSession;

/// Whether engines that speak `version` take only the first of its networks with a new container,
/// and want to be asked for each of the others (before API 1.44).
[[nodiscard]] bool needsConnects(const docker::CreateContainer &create, docker::ApiVersion version);

/// Creates the container in its first network and connects it to the others, each a command of its
/// own in the history. Where one of them fails, the container is removed again. Yields its id.
/// GUI thread; `session` must outlive the operation.
Operation<std::string> createThenConnect(EngineSession &session,
                                         const docker::CreateContainer &create);

} // namespace roadstead::service
