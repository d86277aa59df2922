// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/engine/matrix/gaps.h"

#include <algorithm>
#include <array>

namespace roadstead::test {

namespace {

constexpr std::string_view podman = "podman-5.4";

constexpr std::array<Gap, 6> gaps{
    {{podman, "name that is taken", "500 container create: creating container storage",
      "answers 500 instead of 409: a name that is taken cannot be told from other failures"},
     {podman, "event of a removal", "remove ", "says \"remove\" where dockerd says \"destroy\""},
     {podman, "id of a commit", "m_committed.starts_with",
      "names the image without \"sha256:\" in front"},
     {podman, "push progress", "m_pushLines > 2",
      "tells nothing of single layers, only a beginning and an end"},
     {podman, "distribution", "404 Not Found", "has no /distribution: asks no registry"},
     {podman, "network in use", "500 \"used\" has associated containers",
      "answers 500 instead of 403"}}};

} // namespace

const Gap *findGap(std::string_view engine, std::string_view step)
{
    const auto *found = std::ranges::find_if(
        gaps, [&](const Gap &gap) { return gap.engine == engine && gap.step == step; });
    return found == gaps.end() ? nullptr : found;
}

} // namespace roadstead::test
