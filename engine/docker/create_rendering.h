// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/docker/command.h"
#include "engine/docker/create_container.h"

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <vector>

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

/// What the engine takes for "none": null, and no empty list.
nlohmann::ordered_json listOrNull(const std::vector<std::string> &list);
void addUnlessEmpty(nlohmann::ordered_json &object, const char *name, const std::string &value);
/// As an object whose members are in the order of their names.
void addUnlessEmpty(nlohmann::ordered_json &object, const char *name, const Pairs &pairs);

/// What of the volumes is a bind or has a name, and the targets of those without.
struct SplitVolumes
{
    std::vector<std::string> binds;
    std::vector<std::string> anonymous;
};
SplitVolumes splitVolumes(const CreateContainer &create);

} // namespace roadstead::docker
