// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/docker/command.h"
#include "engine/docker/create_container.h"

#include <nlohmann/json_fwd.hpp>

/// Both renderings of CreateContainer. Inside engine/docker only.
namespace roadstead::docker {

ApiRequest createRequest(const CreateContainer &create, ApiVersion version);
std::vector<std::string> createArguments(const CreateContainer &create);

/// The member "NetworkingConfig" of the request's body.
nlohmann::ordered_json networkingConfigJson(const CreateContainer &create, ApiVersion version);
/// The member "HostConfig".
nlohmann::ordered_json hostConfigJson(const CreateContainer &create, ApiVersion version);
/// The member "Mounts" of HostConfig.
nlohmann::ordered_json mountsJson(const CreateContainer &create);

/// What of the volumes is a bind or has a name, and the targets of those without.
struct SplitVolumes
{
    std::vector<std::string> binds;
    std::vector<std::string> anonymous;
};
SplitVolumes splitVolumes(const CreateContainer &create);

} // namespace roadstead::docker
