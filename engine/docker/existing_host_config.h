// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/docker/existing_container.h"
#include "engine/docker/json_reader.h"

/// Parts of createLike(). Inside engine/docker only.
namespace roadstead::docker {

/// HostConfig of a container that exists. Volumes are added to those that are there.
void readHostConfig(const JsonValue &host, const EngineGiven &engine, CreateContainer &create);
/// HostConfig.NetworkMode and NetworkSettings of `root`, a container's whole reply.
void readNetworks(const JsonValue &root, CreateContainer &create);

} // namespace roadstead::docker
