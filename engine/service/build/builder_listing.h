// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/build/buildx_listings.h"
#include "engine/context/context_store.h"
#include "engine/docker/command.h"
#include "engine/service/operation.h"

#include <vector>

namespace roadstead::service {

class BuildxTool;

using Builders = std::vector<build::Builder>;

/// The builders that buildx knows, in its order, each with whether it is the one in use. Fails as
/// BuildxTool does, or as buildx says. `tool` must outlive the answer.
Operation<Builders> listBuilders(BuildxTool *tool, const docker::CliEngine &engine);

/// Whether it is the engine's own: part of it, with the engine's images as its store.
[[nodiscard]] bool isEnginesOwn(const build::Builder &builder);
/// Whether what it builds can be that engine's: its own builder, one in a container of it, or one
/// that is of no engine. buildx also lists the own builders of every other context. A builder in a
/// container may name its engine by a context, which is looked up in `contexts`. Blocking: small
/// files.
[[nodiscard]] bool isBuilderOf(const docker::CliEngine &engine, const build::Builder &builder,
                               const context::ContextStore &contexts);

} // namespace roadstead::service
