// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"
#include "engine/docker/command.h"
#include "engine/docker/create_container.h"
#include "engine/docker/types.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace roadstead::service {

enum class SwapStep : std::uint8_t { Create, Stop, KeepStopped, Rename, TakeName, Start };

/// One command of a swap, and the one that takes it back.
struct PlannedStep
{
    SwapStep step = SwapStep::Create;
    docker::Command command{};
    std::vector<docker::Command> back{}; ///< in this order
};

/// What a container is after a swap that was taken back.
struct ContainerAsItWas
{
    std::string id{};
    std::string name{};
    bool runs = false;
    bool isPaused = false;
    std::string restartPolicy{};
    int restartMaximum = 0;
    bool operator==(const ContainerAsItWas &) const = default;
};
ContainerAsItWas asItIs(const docker::ContainerDetails &details);

/// What the labels of a container made by a swap tell of the one it replaced.
std::optional<ContainerAsItWas> replacedBy(const std::map<std::string, std::string> &labels);

/// The id of the container that one with these labels replaced; empty = none.
std::string replacedIdOf(const std::map<std::string, std::string> &labels);
/// Takes away what only the container has that a swap made, not a copy of it.
void dropSwapLabels(docker::CreateContainer &create);

/// Whether a swap was cut off before the new container was started in its place.
bool isHalfDone(const docker::ContainerDetails &newer);

/// The same by what a list tells of it.
bool isHalfDone(const docker::ContainerSummary &newer);

/// Of a swap that was cut off: what puts the old container back, whatever was done so far. Commands
/// for what was never done fail, which does no harm.
std::vector<docker::Command> cutOffBack(const std::string &newId, const ContainerAsItWas &was);
/// And the steps that were not done.
std::vector<PlannedStep> cutOffRest(const docker::ContainerDetails &newer,
                                    const docker::ContainerDetails &old,
                                    const ContainerAsItWas &was, const std::string &keptName);

/// Names that the swap of a container called `name` uses.
std::string nameBefore(const std::string &name);
std::string nameNext(const std::string &name);
std::string nameUndone(const std::string &name);

/// `after` with the anonymous volumes of the old container by their names, as far as `after` has no
/// other mount there and they were not taken out of it.
docker::CreateContainer withVolumesOf(docker::CreateContainer after,
                                      const docker::CreateContainer &before,
                                      const docker::ContainerDetails &old);

/// The new container as it is created first: under its provisional name, labelled.
docker::CreateContainer provisional(docker::CreateContainer after,
                                    const docker::ContainerDetails &old);

/// What stands in the way of replacing `old`. Fails with ErrorKind::InvalidArgument ("--rm" as its
/// detail) for a container that removes itself, ErrorKind::Conflict for one that is being removed.
Result<void> checkReplaceable(const docker::CreateContainer &before,
                              const docker::ContainerDetails &old);

/// The steps that put the container `newId`, created as provisional() says, in the place of `old`.
/// `finalName`: which it is to have; `keptName`: a free one for `old`.
std::vector<PlannedStep> replacementPlan(const docker::ContainerDetails &old,
                                         const std::string &newId, const std::string &finalName,
                                         const std::string &keptName);

/// The steps that put the old container back in the place of the newer one, which is kept
/// as `undoneName`.
std::vector<PlannedStep> undoPlan(const docker::ContainerDetails &newer,
                                  const docker::ContainerDetails &kept, const ContainerAsItWas &was,
                                  const std::string &undoneName);

} // namespace roadstead::service
