// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/docker/types.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

/// Containers for tests of the user interface.
namespace roadstead::test {

using Snapshot = std::vector<docker::ContainerSummary>;

/// 64 hexadecimal digits that begin with those of `number`, so that ids differ early.
inline std::string containerId(unsigned number)
{
    static constexpr char digits[] = "0123456789abcdef";
    std::string id(64, '0');
    for (std::size_t i = 0; i < 8; ++i) {
        id[i] = digits[(number * 2654435761U >> (4 * i)) & 15U];
        id[63 - i] = digits[(number >> (4 * i)) & 15U];
    }
    return id;
}

inline docker::ContainerSummary
container(unsigned number, std::string name, std::string project = {},
          docker::ContainerState state = docker::ContainerState::Running)
{
    docker::ContainerSummary summary;
    summary.id = containerId(number);
    summary.name = std::move(name);
    summary.image = "nginx:1.27-alpine";
    summary.imageId = "sha256:" + containerId(number);
    summary.command = "nginx -g daemon off;";
    summary.created = 1'700'000'000;
    summary.state = state;
    summary.networks = {"bridge"};
    if (!project.empty()) {
        summary.labels["com.docker.compose.project"] = std::move(project);
    }
    switch (state) {
    case docker::ContainerState::Running:
        summary.status = "Up 3 hours";
        break;
    case docker::ContainerState::Paused:
        summary.status = "Up 3 hours (Paused)";
        break;
    case docker::ContainerState::Exited:
        summary.status = "Exited (0) 2 days ago";
        summary.exitCode = 0;
        break;
    case docker::ContainerState::Restarting:
        summary.status = "Restarting (1) 8 seconds ago";
        break;
    default:
        summary.status = "Created";
        break;
    }
    return summary;
}

inline Snapshot sorted(Snapshot snapshot)
{
    std::ranges::sort(snapshot, {}, &docker::ContainerSummary::id);
    return snapshot;
}

} // namespace roadstead::test
