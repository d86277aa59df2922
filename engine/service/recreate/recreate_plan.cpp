// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/recreate/recreate_plan.h"

#include <algorithm>
#include <charconv>

namespace roadstead::service {

namespace {

constexpr auto idLabel = "io.roadstead.replaces";
constexpr auto nameLabel = "io.roadstead.replaces.name";
constexpr auto stateLabel = "io.roadstead.replaces.state";
constexpr auto restartLabel = "io.roadstead.replaces.restart";
constexpr auto maximumLabel = "io.roadstead.replaces.restart-maximum";

std::string labelOf(const std::map<std::string, std::string> &labels, const char *name)
{
    const auto found = labels.find(name);
    return found == labels.end() ? std::string() : found->second;
}

/// By name, state and labels, which both a list and an inspection tell.
template<typename Container>
bool isCutOff(const Container &newer)
{
    const auto was = replacedBy(newer.labels);
    return was && (newer.name == nameNext(was->name) ||
                   (was->runs && newer.state == docker::ContainerState::Created));
}

docker::Target targetOf(const std::string &id, const std::string &display)
{
    return {.reference = id, .display = display};
}

docker::UpdateContainer restartOf(const docker::Target &target, const std::string &policy,
                                  int maximum)
{
    docker::UpdateContainer update{.container = target};
    update.restartPolicy = policy.empty() ? "no" : policy;
    update.restartMaximum = maximum;
    return update;
}

/// Where a --volume ends up in the container.
std::string volumePlace(const std::string &volume)
{
    const std::size_t first = volume.find(':');
    if (first == std::string::npos) {
        return volume;
    }
    const std::string rest = volume.substr(first + 1);
    return rest.substr(0, rest.find(':'));
}

bool hasPlace(const docker::CreateContainer &create, const std::string &place)
{
    return std::ranges::contains(create.volumes, place, volumePlace) ||
           std::ranges::any_of(create.mounts,
                               [&](const auto &mount) { return mount.target == place; }) ||
           std::ranges::any_of(create.tmpfs,
                               [&](const auto &tmpfs) { return tmpfs.first == place; });
}

void addStop(std::vector<PlannedStep> &plan, const ContainerAsItWas &was)
{
    const docker::Target target = targetOf(was.id, was.name);
    if (was.runs) {
        PlannedStep stop{.step = SwapStep::Stop,
                         .command = docker::StopContainer{.container = target},
                         .back = {docker::StartContainer{target}}};
        if (was.isPaused) {
            stop.back.emplace_back(docker::PauseContainer{target});
        }
        plan.push_back(std::move(stop));
    }
    if (!was.restartPolicy.empty() && was.restartPolicy != "no") {
        plan.push_back({.step = SwapStep::KeepStopped,
                        .command = restartOf(target, "no", 0),
                        .back = {restartOf(target, was.restartPolicy, was.restartMaximum)}});
    }
}

} // namespace

ContainerAsItWas asItIs(const docker::ContainerDetails &details)
{
    using enum docker::ContainerState;
    const bool runs =
        details.state == Running || details.state == Paused || details.state == Restarting;
    return {.id = details.id,
            .name = details.name,
            .runs = runs,
            .isPaused = details.state == Paused,
            .restartPolicy = details.restartPolicy,
            .restartMaximum = details.restartMaximum};
}

std::optional<ContainerAsItWas> replacedBy(const std::map<std::string, std::string> &labels)
{
    ContainerAsItWas was{.id = labelOf(labels, idLabel), .name = labelOf(labels, nameLabel)};
    if (was.id.empty() || was.name.empty()) {
        return std::nullopt;
    }
    const std::string state = labelOf(labels, stateLabel);
    was.isPaused = state == "paused";
    was.runs = was.isPaused || state == "running";
    was.restartPolicy = labelOf(labels, restartLabel);
    const std::string maximum = labelOf(labels, maximumLabel);
    std::from_chars(maximum.data(), maximum.data() + maximum.size(), was.restartMaximum);
    return was;
}

std::string replacedIdOf(const std::map<std::string, std::string> &labels)
{
    return labelOf(labels, idLabel);
}

void dropSwapLabels(docker::CreateContainer &create)
{
    std::erase_if(create.labels,
                  [](const auto &label) { return label.first.starts_with(idLabel); });
}

bool isHalfDone(const docker::ContainerDetails &newer)
{
    return isCutOff(newer);
}

bool isHalfDone(const docker::ContainerSummary &newer)
{
    return isCutOff(newer);
}

std::vector<docker::Command> cutOffBack(const std::string &newId, const ContainerAsItWas &was)
{
    const docker::Target old = targetOf(was.id, was.name);
    std::vector<docker::Command> back{
        docker::RemoveContainer{.container = targetOf(newId, nameNext(was.name)), .force = true},
        docker::RenameContainer{targetOf(was.id, nameBefore(was.name)), was.name},
        restartOf(old, was.restartPolicy, was.restartMaximum)};
    if (was.runs) {
        back.emplace_back(docker::StartContainer{old});
    }
    if (was.isPaused) {
        back.emplace_back(docker::PauseContainer{old});
    }
    return back;
}

std::vector<PlannedStep> cutOffRest(const docker::ContainerDetails &newer,
                                    const docker::ContainerDetails &old,
                                    const ContainerAsItWas &was, const std::string &keptName)
{
    std::vector<PlannedStep> rest;
    addStop(rest, asItIs(old));
    if (old.name == was.name) {
        rest.push_back({.step = SwapStep::Rename,
                        .command = docker::RenameContainer{targetOf(old.id, old.name), keptName}});
    }
    const bool hasName = newer.name != nameNext(was.name);
    const std::string name = hasName ? newer.name : was.name;
    if (!hasName) {
        rest.push_back({.step = SwapStep::TakeName,
                        .command = docker::RenameContainer{targetOf(newer.id, newer.name), name}});
    }
    if (was.runs && !asItIs(newer).runs) {
        rest.push_back(
            {.step = SwapStep::Start, .command = docker::StartContainer{targetOf(newer.id, name)}});
    }
    for (PlannedStep &step : rest) {
        step.back.clear(); // cutOffBack() has it all
    }
    return rest;
}

std::string nameBefore(const std::string &name)
{
    return name + "-before";
}

std::string nameNext(const std::string &name)
{
    return name + "-next";
}

std::string nameUndone(const std::string &name)
{
    return name + "-undone";
}

docker::CreateContainer withVolumesOf(docker::CreateContainer after,
                                      const docker::CreateContainer &before,
                                      const docker::ContainerDetails &old)
{
    for (const docker::Mount &mount : old.mounts) {
        if (mount.type != "volume" || mount.name.empty()) {
            continue;
        }
        const std::string volume =
            mount.name + ":" + mount.destination + (mount.writable ? "" : ":ro");
        const auto same = std::ranges::find(after.volumes, mount.destination);
        if (same != after.volumes.end()) {
            *same = volume;
        } else if (!hasPlace(after, mount.destination) && !hasPlace(before, mount.destination)) {
            after.volumes.push_back(volume); // the image declares it
        }
    }
    return after;
}

docker::CreateContainer provisional(docker::CreateContainer after,
                                    const docker::ContainerDetails &old)
{
    const ContainerAsItWas was = asItIs(old);
    dropSwapLabels(after);
    after.name = nameNext(was.name);
    after.labels.emplace_back(idLabel, was.id);
    after.labels.emplace_back(nameLabel, was.name);
    after.labels.emplace_back(stateLabel, was.isPaused ? "paused"
                                          : was.runs   ? "running"
                                                       : "exited");
    after.labels.emplace_back(restartLabel, was.restartPolicy);
    after.labels.emplace_back(maximumLabel, std::to_string(was.restartMaximum));
    return after;
}

Result<void> checkReplaceable(const docker::CreateContainer &before,
                              const docker::ContainerDetails &old)
{
    using enum docker::ContainerState;
    if (before.autoRemove) {
        return std::unexpected(Error{ErrorKind::InvalidArgument, 0, "--rm", "container.recreate"});
    }
    if (old.state == Removing || old.state == Dead) {
        return std::unexpected(Error{ErrorKind::Conflict, 0, old.name, "container.recreate"});
    }
    return {};
}

std::vector<PlannedStep> replacementPlan(const docker::ContainerDetails &old,
                                         const std::string &newId, const std::string &finalName,
                                         const std::string &keptName)
{
    const ContainerAsItWas was = asItIs(old);
    const docker::Target older = targetOf(was.id, was.name);
    const docker::Target renamed = targetOf(was.id, keptName);
    const docker::Target newer = targetOf(newId, finalName);
    const docker::RemoveContainer removal{.container = newer, .force = true};
    std::vector<PlannedStep> plan;
    addStop(plan, was);
    plan.push_back({.step = SwapStep::Rename,
                    .command = docker::RenameContainer{older, keptName},
                    .back = {docker::RenameContainer{renamed, was.name}}});
    plan.push_back(
        {.step = SwapStep::TakeName,
         .command = docker::RenameContainer{targetOf(newId, nameNext(was.name)), finalName},
         .back = {removal}});
    if (was.runs) {
        plan.push_back(
            {.step = SwapStep::Start, .command = docker::StartContainer{newer}, .back = {removal}});
    }
    return plan;
}

std::vector<PlannedStep> undoPlan(const docker::ContainerDetails &newer,
                                  const docker::ContainerDetails &kept, const ContainerAsItWas &was,
                                  const std::string &undoneName)
{
    std::vector<PlannedStep> plan;
    addStop(plan, asItIs(newer));
    plan.push_back({.step = SwapStep::Rename,
                    .command = docker::RenameContainer{targetOf(newer.id, newer.name), undoneName},
                    .back = {docker::RenameContainer{targetOf(newer.id, undoneName), newer.name}}});
    plan.push_back({.step = SwapStep::TakeName,
                    .command = docker::RenameContainer{targetOf(kept.id, kept.name), was.name},
                    .back = {docker::RenameContainer{targetOf(kept.id, was.name), kept.name}}});
    const docker::Target back = targetOf(kept.id, was.name);
    if (was.restartPolicy != kept.restartPolicy) {
        plan.push_back({.step = SwapStep::KeepStopped,
                        .command = restartOf(back, was.restartPolicy, was.restartMaximum),
                        .back = {restartOf(back, kept.restartPolicy, kept.restartMaximum)}});
    }
    if (was.runs) {
        plan.push_back({.step = SwapStep::Start,
                        .command = docker::StartContainer{back},
                        .back = {docker::StopContainer{.container = back}}});
    }
    return plan;
}

} // namespace roadstead::service
