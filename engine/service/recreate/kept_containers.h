// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/docker/types.h"

#include <cstdint>
#include <string>
#include <vector>

namespace roadstead::service {

/// Why a container is still there although another one has its place.
enum class KeptBecause : std::uint8_t {
    Replaced, ///< by a changed one
    Undone    ///< it replaced another, which has got its place back
};

/// A container that a swap has left behind. It stays until a person removes it.
struct KeptContainer
{
    std::string id{};
    KeptBecause because = KeptBecause::Replaced;
    std::string holder{};     ///< id of the one that has the place
    std::string holderName{}; ///< what that is called now
    /// The one that has the place can be swapped for it: neither was undone already, nor is that
    /// one kept for another in its turn.
    bool canReturn = false;
    bool operator==(const KeptContainer &) const = default;
};

/// Those in `list` that were left behind, by the labels that a swap writes and by their names;
/// sorted by id. A swap that was cut off has left nothing behind yet.
std::vector<KeptContainer> keptContainers(const std::vector<docker::ContainerSummary> &list);

} // namespace roadstead::service
