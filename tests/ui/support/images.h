// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/ui/support/containers.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

/// Images for tests of the user interface.
namespace roadstead::test {

using ImageSnapshot = std::vector<docker::ImageSummary>;

inline std::string imageId(unsigned number)
{
    return "sha256:" + containerId(number);
}

inline docker::ImageSummary image(unsigned number, std::vector<std::string> tags,
                                  std::int64_t size = 40'000'000)
{
    docker::ImageSummary summary;
    summary.id = imageId(number);
    summary.tags = std::move(tags);
    summary.created = 1'700'000'000 - std::int64_t(number) * 3600;
    summary.size = size;
    return summary;
}

/// A container that is made from image `number`.
inline docker::ContainerSummary user(unsigned number, std::string name, unsigned imageNumber,
                                     docker::ContainerState state = docker::ContainerState::Running)
{
    docker::ContainerSummary summary = container(number, std::move(name), {}, state);
    summary.imageId = imageId(imageNumber);
    return summary;
}

inline ImageSnapshot sortedImages(ImageSnapshot snapshot)
{
    std::ranges::sort(snapshot, {}, &docker::ImageSummary::id);
    return snapshot;
}

} // namespace roadstead::test
